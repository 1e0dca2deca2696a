"""completions.json: the names that the editor offers, found by looking into the installed packages."""

import importlib
import inspect
import json
from types import ModuleType

from cells.page.library import Library, known_of
from tools.base import site

Entry = tuple[str, str, str]
"""Name, kind as CodeMirror calls it, first line of the documentation."""


def _modules(library: Library) -> dict[str, str]:
    """Name modules by what cells call them."""
    modules = {"builtins": "builtins"}
    for package in known_of(library.packages):
        modules[package.alias] = package.name
        modules |= {f"{package.alias}.{part}": f"{package.name}.{part}" for part in package.parts}
    return modules | ({library.name: library.name} if library.name else {})


def _kind(value: object) -> str:
    if inspect.isclass(value):
        return "class"
    if inspect.ismodule(value):
        return "namespace"
    if callable(value):
        return "function"
    return "constant"


def _summary(value: object) -> str:
    """Give the first line that is prose; NumPy's functions often begin with their signature."""
    if not (callable(value) or inspect.ismodule(value)):
        return ""  # the documentation of a number is that of its type
    lines = (line.strip() for line in (inspect.getdoc(value) or "").splitlines())
    return next((line for line in lines if line and not line.startswith(f"{getattr(value, '__name__', '')}(")), "")


def entries(module: ModuleType) -> list[Entry]:
    """List a module's public names."""
    names: list[str] = list(getattr(module, "__all__", dir(module)))
    public = sorted(name for name in set(names) if not name.startswith("_"))
    values = ((name, getattr(module, name, None)) for name in public)
    return [(name, _kind(value), _summary(value)) for name, value in values]


def completions() -> bytes:
    """Make the whole file; a module that is not there yet has no names."""
    found = {}
    for name, module in _modules(site.library()).items():
        try:
            found[name] = entries(importlib.import_module(module))
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
            found[name] = []
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()

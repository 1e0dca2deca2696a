"""Hints for readers: what they can do about an error, in plain words. What Python says is looked up in ``wordings``."""

from __future__ import annotations

import builtins
import difflib
import re
import sys
import traceback
from collections.abc import Iterable, Mapping
from typing import Any

from cells.page import library
from cells.page.package import Package, Wording
from cells.page.wordings import HINTS


def hint_for(error: BaseException, source: str, namespace: Mapping[str, Any], known: Mapping[str, str]) -> str:
    """What to look at, in plain words; empty where nothing helpful is known. Arguments as for ``errors.describe``."""
    if isinstance(error, NameError):
        return _name_hint(error, source, namespace, known)
    if isinstance(error, AttributeError):
        return _attribute_hint(error)
    if isinstance(error, ModuleNotFoundError):
        return _module_hint(error)
    if isinstance(error, ImportError):
        return _import_hint(error)
    for kind, pattern, hint in rows():
        if isinstance(error, kind) and (match := re.search(pattern, str(error))):
            return hint(match) if callable(hint) else hint
    return ""


def rows() -> tuple[Wording, ...]:
    """What is known of messages here: what the site's packages say, before what Python does."""
    return (*(row for package in library.known for row in package.wordings), *HINTS)


_MODULES = ("collections", "functools", "itertools", "json", "math", "random", "statistics", "time")
"""Modules of Python's own that beginners name without importing them."""


def _close(name: str, candidates: Iterable[str], cutoff: float, most: int = 1) -> list[str]:
    if len(name) < 3:
        return []  # everything is close to a name of one or two letters
    by_lower = {candidate.lower(): candidate for candidate in candidates}
    return [by_lower[found] for found in difflib.get_close_matches(name.lower(), by_lower, n=most, cutoff=cutoff)]


def _closest(name: str, candidates: Iterable[str], cutoff: float = 0.6) -> str | None:
    return next(iter(_close(name, candidates, cutoff)), None)


def _public(module: Any) -> list[str]:
    return [name for name in getattr(module, "__all__", None) or dir(module) if not name.startswith("_")]


def _of_package(name: str) -> tuple[Package, str] | None:
    """A package that has such a function or number, and what it calls it there."""
    for package in library.known:
        module: Any = sys.modules.get(package.name)
        there = package.elsewhere.get(name, name)
        value = getattr(module, there, None) if module is not None and not there.startswith("_") else None
        if callable(value) or isinstance(value, float):
            return package, there
    return None


def _import_of(package: Package) -> str:
    return f"import {package.name} as {package.alias}"


def _there(found: tuple[Package, str]) -> str:
    package, name = found
    return f"but {package.title} has: write {package.alias}.{name}, below {_import_of(package)}."


def _library_of(name: str) -> str | None:
    """The library, other than Python's own and the packages, that says it has this name: the lessons' own."""
    others = {*sys.stdlib_module_names, *library.here.packages}
    for module_name, module in list(sys.modules.items()):
        if "." not in module_name and module_name not in others:
            listed = getattr(module, "__all__", None)
            if isinstance(listed, list | tuple) and name in listed:
                return module_name
    return None


def _locals(error: BaseException) -> list[str]:
    """The names of the function in which it happened, if that is a cell's own."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return list(frames[-1].f_locals) if frames and frames[-1].f_code.co_filename.startswith("<cell ") else []


def _name_hint(error: NameError, source: str, namespace: Mapping[str, Any], known: Mapping[str, str]) -> str:
    name = error.name or ""
    if isinstance(error, UnboundLocalError):
        name = "".join(re.findall(r"variable '(\w+)'", str(error)))  # it is not in error.name
        return (
            f"Inside this function '{name}' is used before it gets a value. Give it one first, "
            "or pass it in as an argument."
        )
    for package in library.known:
        if name == package.alias:
            return f"{package.title} is not imported in this cell. Add this as its first line: {_import_of(package)}"
        if name == package.name:
            first = f"Add this as the cell's first line: {_import_of(package)}."
            return f"{first} Then write {package.alias} where you wrote {name}."
    if name in ("true", "false", "none"):
        return f"Python writes it with a capital letter: {name.capitalize()}"
    if name in known:
        return f"Cell \"{known[name]}\" ran without giving '{name}' a value. Look there at the lines that should."
    mine = [other for other in [*_locals(error), *namespace] if not other.startswith("__")]
    if re.search(rf"^\s*{re.escape(name)}\s*=", source, re.MULTILINE):
        return (
            f"'{name}' gets its value further down, or not at all. Python reads from top to bottom: move that line up."
        )
    if found := _of_package(name):
        return f"Python itself has no '{name}', {_there(found)}"
    if name in _MODULES:
        return f"'{name}' is a module. Add this as the cell's first line: import {name}"
    if lessons := _library_of(name):
        return f"Add this as the cell's first line: from {lessons} import {name}"
    words = [word for word in dir(builtins) if word[0].islower()]
    offered = _public(sys.modules.get(library.here.name)) if library.here.name else []
    if close := _closest(name, [*known, *mine]) or _closest(name, words, 0.8) or _closest(name, offered, 0.75):
        where = f', which cell "{known[close]}" defines' if close in known and close not in mine else ""
        if close not in (*known, *mine, *words):
            where = f", which this site's library has: from {library.here.name} import {close}"
        return f"Nothing is called '{name}'. Did you mean '{close}'{where}?"
    return f"Nothing is called '{name}'. Check the spelling, or define it first: {name} = …"


def _attribute_hint(error: AttributeError) -> str:
    name = error.name or ""
    close = _closest(name, [other for other in dir(error.obj) if not other.startswith("_")])
    kind = getattr(error.obj, "__name__", None) or type(error.obj).__name__
    for package in library.known:
        if kind == package.name and name in package.elsewhere:
            return f"{package.title} calls it {package.alias}.{package.elsewhere[name]}."
        if hint := package.attribute_hint(error.obj, name):
            return hint
    if isinstance(error.obj, dict) and name in error.obj:
        return f"What a dictionary holds is asked for in square brackets: [{name!r}]"
    if "'NoneType'" in str(error):
        return "The value before the dot is None: the step that made it returned nothing."
    if close:
        return f"'{kind}' has nothing called '{name}'. Did you mean '{close}'?"
    return f"'{kind}' has nothing called '{name}'. Check the spelling after the dot."


def _import_hint(error: ImportError) -> str:
    found = re.search(r"cannot import name '(\w+)' from '([\w.]+)'", str(error))
    if found is None:
        return ""
    name, asked = found.groups()
    near = _close(name, _public(sys.modules.get(asked)), 0.55, 3)
    if (there := _of_package(name)) and there[0].name != asked:
        return f"'{asked}' has no '{name}', {_there(there)}"
    if (other := _library_of(name)) and other != asked:
        return f"'{asked}' has no '{name}', but '{other}' has: from {other} import {name}"
    if near:
        return f"'{asked}' has no '{name}'. Near to it are: {', '.join(near)}."
    return f"'{asked}' has no '{name}'. Check the spelling."


def _module_hint(error: ModuleNotFoundError) -> str:
    wanted = (error.name or "").partition(".")[0]
    for package in library.known:
        if wanted == package.alias:
            return f"The module is called {package.name}: {_import_of(package)}"
    if lessons := _library_of(wanted):
        return f"'{wanted}' is no module; it is in one: from {lessons} import {wanted}"
    if close := _closest(wanted, [*library.here.all, "math", "random", "statistics"]):
        return f"There is no module '{wanted}' here. Did you mean '{close}'?"
    there = [*library.here.all, "Python's standard library"]
    listed = f"{', '.join(there[:-1])} and {there[-1]}" if len(there) > 1 else there[0]
    return f"'{wanted}' is not here. A cell can import {listed}."

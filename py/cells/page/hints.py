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
from cells.page.words import say


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
            return hint(match) if callable(hint) else say(hint)
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
    code, first = f"{package.alias}.{name}", _import_of(package)
    return say("but {package} has: write {code}, below {first}.", package=package.title, code=code, first=first)


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
        return say(
            "Inside this function '{name}' is used before it gets a value. Give it one first, "
            "or pass it in as an argument.",
            name=name,
        )
    for package in library.known:
        if name == package.alias:
            missing = "{package} is not imported in this cell. Add this as its first line: {code}"
            return say(missing, package=package.title, code=_import_of(package))
        if name == package.name:
            return say(
                "Add this as the cell's first line: {code}. Then write {alias} where you wrote {name}.",
                code=_import_of(package),
                alias=package.alias,
                name=name,
            )
    if name in ("true", "false", "none"):
        return say("Python writes it with a capital letter: {code}", code=name.capitalize())
    if name in known:
        nothing = "Cell \"{cell}\" ran without giving '{name}' a value. Look there at the lines that should."
        return say(nothing, cell=known[name], name=name)
    mine = [other for other in [*_locals(error), *namespace] if not other.startswith("__")]
    if re.search(rf"^\s*{re.escape(name)}\s*=", source, re.MULTILINE):
        return say(
            "'{name}' gets its value further down, or not at all. Python reads from top to bottom: move that line up.",
            name=name,
        )
    if found := _of_package(name):
        return say("Python itself has no '{name}', {but}", name=name, but=_there(found))
    if name in _MODULES:
        return say("'{name}' is a module. Add this as the cell's first line: import {name}", name=name)
    if lessons := _library_of(name):
        return say("Add this as the cell's first line: {code}", code=f"from {lessons} import {name}")
    words = [word for word in dir(builtins) if word[0].islower()]
    offered = _public(sys.modules.get(library.here.name)) if library.here.name else []
    if close := _closest(name, [*known, *mine]) or _closest(name, words, 0.8) or _closest(name, offered, 0.75):
        where = ""
        if close in known and close not in mine:
            where = say(', which cell "{cell}" defines', cell=known[close])
        elif close not in (*known, *mine, *words):
            where = say(", which this site's library has: {code}", code=f"from {library.here.name} import {close}")
        return say("Nothing is called '{name}'. Did you mean '{close}'{where}?", name=name, close=close, where=where)
    return say("Nothing is called '{name}'. Check the spelling, or define it first: {name} = …", name=name)


def _attribute_hint(error: AttributeError) -> str:
    name = error.name or ""
    close = _closest(name, [other for other in dir(error.obj) if not other.startswith("_")])
    kind = getattr(error.obj, "__name__", None) or type(error.obj).__name__
    for package in library.known:
        if kind == package.name and name in package.elsewhere:
            code = f"{package.alias}.{package.elsewhere[name]}"
            return say("{package} calls it {code}.", package=package.title, code=code)
        if hint := package.attribute_hint(error.obj, name):
            return hint
    if isinstance(error.obj, dict) and name in error.obj:
        return say("What a dictionary holds is asked for in square brackets: {code}", code=f"[{name!r}]")
    if "'NoneType'" in str(error):
        return say("The value before the dot is None: the step that made it returned nothing.")
    if close:
        return say("'{kind}' has nothing called '{name}'. Did you mean '{close}'?", kind=kind, name=name, close=close)
    return say("'{kind}' has nothing called '{name}'. Check the spelling after the dot.", kind=kind, name=name)


def _import_hint(error: ImportError) -> str:
    found = re.search(r"cannot import name '(\w+)' from '([\w.]+)'", str(error))
    if found is None:
        return ""
    name, asked = found.groups()
    near = _close(name, _public(sys.modules.get(asked)), 0.55, 3)
    if (there := _of_package(name)) and there[0].name != asked:
        return say("'{module}' has no '{name}', {but}", module=asked, name=name, but=_there(there))
    if (other := _library_of(name)) and other != asked:
        elsewhere = "'{module}' has no '{name}', but '{other}' has: from {other} import {name}"
        return say(elsewhere, module=asked, name=name, other=other)
    if near:
        names = ", ".join(near)
        return say("'{module}' has no '{name}'. Near to it are: {names}.", module=asked, name=name, names=names)
    return say("'{module}' has no '{name}'. Check the spelling.", module=asked, name=name)


def _module_hint(error: ModuleNotFoundError) -> str:
    wanted = (error.name or "").partition(".")[0]
    for package in library.known:
        if wanted == package.alias:
            return say("The module is called {name}: {code}", name=package.name, code=_import_of(package))
    if lessons := _library_of(wanted):
        within = "'{name}' is no module; it is in one: {code}"
        return say(within, name=wanted, code=f"from {lessons} import {wanted}")
    if close := _closest(wanted, [*library.here.all, "math", "random", "statistics"]):
        return say("There is no module '{name}' here. Did you mean '{close}'?", name=wanted, close=close)
    there = ", ".join(library.here.all)
    if not there:
        return say("'{name}' is not here. A cell can import Python's standard library.", name=wanted)
    return say(
        "'{name}' is not here. A cell can import {modules} and Python's standard library.", name=wanted, modules=there
    )

"""What all cells share stays as it was: a cell may break Python for itself, never for the next run.

Restored after every run: the built-in names, ``sys.modules``, ``sys.path``, the recursion limit, tracing, the working
directory, and all that lives in context variables (decimal's precision, how a package writes its numbers).
Compared too, once a cell has run whose source could change some (``could_patch``; an ordinary page never pays for it),
are the names in modules, the lists, sets and dictionaries that stand there by a name of their own, what is set by a
call (``settings``), and what Python calls by itself (``hooks``). What is deeper (a list in such a list, an
attribute of a function) or remembered by a function lasts until Python is replaced, and so do files.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import contextvars
import errno
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any, TypeVar

from cells.page import library
from cells.page.hooks import Container, Hooks, refill
from cells.page.judging import could_patch, imported
from cells.page.reading import shape_of
from cells.page.settings import Settings

_T = TypeVar("_T")
_NOTHING: Mapping[str, Any] = {}

_live = vars(builtins)
_BUILTINS = dict(_live)
_MODULES = sys.modules

_WATCHED = {
    *("ast", "cmath", "collections", "contextlib", "copy", "dataclasses", "decimal", "difflib", "fractions"),
    *("functools", "io", "itertools", "json", "keyword", "linecache", "math", "operator", "os", "random", "re"),
    *("statistics", "string", "time", "tokenize", "traceback", "types", "warnings"),
}
"""Of Python's own, those all of whose names are compared, as of ours and the site's; of its others the public ones."""
_CHANGING_ALONE = {
    *("antigravity", "doctest", "encodings", "importlib", "linecache"),
    *("mimetypes", "pkgutil", "site", "tempfile", "this"),
}
"""Modules of Python's that change their public names by themselves, or say something when they are imported."""
_FILLED_BY_OTHERS = {
    *("cells.page.endings._done", "cells.page.later._missed", "copy._deepcopy_dispatch", "linecache.cache"),
    *("sys.meta_path", "sys.path", "sys.path_hooks", "sys.path_importer_cache"),
    *("warnings.filters", "warnings.onceregistry"),
}
"""Containers that Python or the runner fill themselves, or that are put back apart."""


def restore_builtins() -> list[str]:
    """Put the built-in names back and return those that were changed. Needs none of them itself."""
    if _live == _BUILTINS:
        return []
    before = _live.copy()
    _live.clear()
    _live.update(_BUILTINS)
    names = [name for name in before.keys() | _BUILTINS.keys() if before.get(name) is not _BUILTINS.get(name)]
    return [f"builtins.{name}" for name in sorted(names)]


class Guard:
    """Watches over what cells share, from its first run on."""

    def __init__(self) -> None:
        self._is_watching = False
        self._judged: dict[tuple[str, tuple[str, ...]], bool] = {}
        self._classes: dict[str, list[tuple[type, dict[str, Any]]]] = {}
        self._containers: dict[str, list[tuple[str, Container]]] = {}

    @contextlib.contextmanager
    def over(self, source: str, tree: ast.AST, given: Mapping[str, Any] = _NOTHING) -> Iterator[list[str]]:
        """Restore, at the end of the block, what the code changed. Yields a list of its names, filled then.

        ``given`` are the names that the code finds when it begins.
        """
        changed: list[str] = []
        self._is_watching = self._is_watching or self._judge(source, tree, given)
        watched = self._look(tree) if self._is_watching else []
        hooks = Hooks() if self._is_watching else None
        settings = Settings() if self._is_watching else None
        containers = [(kept, kept[1].copy()) for module, _ in watched for kept in self._containers[module.__name__]]
        modules, path = dict(_MODULES), list(sys.path)
        limit, tracing, profiling = sys.getrecursionlimit(), sys.gettrace(), sys.getprofile()
        folder, running = _folder(), _running_loop()
        try:
            yield changed
        finally:
            changed += restore_builtins()
            if sys.gettrace() is not tracing:
                sys.settrace(tracing)
            if sys.getprofile() is not profiling:
                sys.setprofile(profiling)
            if sys.getrecursionlimit() != limit:
                sys.setrecursionlimit(limit)
            if sys.modules is not _MODULES:
                sys.modules = _MODULES
            if not _same(_MODULES, modules):
                changed += _restore(_MODULES, modules, "sys.modules[{!r}]", keeps_new=True)
            with contextlib.suppress(OSError):
                if folder is not None and _folder() != folder:
                    os.chdir(folder)
            for module, names in watched:
                if not _same(vars(module), names):
                    changed += _restore(vars(module), names, module.__name__ + ".{}", _hidden(module.__name__))
                for kind, attributes in self._classes[module.__name__]:
                    if not _same(vars(kind), attributes):
                        changed += _restore_class(kind, attributes)
            if settings is not None:
                settings.put_back()
            changed += [name for (name, container), content in containers if refill(container, content)]
            if sys.path != path:
                sys.path[:] = path
            if hooks is not None:
                changed += hooks.put_back()
            if _running_loop() is not running:
                sys.modules["_asyncio"]._set_running_loop(running)

    def _judge(self, source: str, tree: ast.AST, given: Mapping[str, Any] = _NOTHING) -> bool:
        """Judge a source by ``could_patch``; once only while nothing but its numbers change, as under a slider."""
        modules = tuple(name for name, value in given.items() if isinstance(value, ModuleType))
        shape = (shape_of(source), modules)
        if shape not in self._judged:
            if len(self._judged) >= 500:
                self._judged.clear()
            self._judged[shape] = could_patch(tree, modules)
        return self._judged[shape]

    def _look(self, tree: ast.AST) -> list[tuple[ModuleType, dict[str, Any]]]:
        """Say how the modules are before the code runs; what it will import is imported first."""
        wanted = {name for node in ast.walk(tree) for name in imported(node) if _is_watched(name)}
        for name in sorted(wanted):
            with contextlib.suppress(Exception):  # told when the cell itself imports it
                __import__(name)
        watched = []
        for name, module in list(_MODULES.items()):
            if not isinstance(module, ModuleType) or module.__name__ != name or not _is_watched(name):
                continue
            watched.append((module, dict(vars(module))))
            if name not in self._classes:
                self._classes[name] = list(_classes(module))
                self._containers[name] = list(_containers(module))
        return watched


def _is_watched(module: str) -> bool:
    root = module.partition(".")[0]
    return root in library.ours or root in _WATCHED or (root in sys.stdlib_module_names and root not in _CHANGING_ALONE)


def _hidden(module: str) -> str:
    """How those names of a module begin that are not compared."""
    root = module.partition(".")[0]
    return "__" if root in library.ours or root in _WATCHED else "_"


def _classes(module: ModuleType) -> Iterator[tuple[type, dict[str, Any]]]:
    """The classes of a module, with what they have."""
    if _hidden(module.__name__) == "__":
        for value in vars(module).values():
            if isinstance(value, type) and value.__module__ == module.__name__:
                yield value, dict(vars(value))


def _containers(module: ModuleType) -> Iterator[tuple[str, Container]]:
    """The containers of a module, by name: of ours all, of others those that are public."""
    is_ours = module.__name__.partition(".")[0] in ("cells", library.here.name)
    if not is_ours and re.search(r"(?:^|\.)_", module.__name__):
        return
    for name, value in vars(module).items():
        place = f"{module.__name__}.{name}"
        is_one = type(value) in (dict, list, set) and value is not _MODULES and value is not _live
        if is_one and not name.startswith("__" if is_ours else "_") and place not in _FILLED_BY_OTHERS:
            yield place, value


def _running_loop() -> Any:
    asyncio: Any = sys.modules.get("_asyncio")
    return asyncio._get_running_loop() if asyncio is not None else None


def _folder() -> str | None:
    try:
        return os.getcwd()  # noqa: PTH109 - five times as fast as Path.cwd, and asked twice a run
    except OSError:  # the cell removed the folder that it stood in
        return None


def _same(now: Mapping[str, Any], before: dict[str, Any]) -> bool:
    try:
        return now == before  # compares by identity first: what is the same costs nothing
    except Exception:  # an array has taken the place of something: its == is no truth value
        return False


def _restore(
    live: dict[str, Any], names: dict[str, Any], place: str, hidden: str = "__", keeps_new: bool = False
) -> list[str]:
    """Give ``live`` the values it had. What modules add to themselves (submodules, ``__…__``) stays."""
    changed = []
    for name, value in names.items():
        if live.get(name) is not value and (hidden == "__" or not name.startswith(hidden)):
            live[name] = value
            changed.append(place.format(name))
    if not keeps_new:
        for name in live.keys() - names.keys():
            if not name.startswith(hidden) and not isinstance(live[name], ModuleType):
                del live[name]
                changed.append(place.format(name))
    return changed


def _restore_class(kind: type, attributes: dict[str, Any]) -> list[str]:
    now = dict(vars(kind))
    changed = [name for name, value in attributes.items() if now.get(name) is not value]
    new = [name for name in now.keys() - attributes.keys() if not name.startswith("__")]
    told = []
    for name in [*changed, *new]:
        with contextlib.suppress(TypeError, AttributeError):  # what C made cannot be set, so it was not changed either
            setattr(kind, name, attributes[name]) if name in attributes else delattr(kind, name)
            if not name.startswith("__"):
                told.append(f"{kind.__module__}.{kind.__qualname__}.{name}")
    return told


def in_own_context(work: Callable[[], _T]) -> _T:
    """Call ``work``; what it sets in context variables ends with it."""
    context = contextvars.copy_context()
    if decimal := sys.modules.get("decimal"):  # whose context is a thing that can be changed
        context.run(lambda: decimal.setcontext(decimal.getcontext().copy()))
    return context.run(work)


_CHANGING = frozenset(
    {"os.chmod", "os.chown", "os.link", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.truncate"}
)


def forbid(event: str, arguments: tuple[Any, ...], allowed: Iterable[str]) -> None:
    """Raise for an audit event that would change a file outside of the ``allowed`` folders.

    Raises
    ------
    PermissionError
        Before the file is changed.
    """
    if event == "open":
        path, _, flags = arguments
        if not isinstance(flags, int) or not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC):
            return
        paths = [path]
    elif (
        event == "sys.addaudithook"
    ):  # nothing could take it away again; Python adds none, and keeps the error to itself
        raise PermissionError(errno.EACCES, "a cell may not watch over Python itself")
    elif event in _CHANGING:
        paths = [argument for argument in arguments if isinstance(argument, str | bytes | os.PathLike)]
    else:
        return
    for path in paths:
        if isinstance(path, int):
            continue
        full = os.path.realpath(os.fsdecode(path))
        if not any(full == folder or full.startswith(folder.rstrip("/") + "/") for folder in allowed):
            raise PermissionError(errno.EACCES, "a cell may change files in its own folder alone", full)

"""What all cells share stays as it was: a cell may break Python for itself, never for the next run.

Restored after every run: the built-in names, ``sys.modules``, ``sys.path``, the recursion limit, tracing, the working
directory, and all that lives in context variables (NumPy's ``seterr`` and ``set_printoptions``, decimal's precision).
The names inside modules are compared too, once a cell has run whose source could change some (``could_patch``): an
ordinary page never pays for it. So are the lists, sets and dictionaries that stand in modules of ``primer`` and
``cells`` by a name of their own, and what Python calls by itself (``hooks``). What is deeper (a list in such a list),
in another package's containers, or remembered by a function lasts until Python is replaced.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import contextvars
import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any, TypeVar

from cells.page.hooks import Container, Hooks, refill
from cells.page.reading import shape_of

_T = TypeVar("_T")

_live = vars(builtins)
_BUILTINS = dict(_live)
_MODULES = sys.modules

_OURS = frozenset({"cells", "numpy", "primer"})
_WATCHED = _OURS | {
    *("ast", "cmath", "collections", "contextlib", "copy", "dataclasses", "decimal", "difflib", "fractions"),
    *("functools", "io", "itertools", "json", "keyword", "linecache", "math", "operator", "os", "random", "re"),
    *("statistics", "string", "time", "tokenize", "traceback", "types", "warnings"),
}
"""Packages whose names are compared: what cells use, and what runs them."""
_FILLED = _OURS - {"numpy"}
"""Packages whose containers are compared, too."""

_REACHING = frozenset({"__import__", "compile", "delattr", "eval", "exec", "globals", "locals", "setattr", "vars"})
_DEEP = frozenset({"__builtins__", "__delattr__", "__dict__", "__getattribute__", "__globals__", "__setattr__"})
_TOOLS = frozenset(
    {
        *("_signal", "builtins", "copyreg", "ctypes", "gc", "importlib", "inspect", "js", "pyodide", "signal", "sys"),
        *("threading", "unittest"),
    }
)


_FILLING = frozenset(
    {
        *("add", "append", "clear", "discard", "extend", "insert", "pop", "popitem"),
        *("remove", "reverse", "setdefault", "sort", "update"),
    }
)


def could_patch(tree: ast.AST) -> bool:
    """Whether code could give a module or class another content; True rather than False in doubt.

    >>> could_patch(ast.parse("np.exp = abs")), could_patch(ast.parse("y = np.exp(x)"))
    (True, False)
    >>> could_patch(ast.parse("from primer import KINDS; KINDS.append(1)")), could_patch(ast.parse("mine.append(1)"))
    (True, False)
    """
    modules = {name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in _bound(node)}
    things = {name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in _bound(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            stores = not isinstance(node.ctx, ast.Load)
            if node.attr in _DEEP or (stores and not (isinstance(node.value, ast.Name) and node.value.id == "self")):
                return True
        elif isinstance(node, ast.Name):
            if node.id in _REACHING:
                return True
        elif isinstance(node, ast.Import | ast.ImportFrom) and _imported(node) & _TOOLS:
            return True
        if _filled(node, modules) in modules | things:
            return True
    return False


def _filled(node: ast.AST, modules: set[str]) -> str | None:
    """The name at the root of what a statement puts something into or takes it out of: KINDS in KINDS["a"] = 1."""
    if isinstance(node, ast.AugAssign):
        inner: ast.expr = node.target
    elif isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
        inner = node.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _FILLING:
        inner = node.func.value
        if isinstance(inner, ast.Name) and inner.id in modules:
            return None  # np.append
    else:
        return None
    while isinstance(inner, ast.Attribute | ast.Subscript):
        inner = inner.value
    return inner.id if isinstance(inner, ast.Name) else None


def _bound(node: ast.Import | ast.ImportFrom) -> set[str]:
    return {alias.asname or alias.name.partition(".")[0] for alias in node.names}


def _imported(node: ast.Import | ast.ImportFrom) -> set[str]:
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    return {name.partition(".")[0] for name in names}


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
        self._judged: dict[str, bool] = {}
        self._classes: dict[str, list[tuple[type, dict[str, Any]]]] = {}

    @contextlib.contextmanager
    def over(self, source: str, tree: ast.AST) -> Iterator[list[str]]:
        """Restore, at the end of the block, what the code changed. Yields a list of its names, filled then."""
        changed: list[str] = []
        self._is_watching = self._is_watching or self._judge(source, tree)
        watched = self._look(tree) if self._is_watching else []
        hooks = Hooks() if self._is_watching else None
        containers = [kept for module, names in watched for kept in _containers(module, names)]
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
                changed += _restore(_MODULES, modules, "sys.modules[{!r}]", keep_new=True)
            if sys.path != path:
                sys.path[:] = path
            with contextlib.suppress(OSError):
                if folder is not None and _folder() != folder:
                    os.chdir(folder)
            for module, names in watched:
                if not _same(vars(module), names):
                    changed += _restore(vars(module), names, module.__name__ + ".{}")
                for kind, attributes in self._classes[module.__name__]:
                    if not _same(vars(kind), attributes):
                        changed += _restore_class(kind, attributes)
            changed += [name for name, container, content in containers if refill(container, content)]
            if hooks is not None:
                changed += hooks.put_back()
            if _running_loop() is not running:
                sys.modules["_asyncio"]._set_running_loop(running)

    def _judge(self, source: str, tree: ast.AST) -> bool:
        """Judge a source by ``could_patch``; once only while nothing but its numbers change, as under a slider."""
        shape = shape_of(source)
        if shape not in self._judged:
            if len(self._judged) >= 500:
                self._judged.clear()
            self._judged[shape] = could_patch(tree)
        return self._judged[shape]

    def _look(self, tree: ast.AST) -> list[tuple[ModuleType, dict[str, Any]]]:
        """Say how the modules are before the code runs; what it will import is imported first."""
        wanted = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
        for root in sorted({name for node in wanted for name in _imported(node)} & _WATCHED):
            with contextlib.suppress(Exception):  # told when the cell itself imports it
                __import__(root)
        watched = []
        for name, module in list(_MODULES.items()):
            root = name.partition(".")[0]
            if root not in _WATCHED or not isinstance(module, ModuleType) or module.__name__ != name:
                continue
            watched.append((module, dict(vars(module))))
            if name not in self._classes:
                classes = [value for value in vars(module).values() if isinstance(value, type)] if root in _OURS else []
                self._classes[name] = [(value, dict(vars(value))) for value in classes if value.__module__ == name]
        return watched


def _containers(module: ModuleType, names: dict[str, Any]) -> list[tuple[str, Container, Container]]:
    """The containers of a module of ours, by name, with what is in them."""
    if (
        module.__name__.partition(".")[0] not in _FILLED or module.__name__ == "cells.page.later"
    ):  # which notes what is missed
        return []
    return [
        (f"{module.__name__}.{name}", value, value.copy())
        for name, value in names.items()
        if type(value) in (dict, list, set)
        and not name.startswith("__")
        and value is not _MODULES
        and value is not _live
    ]


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


def _restore(live: dict[str, Any], names: dict[str, Any], place: str, keep_new: bool = False) -> list[str]:
    """Give ``live`` the values it had. What modules add to themselves (submodules, ``__…__``) stays."""
    changed = []
    for name, value in names.items():
        if live.get(name) is not value:
            live[name] = value
            changed.append(place.format(name))
    if not keep_new:
        for name in live.keys() - names.keys():
            if not name.startswith("__") and not isinstance(live[name], ModuleType):
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
    return contextvars.copy_context().run(work)


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

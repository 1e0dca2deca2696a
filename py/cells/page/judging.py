"""Whether a source could change what all cells share. Only then is it worth while to look at what it did."""

from __future__ import annotations

import ast
from collections.abc import Iterable

_REACHING = frozenset({"__import__", "compile", "delattr", "eval", "exec", "globals", "locals", "setattr", "vars"})
_DEEP = frozenset(
    {
        *("__builtins__", "__delattr__", "__dict__", "__getattribute__", "__globals__", "__setattr__"),
        *("environb", "set_default_printstyle", "tzset"),
    }
)
_TOOLS = frozenset(
    {
        *("_signal", "builtins", "copyreg", "ctypes", "gc", "importlib", "inspect", "js", "pyodide", "signal", "sys"),
        *("cProfile", "calendar", "csv", "locale", "logging", "profile", "threading", "tracemalloc", "unittest"),
    }
)


_FILLING = frozenset(
    {
        *("add", "append", "clear", "discard", "extend", "insert", "pop", "popitem"),
        *("remove", "reverse", "setdefault", "sort", "update"),
    }
)


def could_patch(tree: ast.AST, modules: Iterable[str] = ()) -> bool:
    """Whether code could give a module or class another content; True rather than False in doubt.

    ``modules`` are names that stand for modules without being imported here: other cells import them.

    >>> could_patch(ast.parse("math.exp = abs")), could_patch(ast.parse("y = math.exp(x)"))
    (True, False)
    >>> could_patch(ast.parse("from lessons import KINDS; KINDS.append(1)")), could_patch(ast.parse("mine.append(1)"))
    (True, False)
    >>> could_patch(ast.parse("types = lessons.types; types.clear()"), ["lessons"])
    True
    """
    nodes = list(ast.walk(tree))
    whole = {name for node in nodes if isinstance(node, ast.Import) for name in _bound(node)}.union(modules)
    shared = whole | {name for node in nodes if isinstance(node, ast.ImportFrom) for name in _bound(node)}
    for node in nodes:
        if isinstance(node, ast.Assign) and _root(node.value) in shared:
            shared |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    for node in nodes:
        if isinstance(node, ast.Attribute):
            stores = not isinstance(node.ctx, ast.Load)
            if node.attr in _DEEP or (stores and not (isinstance(node.value, ast.Name) and node.value.id == "self")):
                return True
        elif isinstance(node, ast.Name):
            if node.id in _REACHING:
                return True
        elif any(name.partition(".")[0] in _TOOLS for name in imported(node)):
            return True
        if _filled(node, whole) in shared:
            return True
    return False


def _filled(node: ast.AST, modules: set[str]) -> str | None:
    """The name at the root of what a statement puts something into or takes it out of: KINDS in KINDS["a"] = 1."""
    if isinstance(node, ast.AugAssign):
        return _root(node.target)
    if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
        return _root(node.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _FILLING:
        of = node.func.value
        return None if isinstance(of, ast.Name) and of.id in modules else _root(of)  # a function of it
    return None


def _root(node: ast.expr) -> str | None:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def _bound(node: ast.Import | ast.ImportFrom) -> set[str]:
    return {alias.asname or alias.name.partition(".")[0] for alias in node.names}


def imported(node: ast.AST) -> set[str]:
    """The modules that a line imports, or imports from."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    return {node.module or ""} if isinstance(node, ast.ImportFrom) else set()

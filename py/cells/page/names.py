"""Which names a cell defines, which it reads from other cells, and which it would change in place."""

from __future__ import annotations

import ast
import symtable
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import accumulate
from typing import Any

from cells.page.reading import parse, shape_of

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_INLINES = sys.version_info >= (3, 12)
"""Whether symtable counts a comprehension's own variables among the names around it (PEP 709)."""
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp)
_BINDS = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Delete, ast.For, ast.AsyncFor)


@dataclass(frozen=True)
class Names:
    """What one cell does with names. A leading underscore keeps a name out of ``defines``: it is the cell's own."""

    defines: frozenset[str]
    reads: frozenset[str]
    imports: Mapping[str, str]
    """Those of ``defines`` that an import binds, with what they stand for: ``{"stats": "statistics"}``."""
    lines: Mapping[str, int]
    """The line on which each name is first bound."""
    changes: Mapping[str, int]
    """Names of other cells that are changed in place (``scores[0] = 1``), with the line that does it."""
    early: frozenset[str] = frozenset()
    """Those of ``defines`` that are read no later than they are bound: ``total += 1``. Who may have a name beside
    another cell's, as an exercise may, begins with that cell's value."""

    def as_json(self) -> dict[str, Any]:
        sets = {"defines": sorted(self.defines), "reads": sorted(self.reads), "early": sorted(self.early)}
        return {**asdict(self), **sets}


_known: dict[str, Names] = {}
"""What was found out already, by the source's shape."""
_MOST = 500


def remember(source: str, names: Mapping[str, Any]) -> None:
    """Take over what ``names_of`` said of a source elsewhere, as ``Names.as_json`` gave it."""
    frozen = {**names, **{kind: frozenset(names.get(kind, ())) for kind in ("defines", "reads", "early")}}
    _remember(source, Names(**frozen))


def _remember(source: str, names: Names) -> None:
    if len(_known) >= _MOST:
        _known.clear()
    _known[shape_of(source)] = names


def forget() -> None:
    """Forget all that was found out."""
    _known.clear()


def is_public(name: str) -> bool:
    return not name.startswith("_")


def names_of(source: str, filename: str = "<cell>") -> Names:
    """Analyse a cell, once for all sources that differ in their numbers alone.

    Raises
    ------
    SyntaxError
        If the cell is not Python, is nested too deeply, or imports ``*``, which would hide what it defines.
    """
    shape = shape_of(source)
    if shape not in _known:
        _remember(source, _analyse(source, filename))
    return _known[shape]


def _analyse(source: str, filename: str) -> Names:
    tree = parse(source, filename)
    bound: set[str] = set()
    read: set[str] = set()
    if _INLINES and any(isinstance(node, _COMPREHENSIONS) for node in ast.walk(tree)):
        bound |= _walrus_names(tree)
        _collect(symtable.symtable(_without_inlining(source, tree), filename, "exec"), bound, read)
    else:
        _collect(symtable.symtable(source, filename, "exec"), bound, read)
    reads = frozenset(read - bound)
    defines = frozenset(filter(is_public, bound))
    imports, lines = dict(_imports(tree, source, filename)), _lines(tree)
    again = {name: line for name, line in _read_lines(tree) if name in (read & defines) - imports.keys()}
    return Names(
        defines=defines,
        reads=reads,
        imports=imports,
        lines=lines,
        changes={name: line for name, line in _changes(tree) if name in reads},
        early=frozenset(name for name, line in again.items() if line <= lines.get(name, 0)),
    )


def _without_inlining(source: str, tree: ast.Module) -> str:
    """The source with each comprehension in a function of its own, to keep its variables out of the names around it."""
    lines = source.encode().splitlines(keepends=True)
    starts = [0, *accumulate(map(len, lines))]
    edits: list[tuple[int, bool, bytes]] = []
    for node in ast.walk(tree):
        if isinstance(node, _COMPREHENSIONS):
            edits.append((starts[node.lineno - 1] + node.col_offset, True, b"(lambda: "))
            edits.append((starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0), False, b")"))
    text = b"".join(lines)
    for place, _, insertion in sorted(edits, reverse=True):  # from the end, so that no place moves
        text = text[:place] + insertion + text[place:]
    return text.decode()


def _walrus_names(tree: ast.Module) -> set[str]:
    """What ``:=`` binds in comprehensions: they let it out."""
    comprehensions = (node for node in ast.walk(tree) if isinstance(node, _COMPREHENSIONS))
    found = (node for outer in comprehensions for node in ast.walk(outer) if isinstance(node, ast.NamedExpr))
    return {node.target.id for node in found}


def _collect(table: symtable.SymbolTable, bound: set[str], read: set[str]) -> None:
    """Names that live at the top of the cell: bound or read there, or from inside a function by way of a global."""
    top = table.get_type() == "module"
    for symbol in table.get_symbols():
        if top or symbol.is_global():
            if symbol.is_assigned() or symbol.is_imported() or (top and symbol.is_namespace()):
                bound.add(symbol.get_name())
            if symbol.is_referenced():
                read.add(symbol.get_name())
    for child in table.get_children():
        _collect(child, bound, read)


def _imports(tree: ast.Module, source: str, filename: str) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield (alias.asname, alias.name) if alias.asname else (alias.name.partition(".")[0],) * 2
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            for alias in node.names:
                if alias.name == "*":
                    where = (filename, node.lineno, node.col_offset + 1, source.splitlines()[node.lineno - 1])
                    raise SyntaxError(f"'from {module} import *' hides what it defines; name what you need", where)
                yield alias.asname or alias.name, f"{module}.{alias.name}"


def _lines(tree: ast.Module) -> dict[str, int]:
    lines: dict[str, int] = {}
    for node in ast.walk(tree):
        name = None
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            name = node.id
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = node.name
        elif isinstance(node, ast.alias):
            name = node.asname or node.name.partition(".")[0]
        if name is not None:
            lines[name] = min(node.lineno, lines.get(name, node.lineno))  # type: ignore[attr-defined]
    return lines


def _read_lines(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Names with lines on which they are read, the first one last."""
    found = []
    for node in ast.walk(tree):
        target = node.target if isinstance(node, ast.AugAssign) else node
        if isinstance(target, ast.Name) and (target is not node or isinstance(target.ctx, ast.Load)):
            found.append((target.id, target.lineno))
    yield from sorted(found, key=lambda one: one[1], reverse=True)


def _changes(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Names that are not local to a function and of which an item or attribute is assigned or deleted."""
    todo: list[tuple[ast.AST, frozenset[str]]] = [(tree, frozenset())]
    while todo:
        node, local = todo.pop()
        if isinstance(node, _FUNCTIONS):
            local |= {a.arg for a in ast.walk(node.args) if isinstance(a, ast.arg)}
            local |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        elif isinstance(node, _BINDS):
            targets = getattr(node, "targets", None) or [node.target]  # type: ignore[union-attr]
            for part in (part for target in targets for part in ast.walk(target)):
                if isinstance(part, ast.Subscript | ast.Attribute) and not isinstance(part.ctx, ast.Load):
                    base: ast.expr = part
                    while isinstance(base, ast.Subscript | ast.Attribute):
                        base = base.value
                    if isinstance(base, ast.Name) and base.id not in local:
                        yield base.id, part.lineno
        todo.extend((child, local) for child in reversed(list(ast.iter_child_nodes(node))))

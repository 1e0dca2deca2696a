"""python.zip: the Python of ours that runs in the browser."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.base import places, zips
from tools.base.errors import ToolError

_PAGE = "page"


def _imports(path: Path, package: str) -> Iterator[tuple[int, str]]:
    """Give line and dotted name of every module that a file imports."""
    for node in ast.walk(ast.parse(path.read_bytes(), str(path))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = node.module or ""
            if node.level:
                around = package.split(".")[: 1 - node.level or None]
                start = ".".join([*around, start] if start else around)
            yield node.lineno, start
            yield from ((node.lineno, f"{start}.{alias.name}") for alias in node.names)


def _shipped(py: Path) -> list[Path]:
    """List what of `cells` the browser runs: a folder of its own, which may import the standard library alone."""
    modules = sorted((py / "cells" / _PAGE).glob("*.py"))
    for path in modules:
        for line, name in _imports(path, f"cells.{_PAGE}"):
            top, _, rest = name.partition(".")
            if top not in sys.stdlib_module_names and not (top == "cells" and rest.partition(".")[0] in ("", _PAGE)):
                where = f"{path.relative_to(py)}, line {line}"
                raise ToolError(f"{where} imports {name}; what a page runs may import the standard library alone")
    return [py / "cells" / "__init__.py", *modules]


def python_zip(py: Path = places.PY) -> bytes:
    """Pack `primer` with its masters and what of `cells` runs a page; the same sources give the same bytes."""
    paths = [*_shipped(py), *sorted((py / "primer").rglob("*.py")), *sorted((py / "primer").rglob("*.npy"))]
    return zips.packed((path.relative_to(py).as_posix(), path.read_bytes()) for path in paths)

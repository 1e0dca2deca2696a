"""python.zip: the Python of ours that runs in the browser."""

import ast
import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tools.base import places
from tools.base.errors import ToolError

_PAGE = "page"
_MIDNIGHT = (1980, 1, 1, 0, 0, 0)  # the oldest date a zip can hold; a fixed one keeps its bytes the same


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
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in [*_shipped(py), *sorted((py / "primer").rglob("*.py")), *sorted((py / "primer").rglob("*.npy"))]:
            info = zipfile.ZipInfo(path.relative_to(py).as_posix(), _MIDNIGHT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, path.read_bytes())
    return buffer.getvalue()

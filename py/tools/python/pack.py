"""python.zip: the Python of ours that runs in the browser."""

import ast
import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tools.base import places
from tools.base.errors import ToolError

_HOST = "cells.host"
_MIDNIGHT = (1980, 1, 1, 0, 0, 0)  # the oldest date a zip can hold; a fixed one keeps its bytes the same


def _imports(path: Path, package: str) -> Iterator[tuple[int, str]]:
    """Give line and dotted name of every module that a file imports."""
    for node in ast.walk(ast.parse(path.read_bytes(), str(path))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = node.module or ""
            if node.level:
                start = ".".join(part for part in (package, start) if part)
            yield node.lineno, start
            yield from ((node.lineno, f"{start}.{alias.name}") for alias in node.names)


def _closure(py: Path) -> list[Path]:
    """Find the modules of `cells` that `cells.host` needs; they may import the standard library alone."""
    found: set[Path] = set()
    todo = [py / "cells" / "__init__.py", py.joinpath(*_HOST.split(".")).with_suffix(".py")]
    while todo:
        path = todo.pop()
        if path in found or not path.is_file():
            continue
        found.add(path)
        for line, name in _imports(path, "cells"):
            top = name.partition(".")[0]
            if top == "cells":
                todo.append(py.joinpath(*name.split(".")).with_suffix(".py"))
            elif top not in sys.stdlib_module_names:
                where = f"{path.relative_to(py)}, line {line}"
                raise ToolError(f"{where} imports {name}; what {_HOST} needs may import the standard library alone")
    return sorted(found)


def python_zip(py: Path = places.PY) -> bytes:
    """Pack `primer` with its masters and the modules that `cells.host` needs; the same sources give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in [*_closure(py), *sorted((py / "primer").rglob("*.py")), *sorted((py / "primer").glob("*.npy"))]:
            info = zipfile.ZipInfo(path.relative_to(py).as_posix(), _MIDNIGHT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, path.read_bytes())
    return buffer.getvalue()

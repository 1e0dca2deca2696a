"""python.zip: the Python of ours that runs in the browser."""

import ast
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from cells.build.lessons import files_of
from cells.page.errors import PageError
from cells.page.host import LIBRARY
from cells.page.library import Library
from tools.base import places, site, zips
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


def _shipped(py: Path) -> dict[str, Path]:
    """List what of `cells` the browser runs: a folder of its own, which may import the standard library alone."""
    modules = sorted((py / "cells" / _PAGE).rglob("*.py"))
    for path in modules:
        for line, name in _imports(path, f"cells.{_PAGE}"):
            top, _, rest = name.partition(".")
            if top not in sys.stdlib_module_names and not (top == "cells" and rest.partition(".")[0] in ("", _PAGE)):
                where = f"{path.relative_to(py)}, line {line}"
                raise ToolError(f"{where} imports {name}; what a page runs may import the standard library alone")
    return {path.relative_to(py).as_posix(): path for path in [py / "cells" / "__init__.py", *modules]}


def _files(py: Path, library: Library) -> dict[str, Path]:
    words = re.compile(rf"{library.name}/words/[\w-]+\.json")  # pages in that language bring them
    try:
        there = files_of(library.name)
        return _shipped(py) | {name: path for name, path in there.items() if not words.fullmatch(name)}
    except PageError as error:
        raise ToolError(str(error)) from None


def imported(py: Path = places.PY, library: Library | None = None) -> list[str]:
    """Name what is imported of Python's own by what is packed: it must be there when that starts."""
    sources = (path for path in _files(py, library or site.library()).values() if path.suffix == ".py")
    names = (name.split(".") for path in sources for _, name in _imports(path, path.parent.name))
    return sorted({".".join(parts[:2]) for parts in names if parts[0] in sys.stdlib_module_names})


def python_zip(py: Path = places.PY, library: Library | None = None) -> bytes:
    """Pack what of `cells` runs a page, the lessons' library, and what the site says of it.

    The same sources give the same bytes.
    """
    library = library or site.library()
    parts = {name: path.read_bytes() for name, path in _files(py, library).items()}
    parts[f"cells/{_PAGE}/{LIBRARY}"] = json.dumps(asdict(library)).encode()
    return zips.packed(parts.items())

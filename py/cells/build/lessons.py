"""Where the lessons' library stands: it is found as cells find it, for what is remembered and for what is packed."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

from cells.build.options import WHERE
from cells.page.errors import PageError

_LEFT_OUT = re.compile(r"^\.|~$|\.(?:pyc|typed)$")  # what Python, type checkers and editors leave there


def files_of(library: str) -> dict[str, Path]:
    """Its files, modules and the data beside them, by their paths from where Python looks for it; none without a name.

    Raises
    ------
    PageError
        If it cannot be found.
    """
    if not library:
        return {}
    found = find_spec(library)
    if found is not None and found.submodule_search_locations:
        folder = Path(next(iter(found.submodule_search_locations)))
        there = sorted(path for path in folder.rglob("*") if path.is_file() and not _LEFT_OUT.search(path.name))
        return {path.relative_to(folder.parent).as_posix(): path for path in there}
    if found is not None and found.origin and Path(found.origin).is_file():
        return {Path(found.origin).name: Path(found.origin)}
    raise PageError(f"{WHERE}: library: expected a module or package that can be imported, found no {library}")

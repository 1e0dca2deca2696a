"""Each page with cells has a name of its own: readers' edits are kept by it, and would reach the other page.

The languages of one page share it, for they have the same cells.
"""

import re
from pathlib import Path

from cells.build.options import source_of
from tools.base.errors import ToolError

_PAGE = re.compile(r'<(?:py-cell|py-exercise|span)\b[^>]*? page="([^"]*)"')


def of(site: Path) -> dict[str, set[str]]:
    """Give the names that stand in each page of a built site that has cells: one, if all is well."""
    found = {path: set(_PAGE.findall(path.read_text(encoding="utf-8"))) for path in sorted(site.rglob("*.html"))}
    return {path.relative_to(site).as_posix(): names for path, names in found.items() if names}


def check(site: Path) -> None:
    """Hold the pages to it.

    Raises
    ------
    ToolError
        If a page has two names, or two pages have one.
    """
    first: dict[str, str] = {}
    for path, names in of(site).items():
        for name in names:
            other = first.setdefault(name, path)
            if source_of(other) != source_of(path) or len(names) > 1:
                raise ToolError(
                    f"{path}: its cells say that they are of {', '.join(sorted(names))}, those of {other} of {name}: "
                    "expected one name in each page, and no name in two; see name_of in py/cells/build/page.py for how "
                    "a page learns its name"
                )

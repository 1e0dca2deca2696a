"""The exercises of the course as a list, for the page on which a reader's own answers stand."""

import re
from html import escape

from tools.base import files, places, site

FILE = places.BUILD / "home" / "exercises.md"
_FENCE = re.compile(r'^```python exercise id="([^"]+)" title="([^"]+)"', re.MULTILINE)


def write() -> None:
    """Write it, in the order of the pages, for the page to take in."""
    pages = [(title, page) for entry in site.read(site.CONFIG)["nav"] for title, page in entry.items()]
    sections = []
    for title, page in pages:
        found = _FENCE.findall((places.SITE / page).read_text(encoding="utf-8"))
        below = f"../{page.removesuffix('.md')}/"
        items = "".join(
            f'<li data-answer="{escape(id)}"><h3><a href="{below}#{escape(id)}">{escape(name)}</a></h3></li>'
            for id, name in found
        )
        if items:
            sections.append(f'<section data-answers="{page}"><h2>{escape(title)}</h2><ol>{items}</ol></section>\n')
    files.put(FILE, "".join(sections).encode())

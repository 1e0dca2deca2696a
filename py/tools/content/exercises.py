"""The exercises of the course as a list, for the page on which a reader's own answers stand."""

import re
from html import escape

from tools.base import files, places, site
from tools.content.words import included

_FENCE = re.compile(r'^```python exercise id="([^"]+)" title="([^"]+)"', re.MULTILINE)


def write() -> None:
    """Write it, in the order of the pages, for the page of each language to take in."""
    for language in site.languages():
        files.put(included("exercises.md", language), listed(site.pages(language), f"{language}/").encode())


def listed(pages: list[tuple[str, str]], folder: str) -> str:
    """List the exercises of pages; what stands in a language's folder is kept as that of the English page."""
    sections = []
    for title, path in pages:
        found = _FENCE.findall((places.SITE / path).read_text(encoding="utf-8"))
        page = path.removeprefix(folder)
        below = f"../{page.removesuffix('.md')}/"
        items = "".join(
            f'<li data-answer="{escape(id)}"><h3><a href="{below}#{escape(id)}">{escape(name)}</a></h3></li>'
            for id, name in found
        )
        if items:
            made = f'<p data-predicted="{page}"></p>'
            sections.append(
                f'<section data-answers="{page}"><h2>{escape(title)}</h2>{made}<ol>{items}</ol></section>\n'
            )
    return "".join(sections)

"""`make publish`: the site as it is published, with PDFs, and a zip of itself that its page for teachers offers."""

import os
import re
from pathlib import Path

from tools.base import files, places
from tools.base.errors import ToolError, command
from tools.base.progress import say
from tools.make import dist, pdf

_PLACE = re.compile(r"<span data-zip>.*?</span>")


def offer(site: Path) -> str:
    """Put the zip into the site, and say on its pages for teachers where it is, how large, and what its hash is.

    Raises
    ------
    ToolError
        If no page has a place for it.
    """
    archive = site / dist.ARCHIVE.name
    archive.unlink(missing_ok=True)
    pages = {page: page.read_text(encoding="utf-8") for page in sorted(site.rglob("index.html"))}
    asking = {page: html for page, html in pages.items() if _PLACE.search(html)}
    if not asking:
        raise ToolError(f"{site}: expected a page with <span data-zip>, found none")
    dist.pack(site, archive)
    size, digest = archive.stat().st_size / 1e6, files.sha256(archive)
    for page, html in asking.items():
        way = os.path.relpath(archive, page.parent).replace(os.sep, "/")
        told = f'<a href="{way}">{archive.name}</a>, {size:.0f} MB, SHA-256 <code>{digest}</code>'
        files.put(page, _PLACE.sub(f"<span data-zip>{told}</span>", html).encode())
    return f"{archive.name} on {len(asking)} pages for teachers: {size:.1f} MB"


def main() -> None:
    """Build it all."""
    pdf.main()
    say(offer(places.BUILT_SITE))


if __name__ == "__main__":
    command(main)

"""`make publish`: the site as it is published, with PDFs, and a zip of itself that its page for teachers offers."""

import re
from pathlib import Path

from tools.base import files, places
from tools.base.errors import ToolError, command
from tools.base.progress import say
from tools.make import dist, pdf

_PLACE = re.compile(r"<span data-zip>.*?</span>")


def offer(site: Path) -> str:
    """Put the zip into the site, and say on the page for teachers where it is, how large, and what its hash is.

    Raises
    ------
    ToolError
        If that page has no place for it.
    """
    archive, page = site / dist.ARCHIVE.name, site / "teach" / "index.html"
    archive.unlink(missing_ok=True)
    html = page.read_text(encoding="utf-8")
    if not _PLACE.search(html):
        raise ToolError(f"{page}: expected <span data-zip>, found none")
    dist.pack(site, archive)
    size, digest = archive.stat().st_size / 1e6, files.sha256(archive)
    words = f'<a href="../{archive.name}">{archive.name}</a>, {size:.0f} MB, SHA-256 <code>{digest}</code>'
    files.put(page, _PLACE.sub(f"<span data-zip>{words}</span>", html).encode())
    return f"{archive.name} on the page for teachers: {size:.1f} MB"


def main() -> None:
    """Build it all."""
    pdf.main()
    say(offer(places.BUILT_SITE))


if __name__ == "__main__":
    command(main)

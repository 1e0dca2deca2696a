"""What finds a built site, and tells of it: robots.txt, a feed of its changes (Atom, RFC 4287), the other languages of
pages in its map.
"""

import re
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path
from typing import NamedTuple

import markdown

from tools.base import files, places
from tools.base.errors import ToolError

CHANGES = places.ROOT / "CHANGELOG.md"
_SECTION = re.compile(r"^## (?P<day>\d{4}-\d\d-\d\d)\n(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_HOME = re.compile(r'<link rel="canonical" href="([^"]+/)">')
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_PLACE = re.compile(r"<loc>([^<]+)</loc>.*?(?=</url>)", re.DOTALL)
_OTHER = re.compile(r'<link rel="alternate" (hreflang="[^"]+" href="[^"]+")')


class Change(NamedTuple):
    """What came on one day, as HTML."""

    day: str
    html: str


def changes(text: str) -> Iterator[Change]:
    """List the days of a list of changes, in its order.

    >>> [change.day for change in changes("# Changes\\n\\n## 2026-11-27\\n\\n- A dog.\\n\\n## 2026-11-28\\n\\n- 2.\\n")]
    ['2026-11-27', '2026-11-28']
    """
    for section in _SECTION.finditer(text):
        yield Change(section["day"], markdown.markdown(section["text"]))


def feed(home: str, title: str, news: list[Change]) -> str:
    """Write the feed of the site at an address; its entries are named by their days."""
    if not news:
        raise ToolError(f"{CHANGES.name}: expected sections named by their days (## 2026-11-28), got none")
    entries = "".join(
        f"<entry><id>{home}#{day}</id><title>Changes of {day}</title><updated>{day}T00:00:00Z</updated>"
        f'<link href="{home}"/><content type="html">{escape(html)}</content></entry>'
        for day, html in reversed(news)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
        f"<id>{home}</id><title>{title}</title><updated>{max(news).day}T00:00:00Z</updated>"
        f"<author><name>{title}</name></author>"
        f'<link href="{home}"/><link rel="self" href="{home}feed.xml"/>{entries}</feed>\n'
    )


def with_languages(sitemap: str, home: str, site: Path) -> str:
    """Have the map say of each page what the page says itself: where it is in other languages."""

    def told(place: re.Match[str]) -> str:
        page = site / unescape(place[1]).removeprefix(home) / "index.html"
        others = _OTHER.findall(page.read_text(encoding="utf-8")) if page.is_file() else ()
        return place[0] + "".join(f'<xhtml:link rel="alternate" {other}/>' for other in others)

    named = sitemap.replace("<urlset ", '<urlset xmlns:xhtml="http://www.w3.org/1999/xhtml" ', 1)
    return _PLACE.sub(told, named)


def write(site: Path) -> None:
    """Put them into a built site, whose first page says where it will be read."""
    html = (site / "index.html").read_text(encoding="utf-8")
    found, title = _HOME.search(html), _TITLE.search(html)
    if found is None or title is None:
        return
    home = found[1]
    files.put(site / "feed.xml", feed(home, title[1], list(changes(CHANGES.read_text(encoding="utf-8")))).encode())
    files.put(site / "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {home}sitemap.xml\n".encode())
    if (sitemap := site / "sitemap.xml").is_file():
        files.put(sitemap, with_languages(sitemap.read_text(encoding="utf-8"), home, site).encode())
        sitemap.with_suffix(".xml.gz").unlink(missing_ok=True)  # the same without them, to which nothing leads

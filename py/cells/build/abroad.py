"""Links of a translated page that lead out of its language: to what is there in English alone, as notebooks are.

The frame of a page stays when instant navigation puts another one into it, and speaks the first one's language. So
such a link is followed as any other link is, and says where it leads.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from posixpath import normpath, relpath

from cells.build.options import language_in
from cells.page.words import say

_LINK = re.compile(r'<a (?![^>]*\bhreflang=)(?=[^>]*\bhref="([^"#?:]+)[#?"])')
_PERMALINK = re.compile(r'(<a class="headerlink" [^>]*\btitle=")[^"]*"')


def folder_of(path: str) -> str:
    """Where a page is served, below the site's root.

    >>> folder_of("de/softmax.md"), folder_of("de/index.md"), folder_of("index.md")
    ('de/softmax', 'de', '')
    """
    page = PurePosixPath(path)
    folder = page.parent if page.stem == "index" else page.with_suffix("")
    return "" if str(folder) == "." else str(folder)


def way(path: str, other: str) -> str:
    """The relative address by which a page leads to another one.

    >>> way("de/softmax.md", "softmax.md"), way("de/index.md", "index.md"), way("de/a.md", "de/a.md")
    ('../../softmax/', '../', '')
    """
    found = relpath(folder_of(other) or ".", folder_of(path) or ".")
    return "" if found == "." else f"{found}/"


def marked(html: str, path: str) -> str:
    """A page's HTML, in which links to another language are marked, and those beside headings speak its own."""

    def link(match: re.Match[str]) -> str:
        language = language_in(normpath(f"{folder_of(path)}/{match[1]}").removeprefix("./"))
        return match[0] if language == language_in(path) else f'<a target="_self" hreflang="{language}" '

    return _PERMALINK.sub(lambda match: f'{match[1]}{say("Link to this section")}"', _LINK.sub(link, html))

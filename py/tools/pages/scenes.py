"""Cells beside the text about them: a scene is what is said and what is shown.

A wide window has two columns, and what is shown stays in view while the text goes by; a narrow one, paper and whoever
listens have the order in which the page was written. It is done to pages that are built: the search has their sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_WANTED = '<meta name="layout" content="scenes">'
"""What a theme with styles for it has in its pages' head."""
_ARTICLE = re.compile(r'(<article class="md-content__inner[^>]*>)(.*)(</article>)', re.DOTALL)
_SHOWN = frozenset({"py-cell", "py-exercise"})
_LEADING = frozenset({"p", "py-prediction"})
_WIDE = frozenset({"py-lab"})
_IS_WIDE = re.compile(r'<\w+ class="wide\b')
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})


def arrange(html: str) -> str:
    """Arrange a built page, if its theme asks for it and it has cells."""
    if _WANTED not in html or "<py-cell" not in html:
        return html
    return _ARTICLE.sub(lambda found: f"{found[1]}\n{arranged(found[2])}\n{found[3]}", html)


@dataclass
class _Scene:
    before: list[Block] = field(default_factory=list)
    shown: list[Block] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)

    def html(self) -> str:
        parts = [_div("scene-text", self.before), _div("scene-figure", self.shown), _div("scene-text", self.after)]
        inside = "\n".join(part for part in parts if part)
        return f'<div class="scene">\n{inside}\n</div>' if self.shown else inside

    def led(self) -> list[Block]:
        """Take what leads on to the next cell: its small heading and what follows that, or a paragraph or question."""
        headings = [i for i, block in enumerate(self.after) if block.tag in ("h3", "h4")]
        start = headings[-1] if headings else len(self.after) - (self.after[-1].tag in _LEADING)
        led, self.after = self.after[start:], self.after[:start]
        return led


@dataclass(frozen=True)
class Block:
    """One element of those that a page is a row of."""

    tag: str
    html: str


def arranged(page: str) -> str:
    """Arrange a page's HTML in scenes: what stands at its top level, or all of it as it was if that is not whole."""
    parts: list[str] = []
    scene = _Scene()

    def end(*, led: list[Block] | None = None) -> None:
        nonlocal scene
        if html := scene.html():
            parts.append(html)
        scene = _Scene(led or [])

    for block in blocks(page):
        if block.tag in _WIDE or _IS_WIDE.match(block.html):
            end()
            parts.append(block.html)
        elif block.tag in _SHOWN:
            if scene.after:
                end(led=scene.led())
            scene.shown.append(block)
        else:
            if block.tag == "h2" and (scene.shown or any(before.tag == "h2" for before in scene.before)):
                end()  # what nothing is shown for stands alone
            (scene.after if scene.shown else scene.before).append(block)
    end()
    return "\n".join(parts)


def _div(name: str, found: list[Block]) -> str:
    inside = "\n".join(block.html for block in found)
    return f'<div class="{name}">\n{inside}\n</div>' if found else ""


def blocks(page: str) -> Iterator[Block]:
    """Give the elements at a page's top level, and what stands between them, as they are written.

    >>> [block.tag for block in blocks("<p>a <b>c</b></p><!-- d --><hr><py-cell><p></p></py-cell>")]
    ['p', '', 'hr', 'py-cell']
    """
    reader = _Reader(page)
    start = 0
    for tag, first, last in reader.found:
        if page[start:first].strip():
            yield Block("", page[start:first].strip())
        yield Block(tag, page[first:last])
        start = last
    if page[start:].strip():
        yield Block("", page[start:].strip())


class _Reader(HTMLParser):
    """Finds where the outermost elements begin and end."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[str, int, int]] = []
        self._page = page
        self._lines = [0]
        for line in page.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._open: list[tuple[str, int]] = []
        self.feed(page)
        self.close()

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        here = self._here()
        if tag not in _VOID:
            self._open.append((tag, here))
        elif not self._open:
            self.found.append((tag, here, here + len(self.get_starttag_text() or "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if not self._open:
            here = self._here()
            self.found.append((tag, here, here + len(self.get_starttag_text() or "")))

    def handle_endtag(self, tag: str) -> None:
        at = next((i for i in range(len(self._open) - 1, -1, -1) if self._open[i][0] == tag), None)
        if at is None:
            return
        first = self._open[at][1]
        del self._open[at:]
        if not self._open:
            self.found.append((tag, first, self._page.index(">", self._here()) + 1))

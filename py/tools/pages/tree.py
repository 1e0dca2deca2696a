"""A built page as a tree whose pieces are written as they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})


@dataclass(eq=False)
class Node:
    """An element: how it begins, as written, and what is in it."""

    tag: str
    start: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def elements(self) -> list[Node]:
        """Those directly in it."""
        return [child for child in self.children if isinstance(child, Node)]

    def all(self, wanted: Callable[[Node], bool]) -> Iterator[Node]:
        """Those in it, however deep, from top to bottom."""
        for child in self.elements():
            if wanted(child):
                yield child
            yield from child.all(wanted)

    def part(self, name: str) -> Node | None:
        """The first in it whose ``data-part`` is this."""
        return next(self.all(lambda one: one.attributes.get("data-part") == name), None)

    def html(self, leave: Callable[[Node], bool] = lambda _: False) -> str:
        """What is in it, without the elements to be left out; what is in a link stays, and the link goes."""
        return "".join(child if isinstance(child, str) else child.outer(leave) for child in self.children)

    def outer(self, leave: Callable[[Node], bool] = lambda _: False) -> str:
        """The same with the element itself."""
        if leave(self):
            return ""
        inside = self.html(leave)
        if self.tag == "a":
            return inside
        return self.start + inside + ("" if self.tag in VOID or self.start.endswith("/>") else f"</{self.tag}>")

    def text(self, leave: Callable[[Node], bool] = lambda _: False) -> str:
        """Its words.

        >>> read("<p>a &lt; <b>b</b></p>").text()
        'a < b'
        """
        pieces = []
        for child in self.children:
            if isinstance(child, str):
                pieces.append(unescape(child))
            elif not leave(child):
                pieces.append(child.text(leave))
        return "".join(pieces)


def read(html: str) -> Node:
    """Read a page, or a piece of one."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.root = Node("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, self.get_starttag_text() or "", {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, self.get_starttag_text() or "", {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)

    def handle_endtag(self, tag: str) -> None:
        at = next((i for i in range(len(self._open) - 1, 0, -1) if self._open[i].tag == tag), None)
        if at is not None:
            del self._open[at:]

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

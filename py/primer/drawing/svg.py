"""Pictures as SVG, each with a text alternative, and parts of them that a reader can drag and ask.

A drawing says what may be done with it in plain attributes; the page does the rest. In a notebook, in print and
without JavaScript the same drawing is a picture.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from primer.colours import token
from primer.words import decimal

INK, TEXT, GRID, EDGE, PAPER = map(token, ("ink", "ink-soft", "line", "line-strong", "surface"))
LIT, TOUCH = map(token, ("mark", "touch"))
FLOWS_BACK: dict[str, Any] = {"fill": TEXT, "font_style": "italic", "font_weight": 500}
"""The letters of what flows back: slopes of the loss."""

WIDTH = 340
"""Units across a drawing that a phone shows whole: a unit is then a little more than 0.8 pixels."""
REACH = 26
"""Units about the middle of a handle in which a finger meets it: 44 pixels across on a phone of 360."""
KNOB: dict[str, Any] = {"fill": PAPER, "stroke": TOUCH, "stroke_width": 3}
"""How what can be gripped looks."""
SIZE = 14
"""Units of a letter's height: above 11 pixels on such a phone."""


class Element:
    """One element of SVG: a name, attributes, and what is inside.

    Parameters
    ----------
    tag : str
        ``rect``, ``g``, ``text`` …
    *inside : Element or str
        What it holds; text is escaped.
    **attributes
        Numbers are rounded to hundredths. An underscore stands for a hyphen (``stroke_width``) and one at the end for
        nothing (``class_``). None leaves an attribute out.

    Examples
    --------
    >>> print(Element("text", "1 < 2", x=1 / 3, text_anchor="end"))
    <text x="0.33" text-anchor="end">1 &lt; 2</text>
    """

    def __init__(self, tag: str, *inside: Element | str, **attributes: Any) -> None:
        self.tag, self.inside = tag, list(inside)
        self.attributes = {_hyphenated(name): value for name, value in attributes.items() if value is not None}

    def add(self, *inside: Element | str) -> Element:
        """Put more into it, behind what is there."""
        self.inside += inside
        return self

    def __str__(self) -> str:
        parts: list[str] = []
        self._write(parts)
        return "".join(parts)

    def _write(self, parts: list[str]) -> None:
        """Add the markup to ``parts``: a picture is written anew at every step of a slider."""
        parts.append(f"<{self.tag}")
        for name, value in self.attributes.items():
            parts.append(f' {name}="{_quoted(value) if isinstance(value, str) else written(value)}"')
        if not any(self.inside):
            parts.append("/>")
            return
        parts.append(">")
        for part in self.inside:
            if isinstance(part, str):
                parts.append(_escaped(part))
            else:
                part._write(parts)
        parts.append(f"</{self.tag}>")


class Fixed(Element):
    """Elements that never change, behind one another: they are written once, and not at every step of a slider.

    Examples
    --------
    >>> print(Element("g", Fixed(Element("circle", r=2), Element("circle", r=1))))
    <g><circle r="2"/><circle r="1"/></g>
    """

    def __init__(self, *elements: Element) -> None:
        super().__init__("")
        self._markup = "".join(map(str, elements))

    def _write(self, parts: list[str]) -> None:
        parts.append(self._markup)


@lru_cache(maxsize=500)  # of attributes' names there are few
def _hyphenated(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


@lru_cache(maxsize=1000)  # what stays from step to step is most of a picture
def _escaped(content: str) -> str:
    """Text as browsers write it, letter by letter: they take a picture out of a page to compare it."""
    return escape(content, quote=False)


@lru_cache(maxsize=1000)
def _quoted(content: str) -> str:
    return _escaped(content).replace('"', "&quot;")


def written(value: Any) -> str:
    """A value as an attribute has it.

    >>> written(2 / 3), written(-0.001), written(12.0), written("dog")
    ('0.67', '0', '12', 'dog')
    """
    if isinstance(value, str):
        return str(value)
    return str(value) if type(value) is int and abs(value) < 1e9 else f"{round(float(value), 2) + 0.0:.10g}"


@dataclass(frozen=True)
class Drag:
    """A parameter that a handle moves, and how far.

    Parameters
    ----------
    name : str
        The parameter's name in the page's code.
    value : float
        Its value as the drawing shows it.
    per_x, per_y : float
        What is added to it for each unit to the right, and for each unit down.
    """

    name: str
    value: float
    per_x: float
    per_y: float


def handle(label: str, drags: Iterable[Drag], *inside: Element) -> Element:
    """A part of a drawing that the reader drags, or moves with the arrow keys.

    Left and right move the first parameter and up and down the second, where there are two.

    Parameters
    ----------
    label : str
        What it is called: its accessible name.
    drags : iterable of Drag
        The parameters that it moves, all at once.
    *inside : Element
        What it looks like.
    """
    moves = "; ".join(f"{d.name} {d.value:.12g} {d.per_x:.12g} {d.per_y:.12g}" for d in drags)
    return Element("g", *inside, class_="handle", data_drag=moves, aria_label=label)


@dataclass(frozen=True)
class Why:
    """What a number answers when it is asked where it comes from.

    Parameters
    ----------
    text : str
        The answer, in words and numbers.
    code, cell : str
        A piece of code and the id of the cell that it stands in: while the number is asked, the lines of that cell
        that contain the piece are marked.
    """

    text: str
    code: str = ""
    cell: str = ""


def asked(name: str, label: str, why: Why | str | None, *inside: Element | str) -> Element:
    """A part of a drawing that can be asked where it comes from; without an answer, a part like any other.

    Parameters
    ----------
    name : str
        Its own in the drawing. A redrawn picture goes on answering under the same name.
    label : str
        What it is. The accessible name is this and the text that is seen.
    why : Why or str, optional
        The answer.
    """
    if not why:
        return Element("g", *inside, data_name=name)
    answer = Why(why) if isinstance(why, str) else why
    marks = {"data_marks_cell": answer.cell or None, "data_marks_code": answer.code or None}
    seen = " ".join("".join(_texts(inside)).split())
    called = label if seen in label else f"{label}: {seen}"
    return Element("g", *inside, class_="asked", data_name=name, data_why=answer.text, aria_label=called, **marks)


def _texts(inside: Iterable[Element | str]) -> Iterable[str]:
    for part in inside:
        if isinstance(part, str):
            yield part
        else:
            yield from _texts(part.inside)


def text(x: float, y: float, content: str, *, anchor: str = "middle", **attributes: Any) -> Element:
    """One line of text; `y` is the middle of its small letters."""
    return Element("text", content, x=x, y=y, dy="0.34em", text_anchor=anchor, **({"fill": TEXT} | attributes))


ROW = 26
"""Units that a plate is high: a finger meets it on a phone."""
LINE = 18
"""Units from one line of a number to the next."""


def plate(
    name: str,
    label: str,
    content: str,
    x: float,
    y: float,
    why: Why | str | None = None,
    *,
    lit: bool = False,
    **style: Any,
) -> Element:
    """A number on a plate of its own, which can be asked; `x` and `y` are the middle of its first line.

    Parameters
    ----------
    name, label, why
        As for `asked`.
    content : str
        The number as it is seen; it may have several lines.
    lit : bool
        Whether it stands out: it is what the page talks of at this step.
    **style
        Attributes of the text.
    """
    lines = content.split("\n")
    width, height = max(map(breadth, lines)) + 10, ROW - 2 + LINE * (len(lines) - 1)
    paint = {"fill": LIT if lit else PAPER, "stroke": TOUCH if why else INK if lit else "none"}
    place = {"x": x - width / 2, "y": y - ROW / 2 + 1, "width": width, "height": height}
    ground = Element("rect", class_="plate", **place, rx=6, **paint)
    seen: list[Element | str] = []
    for k, line in enumerate(lines):
        seen += [
            text(x, y + LINE * k, line, **({"fill": INK} | style)),
            " ",
        ]  # the space parts them in the accessible name
    return asked(name, label, why, ground, *seen[:-1])


def breadth(content: str) -> float:
    """Units that a line of text takes, or a little more."""
    return sum(4.4 if letter in " .,:;'|il()[]" else 8.4 for letter in content)


def number(value: float, digits: int = 2) -> str:
    """A number as pictures have it: a true minus, and no minus before a zero.

    >>> number(-1.234), number(-0.001), number(float("inf"))
    ('−1.23', '0.00', 'inf')
    """
    return f"{value:z.{digits}f}".replace("-", "−")


def told(value: float, digits: int = 2) -> str:
    """The same in a sentence, as the page's language writes it."""
    return decimal(number(value, digits))


class Drawing:
    """A picture and its description in words.

    Parameters
    ----------
    width, height : float
        Its size in units. Up to `WIDTH` units it is scaled to the place that it has; a wider one keeps its size and
        scrolls in its own box.
    description : str
        The text alternative: what is shown, with the numbers.
    *inside : Element
        What is drawn, from back to front.
    marks : Why, optional
        Lines of code that are marked for as long as the drawing is there (its text is not used).

    Examples
    --------
    >>> Drawing(20, 10, "A red dot.", Element("circle", r=2))
    A red dot.
    """

    def __init__(
        self, width: float, height: float, description: str, *inside: Element, marks: Why | None = None
    ) -> None:
        self.description = description
        size = {"width": width, "height": height} if width > WIDTH else {}
        self.root = Element(
            "svg",
            *inside,
            xmlns="http://www.w3.org/2000/svg",
            class_="drawing wide" if size else "drawing",
            viewBox=f"0 0 {written(width)} {written(height)}",
            **size,
            font_family="var(--md-text-font-family, system-ui, sans-serif)",
            font_size=SIZE,
            role="group" if any(map(_is_touched, inside)) else "img",
            aria_label=description,
            data_marks_cell=marks.cell if marks else None,
            data_marks_code=marks.code if marks else None,
        )

    def __repr__(self) -> str:
        return self.description

    @property
    def svg(self) -> str:
        """The picture as markup."""
        return str(self.root)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {"image/svg+xml": self.svg, "text/plain": self.description}


def _is_touched(element: Element | str) -> bool:
    if isinstance(element, str):
        return False
    return not element.attributes.keys().isdisjoint({"data-drag", "data-why"}) or any(map(_is_touched, element.inside))

"""What is drawn on a plane: the outlines of the classes, lines, arrows and what is taken hold of."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from primer.colours import kind_of, token
from primer.drawing.svg import INK, KNOB, REACH, Element, breadth, text

Outline = Callable[[float, float], str]
"""Gives the path of a mark about a place."""


def _circle(x: float, y: float) -> str:
    return f"M{x - 5:.1f} {y:.1f}a5 5 0 1 0 10 0a5 5 0 1 0-10 0z"


def _square(x: float, y: float) -> str:
    return f"M{x - 4.5:.1f} {y - 4.5:.1f}h9v9h-9z"


def _triangle(x: float, y: float) -> str:
    return f"M{x:.1f} {y - 5.6:.1f}l5.6 10h-11.2z"


def _diamond(x: float, y: float) -> str:
    return f"M{x:.1f} {y - 6.4:.1f}l6 6.4l-6 6.4l-6-6.4z"


_SHAPES: dict[str | None, Outline] = {"toaster": _square, "bird": _triangle, "cat": _diamond, "dog": _circle}
_OTHERS = ("ink-soft", "ink", "negative", "positive")
MOST = 4
"""Classes that can be told apart."""


class Mark(NamedTuple):
    """How records of one class look."""

    shape: Outline
    colour: str


def marks_of(names: Sequence[str]) -> list[Mark]:
    """Give each class a shape and a colour: a kind its own, everywhere; others, in ink, the shapes that are left."""
    kinds = [kind_of(name) for name in names]
    shapes = (outline for kind, outline in _SHAPES.items() if kind not in kinds)
    colours = map(token, _OTHERS)
    return [Mark(_SHAPES[kind], token(kind)) if kind else Mark(next(shapes), next(colours)) for kind in kinds]


def to(start: tuple[float, float], end: tuple[float, float]) -> str:
    return f"M{start[0]:.2f} {start[1]:.2f}L{end[0]:.2f} {end[1]:.2f}"


def stroke(start: tuple[float, float], end: tuple[float, float]) -> Element:
    return Element("path", d=to(start, end), stroke=INK, stroke_width=2.5, stroke_linecap="round")


def arrow(start: tuple[float, float], end: tuple[float, float]) -> list[Element]:
    """An arrow from one place to another; too short for a head, it has none."""
    length = math.dist(start, end)
    if length < 12:
        return []
    ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    neck = (end[0] - 9 * ux, end[1] - 9 * uy)
    corners = [end, (neck[0] - 5 * uy, neck[1] + 5 * ux), (neck[0] + 5 * uy, neck[1] - 5 * ux)]
    head = "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in corners) + "z"
    return [
        Element("path", d=to(start, neck), stroke=INK, stroke_width=1.75, stroke_dasharray="5 3"),
        Element("path", d=head, fill=INK),
    ]


def reach(x: float, y: float) -> Element:
    """What a finger meets: larger than what is seen."""
    return Element("circle", class_="reach", cx=x, cy=y, r=REACH, fill="transparent")


def grip(x: float, y: float, *, small: bool = False) -> list[Element]:
    knob = Element("circle", class_="knob", cx=x, cy=y, r=6 if small else 9, **KNOB)
    return [reach(x, y), knob]


def named(x: float, y: float, name: str) -> Element:
    """The name of a box, in its middle; before that of a kind stands its mark."""
    if not kind_of(name):
        return text(x, y, name, font_weight=600, fill=INK)
    mark = marks_of([name])[0]
    left = x - breadth(name) / 2
    return Element(
        "g",
        Element("path", d=mark.shape(left - 2, y), fill=mark.colour),
        text(x + 7, y, name, font_weight=600, fill=INK),
    )

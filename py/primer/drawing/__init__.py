"""Drawings in SVG that show themselves, can be asked and dragged: their parts, and what is drawn with them."""

from primer.drawing.svg import (
    EDGE,
    GRID,
    INK,
    KNOB,
    LINE,
    LIT,
    PAPER,
    ROW,
    SIZE,
    TEXT,
    TOUCH,
    WIDTH,
    Drag,
    Drawing,
    Element,
    Why,
    asked,
    breadth,
    handle,
    number,
    plate,
    text,
    written,
)

__all__ = [
    "EDGE", "GRID", "INK", "KNOB", "LINE", "LIT", "PAPER", "ROW", "SIZE", "TEXT", "TOUCH", "WIDTH", "Drag",
    "Drawing", "Element", "Why", "asked", "breadth", "handle", "number", "plate", "text", "written",
]  # fmt: skip

"""Bars of probability that the reader drags to a guess."""

from __future__ import annotations

from collections.abc import Sequence

from numpy.typing import ArrayLike

from primer.arrays import as_floats, reject
from primer.colours import kind_of, token
from primer.drawing.animals import animal, placed
from primer.drawing.svg import (
    EDGE,
    INK,
    KNOB,
    PAPER,
    REACH,
    TEXT,
    WIDTH,
    Drag,
    Drawing,
    Element,
    breadth,
    handle,
    number,
    text,
    told,
)
from primer.words import say

ROW, FACE = 50, 36
TOP, BOTTOM = 8, 28
NUMBERS = 52
"""Units for the column of numbers at the right."""


def guess_bars(
    names: Sequence[str],
    guess: ArrayLike,
    *,
    drag: Sequence[str] = (),
    shares: ArrayLike | None = None,
    truth: ArrayLike | None = None,
) -> Drawing:
    """One bar a name, from 0 to 1, that the reader pulls to the length of their guess.

    Parameters
    ----------
    names : sequence of str, length n
        What each bar stands for.
    guess : array_like, shape (n,)
        How long the bars are, each from 0 to 1.
    drag : sequence of str, length n, optional
        The parameters that hold the guess; without them nothing can be dragged.
    shares : array_like, shape (n,), optional
        The numbers beside the bars where they are not the guess itself: what became of it when its sum was made 1.
    truth : array_like, shape (n,), optional
        What was to be guessed: a mark on each bar.

    Returns
    -------
    Drawing

    Raises
    ------
    ValueError
        If the lengths disagree or a number lies outside 0..1.

    Examples
    --------
    >>> guess_bars(["duck", "dog"], [0.25, 0.75], truth=[0, 1])
    Bars from 0 to 1: duck 0.25, truth 0.00; dog 0.75, truth 1.00.
    """
    lengths = _fractions(guess, "guess", len(names))
    beside = lengths if shares is None else _fractions(shares, "shares", len(names))
    true = None if truth is None else _fractions(truth, "truth", len(names))
    if drag and len(drag) != len(names):
        raise ValueError(f"drag must name one parameter for each of the {len(names)} bars, got {len(drag)}")
    left = 10 + max((FACE if kind_of(name) else breadth(name) for name in names), default=0.0)
    side = WIDTH - left - NUMBERS
    height = TOP + ROW * len(names)
    scale = Element("g", data_name="scale")
    for tick in (0, 1):
        x = left + tick * side
        scale.add(Element("path", d=f"M{x:.2f} {TOP}V{height}", stroke=EDGE), text(x, height + 14, f"{tick}"))
    bars, handles, said = Element("g", data_name="bars"), Element("g", data_name="handles"), []
    for k, name in enumerate(names):
        kind = kind_of(name)
        middle, end = TOP + (k + 0.5) * ROW, left + lengths[k] * side
        bars.add(
            placed(animal(kind, lengths[k]), 0, middle - FACE / 2, FACE)
            if kind
            else text(left - 8, middle, name, anchor="end"),
            Element(
                "rect",
                x=left,
                y=middle - 13,
                width=lengths[k] * side,
                height=26,
                rx=3,
                fill=token(kind or "ink-soft"),
            ),
            text(WIDTH - 4, middle, number(beside[k]), anchor="end", fill=INK),
        )
        if true is not None:
            x = left + true[k] * side
            bars.add(
                Element("path", d=f"M{x:.2f} {middle - 18}v36", stroke=PAPER, stroke_width=6),
                Element("path", d=f"M{x:.2f} {middle - 18}v36", stroke=INK, stroke_width=2.5, stroke_dasharray="6 3"),
            )
        if drag:
            moves = [Drag(drag[k], float(lengths[k]), 1 / side, 0)]
            handles.add(handle(say("guess for {name}", name=name), moves, *_grip(end, middle)))
        share = say(", share {share}", share=told(beside[k])) if shares is not None else ""
        aim = say(", truth {truth}", truth=told(true[k])) if true is not None else ""
        said.append(f"{name} {told(lengths[k])}{share}{aim}")
    description = say("Bars from 0 to 1: {said}.", said="; ".join(said))
    return Drawing(WIDTH, height + BOTTOM, description, scale, bars, handles)


def _grip(x: float, y: float) -> list[Element]:
    """A grip at the end of a bar, and about it what a finger meets."""
    return [
        Element("rect", class_="reach", x=x - REACH, y=y - ROW / 2, width=2 * REACH, height=ROW, fill="transparent"),
        Element("rect", class_="knob", x=x - 6, y=y - 17, width=12, height=34, rx=6, **KNOB),
        Element("path", d=f"M{x:.2f} {y - 6:.2f}v12", stroke=TEXT, stroke_width=2, stroke_linecap="round"),
    ]


def _fractions(values: ArrayLike, name: str, count: int) -> list[float]:
    array = as_floats(values, name)
    if array.shape != (count,):
        raise ValueError(f"{name} must be one number for each of the {count} names, got shape {array.shape}")
    reject((array < 0) | (array > 1), array, f"{name} must lie in 0..1")
    return [float(value) for value in array]

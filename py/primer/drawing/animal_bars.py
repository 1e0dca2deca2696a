"""Bars of probability, each with its animal and its percentage, as wide as the column."""

from __future__ import annotations

from collections.abc import Sequence

from numpy.typing import ArrayLike

from primer.arrays import as_floats, reject
from primer.charts import bars_told, check_names, listed
from primer.colours import kind_of, token
from primer.drawing.animals import animal, placed
from primer.drawing.svg import INK, Drawing, Element, breadth, text
from primer.words import say

ROW, FACE, BAR = 46, 38, 28
LETTERS = 17
"""Pixels: such a drawing is not scaled. Its parts have shares of its width."""
SHARE = 72
"""Percent of the width that a bar of 1 takes; the rest is the animals' and the numbers'."""


def animal_bars(names: Sequence[str], probs: ArrayLike) -> Drawing:
    """One bar a name, from 0 to 1, in the colour of its kind; the dog looks as sure as it may.

    Parameters
    ----------
    names : sequence of str, length n
        No name twice. A kind is shown by its animal, anything else by its name.
    probs : array_like, shape (n,)
        Probabilities, 0 to 1.

    Returns
    -------
    Drawing

    Raises
    ------
    ValueError
        If the lengths disagree, a name comes twice or a number lies outside 0..1.

    Examples
    --------
    >>> animal_bars(["duck", "dog", "cat"], [0.70538, 0.25950, 0.03512])
    Bar chart of probability, axis from 0 to 1: duck 0.7054, dog 0.2595, cat 0.0351.
    """
    shares = as_floats(probs, "probs")
    check_names(names, shares.shape, "probs")
    reject((shares < 0) | (shares > 1 + 1e-9), shares, "probabilities must lie in 0..1")
    left = 10 + max((FACE if kind_of(name) else LETTERS / 14 * breadth(name) for name in names), default=0.0)
    rows = [_row(k, name, float(share), left) for k, (name, share) in enumerate(zip(names, shares, strict=True))]
    height = ROW * len(names)
    base = Element("path", d=f"M{left:.1f} 0V{height}", stroke=token("line-strong"), stroke_width=1.5)
    said = bars_told(say("probability"), 0, 1, listed(names, shares, 4))
    picture = Drawing(0, height, said, *rows, base)
    attributes = picture.root.attributes
    del attributes["viewBox"]
    attributes |= {"class": "drawing fluid", "width": "100%", "height": height, "font-size": LETTERS}
    return picture


def _row(k: int, name: str, share: float, left: float) -> Element:
    middle, kind = ROW * (k + 0.5), kind_of(name)
    if kind:
        label = placed(animal(kind, share), 0, middle - FACE / 2, FACE)
    else:
        label = text(0, middle, name, anchor="start", fill=INK)
    bar = Element("rect", width=f"{100 * share:.2f}%", height=BAR, rx=4, fill=token(kind or "ink-soft"))
    lane = Element("svg", bar, x=left, y=middle - BAR / 2, width=f"{SHARE}%", height=BAR)
    told = _percent(share)
    number = Element("text", told, x="100%", y=middle, dy="0.34em", text_anchor="end", font_weight=600, fill=INK)
    return Element("g", label, lane, number, data_name=name)


def _percent(share: float) -> str:
    """With one digit; nothing is 0% or 100% that is not.

    >>> _percent(0.70538), _percent(1.0), _percent(0.99997), _percent(0.00002), _percent(0.0)
    ('70.5%', '100%', '>99.9%', '<0.1%', '0%')
    """
    if share in (0, 1):
        return f"{share:.0%}"
    return ">99.9%" if share >= 0.9995 else "<0.1%" if share < 0.0005 else f"{share:.1%}"

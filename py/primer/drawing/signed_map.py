"""Numbers as a drawing that is green above 0 and purple below, by day and by night."""

from __future__ import annotations

from itertools import groupby

import numpy as np
from numpy.typing import ArrayLike

from primer.arrays import as_floats
from primer.colours import token
from primer.drawing.svg import GRID, PAPER, Element

LEVELS = 24
"""Shades from 0 to the full colour: more than an eye tells apart."""


def signed_map(values: ArrayLike, x: float, y: float, width: float) -> Element:
    """Draw a square for each number: the largest one, taken without sign, has the full colour, and 0 the paper's.

    Infinity has the full colour, too, and leaves the others theirs.

    Parameters
    ----------
    values : array_like, shape (n_rows, n_columns)
    x, y : float
        Where its upper left corner is.
    width : float
        Units across all columns.

    Returns
    -------
    Element

    Raises
    ------
    ValueError
        If there are no rows and columns, or an entry is NaN.

    Examples
    --------
    >>> [shade.attributes["d"] for shade in signed_map([[-1.0, 0.0, 2.0, 2.0]], 0, 0, 4).inside[1].inside]
    ['M0 0h1v1h-1z', 'M2 0h2v1h-2z']
    """
    numbers = as_floats(values, "values")
    if numbers.ndim != 2 or numbers.size == 0:
        raise ValueError(f"values must have rows and columns, such as (3, 3), got shape {numbers.shape}")
    n_rows, n_columns = numbers.shape
    largest = np.abs(numbers[np.isfinite(numbers)]).max(initial=0) or 1
    levels = np.rint(np.clip(numbers / largest, -1, 1) * LEVELS).astype(int)
    paths: dict[int, str] = {}
    for row, line in enumerate(levels.tolist()):
        column = 0
        for level, run in groupby(line):  # neighbours of one shade are one piece
            length = len(list(run))
            paths[level] = paths.get(level, "") + f"M{column} {row}h{length}v1h-{length}z"
            column += length
    scale = width / n_columns
    shades = [
        Element("path", d=d, fill=token("positive" if level > 0 else "negative"), fill_opacity=abs(level) / LEVELS)
        for level, d in sorted(paths.items())
        if level
    ]
    place = {"x": x, "y": y, "width": width, "height": scale * n_rows}
    ground = Element("rect", **place, fill=PAPER, stroke=GRID, stroke_width=2)
    moved = f"translate({x:g} {y:g}) scale({scale:.10g})"
    return Element("g", ground, Element("g", *shades, transform=moved, shape_rendering="crispEdges"))

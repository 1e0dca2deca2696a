"""A landscape seen from above: the loss for every pair of two weights, and the way that a ball took through it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from primer.arrays import Floats, as_floats
from primer.drawing.marks import grip
from primer.drawing.plane import BOTTOM, CELLS, SIDE, TOP, Plane, runs
from primer.drawing.svg import INK, PAPER, WIDTH, Drag, Drawing, Element, handle, told
from primer.drawing.ticks import spanned
from primer.words import say

BANDS = 9
"""Shades, from the lowest ground, which is bare, to the highest."""


def landscape_picture(
    loss: Callable[[Floats], ArrayLike],
    path: ArrayLike,
    *,
    x: tuple[float, float],
    y: tuple[float, float],
    x_title: str = "weight 1",
    y_title: str = "weight 2",
    drag: Sequence[str] = (),
) -> Drawing:
    """Draw how high the loss is, the stronger the shade the higher, and a ball's steps from where it was laid.

    Parameters
    ----------
    loss : callable
        Takes places, shape (n, 2), and returns the loss at each, shape (n,). It is called twice.
    path : array_like, shape (n_steps + 1, 2)
        Where the ball was, from its first place on.
    x, y : tuple of float
        Where the axes begin and end.
    x_title, y_title : str
        What the two weights are called.
    drag : sequence of str, length 2, optional
        The parameters that hold the ball's first place.

    Returns
    -------
    Drawing

    Raises
    ------
    ValueError
        If the shapes do not fit, or an axis does not go from a number to a larger one.

    Examples
    --------
    >>> def bowl(places):
    ...     return (places**2).sum(axis=1)
    >>> landscape_picture(bowl, [[1.0, 0.0], [0.5, 0.0]], x=(-2, 2), y=(-2, 2))
    Landscape: the loss over weight 1 (from -2 to 2) and weight 2 (from -2 to 2), lowest 0.00 at (0.05, −0.05). \
A ball is laid at (1.00, 0.00), where the loss is 1.00. Step 1 leads to (0.50, 0.00), where it is 0.25.
    """
    steps = as_floats(path, "path")
    if steps.ndim != 2 or steps.shape[1] != 2 or len(steps) == 0:
        raise ValueError(f"path must have shape (n_steps + 1, 2), a row for each place, got {steps.shape}")
    x_title, y_title = say(x_title), say(y_title)  # code's own titles are in no table, and stay
    plane = Plane(["ball"], x=x, y=y, x_title=x_title, y_title=y_title)
    heights, lowest = _heights(loss, x, y)
    ground = Element("g", data_name="ground", shape_rendering="crispEdges", fill=INK)
    levels = heights.min() + np.ptp(heights) * (np.arange(1, BANDS) / BANDS) ** 2  # close together below
    bands = np.searchsorted(levels, heights, side="right")  # (CELLS, CELLS): 0 to BANDS - 1
    for k in range(1, BANDS):
        if shape := runs(bands == k):
            ground.add(Element("path", d=shape, fill_opacity=f"{0.05 * k:g}"))
    inside = ((steps >= [x[0], y[0]]) & (steps <= [x[1], y[1]])).all(axis=1)
    seen = len(steps) if inside.all() else int(np.argmin(inside))
    units = [plane.unit(place) for place in steps[:seen]]
    way = Element("g", data_name="way")
    if units:
        line = "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in units)
        way.add(Element("path", d=line, fill="none", stroke=INK, stroke_width=1.5))
        way.add(*(Element("circle", cx=a, cy=b, r=3, fill=INK) for a, b in units[1:]))
        way.add(Element("circle", cx=units[-1][0], cy=units[-1][1], r=6, fill=PAPER, stroke=INK, stroke_width=2))
    handles = Element("g", data_name="handles")
    if drag:
        per_x, per_y = (x[1] - x[0]) / SIDE, -(y[1] - y[0]) / SIDE
        drags = [Drag(drag[0], float(steps[0, 0]), per_x, 0), Drag(drag[1], float(steps[0, 1]), 0, per_y)]
        handles.add(handle(say("the ball"), drags, *grip(*plane.unit(steps[0]))))
    first, last = as_floats(loss(steps[[0, -1]]), "what loss returns")
    end = (
        say("Step {step} leads to {place}, where it is {loss}.", step=len(steps) - 1, **_at(steps[-1], last))
        if seen == len(steps)
        else say("With step {step} it leaves the picture.", step=max(seen, 1))
    )
    ground_told = say(
        "Landscape: the loss over {x} and {y}, lowest {loss} at {place}.",
        x=spanned(x_title, x),
        y=spanned(y_title, y),
        **_at(lowest, heights.min()),
    )
    ball_told = say("A ball is laid at {place}, where the loss is {loss}.", **_at(steps[0], first))
    said = f"{ground_told} {ball_told} {end}"
    return Drawing(WIDTH, TOP + SIDE + BOTTOM, said, ground, plane.axes(), way, handles)


def _at(place: Floats, loss: float) -> dict[str, str]:
    a, b, height = map(told, (*place, loss))
    return {"place": say("({a}, {b})", a=a, b=b), "loss": height}


def _heights(
    loss: Callable[[Floats], ArrayLike], x: tuple[float, float], y: tuple[float, float]
) -> tuple[Floats, Floats]:
    """The loss in the middle of each cell, from the top down, and where it is lowest."""
    middles = (np.arange(CELLS) + 0.5) / CELLS
    xs, ys = x[0] + middles * (x[1] - x[0]), y[1] - middles * (y[1] - y[0])
    grid = np.column_stack([np.tile(xs, CELLS), np.repeat(ys, CELLS)])  # (CELLS * CELLS, 2)
    heights = as_floats(loss(grid), "what loss returns")
    if heights.shape != (len(grid),):
        raise ValueError(f"loss must return one height for each of {len(grid)} places, got shape {heights.shape}")
    return heights.reshape(CELLS, CELLS), grid[int(np.argmin(heights))]

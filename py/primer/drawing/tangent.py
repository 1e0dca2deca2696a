"""A curve with its tangent: the slope at a place that the reader drags."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from primer.arrays import Floats
from primer.drawing.marks import grip, stroke, to
from primer.drawing.svg import GRID, INK, TEXT, WIDTH, Drag, Drawing, Element, handle, number, text, told
from primer.drawing.ticks import check_axes, places, spanned, ticks
from primer.words import say

LEFT, RIGHT, TOP, BOTTOM = 50, 14, 12, 46
SIDE = WIDTH - LEFT - RIGHT
HEIGHT = 220


def tangent_picture(
    function: Callable[[Floats], Floats],
    at: float,
    *,
    x: tuple[float, float],
    y: tuple[float, float],
    drag: str = "",
    title: str = "y",
) -> Drawing:
    """A curve, and the straight line that touches it at one place and is as steep as the curve is there.

    Parameters
    ----------
    function : callable
        Takes an array of x, returns y for each.
    at : float
        Where the line touches.
    x, y : tuple of float
        Where the axes begin and end.
    drag : str, optional
        The parameter that holds `at`; without it nothing can be dragged.
    title : str
        What is measured upwards.

    Returns
    -------
    Drawing

    Raises
    ------
    ValueError
        If an axis does not go from a number to a larger one, or `at` lies outside of it.

    Examples
    --------
    >>> tangent_picture(np.square, 1.0, x=(-2, 2), y=(0, 4), title="x squared")
    Curve of x squared over x (from -2 to 2). At x = 1.00 it is 1.00 and its slope 2.00.
    """
    check_axes(x=x, y=y)
    if not x[0] <= at <= x[1]:
        raise ValueError(f"at must lie on the x axis, from {x[0]:g} to {x[1]:g}, got {at:g}")
    per_x, per_y = SIDE / (x[1] - x[0]), HEIGHT / (y[1] - y[0])

    def unit(point: tuple[float, float]) -> tuple[float, float]:
        return LEFT + (point[0] - x[0]) * per_x, TOP + (y[1] - point[1]) * per_y

    height, slope = _measured(function, at)
    touch = (at, height)
    curve, lines = Element("g", data_name="curve"), Element("g", data_name="tangent")
    xs = np.linspace(*x, 121)
    points = [unit((float(a), float(b))) for a, b in zip(xs, function(xs), strict=True) if y[0] <= b <= y[1]]
    path = "M" + "L".join(f"{a:.2f} {b:.2f}" for a, b in points)
    curve.add(Element("path", d=path, fill="none", stroke=TEXT, stroke_width=2))
    if ends := _ends(touch, slope, x, y):
        lines.add(stroke(unit(ends[0]), unit(ends[1])))
    corner, tip = (at + 1, height), (at + 1, height + slope)
    if at + 1 <= x[1] and y[0] <= tip[1] <= y[1]:
        (a, b), d = unit(corner), unit(tip)[1]
        for start, end in ((touch, corner), (corner, tip)):
            lines.add(Element("path", d=to(unit(start), unit(end)), stroke=INK, stroke_dasharray="5 3"))
        lines.add(
            text((a + unit(touch)[0]) / 2, b + (12 if slope >= 0 else -12), "1", fill=INK),
            text(a + 6, (b + d) / 2, number(slope), anchor="start", fill=INK),
        )
    handles = Element("g", data_name="handles")
    if drag:
        handles.add(handle(say("where the line touches"), [Drag(drag, at, 1 / per_x, 0)], *grip(*unit(touch))))
    numbers = {"at": told(at), "height": told(height), "slope": told(slope)}
    curve_told = say("Curve of {title} over {x}.", title=title, x=spanned("x", x))
    said = f"{curve_told} {say('At x = {at} it is {height} and its slope {slope}.', **numbers)}"
    return Drawing(WIDTH, TOP + HEIGHT + BOTTOM, said, _axes(unit, x, y, title), curve, lines, handles)


def _measured(function: Callable[[Floats], Floats], at: float) -> tuple[float, float]:
    """How high the curve is at a place, and how steep."""
    nudge = 1e-5
    below, here, above = (float(value) for value in function(np.array([at - nudge, at, at + nudge])))
    return here, (above - below) / (2 * nudge)


def _ends(
    touch: tuple[float, float], slope: float, x: tuple[float, float], y: tuple[float, float]
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Where the line enters and leaves the picture; None if it does not."""
    low, high = x
    if slope:
        crossings = sorted(touch[0] + (limit - touch[1]) / slope for limit in y)
        low, high = max(low, crossings[0]), min(high, crossings[1])
    elif not y[0] <= touch[1] <= y[1]:
        return None
    if low >= high:
        return None
    return (low, touch[1] + slope * (low - touch[0])), (high, touch[1] + slope * (high - touch[0]))


def _axes(
    unit: Callable[[tuple[float, float]], tuple[float, float]],
    x: tuple[float, float],
    y: tuple[float, float],
    title: str,
) -> Element:
    axes = Element("g", data_name="axes")
    for tick in ticks(*x):
        across = unit((tick, y[0]))[0]
        axes.add(Element("path", d=to((across, TOP), (across, TOP + HEIGHT)), stroke=GRID))
        axes.add(text(across, TOP + HEIGHT + 14, number(tick, places(*x))))
    for tick in ticks(*y):
        down = unit((x[0], tick))[1]
        axes.add(Element("path", d=to((LEFT, down), (LEFT + SIDE, down)), stroke=GRID))
        axes.add(text(LEFT - 6, down, number(tick, places(*y)), anchor="end"))
    axes.add(text(LEFT + SIDE / 2, TOP + HEIGHT + 34, "x", font_weight=500))
    middle = TOP + HEIGHT / 2
    return axes.add(text(9, middle, title, font_weight=500, transform=f"rotate(-90 9 {middle:g})"))

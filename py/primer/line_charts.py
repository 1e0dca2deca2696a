"""Lines over the same axis, each with its name at its end, and one place of all marked with its numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from primer.arrays import Floats, as_floats
from primer.charts import Chart, Spec, axis, check_domain, check_names, colour, listed
from primer.words import decimal, say


def line_chart(
    x: ArrayLike,
    y: ArrayLike,
    *,
    names: Sequence[str],
    x_title: str,
    y_title: str = "probability",
    domain: tuple[float, float] = (0.0, 1.0),
    marked: tuple[float, ArrayLike] | None = None,
    digits: int = 4,
) -> Chart:
    """One line a name over the same x, with one x marked if wished.

    Parameters
    ----------
    x : array_like, shape (n_points,)
        Rising; at least two points.
    y : array_like, shape (n_points,) or (n_points, n_lines)
        Heights, within `domain`.
    names : sequence of str, length n_lines
        No name twice.
    x_title, y_title : str
        What is drawn along each axis.
    domain : tuple of float
        Where the y axis begins and ends.
    marked : tuple of float and array_like, optional
        An x and the height of each line there, shape (n_lines,) or one number for one line.
    digits : int
        Decimals in the description and the tooltips.

    Returns
    -------
    Chart

    Raises
    ------
    ValueError
        If the shapes disagree, x does not rise or a height lies outside `domain`.

    Examples
    --------
    >>> line_chart([0, 1], [0.5, 0.75], names=["dog"], x_title="score", marked=(1, 0.75))
    Line chart of probability against score. At score = 0: dog 0.5000. At score = 1: dog 0.7500. \
Marked, at score = 1: dog 0.7500.
    """
    xs, heights = as_floats(x, "x"), as_floats(y, "y")
    if heights.ndim == 1:
        heights = heights[:, np.newaxis]  # (n_points, 1)
    if xs.ndim != 1 or len(xs) < 2 or heights.shape != (len(xs), len(names)):
        raise ValueError(
            f"y must have one row for each x and one column for each of the {len(names)} names, "
            f"got x {xs.shape} and y {heights.shape}"
        )
    if not (np.diff(xs) > 0).all():
        raise ValueError("x must rise from point to point; sort it, or use np.linspace")
    check_names(names, (len(names),))
    check_domain(heights, y_title, domain)
    y_title = say(y_title)  # code's own titles are in no table, and stay
    color = colour("name", names, inked=True)
    lines: Spec = {"mark": {"type": "line"}, "encoding": {}}
    if len(names) > 1:  # a line is told apart by its dashes as well as by its colour
        lines["mark"]["strokeCap"] = "butt"  # round caps would close the gaps
        lines["encoding"]["strokeDash"] = color | {"scale": {"domain": list(names)}}
    across = (float(xs[0]), float(xs[-1]))
    spec: Spec = {
        "data": {"values": _points(names, _drawn(xs, across), _drawn(heights, domain))},
        "height": 176,
        "encoding": {
            "x": axis("x", x_title, across),
            "y": axis("value", y_title, domain),
            "color": color,
        },
        "layer": [lines, *_named(names, float(xs[-1]), heights[-1], domain)],
    }
    ends = ((f"{xs[i]:g}", listed(names, heights[i], digits)) for i in (0, len(xs) - 1))
    said = [say("At {x} = {at}: {told}.", x=x_title, at=decimal(at), told=told) for at, told in ends]
    if marked is not None:
        at = as_floats(np.atleast_1d(marked[0]), "marked x")
        values = as_floats(np.atleast_1d(np.asarray(marked[1])), "marked heights")
        check_names(names, values.shape)
        check_domain(values, y_title, domain)
        spec["layer"] += _marker(names, at, values, (x_title, y_title), (xs, heights), domain, digits)
        here = {"at": decimal(f"{at[0]:g}"), "told": listed(names, values, digits)}
        said.append(say("Marked, at {x} = {at}: {told}.", x=x_title, **here))
    return Chart(spec, " ".join([say("Line chart of {y} against {x}.", y=y_title, x=x_title), *said]))


def _named(names: Sequence[str], x: float, ends: Floats, domain: tuple[float, float]) -> list[Spec]:
    """Write each name at the end of its line; of one line, the axis says what it is."""
    if len(names) == 1:
        return []
    rows = [{"x": x, "value": y, "name": n} for n, y in zip(names, _apart(ends, domain), strict=True)]
    return [{"data": {"values": rows}, **_written("name", "left")}]


def _written(field: str, align: str, up: int = 0) -> Spec:
    mark = {"type": "text", "align": align, "dx": 8 if align == "left" else -8, "dy": up}
    return {"mark": mark, "encoding": {"text": {"field": field, "type": "nominal"}, "color": None}}


def _apart(heights: Floats, domain: tuple[float, float]) -> list[float]:
    """Give places for words at these heights, in the same order from below, none of which touches another."""
    low, high = domain
    least = (high - low) * 0.085  # of a plot 210 high: a line of text
    order = np.argsort(heights, kind="stable")
    places = heights[order].copy()
    for k in range(1, len(places)):
        places[k] = max(places[k], places[k - 1] + least)
    if places.size and (over := places[-1] - high) > 0:  # then all that touches goes down
        places[-1] -= over
        for k in range(len(places) - 2, -1, -1):
            places[k] = min(places[k], places[k + 1] - least)
    return [float(place) for place in places[np.argsort(order, kind="stable")]]


def _sides(xs: Floats, heights: Floats, here: float, *, below: bool) -> list[str]:
    """How words at a dot are aligned: a line that rises has room above at its left, one that falls at its right; and
    below the other way round.
    """
    share = (here - xs[0]) / (xs[-1] - xs[0])
    if not 0.15 < share < 0.8:
        return ["left" if share < 0.5 else "right"] * heights.shape[1]
    k = int(np.clip(np.searchsorted(xs, here), 1, len(xs) - 1))
    rises = heights[k] - heights[k - 1] > 0.02 * (xs[k] - xs[k - 1]) / (xs[-1] - xs[0]) * np.ptp(heights)
    return ["right" if up != below else "left" for up in rises]


def _marker(
    names: Sequence[str],
    at: Floats,
    values: Floats,
    titles: tuple[str, str],
    lines: tuple[Floats, Floats],
    y: tuple[float, float],
    digits: int,
) -> list[Spec]:
    """Draw a dashed line at the marked x, a dot where it meets each line of the chart, and their numbers."""
    x_title, y_title = titles
    number = {"type": "quantitative", "format": f".{digits}f"}
    here = float(at[0])
    # where the numbers would meet the one above the plot, they stand below their dots
    below = bool(values.max() > y[1] - 0.1 * (y[1] - y[0]))
    sides, up = _sides(*lines, here, below=below), 20 if below else -9
    told: dict[str, list[Spec]] = {"left": [], "right": []}
    for side, place, value in zip(sides, _apart(values, y), values, strict=True):
        told[side].append({"x": here, "value": place, "told": f"{value:.3g}"})
    return [
        {
            "data": {"values": [{"x": here, "told": f"{here:.3g}"}]},
            "encoding": {"y": None, "color": None},
            "layer": [
                {"mark": {"type": "rule", "strokeDash": [4, 4]}},
                {
                    "mark": {"type": "text", "baseline": "bottom", "dy": -3},
                    "encoding": {"y": {"value": 0}, "text": {"field": "told", "type": "nominal"}},
                },
            ],
        },
        *({"data": {"values": rows}, **_written("told", side, up)} for side, rows in told.items() if rows),
        {
            "data": {"values": _points(names, at, values[np.newaxis])},
            "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
            "encoding": {
                "tooltip": [
                    {"field": "name", "title": say("name")},
                    {"field": "x", "type": "quantitative", "title": x_title},
                    {"field": "value", "title": y_title} | number,
                ]
            },
        },
    ]


def _drawn(values: Floats, domain: tuple[float, float]) -> Floats:
    """As exact as an eye needs, a hundred-thousandth of the axis: all digits would make a page a tenth heavier."""
    low, high = domain
    return np.round(values.astype(np.float64), 5 - int(np.floor(np.log10(high - low))))


def _points(names: Sequence[str], x: Floats, y: Floats) -> list[Spec]:
    """One record a point, line by line; y has shape (n_points, n_lines)."""
    return [
        {"x": float(x[i]), "name": name, "value": float(y[i, k])} for k, name in enumerate(names) for i in range(len(x))
    ]

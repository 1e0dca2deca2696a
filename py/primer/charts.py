"""Charts as Vega-Lite specifications, each with a text alternative that holds its numbers.

Jupyter shows them as they are; this site draws them itself. A specification carries the data and
says what is drawn; colours and fonts are the host's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from primer.arrays import Floats, as_floats, reject
from primer.colours import kind_of

VEGA_LITE = "application/vnd.vegalite.v6+json"
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
Spec = dict[str, Any]


class Chart:
    """A Vega-Lite specification and its description in words.

    Parameters
    ----------
    spec : dict
        Without ``$schema``, ``description``, ``width`` and ``autosize``, which are set here.
    description : str
        The text alternative: what is shown, with the numbers.
    """

    def __init__(self, spec: Spec, description: str) -> None:
        self.description = description
        self.spec: Spec = {
            "$schema": SCHEMA,
            "description": description,
            "width": "container",
            "autosize": {"type": "fit-x", "contains": "padding"},
            **spec,
        }

    def __repr__(self) -> str:
        return self.description

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {VEGA_LITE: self.spec, "text/plain": self.description}


def bar_chart(
    names: Sequence[str],
    values: ArrayLike,
    *,
    quantity: str = "probability",
    domain: tuple[float, float] = (0.0, 1.0),
    digits: int = 4,
) -> Chart:
    """One bar a name, in the order given, on an axis that does not move with the values.

    Parameters
    ----------
    names : sequence of str, length n
        No name twice.
    values : array_like, shape (n,)
        The lengths of the bars, within `domain`.
    quantity : str
        What the values are: the title of the axis.
    domain : tuple of float
        Where the axis begins and ends.
    digits : int
        Decimals of the numbers written at the bars and in the description.

    Returns
    -------
    Chart

    Raises
    ------
    ValueError
        If the lengths disagree, a name comes twice or a value lies outside `domain`.

    Examples
    --------
    >>> bar_chart(["duck", "dog", "cat"], [0.70538, 0.25950, 0.03512])
    Bar chart of probability, axis from 0 to 1: duck 0.7054, dog 0.2595, cat 0.0351.
    """
    heights = as_floats(values, "values")
    _check_names(names, heights.shape)
    _check_domain(heights, quantity, domain)
    rows = [{"name": n, "value": float(v)} for n, v in zip(names, heights, strict=True)]
    y = {"field": "name", "type": "nominal", "sort": None, "title": None}
    text = {"field": "value", "type": "quantitative", "format": f".{digits}f"}
    spec: Spec = {
        "data": {"values": rows},
        "height": {"step": 36},
        "encoding": {"y": y, "x": _axis("value", quantity, domain)},
        "layer": [
            {
                "mark": {"type": "bar"},
                "encoding": {
                    "color": _color("name", names, legend=False),
                    "tooltip": [{"field": "name", "title": "name"}, text | {"title": quantity}],
                },
            },
            {  # a column of numbers beside the plot: none of them jumps when its bar moves
                "mark": {"type": "text", "align": "left", "dx": 8},
                "encoding": {"x": {"value": "width"}, "text": text},
            },
        ],
    }
    listed = _listed(names, heights, digits)
    low, high = domain
    return Chart(spec, f"Bar chart of {quantity}, axis from {low:g} to {high:g}: {listed}.")


def stacked_bars(
    row_names: Sequence[str],
    names: Sequence[str],
    probs: ArrayLike,
    *,
    digits: int = 4,
) -> Chart:
    """One bar a sample, cut into one piece a class: each bar is 1 long in all.

    Parameters
    ----------
    row_names : sequence of str, length n_samples
        No name twice.
    names : sequence of str, length n_classes
        No name twice.
    probs : array_like, shape (n_samples, n_classes)
        Probabilities; every row sums to 1.
    digits : int
        Decimals in the description.

    Returns
    -------
    Chart

    Raises
    ------
    ValueError
        If the shapes disagree, a probability lies outside 0..1 or a row does not sum to 1.

    Examples
    --------
    >>> stacked_bars(["picture 1"], ["dog", "cat"], [[0.75, 0.25]])
    Stacked bars of probability, one bar a row: picture 1: dog 0.7500, cat 0.2500.
    """
    shares = as_floats(probs, "probs")
    if shares.shape != (len(row_names), len(names)):
        raise ValueError(
            f"probs must have shape ({len(row_names)}, {len(names)}), one row a sample and one "
            f"column a class, got {shares.shape}"
        )
    _check_names(row_names, (len(row_names),))
    _check_names(names, (len(names),))
    sums = shares.sum(axis=1)
    uneven = np.abs(sums - 1) > 1e-6
    reject(uneven, sums, "every row of probs must sum to 1 (did you divide by its sum?)")
    _check_domain(shares, "probability", (0.0, 1.0))
    rows = [
        {"row": row, "name": name, "order": k, "value": float(shares[i, k])}
        for i, row in enumerate(row_names)
        for k, name in enumerate(names)
    ]
    spec: Spec = {
        "data": {"values": rows},
        "height": {"step": 36},
        "mark": {"type": "bar"},
        "encoding": {
            "y": {"field": "row", "type": "nominal", "sort": None, "title": None},
            "x": _axis("value", "probability", (0.0, 1.0)) | {"stack": "zero"},
            "order": {"field": "order", "type": "quantitative"},
            "color": _color("name", names, legend=True),
            "tooltip": [
                {"field": "row"},
                {"field": "name"},
                {"field": "value", "type": "quantitative", "format": f".{digits}f"},
            ],
        },
    }
    listed = "; ".join(f"{row}: {_listed(names, shares[i], digits)}" for i, row in enumerate(row_names))
    return Chart(spec, f"Stacked bars of probability, one bar a row: {listed}.")


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
    _check_names(names, (len(names),))
    _check_domain(heights, y_title, domain)
    color = _color("name", names, legend=len(names) > 1)
    lines: Spec = {"mark": {"type": "line"}, "encoding": {}}
    if len(names) > 1:  # a line is told apart by its dashes as well as by its colour
        color["legend"]["symbolType"] = "stroke"
        lines["mark"]["strokeCap"] = "butt"  # round caps would close the gaps
        lines["encoding"]["strokeDash"] = color | {"scale": {"domain": list(names)}}
    spec: Spec = {
        "data": {"values": _points(names, xs, heights)},
        "height": 240,
        "encoding": {
            "x": _axis("x", x_title, (float(xs[0]), float(xs[-1]))),
            "y": _axis("value", y_title, domain),
            "color": color,
        },
        "layer": [lines],
    }
    said = [f"At {x_title} = {xs[i]:g}: {_listed(names, heights[i], digits)}." for i in (0, len(xs) - 1)]
    if marked is not None:
        at = as_floats(np.atleast_1d(marked[0]), "marked x")
        values = as_floats(np.atleast_1d(np.asarray(marked[1])), "marked heights")
        _check_names(names, values.shape)
        _check_domain(values, y_title, domain)
        spec["layer"] += _marker(names, at, values, x_title, y_title, digits)
        said.append(f"Marked, at {x_title} = {at[0]:g}: {_listed(names, values, digits)}.")
    return Chart(spec, " ".join([f"Line chart of {y_title} against {x_title}.", *said]))


def _marker(names: Sequence[str], at: Floats, values: Floats, x_title: str, y_title: str, digits: int) -> list[Spec]:
    """Draw a dashed line at the marked x, and a dot where it meets each line of the chart."""
    number = {"type": "quantitative", "format": f".{digits}f"}
    return [
        {
            "data": {"values": [{"x": float(at[0])}]},
            "mark": {"type": "rule", "strokeDash": [4, 4]},
            "encoding": {"y": None, "color": None},
        },
        {
            "data": {"values": _points(names, at, values[np.newaxis])},
            "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
            "encoding": {
                "tooltip": [
                    {"field": "name"},
                    {"field": "x", "type": "quantitative", "title": x_title},
                    {"field": "value", "title": y_title} | number,
                ]
            },
        },
    ]


def _points(names: Sequence[str], x: Floats, y: Floats) -> list[Spec]:
    """One record a point, line by line; y has shape (n_points, n_lines)."""
    return [
        {"x": float(x[i]), "name": name, "value": float(y[i, k])} for k, name in enumerate(names) for i in range(len(x))
    ]


def _axis(field: str, title: str, domain: tuple[float, float]) -> Spec:
    scale = {"domain": list(domain), "nice": False}
    ticks = {"tickCount": 5}  # few enough for a phone
    return {"field": field, "type": "quantitative", "title": title, "scale": scale, "axis": ticks}


def _color(field: str, names: Sequence[str], *, legend: bool) -> Spec:
    """Give every kind its own colour, in whichever chart it is; other names those of the host's theme, in turn."""
    kinds = [kind_of(name) for name in names]
    own = {"range": [f"var(--{kind})" for kind in kinds]} if all(kinds) else {}
    return {
        "field": field,
        "type": "nominal",
        "scale": {"domain": list(names)} | own,
        "legend": {"orient": "top", "title": None} if legend else None,
    }


def _listed(names: Sequence[str], values: Floats, digits: int) -> str:
    pairs = zip(names, values, strict=True)
    return ", ".join(f"{name} {value:.{digits}f}" for name, value in pairs)


def _check_names(names: Sequence[str], shape: tuple[int, ...]) -> None:
    if shape != (len(names),):
        raise ValueError(f"values must be one number for each of the {len(names)} names, got shape {shape}")
    twice = sorted({name for name in names if list(names).count(name) > 1})
    if twice:
        raise ValueError(f"each name may come once, got {twice[0]!r} twice; rename one of them")


def _check_domain(values: Floats, quantity: str, domain: tuple[float, float]) -> None:
    low, high = domain
    reject(
        (values < low - 1e-9) | (values > high + 1e-9),
        values,
        f"a chart of {quantity} from {low:g} to {high:g} holds no value outside that range",
    )

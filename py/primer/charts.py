"""Charts as Vega-Lite specifications, each with a text alternative that holds its numbers.

Jupyter shows them as they are; this site draws them itself. A specification carries the data and
says what is drawn; colours and fonts are the host's.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from primer.arrays import Floats, as_floats, reject
from primer.colours import by_day, kind_of
from primer.words import decimal, say

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
        spec = json.loads(by_day(json.dumps(self.spec))) if "IPython" in sys.modules else self.spec
        return {VEGA_LITE: spec, "text/plain": self.description}


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
    check_names(names, heights.shape)
    check_domain(heights, quantity, domain)
    quantity = say(quantity)  # code's own titles are in no table, and stay
    rows = [{"name": n, "value": float(v)} for n, v in zip(names, heights, strict=True)]
    y = {"field": "name", "type": "nominal", "sort": None, "title": None}
    text = {"field": "value", "type": "quantitative", "format": f".{digits}f"}
    spec: Spec = {
        "data": {"values": rows},
        "height": {"step": 36},
        "encoding": {"y": y, "x": axis("value", quantity, domain)},
        "layer": [
            {
                "mark": {"type": "bar"},
                "encoding": {
                    "color": colour("name", names, inked=True),
                    "tooltip": [{"field": "name", "title": say("name")}, text | {"title": quantity}],
                },
            },
            {  # a column of numbers beside the plot: none of them jumps when its bar moves
                "mark": {"type": "text", "align": "left", "dx": 8},
                "encoding": {"x": {"value": "width"}, "text": text},
            },
        ],
    }
    told = listed(names, heights, digits)
    low, high = domain
    return Chart(spec, bars_told(quantity, low, high, told))


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
    check_names(row_names, (len(row_names),))
    check_names(names, (len(names),))
    sums = shares.sum(axis=1)
    uneven = np.abs(sums - 1) > 1e-6
    reject(uneven, sums, "every row of probs must sum to 1 (did you divide by its sum?)")
    check_domain(shares, "probability", (0.0, 1.0))
    ends = shares.cumsum(axis=1).clip(0, 1)  # (n_samples, n_classes)
    rows = [
        {"row": row, "name": name, "x": float(end - share), "end": float(end), "value": float(share)}
        for row, row_ends, row_shares in zip(row_names, ends, shares, strict=True)
        for name, end, share in zip(names, row_ends, row_shares, strict=True)
    ]
    spec: Spec = {
        "data": {"values": rows},
        "height": {"step": 36},
        "encoding": {
            "y": {"field": "row", "type": "nominal", "sort": None, "title": None},
            "x": axis("x", say("probability"), (0.0, 1.0)),
        },
        "layer": [
            {
                "mark": {"type": "bar", "cornerRadiusEnd": 0},
                "encoding": {
                    "x2": {"field": "end"},
                    "color": colour("name", names),
                    "tooltip": [
                        {"field": "row", "title": say("row")},
                        {"field": "name", "title": say("name")},
                        {"field": "value", "title": say("value"), "type": "quantitative", "format": f".{digits}f"},
                    ],
                },
            },
            {  # each name above its piece of the first bar
                "data": {"values": _over(names, ends[0] - shares[0] / 2)},
                "mark": {"type": "text", "baseline": "bottom"},
                "encoding": {"y": {"value": -4}, "text": {"field": "name", "type": "nominal"}},
            },
        ],
    }
    told = "; ".join(f"{row}: {listed(names, shares[i], digits)}" for i, row in enumerate(row_names))
    return Chart(spec, say("Stacked bars of probability, one bar a row: {told}.", told=told))


def _over(names: Sequence[str], middles: Floats) -> list[Spec]:
    """Give places for names above these middles, none of which touches the next or ends beyond the axis."""
    broad = np.array([len(name) for name in names]) * 0.021 + 0.02  # of an axis 350 long, at 14 units a letter
    places = middles.copy()
    for k in range(1, len(places)):
        places[k] = max(places[k], places[k - 1] + (broad[k - 1] + broad[k]) / 2)
    limit = 1.0
    for k in reversed(range(len(places))):
        places[k] = min(places[k], limit - (broad[k] / 2 if limit < 1 else 0))
        limit = places[k] - broad[k] / 2
    return [{"name": name, "x": float(np.clip(x, 0, 1))} for name, x in zip(names, places, strict=True)]


def axis(field: str, title: str, domain: tuple[float, float]) -> Spec:
    scale = {"domain": list(domain), "nice": False}
    ends = {"values": list(domain), "format": ".3~g"}  # between them stand the numbers that matter
    return {"field": field, "type": "quantitative", "title": title, "scale": scale, "axis": ends}


def colour(field: str, names: Sequence[str], *, inked: bool = False) -> Spec:
    """Give every kind its own colour, in whichever chart it is; other names are in ink, or in the host's colours."""
    kinds = [kind_of(name) for name in names]
    own = {"range": [f"var(--{kind})" for kind in kinds]} if all(kinds) else {}
    if inked and not own:
        own = {"range": ["var(--ink)"] * len(names)}
    return {
        "field": field,
        "type": "nominal",
        "scale": {"domain": list(names)} | own,
        "legend": None,  # names stand at what they name
    }


def listed(names: Sequence[str], values: Floats, digits: int) -> str:
    pairs = zip(names, values, strict=True)
    return ", ".join(f"{name} {decimal(f'{value:.{digits}f}')}" for name, value in pairs)


def bars_told(quantity: str, low: float, high: float, told: str) -> str:
    ends = {"low": decimal(f"{low:g}"), "high": decimal(f"{high:g}")}
    return say("Bar chart of {quantity}, axis from {low} to {high}: {told}.", quantity=quantity, **ends, told=told)


def check_names(names: Sequence[str], shape: tuple[int, ...], values: str = "values") -> None:
    if shape != (len(names),):
        raise ValueError(f"{values} must be one number for each of the {len(names)} names, got shape {shape}")
    twice = sorted({name for name in names if list(names).count(name) > 1})
    if twice:
        raise ValueError(f"each name may come once, got {twice[0]!r} twice; rename one of them")


def check_domain(values: Floats, quantity: str, domain: tuple[float, float]) -> None:
    low, high = domain
    reject(
        (values < low - 1e-9) | (values > high + 1e-9),
        values,
        f"a chart of {quantity} from {low:g} to {high:g} holds no value outside that range",
    )

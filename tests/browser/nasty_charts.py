"""Good charts, mutated at random with pieces of what somebody would write who wants in."""

import copy
import random
from collections.abc import Iterator
from typing import Any

from chart_probes import ELSEWHERE, PLANTS, POLLUTES, READS, REQUESTS, ROWS, Spec, X, Y, bars

_Y = {**Y, "field": "y"}
_BASES: list[Spec] = [
    bars(),
    bars(
        transform=[{"filter": "datum.value > 0.15"}, {"calculate": "datum.value * 2", "as": "twice"}],
        height={"step": 30},
    ),
    {
        "data": {"values": [{"x": i, "y": i * i, "k": "ab"[i % 2]} for i in range(12)]},
        "layer": [
            {"mark": {"type": "line", "point": True, "strokeDash": [4, 2]}},
            {"mark": {"type": "rule", "tooltip": True}, "encoding": {"y": {"value": 9}}},
            {"mark": {"type": "text", "dx": 5}, "encoding": {"text": {**_Y, "format": ".2f"}}},
        ],
        "encoding": {"x": {**_Y, "field": "x"}, "y": _Y, "color": {"field": "k"}},
    },
    {
        "params": [{"name": "least", "value": 3}],
        "data": {"values": [{"x": i % 7, "y": i / 9} for i in range(40)]},
        "hconcat": [
            {"mark": "bar", "encoding": {"x": {"field": "x", "bin": {"maxbins": 10}}, "y": {"aggregate": "count"}}},
            {
                "mark": "circle",
                "transform": [{"filter": "datum.x > least"}],
                "encoding": {"x": {"field": "x"}, "y": {"field": "y"}},
            },
        ],
    },
    {
        "data": {"values": ROWS},
        "mark": {"type": "arc", "innerRadius": 20},
        "encoding": {"theta": Y, "color": {**X, "scale": {"scheme": "tableau10"}, "legend": {"orient": "left"}}},
    },
]
_WORDS = [
    *("__proto__", "constructor", "javascript:pwned(4)", f"url({ELSEWHERE})", ELSEWHERE, "event.view.document.title"),
    *("datum", "</svg>", "<img src=x onerror=pwned(5)>", "windowSize()", "width", "container", "name", "value", "bar"),
    *("text", "datum.value", "'\"\\", ""),
]
_VALUES: list[Any] = [
    *_WORDS,
    *(1e308, -1e308, 1e-308, 0, -1, 1, 3, 1e9),
    *(None, True, False, [], {}, [[]], [1, 2], [None]),
    *({"signal": "1"}, {"expr": "event.key"}, {"url": ELSEWHERE}, {"values": ROWS}),
    *({"field": "value"}, {"field": "__proto__"}, {"param": "s"}),
]
_KEYS = [
    "data", "params", "transform", "mark", "encoding", "layer", "hconcat", "config", "usermeta", "bind", "on",
    "select", "href", "url", "title", "name", "width", "height", "scale", "axis", "legend", "condition", "value",
    "field", "type", "aggregate", "bin", "sort", "stack", "text", "tooltip", "color", "fill", "stroke", "shape",
    "size", "opacity", "order", "detail", "row", "facet", "repeat", "format", "labelExpr", "expr", "signal", "test",
    "filter", "calculate", "as", "lookup", "cursor", "description", "background", "padding", "autosize", "resolve",
    "__proto__", "datum",
]  # fmt: skip
_PIECES = [probe for group in (READS, PLANTS, REQUESTS, POLLUTES) for probe in group.values()]


def _places(node: Any) -> list[tuple[Any, Any]]:
    """Every place in a specification, as the container and the key in it."""
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [place for key, value in list(inside) for place in [(node, key), *_places(value)]]


def charts(count: int, seed: int) -> Iterator[Spec]:
    """Give `count` charts; the same seed gives the same ones."""
    rng = random.Random(seed)
    for _ in range(count):
        chart: Any = copy.deepcopy(rng.choice(_BASES))
        for _ in range(rng.randint(1, 4)):
            container, key = rng.choice(_places(chart))
            way = rng.random()
            if way < 0.35:
                container[key] = copy.deepcopy(rng.choice(_VALUES))
            elif way < 0.6 and isinstance(container, dict):
                container[rng.choice(_KEYS)] = copy.deepcopy(rng.choice(_VALUES))
            elif way < 0.75:
                other, at = rng.choice(_places(rng.choice(_PIECES)))
                container[key] = copy.deepcopy(other[at])
            elif way < 0.85:
                chart = {**chart, **copy.deepcopy(rng.choice(_PIECES))}
            elif isinstance(container[key], int | float):
                container[key] *= rng.choice([-1, 0, 1e-12, 1.5, 1e3, 1e12])
            else:
                del container[key]
        yield chart

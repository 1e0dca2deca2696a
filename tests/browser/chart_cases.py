"""Charts that are drawn, charts that are refused and where, expressions in them: page and build are held to these."""

from typing import Any

from chart_probes import Spec, X, Y

ANIMALS = [
    {"name": "duck", "value": 0.7, "day": "2026-01-03"},
    {"name": "dog", "value": 0.2, "day": "2026-01-04"},
    {"name": "cat", "value": 0.1, "day": "2026-02-01"},
]
POINTS = [{"x": x, "y": (0.5 + 2 * x) % 5, "k": "ab"[x % 2]} for x in range(12)]
_X, _Y = ({"field": name, "type": "quantitative"} for name in "xy")


def _bars(**more: Any) -> Spec:
    return {"data": {"values": ANIMALS}, "mark": "bar", "encoding": {"x": X, "y": Y}, **more}


def _points(mark: Any, encoding: Spec, **more: Any) -> Spec:
    return {"data": {"values": POINTS}, "mark": mark, "encoding": encoding, **more}


DRAWN: dict[str, Spec] = {
    "bars": _bars(),
    "bars with all around them": _bars(
        **{
            "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
            "title": {"text": ["a", "b"], "subtitle": "c", "anchor": "start"},
            "width": "container",
            "height": {"step": 20},
            "autosize": {"type": "fit-x", "contains": "padding"},
            "background": "white",
            "padding": {"left": 5},
            "config": {"view": {"stroke": None}},
            "description": "words",
            "view": {"stroke": "#ddd"},
        }
    ),
    "a logarithmic axis": _bars(
        encoding={
            "x": X,
            "y": Y
            | {
                "scale": {"type": "log", "base": 10, "domain": [0.01, 1]},
                "axis": {"format": ".0e", "grid": False, "tickCount": 3},
            },
        }
    ),
    "days": _bars(
        mark={"type": "line", "point": True, "interpolate": "monotone"},
        encoding={"x": {"field": "day", "type": "temporal", "title": None}, "y": Y},
    ),
    "counted bins": _points("bar", {"x": _Y | {"bin": {"maxbins": 5}}, "y": {"aggregate": "count"}}),
    "a bin as a transform": _points(
        "tick",
        {"x": {"field": "b"}, "y": {"field": "m", "type": "quantitative"}},
        transform=[
            {"bin": {"maxbins": 4}, "field": "y", "as": "b"},
            {"aggregate": [{"op": "mean", "field": "x", "as": "m"}], "groupby": ["b"]},
        ],
    ),
    "parts of a whole": _points(
        "area",
        {
            "x": _X,
            "y": _Y | {"stack": "normalize"},
            "color": {"field": "k", "legend": {"orient": "top", "title": None, "symbolType": "stroke"}},
        },
    ),
    "a colour that says how much": _points(
        {"type": "circle", "size": 90, "opacity": 0.5},
        {
            "x": _X,
            "y": _Y,
            "color": _Y | {"scale": {"scheme": "viridis"}, "legend": {"gradientLength": 80}},
            "size": _Y,
            "shape": {"field": "k"},
        },
    ),
    "thresholds": _bars(
        encoding={
            "x": X | {"sort": "-y"},
            "y": Y,
            "color": Y
            | {
                "scale": {
                    "type": "threshold",
                    "domain": [0.15, 0.5],
                    "range": ["#aaa", "var(--chart-1)", "rgb(1, 2, 3)"],
                }
            },
        }
    ),
    "a condition": _bars(
        encoding={
            "x": X | {"sort": ["cat", "dog", "duck"]},
            "y": Y,
            "color": {
                "condition": {"test": "datum.value > least || datum['name'] == 'dog'", "value": "teal"},
                "value": "#888",
            },
        },
        params=[{"name": "least", "value": 0.5}],
    ),
    "comparisons": _bars(
        mark={"type": "text", "dy": -4, "fontWeight": "bold"},
        encoding={"x": X, "y": Y, "text": {"field": "share"}},
        transform=[
            {"filter": {"and": [{"field": "value", "gt": 0.1}, {"not": {"field": "name", "oneOf": ["cat"]}}]}},
            {"calculate": "round(datum.value * 100) + ' %'", "as": "share"},
        ],
    ),
    "a heat map": _points(
        "rect",
        {
            "x": {"field": "x", "type": "ordinal", "axis": {"labelAngle": 0}},
            "y": {"field": "k", "type": "ordinal", "scale": {"padding": 0.1}},
            "color": {"aggregate": "mean", "field": "y"},
        },
    ),
    "columns folded": _points(
        "point",
        {
            "x": {"field": "column"},
            "y": {"field": "number", "type": "quantitative"},
            "tooltip": [{"field": "number", "format": ".2f"}, {"field": "k", "title": "kind"}],
        },
        transform=[{"fold": ["x", "y"], "as": ["column", "number"]}],
    ),
    "side by side": {
        "hconcat": [
            _bars(width=80, height=60),
            {
                "vconcat": [
                    _bars(width=80, height=60),
                    {"layer": [_bars(), _bars(mark={"type": "rule", "color": "red"}, encoding={"y": {"datum": 0.3}})]},
                ]
            },
        ],
        "spacing": 20,
        "resolve": {"scale": {"color": "independent"}},
    },
    "side by side in columns": {"concat": [_bars(), _bars(), _bars()], "columns": 2},
    "data by name": _bars(data={"name": "rows"}, datasets={"rows": ANIMALS, "unused": [{"a": 1}]}),
    "a pie": _bars(
        mark={"type": "arc", "innerRadius": 10},
        encoding={"theta": Y | {"stack": True}, "color": X, "order": Y | {"sort": "descending"}},
    ),
    "grouped bars": _points(
        {"type": "bar", "tooltip": True, "cornerRadiusEnd": 2},
        {"x": {"field": "x", "type": "ordinal"}, "xOffset": {"field": "k"}, "y": _Y, "color": {"field": "k"}},
    ),
    "a trail": _points("trail", {"x": _X, "y": _Y, "size": _Y | {"scale": {"range": [1, 9]}}}),
    "a band of an area": _points(
        {"type": "area", "opacity": 0.3, "line": {"color": "red"}}, {"x": _X, "y": _Y, "y2": {"datum": 0}}
    ),
    "joined totals": _points(
        "bar",
        {"x": {"field": "x", "type": "ordinal"}, "y": {"field": "from", "type": "quantitative"}, "y2": {"field": "to"}},
        transform=[
            {"joinaggregate": [{"op": "sum", "field": "y", "as": "all"}], "groupby": ["k"]},
            {"stack": "y", "groupby": ["x"], "as": ["from", "to"], "offset": "zero"},
        ],
    ),
    "words of many kinds": _bars(
        data={
            "values": [
                {"name": "Hündin №1 (älter), 100 %", "value": 1},
                {"name": "<b>&amp;</b>", "value": 0},
                {"name": None, "value": True},
            ]
        },
        title="Wie weit? – „so“",
    ),
}
REFUSED: dict[str, tuple[Any, str]] = {
    "more letters than the page counts": (_bars(title="🐶" * 160), "spec.title"),
    "keys of the window": (
        _bars(
            params=[
                {
                    "name": "s",
                    "value": "",
                    "on": [{"events": [{"source": "window", "type": "keydown"}], "update": "event.key"}],
                }
            ]
        ),
        "spec.params[0].on",
    ),
    "a control in the page": (
        _bars(params=[{"name": "s", "value": 1, "bind": {"input": "password", "element": "body"}}]),
        "spec.params[0].bind",
    ),
    "an address": (_bars(data={"url": "http://elsewhere.example"}), "spec.data.url"),
    "Vega": ({"$schema": "https://vega.github.io/schema/vega/v6.json", "marks": []}, "spec.$schema"),
    "a picture": (_bars(mark={"type": "image", "url": "data:image/png;base64,AA=="}), "spec.mark.type"),
    "a name of the page": (_bars(transform=[{"filter": "event.view.closed"}]), "spec.transform[0].filter"),
    "a function that is not listed": (
        _bars(transform=[{"filter": "test('a', datum.name)"}]),
        "spec.transform[0].filter",
    ),
    "a colour with an address": (_bars(mark={"type": "bar", "color": "url(#a)"}), "spec.mark.color"),
    "a width beyond all screens": (_bars(width=1000000000.0), "spec.width"),
    "a list in a row": (_bars(data={"values": [{"name": "a", "value": [1]}]}), "spec.data.values[0].value"),
    "a row that is none": (
        _bars(data={"values": [{"name": "duck", "value": 0.7, "day": "2026-01-03"}, 7]}),
        "spec.data.values[1]",
    ),
    "a column with quotes": (_bars(encoding={"x": {"field": 'a"b'}}), "spec.encoding.x.field"),
    "a word of JavaScript's": (_bars(data={"values": [{"name": "__proto__"}]}), "spec.data.values[0].name"),
    "true where a number should be": (_bars(height=True), "spec.height"),
    "not a chart": ([1], "spec"),
    "nothing": (None, "spec"),
}
EXPRESSIONS = [
    "datum.x", "datum['a b'] + 1", "-datum.x * (2 - +datum.y) % 3",
    "!isValid(datum.x) ? 'none' : toString(round(datum.x))", "least <= datum.x && datum.x < PI",
    "indexof(['a', \"b\"], datum.k) >= 0", "inrange(datum.x, [0, 1e3])", "if(datum.x === null, -1, 1.5)", "1",
]  # fmt: skip
NO_EXPRESSIONS = [
    "", "datum", "datum.", "datum.x.y", "datum['x'].length", "datum[datum.x]", "datum['constructor']",
    "datum.__proto__", "event", "item.mark", "window", "a = 1", "x => x", "datum.x; 1", "f(1)", "round",
    "round()", "round(1", "1)", "(1]", "[1, 2", "1, 2", "1 2", "datum.x(1)", "(datum.x)(1)", "[1][0]",
    "'a'.length", "/a+/", "test(/a/, 'b')", "`a`", "'a\\n'", "'a'[0]", "{a: 1}", "1 = 1", "..1", "a.b",
    "round.constructor", "!datum", "datum.x ! 1", "1 | 2", "least()", "'constructor'", "éa", "+", "1 +",
    "data('x')", "\"__proto__\"", "('a')('b')", "1\n", "[1, 2]", "toString([datum.x])", "if(true, [1], 2)",
    "indexof([[1]], 1)", "length([1])",
]  # fmt: skip

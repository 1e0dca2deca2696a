"""Charts: they compile in Vega-Lite, hold their data, and say it in words."""

import json
import re
import sys

import numpy as np
import pytest
import vl_convert
from hypothesis import given
from hypothesis import strategies as st

from primer import Chart, bar_chart, line_chart, softmax, stacked_bars

ANIMALS = ["duck", "dog", "cat"]
SCORES = [2.0, 1.0, -1.0]
TEMPERATURES = np.linspace(0.1, 10, 20)
CHARTS = {
    "bars": bar_chart(ANIMALS, softmax(SCORES)),
    "bars of scores": bar_chart(ANIMALS, SCORES, quantity="score", domain=(-10, 10), digits=1),
    "stacked": stacked_bars(["picture 1", "picture 2"], ANIMALS, softmax([SCORES, [0, 0, 0]])),
    "lines": line_chart(
        TEMPERATURES,
        softmax(np.array(SCORES) / TEMPERATURES[:, np.newaxis]),
        names=ANIMALS,
        x_title="temperature",
        marked=(1.0, softmax(SCORES)),
    ),
    "one line": line_chart([0.0, 1.0, 2.0], [0.5, 0.7, 0.9], names=["dog"], x_title="score"),
}
every_chart = pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS.keys())


def values(chart: Chart) -> list[dict]:
    return chart.spec["data"]["values"]


@every_chart
def test_a_chart_compiles_and_is_drawn(chart):
    svg = vl_convert.vegalite_to_svg(chart.spec | {"width": 600}, vl_version="6.4")
    assert svg.startswith("<svg")
    assert "nan" not in svg.lower()


@every_chart
def test_a_chart_is_strict_json(chart):
    assert json.loads(json.dumps(chart.spec, allow_nan=False)) == chart.spec


@every_chart
def test_a_chart_leaves_colours_and_fonts_to_its_host(chart):
    text = json.dumps(chart.spec)
    assert not re.search(r'"(config|font|fontSize|fill|stroke|background|scheme)":', text)
    for named in re.findall(r'"range": \[([^\]]*)\]', text):
        assert re.fullmatch(r'"var\(--(dog|bird|cat|toaster|ink)\)"(, "var\(--(dog|bird|cat|toaster|ink)\)")*', named)
    assert not re.search(r"#[0-9a-f]{3,8}\b", text)


@every_chart
def test_a_chart_shows_itself_by_the_protocol_of_jupyter(chart):
    bundle = chart._repr_mimebundle_(include=None, exclude=None)
    assert bundle == {"application/vnd.vegalite.v6+json": chart.spec, "text/plain": chart.spec["description"]}
    assert repr(chart) == chart.description
    assert chart.spec["width"] == "container"


@given(st.lists(st.floats(-10, 10), min_size=3, max_size=3))
def test_the_description_of_bars_holds_every_number(scores):
    probs = softmax(scores)
    chart = bar_chart(ANIMALS, probs)
    for name, p in zip(ANIMALS, probs, strict=True):
        assert f"{name} {p:.4f}" in chart.description
    assert [row["value"] for row in values(chart)] == probs.tolist()


def test_bars_stay_in_the_order_given_on_an_axis_that_does_not_move():
    chart = bar_chart(["zebra", "ant"], [0.2, 0.4])
    assert [row["name"] for row in values(chart)] == ["zebra", "ant"]
    assert chart.spec["encoding"]["y"]["sort"] is None
    assert chart.spec["encoding"]["x"]["scale"]["domain"] == [0.0, 1.0]
    svg = vl_convert.vegalite_to_svg(chart.spec | {"width": 600}, vl_version="6.4")
    assert svg.index(">zebra<") < svg.index(">ant<")
    assert ">0.2000<" in svg
    assert ">0.4000<" in svg


def test_the_description_of_stacked_bars_goes_row_by_row():
    assert CHARTS["stacked"].description.endswith(
        "picture 1: duck 0.7054, dog 0.2595, cat 0.0351; picture 2: duck 0.3333, dog 0.3333, cat 0.3333."
    )


@pytest.mark.parametrize("shares", [[0.7, 0.26, 0.04], [0.01, 0.01, 0.98], [0.98, 0.01, 0.01], [1 / 3] * 3, [1, 0, 0]])
def test_each_piece_of_a_stack_has_its_name_above_it_apart_from_the_others_and_within_the_axis(shares):
    spec = stacked_bars(["picture 1"], ANIMALS, [shares]).spec
    assert spec["layer"][0]["encoding"]["color"]["legend"] is None
    places = {one["name"]: one["x"] for one in spec["layer"][1]["data"]["values"]}
    assert list(places) == ANIMALS
    assert all(0 <= place <= 1 for place in places.values())
    assert min(np.diff(list(places.values()))) > 0.08


@pytest.mark.parametrize(("height", "is_below"), [(0.99, True), (0.5, False)])
def test_the_numbers_of_a_marked_place_keep_clear_of_the_place_itself(height, is_below):
    marked = line_chart([0.0, 1.0], [height, height], names=["dog"], x_title="score", marked=(0.5, height)).spec
    [told] = [one for one in marked["layer"] if one.get("encoding", {}).get("text", {}).get("field") == "told"]
    assert (told["mark"]["dy"] > 0) == is_below


@pytest.mark.parametrize("names", [["is", "that"], ["is", "dog"]])
def test_what_is_no_kind_is_in_ink(names):
    spec = bar_chart(names, [0.5, 0.5]).spec
    assert set(spec["layer"][0]["encoding"]["color"]["scale"]["range"]) == {"var(--ink)"}


def test_the_description_of_lines_says_both_ends_and_the_marked_point():
    said = CHARTS["lines"].description
    assert "At temperature = 0.1: duck 1.0000, dog 0.0000, cat 0.0000." in said
    assert "At temperature = 10: duck 0.3780, dog 0.3420, cat 0.2800." in said
    assert "Marked, at temperature = 1: duck 0.7054, dog 0.2595, cat 0.0351." in said


def test_lines_are_told_apart_by_more_than_colour():
    dashes = CHARTS["lines"].spec["layer"][0]["encoding"]["strokeDash"]
    assert dashes["field"] == "name"


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda: bar_chart(ANIMALS, SCORES), r"from 0 to 1 holds no value outside .* got 2 at position 0"),
        (lambda: bar_chart(ANIMALS, [0.5, 0.5]), r"each of the 3 names, got shape \(2,\)"),
        (lambda: bar_chart(["dog", "dog"], [0.5, 0.5]), "'dog' twice"),
        (lambda: bar_chart(ANIMALS, [0.5, np.nan, 0.5]), "got nan at position 1"),
        (lambda: stacked_bars(["a"], ANIMALS, [0.2, 0.3, 0.5]), r"shape \(1, 3\).* got \(3,\)"),
        (lambda: stacked_bars(["a"], ["b", "c"], [[0.2, 0.3]]), "sum to 1.* got 0.5 at position 0"),
        (lambda: line_chart([0, 1], [0.5], names=["a"], x_title="x"), r"x \(2,\) and y \(1, 1\)"),
        (lambda: line_chart([1, 1], [0, 1], names=["a"], x_title="x"), "x must rise"),
        (lambda: line_chart([0, 1], [0, 2], names=["a"], x_title="x"), r"got 2 at position \(1, 0\)"),
        (lambda: line_chart([0, 1], [0, 1], names=["a"], x_title="x", marked=(0, [0, 1])), "each of the 1 names"),
    ],
)
def test_what_cannot_be_drawn_is_named(draw, says):
    with pytest.raises(ValueError, match=says):
        draw()


def test_in_a_notebook_a_chart_has_the_colours_by_day(monkeypatch):
    chart = CHARTS["bars"]
    monkeypatch.setitem(sys.modules, "IPython", sys)
    (spec,) = [value for mime, value in chart._repr_mimebundle_().items() if "vega" in mime]
    assert spec["layer"][0]["encoding"]["color"]["scale"]["range"] == ["#1a8f8c", "#a93b12", "#b88200"]
    assert "var(" not in json.dumps(spec)
    assert "var(--dog)" in json.dumps(chart.spec)

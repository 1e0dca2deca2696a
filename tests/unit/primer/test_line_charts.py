"""What a chart of lines says beside them: names, ends and current values, none upon another."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primer import line_chart
from primer.line_charts import _apart

X = np.linspace(0, 10, 21)
LINES = np.column_stack([0.9 - 0.05 * X, 0.2 + 0.03 * X, np.full(21, 0.5)])


def words_of(chart, field):
    return [
        row
        for layer in chart.spec["layer"]
        if layer.get("encoding", {}).get("text", {}).get("field") == field
        for row in layer["data"]["values"]
    ]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_words_keep_their_order_stay_inside_and_never_touch(heights):
    places = np.array(_apart(np.array(heights), (0.0, 1.0)))
    order = np.argsort(heights, kind="stable")
    assert (np.diff(places[order]) >= 0.085 - 1e-9).all()
    assert places.max() <= 1 + 1e-9
    if len(heights) == 1:
        assert places == pytest.approx(heights)


def test_each_line_is_named_at_its_end_and_there_is_no_legend():
    chart = line_chart(X, LINES, names=["duck", "dog", "cat"], x_title="x")
    ends = words_of(chart, "name")
    assert {row["name"]: row["x"] for row in ends} == {"duck": 10, "dog": 10, "cat": 10}
    assert chart.spec["encoding"]["color"]["legend"] is None
    assert words_of(line_chart(X, LINES[:, 0], names=["dog"], x_title="x"), "name") == []


def test_a_marked_place_says_its_numbers_where_no_line_passes():
    chart = line_chart(X, LINES, names=["duck", "dog", "cat"], x_title="x", marked=(4.0, LINES[8]))
    sides = {
        row["told"]: layer["mark"]["align"]
        for layer in chart.spec["layer"]
        if layer.get("encoding", {}).get("text", {}).get("field") == "told"
        for row in layer["data"]["values"]
    }
    assert sides == {"0.7": "left", "0.32": "right", "0.5": "left"}, "at the left of a line that rises"


def test_axes_say_their_ends_alone():
    axes = line_chart(X, LINES[:, 0], names=["dog"], x_title="x").spec["encoding"]
    assert [axes[axis]["axis"]["values"] for axis in "xy"] == [[0, 10], [0, 1]]


def test_training_is_solid_and_test_is_dashed_and_both_are_ink():
    encoding = line_chart(X, LINES[:, :2], names=["training set", "test set"], x_title="x").spec
    assert encoding["encoding"]["color"]["scale"]["range"] == ["var(--ink)", "var(--ink)"]
    dash = encoding["layer"][0]["encoding"]["strokeDash"]["scale"]
    assert dash == {"domain": ["training set", "test set"]}, "the first of Vega's dashes is a line without one"


@pytest.mark.parametrize(("low", "high", "step"), [(0, 1, 1e-5), (-40, 50, 1e-4), (0.9999, 1.0001, 1e-9)])
def test_lines_are_as_exact_as_an_eye_needs_and_bring_no_further_digits(low, high, step):
    x = np.linspace(1 / 3, 20 / 3, 30)
    y = low + (high - low) * np.linspace(0, 1, 30) ** 3
    rows = line_chart(x, y, names=["dog"], x_title="x", domain=(low, high)).spec["data"]["values"]
    assert [row["value"] for row in rows] == pytest.approx(y, abs=step)
    assert [row["x"] for row in rows] == pytest.approx(x, abs=1e-5)
    assert max(len(f"{row[name]!r}") for row in rows for name in ("x", "value")) <= 11

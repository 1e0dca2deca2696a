"""Drawings: well-formed, escaped, and said in words; what can be touched says what it does."""

from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primer.drawing.bars import guess_bars
from primer.drawing.plane import Plane
from primer.drawing.svg import Drag, Drawing, Element, Why, asked, handle, number, text

SVG = "{http://www.w3.org/2000/svg}"
XML_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))
WEIGHT = st.floats(-2, 2).filter(lambda weight: abs(weight) > 0.05)


def parsed(drawing):
    return ElementTree.fromstring(drawing._repr_mimebundle_()["image/svg+xml"])


def drags(drawing):
    """What each handle says: its label, and name, value and scale of each parameter."""
    handles = {}
    for element in parsed(drawing).iter():
        if "data-drag" in element.attrib:
            moves = [move.split(" ") for move in element.attrib["data-drag"].split("; ")]
            handles[element.attrib["aria-label"]] = {name: tuple(map(float, rest)) for name, *rest in moves}
    return handles


@given(XML_TEXT)
def test_whatever_stands_in_a_text_or_an_attribute_stays_text(words):
    drawing = Drawing(10, 10, words, Element("text", words, class_=words), asked("a", words, Why(words, words, words)))
    root = parsed(drawing)
    assert root.attrib["aria-label"] == words
    assert (root[0].text or "") == words
    assert len(root) == 2
    assert len(root[0]) == 0
    assert root[1].attrib.get("data-why", "") == words


def test_a_drawing_is_svg_with_a_text_alternative():
    drawing = Drawing(20, 10, "A dot.", Element("circle", r=2))
    assert drawing._repr_mimebundle_(include=None, exclude=None)["text/plain"] == "A dot."
    root = parsed(drawing)
    assert (root.tag, root.attrib["role"], root.attrib["viewBox"]) == (f"{SVG}svg", "img", "0 0 20 10")
    assert "width" not in root.attrib, "the page scales it"


def test_a_wide_drawing_keeps_its_size():
    root = parsed(Drawing(500, 10, "Wide."))
    assert (root.attrib["width"], root.attrib["height"], root.attrib["class"]) == ("500", "10", "drawing wide")


def test_what_can_be_touched_is_a_group_and_not_an_image():
    assert parsed(Drawing(9, 9, "", handle("cut", [Drag("c", 1, 1, 0)]))).attrib["role"] == "group"
    assert parsed(Drawing(9, 9, "", Element("g", asked("n", "number", "why")))).attrib["role"] == "group"
    assert parsed(Drawing(9, 9, "", asked("n", "number", None))).attrib["role"] == "img"


def test_a_number_is_called_what_is_seen_of_it():
    part = asked("w", "weight", "why", text(0, 0, number(-0.5)))
    assert part.attributes["aria-label"] == "weight: −0.50"
    assert asked("w", "1.00", "why", text(0, 0, "1.00")).attributes["aria-label"] == "1.00"


def test_a_line_of_the_plane_says_what_a_pixel_is_worth():
    plane = Plane(["a", "b"], x=(0, 10), y=(-2, 2)).vertical(4, "v", drag="cut").horizontal(1, "h", drag="level")
    found = drags(plane)
    value, per_x, per_y = found["v"]["cut"]
    assert (value, per_y) == (4, 0)
    assert plane._across(4 + 30 * per_x) == pytest.approx(plane._across(4) + 30)
    value, per_x, per_y = found["h"]["level"]
    assert (value, per_x) == (1, 0)
    assert plane._down(1 + 30 * per_y) == pytest.approx(plane._down(1) + 30)


@given(WEIGHT, WEIGHT, st.floats(-0.5, 0.5))
def test_a_neuron_that_is_pushed_goes_where_the_pointer_goes(w_1, w_2, bias):
    plane = Plane(["a", "b"]).line([w_1, w_2], bias, "n", drag_weights=("w_1", "w_2"), drag_bias="b")
    _, per_x, per_y = drags(plane)["n: to and fro"]["b"]
    x, y = 0.3, -(bias + w_1 * 0.3) / w_2  # on the line
    dx, dy = 12, -7  # in units of the drawing
    there = (x + dx * (plane._across(1) - plane._across(0)) ** -1, y + dy * (plane._down(1) - plane._down(0)) ** -1)
    moved = bias + per_x * dx + per_y * dy
    assert w_1 * there[0] + w_2 * there[1] + moved == pytest.approx(0, abs=1e-6)


@given(
    *[st.floats(-2, 2).filter(lambda w: abs(w) > 0.05)] * 2,
    st.floats(-0.5, 0.5),
    st.floats(-40, 40),
    st.floats(-40, 40),
)
def test_a_neuron_that_is_turned_turns_about_one_place(w_1, w_2, bias, dx, dy):
    plane = Plane(["a", "b"]).line([w_1, w_2], bias, "n", drag_weights=("w_1", "w_2"), drag_bias="b")
    found = drags(plane)["n: weights"]
    new = {name: value + per_x * dx + per_y * dy for name, (value, per_x, per_y) in found.items()}
    nearest = -bias * np.array([w_1, w_2]) / (w_1**2 + w_2**2)
    if np.abs(nearest).max() <= 1:  # the line is seen; the arrow stands on it where it has room
        foot = -found["b"][1] / found["w_1"][1], -found["b"][2] / found["w_2"][2]
        grip = parsed(plane.drawing()).find(f".//{SVG}g[@aria-label='n: to and fro']/{SVG}circle").attrib
        seen = (float(grip["cx"]), float(grip["cy"]))
        assert seen == pytest.approx(plane.unit(foot), abs=0.01), "that place is the foot of the arrow"
        assert new["w_1"] * foot[0] + new["w_2"] * foot[1] + new["b"] == pytest.approx(0, abs=1e-6)


def test_regions_are_where_the_function_says():
    plane = Plane(["left", "right"]).regions(lambda places: (places[:, 0] > 0.5).astype(int))
    assert "left 75%, right 25%" in repr(plane)
    paths = {
        e.attrib.get("data-name"): e.attrib["d"] for e in parsed(plane).iter(f"{SVG}path") if "data-name" in e.attrib
    }
    assert paths["region-1"].count("M") == 40, "cells of a row are joined"
    assert len(paths["region-0"]) < 4000


def test_points_that_lie_outside_are_not_drawn_and_are_told():
    plane = Plane(["a", "b"]).points([[0, 0], [3, 0], [0.5, 0.5]], [0, 0, 1])
    assert repr(plane).endswith("3 points: 2 a, 1 b; 1 outside of the plane.")
    marks = [e.attrib["d"] for e in parsed(plane).iter() if e.attrib.get("data-name", "").startswith("points-")]
    assert [d.count("M") for d in marks] == [1, 1]


def test_every_class_has_a_shape_of_its_own():
    plane = Plane(["a", "b", "c", "d"]).points(np.zeros((4, 2)), [0, 1, 2, 3])
    marks = [e.attrib for e in parsed(plane).iter() if e.attrib.get("data-name", "").startswith("points-")]
    assert len({mark["d"] for mark in marks}) == 4
    assert len({mark["fill"] for mark in marks}) == 4


def test_a_neuron_without_weights_is_said_to_have_no_line():
    plane = Plane(["a", "b"]).line([0, 0], 1, "n", drag_weights=("w_1", "w_2"), drag_bias="b")
    assert "No line, n: both weights are 0." in repr(plane)
    assert set(drags(plane)) == {"n: to and fro", "n: weights"}, "and can still be dragged"


def test_bars_say_guess_share_and_truth():
    bars = guess_bars(["duck", "dog"], [0.5, 1], shares=[1 / 3, 2 / 3], truth=[0, 1], drag=["g_duck", "g_dog"])
    assert repr(bars) == "Bars from 0 to 1: duck 0.50, share 0.33, truth 0.00; dog 1.00, share 0.67, truth 1.00."
    value, per_x, per_y = drags(bars)["guess for dog"]["g_dog"]
    widths = [float(e.attrib["width"]) for e in parsed(bars).iter(f"{SVG}rect") if e.get("height") == "26"]
    assert (value, per_y) == (1, 0)
    assert widths[1] * per_x == pytest.approx(1, rel=1e-3)
    assert widths[0] == pytest.approx(widths[1] / 2, abs=0.01)


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda: Plane([]), "1 to 4 classes apart, got 0"),
        (lambda: Plane(["a"], x=(1, 1)), "the x axis must go .* got 1 to 1"),
        (lambda: Plane(["a"]).points([[0, 0]], [1]), r"lie in 0\.\.0 for 1 names, got 1 at position 0"),
        (lambda: Plane(["a"]).points([[0, 0, 0]], [0]), r"shape \(1, 2\), .* got \(1, 3\)"),
        (lambda: Plane(["a"]).points([[0, 0]], [0.5]), "whole numbers, got float64"),
        (lambda: Plane(["a"]).regions(lambda places: places), "whole numbers, got float64"),
        (lambda: Plane(["a"]).regions(lambda places: [0]), "each of 1600 places"),
        (lambda: Plane(["a"]).line([1], 0, "n"), r"two numbers, .* got shape \(1,\)"),
        (lambda: Plane(["a"]).spot([1], "s"), r"two numbers, .* got shape \(1,\)"),
        (lambda: guess_bars(["a"], [1.5]), r"guess must lie in 0\.\.1, got 1.5"),
        (lambda: guess_bars(["a"], [0.5, 0.5]), r"each of the 1 names, got shape \(2,\)"),
        (lambda: guess_bars(["a"], [0.5], drag=["a", "b"]), "one parameter for each of the 1 bars, got 2"),
    ],
)
def test_what_cannot_be_drawn_is_named(draw, says):
    with pytest.raises(ValueError, match=says):
        draw()

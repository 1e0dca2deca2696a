"""A curve with its tangent: what it says, where the line runs, and what the ring moves."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from primer.drawing.tangent import LEFT, SIDE, TOP, tangent_picture

CURVES = [(np.square, lambda x: 2 * x), (np.exp, np.exp), (np.sin, np.cos), (lambda x: 3 - 0 * x, lambda x: 0.0)]
PLACES = st.floats(-2, 3)


def picture(function, at, **options):
    return tangent_picture(function, at, **{"x": (-2, 3), "y": (-1, 4)} | options)


@given(st.sampled_from(CURVES), PLACES)
def test_the_slope_that_it_says_is_the_curves(curve, at):
    function, slope = curve
    said = re.search(r"it is (\S+) and its slope (\S+)\.$", repr(picture(function, at)))
    numbers = [float(one.replace("−", "-")) for one in said.groups()]
    np.testing.assert_allclose(numbers, [function(at), slope(at)], atol=0.0051)


def drawn(drawing, name):
    root = ElementTree.fromstring(drawing.svg)
    return next(element for element in root if element.get("data-name") == name)


@given(st.sampled_from(CURVES), PLACES)
def test_the_line_runs_from_edge_to_edge_and_never_beyond(curve, at):
    function, _ = curve
    assume(-1 <= function(at) <= 4)
    lines = drawn(picture(function, at), "tangent")
    ends = np.array(re.findall(r"-?[\d.]+", lines[0].get("d")), dtype=float).reshape(2, 2)
    low, high = np.array([LEFT, TOP]), np.array([LEFT + SIDE, TOP + 220])
    assert (ends >= low - 0.01).all() and (ends <= high + 0.01).all()
    assert all(min(abs(end - low).min(), abs(end - high).min()) < 0.01 for end in ends)


def test_the_ring_moves_the_parameter_by_as_much_as_it_is_moved():
    ring = drawn(picture(np.square, 1.0, drag="touch"), "handles")[0]
    assert ring.get("aria-label") == "where the line touches"
    assert ring.get("data-drag") == f"touch 1 {5 / SIDE:.12g} 0"
    assert len(drawn(picture(np.square, 1.0), "handles")) == 0


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"at": 5}, "at must lie on the x axis, from -2 to 3, got 5"),
        ({"at": 0, "x": (1, 1)}, "the x axis must go from a number to a larger one, got 1 to 1"),
        ({"at": 0, "y": (2, 1)}, "the y axis must go from a number to a larger one, got 2 to 1"),
        ({"at": 0, "y": (0, np.inf)}, "the y axis must go from a number to a larger one, got 0 to inf"),
    ],
)
def test_what_cannot_be_drawn_is_named(options, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        picture(np.square, **options)

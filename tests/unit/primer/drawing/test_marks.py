"""Marks of classes on a plane, and the arrow of a neuron's weights."""

import re

import numpy as np
import pytest

from primer import KINDS
from primer.colours import token
from primer.drawing.marks import marks_of, named
from primer.drawing.plane import LEFT, SIDE, TOP, Plane


def test_a_kind_has_one_mark_wherever_it_stands_in_the_list():
    alone = {kind: marks_of([kind])[0] for kind in KINDS}
    for names in (KINDS, KINDS[::-1], ["cat", "dog"]):
        assert dict(zip(names, marks_of(names), strict=True)) == {name: alone[name] for name in names}
    assert len({mark.shape(0, 0) for mark in alone.values()}) == 4
    assert marks_of(["duck"]) == [alone["bird"]]


def test_what_is_no_kind_is_told_apart_from_kinds_and_from_its_like():
    for names in (["not a dog", "dog"], ["a", "b", "c", "d"], ["dog", "x", "cat", "y"]):
        marks = marks_of(names)
        assert len({mark.shape(0, 0) for mark in marks}) == len(names)
        assert len({mark.colour for mark in marks}) == len(names)
    assert marks_of(["not a dog"])[0].colour not in {token(kind) for kind in KINDS}


def arrow_of(weights, bias):
    """The tip, and whether the dashed shaft is there."""
    svg = Plane(["no", "yes"]).line(weights, bias, "line").drawing().svg
    tip = re.search(r'<path d="M([\d.-]+) ([\d.-]+)L[^"]*z"', svg)
    shaft = re.search(r'd="M([\d.-]+) ([\d.-]+)L([\d.-]+) ([\d.-]+)"[^>]*stroke-dasharray="5 3"', svg)
    return tip and np.array(tip.groups(), float), shaft and np.array(shaft.groups(), float)


@pytest.mark.parametrize(
    ("weights", "bias"), [([-0.4, 1.3], -1.25), ([-0.6, 1.3], -1.4), ([1, 1], -0.4), ([3, 0], -2.5), ([-2, -2], -2.9)]
)
def test_an_arrow_stands_whole_within_the_plane_and_points_as_the_weights_do(weights, bias):
    tip, shaft = arrow_of(weights, bias)
    assert shaft is not None, "there is an arrow"
    assert (tip >= [LEFT, TOP]).all()
    assert (tip <= [LEFT + SIDE, TOP + SIDE]).all()
    way = tip - shaft[:2]
    up = np.array(weights, float) * [1, -1]  # units go down
    assert way @ up == pytest.approx(np.linalg.norm(way) * np.linalg.norm(up), rel=1e-3), "nothing is bent at the edge"


def test_an_arrow_with_room_stands_where_the_line_is_nearest_to_the_middle():
    _, shaft = arrow_of([1, 1], 0)
    assert shaft[:2] == pytest.approx([LEFT + SIDE / 2, TOP + SIDE / 2], abs=0.1)


def test_a_kind_has_its_mark_before_its_name_in_a_box_too():
    box = str(named(50, 20, "duck"))
    assert token("bird") in box
    assert ">duck</text>" in box
    assert "path" not in str(named(50, 20, "neuron 1"))

"""A landscape: how high the ground is, the ball's way, what the ring moves, and what is refused."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from primer.drawing.landscape import BANDS, landscape_picture
from primer.drawing.plane import CELLS, LEFT, SIDE, TOP


def bowl(places):
    return (places**2).sum(axis=1)


def picture(path, **options):
    return landscape_picture(bowl, path, **{"x": (-2, 2), "y": (-2, 2)} | options)


def drawn(drawing, name):
    return next(part for part in ElementTree.fromstring(drawing.svg) if part.get("data-name") == name)


def covered(path):
    """The cells that a path of joined cells covers."""
    runs = re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v", path)
    return sum(round(float(width) * CELLS / SIDE) for _, _, width in runs)


def test_the_ground_is_the_darker_the_higher_it_is():
    ground = drawn(picture([[1, 1]]), "ground")
    opacities = [float(band.get("fill-opacity")) for band in ground]
    assert len(opacities) == BANDS - 1 == len(set(opacities))
    assert opacities == sorted(opacities)
    tops = [min(float(y) for y in re.findall(r"M[\d.]+ ([\d.]+)h", band.get("d"))) for band in ground]
    assert tops == sorted(tops, reverse=True)  # the rim of a bowl is at the top of the picture
    assert 0 < sum(covered(band.get("d")) for band in ground) < CELLS**2  # the lowest is bare


def test_the_ball_goes_from_place_to_place_and_the_picture_says_how_far_it_came():
    drawing = picture([[1.0, 1.0], [0.5, 0.5], [0.25, 0.25]])
    way = drawn(drawing, "way")
    numbers = np.array(re.findall(r"[\d.]+", way[0].get("d")), dtype=float).reshape(3, 2)
    np.testing.assert_allclose(numbers[0], [LEFT + SIDE * 3 / 4, TOP + SIDE / 4], atol=0.06)
    np.testing.assert_allclose(numbers[2], [LEFT + SIDE * 2.25 / 4, TOP + SIDE * 1.75 / 4], atol=0.06)
    assert repr(drawing).endswith(
        "A ball is laid at (1.00, 1.00), where the loss is 2.00. Step 2 leads to (0.25, 0.25), where it is 0.12."
    )


def test_a_ball_that_leaves_the_picture_is_drawn_as_far_as_it_is_seen():
    drawing = picture([[1.0, 0.0], [-1.5, 0.0], [2.5, 0.0], [0.0, 0.0]])
    assert drawn(drawing, "way")[0].get("d").count(" ") == 2
    assert repr(drawing).endswith("With step 2 it leaves the picture.")


def test_the_ring_moves_both_weights_by_as_much_as_it_is_moved():
    ring = drawn(picture([[1.0, -0.5]], drag=("w_1", "w_2")), "handles")[0]
    assert ring.get("aria-label") == "the ball"
    per = 4 / SIDE
    assert ring.get("data-drag") == f"w_1 1 {per:.12g} 0; w_2 -0.5 0 {-per:.12g}"
    assert len(drawn(picture([[1.0, -0.5]]), "handles")) == 0


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"path": [1.0, 2.0]}, "path must have shape (n_steps + 1, 2), a row for each place, got (2,)"),
        ({"loss": lambda places: 1.0}, "loss must return one height for each of 1600 places, got shape ()"),
        ({"x": (1, 1)}, "x"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(options, says):
    given = {"loss": bowl, "path": [[0.0, 0.0]], "x": (-1, 1), "y": (-1, 1)} | options
    with pytest.raises(ValueError, match=re.escape(says)):
        landscape_picture(given.pop("loss"), given.pop("path"), **given)

"""The window on a picture: what it says it sees is what NumPy finds there, and it moves what it is told to move."""

import re

import numpy as np
import pytest

from primer import slide
from primer.pictures.window_picture import PICTURE, window_picture

PLACES = np.arange(20 * 20).reshape(20, 20) % 10
EDGES = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])


def rows(grid):
    return "; ".join(", ".join(str(value) for value in row) for row in grid).replace("-", "−")


@pytest.mark.parametrize(("row", "column"), [(0, 0), (5, 11), (17, 17)])
def test_it_says_what_is_under_the_window_and_what_that_adds_up_to(row, column):
    seen = PLACES[row : row + 3, column : column + 3]
    told = window_picture(PLACES, EDGES, row, column).description
    assert f"at row {row} and column {column}. It sees {rows(seen)}. Times {rows(EDGES)} " in told
    assert f"that is {rows(seen * EDGES)}, together {(seen * EDGES).sum()}.".replace("-", "−") in told
    sums = slide(PLACES, EDGES)
    assert told.endswith(f"from {sums.min():.0f} to {sums.max():.0f}.".replace("-", "−"))


def test_dragging_a_pixel_of_the_drawing_moves_the_window_by_one():
    svg = window_picture(PLACES, EDGES, 4, 7, drag=("row", "column")).svg
    per = 1 / (PICTURE / 20)
    assert f'data-drag="column 7 {per:g} 0; row 4 0 {per:g}"' in svg
    assert "data-drag" not in window_picture(PLACES, EDGES, 4, 7).svg


def test_the_frame_lies_on_the_pixels_that_are_told():
    svg = window_picture(PLACES, EDGES, 4, 7).svg
    unit = PICTURE / 20
    assert re.search(rf'<rect x="{7 * unit:g}" y="{24 + 4 * unit:g}" width="{3 * unit:g}"', svg)


def test_numbers_too_long_for_their_square_are_not_written_over_each_other():
    assert "too long to be written here" in window_picture(PLACES, EDGES * 1234.5, 0, 0).svg
    assert "too long" not in window_picture(PLACES, np.ones((5, 5)), 0, 0).svg


@pytest.mark.parametrize(
    ("picture", "kernel", "row", "says"),
    [
        (np.zeros((4, 5)), EDGES, 0, r"picture must be square.*got \(4, 5\)"),
        (PLACES, np.zeros((3, 2)), 0, r"kernel must be square.*got \(3, 2\)"),
        (PLACES, EDGES, 18, r"must lie in 0\.\.17, where the window fits, got 18 and 0"),
        (PLACES, EDGES, -1, "got -1 and 0"),
        (np.zeros((2, 2)), EDGES, 0, "that are not larger"),
    ],
)
def test_what_does_not_fit_is_named(picture, kernel, row, says):
    with pytest.raises(ValueError, match=says):
        window_picture(picture, kernel, row, 0)


def test_what_was_found_is_in_the_pages_colours():
    svg = window_picture(PLACES, EDGES, 4, 7).svg
    assert svg.count("<image") == 1
    assert "var(--negative" in svg and "var(--positive" in svg

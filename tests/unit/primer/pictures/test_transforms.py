"""Each thing that can happen to a picture, by its properties; interpolation against SciPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import ndimage

from primer.pictures.transforms import add_noise, blur, halved, invert, photograph, to_bytes

GREY = st.floats(0, 1, width=32)
PICTURES = hnp.arrays(np.float32, hnp.array_shapes(min_dims=3, max_dims=3, max_side=6), elements=GREY)
STILL = {"angles": [0.0], "scales": [1.0], "shifts": [[0.0, 0.0]]}


def taken(master, size, **changed):
    return photograph(master[None], np.array([0]), size, **(STILL | changed))[0]


@pytest.fixture
def master():
    """A smooth picture, dark at its edge."""
    drawn = np.zeros((20, 20))
    drawn[4:16, 6:12] = np.random.default_rng(3).uniform(size=(12, 6))
    return ndimage.gaussian_filter(drawn, 1.0)


def test_nothing_changed_is_the_same_picture(master):
    np.testing.assert_allclose(taken(master, 20), master, atol=1e-15)


@pytest.mark.parametrize(("angle", "quarters"), [(90, 1), (180, 2), (-90, -1), (360, 0)])
def test_quarter_turns_are_those_of_the_array(master, angle, quarters):
    np.testing.assert_allclose(taken(master, 20, angles=[angle]), np.rot90(master, quarters), atol=1e-12)


@pytest.mark.parametrize(("right", "down"), [(2, 0), (0, 3), (-1, 2)])
def test_whole_shifts_move_pixels_and_bring_nothing_in(master, right, down):
    moved = taken(master, 20, shifts=[[right, down]])
    np.testing.assert_allclose(moved, ndimage.shift(master, (down, right), order=0), atol=1e-12)


@pytest.mark.parametrize(
    ("angle", "scale", "shift"), [(17, 0.9, (1.3, -0.4)), (-33, 1.2, (0, 2.5)), (5, 0.7, (-2, -2))]
)
def test_any_turn_scale_and_shift_is_scipys(master, angle, scale, shift):
    turn = np.deg2rad(angle)
    matrix = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]) / scale  # for (row, column)
    middle = np.array([9.5, 9.5])
    offset = middle - matrix @ (middle + np.array(shift[::-1]))
    expected = ndimage.affine_transform(master, matrix, offset, order=1, mode="grid-constant")
    found = taken(master, 20, angles=[angle], scales=[scale], shifts=[list(shift)])
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_a_smaller_picture_has_the_light_of_the_larger(master):
    assert taken(master, 10).mean() == pytest.approx(master.mean(), rel=1e-12)


@given(hnp.arrays(np.float32, (2, 4, 6), elements=GREY))
def test_halving_keeps_the_mean_of_each_four(pictures):
    expected = pictures.astype(float).reshape(2, 2, 2, 3, 2).mean(axis=(2, 4))
    np.testing.assert_allclose(halved(pictures), expected, atol=1e-6)


def test_each_picture_is_of_its_own_master(master):
    both = np.stack([master, 1 - master])
    shown = photograph(both, np.array([1, 0, 1]), 20, angles=[0] * 3, scales=[1] * 3, shifts=np.zeros((3, 2)))
    np.testing.assert_allclose(shown, both[[1, 0, 1]], atol=1e-15)


def test_far_away_there_is_nothing(master):
    assert not taken(master, 20, shifts=[[50, 0]]).any()


@given(PICTURES, st.floats(0, 0.5))
def test_blur_keeps_light_and_limits(pictures, amount):
    blurred = blur(pictures, [amount] * len(pictures))
    assert blurred.dtype == np.float32
    np.testing.assert_allclose(blurred.sum(axis=(1, 2)), pictures.sum(axis=(1, 2)), rtol=1e-4, atol=1e-5)
    assert blurred.min() >= pictures.min() - 1e-6 and blurred.max() <= pictures.max() + 1e-6


def test_blur_is_scipys_and_each_picture_has_its_own():
    pictures = np.random.default_rng(1).uniform(size=(2, 7, 7))
    blurred = blur(pictures, [0.2, 0.0])
    kernel = [0.2, 0.6, 0.2]
    expected = ndimage.correlate1d(
        ndimage.correlate1d(pictures[0], kernel, axis=1, mode="nearest"), kernel, axis=0, mode="nearest"
    )
    np.testing.assert_allclose(blurred[0], expected, rtol=1e-12)
    np.testing.assert_array_equal(blurred[1], pictures[1])


@given(PICTURES, st.data())
def test_inverted_twice_is_as_it_was_and_others_are_untouched(pictures, data):
    chosen = data.draw(hnp.arrays(bool, len(pictures)))
    negatives = invert(pictures, chosen)
    np.testing.assert_array_equal(negatives[~chosen], pictures[~chosen])
    np.testing.assert_allclose(negatives[chosen] + pictures[chosen], 1, atol=1e-6)
    np.testing.assert_allclose(invert(negatives, chosen), pictures, atol=1e-6)


def test_noise_has_the_spread_that_was_asked_for_and_the_seeds_own_values():
    plain = np.full((40, 50, 50), 0.5, np.float32)
    noisy = add_noise(plain, 0.1, np.random.default_rng(1))
    assert noisy.dtype == np.float32
    assert (noisy - plain).std() == pytest.approx(0.1, rel=0.01)
    assert (noisy - plain).mean() == pytest.approx(0, abs=0.001)
    np.testing.assert_array_equal(noisy, add_noise(plain, 0.1, np.random.default_rng(1)))
    assert (noisy != add_noise(plain, 0.1, np.random.default_rng(2))).mean() > 0.99


@given(hnp.arrays(np.float32, (1, 3, 3), elements=st.floats(-1, 2, width=32)))
def test_bytes_are_the_nearest_of_256_steps(pictures):
    assert np.abs(to_bytes(pictures) / 255 - np.clip(pictures, 0, 1)).max() <= 0.5 / 255 + 1e-6


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"angles": [0.0, 1.0]}, r"must have shapes \(1,\), \(1,\) and \(1, 2\)"),
        ({"shifts": [0.0, 1.0]}, "one row a picture"),
        ({"scales": [0.0]}, "scales must be above 0, got 0"),
        ({"angles": [np.nan]}, "angles must be numbers, got nan"),
    ],
)
def test_what_cannot_be_photographed_is_named(master, changed, says):
    with pytest.raises(ValueError, match=says):
        taken(master, 20, **changed)


def test_masters_that_are_not_square_are_named():
    with pytest.raises(ValueError, match=r"masters must be square pictures.*got \(1, 3, 4\)"):
        photograph(np.zeros((1, 3, 4)), np.array([0]), 3, **STILL)


def test_amounts_and_spreads_out_of_range_are_named():
    with pytest.raises(ValueError, match=r"amounts must lie in 0..0.5, got 0.6 to 0.6"):
        blur(np.zeros((1, 2, 2)), [0.6])
    with pytest.raises(ValueError, match="spread must be a number of 0 or above, got -1"):
        add_noise(np.zeros((1, 2, 2)), -1, np.random.default_rng(0))

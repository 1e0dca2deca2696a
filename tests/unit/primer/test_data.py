"""Data in the plane and the split: what each set promises, whatever the seed."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import primer
from primer import KINDS, checkerboard, four_quadrants, rings, spirals, train_test_split, xor

few = settings(max_examples=30)
seeds = st.integers(0, 2**32 - 1)
SETS = [four_quadrants, xor, checkerboard, rings, spirals]


@pytest.mark.parametrize("make", SETS)
class TestEverySet:
    @few
    @given(n_samples=st.integers(0, 50), seed=seeds)
    def test_points_lie_in_the_plane_between_minus_1_and_1(self, make, n_samples, seed):
        X, labels = make(n_samples, seed=seed)
        assert (X.shape, labels.shape) == ((n_samples, 2), (n_samples,))
        assert (X.dtype, labels.dtype.kind) == (np.float64, "i")
        assert (np.abs(X) <= 1).all()

    def test_the_same_seed_gives_the_same_points_and_a_generator_may_stand_for_it(self, make):
        for first, second in zip(make(20, scatter=0.1, seed=3), make(20, scatter=0.1, seed=3), strict=True):
            np.testing.assert_array_equal(first, second)
        assert (make(20, seed=3)[0] != make(20, seed=4)[0]).any()
        rng = np.random.default_rng(3)
        np.testing.assert_array_equal(make(20, seed=rng)[0], make(20, seed=3)[0])
        assert (make(20, seed=rng)[0] != make(20, seed=3)[0]).any()

    def test_scatter_moves_points_by_as_much_as_it_says_and_keeps_their_labels(self, make):
        calm, labels = make(2000, seed=5)
        strewn, same = make(2000, scatter=0.3, seed=5)
        assert (strewn - calm).std() == pytest.approx(0.3, rel=0.05)
        np.testing.assert_array_equal(labels, same)

    def test_every_kind_comes(self, make):
        labels = make(400, seed=1)[1]
        counts = np.bincount(labels)
        assert len(counts) in (2, 4) and counts.min() > 60

    @pytest.mark.parametrize(
        ("options", "says"),
        [
            ({"n_samples": -1}, "n_samples must be a whole number of 0 or above, got -1"),
            ({"n_samples": 2.5}, "got 2.5"),
            ({"n_samples": 5, "scatter": -0.1}, "scatter must be a number of 0 or above, got -0.1"),
            ({"n_samples": 5, "scatter": np.nan}, "got nan"),
        ],
    )
    def test_a_number_out_of_range_is_named(self, make, options, says):
        with pytest.raises(ValueError, match=says):
            make(**options)


class TestFourQuadrants:
    @few
    @given(seeds)
    def test_fur_and_voice_tell_the_kind(self, seed):
        X, labels = four_quadrants(30, seed=seed)
        names = {(False, False): "toaster", (False, True): "bird", (True, False): "cat", (True, True): "dog"}
        for (fur, voice), label in zip(X, labels, strict=True):
            assert KINDS[label] == names[fur > 0, voice > 0]

    @few
    @given(seeds, st.floats(0, 0.3))
    def test_a_gap_is_kept_to_both_lines(self, seed, gap):
        lines, bias = np.array([[1.0, 2.0], [-3.0, 1.0]]), np.array([0.1, -0.2])
        X, labels = four_quadrants(30, seed=seed, gap=gap, weights=lines, bias=bias)
        totals = X @ lines.T + bias
        assert (np.abs(totals) / np.hypot(*lines.T) >= gap).all()
        np.testing.assert_array_equal(labels, 2 * (totals[:, 0] > 0) + (totals[:, 1] > 0))

    def test_lines_that_leave_no_room_are_named(self):
        with pytest.raises(ValueError, match="leave no room for points with a gap of 5; make the gap smaller"):
            four_quadrants(10, gap=5.0)

    @pytest.mark.parametrize(
        ("weights", "bias"), [([[0, 0], [0, 1]], [0, 0]), ([[1, 0]], [0, 0]), ([[1, 0], [0, 1]], [0])]
    )
    def test_lines_that_are_none_are_named(self, weights, bias):
        with pytest.raises(ValueError, match=r"weights must be two rows \(w_1, w_2\)"):
            four_quadrants(10, weights=weights, bias=bias)


@few
@given(seeds)
def test_xor_is_one_where_the_signs_differ(seed):
    X, labels = xor(30, seed=seed)
    np.testing.assert_array_equal(labels, X[:, 0] * X[:, 1] < 0)


@few
@given(seeds, st.integers(2, 5))
def test_rings_lie_around_each_other_without_touching(seed, n_classes):
    X, labels = rings(60, n_classes, seed=seed)
    distances = np.hypot(*X.T)
    for k in range(n_classes - 1):
        assert distances[labels == k].max() < distances[labels == k + 1].min()


@few
@given(seeds, st.integers(2, 5))
def test_turning_a_spiral_by_one_arm_gives_the_next(seed, n_classes):
    X, labels = spirals(60, n_classes, seed=seed, turns=0.5)
    turned = np.arctan2(X[:, 1], X[:, 0]) / (2 * np.pi) - 0.5 * np.hypot(*X.T)
    np.testing.assert_allclose(np.cos(2 * np.pi * (turned - labels / n_classes)), 1, atol=1e-12)


@few
@given(seeds, st.integers(2, 5))
def test_on_the_checkerboard_neighbours_differ(seed, n_classes):
    X, labels = checkerboard(40, n_classes, seed=seed)
    columns, rows = (np.floor((X.T + 1) / 2 * n_classes)).astype(int)
    np.testing.assert_array_equal(labels, (columns + rows) % n_classes)


@pytest.mark.parametrize("make", [rings, spirals])
def test_kinds_are_shared_out_evenly(make):
    assert np.bincount(make(42, 4)[1]).tolist() == [11, 11, 10, 10]


@pytest.mark.parametrize("make", [checkerboard, rings, spirals])
@pytest.mark.parametrize("n_classes", [1, 2.5])
def test_too_few_kinds_are_named(make, n_classes):
    with pytest.raises(ValueError, match="n_classes must be a whole number of 2 or above, got"):
        make(10, n_classes)


def test_importing_the_library_imports_numpy_and_not_its_random_numbers():
    """Python in the page starts faster without them: they come when the first set is drawn."""
    code = "import sys, primer; print([m for m in ('numpy.random', 'random', 'dataclasses') if m in sys.modules])"
    env = {**os.environ, "PYTHONPATH": str(Path(primer.__file__).parents[1])}
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert result.stdout.strip() == "[]"


class TestSplit:
    @few
    @given(st.integers(0, 30), st.floats(0, 1), seeds)
    def test_every_record_lands_on_one_side_with_its_label(self, n_samples, test_share, seed):
        X, labels = np.arange(n_samples)[:, np.newaxis] * 10.0, np.arange(n_samples)
        X_train, X_test, train, test = train_test_split(X, labels, test_share=test_share, seed=seed)
        assert sorted([*train, *test]) == list(range(n_samples))
        assert len(test) == round(test_share * n_samples)
        np.testing.assert_array_equal(X_train[:, 0], 10.0 * train)
        np.testing.assert_array_equal(X_test[:, 0], 10.0 * test)

    def test_the_same_seed_gives_the_same_split(self):
        first, second = (train_test_split(np.eye(9), np.arange(9), seed=4)[3] for _ in range(2))
        np.testing.assert_array_equal(first, second)

    def test_float32_stays_float32(self):
        assert train_test_split(np.zeros((4, 2), np.float32), [0, 1, 0, 1])[0].dtype == np.float32

    @pytest.mark.parametrize(
        ("X", "labels", "share", "says"),
        [
            (np.eye(3), [0, 1], 0.5, r"must be of one length, got shapes \(3, 3\) and \(2,\)"),
            (1.0, 1, 0.5, "must be of one length"),
            (np.eye(3), [0, 1, 2], 1.5, r"test_share must lie in 0\.\.1, got 1.5"),
            (np.eye(3), [0, 1, 2], np.nan, "got nan"),
        ],
    )
    def test_a_wrong_input_is_named(self, X, labels, share, says):
        with pytest.raises(ValueError, match=says):
            train_test_split(X, labels, test_share=share)


def test_the_labs_know_the_same_kinds_in_javascript():
    """They show a lab before Python is there."""
    runtime = Path(__file__).parents[3] / "site" / "runtime"
    texts = [path.read_text(encoding="utf-8") for path in runtime.rglob("*.mjs")]
    lists = [found for text in texts for found in re.findall(r'\["toaster",[^\]]*\]', text)]
    assert lists and {tuple(json.loads(found)) for found in lists} == {KINDS}

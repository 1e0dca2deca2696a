"""Losses and their slopes: by property, against SciPy, scikit-learn, PyTorch's table and 60-digit mpmath."""

import json
import math
from pathlib import Path

import mpmath
import numpy as np
import pytest
import scipy.special
import sklearn.metrics
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from primer import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    check_gradient,
    cross_entropy,
    cross_entropy_gradient,
    cross_entropy_of_probs,
    cross_entropy_of_probs_gradient,
    loss_and_slope,
    softmax,
)

TABLE = json.loads((Path(__file__).parents[2] / "oracles" / "pytorch.json").read_text(encoding="utf-8"))
LOSSES = {"cross_entropy": cross_entropy, "binary_cross_entropy": binary_cross_entropy}
GRADIENTS = {"cross_entropy": cross_entropy_gradient, "binary_cross_entropy": binary_cross_entropy_gradient}
few = settings(max_examples=40)


@st.composite
def batches(draw, scale=700.0, min_samples=1, min_classes=1):
    shape = draw(st.integers(min_samples, 5)), draw(st.integers(min_classes, 5))
    logits = draw(hnp.arrays(np.float64, shape, elements=st.floats(-scale, scale)))
    labels = draw(hnp.arrays(np.int64, shape[0], elements=st.integers(0, shape[1] - 1)))
    return logits, labels


def precise_probs(row):
    terms = [mpmath.exp(mpmath.mpf(z)) for z in row]
    return [term / mpmath.fsum(terms) for term in terms]


def close(value, exact, relative=1e-12):
    return abs(mpmath.mpf(float(value)) - exact) <= relative * abs(exact) + mpmath.mpf("1e-320")


class TestCrossEntropy:
    @few
    @given(batches())
    def test_it_is_right_to_12_digits(self, batch):
        logits, labels = batch
        with mpmath.workdps(700):  # the log of 1 - 1e-608 needs this many
            surprises = [-mpmath.log(precise_probs(row)[k]) for row, k in zip(logits, labels, strict=True)]
            assert close(cross_entropy(logits, labels), mpmath.fsum(surprises) / len(labels))

    @few
    @given(batches(scale=300))
    def test_each_slope_is_right_to_12_digits(self, batch):
        logits, labels = batch
        slopes = cross_entropy_gradient(logits, labels)
        with mpmath.workdps(400):
            for i, (row, label) in enumerate(zip(logits, labels, strict=True)):
                for k, p in enumerate(precise_probs(row)):
                    assert close(slopes[i, k], (p - (k == label)) / len(labels))

    @few
    @given(batches(scale=10, min_classes=2))  # scikit-learn clips what is smaller
    def test_it_agrees_with_scikit_learn(self, batch):
        logits, labels = batch
        expected = sklearn.metrics.log_loss(labels, softmax(logits), labels=np.arange(logits.shape[1]))
        assert cross_entropy(logits, labels) == pytest.approx(expected, rel=1e-9, abs=1e-12)

    @few
    @given(batches())
    def test_class_numbers_and_one_hot_rows_say_the_same(self, batch):
        logits, labels = batch
        one_hot = np.eye(logits.shape[1])[labels]
        assert cross_entropy(logits, labels) == cross_entropy(logits, one_hot)
        np.testing.assert_array_equal(cross_entropy_gradient(logits, labels), cross_entropy_gradient(logits, one_hot))

    @few
    @given(batches(scale=5), st.randoms(use_true_random=False))
    def test_its_gradient_is_the_slope_that_trying_finds(self, batch, random):
        logits, labels = batch
        soft = softmax(np.array([[random.uniform(-2, 2) for _ in row] for row in logits]))
        for truth in (labels, soft):
            gradient = cross_entropy_gradient(logits, truth)
            assert check_gradient(lambda z, truth=truth: cross_entropy(z, truth), logits, gradient) < 1e-5

    @few
    @given(batches(scale=50))
    def test_the_training_step_computes_the_same(self, batch):
        loss, slope = loss_and_slope(*batch)
        assert loss == pytest.approx(cross_entropy(*batch), rel=1e-12, abs=1e-15)
        np.testing.assert_allclose(slope, cross_entropy_gradient(*batch), rtol=1e-12, atol=1e-15)

    def test_the_training_step_keeps_float32(self):
        loss, slope = loss_and_slope(np.float32([[1, 2]]), np.array([0]))
        assert (type(loss), slope.dtype) == (float, np.float32)

    def test_the_training_step_lets_nan_show(self):
        loss, slope = loss_and_slope(np.array([[np.nan, 0.0]]), np.array([0]))
        assert math.isnan(loss) and np.isnan(slope).all()

    def test_a_thousand_nats_are_a_thousand_nats(self):
        assert cross_entropy([0.0, -1000.0], 1) == 1000.0
        assert cross_entropy([[0.0, -1e308], [1e6, 0.0]], [1, 1]) == 5e307 + 5e5

    def test_a_class_ruled_out_costs_nothing_unless_it_comes(self):
        assert cross_entropy([0.0, -np.inf], 0) == 0
        assert cross_entropy([0.0, -np.inf], 1) == np.inf
        assert cross_entropy_gradient([0.0, -np.inf], 1).tolist() == [1, -1]

    def test_none_cost_nothing(self):
        assert cross_entropy(np.empty((0, 3)), []) == 0
        assert cross_entropy(np.empty((0, 3)), np.empty((0, 3))) == 0
        assert cross_entropy_gradient(np.empty((0, 3)), []).shape == (0, 3)

    @pytest.mark.parametrize(
        "labels", [[0, 1], np.uint8([0, 1]), [False, True], ((1, 0), (0, 1)), [[1.0, 0.0], [0, 1]]]
    )
    def test_labels_come_in_many_types(self, labels):
        assert cross_entropy([[2, 1], [1, 2]], labels) == pytest.approx(math.log1p(math.exp(-1)))

    def test_float32_stays_float32(self):
        assert cross_entropy_gradient(np.float32([[1, 2]]), [0]).dtype == np.float32
        assert type(cross_entropy(np.float32([[1, 2]]), [0])) is float

    @pytest.mark.parametrize(
        ("logits", "labels", "error", "says"),
        [
            ([[1.0, 2.0, 3.0]], [3], ValueError, r"must lie in 0\.\.2 for 3 classes, got 3 at position 0"),
            ([[1.0, 2.0, 3.0]], [-1], ValueError, "got -1 at position 0"),
            ([1.0, 2.0, 3.0], 3, ValueError, "for 3 classes, got 3"),
            ([[1.0, 2.0]], [0.0], TypeError, "whole numbers"),
            ([[1.0, 2.0]], ["dog"], TypeError, "real numbers, got text"),
            ([[1.0, 2.0]], [0, 1], ValueError, r"of shape \(1,\) or probabilities of shape \(1, 2\)"),
            ([[1.0, 2.0]], [[1.0, 0.0, 0.0]], ValueError, r"got shape \(1, 3\)"),
            ([[1.0, 2.0]], 0, ValueError, r"got shape \(\)"),
            ([[1.0, 2.0]], [[0.5, 0.4]], ValueError, "every row of labels must sum to 1"),
            ([[1.0, 2.0]], [[1.5, -0.5]], ValueError, "labels must lie between 0 and 1"),
            ([[1.0, 2.0]], [[np.nan, 0.0]], ValueError, "labels must be numbers, got nan"),
            ([[np.nan, 2.0]], [0], ValueError, "logits must be numbers, got nan"),
            ([[[1.0, 2.0]]], [[0]], ValueError, r"shape \(n_samples, n_classes\)"),
        ],
    )
    def test_a_wrong_input_is_named(self, logits, labels, error, says):
        for function in (cross_entropy, cross_entropy_gradient):
            with pytest.raises(error, match=says):
                function(logits, labels)


class TestCrossEntropyOfProbs:
    def test_the_doors_and_the_one_hot_snippet_of_the_articles(self):
        assert cross_entropy_of_probs([0.7, 0.2, 0.1], [1, 0, 0]) == pytest.approx(-math.log(0.7), rel=1e-15)
        doors = [[0.7, 0.3], [0.8, 0.2], [0.97, 0.03]]
        assert 3 * cross_entropy_of_probs(doors, [0, 0, 0]) == pytest.approx(-math.log(0.7 * 0.8 * 0.97), rel=1e-14)

    @few
    @given(batches(scale=100))
    def test_it_agrees_with_scipy(self, batch):
        logits, labels = batch
        probs = softmax(logits)
        one_hot = np.eye(logits.shape[1])[labels]
        with np.errstate(all="ignore"):
            expected = -scipy.special.xlogy(one_hot, probs).sum(axis=1).mean()
        assert cross_entropy_of_probs(probs, labels) == pytest.approx(expected, rel=1e-13)

    @few
    @given(batches(scale=3))
    def test_its_gradient_is_the_slope_that_trying_finds(self, batch):
        logits, labels = batch
        probs = softmax(logits)
        one_hot = np.eye(logits.shape[1])[labels]

        def loss(p):  # off the rows that sum to 1, where the function itself does not go
            return -np.log(p[one_hot == 1]).sum() / len(p)

        assert check_gradient(loss, probs, cross_entropy_of_probs_gradient(probs, labels)) < 1e-5

    def test_what_was_held_to_be_impossible_costs_infinity(self):
        assert cross_entropy_of_probs([0.0, 1.0], 0) == np.inf
        assert cross_entropy_of_probs([[0.0, 1.0], [1.0, 0.0]], [0, 0]) == np.inf
        assert cross_entropy_of_probs_gradient([0.0, 1.0], 0).tolist() == [-np.inf, 0]

    def test_certainty_that_is_right_costs_nothing(self):
        assert cross_entropy_of_probs([0.0, 1.0], 1) == 0
        assert cross_entropy_of_probs([[0.0, 1.0]], [[0.0, 1.0]]) == 0

    def test_float32_rows_may_round_as_float32_does(self):
        assert cross_entropy_of_probs(np.float32([[0.1] * 10]), [3]) == pytest.approx(math.log(10), rel=1e-6)

    @pytest.mark.parametrize(
        ("probs", "says"),
        [
            ([0.5, 0.4], "must sum to 1.* got 0.9"),
            ([[0.5, 0.5], [0.5, 0.4]], "got 0.9 at position 1"),
            ([1.5, -0.5], "between 0 and 1, got 1.5 at position 0"),
            ([np.nan, 1.0], "got nan at position 0"),
            ([], "must sum to 1"),
        ],
    )
    def test_probabilities_that_are_none_are_named(self, probs, says):
        for function in (cross_entropy_of_probs, cross_entropy_of_probs_gradient):
            with pytest.raises(ValueError, match=says):
                function(probs, 0 if np.ndim(probs) == 1 else [0, 0])


class TestBinaryCrossEntropy:
    @few
    @given(
        st.lists(st.tuples(st.floats(-700, 700), st.floats(0, 1) | st.sampled_from([0.0, 1.0])), min_size=1, max_size=5)
    )
    def test_it_and_its_slope_are_right_to_12_digits(self, pairs):
        logits, labels = np.array(pairs).T
        slopes = binary_cross_entropy_gradient(logits, labels)
        with mpmath.workdps(700):
            total = mpmath.mpf(0)
            for (z, y), slope in zip(pairs, slopes, strict=True):
                p = 1 / (1 + mpmath.exp(-mpmath.mpf(z)))
                total -= y * mpmath.log(p) + (1 - mpmath.mpf(y)) * mpmath.log(1 - p)
                if y in (0, 1):
                    assert close(slope, (p - y) / len(pairs))
                else:  # p - y loses digits where the two are near; no input is exact to more
                    assert abs(slope - float((p - y) / len(pairs))) < 1e-15
            assert close(binary_cross_entropy(logits, labels), total / len(pairs))

    def test_logits_without_end_have_a_plain_answer(self):
        assert binary_cross_entropy([np.inf, -np.inf], [1, 0]) == 0
        assert binary_cross_entropy([np.inf], [0]) == np.inf
        assert binary_cross_entropy(-1e300, 1) == 1e300

    def test_none_cost_nothing(self):
        assert binary_cross_entropy([], []) == 0
        assert binary_cross_entropy_gradient([], []).shape == (0,)

    def test_one_number_gives_plain_floats(self):
        assert type(binary_cross_entropy(0, 1)) is float
        assert type(binary_cross_entropy_gradient(0, 1)) is float

    def test_float32_stays_float32(self):
        assert binary_cross_entropy_gradient(np.float32([1, 2]), [0, 1]).dtype == np.float32

    @pytest.mark.parametrize(
        ("logits", "labels", "says"),
        [
            ([1.0, 2.0], [1.0], r"shape of the logits, \(2,\), got \(1,\)"),
            ([1.0], [2], "labels must lie between 0 and 1, got 2"),
            ([1.0], [np.nan], "labels must be numbers, got nan"),
        ],
    )
    def test_a_wrong_input_is_named(self, logits, labels, says):
        for function in (binary_cross_entropy, binary_cross_entropy_gradient):
            with pytest.raises(ValueError, match=says):
                function(logits, labels)


@pytest.mark.parametrize("row", TABLE["losses"], ids=lambda row: f"{row['function']}-{np.ndim(row['labels'])}d")
def test_pytorch_says_the_same(row):
    loss = LOSSES[row["function"]](row["logits"], row["labels"])
    gradient = GRADIENTS[row["function"]](row["logits"], row["labels"])
    assert loss == pytest.approx(row["loss"], rel=1e-12)
    np.testing.assert_allclose(gradient, row["gradient"], rtol=1e-12, atol=1e-16)

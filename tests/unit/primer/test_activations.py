"""Softmax, its logarithm and the sigmoid: by property, against SciPy and against 60-digit mpmath."""

import math
import warnings

import mpmath
import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from primer import log_softmax, sigmoid, softmax

ORDINARY = st.floats(-50, 50)
EXTREME = st.floats(-1e300, 1e300)


def matrices(elements: st.SearchStrategy[float]) -> st.SearchStrategy[np.ndarray]:
    shapes = hnp.array_shapes(min_dims=1, max_dims=3, max_side=5)
    return hnp.arrays(np.float64, shapes, elements=elements)


def precise_softmax(logits: list[float]) -> list[mpmath.mpf]:
    with mpmath.workdps(60):
        terms = [mpmath.exp(mpmath.mpf(z)) for z in logits]
        return [term / sum(terms) for term in terms]


@pytest.fixture(autouse=True)
def every_warning_is_an_error():
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        yield


def test_softmax_of_the_three_scores_is_what_the_page_says():
    np.testing.assert_allclose(
        softmax([2, 1, -1]), [0.7053845126982412, 0.2594964603424191, 0.0351190269593397], rtol=1e-15
    )


@given(matrices(EXTREME))
def test_softmax_lies_between_0_and_1_and_sums_to_1(logits):
    probs = softmax(logits)
    assert probs.shape == logits.shape
    assert ((probs >= 0) & (probs <= 1)).all()
    np.testing.assert_allclose(probs.sum(axis=-1), 1, rtol=1e-15)


@given(matrices(EXTREME), st.integers(-3, 2))
def test_softmax_agrees_with_scipy_along_every_axis(logits, axis):
    if -logits.ndim <= axis < logits.ndim:
        with np.errstate(all="ignore"):
            expected = scipy.special.softmax(logits, axis=axis)
        np.testing.assert_allclose(softmax(logits, axis), expected, rtol=1e-13, atol=1e-320)


@given(st.lists(st.floats(-700, 700), min_size=1, max_size=6))
def test_softmax_is_right_to_12_digits(logits):
    precise = precise_softmax(logits)
    for value, exact in zip(softmax(logits), precise, strict=True):
        if exact > 1e-300:
            assert abs(value - exact) <= 1e-12 * exact


@pytest.mark.parametrize("scale", [1e3, 1e6, 1e308])
def test_softmax_of_a_runaway_score_is_certain(scale):
    assert softmax([scale, 0.0, -scale]).tolist() == [1, 0, 0]
    assert softmax([-scale, -scale]).tolist() == [0.5, 0.5]


def test_a_logit_of_minus_infinity_rules_its_class_out():
    assert softmax([0.0, -np.inf, 0.0]).tolist() == [0.5, 0, 0.5]
    assert log_softmax([0.0, -np.inf])[1] == -np.inf


@pytest.mark.parametrize("function", [softmax, log_softmax])
class TestEveryInput:
    def test_float32_stays_float32(self, function):
        assert function(np.float32([1000, -1000])).dtype == np.float32

    @pytest.mark.parametrize("logits", [[1, 2], [True, False], np.array([1, 2], dtype=np.uint8)])
    def test_integers_become_float64(self, function, logits):
        assert function(logits).dtype == np.float64

    def test_unsigned_integers_do_not_wrap_around(self, function):
        expected = function([1.0, 250.0])
        np.testing.assert_array_equal(function(np.array([1, 250], dtype=np.uint8)), expected)

    def test_a_batch_of_none_gives_none(self, function):
        assert function(np.empty((0, 3))).shape == (0, 3)
        assert function(np.empty((3, 0)), axis=0).shape == (3, 0)

    def test_one_class_is_certain(self, function):
        assert function([[7.0], [-7.0]]).ravel().tolist() == [function([0.0])[0]] * 2

    def test_the_input_is_left_as_it_was(self, function):
        logits = np.array([2.0, 1.0, -1.0])
        function(logits)
        assert logits.tolist() == [2, 1, -1]

    @pytest.mark.parametrize(
        ("logits", "error", "says"),
        [
            ([[1.0, 2.0], [np.nan, 0.0]], ValueError, r"got nan at position \(1, 0\)"),
            ([1.0, np.inf], ValueError, r"finite or -inf, got inf at position 1"),
            ([[0.0, 1.0], [-np.inf, -np.inf]], ValueError, "leave one of them finite"),
            ([[1.0, 2.0], [3.0]], ValueError, "rows differ in length"),
            ([], ValueError, "at least one class"),
            (np.empty((2, 0)), ValueError, r"got shape \(2, 0\)"),
            (3.0, ValueError, "give one score a class"),
            (["2", "1"], TypeError, "real numbers, got text"),
            ([1j, 2], TypeError, "complex"),
            ([None, 1.0], (TypeError, ValueError), "nan|real numbers"),
            ([object(), 1.0], TypeError, "real numbers"),
        ],
    )
    def test_a_wrong_input_is_named(self, function, logits, error, says):
        with pytest.raises(error, match=says):
            function(logits)

    def test_an_axis_that_is_not_there_is_named(self, function):
        with pytest.raises(ValueError, match=r"shape \(2,\) have no axis 1"):
            function([1.0, 2.0], axis=1)


@given(st.lists(st.floats(-700, 700), min_size=1, max_size=6))
def test_log_softmax_is_right_to_12_digits(logits):
    with mpmath.workdps(700):  # 1 - 1e-608 needs this many
        terms = [mpmath.exp(mpmath.mpf(z)) for z in logits]
        precise = [mpmath.log(term / sum(terms)) for term in terms]
    for value, exact in zip(log_softmax(logits), precise, strict=True):
        assert abs(value - exact) <= 1e-12 * abs(exact) + 1e-320


@given(matrices(st.floats(-1e6, 1e6)), st.integers(-3, 2))
def test_log_softmax_agrees_with_scipy_along_every_axis(logits, axis):
    if -logits.ndim <= axis < logits.ndim:
        with np.errstate(all="ignore"):
            expected = scipy.special.log_softmax(logits, axis=axis)
        np.testing.assert_allclose(log_softmax(logits, axis), expected, rtol=1e-12, atol=1e-15)


def test_log_softmax_says_a_thousand_nats_where_clipping_would_say_34():
    assert log_softmax([0.0, -1000.0]).tolist() == [0, -1000]
    assert log_softmax([-1000.0, 0.0, 1000.0]).tolist() == [-2000, -1000, 0]


def test_log_softmax_keeps_the_digits_of_a_probability_just_below_1():
    assert log_softmax([0.0, -50.0])[0] == pytest.approx(-math.exp(-50), rel=1e-14)


@given(hnp.arrays(np.float64, hnp.array_shapes(max_dims=3), elements=st.floats(allow_nan=False)))
def test_sigmoid_agrees_with_scipy(x):
    with np.errstate(all="ignore"):
        expected = scipy.special.expit(x)
    np.testing.assert_allclose(sigmoid(x), expected, rtol=1e-14, atol=1e-320)


@given(st.floats(-700, 700))
def test_sigmoid_is_right_to_14_digits_on_both_sides(x):
    with mpmath.workdps(60):
        exact = 1 / (1 + mpmath.exp(-mpmath.mpf(x)))
        assert abs(sigmoid(x) - exact) <= 1e-14 * exact


@given(st.floats(allow_nan=False))
def test_sigmoid_of_x_and_of_minus_x_share_out_1(x):
    assert sigmoid(x) + sigmoid(-x) == pytest.approx(1, abs=1e-15)


def test_sigmoid_reaches_its_limits_without_a_warning():
    assert sigmoid([-np.inf, -1000, 0, 1000, np.inf]).tolist() == [0, 0, 0.5, 1, 1]


@pytest.mark.parametrize("x", [0, 0.0, np.float32(0), np.array(0.0), True])
def test_sigmoid_of_one_number_is_a_plain_float(x):
    assert type(sigmoid(x)) is float


def test_sigmoid_keeps_float32_and_takes_none():
    assert sigmoid(np.float32([1, 2])).dtype == np.float32
    assert sigmoid([]).shape == (0,)


def test_sigmoid_refuses_nan():
    with pytest.raises(ValueError, match="x must be numbers, got nan"):
        sigmoid(np.nan)

"""Steps, their slopes and the Jacobians of softmax: against mpmath and finite differences."""

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from primer import (
    heaviside,
    heaviside_gradient,
    log_softmax_gradient,
    numerical_gradient,
    relu,
    relu_gradient,
    sigmoid,
    sigmoid_gradient,
    softmax_gradient,
    tanh,
    tanh_gradient,
)

few = settings(max_examples=40)
ENTRYWISE = [heaviside, heaviside_gradient, relu, relu_gradient, sigmoid, sigmoid_gradient, tanh, tanh_gradient]
SLOPES = [(sigmoid, sigmoid_gradient), (tanh, tanh_gradient), (relu, relu_gradient), (heaviside, heaviside_gradient)]


@few
@given(st.floats(-340, 340))
def test_the_slope_of_the_sigmoid_is_right_to_12_digits_on_both_sides(x):
    with mpmath.workdps(60):
        e = mpmath.exp(-mpmath.mpf(x))
        exact = e / (1 + e) ** 2
        assert abs(sigmoid_gradient(x) - exact) <= 1e-12 * exact


@few
@given(st.floats(-340, 340))
def test_tanh_and_its_slope_are_right_to_12_digits_on_both_sides(x):
    with mpmath.workdps(400):
        exact, slope = mpmath.tanh(mpmath.mpf(x)), mpmath.sech(mpmath.mpf(x)) ** 2
        assert abs(tanh(x) - exact) <= 1e-12 * abs(exact)
        assert abs(tanh_gradient(x) - slope) <= 1e-12 * slope


@pytest.mark.parametrize(("function", "gradient"), SLOPES, ids=lambda f: f.__name__)
@few
@given(x=hnp.arrays(np.float64, 4, elements=st.floats(-20, 20)))
def test_the_gradient_is_the_slope_that_trying_finds(function, gradient, x):
    x = np.where(np.abs(x) < 1e-3, 0.5, x)  # off the kink, where there is a slope
    tried = numerical_gradient(lambda x: function(x).sum(), x)
    np.testing.assert_allclose(gradient(x), tried, atol=1e-8)


@given(st.floats(allow_nan=False))
def test_the_step_and_relu_are_what_they_are_called(x):
    assert heaviside(x) == (1 if x > 0 else 0) == relu_gradient(x)
    assert relu(x) == max(x, 0)
    assert heaviside_gradient(x) == 0


@given(st.floats(allow_nan=False))
def test_tanh_agrees_with_its_limits(x):
    assert -1 <= tanh(x) <= 1 and 0 <= tanh_gradient(x) <= 1 and 0 <= sigmoid_gradient(x) <= 0.25


@pytest.mark.parametrize("function", ENTRYWISE)
class TestEveryEntry:
    def test_one_number_gives_a_plain_float(self, function):
        for x in (0, 0.5, np.float32(0.5), np.array(0.5), True):
            assert type(function(x)) is float

    def test_the_shape_and_the_width_stay(self, function):
        assert function(np.zeros((2, 0, 3))).shape == (2, 0, 3)
        assert function([[1, 2], [3, 4]]).dtype == np.float64
        assert function(np.float32([1, -1])).dtype == np.float32

    def test_the_input_is_left_as_it_was(self, function):
        x = np.array([-1.0, 0.0, 2.0])
        function(x)
        assert x.tolist() == [-1, 0, 2]

    def test_what_is_no_number_is_named(self, function):
        with pytest.raises(ValueError, match="x must be numbers, got nan at position 1"):
            function([1.0, np.nan])
        with pytest.raises(TypeError, match="real numbers, got text"):
            function("dog")


@few
@given(st.lists(st.floats(-300, 300), min_size=1, max_size=4))
def test_the_jacobians_are_right_to_12_digits(logits):
    with mpmath.workdps(400):
        terms = [mpmath.exp(mpmath.mpf(z)) for z in logits]
        p = [term / mpmath.fsum(terms) for term in terms]
        for k in range(len(p)):
            for j in range(len(p)):
                exact = (k == j) - p[j]
                assert abs(log_softmax_gradient(logits)[k, j] - exact) <= 1e-12 * abs(exact)
                assert abs(softmax_gradient(logits)[k, j] - p[k] * exact) <= 1e-12 * abs(p[k] * exact) + 1e-320


@pytest.mark.parametrize("function", [softmax_gradient, log_softmax_gradient])
def test_the_jacobian_of_a_batch_holds_that_of_each_row(function):
    logits = np.array([[2.0, 1.0, -1.0], [0.0, 5.0, 0.0]])
    both = function(logits)
    assert both.shape == (2, 3, 3)
    for row, matrix in zip(logits, both, strict=True):
        np.testing.assert_array_equal(function(row), matrix)
    np.testing.assert_array_equal(function(logits.T, axis=0), both)
    assert function(np.empty((0, 3))).shape == (0, 3, 3)
    assert function(np.float32(logits)).dtype == np.float32

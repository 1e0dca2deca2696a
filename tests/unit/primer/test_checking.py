"""The gradient check itself: it finds right slopes, and tells wrong ones."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primer import MLP, check_gradient, check_network, largest_difference, numerical_gradient

few = settings(max_examples=40)


@few
@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=4))
def test_it_finds_the_slope_of_a_polynomial(x):
    tried = numerical_gradient(lambda x: (x**3).sum(), x)
    np.testing.assert_allclose(tried, 3 * np.square(x), rtol=1e-6, atol=1e-6 * max(1, np.abs(x).max()) ** 2)


@pytest.mark.parametrize("x", [2, [[1.0, 2.0], [3.0, 4.0]], np.float32([1.5, 2.5]), []])
def test_it_keeps_the_shape_and_works_in_float64(x):
    gradient = numerical_gradient(lambda x: (x * x).sum(), x)
    assert (gradient.shape, gradient.dtype) == (np.shape(x), np.float64)
    np.testing.assert_allclose(gradient, 2 * np.asarray(x, dtype=float), rtol=1e-9)


def test_the_function_is_given_an_array_of_its_own():
    def spoil(x):
        total = x.sum()
        x[:] = 99
        return total

    assert numerical_gradient(spoil, [1.0, 2.0]).round(6).tolist() == [1, 1]


def test_a_given_step_is_taken():
    assert numerical_gradient(np.abs, 0.5, step=1.0) == pytest.approx(0.5)


@pytest.mark.parametrize("step", [0, -1, np.nan])
def test_a_step_that_is_none_is_named(step):
    with pytest.raises(ValueError, match="step must be above 0"):
        numerical_gradient(lambda x: x, 1.0, step)


def test_a_function_of_more_than_one_number_is_named():
    with pytest.raises(ValueError, match=r"must return one number, got shape \(2,\)"):
        numerical_gradient(lambda x: x, [1.0, 2.0])


@pytest.mark.parametrize(("factor", "caught"), [(1.0, False), (1.001, True), (0.0, True), (-1.0, True)])
def test_a_wrong_gradient_is_caught(factor, caught):
    difference = check_gradient(lambda x: (x**2).sum(), [1.0, -3.0], np.array([2.0, -6.0]) * [1.0, factor])
    assert (difference > 1e-6) == caught


def test_differences_are_relative_and_forgive_the_rounding_of_a_zero():
    assert largest_difference([2000.0, 0.0], [1000.0, 0.0]) == 0.5
    assert largest_difference([1.0], [-1.0]) == 2
    assert largest_difference([1e3, 1e-12], [1e3, 0.0]) < 1e-11
    assert largest_difference([0.0], [1e-17]) < 1e-12
    assert largest_difference([], []) == 0


def test_shapes_that_disagree_are_named():
    with pytest.raises(ValueError, match=r"one shape, got \(1,\) and \(2,\)"):
        largest_difference([1.0], [1.0, 2.0])


def test_a_network_is_left_as_it_was():
    network = MLP([2, 3, 2], "tanh", seed=1)
    before = {name: value.copy() for name, value in network.parameters.items()}
    check_network(network, np.array([[1.0, 2.0]]), np.array([1]))
    for name, value in network.parameters.items():
        np.testing.assert_array_equal(value, before[name])


def test_a_network_whose_way_back_is_wrong_is_caught(monkeypatch):
    network = MLP([2, 3, 2], "tanh", seed=1)
    right = network.layers[1].backward
    monkeypatch.setattr(network.layers[1], "backward", lambda d: 1.01 * right(d))
    checked = check_network(network, np.array([[1.0, 2.0]]), np.array([1]))
    assert checked["weights_1"] > 1e-3 and checked["weights_2"] < 1e-6


def test_a_network_of_float32_is_named():
    with pytest.raises(ValueError, match="weights_1 is float32, too coarse"):
        check_network(MLP([2, 2], dtype=np.float32), np.zeros((1, 2), np.float32), np.array([0]))

"""One neuron: what it decides, how it learns, and what no line can separate."""

import numpy as np
import pytest
import sklearn.linear_model
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from primer import Perceptron, four_quadrants, heaviside, xor

few = settings(max_examples=40)
numbers = st.floats(-10, 10)


@few
@given(hnp.arrays(float, 3, elements=numbers), hnp.arrays(float, (4, 3), elements=numbers), numbers, numbers)
def test_it_is_a_weighted_sum_and_a_step(weights, X, bias, threshold):
    neuron = Perceptron(weights, bias, threshold)
    np.testing.assert_array_equal(neuron.decide(X), heaviside(neuron.total(X) - threshold))
    np.testing.assert_allclose(neuron.total(X), [np.dot(weights, x) + bias for x in X], rtol=1e-12, atol=1e-12)
    assert neuron.decide(X[0]) == neuron.decide(X)[0]


def test_threshold_and_bias_say_the_same():
    X = np.random.default_rng(0).normal(size=(50, 2))
    by_threshold, by_bias = Perceptron([1.0, 2.0], threshold=0.5), Perceptron([1.0, 2.0], bias=-0.5)
    np.testing.assert_array_equal(by_threshold.decide(X), by_bias.decide(X))


def test_it_stays_silent_at_the_threshold_itself():
    assert Perceptron([1.0], threshold=2.0).decide([[2.0], [2.5]]).tolist() == [0, 1]


def test_it_learns_nothing_where_it_is_right():
    neuron = Perceptron([1.0, -1.0], bias=0.5)
    lesson = neuron.learn([3.0, 1.0], 1)
    assert (lesson.total, lesson.decision, lesson.error) == (2.5, 1, 0)
    assert (neuron.weights.tolist(), neuron.bias) == ([1, -1], 0.5)


@pytest.mark.parametrize(("label", "weights", "bias"), [(1, [-0.5, 0.5], 0.5), (0, [-1.0, 0.0], 0.0)])
def test_it_moves_towards_what_it_missed_and_keeps_a_record(label, weights, bias):
    neuron = Perceptron([-1.0, 0.0])
    lesson = neuron.learn([1.0, 1.0], label, learning_rate=0.5)
    assert (neuron.weights.tolist(), neuron.bias, neuron.lessons) == (weights, bias, [lesson])
    assert (lesson.inputs.tolist(), lesson.label, lesson.weights.tolist()) == ([1, 1], label, weights)


def test_a_false_alarm_moves_it_away_and_earlier_lessons_keep_their_weights():
    neuron = Perceptron([1.0, 0.0])
    for x in ([1.0, 1.0], [2.0, -1.0]):
        neuron.learn(x, 0)
    assert [lesson.weights.tolist() for lesson in neuron.lessons] == [[0, -1], [0, -1]]
    assert [lesson.error for lesson in neuron.lessons] == [-1, 0]
    assert neuron.bias == -1


@few
@given(st.integers(0, 10_000))
def test_what_a_line_separates_it_learns_within_novikoffs_bound(seed):
    X, labels = four_quadrants(30, seed=seed, gap=0.1)
    furry = (labels >= 2).astype(int)
    neuron = Perceptron([0.0, 0.0])
    mistakes = neuron.train(X, furry, n_epochs=1000)
    assert mistakes[-1] == 0
    np.testing.assert_array_equal(neuron.decide(X), furry)
    longest = 1 + (X**2).sum(axis=1).max()  # with the 1 that the bias weighs
    assert sum(mistakes) <= longest / 0.1**2
    assert len(neuron.lessons) == 30 * len(mistakes)


def test_scikit_learns_perceptron_ends_at_the_same_weights():
    X, labels = four_quadrants(60, seed=2, gap=0.1)
    furry = (labels >= 2).astype(int)
    theirs = sklearn.linear_model.Perceptron(shuffle=False, tol=None, max_iter=5).fit(X, furry)
    # theirs also learns from a total of exactly 0 when the label is 0, which happens at the first record alone
    first = int(np.flatnonzero(furry)[0])
    order = np.r_[first, np.delete(np.arange(60), first)]
    theirs.fit(X[order], furry[order])
    neuron = Perceptron([0.0, 0.0])
    neuron.train(X[order], furry[order], n_epochs=5)
    np.testing.assert_allclose(neuron.weights, theirs.coef_[0], rtol=1e-12)
    assert neuron.bias == pytest.approx(theirs.intercept_[0])


def test_xor_it_never_learns():
    X, labels = xor(40, seed=1)
    assert 0 not in Perceptron([0.0, 0.0]).train(X, labels, n_epochs=50)


def test_the_callers_weights_are_left_as_they_were():
    weights = np.array([0.0, 0.0])
    Perceptron(weights).learn([1.0, 1.0], 1)
    assert weights.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: Perceptron([[1.0]]), r"one number an input.*got shape \(1, 1\)"),
        (lambda: Perceptron([np.nan]), "weights must be numbers, got nan"),
        (lambda: Perceptron([1.0]).decide([[1.0, 2.0]]), r"must have 1 numbers a record.*got shape \(1, 2\)"),
        (lambda: Perceptron([1.0]).learn([1.0], 2), r"label must lie in 0\.\.1 for 2 classes, got 2"),
        (lambda: Perceptron([1.0]).learn([[1.0]], 1), "one record and one label"),
        (lambda: Perceptron([1.0]).train([[1.0]], [0, 1]), r"got \(1, 1\) and \(2,\)"),
        (lambda: Perceptron([1.0]).train([1.0], [0]), r"got \(1,\) and \(1,\)"),
    ],
)
def test_a_wrong_input_is_named(call, says):
    with pytest.raises(ValueError, match=says):
        call()

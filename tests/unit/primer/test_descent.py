"""Gradient descent: each rule by hand, what a step looks at, and that it arrives."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primer import MLP, GradientDescent, accuracy, batches, descend, four_quadrants, records, train_epoch

few = settings(max_examples=40)


def test_a_plain_step_goes_against_the_slope_in_place():
    w = np.array([1.0, 2.0])
    GradientDescent(0.5).step({"w": w}, {"w": np.array([2.0, -2.0])})
    assert w.tolist() == [0, 3]


def test_momentum_keeps_a_part_of_the_last_move():
    w, descent = np.array([0.0]), GradientDescent(1.0, momentum=0.5)
    places = []
    for _ in range(3):
        descent.step({"w": w}, {"w": np.array([-1.0])})
        places.append(float(w[0]))
    assert places == [1, 2.5, 4.25]  # moves of 1, 1.5, 1.75


def test_the_gradient_is_left_as_it_was():
    d_w = np.array([1.0])
    descent = GradientDescent(1.0, momentum=0.5)
    for _ in range(2):
        descent.step({"w": np.array([0.0])}, {"w": d_w})
    assert d_w.tolist() == [1]


@few
@given(st.floats(0.01, 0.99), st.floats(-5, 5))
def test_on_a_bowl_each_step_shrinks_the_distance_by_the_same_factor(learning_rate, start):
    path = descend(lambda x: 2 * x, start, learning_rate=learning_rate, n_steps=10)
    np.testing.assert_allclose(
        path, start * (1 - 2 * learning_rate) ** np.arange(11), rtol=1e-9, atol=1e-300
    )  # 1 - 2r has lost digits


def test_a_learning_rate_too_large_runs_away_and_raises_nothing():
    path = descend(lambda x: 2 * x, [1.0, -1.0], learning_rate=1e200, n_steps=5)
    assert path.shape == (6, 2) and not np.isfinite(path[-1]).any()


def test_descend_leaves_the_start_as_it_was():
    start = np.array([1.0])
    descend(lambda x: x, start, learning_rate=0.1, n_steps=1, momentum=0.5)
    assert start.tolist() == [1]


def test_a_slope_of_another_shape_is_named():
    with pytest.raises(ValueError, match=r"shape of the point, \(2,\), got \(1,\)"):
        descend(lambda x: np.ones(1), [1.0, 2.0], learning_rate=0.1, n_steps=1)


@pytest.mark.parametrize(
    ("learning_rate", "momentum", "says"),
    [
        (-0.1, 0, "learning_rate must be a number of 0 or above, got -0.1"),
        (np.nan, 0, "got nan"),
        (np.inf, 0, "got inf"),
        (0.1, 1.0, "momentum must be at least 0 and below 1, got 1.0"),
        (0.1, -0.1, "got -0.1"),
    ],
)
def test_a_rate_out_of_range_is_named(learning_rate, momentum, says):
    with pytest.raises(ValueError, match=says):
        GradientDescent(learning_rate, momentum)


@few
@given(st.integers(0, 12), st.integers(1, 15), st.booleans())
def test_batches_bring_every_record_once_with_its_label(n_samples, batch_size, shuffled):
    X, labels = np.arange(n_samples, dtype=float)[:, np.newaxis] * 10, np.arange(n_samples)
    seen = list(batches(X, labels, batch_size, np.random.default_rng(0) if shuffled else None))
    together = [int(label) for _, numbers in seen for label in numbers]
    assert sorted(together) == list(range(n_samples))
    assert shuffled or together == list(range(n_samples))
    assert all((inputs[:, 0] == 10 * numbers).all() for inputs, numbers in seen)
    assert all(len(numbers) == batch_size for _, numbers in seen[:-1])


def test_batches_in_order_are_views_and_cost_no_copy():
    X = np.zeros((4, 2))
    assert all(np.shares_memory(inputs, X) for inputs, _ in batches(X, np.arange(4), 2))


def test_records_come_one_by_one():
    seen = list(records(np.eye(3), np.array([2, 0, 1]), np.random.default_rng(1)))
    assert [inputs.shape for inputs, _ in seen] == [(1, 3)] * 3
    assert sorted(int(label[0]) for _, label in seen) == [0, 1, 2]


def test_batches_that_cannot_be_are_named_at_once():
    with pytest.raises(ValueError, match="got 3 records and 2 labels"):
        batches(np.eye(3), np.arange(2), 1)
    with pytest.raises(ValueError, match="batch_size must be 1 or above, got 0"):
        batches(np.eye(3), np.arange(3), 0)


@pytest.mark.parametrize(("batch_size", "momentum"), [(1, 0.0), (16, 0.9)])
def test_a_network_learns_the_four_quadrants(batch_size, momentum):
    X, labels = four_quadrants(200, seed=3)
    network, descent, rng = MLP([2, 8, 4], seed=1), GradientDescent(0.05, momentum), np.random.default_rng(2)
    first = network.loss(X, labels)
    for _ in range(25):
        losses = train_epoch(network, X, labels, descent, batch_size=batch_size, rng=rng)
    assert len(losses) == -(-200 // batch_size)
    assert network.loss(X, labels) < first / 5
    assert accuracy(network.predict(X), labels) >= 0.97


def test_training_is_the_same_for_the_same_seeds():
    X, labels = four_quadrants(40, scatter=0.1)
    runs = []
    for _ in range(2):
        network = MLP([2, 4, 4], seed=1)
        runs.append(train_epoch(network, X, labels, GradientDescent(0.1), rng=np.random.default_rng(0)))
    assert runs[0] == runs[1]

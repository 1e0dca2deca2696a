"""Dropout: what is left out, when, and what that does to the slopes."""

import numpy as np
import pytest

from primer import Dense, Dropout, Network, ReLU, check_gradient


def network(share):
    rng = np.random.default_rng(4)
    first, last = Dense(rng.normal(size=(3, 40)), np.zeros(40)), Dense(rng.normal(size=(40, 2)), np.zeros(2))
    return Network([first, ReLU(), Dropout(share, seed=5), last])


def test_the_others_speak_louder_so_that_the_mean_stays():
    dropout = Dropout(0.75, seed=1)
    dropout.is_on = True
    outputs = dropout.forward(np.full((200, 200), 3.0))
    assert set(np.unique(outputs)) == {0.0, 12.0}
    assert outputs.mean() == pytest.approx(3, rel=0.02)


def test_each_step_leaves_out_others_and_the_same_seed_the_same():
    one, same = Dropout(0.5, seed=1), Dropout(0.5, seed=1)
    one.is_on = same.is_on = True
    first, second = one.forward(np.ones(99)), one.forward(np.ones(99))
    assert (first != second).any()
    np.testing.assert_array_equal(first, same.forward(np.ones(99)))


def test_the_slope_is_that_of_what_was_left_in():
    dropout, x = Dropout(0.5, seed=2), np.linspace(-1, 1, 12)
    dropout.is_on = True
    dropout.forward(x)
    d_outputs = np.arange(12.0)
    assert check_gradient(lambda x: (x * dropout.factors * d_outputs).sum(), x, dropout.backward(d_outputs)) < 1e-6


def test_a_network_leaves_out_while_it_learns_and_only_then():
    X, labels = np.random.default_rng(3).normal(size=(6, 3)), np.array([0, 1, 0, 1, 1, 0])
    net, whole = network(0.5), network(0.0)
    assert net.loss(X, labels) == whole.loss(X, labels)
    learning, _ = net.loss_and_gradients(X, labels)
    assert learning != pytest.approx(net.loss(X, labels))
    assert net.loss(X, labels) == whole.loss(X, labels) == whole.loss_and_gradients(X, labels)[0]


def test_an_error_on_the_way_does_not_leave_it_on():
    net = network(0.5)
    with pytest.raises(ValueError, match="must have 3 numbers a record"):
        net.loss_and_gradients(np.zeros((2, 4)), np.array([0, 1]))
    assert not net.layers[2].is_on


@pytest.mark.parametrize("share", [-0.1, 1.0, np.nan])
def test_a_share_out_of_range_is_named(share):
    with pytest.raises(ValueError, match=r"share must be at least 0 and below 1, got .*; try 0\.5"):
        Dropout(share)


def test_a_network_that_ends_without_weights_is_named():
    with pytest.raises(ValueError, match="to give the logits, got ReLU; end with a Dense"):
        Network([ReLU()])
    with pytest.raises(ValueError, match="got no layer"):
        Network([])

"""Layers and MLP: against PyTorch's table, finite differences and the library's own functions."""

import json
from pathlib import Path

import numpy as np
import pytest

import primer
from primer import MLP, Dense, GradientDescent, Linear, ReLU, Sigmoid, Tanh, check_gradient, check_network

NETWORKS = json.loads((Path(__file__).parents[2] / "oracles" / "pytorch.json").read_text(encoding="utf-8"))["networks"]
LAYERS = {"relu": (ReLU, primer.relu), "tanh": (Tanh, primer.tanh), "sigmoid": (Sigmoid, primer.sigmoid)}


@pytest.fixture
def rng():
    return np.random.default_rng(7)


@pytest.mark.parametrize("case", NETWORKS, ids=lambda case: case["activation"])
def test_pytorch_computes_and_learns_the_same(case):
    network = MLP(case["sizes"], case["activation"])
    network.set_parameters(case["start"])
    X, labels = np.array(case["X"]), np.array(case["labels"])
    np.testing.assert_allclose(network.forward(X), case["logits"], rtol=1e-12)
    descent = GradientDescent(0.1, momentum=0.9)
    for step, expected in enumerate(case["losses"]):
        loss, gradients = network.loss_and_gradients(X, labels)
        assert loss == pytest.approx(expected, rel=1e-12)
        if not step:
            for name, gradient in case["gradients"].items():
                np.testing.assert_allclose(gradients[name], gradient, rtol=1e-11, atol=1e-15, err_msg=name)
        descent.step(network.parameters, gradients)
    for name, parameter in case["end"].items():
        np.testing.assert_allclose(network.parameters[name], parameter, rtol=1e-11, err_msg=name)


class TestLayers:
    @pytest.mark.parametrize("shape", [(3,), (5, 3)])
    def test_dense_weighs_adds_and_hands_back_the_slope_that_trying_finds(self, rng, shape):
        weights, bias, inputs = rng.normal(size=(3, 2)), rng.normal(size=2), rng.normal(size=shape)
        dense = Dense(weights, bias)
        outputs = dense.forward(inputs)
        np.testing.assert_allclose(outputs, np.einsum("...i,ij->...j", inputs, weights) + bias, rtol=1e-13)
        d_outputs = rng.normal(size=outputs.shape)
        d_inputs = dense.backward(d_outputs)

        def total(weights, bias, inputs):
            return (Dense(weights, bias).forward(inputs) * d_outputs).sum()

        assert check_gradient(lambda w: total(w, bias, inputs), weights, dense.d_weights) < 1e-8
        assert check_gradient(lambda b: total(weights, b, inputs), bias, dense.d_bias) < 1e-8
        assert check_gradient(lambda x: total(weights, bias, x), inputs, d_inputs) < 1e-8

    @pytest.mark.parametrize("name", LAYERS)
    def test_an_activation_layer_is_the_function_of_that_name(self, rng, name):
        layer, function = LAYERS[name][0](), LAYERS[name][1]
        x = rng.normal(0, 3, (4, 5))
        np.testing.assert_allclose(layer.forward(x), function(x), rtol=1e-12, atol=1e-16)
        d_outputs = rng.normal(size=x.shape)
        assert check_gradient(lambda x: (function(x) * d_outputs).sum(), x, layer.backward(d_outputs)) < 1e-6

    def test_linear_changes_nothing(self, rng):
        x = rng.normal(size=3)
        assert Linear().forward(x) is x and Linear().backward(x) is x

    def test_a_sigmoid_layer_far_out_does_not_overflow(self):
        assert Sigmoid().forward(np.float32([-1e30, 0, 1e30])).tolist() == [0, 0.5, 1]

    @pytest.mark.parametrize(
        ("weights", "bias", "says"),
        [
            ([1.0, 2.0], [0.0], r"got \(2,\) and \(1,\)"),
            ([[1.0], [2.0]], [0.0, 0.0], r"give each neuron a column and a bias"),
            ([[np.nan]], [0.0], "weights must be numbers, got nan"),
        ],
    )
    def test_shapes_that_do_not_fit_are_named(self, weights, bias, says):
        with pytest.raises(ValueError, match=says):
            Dense(weights, bias)

    def test_inputs_that_do_not_fit_are_named(self):
        with pytest.raises(ValueError, match=r"must have 2 numbers a record.*got shape \(4, 3\)"):
            Dense([[1.0], [2.0]], [0.0]).forward(np.zeros((4, 3)))

    def test_first_weights_have_the_spread_of_their_papers(self, rng):
        assert primer.he_weights(200, 300, rng).std() == pytest.approx(np.sqrt(2 / 200), rel=0.02)
        weights = primer.glorot_weights(200, 300, rng)
        assert np.abs(weights).max() <= np.sqrt(6 / 500)
        assert weights.std() == pytest.approx(np.sqrt(2 / 500), rel=0.02)


class TestMLP:
    @pytest.mark.parametrize("activation", primer.ACTIVATIONS)
    def test_its_gradients_are_the_slopes_that_trying_finds(self, rng, activation):
        network = MLP([3, 4, 5, 3], activation, seed=2)
        network.set_parameters({"bias_1": rng.normal(size=4), "bias_2": rng.normal(size=5)})  # off the kinks of relu
        checked = check_network(network, rng.normal(size=(6, 3)), rng.integers(0, 3, 6))
        assert list(checked) == ["weights_1", "bias_1", "weights_2", "bias_2", "weights_3", "bias_3"]
        assert max(checked.values()) < 1e-6

    def test_its_input_gradient_is_the_slope_that_trying_finds(self, rng):
        network, X, labels = MLP([3, 4, 2], "tanh", seed=2), rng.normal(size=(5, 3)), np.array([0, 1, 1, 0, 1])
        d_X = network.input_gradient(primer.cross_entropy_gradient(network.forward(X), labels))
        assert check_gradient(lambda X: network.loss(X, labels), X, d_X) < 1e-6

    def test_its_loss_is_the_cross_entropy_of_its_logits(self, rng):
        network, X, labels = MLP([3, 4, 2], seed=2), rng.normal(size=(5, 3)), np.array([0, 1, 1, 0, 1])
        expected = primer.cross_entropy(network.forward(X), labels)
        assert network.loss(X, labels) == pytest.approx(expected, rel=1e-13)
        assert network.loss_and_gradients(X, labels)[0] == network.loss(X, labels)

    def test_the_same_seed_gives_the_same_network_and_a_generator_may_stand_for_it(self):
        same, other = MLP([2, 3, 2], seed=5), MLP([2, 3, 2], seed=6)
        for name, value in MLP([2, 3, 2], seed=5).parameters.items():
            np.testing.assert_array_equal(value, same.parameters[name])
        assert (same.parameters["weights_1"] != other.parameters["weights_1"]).all()
        a, b = (MLP([2, 3, 2], seed=np.random.default_rng(5)) for _ in range(2))
        np.testing.assert_array_equal(a.dense[0].weights, b.dense[0].weights)

    def test_parameters_are_the_networks_own_arrays(self):
        network = MLP([2, 2])
        network.parameters["bias_1"][0] = 5.0
        assert network.forward(np.zeros(2)).tolist() == [5, 0]

    def test_float32_stays_float32_in_every_array_of_a_training_step(self, rng):
        network = MLP([3, 4, 2], "sigmoid", dtype=np.float32)
        X = rng.normal(size=(8, 3)).astype(np.float32)
        descent = GradientDescent(np.float64(0.1), momentum=np.float64(0.9))
        for _ in range(2):
            loss, gradients = network.loss_and_gradients(X, np.arange(8) % 2)
            descent.step(network.parameters, gradients)
        arrays = [*network.parameters.values(), *gradients.values(), *descent.velocities.values()]
        assert {array.dtype for array in [*arrays, network.forward(X), network.predict_probs(X)]} == {np.dtype("f4")}
        assert type(loss) is float

    def test_one_record_is_predicted_like_a_batch(self, rng):
        network, X = MLP([3, 4, 2], seed=1), rng.normal(size=(5, 3))
        np.testing.assert_allclose([network.predict_probs(x) for x in X], network.predict_probs(X), rtol=1e-12)
        assert [int(network.predict(x)) for x in X] == network.predict(X).tolist()
        np.testing.assert_allclose(network.predict_probs(X).sum(axis=1), 1, rtol=1e-14)

    def test_none_cost_nothing_and_get_no_prediction(self):
        network = MLP([3, 2])
        assert network.loss(np.empty((0, 3)), []) == 0
        assert network.predict(np.empty((0, 3))).shape == (0,)

    def test_numbers_that_ran_away_show_as_nan_and_raise_nothing(self):
        network = MLP([2, 3, 2], "linear")
        network.parameters["weights_1"][:] = np.nan
        with np.errstate(all="ignore"):
            loss, gradients = network.loss_and_gradients(np.ones((1, 2)), np.array([0]))
        assert np.isnan(loss) and np.isnan(gradients["weights_2"]).all()

    def test_set_parameters_copies_and_changes_nothing_when_one_is_wrong(self):
        network, other = MLP([2, 3, 2], seed=1), MLP([2, 3, 2], seed=2)
        network.set_parameters(other.parameters)
        np.testing.assert_array_equal(network.parameters["weights_2"], other.parameters["weights_2"])
        assert not np.shares_memory(network.parameters["weights_2"], other.parameters["weights_2"])
        for wrong, says in (
            ({"bias_9": [1.0]}, "no parameter is called 'bias_9'; this network has weights_1, bias_1"),
            ({"bias_2": [1.0]}, r"bias_2 must have shape \(2,\), got \(1,\)"),
            ({"bias_2": [np.nan, 0.0]}, "bias_2 must be numbers, got nan"),
        ):
            with pytest.raises(ValueError, match=says):
                network.set_parameters({"bias_1": [9.0, 9.0, 9.0], **wrong})
        assert network.parameters["bias_1"].tolist() == [0, 0, 0]

    @pytest.mark.parametrize("sizes", [[], [2], [2, 0, 2], [2, 1.5, 2], [-1, 2]])
    def test_sizes_that_are_none_are_named(self, sizes):
        with pytest.raises(ValueError, match=r"sizes must be at least two whole numbers.*try \[2, 8, 4\]"):
            MLP(sizes)

    def test_an_unknown_activation_is_named(self):
        with pytest.raises(ValueError, match="unknown activation 'step'; known: relu, tanh, sigmoid, linear"):
            MLP([2, 2], "step")

    @pytest.mark.parametrize(
        ("X", "labels"),
        [(np.zeros(2), np.array(0)), (np.zeros((3, 2)), np.array([0])), (np.zeros((0, 2)), np.array([]))],
    )
    def test_a_batch_that_cannot_be_learned_from_is_named(self, X, labels):
        with pytest.raises(ValueError, match=r"X must have shape \(n_samples, n_in\).*at least one record"):
            MLP([2, 2]).loss_and_gradients(X, labels)

    def test_labels_that_do_not_fit_are_named(self):
        with pytest.raises(ValueError, match=r"must lie in 0\.\.1 for 2 classes, got 2"):
            MLP([2, 2]).loss(np.zeros((1, 2)), [2])
        with pytest.raises(ValueError, match=r"got \(1, 2\) and \(2,\)"):
            MLP([2, 2]).loss(np.zeros((1, 2)), [0, 1])

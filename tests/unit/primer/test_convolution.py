"""Convolution, pooling and the layers around them: against PyTorch's table, finite differences and plain loops."""

import json
from pathlib import Path

import numpy as np
import pytest

from primer import (
    AsPictures,
    AsRows,
    Convolution,
    Dense,
    MaxPool,
    Network,
    ReLU,
    check_gradient,
    check_network,
    first_kernels,
    slide,
)

TABLE = json.loads((Path(__file__).parents[2] / "oracles" / "pytorch.json").read_text(encoding="utf-8"))


@pytest.fixture
def rng():
    return np.random.default_rng(8)


def ours(pictures):
    """Pictures in PyTorch's order, (n, channels, height, width), in that of our layers."""
    return np.array(pictures).transpose(2, 3, 1, 0)


@pytest.mark.parametrize("case", TABLE["convolutions"], ids=lambda case: f"pool {case['pool']}")
def test_pytorch_slides_pools_and_hands_back_the_same(case):
    layers = [Convolution(case["weights"], case["bias"])] + ([MaxPool(case["pool"])] if case["pool"] else [])
    outputs, d_inputs = ours(case["inputs"]), ours(case["d_outputs"])
    for layer in layers:
        outputs = layer.forward(outputs)
    np.testing.assert_allclose(outputs, ours(case["outputs"]), rtol=1e-12, atol=1e-14)
    for layer in reversed(layers):
        d_inputs = layer.backward(d_inputs)
    np.testing.assert_allclose(d_inputs, ours(case["gradients"]["inputs"]), rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(layers[0].d_weights, case["gradients"]["weights"], rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(layers[0].d_bias, case["gradients"]["bias"], rtol=1e-12, atol=1e-14)


def test_a_layer_slides_as_slide_does_over_each_picture(rng):
    pictures, kernels = rng.normal(size=(3, 30)), rng.normal(size=(2, 1, 3, 3))
    found = Convolution(kernels, [0.0, 1.0]).forward(AsPictures(5, 6).forward(pictures))  # (3, 4, 2, 3)
    for n, picture in enumerate(pictures.reshape(3, 5, 6)):
        for o in range(2):
            np.testing.assert_allclose(found[:, :, o, n], slide(picture, kernels[o, 0]) + o, rtol=1e-12)


def test_slide_multiplies_and_adds_at_every_place(rng):
    picture, kernel = rng.normal(size=(4, 5)), rng.normal(size=(2, 3))
    by_hand = [[(picture[r : r + 2, c : c + 3] * kernel).sum() for c in range(3)] for r in range(3)]
    np.testing.assert_allclose(slide(picture, kernel), by_hand, rtol=1e-12)


def test_what_moves_in_the_picture_moves_in_what_is_found(rng):
    kernel, pattern = rng.normal(size=(3, 3)), rng.normal(size=(4, 4))
    here, there = np.zeros((12, 12)), np.zeros((12, 12))
    here[3:7, 2:6] = there[5:9, 4:8] = pattern
    np.testing.assert_allclose(slide(there, kernel)[2:, 2:], slide(here, kernel)[:-2, :-2], rtol=1e-12)


def test_a_whole_network_has_the_slopes_that_trying_finds(rng):
    network = Network(
        [
            AsPictures(7, 6),
            Convolution(first_kernels(1, 2, 2, rng), rng.normal(size=2)),
            MaxPool(2),
            ReLU(),
            Convolution(first_kernels(2, 3, 2, rng), rng.normal(size=3)),
            ReLU(),
            AsRows(),
            Dense(rng.normal(size=(6, 4)), rng.normal(size=4)),
        ]
    )
    X, labels = rng.normal(size=(5, 42)), np.array([0, 1, 2, 3, 0])
    checked = check_network(network, X, labels)
    assert list(checked) == ["weights_1", "bias_1", "weights_2", "bias_2", "weights_3", "bias_3"]
    assert max(checked.values()) < 1e-6

    def loss(X):
        return network.loss(X, labels)

    probs = network.predict_probs(X)
    d_X = network.input_gradient((probs - np.eye(4)[labels]) / 5)
    assert check_gradient(loss, X, d_X) < 1e-6


def test_of_equal_numbers_the_first_alone_gets_the_slope():
    pool = MaxPool(2)
    pool.forward(np.ones((2, 2, 1, 1)))
    assert pool.backward(np.full((1, 1, 1, 1), 3.0))[:, :, 0, 0].tolist() == [[3, 0], [0, 0]]


def test_what_fills_no_square_is_left_out_and_gets_no_slope():
    pool = MaxPool(2)
    assert pool.forward(np.arange(15.0).reshape(3, 5, 1, 1))[:, :, 0, 0].tolist() == [[6, 8]]
    d_inputs = pool.backward(np.ones((1, 2, 1, 1)))[:, :, 0, 0]
    assert d_inputs.tolist() == [[0, 0, 0, 0, 0], [0, 1, 0, 1, 0], [0, 0, 0, 0, 0]]


def test_rows_come_back_as_they_were(rng):
    X = rng.normal(size=(3, 20))
    as_pictures, as_rows = AsPictures(4, 5), AsRows()
    assert as_pictures.forward(X)[1, 2, 0].tolist() == X[:, 7].tolist()
    np.testing.assert_array_equal(as_rows.forward(as_pictures.forward(X)), X)
    np.testing.assert_array_equal(as_pictures.backward(as_rows.backward(X)), X)


def test_first_kernels_have_the_spread_of_their_paper(rng):
    kernels = first_kernels(3, 400, 5, rng)
    assert kernels.shape == (400, 3, 5, 5)
    assert kernels.std() == pytest.approx(np.sqrt(2 / 75), rel=0.02)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: slide(np.zeros((2, 2)), np.zeros((3, 1))), r"not larger, got \(2, 2\) and \(3, 1\)"),
        (lambda: slide(np.zeros(4), np.zeros((1, 1))), r"picture must have shape \(height, width\)"),
        (lambda: AsPictures(0, 3), "whole numbers of 1 or above, got 0 and 3"),
        (lambda: AsPictures(4, 5).forward(np.zeros((2, 21))), r"\(n_pictures, 20\).*got \(2, 21\)"),
        (lambda: AsPictures(4, 5).forward(np.zeros(20)), r"for one picture, give X\[i : i \+ 1\]"),
        (lambda: Convolution(np.zeros((2, 1, 3, 2)), np.zeros(2)), r"got \(2, 1, 3, 2\) and \(2,\)"),
        (lambda: Convolution(np.zeros((2, 1, 3, 3)), np.zeros(3)), "give each square window a bias"),
        (lambda: Convolution(np.zeros((1, 1, 3, 3)), [0]).forward(np.zeros((2, 5, 1, 1))), "with 3 pixels or more"),
        (lambda: Convolution(np.zeros((1, 2, 1, 1)), [0]).forward(np.zeros((2, 5, 1, 1))), r"width, 2, n_pictures\)"),
        (lambda: MaxPool(0), "size must be a whole number of 1 or above, got 0; try 2"),
        (lambda: MaxPool(3).forward(np.zeros((2, 5, 1, 1))), "with 3 pixels or more each way"),
    ],
)
def test_what_does_not_fit_is_named(make, says):
    with pytest.raises(ValueError, match=says):
        make()

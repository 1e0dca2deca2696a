"""Adam: against PyTorch's table, and what its step is known for."""

import json
from pathlib import Path

import numpy as np
import pytest

from primer import MLP, Adam, GradientDescent, four_quadrants, train_epoch, walk

DESCENTS = json.loads((Path(__file__).parents[2] / "oracles" / "pytorch.json").read_text(encoding="utf-8"))["descents"]


@pytest.mark.parametrize("case", DESCENTS, ids=lambda case: case["optimiser"])
def test_pytorch_walks_the_same_way(case):
    options = case["options"]
    descent = (
        Adam(options["lr"], *options["betas"], options["eps"])
        if case["optimiser"] == "Adam"
        else GradientDescent(options["lr"], options["momentum"])
    )
    path = walk(lambda place: place * [20, 1], case["path"][0], descent, len(case["path"]) - 1)
    np.testing.assert_allclose(path, case["path"], rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("slope", [1e-3, 1.0, -1e6])
def test_its_first_step_is_the_learning_rate_whatever_the_slope(slope):
    parameters = {"w": np.array([0.0])}
    Adam(0.1).step(parameters, {"w": np.array([slope])})
    assert parameters["w"][0] == pytest.approx(-0.1 * np.sign(slope), rel=1e-4)


def test_the_gradient_is_left_as_it_was_and_float32_stays():
    parameters, gradients = {"w": np.float32([1, 2])}, {"w": np.float32([3, -4])}
    adam = Adam(0.5)
    for _ in range(2):
        adam.step(parameters, gradients)
    assert gradients["w"].tolist() == [3, -4]
    assert {one["w"].dtype for one in (parameters, adam.means, adam.squares)} == {np.dtype("f4")}
    assert adam.n_steps == 2


def test_a_network_learns_the_four_quadrants_by_it():
    X, labels = four_quadrants(200, seed=3)
    network, adam, rng = MLP([2, 8, 4], seed=1), Adam(0.02), np.random.default_rng(2)
    first = network.loss(X, labels)
    for _ in range(25):
        train_epoch(network, X, labels, adam, batch_size=16, rng=rng)
    assert network.loss(X, labels) < first / 5


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"learning_rate": -1}, "learning_rate must be a number of 0 or above, got -1; try 0.001"),
        ({"learning_rate": np.nan}, "got nan"),
        ({"beta_1": 1.0}, "beta_1 must be at least 0 and below 1, got 1; try 0.9"),
        ({"beta_2": -0.1}, "beta_2 must be at least 0 and below 1, got -0.1; try 0.999"),
        ({"epsilon": 0}, "epsilon must be a number above 0, got 0; try 1e-8"),
    ],
)
def test_a_number_out_of_range_is_named(options, says):
    with pytest.raises(ValueError, match=says):
        Adam(**options)

"""The same training in Pyodide as here, and that what the bench compares does the same work."""

import json

import numpy as np
import pytest

from primer import MLP
from tools.base import node, places
from tools.base.errors import ToolError
from tools.bench.speed import ScalarNetwork
from tools.bench.training import in_pyodide

ORACLES = places.ROOT / "tests" / "oracles"


def test_pyodide_finds_the_first_fifty_losses_that_are_committed():
    node.install()
    found = json.loads(in_pyodide(ORACLES / "first_losses.py"))
    committed = json.loads((ORACLES / "first_losses.json").read_text())
    assert {**found, "losses": None} == {**committed, "losses": None}
    np.testing.assert_allclose(found["losses"], committed["losses"], rtol=0, atol=1e-9)


def test_a_program_that_fails_there_is_told(tmp_path):
    program = tmp_path / "broken.py"
    program.write_text("1 / 0")
    with pytest.raises(ToolError, match=r"broken\.py failed in Pyodide: .*"):
        in_pyodide(program)


def test_plain_python_learns_the_same_as_the_network():
    network = MLP([5, 4, 3], seed=1)
    plain = ScalarNetwork([(dense.weights.tolist(), dense.bias.tolist()) for dense in network.dense])
    row = np.random.default_rng(2).normal(size=(1, 5))
    for _ in range(3):
        loss, gradients = network.loss_and_gradients(row, np.array([2]))
        assert plain.step(row[0].tolist(), 2, 0.1) == pytest.approx(loss, rel=1e-12)
        for name, value in network.parameters.items():
            value -= 0.1 * gradients[name]

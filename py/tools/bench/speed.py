"""How fast a network learns, beside its matrix products alone and beside plain Python: run by speed.mjs in Pyodide.

Everything takes turns in one run and the best of several turns counts, so that a busy machine slows all alike.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np

from primer import AsPictures, AsRows, Convolution, Dense, GradientDescent, MaxPool, Network, ReLU
from primer.convolution import first_kernels
from primer.labs.training import Training
from primer.layers import glorot_weights
from primer.pictures.camera import SIZE, split


class Scalar:
    """One number that remembers what it was computed from, as automatic differentiation without arrays has it."""

    __slots__ = ("parents", "slope", "slopes", "value")

    def __init__(self, value: float, parents: tuple[Scalar, ...] = (), slopes: tuple[float, ...] = ()) -> None:
        self.value, self.parents, self.slopes, self.slope = value, parents, slopes, 0.0

    def __add__(self, other: Scalar) -> Scalar:
        return Scalar(self.value + other.value, (self, other), (1.0, 1.0))

    def __mul__(self, other: Scalar) -> Scalar:
        return Scalar(self.value * other.value, (self, other), (other.value, self.value))

    def relu(self) -> Scalar:
        """The number above 0, else 0."""
        return Scalar(max(self.value, 0.0), (self,), (float(self.value > 0),))

    def backward(self) -> None:
        """Hand the slope back to all that this number was computed from."""
        order: list[Scalar] = []
        seen: set[int] = set()
        todo: list[tuple[Scalar, Iterator[Scalar]]] = [(self, iter(self.parents))]
        while todo:
            node, parents = todo[-1]
            parent = next(parents, None)
            if parent is None:
                order.append(todo.pop()[0])
            elif id(parent) not in seen:
                seen.add(id(parent))
                todo.append((parent, iter(parent.parents)))
        self.slope = 1.0
        for node in reversed(order):
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                parent.slope += slope * node.slope


class ScalarNetwork:
    """Dense layers with ReLU between them, of one number at a time."""

    def __init__(self, parameters: list[tuple[list[list[float]], list[float]]]) -> None:
        self.layers = [
            ([[Scalar(w) for w in column] for column in zip(*weights, strict=True)], [Scalar(b) for b in bias])
            for weights, bias in parameters
        ]

    def step(self, row: list[float], label: int, learning_rate: float) -> float:
        """Learn from one picture; return its loss before."""
        signals = [Scalar(x) for x in row]
        for i, (columns, bias) in enumerate(self.layers):
            sums = []
            for column, b in zip(columns, bias, strict=True):
                total = b
                for weight, signal in zip(column, signals, strict=True):
                    total = total + weight * signal
                sums.append(total)
            signals = sums if i == len(self.layers) - 1 else [total.relu() for total in sums]
        most = max(logit.value for logit in signals)
        shares = [math.exp(logit.value - most) for logit in signals]
        loss = math.log(sum(shares)) + most - signals[label].value
        slopes = tuple(share / sum(shares) - (k == label) for k, share in enumerate(shares))
        Scalar(loss, tuple(signals), slopes).backward()
        for columns, bias in self.layers:
            for parameter in [*(weight for column in columns for weight in column), *bias]:
                parameter.value -= learning_rate * parameter.slope
                parameter.slope = 0.0
        return loss


_TURNS = 10
"""Steps in a round: short ones, so that another program does not fall into all of them."""
_PLAIN = 3
"""Rounds in which plain Python has a turn: one lasts for a second."""


def measure(rounds: int = 12) -> dict[str, float]:
    """Take turns, and say how long the best turn of each took.

    Returns
    -------
    dict of str to float
        ``step_ms`` and ``products_ms``: one training step, and its matrix products alone. ``step_ratio``: the first
        by the second. ``gflops`` of the products. ``pictures_per_second`` while training. ``plain_ms``: one picture
        in plain Python. ``plain_ratio``: how many times as long as one picture of a step. ``same_loss``: how far the
        losses of the two ways on the same picture lie apart.
    """
    training = Training(split(1024, 1).train, n_epochs=10_000)
    network, n_pictures = training.network, training.batch_size
    products = _products(network.sizes, n_pictures, network.dense[0].weights.dtype)
    plain = ScalarNetwork([(dense.weights.tolist(), dense.bias.tolist()) for dense in network.dense])
    first = training.X[:1], training.labels[:1]
    expected, _ = network.loss_and_gradients(*first)

    def all_products() -> None:
        for a, b in products:
            a @ b

    found: list[float] = []
    row, label = first[0][0].tolist(), int(first[1][0])

    def one_in_plain_python() -> None:
        found.append(plain.step(row, label, learning_rate=1e-3))

    taken: dict[str, list[float]] = {"step": [], "products": [], "plain": []}
    for number in range(rounds):
        for _ in range(_TURNS):
            taken["step"].append(_milliseconds(training.step))
            taken["products"].append(_milliseconds(all_products))
        if number < _PLAIN:
            taken["plain"].append(_milliseconds(one_in_plain_python))
    step, product, one = (min(taken[name]) for name in ("step", "products", "plain"))
    operations = sum(2 * a.shape[0] * a.shape[1] * b.shape[1] for a, b in products)
    return {
        "step_ms": step,
        "products_ms": product,
        "step_ratio": step / product,
        "gflops": operations / product / 1e6,
        "pictures_per_second": 1000 * n_pictures / step,
        "plain_ms": one,
        "plain_ratio": one / (step / n_pictures),
        "same_loss": abs(found[0] - expected),
    }


def measure_convolution(rounds: int = 12) -> dict[str, float]:
    """As `measure`, of the convolutional network in site/today.md.

    Returns
    -------
    dict of str to float
        ``convolution_ratio``: a training step by its matrix products alone. ``convolution_gflops`` of the products.
        ``convolved_per_second``: pictures while training.
    """
    n, n_kernels, size = 64, 8, 5
    side = SIZE - size + 1
    rng, n_rows = np.random.default_rng(0), n_kernels * (side // 2) ** 2
    X, labels = rng.normal(size=(n, SIZE * SIZE)), rng.integers(0, 4, n)
    convolution = Convolution(first_kernels(1, n_kernels, size, rng), np.zeros(n_kernels))
    dense = Dense(glorot_weights(n_rows, 4, rng), np.zeros(4))
    network = Network([AsPictures(SIZE, SIZE), convolution, MaxPool(2), ReLU(), AsRows(), dense])
    descent = GradientDescent(1e-6, momentum=0.9)
    weights, seen = rng.normal(size=(n_kernels, size * size)), rng.normal(size=(side, side, size * size, n))
    d_sums, last = rng.normal(size=(side, side, n_kernels, n)), _products([1, n_rows, 4], n, np.dtype(np.float64))[2:]
    factors = [(weights, seen), (d_sums, seen.swapaxes(2, 3)), *last]

    def step() -> None:
        descent.step(network.parameters, network.loss_and_gradients(X, labels)[1])

    def all_products() -> None:
        for a, b in factors:
            a @ b

    taken: dict[str, list[float]] = {"step": [], "products": []}
    for _ in range(rounds * _TURNS):
        taken["step"].append(_milliseconds(step))
        taken["products"].append(_milliseconds(all_products))
    one, product = min(taken["step"]), min(taken["products"])
    operations = 2 * n * (2 * side * side * n_kernels * size * size + 3 * n_rows * 4)
    return {
        "convolution_ratio": one / product,
        "convolution_gflops": operations / product / 1e6,
        "convolved_per_second": 1000 * n / one,
    }


def _products(sizes: list[int], n: int, dtype: np.dtype[np.floating]) -> list[tuple[np.ndarray, np.ndarray]]:
    """The factors of every matrix product of a step: forwards, to the weights, and back to the layer before."""
    rng = np.random.default_rng(0)
    found = []
    for i, (n_in, n_out) in enumerate(pairwise(sizes)):
        X, weights, d = (rng.normal(size=shape).astype(dtype) for shape in ((n, n_in), (n_in, n_out), (n, n_out)))
        found += [(X, weights), (X.T, d)]
        if i:
            found.append((d, weights.T))
    return found


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    print(json.dumps(measure() | measure_convolution()))

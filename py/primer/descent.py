r"""Gradient descent: small steps downhill, with or without momentum, and what each step looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from primer.arrays import Floats, Integers, as_floats
from primer.network import Network


class Descent(Protocol):
    """A way of going downhill: `GradientDescent`, `Adam`."""

    def step(self, parameters: Mapping[str, Floats], gradients: Mapping[str, Floats]) -> None:
        """Change `parameters` in place, each by the gradient of the same name."""
        ...


class GradientDescent:
    r"""Move each parameter against its slope.

    .. math:: v \leftarrow \mu v + \frac{\partial L}{\partial w}, \qquad w \leftarrow w - \eta v

    Without momentum (:math:`\mu = 0`) :math:`v` is the slope itself. Polyak, *Some methods of speeding
    up the convergence of iteration methods* (1964), in the form that PyTorch uses.

    Parameters
    ----------
    learning_rate : float
        :math:`\eta`, 0 or above: how far to go.
    momentum : float
        :math:`\mu`, from 0 to below 1: how much of the last move is kept.

    Attributes
    ----------
    velocities : dict of str to ndarray
        :math:`v` of each parameter, by name; empty without momentum.

    Raises
    ------
    ValueError
        If the learning rate or the momentum is out of range.

    Examples
    --------
    >>> parameters = {"w": np.array([1.0])}
    >>> GradientDescent(0.1).step(parameters, {"w": np.array([2.0])})
    >>> parameters
    {'w': array([0.8])}
    """

    def __init__(self, learning_rate: float, momentum: float = 0.0) -> None:
        self.learning_rate, self.momentum = float(learning_rate), float(momentum)
        if not 0 <= self.learning_rate < np.inf:
            raise ValueError(f"learning_rate must be a number of 0 or above, got {learning_rate}; try 0.1")
        if not 0 <= self.momentum < 1:
            raise ValueError(f"momentum must be at least 0 and below 1, got {momentum}; try 0.9")
        self.velocities: dict[str, Floats] = {}

    def step(self, parameters: Mapping[str, Floats], gradients: Mapping[str, Floats]) -> None:
        """Change `parameters` in place, each by the gradient of the same name."""
        for name, value in parameters.items():
            change = gradients[name]
            if self.momentum:
                if name not in self.velocities:
                    self.velocities[name] = np.zeros_like(value)
                velocity = self.velocities[name]
                velocity *= self.momentum
                velocity += change
                change = velocity
            value -= self.learning_rate * change


def records(X: Floats, labels: Integers, rng: np.random.Generator | None = None) -> Iterator[tuple[Floats, Integers]]:
    """One record at a time, as the article does it: each a batch of one.

    Parameters
    ----------
    X : ndarray, shape (n_samples, n_in)
    labels : ndarray of int, shape (n_samples,)
    rng : numpy.random.Generator, optional
        Shuffles first; without it they come in order.

    Yields
    ------
    tuple of ndarray
        Shapes (1, n_in) and (1,).

    Examples
    --------
    >>> [label.tolist() for _, label in records(np.zeros((3, 2)), np.array([0, 2, 1]))]
    [[0], [2], [1]]
    """
    return batches(X, labels, 1, rng)


def batches(
    X: Floats, labels: Integers, batch_size: int, rng: np.random.Generator | None = None
) -> Iterator[tuple[Floats, Integers]]:
    """Every record once, `batch_size` at a time; the last batch holds what is left.

    Parameters are those of `records`.

    Raises
    ------
    ValueError
        If X and labels differ in length, or `batch_size` is below 1.

    Examples
    --------
    >>> [len(label) for _, label in batches(np.zeros((5, 2)), np.arange(5), 2, np.random.default_rng(0))]
    [2, 2, 1]
    """
    if len(X) != len(labels):
        raise ValueError(f"X and labels must be of one length, got {len(X)} records and {len(labels)} labels")
    if batch_size < 1:
        raise ValueError(f"batch_size must be 1 or above, got {batch_size}")
    return _batches(X, labels, int(batch_size), rng)


def _batches(
    X: Floats, labels: Integers, batch_size: int, rng: np.random.Generator | None
) -> Iterator[tuple[Floats, Integers]]:
    order = None if rng is None else rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        part = slice(start, start + batch_size)
        chosen = part if order is None else order[part]  # in order, a slice costs no copy
        yield X[chosen], labels[chosen]


def train_epoch(
    network: Network,
    X: Floats,
    labels: Integers,
    descent: Descent,
    *,
    batch_size: int = 1,
    rng: np.random.Generator | None = None,
) -> list[float]:
    """Show the network every record once, and let it learn after each batch.

    Parameters
    ----------
    network : Network
        Changed in place.
    X, labels, batch_size, rng
        As for `batches`. `X` in the width of the network: float32 for a float32 network.
    descent : GradientDescent or Adam

    Returns
    -------
    list of float
        The loss of each batch before its step, in nats.
    """
    losses = []
    for inputs, numbers in batches(X, labels, batch_size, rng):
        loss, gradients = network.loss_and_gradients(inputs, numbers)
        descent.step(network.parameters, gradients)
        losses.append(loss)
    return losses


def descend(
    slope: Callable[[Floats], ArrayLike],
    start: ArrayLike,
    *,
    learning_rate: float,
    n_steps: int,
    momentum: float = 0.0,
) -> Floats:
    """Walk down any function whose slope is known, and return the path.

    Parameters
    ----------
    slope : callable
        Takes a point, returns the slope there, in the same shape.
    start : array_like, any shape
        Where to begin: one number or many.
    learning_rate, momentum
        As for `GradientDescent`.
    n_steps : int
        How many steps to take.

    Returns
    -------
    ndarray, shape (n_steps + 1, …)
        The start and the point after each step. A learning rate too large runs away to ``inf``.

    Raises
    ------
    ValueError
        If the slope has another shape than the point.

    Examples
    --------
    >>> descend(lambda x: 2 * x, 1.0, learning_rate=0.25, n_steps=3)
    array([1.   , 0.5  , 0.25 , 0.125])
    """
    return walk(slope, start, GradientDescent(learning_rate, momentum), n_steps)


def walk(slope: Callable[[Floats], ArrayLike], start: ArrayLike, descent: Descent, n_steps: int) -> Floats:
    """As `descend`, by any way of going downhill.

    Parameters
    ----------
    slope, start, n_steps
        As for `descend`.
    descent : GradientDescent or Adam

    Returns
    -------
    ndarray, shape (n_steps + 1, …)

    Raises
    ------
    ValueError
        As `descend` does.

    Examples
    --------
    >>> from primer import Adam
    >>> walk(lambda x: 2 * x, 1.0, Adam(0.25), n_steps=2).round(2)
    array([1.  , 0.75, 0.5 ])
    """
    point = np.array(as_floats(start, "start"))
    path = [point.copy()]
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(n_steps):
            d_point = np.asarray(slope(point))
            if d_point.shape != point.shape:
                raise ValueError(f"the slope must have the shape of the point, {point.shape}, got {d_point.shape}")
            descent.step({"point": point}, {"point": d_point})
            path.append(point.copy())
    return np.array(path)

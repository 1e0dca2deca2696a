"""What a reader's own functions give back, held to the shapes of the layers: what is wrong is told with both shapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from primer.arrays import Floats

Layers = list[tuple[Floats, Floats]]
"""Pairs of weights, shape (n_in, n_out), and bias, shape (n_out,)."""


def as_outputs(given: Any, layers: Layers, n_samples: int) -> list[Floats]:
    """What ``forward`` gave: the inputs and the outputs of each layer."""
    if not isinstance(given, list | tuple) or len(given) != len(layers) + 1:
        raise ValueError(
            f"forward must return a list of {len(layers) + 1} arrays, the inputs and the outputs of each layer, "
            f"got {_told(given)}"
        )
    for i, (array, (weights, _)) in enumerate(zip(given[1:], layers, strict=True), 1):
        wanted = (n_samples, weights.shape[1])
        if np.shape(array) != wanted:
            raise ValueError(f"forward must give layer {i} outputs of shape {wanted}, got {np.shape(array)}")
    return list(given)


def as_layers(given: Sequence[Any], like: Layers) -> Layers:
    """Weights that came as lists."""
    layers = [(np.array(weights, dtype=float), np.array(bias, dtype=float)) for weights, bias in given]
    return alike(layers, like, "these weights")


def as_loss_and_gradients(given: Any, layers: Layers) -> tuple[Any, Layers]:
    """What ``backward`` gave."""
    if not isinstance(given, tuple) or len(given) != 2 or np.ndim(given[0]) != 0:
        raise ValueError(f"backward must return two things, the loss and the slopes of each layer, got {_told(given)}")
    return given[0], alike(given[1], layers, "backward")


def alike(given: Any, layers: Layers, name: str) -> Layers:
    """Check that there is a pair of arrays for each layer, in the layer's shapes."""
    wanted = [(weights.shape, bias.shape) for weights, bias in layers]
    if not isinstance(given, list | tuple) or len(given) != len(layers):
        raise ValueError(f"{name} must return one pair for each of {len(layers)} layers, got {_told(given)}")
    for i, (pair, shapes) in enumerate(zip(given, wanted, strict=True), 1):
        got = tuple(map(np.shape, pair)) if isinstance(pair, list | tuple) else _told(pair)
        if got != shapes:
            raise ValueError(
                f"{name} must return arrays of shapes {shapes[0]} and {shapes[1]} for layer {i}, got {got}"
            )
    return list(given)


def _told(value: Any) -> str:
    return f"{len(value)} things" if isinstance(value, list | tuple) else type(value).__name__

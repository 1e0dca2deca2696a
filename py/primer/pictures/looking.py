"""What a network looks for, and what it looked at: its weights as pictures, and what it misses where one is covered."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from primer.arrays import Floats
from primer.network import MLP
from primer.pictures.camera import inputs
from primer.probabilities import softmax


def looks_for(network: MLP) -> Floats:
    """The weights of each neuron of the first layer, as the picture that excites it most.

    Of all pictures of equal contrast, the one proportional to its weights gives a neuron the largest sum: bright where
    they are above 0, dark where they are below.

    Parameters
    ----------
    network : MLP
        Its inputs are the pixels of a square picture.

    Returns
    -------
    ndarray, shape (n_neurons, size, size)
        The neurons in their order.

    Raises
    ------
    ValueError
        If the number of inputs is no square.

    Examples
    --------
    >>> looks_for(MLP([400, 8, 4])).shape
    (8, 20, 20)
    """
    size = _size(network)
    return network.dense[0].weights.T.reshape(-1, size, size).copy()


def loudest(network: MLP, n_neurons: int) -> list[int]:
    """The neurons of the first layer with the largest weights, coming in and going out, the largest first.

    Raises
    ------
    ValueError
        If the network has no hidden layer.
    """
    if len(network.dense) < 2:
        raise ValueError("a network without a hidden layer has no neurons between its inputs and its classes")
    first, second = network.dense[:2]
    sizes = np.linalg.norm(first.weights, axis=0) * np.linalg.norm(second.weights, axis=1)
    order: list[int] = np.argsort(-sizes, kind="stable")[:n_neurons].tolist()
    return order


def looked_at(network: MLP, pixels: ArrayLike, kind: int, *, patch: int = 5) -> Floats:
    """How much a kind's probability falls when a part of the picture is covered.

    Zeiler and Fergus, *Visualizing and understanding convolutional networks* (2014), section 4.2: a square of the
    picture's mean grey is laid over every place in turn.

    Parameters
    ----------
    network : MLP
    pixels : array_like of uint8, shape (size, size)
    kind : int
        Place in `primer.KINDS`.
    patch : int
        Pixels across the square.

    Returns
    -------
    ndarray, shape (size, size)
        For each pixel the mean fall over all squares that cover it. Below 0, the kind became likelier: what was
        covered had spoken against it.

    Raises
    ------
    ValueError
        If the patch is not from 1 to the size of the picture, or there is no such kind.
    """
    picture = np.asarray(pixels)
    size = _size(network)
    if picture.shape != (size, size):
        raise ValueError(f"pixels must have shape ({size}, {size}) for this network, got {picture.shape}")
    if not 1 <= patch <= size:
        raise ValueError(f"patch must lie in 1..{size}, got {patch}")
    n_places = size - patch + 1
    covered = np.repeat(picture[None].astype(np.float64), n_places * n_places, axis=0)
    tops, lefts = np.divmod(np.arange(n_places * n_places), n_places)
    rows = (np.arange(size) >= tops[:, None]) & (np.arange(size) < tops[:, None] + patch)  # (n_squares, size)
    columns = (np.arange(size) >= lefts[:, None]) & (np.arange(size) < lefts[:, None] + patch)
    hidden = rows[:, :, None] & columns[:, None, :]  # (n_squares, size, size)
    covered[hidden] = picture.mean()
    whole, parts = (
        softmax(network.forward(inputs(one, network.dense[0].weights.dtype))) for one in (picture[None], covered)
    )
    _check_kind(kind, whole.shape[1])
    falls = whole[0, kind] - parts[:, kind]
    fallen: Floats = (falls[:, None, None] * hidden).sum(axis=0) / hidden.sum(axis=0)
    return fallen


def _size(network: MLP) -> int:
    size = round(network.sizes[0] ** 0.5)
    if size * size != network.sizes[0]:
        raise ValueError(f"the network has {network.sizes[0]} inputs, which are not the pixels of a square picture")
    return int(size)


def _check_kind(kind: int, n_kinds: int) -> None:
    if not 0 <= kind < n_kinds:
        raise ValueError(f"kind must lie in 0..{n_kinds - 1}, got {kind}")

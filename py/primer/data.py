r"""Data to learn from: points in the plane, of a few kinds, drawn by chance from a seed.

Every set returns ``X``, shape (n_samples, 2), and ``labels``, shape (n_samples,), in random order.
Without scatter the points lie within -1..1; ``scatter`` is the standard deviation of what is added to
each coordinate afterwards, so that some points stray to where another kind lives.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from primer.arrays import Floats, Integers, as_floats

KINDS = ("toaster", "bird", "cat", "dog")
Seed: TypeAlias = "int | np.random.Generator"  # a text: NumPy's random part comes to the page later than this module
Points = tuple[Floats, Integers]


def four_quadrants(
    n_samples: int,
    *,
    scatter: float = 0.0,
    seed: Seed = 0,
    gap: float = 0.05,
    weights: ArrayLike = ((1.0, 0.0), (0.0, 1.0)),
    bias: ArrayLike = (0.0, 0.0),
) -> Points:
    r"""The article's toasters, birds, cats and dogs, in a plane that two lines cut into four.

    The first number says how furry a thing is, the second how loud: toasters are neither, birds are
    loud, cats are furry, dogs are both. Each line is a neuron: it asks whether
    :math:`w_1 x_1 + w_2 x_2 + b > 0`, and the class number is twice the first answer plus the second.

    Parameters
    ----------
    n_samples : int
        How many points in all.
    scatter : float
        Standard deviation of what is added to each coordinate.
    seed : int or numpy.random.Generator
        The same seed gives the same points.
    gap : float
        No point lies nearer to a line than this, before they are scattered.
    weights : array_like, shape (2, 2)
        One row a line: (w_1, w_2).
    bias : array_like, shape (2,)
        The b of each line.

    Returns
    -------
    X : ndarray, shape (n_samples, 2)
    labels : ndarray of int, shape (n_samples,)
        0 toaster, 1 bird, 2 cat, 3 dog: places in `KINDS`.

    Raises
    ------
    ValueError
        If a number is out of range, or the lines leave no room.

    Examples
    --------
    >>> X, labels = four_quadrants(3)
    >>> for (fur, voice), label in zip(X, labels, strict=True):
    ...     print(f"{fur:5.2f} {voice:5.2f} {KINDS[label]}")
     0.27 -0.46 cat
    -0.92 -0.97 toaster
     0.63  0.83 dog
    """
    rng = _generator(n_samples, scatter, seed)
    lines, offsets = as_floats(weights, "weights"), as_floats(bias, "bias")
    lengths = np.hypot(*lines.T) if lines.shape == (2, 2) else np.zeros(2)
    if offsets.shape != (2,) or not lengths.all():
        raise ValueError(
            "weights must be two rows (w_1, w_2), neither of them (0, 0), and bias two numbers, "
            f"got {lines.tolist()} and {offsets.tolist()}"
        )
    found, tries = np.empty((0, 2)), 0
    while len(found) < n_samples:
        if tries == 100:
            raise ValueError(f"the lines leave no room for points with a gap of {gap:g}; make the gap smaller")
        drawn = rng.uniform(-1, 1, size=(n_samples, 2))
        distances = np.abs(drawn @ lines.T + offsets) / lengths  # (n_samples, 2)
        found = np.concatenate([found, drawn[(distances >= gap).all(axis=1)]])
        tries += 1
    X = found[:n_samples]
    first, second = (X @ lines.T + offsets > 0).T
    return _strewn(X, scatter, rng), 2 * first + second


def xor(n_samples: int, *, scatter: float = 0.0, seed: Seed = 0, gap: float = 0.05) -> Points:
    """Two kinds in opposite quadrants, which no single line can separate.

    1 where one coordinate is above 0 and the other below, else 0. Minsky and Papert, *Perceptrons*
    (1969). Parameters and errors are those of `four_quadrants`.

    Examples
    --------
    >>> X, labels = xor(100)
    >>> bool(((X[:, 0] * X[:, 1] < 0) == labels).all())
    True
    """
    X, quadrants = four_quadrants(n_samples, scatter=scatter, seed=seed, gap=gap)
    return X, np.array([0, 1, 1, 0])[quadrants]


def checkerboard(n_samples: int, n_classes: int = 4, *, scatter: float = 0.0, seed: Seed = 0) -> Points:
    """A board of `n_classes` by `n_classes` fields, on which each kind comes once in every row and column.

    Other parameters and errors are those of `rings`.

    Examples
    --------
    >>> X, labels = checkerboard(100)
    >>> np.unique(labels).tolist()
    [0, 1, 2, 3]
    """
    rng = _generator(n_samples, scatter, seed, n_classes)
    X = rng.uniform(-1, 1, size=(n_samples, 2))
    fields = ((X + 1) / 2 * n_classes).astype(np.intp)  # (n_samples, 2), column and row of each point
    return _strewn(X, scatter, rng), fields.sum(axis=1) % n_classes


def rings(n_samples: int, n_classes: int = 4, *, scatter: float = 0.0, seed: Seed = 0) -> Points:
    """A disc and rings around it, one a kind: inside and outside, which no line can tell.

    Parameters
    ----------
    n_samples, scatter, seed
        As for `four_quadrants`.
    n_classes : int
        How many kinds, at least 2; 0 is the disc in the middle.

    Returns
    -------
    X : ndarray, shape (n_samples, 2)
    labels : ndarray of int, shape (n_samples,)
        As many points of each kind as of any other, or one more.

    Raises
    ------
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> X, labels = rings(100, 2)
    >>> distances = np.hypot(*X.T)
    >>> bool(distances[labels == 0].max() < distances[labels == 1].min())
    True
    """
    rng = _generator(n_samples, scatter, seed, n_classes)
    labels = _even(n_samples, n_classes, rng)
    width = 1 / (n_classes - 0.5)  # the disc has half a ring's width as its radius
    radii = width * np.abs(labels + rng.uniform(-0.35, 0.35, n_samples))
    return _strewn(_around(radii, rng.uniform(0, 2 * np.pi, n_samples)), scatter, rng), labels


def spirals(n_samples: int, n_classes: int = 4, *, scatter: float = 0.0, seed: Seed = 0, turns: float = 0.75) -> Points:
    """Arms that wind around each other, one a kind: the hardest of these sets.

    Lang and Witbrock, *Learning to tell two spirals apart* (1988). `turns` is how often each arm goes
    around. Other parameters, result and errors are those of `rings`.

    Examples
    --------
    >>> X, labels = spirals(100)
    >>> np.bincount(labels).tolist()
    [25, 25, 25, 25]
    """
    rng = _generator(n_samples, scatter, seed, n_classes)
    labels = _even(n_samples, n_classes, rng)
    radii = rng.uniform(0.1, 1, n_samples)
    return _strewn(_around(radii, 2 * np.pi * (turns * radii + labels / n_classes)), scatter, rng), labels


def train_test_split(
    X: ArrayLike, labels: ArrayLike, *, test_share: float = 0.25, seed: Seed = 0
) -> tuple[Floats, Floats, Integers, Integers]:
    """Shuffle the records and set some aside, which the network will not see while it learns.

    Parameters
    ----------
    X : array_like, shape (n_samples, …)
    labels : array_like, shape (n_samples,)
    test_share : float
        Share of the records that is set aside, from 0 to 1; the number is rounded.
    seed : int or numpy.random.Generator
        The same seed gives the same split.

    Returns
    -------
    X_train, X_test, labels_train, labels_test : ndarray
        In the order of scikit-learn.

    Raises
    ------
    ValueError
        If the lengths disagree or the share is out of range.

    Examples
    --------
    >>> X_train, X_test, labels_train, labels_test = train_test_split(np.eye(8), np.arange(8))
    >>> X_train.shape, X_test.shape
    ((6, 8), (2, 8))
    """
    data, numbers = np.asarray(X), np.asarray(labels)
    if data.shape[:1] != numbers.shape[:1] or not numbers.ndim:
        raise ValueError(f"X and labels must be of one length, got shapes {data.shape} and {numbers.shape}")
    if not 0 <= test_share <= 1:
        raise ValueError(f"test_share must lie in 0..1, got {test_share:g}; 0.25 sets a quarter aside")
    order = np.random.default_rng(seed).permutation(len(numbers))
    test, train = np.split(order, [round(test_share * len(numbers))])
    return data[train], data[test], numbers[train], numbers[test]


def _generator(n_samples: int, scatter: float, seed: Seed, n_classes: int = 2) -> np.random.Generator:
    if n_samples != int(n_samples) or n_samples < 0:
        raise ValueError(f"n_samples must be a whole number of 0 or above, got {n_samples}")
    if not 0 <= scatter < np.inf:
        raise ValueError(f"scatter must be a number of 0 or above, got {scatter}")
    if n_classes != int(n_classes) or n_classes < 2:
        raise ValueError(f"n_classes must be a whole number of 2 or above, got {n_classes}")
    return np.random.default_rng(seed)


def _even(n_samples: int, n_classes: int, rng: np.random.Generator) -> Integers:
    return rng.permutation(np.arange(n_samples) % n_classes)


def _around(radii: Floats, angles: Floats) -> Floats:
    return np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)  # (n_samples, 2)


def _strewn(X: Floats, scatter: float, rng: np.random.Generator) -> Floats:
    return X + rng.normal(0, scatter, X.shape) if scatter else X

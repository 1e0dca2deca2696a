"""How often a network is right, and in what way it is wrong. Guesses come first, truth second."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from primer.arrays import Integers, class_numbers


def accuracy(predictions: ArrayLike, labels: ArrayLike) -> float:
    """Share of records that are named correctly.

    Parameters
    ----------
    predictions, labels : array_like of int, shape (n_samples,)
        Class numbers, guessed and true.

    Returns
    -------
    float
        Between 0 and 1.

    Raises
    ------
    TypeError
        If they are not whole numbers.
    ValueError
        If the shapes disagree, a number is below 0, or there is no record: none of none is no share.

    Examples
    --------
    >>> accuracy([3, 2, 3, 0], [3, 2, 1, 0])
    0.75
    """
    guessed, true = _pair(predictions, labels)
    if not true.size:
        raise ValueError("accuracy needs at least one record, got none; check how the data was split")
    return float((guessed == true).mean())


def confusion_matrix(predictions: ArrayLike, labels: ArrayLike, n_classes: int | None = None) -> Integers:
    """Count what was taken for what: one row a true class, one column a guessed one.

    Parameters
    ----------
    predictions, labels
        As for `accuracy`; none are allowed.
    n_classes : int, optional
        How many classes there are; otherwise as many as the largest number that occurs asks for.

    Returns
    -------
    ndarray of int, shape (n_classes, n_classes)
        Right ones stand on the diagonal; the sum is n_samples.

    Raises
    ------
    TypeError, ValueError
        As for `accuracy`, and if a number is not below `n_classes`.

    Examples
    --------
    >>> confusion_matrix([1, 1, 0], [1, 0, 0])
    array([[1, 1],
           [0, 1]])
    """
    guessed, true = _pair(predictions, labels, n_classes)
    if n_classes is None:
        n_classes = int(max(guessed.max(), true.max())) + 1 if true.size else 0
    counts = np.bincount(true * n_classes + guessed, minlength=n_classes * n_classes)
    return counts.reshape(n_classes, n_classes)


def precision(predictions: ArrayLike, labels: ArrayLike, *, positive: int) -> float:
    """Of those taken for `positive`, the share that is: how many pictures in the album are dogs.

    Parameters
    ----------
    predictions, labels
        As for `accuracy`; none are allowed.
    positive : int
        The class asked about.

    Returns
    -------
    float
        1.0 if nothing was taken for it: an empty album holds no wrong picture.

    Raises
    ------
    TypeError, ValueError
        As for `accuracy`.

    Examples
    --------
    >>> precision([3, 3, 3, 0], [3, 3, 2, 3], positive=3)
    0.6666666666666666
    """
    guessed, true = _pair(predictions, labels)
    return _share(guessed == positive, true == positive)


def recall(predictions: ArrayLike, labels: ArrayLike, *, positive: int) -> float:
    """Of those that are `positive`, the share taken for it: how many of the dogs are in the album.

    1.0 if there was none: no dog was missed. Parameters and errors are those of `precision`.

    Examples
    --------
    >>> recall([3, 3, 3, 0], [3, 3, 2, 3], positive=3)
    0.6666666666666666
    """
    guessed, true = _pair(predictions, labels)
    return _share(true == positive, guessed == positive)


def _share(among: Integers, found: Integers) -> float:
    return float(found[among].mean()) if among.any() else 1.0


def _pair(predictions: ArrayLike, labels: ArrayLike, n_classes: int | None = None) -> tuple[Integers, Integers]:
    guessed = class_numbers(predictions, n_classes, "predictions")
    true = class_numbers(labels, n_classes)
    if guessed.ndim != 1 or guessed.shape != true.shape:
        raise ValueError(
            f"predictions and labels must be two lists of one length, got shapes {guessed.shape} and {true.shape}"
        )
    return guessed, true

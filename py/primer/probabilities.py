r"""Scores of any size to probabilities that sum to 1, their logarithms, and the slopes of both.

``exp`` overflows float64 above 709.78, so none of these calls it with a positive number. Softmax
does not change when the same constant is added to every logit; with the largest logit subtracted,
every exponent is 0 or below and the sum of exponentials lies between 1 and n_classes. See
Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 4.1; Blanchard, Higham and Higham,
*Accurately computing the log-sum-exp and softmax functions*, IMA J. Numer. Anal. 41 (2021).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from primer.arrays import Floats, as_floats, recorded, reject


def softmax(logits: ArrayLike, axis: int = -1) -> Floats:
    r"""Probabilities from scores: all between 0 and 1, summing to 1 along `axis`.

    .. math:: p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}

    Parameters
    ----------
    logits : array_like, shape (n_classes,) or (n_samples, n_classes) or any other
        Unnormalised scores, any real numbers. ``-inf`` rules a class out: its probability is 0.
    axis : int
        The axis that holds the classes. The default, -1, is the last one.

    Returns
    -------
    ndarray, the shape of `logits`
        float64 for integers, otherwise the float type of `logits`.

    Raises
    ------
    TypeError
        If the logits are not real numbers.
    ValueError
        If there is no class, a logit is NaN or ``+inf``, or all logits of a sample are ``-inf``.

    Examples
    --------
    >>> softmax([2, 1, -1]).round(4)
    array([0.7054, 0.2595, 0.0351])
    >>> softmax([[1000.0, 1000.0], [0.0, -1000.0]])  # one row a picture
    array([[0.5, 0.5],
           [1. , 0. ]])
    """
    if (node := recorded(logits, "softmax", axis=axis)) is not None:
        return node
    shifted = _shift(as_floats(logits, "logits"), axis)
    with np.errstate(under="ignore"):  # a probability too small for a float is 0
        exponentials = np.exp(shifted)  # in [0, 1], the largest of each sample is 1
        probs: Floats = exponentials / exponentials.sum(axis=axis, keepdims=True)
    return probs


def log_softmax(logits: ArrayLike, axis: int = -1) -> Floats:
    r"""Natural logarithm of `softmax`, exact where the probability itself is rounded to 0 or 1.

    .. math:: \log p_k = z_k - m - \log\sum_j e^{z_j - m}, \qquad m = \max_j z_j

    The largest term of the sum is :math:`e^0 = 1`. Left out and put back by ``log1p``, it does not
    swallow the small ones: the log of a probability just below 1 keeps all its digits.

    Parameters
    ----------
    logits : array_like, shape (n_classes,) or (n_samples, n_classes) or any other
        Unnormalised scores, any real numbers. ``-inf`` rules a class out: its result is ``-inf``.
    axis : int
        The axis that holds the classes. The default, -1, is the last one.

    Returns
    -------
    ndarray, the shape of `logits`
        In nats, 0 or below.

    Raises
    ------
    TypeError, ValueError
        As for `softmax`.

    Examples
    --------
    >>> log_softmax([2, 1, -1]).round(4)
    array([-0.349, -1.349, -3.349])
    >>> log_softmax([0.0, -1000.0])  # np.log(softmax(...)) would give -inf
    array([    0., -1000.])
    """
    if (node := recorded(logits, "log_softmax", axis=axis)) is not None:
        return node
    shifted = _shift(as_floats(logits, "logits"), axis)
    if shifted.size == 0:
        return shifted
    largest = np.expand_dims(shifted.argmax(axis=axis), axis)
    with np.errstate(under="ignore"):
        others = np.exp(shifted)
        np.put_along_axis(others, largest, 0.0, axis=axis)
        log_probs: Floats = shifted - np.log1p(others.sum(axis=axis, keepdims=True))
    return log_probs


def softmax_gradient(logits: ArrayLike, axis: int = -1) -> Floats:
    r"""How each probability moves with each logit: the Jacobian of `softmax`.

    .. math:: \frac{\partial p_k}{\partial z_j} = p_k\,([k = j] - p_j)

    Parameters
    ----------
    logits, axis
        As for `softmax`.

    Returns
    -------
    ndarray, the shape of `logits` without `axis`, then (n_classes, n_classes)
        The last but one axis is the probability, the last one the logit. Each row and each column
        sums to 0: what one class wins, the others lose.

    Raises
    ------
    TypeError, ValueError
        As for `softmax`.

    Examples
    --------
    >>> softmax_gradient([0.0, 0.0])
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    probs = np.moveaxis(softmax(logits, axis), axis, -1)  # (..., n_classes)
    with np.errstate(under="ignore"):
        jacobian: Floats = -probs[..., :, np.newaxis] * probs[..., np.newaxis, :]
        _set_diagonal(jacobian, probs * _sum_of_others(probs))  # 1 - p would lose the digits of p near 1
    return jacobian


def log_softmax_gradient(logits: ArrayLike, axis: int = -1) -> Floats:
    r"""How the logarithm of each probability moves with each logit: the Jacobian of `log_softmax`.

    .. math:: \frac{\partial \log p_k}{\partial z_j} = [k = j] - p_j

    Parameters
    ----------
    logits, axis
        As for `softmax`.

    Returns
    -------
    ndarray, the shape of `logits` without `axis`, then (n_classes, n_classes)
        The last but one axis is the logarithm, the last one the logit. Each row sums to 0.

    Raises
    ------
    TypeError, ValueError
        As for `softmax`.

    Examples
    --------
    >>> log_softmax_gradient([0.0, 0.0])
    array([[ 0.5, -0.5],
           [-0.5,  0.5]])
    """
    probs = np.moveaxis(softmax(logits, axis), axis, -1)  # (..., n_classes)
    jacobian: Floats = -np.repeat(probs[..., np.newaxis, :], probs.shape[-1], axis=-2)
    _set_diagonal(jacobian, _sum_of_others(probs))
    return jacobian


def _sum_of_others(probs: Floats) -> Floats:
    """1 - p for each class, without taking two nearly equal numbers from each other."""
    others = np.repeat(probs[..., np.newaxis, :], probs.shape[-1], axis=-2)  # (..., n_classes, n_classes)
    _set_diagonal(others, 0.0)
    total: Floats = others.sum(axis=-1)
    return total


def _set_diagonal(matrices: Floats, values: Floats | float) -> None:
    """Put `values`, shape (..., n), on the diagonals of `matrices`, shape (..., n, n), in place."""
    each = np.arange(matrices.shape[-1])
    matrices[..., each, each] = values


def _shift(logits: Floats, axis: int) -> Floats:
    """Subtract the largest logit along `axis`, so that the largest of each sample is 0."""
    if not -logits.ndim <= axis < logits.ndim:
        raise ValueError(
            f"logits of shape {logits.shape} have no axis {axis}; give one score a class, such as [2.0, 1.0, -1.0]"
        )
    if logits.shape[axis] == 0:
        raise ValueError(f"logits need at least one class, got shape {logits.shape} with none along axis {axis}")
    reject(np.isposinf(logits), logits, "logits must be finite or -inf")
    if logits.size == 0:
        return logits.copy()
    largest = logits.max(axis=axis, keepdims=True)
    if np.isneginf(largest).any():
        raise ValueError("all logits of a sample are -inf, which rules out every class; leave one of them finite")
    with np.errstate(over="ignore"):  # a difference beyond the largest float is -inf
        shifted: Floats = logits - largest
    return shifted

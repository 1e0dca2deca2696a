r"""Functions that turn a score into something between 0 and 1.

``exp`` overflows float64 above 709.78, so none of these calls it with a positive number. Softmax
does not change when the same constant is added to every logit; with the largest logit subtracted,
every exponent is 0 or below and the sum of exponentials lies between 1 and n_classes. See
Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 4.1; Blanchard, Higham and Higham,
*Accurately computing the log-sum-exp and softmax functions*, IMA J. Numer. Anal. 41 (2021).
"""

from __future__ import annotations

from typing import overload

import numpy as np
from numpy.typing import ArrayLike

from primer.arrays import Floats, as_floats, reject


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
    shifted = _shift(as_floats(logits, "logits"), axis)
    if shifted.size == 0:
        return shifted
    largest = np.expand_dims(shifted.argmax(axis=axis), axis)
    with np.errstate(under="ignore"):
        others = np.exp(shifted)
        np.put_along_axis(others, largest, 0.0, axis=axis)
        log_probs: Floats = shifted - np.log1p(others.sum(axis=axis, keepdims=True))
    return log_probs


@overload
def sigmoid(x: float) -> float: ...
@overload
def sigmoid(x: ArrayLike) -> Floats: ...
def sigmoid(x: ArrayLike) -> Floats | float:
    r"""Squash any number to between 0 and 1: softmax of two classes whose logits differ by `x`.

    .. math:: \sigma(x) = \frac{1}{1 + e^{-x}}, \qquad \sigma(a - b) = \mathrm{softmax}([a, b])_0

    Parameters
    ----------
    x : array_like, any shape
        Real numbers; ``-inf`` gives 0 and ``inf`` gives 1.

    Returns
    -------
    float or ndarray, the shape of `x`
        A plain float for a single number.

    Raises
    ------
    TypeError
        If `x` is not real numbers.
    ValueError
        If an entry is NaN.

    Examples
    --------
    >>> sigmoid(0)
    0.5
    >>> sigmoid([-1000.0, 1000.0])
    array([0., 1.])
    """
    array = as_floats(x, "x")
    with np.errstate(under="ignore"):
        small = np.exp(-np.abs(array))  # in [0, 1] on both sides of 0
        result: Floats = np.where(array >= 0, 1, small) / (1 + small)
    if array.ndim == 0:
        return float(result)
    return result


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

r"""How wrong a guess is, in nats, and the slope of each loss beside it.

A loss works from logits where it can: the logarithm of a probability that was rounded to 0 is lost,
the logarithm computed from the logits is not. See Goodfellow, Bengio and Courville, *Deep Learning*
(2016), sections 3.13 and 6.2.2.

Labels of several classes are class numbers, such as ``[0, 2]``, or one row of probabilities a
record, such as the one-hot ``[[1, 0, 0], [0, 0, 1]]``. A batch of none costs nothing: its loss is
0.0 and its gradient is empty.
"""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import ArrayLike

from primer.activations import sigmoid
from primer.arrays import Floats, Integers, as_floats, check_probabilities, class_numbers, recorded
from primer.probabilities import log_softmax, softmax


def cross_entropy(logits: ArrayLike, labels: ArrayLike) -> float:
    r"""Mean cross-entropy of the labels under ``softmax(logits)``, in nats.

    .. math:: L = -\frac{1}{n}\sum_i \sum_k y_{ik} \log \mathrm{softmax}(z_i)_k

    Parameters
    ----------
    logits : array_like, shape (n_samples, n_classes) or, for one record, (n_classes,)
        Unnormalised scores, any real numbers.
    labels : array_like of int, shape (n_samples,), or array_like, the shape of `logits`
        Class numbers in ``0 .. n_classes - 1`` (for one record: one number), or probabilities.

    Returns
    -------
    float
        0 is perfect, ``log(n_classes)`` is uniform guessing, ``inf`` is a class ruled out (by a
        logit of ``-inf``) that was there.

    Raises
    ------
    TypeError
        If the logits are not real numbers or class numbers are not whole.
    ValueError
        If the shapes disagree, a label is out of range or a row of probabilities does not sum to 1.

    Examples
    --------
    >>> round(cross_entropy([2.0, 1.0, -1.0], 0), 4)
    0.349
    >>> cross_entropy([[0.0, -1000.0]], [1])
    1000.0
    """
    if (node := recorded(logits, "cross_entropy", labels=labels)) is not None:
        return cast("float", node)  # a Variable of one number
    log_probs = log_softmax(logits)
    return _mean_surprise(log_probs, _as_rows(labels, log_probs))


def cross_entropy_gradient(logits: ArrayLike, labels: ArrayLike) -> Floats:
    r"""Slope of `cross_entropy` with respect to each logit: what was guessed minus what was true.

    .. math:: \frac{\partial L}{\partial z_{ik}} = \frac{p_{ik} - y_{ik}}{n}

    Bishop, *Pattern Recognition and Machine Learning* (2006), equation 4.109. Parameters and errors
    are those of `cross_entropy`.

    Returns
    -------
    ndarray, the shape of `logits`
        Each row sums to 0.

    Examples
    --------
    >>> cross_entropy_gradient([[0.0, 0.0], [0.0, 0.0]], [0, 1])
    array([[-0.25,  0.25],
           [ 0.25, -0.25]])
    """
    log_probs = log_softmax(logits)
    targets = _as_rows(labels, log_probs)
    with np.errstate(under="ignore"):
        # p - 1 of a certain class has few digits left; expm1 of log p has them all
        differences = np.where(targets == 1, np.expm1(log_probs), softmax(logits) - targets)
        d_logits: Floats = differences / _n_samples(log_probs)
    return d_logits


def cross_entropy_of_probs(probs: ArrayLike, labels: ArrayLike) -> float:
    r"""Mean cross-entropy of the labels under given probabilities, in nats.

    .. math:: L = -\frac{1}{n}\sum_i \sum_k y_{ik} \log p_{ik}

    From logits, `cross_entropy` is more exact.

    Parameters
    ----------
    probs : array_like, shape (n_samples, n_classes) or, for one record, (n_classes,)
        Between 0 and 1; every row sums to 1.
    labels
        As for `cross_entropy`.

    Returns
    -------
    float
        ``inf`` if something happened that was given the probability 0, never NaN.

    Raises
    ------
    TypeError, ValueError
        As for `cross_entropy`, and if a row of `probs` does not sum to 1.

    Examples
    --------
    >>> round(cross_entropy_of_probs([0.7, 0.2, 0.1], [1, 0, 0]), 4)
    0.3567
    >>> cross_entropy_of_probs([0.0, 1.0], 0)
    inf
    """
    given = as_floats(probs, "probs")
    check_probabilities(given, "probs")
    with np.errstate(divide="ignore"):
        log_probs = np.log(given)
    return _mean_surprise(log_probs, _as_rows(labels, given))


def cross_entropy_of_probs_gradient(probs: ArrayLike, labels: ArrayLike) -> Floats:
    r"""Slope of `cross_entropy_of_probs` with respect to each probability, taken by itself.

    .. math:: \frac{\partial L}{\partial p_{ik}} = -\frac{y_{ik}}{n\,p_{ik}}

    ``-inf`` where the probability of what happened is 0. Parameters and errors are those of
    `cross_entropy_of_probs`.

    Examples
    --------
    >>> cross_entropy_of_probs_gradient([0.5, 0.5], 0)
    array([-2., -0.])
    """
    given = as_floats(probs, "probs")
    check_probabilities(given, "probs")
    targets = _as_rows(labels, given)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        d_probs: Floats = np.where(targets == 0, -0.0, -targets / given / _n_samples(given))
    return d_probs


def binary_cross_entropy(logits: ArrayLike, labels: ArrayLike) -> float:
    r"""Mean cross-entropy of yes (1) and no (0) under ``sigmoid(logits)``, in nats.

    .. math:: L = \frac{1}{n}\sum_i y_i \log(1 + e^{-z_i}) + (1 - y_i) \log(1 + e^{z_i})

    Parameters
    ----------
    logits : array_like, any shape
        One score an entry: the further above 0, the surer the yes.
    labels : array_like, the shape of `logits`
        1 for yes, 0 for no, or the probability of yes.

    Returns
    -------
    float
        ``log(2)`` is a coin toss.

    Raises
    ------
    TypeError
        If logits or labels are not real numbers.
    ValueError
        If the shapes disagree or a label lies outside 0..1.

    Examples
    --------
    >>> round(binary_cross_entropy(0.0, 1), 4)
    0.6931
    >>> binary_cross_entropy([1000.0, 1000.0], [1, 0])
    500.0
    """
    scores, yes = _yes_or_no(logits, labels)
    if scores.size == 0:
        return 0.0
    with np.errstate(under="ignore", invalid="ignore"):  # 0 * inf, where a label rules a term out
        of_yes = np.where(yes == 0, 0, yes * np.logaddexp(0, -scores))
        of_no = np.where(yes == 1, 0, (1 - yes) * np.logaddexp(0, scores))
        return _mean(of_yes + of_no)


def binary_cross_entropy_gradient(logits: ArrayLike, labels: ArrayLike) -> Floats | float:
    r"""Slope of `binary_cross_entropy` with respect to each logit.

    .. math:: \frac{\partial L}{\partial z_i} = \frac{\sigma(z_i) - y_i}{n}

    Parameters and errors are those of `binary_cross_entropy`.

    Returns
    -------
    float or ndarray, the shape of `logits`
        A plain float for a single number.

    Examples
    --------
    >>> binary_cross_entropy_gradient([0.0, 0.0], [1, 0])
    array([-0.25,  0.25])
    """
    scores, yes = _yes_or_no(logits, labels)
    # sigmoid(z) - 1 has few digits left for a large z; -sigmoid(-z) is the same and has them all
    with np.errstate(under="ignore"):
        d_logits = np.where(yes == 1, -np.asarray(sigmoid(-scores)), sigmoid(scores) - yes) / max(scores.size, 1)
    return float(d_logits) if d_logits.ndim == 0 else d_logits


def loss_and_slope(logits: Floats, labels: Integers) -> tuple[float, Floats]:
    """`cross_entropy` and its gradient at once and unchecked: what a training step calls.

    A step has no time for checks and for the last digit of a probability near 1; it wants few passes
    over the numbers, in their own width.

    Parameters
    ----------
    logits : ndarray, shape (n_samples, n_classes)
        Floats, at least one sample.
    labels : ndarray of int, shape (n_samples,)
        Class numbers.

    Returns
    -------
    tuple of float and ndarray, shape (n_samples, n_classes)
        NaN in the logits comes out as NaN.

    Examples
    --------
    >>> loss_and_slope(np.array([[0.0, 0.0]]), np.array([1]))
    (0.6931471805599453, array([[ 0.5, -0.5]]))
    """
    n_samples = len(logits)
    samples = np.arange(n_samples)
    shifted = logits - logits.max(axis=1, keepdims=True)  # (n_samples, n_classes)
    d_logits = np.exp(shifted)
    sums = d_logits.sum(axis=1, keepdims=True)  # (n_samples, 1)
    loss = float((np.log(sums[:, 0]) - shifted[samples, labels]).mean())
    d_logits /= sums  # probabilities now
    d_logits[samples, labels] -= 1
    d_logits /= n_samples
    return loss, d_logits


def _as_rows(labels: ArrayLike, scores: Floats) -> Floats:
    """Labels as probabilities in the shape and type of `scores`: class numbers become one-hot."""
    if scores.ndim not in (1, 2):
        raise ValueError(f"scores must have shape (n_samples, n_classes) or (n_classes,), got {scores.shape}")
    n_classes = scores.shape[-1]
    if np.ndim(labels) == scores.ndim - 1:
        numbers = class_numbers(labels, n_classes)
        if numbers.shape == scores.shape[:-1]:
            return np.eye(n_classes, dtype=scores.dtype)[numbers]
    else:
        rows = as_floats(labels, "labels")
        if rows.shape == scores.shape:
            check_probabilities(rows, "labels")
            return rows.astype(scores.dtype, copy=False)
    raise ValueError(
        f"labels must be class numbers of shape {scores.shape[:-1]} or probabilities of shape {scores.shape} "
        f"for scores of shape {scores.shape}, got shape {np.shape(labels)}; give one label a record"
    )


def _yes_or_no(logits: ArrayLike, labels: ArrayLike) -> tuple[Floats, Floats]:
    scores, yes = as_floats(logits, "logits"), as_floats(labels, "labels")
    if scores.shape != yes.shape:
        raise ValueError(
            f"labels must have the shape of the logits, {scores.shape}, got {yes.shape}; give one label a logit"
        )
    check_probabilities(yes, "labels", sum_to_one=False)
    return scores, yes.astype(scores.dtype, copy=False)


def _mean_surprise(log_probs: Floats, targets: Floats) -> float:
    """Sum of -y log p over the classes, mean over the records; what did not happen costs nothing."""
    with np.errstate(invalid="ignore"):  # 0 * -inf
        surprises = np.where(targets == 0, 0, targets * -log_probs)
    return _mean(surprises.sum(axis=-1))


def _mean(losses: Floats) -> float:
    return float(losses.mean()) if losses.size else 0.0


def _n_samples(scores: Floats) -> int:
    return max(len(scores), 1) if scores.ndim == 2 else 1

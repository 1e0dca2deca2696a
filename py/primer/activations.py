r"""What a neuron does with its sum, entry by entry, and the slope of each beside it.

``exp`` overflows float64 above 709.78, so none of these calls it with a positive number.
"""

from __future__ import annotations

from typing import overload

import numpy as np
from numpy.typing import ArrayLike

from primer.arrays import Floats, as_floats, recorded


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
    if (node := recorded(x, "sigmoid")) is not None:
        return node
    array = as_floats(x, "x")
    with np.errstate(under="ignore"):
        small = np.exp(-np.abs(array))  # in [0, 1] on both sides of 0
        return _plain(np.where(array >= 0, 1, small) / (1 + small))


@overload
def sigmoid_gradient(x: float) -> float: ...
@overload
def sigmoid_gradient(x: ArrayLike) -> Floats: ...
def sigmoid_gradient(x: ArrayLike) -> Floats | float:
    r"""Slope of `sigmoid`: at most 1/4, and nearly 0 where the neuron is sure.

    .. math:: \sigma'(x) = \sigma(x)\,(1 - \sigma(x)) = \frac{e^{-|x|}}{(1 + e^{-|x|})^2}

    The second form keeps its digits where :math:`\sigma(x)` is rounded to 1. Parameters, result and
    errors are those of `sigmoid`.

    Examples
    --------
    >>> sigmoid_gradient(0)
    0.25
    """
    array = as_floats(x, "x")
    with np.errstate(under="ignore"):
        small = np.exp(-np.abs(array))
        return _plain(np.minimum(small / (1 + small) ** 2, 0.25))  # rounding may not pass the top


@overload
def heaviside(x: float) -> float: ...
@overload
def heaviside(x: ArrayLike) -> Floats: ...
def heaviside(x: ArrayLike) -> Floats | float:
    r"""Step from 0 to 1: a neuron that fires (1) above 0 and does not (0) at 0 and below.

    At 0 itself conventions differ. Here the neuron stays silent, as in Nielsen, *Neural Networks and
    Deep Learning* (2015), chapter 1: it fires when its sum is greater than the threshold.

    Parameters
    ----------
    x : array_like, any shape
        Real numbers.

    Returns
    -------
    float or ndarray, the shape of `x`
        0 or 1; a plain float for a single number.

    Raises
    ------
    TypeError
        If `x` is not real numbers.
    ValueError
        If an entry is NaN.

    Examples
    --------
    >>> heaviside([-2.0, 0.0, 0.1])
    array([0., 0., 1.])
    """
    array = as_floats(x, "x")
    return _plain((array > 0).astype(array.dtype))


@overload
def heaviside_gradient(x: float) -> float: ...
@overload
def heaviside_gradient(x: ArrayLike) -> Floats: ...
def heaviside_gradient(x: ArrayLike) -> Floats | float:
    r"""Slope of `heaviside`: 0, which is why a step cannot be trained by its slope.

    At 0 itself, where the step jumps, it has no slope; 0 is returned there too. Parameters, result
    and errors are those of `heaviside`.

    Examples
    --------
    >>> heaviside_gradient([-2.0, 0.1])
    array([0., 0.])
    """
    return _plain(np.zeros_like(as_floats(x, "x")))


@overload
def relu(x: float) -> float: ...
@overload
def relu(x: ArrayLike) -> Floats: ...
def relu(x: ArrayLike) -> Floats | float:
    r"""Rectified linear unit: the number itself above 0, else 0.

    .. math:: \mathrm{relu}(x) = \max(0, x)

    Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 6.3.1. Parameters, result and
    errors are those of `heaviside`.

    Examples
    --------
    >>> relu([-2.0, 0.0, 3.0])
    array([0., 0., 3.])
    """
    if (node := recorded(x, "relu")) is not None:
        return node
    return _plain(np.maximum(as_floats(x, "x"), 0))


@overload
def relu_gradient(x: float) -> float: ...
@overload
def relu_gradient(x: ArrayLike) -> Floats: ...
def relu_gradient(x: ArrayLike) -> Floats | float:
    r"""Slope of `relu`: 1 above 0, else 0.

    At the kink itself any slope from 0 to 1 would do; 0 is returned, as by PyTorch. Parameters,
    result and errors are those of `heaviside`.

    Examples
    --------
    >>> relu_gradient([-2.0, 0.0, 3.0])
    array([0., 0., 1.])
    """
    return heaviside(x)


@overload
def tanh(x: float) -> float: ...
@overload
def tanh(x: ArrayLike) -> Floats: ...
def tanh(x: ArrayLike) -> Floats | float:
    r"""Squash any number to between −1 and 1: a sigmoid twice as steep, stretched to both sides of 0.

    .. math:: \tanh(x) = \frac{e^x - e^{-x}}{e^x + e^{-x}} = 2\,\sigma(2x) - 1

    Parameters, result and errors are those of `heaviside`.

    Examples
    --------
    >>> tanh([-1000.0, 0.0, 1000.0])
    array([-1.,  0.,  1.])
    """
    if (node := recorded(x, "tanh")) is not None:
        return node
    return _plain(np.tanh(as_floats(x, "x")))


@overload
def tanh_gradient(x: float) -> float: ...
@overload
def tanh_gradient(x: ArrayLike) -> Floats: ...
def tanh_gradient(x: ArrayLike) -> Floats | float:
    r"""Slope of `tanh`: 1 at 0, and nearly 0 where the neuron is sure.

    .. math:: \tanh'(x) = 1 - \tanh^2 x = \frac{4 e^{-2|x|}}{(1 + e^{-2|x|})^2}

    The second form keeps its digits where :math:`\tanh x` is rounded to 1. Parameters, result and
    errors are those of `heaviside`.

    Examples
    --------
    >>> tanh_gradient(0)
    1.0
    """
    array = as_floats(x, "x")
    with np.errstate(under="ignore", over="ignore"):
        small = np.exp(-2 * np.abs(array))
        return _plain(np.minimum(4 * small / (1 + small) ** 2, 1))


def _plain(result: Floats) -> Floats | float:
    """Give one number as a plain float, anything else as it is."""
    return float(result) if np.ndim(result) == 0 else result

r"""Slopes by trying: nudge each number and see how the result moves. Slow, and free of algebra."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from primer.arrays import Floats, Integers, as_floats
from primer.network import Network


def numerical_gradient(function: Callable[[Floats], float], x: ArrayLike, step: float | None = None) -> Floats:
    r"""Slope of a function of many numbers, by central differences.

    .. math:: \frac{\partial f}{\partial x_i} \approx \frac{f(x + h e_i) - f(x - h e_i)}{2h}

    Parameters
    ----------
    function : callable
        Takes an array of the shape of `x`, returns one number.
    x : array_like, any shape
        Where. It is nudged in float64, whatever its type.
    step : float, optional
        h. The default is the cube root of the float's precision, 6e-6, times ``max(1, |x_i|)``:
        small enough for the curve, large enough for rounding (Nocedal and Wright, *Numerical
        Optimization* (2006), section 8.1).

    Returns
    -------
    ndarray of float64, the shape of `x`

    Raises
    ------
    ValueError
        If the step is not above 0, or the function returns more than one number.

    Examples
    --------
    >>> numerical_gradient(lambda x: (x**2).sum(), [1.0, -3.0]).round(6)
    array([ 2., -6.])
    """
    if step is not None and not step > 0:
        raise ValueError(f"step must be above 0, got {step}; try 1e-5")
    point = np.array(as_floats(x, "x"), dtype=np.float64)
    gradient = np.empty_like(point)
    for place in np.ndindex(point.shape):
        here = float(point[place])
        h = (np.cbrt(np.finfo(np.float64).eps) if step is None else step) * max(1.0, abs(here))
        above, below = here + h, here - h
        values = []
        for nudged in (above, below):
            point[place] = nudged
            value = np.asarray(function(point.copy()))
            if value.size != 1:
                raise ValueError(f"the function must return one number, got shape {value.shape}; sum it, or average")
            values.append(float(value.reshape(())))
        point[place] = here
        gradient[place] = (values[0] - values[1]) / (above - below)  # what was really added, after rounding
    return gradient


def largest_difference(gradient: ArrayLike, other: ArrayLike) -> float:
    r"""Largest relative difference between two gradients.

    .. math:: \max_i \frac{|a_i - b_i|}{\max(|a_i|, |b_i|, s / 1000, 10^{-4})}

    where :math:`s` is the largest entry of both: an entry that should be 0 is measured against the
    others, not against its own rounding. Nor can trying tell a slope below 1e-4 to six digits.

    Parameters
    ----------
    gradient, other : array_like, one shape

    Returns
    -------
    float
        0 if they are equal; 2 if they point in opposite directions; under 1e-6 says that a slope by
        algebra and one by trying agree.

    Raises
    ------
    ValueError
        If the shapes disagree.

    Examples
    --------
    >>> largest_difference([1.0, 0.0], [1.0, 0.0])
    0.0
    >>> largest_difference([1.0, 2.0], [1.0, 1.0])
    0.5
    """
    a, b = as_floats(gradient, "gradient").astype(np.float64), as_floats(other, "other").astype(np.float64)
    if a.shape != b.shape:
        raise ValueError(f"two gradients must have one shape, got {a.shape} and {b.shape}")
    sizes = np.maximum(np.abs(a), np.abs(b))
    if not sizes.size:
        return 0.0
    return float((np.abs(a - b) / np.maximum(sizes, max(sizes.max() / 1000, 1e-4))).max())


def check_gradient(function: Callable[[Floats], float], x: ArrayLike, gradient: ArrayLike) -> float:
    """How far a gradient is from what trying says: the `largest_difference` of the two.

    Parameters
    ----------
    function, x
        As for `numerical_gradient`.
    gradient : array_like, the shape of `x`
        What is claimed to be the slope of `function` at `x`.

    Returns
    -------
    float
        Under 1e-6 in float64 for a right gradient of a smooth function.

    Raises
    ------
    ValueError
        If the shapes disagree, or as `numerical_gradient` does.

    Examples
    --------
    >>> check_gradient(lambda x: (x**2).sum(), [1.0, -3.0], [2.0, -6.0]) < 1e-6
    True
    """
    return largest_difference(gradient, numerical_gradient(function, x))


def check_network(network: Network, X: Floats, labels: Integers) -> dict[str, float]:
    """`check_gradient` for each parameter of a network, by name.

    Every weight is nudged twice, so keep the network small. It must hold float64: float32 is too
    coarse to be nudged. Its parameters are what they were before. At the kink of a ReLU, where a sum
    is exactly 0 (as with first biases of 0 and all inputs silent), the two do not agree, and need not.

    Parameters
    ----------
    network : Network
    X, labels
        As for `Network.loss_and_gradients`.

    Returns
    -------
    dict of str to float

    Raises
    ------
    ValueError
        If the network is not float64, or as `Network.loss_and_gradients` does.

    Examples
    --------
    >>> from primer import MLP
    >>> checked = check_network(MLP([2, 3, 2], "tanh"), np.array([[1.0, -1.0]]), np.array([1]))
    >>> max(checked.values()) < 1e-6
    True
    """
    _, gradients = network.loss_and_gradients(X, labels)
    differences = {}
    for name, parameter in network.parameters.items():
        if parameter.dtype != np.float64:
            raise ValueError(f"{name} is {parameter.dtype}, too coarse to be nudged; make the network with float64")
        original = parameter.copy()

        def loss_at(value: Floats, parameter: Floats = parameter) -> float:
            parameter[...] = value
            return network.loss(X, labels)

        differences[name] = check_gradient(loss_at, original, gradients[name])
        parameter[...] = original
    return differences

r"""What automatic differentiation knows: each operation's way forwards and, beside it, its way back.

Everything here works on plain arrays. The way back is one function an input: it is given ``d``, the
slope of the result's end with respect to this operation's result, then that result and all inputs,
and returns the slope with respect to its input. Where an input was stretched by broadcasting, `d` is
too; `autodiff` adds up what was stretched.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from primer.activations import sigmoid
from primer.arrays import Floats
from primer.losses import cross_entropy, cross_entropy_gradient
from primer.probabilities import log_softmax, softmax

Axis = int | tuple[int, ...] | None


class Operation(NamedTuple):
    """One row of the table: a sign for pictures, the way forwards, the ways back."""

    symbol: str
    forward: Callable[..., Any]
    backward: tuple[Callable[..., Any], ...]


def _spread(d: Floats, like: Floats, axis: Axis, keepdims: bool) -> Floats:
    """Stretch what belongs to a sum over `axis` back to the shape of what was summed."""
    if axis is not None and not keepdims:
        d = np.expand_dims(d, axis)
    return np.broadcast_to(d, like.shape)


def _d_sum(d: Floats, out: Floats, a: Floats, axis: Axis = None, keepdims: bool = False) -> Floats:
    return _spread(d, a, axis, keepdims)


def _d_mean(d: Floats, out: Floats, a: Floats, axis: Axis = None, keepdims: bool = False) -> Floats:
    return _spread(d, a, axis, keepdims) / (a.size / max(out.size, 1))


def _d_max(d: Floats, out: Floats, a: Floats, axis: Axis = None, keepdims: bool = False) -> Floats:
    """Give all to the largest; where several are largest, an equal share to each."""
    largest = a == _spread(out, a, axis, keepdims)
    shares: Floats = _spread(d, a, axis, keepdims) * largest / largest.sum(axis=axis, keepdims=True)
    return shares


def _d_base(d: Floats, out: Floats, a: Floats, b: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        slope: Floats = np.where(b == 0, 0, b * a ** (b - 1))  # x**0 is 1 everywhere, at 0 as well
    return d * slope


def _d_exponent(d: Floats, out: Floats, a: Floats, b: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        slope: Floats = np.where(out == 0, 0, out * np.log(a))
    return d * slope


def _d_left(d: Floats, out: Floats, a: Floats, b: Floats) -> Floats:
    d_a: Floats = _as_matrix(d, a, b) @ _column(b).swapaxes(-1, -2)
    return d_a[..., 0, :] if a.ndim == 1 else d_a


def _d_right(d: Floats, out: Floats, a: Floats, b: Floats) -> Floats:
    d_b: Floats = _row(a).swapaxes(-1, -2) @ _as_matrix(d, a, b)
    return d_b[..., 0] if b.ndim == 1 else d_b


def _row(a: Floats) -> Floats:
    return a[np.newaxis] if a.ndim == 1 else a  # as ``@`` sees a vector on its left


def _column(b: Floats) -> Floats:
    return b[:, np.newaxis] if b.ndim == 1 else b  # and one on its right


def _as_matrix(d: Floats, a: Floats, b: Floats) -> Floats:
    """Put back the axes that ``@`` takes away where it is given vectors."""
    if a.ndim == 1:
        d = np.expand_dims(d, -1 if b.ndim == 1 else -2)
    return np.expand_dims(d, -1) if b.ndim == 1 else d


def _d_index(d: Floats, out: Floats, a: Floats, key: Any) -> Floats:
    d_a = np.zeros_like(a)
    np.add.at(d_a, key, d)  # what was picked twice counts twice
    return d_a


def _d_transpose(d: Floats, out: Floats, a: Floats, axes: tuple[int, ...] | None = None) -> Floats:
    if axes is None:
        return d.transpose()
    return d.transpose(np.argsort([axis % a.ndim for axis in axes]))


def _sigmoid(a: Floats) -> Floats:
    return np.asarray(sigmoid(a), dtype=a.dtype)


def _d_softmax(d: Floats, out: Floats, a: Floats, axis: int = -1) -> Floats:
    """Multiply by the Jacobian, p_k ([k = j] - p_j), without writing it out."""
    d_logits: Floats = out * (d - (d * out).sum(axis=axis, keepdims=True))
    return d_logits


def _d_log_softmax(d: Floats, out: Floats, a: Floats, axis: int = -1) -> Floats:
    d_logits: Floats = d - np.exp(out) * d.sum(axis=axis, keepdims=True)
    return d_logits


def _where(a: Floats, b: Floats, condition: NDArray[np.bool_]) -> Floats:
    return np.where(condition, a, b)


def _share(wins: NDArray[np.bool_], ties: NDArray[np.bool_], d: Floats) -> Floats:
    """All to the winner, half to each of two equals."""
    shares: Floats = d * (wins + ties.astype(d.dtype) / 2)
    return shares


OPERATIONS: dict[str, Operation] = {
    "add": Operation("+", np.add, (lambda d, out, a, b: d, lambda d, out, a, b: d)),
    "subtract": Operation("−", np.subtract, (lambda d, out, a, b: d, lambda d, out, a, b: -d)),
    "multiply": Operation("×", np.multiply, (lambda d, out, a, b: d * b, lambda d, out, a, b: d * a)),
    "divide": Operation("÷", np.divide, (lambda d, out, a, b: d / b, lambda d, out, a, b: -d * out / b)),
    "power": Operation("^", np.power, (_d_base, _d_exponent)),
    "matmul": Operation("@", np.matmul, (_d_left, _d_right)),
    "maximum": Operation(
        "max",
        np.maximum,
        (lambda d, out, a, b: _share(a > b, a == b, d), lambda d, out, a, b: _share(b > a, a == b, d)),
    ),
    "where": Operation(
        "where",
        _where,
        (
            lambda d, out, a, b, condition: np.where(condition, d, 0),
            lambda d, out, a, b, condition: np.where(condition, 0, d),
        ),
    ),
    "negative": Operation("−", np.negative, (lambda d, out, a: -d,)),
    "absolute": Operation("abs", np.absolute, (lambda d, out, a: d * np.sign(a),)),
    "exp": Operation("exp", np.exp, (lambda d, out, a: d * out,)),
    "log": Operation("log", np.log, (lambda d, out, a: d / a,)),
    "sqrt": Operation("√", np.sqrt, (lambda d, out, a: d / (2 * out),)),
    "square": Operation("²", np.square, (lambda d, out, a: d * 2 * a,)),
    "tanh": Operation("tanh", np.tanh, (lambda d, out, a: d * (1 - out * out),)),
    "sigmoid": Operation("sigmoid", _sigmoid, (lambda d, out, a: d * out * (1 - out),)),
    "relu": Operation("relu", lambda a: np.maximum(a, 0), (lambda d, out, a: d * (a > 0),)),
    "softmax": Operation("softmax", softmax, (_d_softmax,)),
    "log_softmax": Operation("log softmax", log_softmax, (_d_log_softmax,)),
    "cross_entropy": Operation(
        "cross-entropy",
        lambda a, labels: np.asarray(cross_entropy(a, labels), dtype=a.dtype),
        (lambda d, out, a, labels: d * cross_entropy_gradient(a, labels),),
    ),
    "sum": Operation("sum", np.sum, (_d_sum,)),
    "mean": Operation("mean", np.mean, (_d_mean,)),
    "max": Operation("max", np.max, (_d_max,)),
    "index": Operation("[ ]", lambda a, key: a[key], (_d_index,)),
    "transpose": Operation("ᵀ", np.transpose, (_d_transpose,)),
    "reshape": Operation("reshape", lambda a, shape: a.reshape(shape), (lambda d, out, a, shape: d.reshape(a.shape),)),
}

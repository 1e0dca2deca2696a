"""What Python and NumPy call by themselves where a `Variable` stands in an expression: all of it ends in a record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from primer.arrays import Floats
from primer.operations import OPERATIONS


class Recorded:
    """Operators, NumPy's functions, and a clear word where plain numbers are needed.

    Attributes
    ----------
    value : ndarray
        Its number or numbers.
    """

    __slots__ = ()

    value: Floats
    _record_operation: Callable[..., Self]
    """Computes an operation of `OPERATIONS`, and writes down what was computed from what."""

    def __add__(self, other: Any) -> Self:
        return self._record_operation("add", self, other)

    def __radd__(self, other: Any) -> Self:
        return self._record_operation("add", other, self)

    def __sub__(self, other: Any) -> Self:
        return self._record_operation("subtract", self, other)

    def __rsub__(self, other: Any) -> Self:
        return self._record_operation("subtract", other, self)

    def __mul__(self, other: Any) -> Self:
        return self._record_operation("multiply", self, other)

    def __rmul__(self, other: Any) -> Self:
        return self._record_operation("multiply", other, self)

    def __truediv__(self, other: Any) -> Self:
        return self._record_operation("divide", self, other)

    def __rtruediv__(self, other: Any) -> Self:
        return self._record_operation("divide", other, self)

    def __pow__(self, other: Any) -> Self:
        return self._record_operation("power", self, other)

    def __rpow__(self, other: Any) -> Self:
        return self._record_operation("power", other, self)

    def __matmul__(self, other: Any) -> Self:
        return self._record_operation("matmul", self, other)

    def __rmatmul__(self, other: Any) -> Self:
        return self._record_operation("matmul", other, self)

    def __neg__(self) -> Self:
        return self._record_operation("negative", self)

    def __pos__(self) -> Self:
        return self

    def __abs__(self) -> Self:
        return self._record_operation("absolute", self)

    def __getitem__(self, key: Any) -> Self:
        return self._record_operation("index", self, key=key)

    def __gt__(self, other: Any) -> NDArray[np.bool_]:
        return np.asarray(self.value > _value(other))

    def __ge__(self, other: Any) -> NDArray[np.bool_]:
        return np.asarray(self.value >= _value(other))

    def __lt__(self, other: Any) -> NDArray[np.bool_]:
        return np.asarray(self.value < _value(other))

    def __le__(self, other: Any) -> NDArray[np.bool_]:
        return np.asarray(self.value <= _value(other))

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        if method != "__call__" or options:
            extra = "".join(f", {option}=…" for option in options)
            raise TypeError(
                f"np.{ufunc.__name__}{'.' + method if method != '__call__' else ''}(…{extra}) cannot be recorded; "
                f"call np.{ufunc.__name__} with nothing but its inputs"
            )
        if ufunc in _COMPARISONS:
            return ufunc(*map(_value, inputs))
        if ufunc.__name__ not in OPERATIONS:
            raise _unknown(ufunc.__name__)
        return self._record_operation(ufunc.__name__, *inputs)

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        name = function.__name__
        if name not in _FUNCTIONS:
            raise _unknown(name)
        return _FUNCTIONS[name](self._record_operation, *args, **kwargs)

    def __array__(self, *_: Any, **__: Any) -> Any:
        raise TypeError(
            "a Variable came where plain numbers are needed; use NumPy's functions and operators, which are "
            "recorded, or its .value, which is not"
        )

    def __setitem__(self, key: Any, value: Any) -> None:
        raise TypeError("a Variable cannot be changed in place, since its graph would be wrong; make a new one")


_COMPARISONS = {np.greater, np.greater_equal, np.less, np.less_equal}


def _where(record: Callable[..., Any], condition: Any, a: Any, b: Any) -> Any:
    return record("where", a, b, condition=np.asarray(_value(condition), dtype=bool))


# NumPy's functions that are not ufuncs, by name, as they are called there.
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "sum": lambda record, a, axis=None, *, keepdims=False: a.sum(axis, keepdims=keepdims),
    "mean": lambda record, a, axis=None, *, keepdims=False: a.mean(axis, keepdims=keepdims),
    "max": lambda record, a, axis=None, *, keepdims=False: a.max(axis, keepdims=keepdims),
    "amax": lambda record, a, axis=None, *, keepdims=False: a.max(axis, keepdims=keepdims),
    "transpose": lambda record, a, axes=None: a.transpose(*(axes or ())),
    "reshape": lambda record, a, shape: a.reshape(shape),
    "dot": lambda record, a, b: record("matmul", a, b),
    "where": _where,
}


def _value(x: Any) -> Any:
    return x.value if isinstance(x, Recorded) else x


def _unknown(name: str) -> TypeError:
    ours = {"cross_entropy", "log_softmax", "relu", "sigmoid", "softmax"}
    known = ", ".join(f"np.{known}" for known in sorted({*OPERATIONS, *_FUNCTIONS} - ours - {"index"}))
    return TypeError(f"np.{name} cannot be differentiated here; known: {known}, and primer's {', '.join(sorted(ours))}")

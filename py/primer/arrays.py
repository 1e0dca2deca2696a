"""What every function asks of its input: real numbers in a full rectangle, none of them NaN."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.floating[Any]]


def as_floats(values: ArrayLike, name: str) -> Floats:
    """Return `values` as an array of floats; `name` is what errors call it.

    Floats keep their width (float32 stays float32); integers and booleans become float64.

    Raises
    ------
    TypeError
        If the entries are not real numbers.
    ValueError
        If rows differ in length or an entry is NaN.

    Examples
    --------
    >>> as_floats([2, 1, -1], "logits")
    array([ 2.,  1., -1.])
    """
    try:
        array = np.asarray(values)
    except ValueError:
        raise ValueError(
            f"{name} must be a full rectangle, but its rows differ in length; give every row the same number of entries"
        ) from None
    if array.dtype.kind in "biuO":
        try:
            array = array.astype(np.float64)
        except (TypeError, ValueError):
            raise _not_numbers(array, name) from None
    if array.dtype.kind != "f":
        raise _not_numbers(array, name)
    missing = np.isnan(array)
    if missing.any():
        raise ValueError(
            f"{name} must be numbers, got nan{_place(missing)}; nan means that an earlier "
            "step had no answer, such as inf / inf or log(-1): look there"
        )
    return array


def reject(wrong: NDArray[np.bool_], array: Floats, rule: str) -> None:
    """Raise a ValueError with `rule` and the first entry of `array` where `wrong` is true."""
    if wrong.any():
        first = tuple(int(i) for i in np.argwhere(wrong)[0])
        raise ValueError(f"{rule}, got {array[first]:g}{_place(wrong)}")


def _place(found: NDArray[np.bool_]) -> str:
    """Where the first true entry stands: `` at position 3`` or `` at position (0, 2)``."""
    first = [int(i) for i in np.argwhere(found)[0]]
    if not first:
        return ""
    return f" at position {first[0] if len(first) == 1 else tuple(first)}"


def _not_numbers(array: NDArray[Any], name: str) -> TypeError:
    got = {"U": "text", "S": "bytes", "c": "complex numbers"}.get(array.dtype.kind)
    return TypeError(f"{name} must be real numbers, got {got or array.dtype}; give ints or floats")

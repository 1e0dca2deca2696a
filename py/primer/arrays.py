"""What functions ask of their input: real numbers in a full rectangle, none of them NaN; labels; probabilities."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.floating[Any]]
Integers = NDArray[np.integer[Any]]


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


def recorded(x: Any, operation: str, **options: Any) -> Floats | None:
    """Let what records its operations (it has a method `_record_operation`) record this one; None for anything else.

    So the library's functions serve automatic differentiation as NumPy's do, and need not import it. What comes back
    stands for an array, and is taken for one.
    """
    record = getattr(type(x), "_record_operation", None)
    node: Floats | None = None if record is None else record(operation, x, **options)
    return node


def class_numbers(labels: ArrayLike, n_classes: int | None = None, name: str = "labels") -> Integers:
    """Return `labels` as an array of class numbers, which count from 0.

    Raises
    ------
    TypeError
        If they are not whole numbers.
    ValueError
        If rows differ in length or a number lies outside ``0 .. n_classes - 1``.

    Examples
    --------
    >>> class_numbers([0, 3], n_classes=3)
    Traceback (most recent call last):
    ValueError: labels must lie in 0..2 for 3 classes, got 3 at position 1
    """
    numbers = as_floats(labels, name)
    given = np.asarray(labels)
    if given.dtype.kind not in "bui" and given.size:
        raise TypeError(
            f"{name} must be whole numbers, one class number a record, got {given.dtype}; "
            f"turn them into numbers with np.array({name}).astype(int)"
        )
    if n_classes is None:
        reject(numbers < 0, numbers, f"{name} must be 0 or above")
    else:
        wrong = (numbers < 0) | (numbers >= n_classes)
        reject(wrong, numbers, f"{name} must lie in 0..{n_classes - 1} for {n_classes} classes")
    return given.astype(np.intp, copy=False)


def check_probabilities(probs: Floats, name: str, *, sum_to_one: bool = True) -> None:
    """Raise a ValueError unless `probs` lie between 0 and 1 and, if wished, every row sums to 1.

    Examples
    --------
    >>> check_probabilities(np.array([0.5, 0.25]), "probs")
    Traceback (most recent call last):
    ValueError: every row of probs must sum to 1 (did you divide by its sum?), got 0.75
    """
    reject((probs < 0) | (probs > 1), probs, f"{name} must lie between 0 and 1")
    if sum_to_one:
        sums = np.asarray(probs.sum(axis=-1))
        tolerance = max(1e-6, 100 * float(np.finfo(probs.dtype).eps))  # float32 rounds more than that
        reject(np.abs(sums - 1) > tolerance, sums, f"every row of {name} must sum to 1 (did you divide by its sum?)")


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

"""What the check of an exercise does with an answer that may be anything: it is read kindly, or refused in words.

Whatever is no answer at all (the dots, ``None``, a text, a function that was not called) raises an `AssertionError`
that says what to do, which is how a check tells a reader what is wrong.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

from primer.arrays import Floats
from primer.words import decimal, say


def number(value: Any, what: str, *, is_finite: bool = True) -> float:
    """A single number, whatever holds it: a float, an integer, an array or a list of one.

    Parameters
    ----------
    value : anything
    what : str
        What it should be, for the words: ``"A score"``.
    is_finite : bool
        Whether ``inf`` and ``nan`` are refused.

    Returns
    -------
    float

    Raises
    ------
    AssertionError
        If it is not a number. The words say what it is instead, and what to do.

    Examples
    --------
    >>> number(np.array([0.5]), "A score")
    0.5
    >>> number([1.0, 2.0], "A score")
    Traceback (most recent call last):
    AssertionError: A score is a single number; yours has the shape (2,).
    """
    array = _read(value, what, say("a single number"))
    if array.size != 1:
        raise AssertionError(
            say("{what} is a single number; yours has the shape {shape}.", what=what, shape=array.shape)
        )
    if is_finite:
        _refuse_infinite(array, what)
    return float(array.reshape(()))


def numbers(value: Any, shape: tuple[int, ...], what: str) -> Floats:
    """Numbers of a shape, whatever holds them: an array of any kind, lists, tuples.

    Parameters
    ----------
    value : anything
    shape : tuple of int
        What it must have; the words say both.
    what : str
        As for `number`.

    Returns
    -------
    ndarray of float64
        A copy.

    Raises
    ------
    AssertionError
        If it is something else, has another shape, or holds ``nan`` or infinities.

    Examples
    --------
    >>> numbers([True, False], (2,), "The answer")
    array([1., 0.])
    """
    array = _read(value, what, say("numbers of the shape {shape}", shape=shape))
    if array.shape != shape:
        other = "{what} should have the shape {shape}; yours has {yours}."
        raise AssertionError(say(other, what=what, shape=shape, yours=array.shape))
    _refuse_infinite(array, what)
    return array


def result(function: Any, *arguments: Any, may_be_none: bool = False) -> Any:
    """What a reader's function returns for copies of these arguments, so that it may change them.

    Parameters
    ----------
    function : callable
        Or what stands in its place.
    may_be_none : bool
        Whether ``None`` is an answer.

    Raises
    ------
    AssertionError
        If it is no function, or returns the dots or nothing.

    Examples
    --------
    >>> result(lambda row: row.sort(), np.array([2.0, 1.0]))
    Traceback (most recent call last):
    AssertionError: Your function returns nothing (None): is there a return?
    """
    if not isinstance(function, Callable):  # type: ignore[arg-type]
        other = "It should be a function, under a line that begins with def; it is {kind}."
        raise AssertionError(say(other, kind=_kind(function)))
    value = function(*copy.deepcopy(arguments))
    if value is ...:
        raise AssertionError(say("It still returns the dots: put a computation in their place."))
    if value is None and not may_be_none:
        raise AssertionError(say("Your function returns nothing (None): is there a return?"))
    return value


def told(value: float, beside: float, digits: int = 3) -> str:
    """A number with as many decimals as it takes to see that it is not another one.

    >>> told(0.3, 0.25), told(0.2496, 0.25), told(0.25, 0.25)
    ('0.300', '0.2496', '0.250')
    """
    for more in range(digits, 17):
        if value != beside and float(f"{value:.{more}f}") != float(f"{beside:.{more}f}"):
            return decimal(f"{value:.{more}f}")
    return decimal(f"{value:.{digits}f}" if value == beside else repr(float(value)))


def _read(value: Any, what: str, wanted: str) -> Floats:
    if value is ...:
        raise AssertionError(say("{what}: nothing is there yet. Put a computation in place of the dots.", what=what))
    if value is None:
        nothing = "{what} is None, which is nothing. (print shows a value, and gives back None.)"
        raise AssertionError(say(nothing, what=what))
    if isinstance(value, str):
        text = "{what} should be {wanted}; yours is a text. Numbers stand without quotation marks."
        raise AssertionError(say(text, what=what, wanted=wanted))
    if isinstance(value, Callable):  # type: ignore[arg-type]
        function = "{what} should be {wanted}; yours is a function. Call it, with round brackets."
        raise AssertionError(say(function, what=what, wanted=wanted))
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            raise TypeError
        return array.astype(np.float64)
    except Exception:
        other = "{what} should be {wanted}; yours is {kind}, and cannot be read so."
        raise AssertionError(say(other, what=what, wanted=wanted, kind=_kind(value))) from None


def _refuse_infinite(array: Floats, what: str) -> None:
    if np.isnan(array).any():
        nan = "{what} is nan, 'not a number': look for 0 / 0, or for a logarithm of something below 0."
        raise AssertionError(say(nan, what=what))
    if np.isinf(array).any():
        infinite = "{what} is infinite: look for a division by 0, or for the logarithm of 0."
        raise AssertionError(say(infinite, what=what))


def _kind(value: Any) -> str:
    name = type(value).__name__
    return say("an {kind}", kind=name) if name[:1].lower() in "aeiou" else say("a {kind}", kind=name)

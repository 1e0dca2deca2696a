"""What the engine knows of NumPy: what it says when something goes wrong, its chance, and whether it computes.

The wording is NumPy 2.4's, which readers have.
"""

from __future__ import annotations

import re
import sys
from importlib import import_module
from typing import Any

from cells.page.package import Package, Wording
from cells.page.wordings import TOO_LARGE
from cells.page.words import say


def _shapes_hint(match: re.Match[str]) -> str:
    return say(
        "NumPy was asked to combine arrays of shapes {shapes}, and they do not fit. Compare from the "
        "right: each pair of lengths must be equal, or one of them 1. Print .shape of each to see which one is off.",
        shapes=match[1].strip(),
    )


def _matmul_hint(match: re.Match[str]) -> str:
    return say(
        "In A @ B the columns of A must be as many as the rows of B; here they are {columns} and {rows}. "
        "Print .shape of both; one may need .T (rows and columns swapped).",
        columns=match[2],
        rows=match[1],
    )


def _dot_hint(match: re.Match[str]) -> str:
    return say(
        "In np.dot the last length of the first shape, {first}, must equal the last but one (or only) length of "
        "the second, {second}. Print .shape of both.",
        first=match[1],
        second=match[2],
    )


def _axis_hint(match: re.Match[str]) -> str:
    dimensions = int(match[2])
    if dimensions == 1:
        return say(
            "The array has one dimension, so its only axis is 0 (or -1); there is no axis {axis}.", axis=match[1]
        )
    return say(
        "The array has {dimensions} dimensions: the axes are 0 to {last}; there is no axis {axis}.",
        dimensions=dimensions,
        last=dimensions - 1,
        axis=match[1],
    )


def _index_hint(match: re.Match[str]) -> str:
    size = int(match[2])
    if not size:
        return say("There is nothing in it, so no position exists. Print it to see where it became empty.")
    values = {"at": match[1], "size": size, "last": size - 1}
    if match[1].startswith("-"):
        return say(
            "Position {at} counts from the end, where -1 is the last and -{size} the first of the {size}.", **values
        )
    return say("Position {at} was asked for, but there are {size}: they count from 0, so the last is {last}.", **values)


_WORDINGS: tuple[Wording, ...] = (
    (ValueError, r"shapes (\S.*\)) and (\(.*\)) not aligned", _dot_hint),
    (ValueError, "could not broadcast input array from shape",
     "What is put in has another shape than the place it goes to. Print .shape of both."),
    (ValueError, r"shapes ((?:\(\d[\d, ]*\) ?|\(\) ?)+)", _shapes_hint),
    (ValueError, r"matmul.*\(size (\d+) is different from (\d+)\)", _matmul_hint),
    (ValueError, "truth value of an array",
     "An array has many truths. To choose number by number: np.where(condition, this, that). For one "
     "truth: .any(), .all()."),
    (ValueError, "cannot reshape array", "A new shape must hold exactly as many numbers as the old one."),
    (ValueError, "input arrays? |input array dimensions",
     "What is put together must fit: print the .shape of each, and see in which length they differ."),
    (ValueError, "does not have enough dimensions", "@ multiplies arrays. To multiply by one number write *."),
    (ValueError, "must have same size", "There must be as many probabilities as things to choose from."),
    (ValueError, "Integers to negative integer powers",
     "Whole numbers have no negative powers in NumPy. Write 2.0, or x.astype(float)."),
    (ValueError, "either both or neither", "np.where takes three: np.where(condition, this, that)."),
    (ValueError, "remapped shapes", "The shapes do not fit. Print .shape of each."),
    (ValueError, "inhomogeneous",
     "The rows are not equally long, so they make no table. Count the numbers in each row."),
    (ValueError, "setting an array element with a sequence",
     "One place in an array holds one number, and this is several."),
    (ValueError, "axes don't match|equal division", "The shape does not allow it. Print .shape and count."),
    (ValueError, "read-only", "This array is not to be changed. Work on a copy: x = x.copy()"),
    (IndexError, r"axis (-?\d+) is out of bounds for array of dimension (\d+)", _axis_hint),
    (IndexError, r"index (-?\d+) is out of bounds for axis \d+ with size (\d+)", _index_hint),
    (IndexError, "too many indices",
     "The array has fewer dimensions than you gave positions. Print its .shape and .ndim."),
    (TypeError, "as a data type|data type .* not understood",
     "The shape goes into brackets of its own: np.zeros((3, 4))."),
    (TypeError, "only integer scalar arrays", "Several arrays go in together, in a list: np.concatenate([a, b])."),
    (TypeError, r"ufunc '(?!bitwise_xor).* not supported|loop of ufunc|dtypes are not compatible",
     "There is something among the values that is no number: a text, None, or rows of unequal length. Print .dtype."),
    (TypeError, "0-dimensional arrays|only length-1 arrays",
     "Several numbers cannot become one. Pick one with [ ], or take .sum() or .mean()."),
    (TypeError, "Cannot cast ufunc",
     "The array holds whole numbers and the result is none. Begin with floats: x = x.astype(float)"),
    (Exception, "Array must be at least two-dimensional", "A matrix is needed here: rows and columns. Print .shape."),
    (ValueError, "array is too big|Maximum allowed (?:dimension|size) exceeded", TOO_LARGE),
    (ValueError, "zero-size array",
     "There is nothing in it to choose from. Print it to see where it became empty."),
    (ValueError, "scale < 0|high <= 0|low >= high|Seed must be",
     "This number must not be negative, or the bounds are the wrong way round. Print it."),
    (ValueError, "of size 1 to a Python scalar",
     "Several numbers cannot become one. Pick one of them with [ ], or take .sum() or .mean()."),
    (TypeError, r"unsupported format string passed to (?:numpy|list|tuple)",
     "A format such as :.2f is for one number. Print them without it, or one by one, or with .round(2)."),
    (TypeError, "not JSON serializable",
     "JSON knows numbers, texts, lists and dictionaries. Turn an array into a list: x.tolist()."),
    (TypeError, r"unsupported operand type\(s\) for (?!\^).*'(?:list|tuple)'",
     "Lists do not calculate. Make an array first: np.array([2.0, 1.0])"),
    (TypeError, "can't multiply sequence|unary .*'(?:list|tuple)'|between instances of '(?:list|tuple)'",
     "Lists do not calculate. Make an array first: np.array([2.0, 1.0])"),
    (TypeError, "ufunc .* did not",
     "The two sides are of kinds that do not go together. Print type() of each."),
)  # fmt: skip


def _attribute_hint(thing: object, name: str) -> str:
    array = getattr(sys.modules.get("numpy"), "ndarray", None)
    if isinstance(thing, list | tuple) and hasattr(array, name):
        kind = type(thing).__name__
        lacking = "A {kind} has no .{name}, an array has. Make one first: np.array([2.0, 1.0])"
        return say(lacking, kind=kind, name=name)
    return ""


def _check() -> None:
    """Compute a softmax: whatever way Python was started, this is what a cell's numbers rest on."""
    numpy: Any = import_module("numpy")
    powers = numpy.exp([2.0, 1.0, -1.0])
    shares = (powers / powers.sum()).round(4).tolist()
    if shares != [0.7054, 0.2595, 0.0351]:
        raise RuntimeError(f"its NumPy does not compute: expected [0.7054, 0.2595, 0.0351], here {shares}")


_REHEARSED = """import numpy as np
_x = 2.0  # @param {type:'number'}
y = np.exp([_x, 1.0])
_shares = np.exp(y - y.max())
str(_shares / _shares.sum()), repr(_shares), f"{_shares[0]:.4f}", np.linalg.solve(np.eye(2), np.ones(2))
print(f"{y[0]:.2f}")
y"""

PACKAGE = Package(
    name="numpy",
    title="NumPy",
    alias="np",
    parts=("linalg", "random"),
    elsewhere={"ln": "log", "power": "power", "arr": "array", "avg": "mean", "average": "mean"},
    chance="numpy.random",
    wordings=_WORDINGS,
    attribute_hint=_attribute_hint,
    rehearsed=_REHEARSED,
    check=_check,
)

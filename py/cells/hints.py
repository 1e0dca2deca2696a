"""Hints for readers: a table from what Python says to what they can do. The first row that fits is used."""

from __future__ import annotations

import builtins
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cells.copies import CopyError


def hint_for(error: BaseException, source: str, namespace: Mapping[str, Any], known: Mapping[str, str]) -> str:
    """What to look at, in plain words; empty where nothing helpful is known. Arguments as for ``errors.describe``."""
    if isinstance(error, NameError):
        return _name_hint(error, source, namespace, known)
    if isinstance(error, AttributeError):
        return _attribute_hint(error)
    if isinstance(error, ModuleNotFoundError):
        return _module_hint(error)
    for kind, pattern, hint in _HINTS:
        if isinstance(error, kind) and (match := re.search(pattern, str(error))):
            return hint(match) if callable(hint) else hint
    return ""


def _closest(name: str, candidates: Iterable[str]) -> str | None:
    if len(name) < 3:
        return None  # everything is close to a name of one or two letters
    names = list(candidates)
    by_lower = {candidate.lower(): candidate for candidate in names}
    found = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def _name_hint(error: NameError, source: str, namespace: Mapping[str, Any], known: Mapping[str, str]) -> str:
    name = error.name or ""
    if isinstance(error, UnboundLocalError):
        name = "".join(re.findall(r"variable '(\w+)'", str(error)))  # it is not in error.name
        return (
            f"Inside this function '{name}' is used before it gets a value. Give it one first, "
            "or pass it in as an argument."
        )
    if name == "np":
        return "NumPy is not imported in this cell. Add this as its first line: import numpy as np"
    if name == "numpy":
        return "Add this as the cell's first line: import numpy as np. Then write np where you wrote numpy."
    if name in ("true", "false", "none"):
        return f"Python writes it with a capital letter: {name.capitalize()}"
    if name in known:
        return f"Cell \"{known[name]}\" ran without giving '{name}' a value. Look there at the lines that should."
    mine = [other for other in namespace if not other.startswith("__")]
    if re.search(rf"^\s*{re.escape(name)}\s*=", source, re.MULTILINE):
        return (
            f"'{name}' gets its value further down, or not at all. Python reads from top to bottom: move that line up."
        )
    if close := _closest(name, [*known, *mine, *dir(builtins)]):
        where = f', which cell "{known[close]}" defines' if close in known and close not in mine else ""
        return f"Nothing is called '{name}'. Did you mean '{close}'{where}?"
    return f"Nothing is called '{name}'. Check the spelling, or define it first: {name} = …"


def _attribute_hint(error: AttributeError) -> str:
    name = error.name or ""
    close = _closest(name, [other for other in dir(error.obj) if not other.startswith("_")])
    kind = getattr(error.obj, "__name__", None) or type(error.obj).__name__
    if "'NoneType'" in str(error):
        return "The value before the dot is None: the step that made it returned nothing."
    if close:
        return f"'{kind}' has nothing called '{name}'. Did you mean '{close}'?"
    return f"'{kind}' has nothing called '{name}'. Check the spelling after the dot."


def _module_hint(error: ModuleNotFoundError) -> str:
    wanted = (error.name or "").partition(".")[0]
    if close := _closest(wanted, ["numpy", "primer", "math", "random", "statistics"]):
        return f"There is no module '{wanted}' here. Did you mean '{close}'?"
    return f"'{wanted}' is not here. A cell can import numpy, primer and Python's standard library."


def _shapes_hint(match: re.Match[str]) -> str:
    return (
        f"NumPy was asked to combine arrays of shapes {match[1].strip()}, and they do not fit. Compare from the "
        "right: each pair of lengths must be equal, or one of them 1. Print .shape of each to see which one is off."
    )


def _matmul_hint(match: re.Match[str]) -> str:
    return (
        f"In A @ B the columns of A must be as many as the rows of B; here they are {match[2]} and {match[1]}. "
        "Print .shape of both; one may need .T (rows and columns swapped)."
    )


def _dot_hint(match: re.Match[str]) -> str:
    return (
        f"In np.dot the last length of the first shape, {match[1]}, must equal the last but one (or only) length of "
        f"the second, {match[2]}. Print .shape of both."
    )


def _axis_hint(match: re.Match[str]) -> str:
    dimensions = int(match[2])
    if dimensions == 1:
        return f"The array has one dimension, so its only axis is 0 (or -1); there is no axis {match[1]}."
    return f"The array has {dimensions} dimensions: the axes are 0 to {dimensions - 1}; there is no axis {match[1]}."


def _index_hint(match: re.Match[str]) -> str:
    size = int(match[2])
    if not size:
        return "There is nothing in it, so no position exists. Print it to see where it became empty."
    if match[1].startswith("-"):
        return f"Position {match[1]} counts from the end, where -1 is the last and -{size} the first of the {size}."
    return f"Position {match[1]} was asked for, but there are {size}: they count from 0, so the last is {size - 1}."


_MISSING_BRACKET = "A bracket was opened and never closed. Count the ( [ { and the ) ] } on this line and those above."

_TOO_LARGE = "There is not enough memory for this. Use fewer or smaller numbers."

_Hint = str | Callable[[re.Match[str]], str]
_HINTS: tuple[tuple[type[BaseException], str, _Hint], ...] = (
    (CopyError, "nested too deeply",
     "It holds a value that holds a value, and so on, too often. Begin its name with _ to keep it in this cell."),
    (CopyError, "",
     "Other cells get copies. Mend what its class does when it is copied, or begin its name with _ to keep it here."),
    (SyntaxError, "nested too deeply",
     "So many signs, brackets or branches within one another cannot be read. Give parts of it a name, line by line."),
    (SyntaxError, "null byte|half of a character",
     "Something that is no text came in with it. Delete it here and type it anew."),
    (RuntimeError, "current event loop|no running event loop|nothing comes after",
     "Nothing can wait until the run is over: a cell ends with its last line. With asyncio, write asyncio.run(main())."),
    (RuntimeError, "nobody will bring", "This waits for something that never comes: nothing else runs beside a cell."),
    (TabError, "", "Some lines begin with tabs and some with spaces. Begin all of them with spaces."),
    (IndentationError, "expected an indented block", "The line after a colon must be indented by four spaces."),
    (IndentationError, "unexpected indent", "This line begins with spaces that it should not have."),
    (IndentationError, "", "Lines of one block must begin with the same number of spaces."),
    (SyntaxError, "was never closed", _MISSING_BRACKET),
    (SyntaxError, "does not match|unmatched", "A closing bracket has no partner of its kind before it."),
    (SyntaxError, "expected ':'", "A line that begins with if, for, while, def or class ends in a colon."),
    (SyntaxError, "unterminated.*string", "A text was begun with a quotation mark and never ended with one."),
    (SyntaxError, "cannot assign to", "Left of = there must be a name that can hold a value; to compare, write =="),
    (SyntaxError, "Maybe you meant '=='", "One = stores a value; to compare two values write =="),
    (SyntaxError, "forgot a comma", "Between two values in a list or a call there must be a comma."),
    (SyntaxError, "invalid decimal literal", "A number runs into letters here: is there a * or a space missing?"),
    (SyntaxError, "leading zeros", "A number cannot begin with 0: write 7, not 07."),
    (SyntaxError, "invalid (?:non-printable )?character",
     "A character from a word processor or another alphabet; type it anew."),
    (SyntaxError, "hides what it defines", "For example: from primer import softmax"),
    (SyntaxError, "Missing parentheses in call to", "In Python 3 print is a function: print(…), with round brackets."),
    (SyntaxError, "outside (?:async )?function",
     "This word belongs inside a function, under a line that begins with def."),
    (SyntaxError, "",
     "Python cannot read this line. Look at the marked place and just before it, also at the line above."),
    (ValueError, r"shapes (\S.*\)) and (\(.*\)) not aligned", _dot_hint),
    (ValueError, "could not broadcast input array from shape",
     "What is put in has another shape than the place it goes to. Print .shape of both."),
    (ValueError, r"shapes ((?:\(\d[\d, ]*\) ?|\(\) ?)+)", _shapes_hint),
    (ValueError, r"matmul.*\(size (\d+) is different from (\d+)\)", _matmul_hint),
    (ValueError, "inhomogeneous",
     "The rows are not equally long, so they make no table. Count the numbers in each row."),
    (ValueError, "truth value of an array", "An array has many truths. Say which: .any() or .all()"),
    (ValueError, "cannot reshape array", "A new shape must hold exactly as many numbers as the old one."),
    (ValueError, "could not convert string to float",
     "This text is not a number. Numbers stand without quotation marks: 2.0"),
    (ValueError, "unpack", "Left and right of = must be equally many: as many names as values."),
    (IndexError, r"axis (-?\d+) is out of bounds for array of dimension (\d+)", _axis_hint),
    (IndexError, r"index (-?\d+) is out of bounds for axis \d+ with size (\d+)", _index_hint),
    (IndexError, "too many indices",
     "The array has fewer dimensions than you gave positions. Print its .shape and .ndim."),
    (IndexError, "",
     "A position was asked for that does not exist. Positions count from 0; print len() of what you index."),
    (KeyError, "", "This key is not in the dictionary. Print its .keys() to see which are."),
    (ZeroDivisionError, "", "Something was divided by zero. Print the number below the line just before this step."),
    (TypeError, "not callable",
     "Round brackets call a function, and this is not one. For a position write [ ]; for a product, *."),
    (TypeError, "unsupported operand.*'(?:list|tuple)'",
     "Lists do not calculate. Make an array first: np.array([2.0, 1.0])"),
    (TypeError, "unsupported operand.*'NoneType'", "One side is None: a function without return gives None."),
    (TypeError, "can't multiply sequence|unary .*'(?:list|tuple)'|between instances of '(?:list|tuple)'",
     "Lists do not calculate. Make an array first: np.array([2.0, 1.0])"),
    (TypeError, "unsupported operand|ufunc .* did not|^must be real number|can only concatenate|between instances",
     "The two sides are of kinds that do not go together. Print type() of each."),
    (TypeError, "missing \\d+ required",
     "The function was called with too few values. Look at its def line for the names."),
    (TypeError, "positional arguments? but|unexpected keyword|got multiple values",
     "The function was called with values that it does not take. Look at its def line for the names."),
    (TypeError, "not subscriptable", "Square brackets pick out a part, and this has no parts."),
    (TypeError, "not iterable", "A single value cannot be walked through. To count up to it, use range( )."),
    (RecursionError, "", "The function calls itself without end. Give it a case in which it returns at once."),
    (MemoryError, "", _TOO_LARGE),
    (ValueError, "array is too big|Maximum allowed (?:dimension|size) exceeded", _TOO_LARGE),
    (ValueError, "on closed file", "This cell closed what it prints to. Take that line out; each run begins anew."),
    (RuntimeError, "start new thread", "There are no threads in the page. Let the steps follow each other."),
    (PermissionError, "own folder", "Files of Python and of this site stay as they are. Take a name without a /."),
    (FileNotFoundError, "", "There is no such file here. A cell sees the files that it has written itself."),
    (OverflowError, "", "The result is too large for a number of this kind. Use smaller numbers."),
    (EOFError, "", "Nobody can type into a running cell. Write the value into the code: name = 2.0"),
    (SystemExit, "", "Nothing needs to be ended here: a cell ends by itself after its last line."),
    (AssertionError, "", "What the assert line claims is not so. Print the values that it compares."),
)  # fmt: skip

"""What Python and NumPy say when something goes wrong, and what a reader can do about it: the first row that fits.

The wording is CPython 3.14's and NumPy 2.4's, which readers have; older ones of the build's Python are there beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from cells.page.copies import CopyError


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

Hint = str | Callable[[re.Match[str]], str]
HINTS: tuple[tuple[type[BaseException], str, Hint], ...] = (
    (CopyError, "nested too deeply",
     "It holds a value that holds a value, and so on, too often. Begin its name with _ to keep it in this cell."),
    (CopyError, "",
     "Other cells get copies. Mend what its class does when it is copied, or begin its name with _ to keep it here."),
    (SyntaxError, "nested too deeply",
     "So many signs, brackets or branches within one another cannot be read. Give parts of it a name, line by line."),
    (SyntaxError, "null byte|half of a character",
     "Something that is no text came in with it. Delete it here and type it anew."),
    (RuntimeError, "current event loop|no running event loop|nothing comes after",
     "Nothing can wait until the run is over: a cell ends with its last line. With asyncio, write "
     "asyncio.run(main())."),
    (RuntimeError, "nobody will bring",
     "This waits for something that never comes: nothing else runs beside a cell."),
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
    (SyntaxError, "Missing parentheses in call to",
     "In Python 3 print is a function: print(…), with round brackets."),
    (SyntaxError, "outside (?:async )?function",
     "This word belongs inside a function, under a line that begins with def."),
    (SyntaxError, "can't use starred expression", "A * needs something on its left to multiply."),
    (SyntaxError, "expected argument value", "Behind = in a call there must be a value: print(x=3)."),
    (SyntaxError, "positional argument follows keyword",
     "Values with a name, such as a=1, come last in a call: write f(2, a=1)."),
    (SyntaxError, "keyword argument repeated|duplicate argument", "The same name stands in the brackets twice."),
    (SyntaxError, "parameter without a default|non-default argument",
     "In a def line, names with a value (a=1) come after those without."),
    (SyntaxError, "expected 'else' after", "A choice in one line names both ways: a if condition else b."),
    (SyntaxError, "'(?:break|continue)'",
     "This word belongs inside a loop, under a line that begins with for or while."),
    (SyntaxError, "Expected one or more names", "Say what to import: from math import sqrt"),
    (SyntaxError, "in binary literal|in octal literal",
     "A number that begins with 0b or 0o has its own digits. Write it plainly."),
    (SyntaxError, "cannot delete", "Only a name, or a part such as x[0], can be deleted."),
    (SyntaxError, "before global|nonlocal",
     "Leave out global and nonlocal: pass values in as arguments, and give them back by return."),
    (SyntaxError, "expected 'except' or 'finally'",
     "A block that begins with try: needs an except: below it, as far in."),
    (SyntaxError, "",
     "Python cannot read this line. Look at the marked place and just before it, also at the line above."),
    (ValueError, r"shapes (\S.*\)) and (\(.*\)) not aligned", _dot_hint),
    (ValueError, "could not broadcast input array from shape",
     "What is put in has another shape than the place it goes to. Print .shape of both."),
    (ValueError, r"shapes ((?:\(\d[\d, ]*\) ?|\(\) ?)+)", _shapes_hint),
    (ValueError, r"matmul.*\(size (\d+) is different from (\d+)\)", _matmul_hint),
    (ValueError, "inhomogeneous",
     "The rows are not equally long, so they make no table. Count the numbers in each row."),
    (ValueError, "truth value of an array",
     "An array has many truths. To choose number by number: np.where(condition, this, that). For one "
     "truth: .any(), .all()."),
    (ValueError, "cannot reshape array", "A new shape must hold exactly as many numbers as the old one."),
    (ValueError, "could not convert string to float",
     "This text is not a number. Numbers stand without quotation marks: 2.0"),
    (ValueError, "unpack", "Left and right of = must be equally many: as many names as values."),
    (ValueError, "invalid literal for int",
     "int( ) reads whole numbers alone. For 2.5 write float( ); a text that is no number cannot be read."),
    (ValueError, r"is not in list|not in (?:list|tuple)|substring not found",
     "What is looked for is not there. Ask first: if x in values."),
    (ValueError, "iterable argument is empty|empty sequence|zero-size array|cannot be empty|requires at least one",
     "There is nothing in it to choose from. Print it to see where it became empty."),
    (ValueError, "input arrays? |input array dimensions",
     "What is put together must fit: print the .shape of each, and see in which length they differ."),
    (ValueError, "does not have enough dimensions", "@ multiplies arrays. To multiply by one number write *."),
    (ValueError, "must have same size", "There must be as many probabilities as things to choose from."),
    (ValueError, "larger (?:sample )?than population",
     "More are asked for than there are. Ask for fewer, or let them repeat."),
    (ValueError, "Integers to negative integer powers",
     "Whole numbers have no negative powers in NumPy. Write 2.0, or x.astype(float)."),
    (ValueError, "expected a (?:positive|nonnegative) input|math domain",
     "There is no such root or logarithm of this number. Print it: is it 0, or below?"),
    (ValueError, "Unknown format code",
     "A format such as :.2f is for numbers, and this is none. Print type() of it."),
    (ValueError, r"Exceeds the limit \(\d+ digits\)", "This number has too many digits to be written out."),
    (ValueError, "empty range", "The first number must not be larger than the second."),
    (ValueError, "either both or neither", "np.where takes three: np.where(condition, this, that)."),
    (ValueError, "remapped shapes", "The shapes do not fit. Print .shape of each."),
    (ValueError, "setting an array element with a sequence",
     "One place in an array holds one number, and this is several."),
    (ValueError, "axes don't match|equal division", "The shape does not allow it. Print .shape and count."),
    (ValueError, "scale < 0|high <= 0|low >= high|non-?negative|Seed must be",
     "This number must not be negative, or the bounds are the wrong way round. Print it."),
    (ValueError, "of size 1 to a Python scalar",
     "Several numbers cannot become one. Pick one of them with [ ], or take .sum() or .mean()."),
    (ValueError, "read-only", "This array is not to be changed. Work on a copy: x = x.copy()"),
    (ValueError, "not in range|arg not in", "The number lies outside of what is allowed here. Print it."),
    (ValueError, "Expecting|Extra data",
     "This text is not in the form that is read here. Look at the place that it names."),
    (IndexError, r"axis (-?\d+) is out of bounds for array of dimension (\d+)", _axis_hint),
    (IndexError, r"index (-?\d+) is out of bounds for axis \d+ with size (\d+)", _index_hint),
    (IndexError, "too many indices",
     "The array has fewer dimensions than you gave positions. Print its .shape and .ndim."),
    (IndexError, "",
     "A position was asked for that does not exist. Positions count from 0; print len() of what you index."),
    (KeyError, "", "This key is not in the dictionary. Print its .keys() to see which are."),
    (ZeroDivisionError, "", "Something was divided by zero. Print the number below the line just before this step."),
    (TypeError, r"for \^|bitwise_xor", "In Python ^ is no power. Write two stars: x ** 2"),
    (TypeError, r"has no len\(\)", "Only what holds several values has a length. Print type() of it."),
    (TypeError, "cannot be interpreted as an integer|expected a sequence of integers",
     "A whole number is needed here: 3, not 3.0 and not '3'. int( ) makes one."),
    (TypeError, "does not support item assignment",
     "Texts and tuples cannot be changed. Make a new one, or a list: [1, 2]."),
    (TypeError, "unhashable", "A list cannot be a key or be in a set, for it may change. Write a tuple: (1, 2)."),
    (TypeError, "indices must be integers",
     "A position is a whole number, such as 0. For a name as the key you need a dictionary."),
    (TypeError, "as a data type|data type .* not understood",
     "The shape goes into brackets of its own: np.zeros((3, 4))."),
    (TypeError, "only integer scalar arrays", "Several arrays go in together, in a list: np.concatenate([a, b])."),
    (TypeError, "ufunc .* not supported|loop of ufunc|dtypes are not compatible",
     "There is something among the values that is no number: a text, None, or rows of unequal length. Print .dtype."),
    (TypeError, "0-dimensional arrays|only length-1 arrays",
     "Several numbers cannot become one. Pick one with [ ], or take .sum() or .mean()."),
    (TypeError, "Cannot cast ufunc",
     "The array holds whole numbers and the result is none. Begin with floats: x = x.astype(float)"),
    (TypeError, "cannot unpack non-iterable", "Right of = there is one value, and left of it are several names."),
    (TypeError, "operand type for (?:unary .*'str'|abs)|define __round__|real number is required",
     "This is no number. Print type() of it; float( ) makes one of a text."),
    (TypeError, r"unsupported format string passed to (?:numpy|list|tuple)",
     "A format such as :.2f is for one number. Print them without it, or one by one, or with .round(2)."),
    (TypeError, r"argument must be a string",
     "Only one number, or the text of one, can be turned into a number. Pick one with [ ]."),
    (TypeError, "takes no arguments",
     "Its class has no __init__ that would take them. Look for __init__, with two underscores on each side."),
    (TypeError, "exceptions must derive", "Behind raise stands a kind of error: raise ValueError('what is wrong')."),
    (TypeError, "is not an iterator", "next( ) needs iter( ) around what it walks through: next(iter(values))."),
    (TypeError, "expected a character", "One single character is needed here."),
    (TypeError, "not JSON serializable",
     "JSON knows numbers, texts, lists and dictionaries. Turn an array into a list: x.tolist()."),
    (TypeError, "same length", "There must be as many of the one as of the other. Print the length of both."),
    (TypeError, r"missing required argument|must be None or a string|argument '.*' must be",
     "The function was called with values that it does not take. Look up what it expects."),
    (Exception, "Array must be at least two-dimensional", "A matrix is needed here: rows and columns. Print .shape."),
    (StopIteration, "", "There was nothing left to walk through. A for loop ends by itself when that happens."),
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
    (RecursionError, "",
     "The function calls itself without end, or a value is nested too deeply. Give it a case in which it "
     "returns at once."),
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

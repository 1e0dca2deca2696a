"""What went wrong in a cell, told to the reader: their own line first, a hint in plain words last."""

from __future__ import annotations

import linecache
import re
import sys
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any

from cells.page.hints import hint_for
from cells.page.words import say

_FRAMES_SHOWN = 12
_MESSAGE_LIMIT = 2_000


class PageError(Exception):
    """A page that cannot be built: the message names page, cell and line."""


def describe(
    error: BaseException, filename: str, source: str, namespace: Mapping[str, Any], known: Mapping[str, str]
) -> dict[str, Any]:
    """The error output for an exception that a cell raised.

    Parameters
    ----------
    error
        What was raised, with its traceback.
    filename, source
        The cell as it was compiled.
    namespace
        The cell's names at that moment.
    known
        Public names of the page and the cell that defines each.
    """
    try:
        return _describe(error, filename, source, namespace, known)
    except BaseException:  # a reader's own kind of exception, or class of one, in which anything may be redefined
        return error_output("Error", say("(what it says could not be made out)"), None, "", "")


def _describe(
    error: BaseException, filename: str, source: str, namespace: Mapping[str, Any], known: Mapping[str, str]
) -> dict[str, Any]:
    message = _message(error)
    if len(message) > _MESSAGE_LIMIT:
        message = message[:_MESSAGE_LIMIT] + " …"
    if isinstance(error, SyntaxError) and error.filename == filename:
        message, line, text = error.msg, error.lineno, _syntax_text(error, source)
    else:
        line, text = _frames_text(error.__traceback__, filename)
    name = next(kind.__name__ for kind in type(error).__mro__ if not kind.__name__.startswith("_"))
    hint = _hint(error, source, namespace, known)
    headline = f"{name}: {message}" if message else name
    return error_output(name, message, line, "\n".join(filter(None, [text, headline, hint])), hint)


def owner_of(error: BaseException) -> tuple[str, Mapping[str, Any]] | None:
    """The cell whose line an error goes back to most closely, and its names at that moment; None if no cell's does."""
    found = None
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if (file := frame.f_code.co_filename).startswith("<cell "):
            found = file[6:-1], frame.f_globals
    return found


def _message(error: BaseException) -> str:
    try:
        return "".join(str(error))  # a plain text, whatever __str__ gave
    except BaseException:  # a reader's own exception, whose __str__ fails
        return say("(its message could not be made)")


def _hint(error: BaseException, source: str, namespace: Mapping[str, Any], known: Mapping[str, str]) -> str:
    try:
        return hint_for(error, source, namespace, known)
    except BaseException:  # it looks at the reader's own objects, and they may do anything
        return ""


def error_output(name: str, message: str, line: int | None, text: str, hint: str) -> dict[str, Any]:
    return {"type": "error", "name": name, "message": message, "line": line, "traceback": text, "hint": hint}


def _syntax_text(error: SyntaxError, source: str) -> str:
    lines = source.splitlines()
    if not error.lineno or error.lineno > len(lines):
        return f"line {error.lineno}" if error.lineno else ""
    code = lines[error.lineno - 1]
    bare = code.lstrip()
    text = f"line {error.lineno}\n    {bare}"
    if error.offset:
        text += "\n    " + " " * max(error.offset - 1 - (len(code) - len(bare)), 0) + "^"
    return text


def _frames_text(tb: TracebackType | None, filename: str) -> tuple[int | None, str]:
    """The innermost of the cell's own lines, and the way from its first line to where the error was raised."""
    line = None
    shown: list[str] = []
    for frame, lineno in traceback.walk_tb(tb):
        file = frame.f_code.co_filename
        if file == filename:
            line = lineno
        if file.startswith("<cell ") or shown:
            function = "" if frame.f_code.co_name == "<module>" else f", in {frame.f_code.co_name}"
            place = "" if file == filename else f"{_short(file)}, "
            code = linecache.getline(file, lineno, frame.f_globals).strip()
            shown.append(f"{place}line {lineno}{function}" + (f"\n    {code}" if code else ""))
    if len(shown) > _FRAMES_SHOWN:
        left_out = len(shown) - _FRAMES_SHOWN + 1
        shown[_FRAMES_SHOWN // 2 : _FRAMES_SHOWN // 2 + left_out] = [f"… {left_out:,} more steps …"]
    return line, "\n".join(shown)


def _short(file: str) -> str:
    """A file's path from its package on: where it stands on the disk tells a reader nothing.

    >>> _short("/lib/python3.14/site-packages/lessons/plane.py"), _short("<cell doors>")
    ('lessons/plane.py', 'cell "doors"')
    """
    if file.startswith("<cell "):
        return f'cell "{file[6:-1]}"'
    for root in sorted(filter(None, sys.path), key=len, reverse=True):
        if file.startswith(root.rstrip("/") + "/"):
            return file[len(root.rstrip("/")) + 1 :]
    return re.sub(r"^.*/(?:site-packages|python3[^/]*)/", "", file)

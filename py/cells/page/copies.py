"""Values go from cell to cell as copies. Copying may run a reader's own code, which may do anything."""

from __future__ import annotations

import copy
import traceback
from collections.abc import Mapping
from typing import Any


class CopyError(Exception):
    """A value that cannot be copied, though it is of a kind that should be."""


def copies_of(values: Mapping[str, Any], is_strict: bool = False) -> dict[str, Any]:
    """Copies of values, which share what the values share.

    Of modules, generators and open files there is only the one: they are handed on as they are.

    Raises
    ------
    CopyError
        If ``is_strict`` and a value is nested too deeply, or code of a cell's raises an error while it is copied.
    """
    memo: dict[int, Any] = {}
    copies: dict[str, Any] = {}
    for name, value in values.items():
        try:
            copies[name] = copy.deepcopy(value, memo)
        except BaseException as error:
            if is_strict and (isinstance(error, RecursionError | MemoryError) or _is_of_a_cell(error)):
                raise _told(name, error).with_traceback(error.__traceback__) from None
            copies[name] = value
    if is_strict and any(hasattr(kind, "__del__") for kind in {type(made) for made in memo.values()}):
        return {}  # let go of here, where it belongs: who asks gets others
    return copies


def _told(name: str, error: BaseException) -> CopyError | MemoryError:
    if isinstance(error, MemoryError):
        return MemoryError()
    if isinstance(error, RecursionError) and not _is_of_a_cell(error):
        return CopyError(f"'{name}' is nested too deeply to be handed to other cells")
    return CopyError(f"'{name}' cannot be copied for the cells that read it: {type(error).__name__}")


def _is_of_a_cell(error: BaseException) -> bool:
    """Whether code of a cell's was at work."""
    return any(frame.f_code.co_filename.startswith("<cell ") for frame, _ in traceback.walk_tb(error.__traceback__))

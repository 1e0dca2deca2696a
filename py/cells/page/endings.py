"""What acts when it is let go acts in the run that made it: in no other cell's, and in no later one of its own."""

from __future__ import annotations

import functools
import gc
import re
import sys
from collections.abc import Callable, Collection
from types import FunctionType
from typing import Any

_LINGERING = re.compile(r"\b(?:__del__|finalize|weakref|yield|gc)\b")
_done: set[int] = set()
"""What has acted already and is still there, by ``id``."""


def lingers(source: str) -> bool:
    """Whether what a cell leaves behind may do something when it is let go.

    >>> lingers("def __del__(self): pass"), lingers("x = 1")
    (True, False)
    """
    return _LINGERING.search(source) is not None


def sweep() -> None:
    """Let go of what nobody can reach any more, now and not in another cell's run."""
    gc.collect()


def settle(cells: Collection[str]) -> None:
    """At the end of a run: what classes and functions of ``cells`` do to what is let go is done to what stays, too."""
    sweep()
    files = {f"<cell {cell}>" for cell in cells}
    things = gc.get_objects()
    ends = {kind: _end_of(kind, files) for kind in {type(thing) for thing in things}}
    for thing in things:
        if (act := ends[type(thing)]) is not None and id(thing) not in _done:
            _done.add(id(thing))
            act(thing)
    finalize: Any = getattr(sys.modules.get("weakref"), "finalize", None)
    for end in list(getattr(finalize, "_registry", ())):
        if (what := end.peek()) is not None and _file_of(what[1]) in files:
            end()


def _end_of(kind: type, files: set[str]) -> Callable[[Any], None] | None:
    """What these files say is to be done when a value of this kind is let go; from now on it is done once."""
    owner: Any = next((one for one in kind.__mro__ if "__del__" in vars(one)), None)
    act = getattr(owner, "__del__", None)
    once: Callable[[Any], None] | None = getattr(act, "__wrapped__", act)
    if _file_of(once) not in files:
        return None
    if act is once:
        owner.__del__ = _once(act)
    return once


def _file_of(function: Any) -> str:
    return function.__code__.co_filename if isinstance(function, FunctionType) else ""


def _once(act: Any) -> Callable[[Any], None]:
    @functools.wraps(act)
    def end(thing: Any) -> None:
        if id(thing) in _done:
            _done.discard(id(thing))
        else:
            act(thing)

    return end

"""asyncio as CPython has it: what a cell sets going ends within its run, or does not begin.

Pyodide's own event loop hands callbacks to the browser, which calls them after the run, when another cell may be at
work: an error, an endless loop or an exit there would be that one's. This loop has nobody to wait for but the clock.
"""

from __future__ import annotations

import asyncio
import sys
import time
from asyncio import events
from typing import Any


class _Nobody:
    """Stands where other loops have the operating system: nothing ever comes from outside."""

    def select(self, timeout: float | None) -> list[Any]:
        """Wait.

        Raises
        ------
        RuntimeError
            If it would be for ever.
        """
        if timeout is None:
            raise RuntimeError("waits for something that nobody will bring")
        if timeout > 0:
            time.sleep(timeout)
        return []

    def close(self) -> None:
        pass


class Loop(asyncio.BaseEventLoop):
    """An event loop that runs within the call of ``asyncio.run``, as in CPython."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = _Nobody()

    def _process_events(self, event_list: list[Any]) -> None:
        pass

    def _write_to_self(self) -> None:
        pass


class _Policy(getattr(events, "_BaseDefaultEventLoopPolicy", object)):  # type: ignore[misc]
    _loop_factory = Loop


def take_over() -> None:
    """Put this loop in the place of Pyodide's, where there is one."""
    webloop: Any = sys.modules.get("pyodide.webloop")
    if webloop is None:
        return
    webloop.scheduleCallback = _refuse
    asyncio.run = webloop._orig_run
    events._set_event_loop_policy(_Policy())  # type: ignore[attr-defined]
    events._set_running_loop(None)


def _refuse(*_: Any) -> None:
    raise RuntimeError("a run ends with its last line, and nothing comes after it")

"""Where code can hook into Python itself, to be called in other cells' runs: seen before a run, put back after."""

from __future__ import annotations

import contextlib
import copy
import copyreg
import gc
import sys
from collections.abc import Callable
from typing import Any

Container = dict[Any, Any] | list[Any] | set[Any]

_CONTAINERS: tuple[tuple[str, Callable[[], Container]], ...] = (
    ("gc.callbacks", lambda: gc.callbacks),
    ("sys.meta_path", lambda: sys.meta_path),
    ("sys.path_hooks", lambda: sys.path_hooks),
    ("copy._deepcopy_dispatch", lambda: copy._deepcopy_dispatch),  # type: ignore[attr-defined]
    ("copyreg.dispatch_table", lambda: copyreg.dispatch_table),
)
_SETTINGS: tuple[tuple[str, Callable[[], Any], Callable[[Any], Any]], ...] = (
    ("sys.set_int_max_str_digits", sys.get_int_max_str_digits, sys.set_int_max_str_digits),
    ("sys.excepthook", lambda: sys.excepthook, lambda hook: setattr(sys, "excepthook", hook)),
    ("sys.displayhook", lambda: sys.displayhook, lambda hook: setattr(sys, "displayhook", hook)),
    ("sys.unraisablehook", lambda: sys.unraisablehook, lambda hook: setattr(sys, "unraisablehook", hook)),
    ("gc.disable", gc.isenabled, lambda is_on: gc.enable() if is_on else gc.disable()),
    ("gc.set_threshold", gc.get_threshold, lambda numbers: gc.set_threshold(*numbers)),
    ("gc.set_debug", gc.get_debug, gc.set_debug),
)
_MONITORS = range(6)
"""The numbers under which ``sys.monitoring`` lets somebody watch."""
_SIGNALS = range(1, 32)


class Hooks:
    """How all of them are at one moment."""

    def __init__(self) -> None:
        self._containers = [(name, found := get(), found.copy()) for name, get in _CONTAINERS]
        self._settings = [get() for _, get, _ in _SETTINGS]
        self._monitors = _monitors()
        self._signals = _signals()

    def put_back(self) -> list[str]:
        """Make them as they were, and return the names of those that were not."""
        changed = [name for name, container, content in self._containers if refill(container, content)]
        for (name, get, put), value in zip(_SETTINGS, self._settings, strict=True):
            if get() != value:
                put(value)
                changed.append(name)
        for number in _monitors() - self._monitors:
            sys.monitoring.free_tool_id(number)  # type: ignore[attr-defined]
            changed.append("sys.monitoring")
        for number, handler in _signals().items():
            if handler is not self._signals.get(number, handler):
                sys.modules["_signal"].signal(number, self._signals[number])
                changed.append("signal.signal")
        return changed


def refill(container: Container, content: Container) -> bool:
    """Give a container its content back; return whether it had another."""
    with contextlib.suppress(Exception):  # an array is in it: its == is no truth value
        if container == content:
            return False
    container.clear()
    if isinstance(container, list):
        container.extend(content)
    else:
        container.update(content)
    return True


def _monitors() -> set[int]:
    monitoring: Any = getattr(sys, "monitoring", None)  # since Python 3.12
    return {number for number in _MONITORS if monitoring is not None and monitoring.get_tool(number) is not None}


def _signals() -> dict[int, Any]:
    signal: Any = sys.modules.get("_signal")
    found = {}
    for number in _SIGNALS if signal is not None else ():
        with contextlib.suppress(ValueError):  # there is no such signal here
            found[number] = signal.getsignal(number)
    return found

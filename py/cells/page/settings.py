"""What code sets for a whole Python by calling a module's own: it holds for the run that set it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

_DECIMAL = ("prec", "rounding", "Emin", "Emax", "capitals", "clamp", "traps", "flags")
_LOGGING = ("level", "handlers", "filters", "propagate", "disabled")
_NEW_LOGGER: tuple[Any, ...] = (0, [], [], True, False)


def _environment(os: Any) -> dict[str, str]:
    return dict(os.environ)


def _set_environment(os: Any, content: dict[str, str]) -> None:
    zone = os.environ.get("TZ")
    os.environ.clear()
    os.environ.update(content)
    time: Any = sys.modules.get("time")
    if content.get("TZ") != zone and hasattr(time, "tzset"):
        time.tzset()


def _context(decimal: Any) -> list[Any]:
    return [_copied(getattr(decimal.DefaultContext, name)) for name in _DECIMAL]


def _set_context(decimal: Any, values: list[Any]) -> None:
    for name, value in zip(_DECIMAL, values, strict=True):
        setattr(decimal.DefaultContext, name, value)


def _loggers(logging: Any) -> dict[Any, tuple[Any, ...]]:
    named = logging.root.manager.loggerDict.values()
    found = [logging.root, *(logger for logger in named if isinstance(logger, logging.Logger))]
    state: dict[Any, tuple[Any, ...]] = {
        logger: tuple(_copied(getattr(logger, name)) for name in _LOGGING) for logger in found
    }
    return state | {None: (logging.root.manager.disable, logging._warnings_showwarning)}


def _set_loggers(logging: Any, state: dict[Any, tuple[Any, ...]]) -> None:
    for logger in _loggers(logging):
        if logger is not None:
            for name, value in zip(_LOGGING, state.get(logger, _NEW_LOGGER), strict=True):
                setattr(logger, name, _copied(value))
    disabled, logging._warnings_showwarning = state[None]
    logging.disable(disabled)  # and forgets what it knew of levels


def _trace(tracemalloc: Any, is_on: bool) -> None:
    tracemalloc.start() if is_on else tracemalloc.stop()


_SETTINGS: dict[str, tuple[Callable[[Any], Any], Callable[[Any, Any], object]]] = {
    "os": (_environment, _set_environment),
    "locale": (
        lambda locale: locale.setlocale(locale.LC_ALL),
        lambda locale, was: locale.setlocale(locale.LC_ALL, was),
    ),
    "calendar": (lambda calendar: calendar.firstweekday(), lambda calendar, was: calendar.setfirstweekday(was)),
    "_csv": (lambda csv: csv.field_size_limit(), lambda csv, was: csv.field_size_limit(was)),
    "decimal": (_context, _set_context),
    "logging": (_loggers, _set_loggers),
    "tracemalloc": (lambda tracemalloc: tracemalloc.is_tracing(), _trace),
}
"""By module: how one asks what is set, and sets it."""


class Settings:
    """How all that is loaded is set at one moment."""

    def __init__(self) -> None:
        self._kept = [
            (module, get(module), get, put)
            for name, (get, put) in _SETTINGS.items()
            if (module := sys.modules.get(name)) is not None
        ]

    def put_back(self) -> None:
        """Set it as it was. Nothing is told of it: to set such a thing for one cell is no mistake."""
        for module, was, get, put in self._kept:
            if get(module) != was:
                put(module, was)


def _copied(value: Any) -> Any:
    return value.copy() if isinstance(value, dict | list) else value

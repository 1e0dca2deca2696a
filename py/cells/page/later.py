"""Modules that have not come yet: a fast start is sent first what the first result needs, and the rest after it."""

from __future__ import annotations

import importlib
import sys
import zipimport
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

_missed: list[str] = []
"""A list, for what a run does to a module's own names is undone after it (see `cells.page.guard`)."""


class Later:
    """A finder that is asked when a module is in no folder and no zip, finds nothing, and remembers it."""

    @classmethod
    def find_spec(
        cls, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find nothing."""
        _missed.append(name)
        return None


def expect() -> None:
    """From now on, notice what cannot be imported."""
    names = [getattr(finder, "__name__", "") for finder in sys.meta_path]
    sys.meta_path.insert(names.index("PathFinder") + 1, Later)  # those after it are Pyodide's and raise errors


def take_missed() -> bool:
    """Say whether a module has been missed since this was asked last."""
    was_missed = bool(_missed)
    _missed.clear()
    return was_missed


def arrived() -> None:
    """Everything is here: look again where nothing was found before."""
    sys.meta_path.remove(Later)
    sys.path_importer_cache.clear()
    zipimport._zip_directory_cache.clear()  # type: ignore[attr-defined]
    importlib.invalidate_caches()

"""Chance that can be repeated: in every run of a cell, ``random`` and that of packages begin from the same seed.

A cell's seed is made of its id, so that two cells draw different numbers. A generator of a cell's own without a seed,
such as ``random.Random()``, is new every time: whoever wants true chance takes that.
"""

from __future__ import annotations

import contextlib
import re
import sys

from cells.page import library

_SHARED = re.compile(r"\brandom\b(?!\s*\.\s*(?:default_rng|Generator|SeedSequence|Random)\b)")


class Chance:
    """Seeds what all cells share, from the first run on of a cell that names it: an ordinary page never pays."""

    def __init__(self) -> None:
        self._is_used = False

    def begin(self, cell: str, source: str) -> None:
        """Before a run: seed both, if any cell has named one of them so far. Never raises."""
        if not self._is_used:
            if "random" not in source or not _SHARED.search(source):
                return
            self._is_used = True
        names = ["random"]
        for package in library.known:
            is_named = re.search(rf"\b(?:{package.alias}|{package.name})\b", source)
            if package.chance and (package.name in sys.modules or is_named):
                names.append(package.chance)
        seed = int.from_bytes(cell.encode(), "big") % 4_294_967_291  # the largest prime of 32 bits
        for name in names:
            with contextlib.suppress(Exception):  # one that cannot be imported is told when the cell does it
                __import__(name)
                sys.modules[name].seed(seed)

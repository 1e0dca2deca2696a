"""What a page's cells gave when they were last executed, so that a build executes only the pages that changed."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

_PY = Path(__file__).parents[2]


@dataclass
class Tally:
    """What one build did: pages and cells that it executed, and pages that it remembered."""

    pages: int = 0
    cells: int = 0
    remembered: int = 0


tally = Tally()


@functools.cache
def _ground() -> str:
    """Stands for all that a page's outputs rest on besides the page: our Python, NumPy and Python itself."""
    digest = hashlib.sha256(f"{sys.version} numpy {metadata.version('numpy')}".encode())
    for path in sorted(
        [*(_PY / "primer").rglob("*.py"), *(_PY / "primer").rglob("*.npy"), *(_PY / "cells").rglob("*.py")]
    ):
        digest.update(path.relative_to(_PY).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


class Memory:
    """Results by what they are the results of, in a folder; without a folder nothing is remembered."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(__file__).parents[3] / folder if folder else None

    def _place(self, program: Any) -> Path | None:
        if self._folder is None:
            return None
        key = hashlib.sha256(json.dumps([_ground(), program]).encode()).hexdigest()
        return self._folder / f"{key}.json"

    def recall(self, program: Any) -> Any:
        """What was kept for this program, or None; what cannot be read counts as not kept."""
        place = self._place(program)
        try:
            return json.loads(place.read_text(encoding="utf-8")) if place else None
        except (OSError, ValueError):
            return None

    def keep(self, program: Any, results: Any) -> None:
        """Write down, whole or not at all."""
        if place := self._place(program):
            place.parent.mkdir(parents=True, exist_ok=True)
            neighbour = place.with_suffix(f".{os.getpid()}.part")
            neighbour.write_text(json.dumps(results), encoding="utf-8")
            os.replace(neighbour, place)

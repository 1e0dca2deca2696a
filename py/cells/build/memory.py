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

from cells.build.lessons import files_of
from cells.build.options import WHERE
from cells.page import library
from cells.page.errors import PageError
from cells.page.library import Library


@dataclass
class Tally:
    """What one build did: pages and cells that it executed, and pages that it remembered."""

    pages: int = 0
    cells: int = 0
    remembered: int = 0


tally = Tally()


@functools.cache
def ground(library: Library) -> str:
    """Stands for all that outputs rest on besides the page: our Python, the packages and Python itself."""
    versions = " ".join(f"{package} {_version(package)}" for package in library.packages)
    digest = hashlib.sha256(f"{sys.version} {versions}".encode())
    for name, path in (files_of("cells") | files_of(library.name)).items():
        digest.update(name.encode() + path.read_bytes())
    return digest.hexdigest()


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        raise PageError(f"{WHERE}: packages: {package} is not installed here, where the pages are built") from None


class Memory:
    """Results by what they are the results of, in a folder; without a folder nothing is remembered."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder) if folder else None

    def _place(self, program: Any) -> Path | None:
        if self._folder is None:
            return None
        key = hashlib.sha256(json.dumps([ground(library.here), program]).encode()).hexdigest()
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
            write(place, json.dumps(results))


def write(place: Path, text: str) -> None:
    """Put a file there, whole or not at all: another process may be reading it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    neighbour = place.with_name(f"{place.name}.{os.getpid()}.part")
    neighbour.write_text(text, encoding="utf-8")
    os.replace(neighbour, place)

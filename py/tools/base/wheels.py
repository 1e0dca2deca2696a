"""Wheels of pure Python: what `pip install` takes."""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from tools.base import zips

Entry = tuple[str, bytes]


@dataclass(frozen=True)
class Project:
    """What a package says of itself."""

    name: str
    version: str
    summary: str
    python: str
    """The releases of Python that it runs on."""
    licence: str
    needs: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """Begins the names of its files."""
        return f"{self.name.replace('-', '_')}-{self.version}"

    @property
    def file(self) -> str:
        """The name that pip expects of it."""
        return f"{self.stem}-py3-none-any.whl"


def packed(project: Project, entries: Iterable[Entry], told: Iterable[Entry] = ()) -> bytes:
    """Give the wheel of these files, with what is told of them (licences, entry points) beside its metadata."""
    said = [
        "Metadata-Version: 2.4",
        f"Name: {project.name}",
        f"Version: {project.version}",
        f"Summary: {project.summary}",
        f"Requires-Python: {project.python}",
        f"License-Expression: {project.licence}",
        "License-File: LICENSE",
        *(f"Requires-Dist: {need}" for need in project.needs),
    ]
    about = [
        ("METADATA", "".join(f"{line}\n" for line in said).encode()),
        ("WHEEL", b"Wheel-Version: 1.0\nGenerator: make\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
        *told,
    ]
    folder = f"{project.stem}.dist-info"
    whole = [*entries, *((f"{folder}/{name}", content) for name, content in about)]
    return zips.packed([*whole, _record(whole, f"{folder}/RECORD")])


def _record(entries: list[Entry], place: str) -> Entry:
    lines = []
    for name, content in entries:
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(content)}\n")
    return place, "".join([*lines, f"{place},,\n"]).encode()

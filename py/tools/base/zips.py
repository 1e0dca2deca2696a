"""Zips: the same content gives the same bytes."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO


def write(target: Path | IO[bytes], entries: Iterable[tuple[str, bytes]], *, deflated: bool = True) -> None:
    """Write a zip of entries in their order, compressed or as they are."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name)  # which dates it 1980
            info.compress_type = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)


def packed(entries: Iterable[tuple[str, bytes]], *, deflated: bool = True) -> bytes:
    """Give a zip of entries."""
    buffer = io.BytesIO()
    write(buffer, entries, deflated=deflated)
    return buffer.getvalue()


def entries(path: Path) -> list[tuple[str, bytes]]:
    """List the files in a zip."""
    with zipfile.ZipFile(path) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist() if not info.is_dir()]

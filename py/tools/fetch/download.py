"""A file from the network or the cache, used only if its hash is the expected one."""

import http.client
import urllib.error
import urllib.request
from pathlib import Path

from tools.base import files
from tools.base.errors import ToolError
from tools.base.progress import Advance

_CHUNK = 1 << 16  # bytes


def verify(path: Path, expected: str, name: str) -> None:
    """Raise unless the file's sha256 is the expected one."""
    found = files.sha256(path)
    if found != expected:
        raise ToolError(f"{name}: sha256 is {found}, expected {expected}; the file was not used")


def download(url: str, path: Path, expected: str, advance: Advance, *, seconds: float = 5.0) -> None:
    """Fetch `url` into `path` whole, verified, or not at all.

    Parameters
    ----------
    url : str
        Where the file is.
    path : Path
        Where it goes.
    expected : str
        Its sha256, in hexadecimal.
    advance : callable
        Told the bytes that came and how many there will be.
    seconds : float
        How long to wait for a connection, and for each next piece.

    Raises
    ------
    ToolError
        If nobody answers, the answer breaks off, or the hash is another.
    """
    try:
        with urllib.request.urlopen(url, timeout=seconds) as answer, files.whole(path) as neighbour:
            length = int(answer.headers.get("Content-Length", 0)) or None
            done = 0
            with neighbour.open("wb") as file:
                while piece := answer.read(_CHUNK):
                    file.write(piece)
                    done += len(piece)
                    advance(done, length)
            if length is not None and done != length:
                raise ToolError(f"{path.name}: {done} of {length} bytes came, then the connection ended")
            verify(neighbour, expected, path.name)
    except urllib.error.URLError as error:  # before OSError: it is one
        raise ToolError(f"{path.name}: no answer ({error.reason})") from error
    except (http.client.HTTPException, TimeoutError, ConnectionError) as error:
        raise ToolError(f"{path.name}: the connection broke off ({error or type(error).__name__})") from error

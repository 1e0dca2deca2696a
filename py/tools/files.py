"""Files written whole or not at all, and their hashes."""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a temporary neighbour of `path` to write to; it takes the place of `path` only if all went well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    os.close(handle)
    neighbour = Path(name)
    try:
        yield neighbour
        neighbour.chmod(0o644)  # mkstemp makes files that only their owner reads
        os.replace(neighbour, path)
    finally:
        neighbour.unlink(missing_ok=True)


def put(path: Path, content: bytes) -> bool:
    """Write `content` unless it stands there already; say whether anything changed."""
    if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
        return False
    with whole(path) as neighbour:
        neighbour.write_bytes(content)
    return True


def sha256(path: Path) -> str:
    """Hash of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait until no other process holds the lock `path`, and hold it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

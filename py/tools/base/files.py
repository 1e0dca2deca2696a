"""Files written whole or not at all, and their hashes."""

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a temporary neighbour of `path` to write to; it takes the place of `path` only if all went well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    neighbour = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:  # from before it is there: a signal may come at any time
        neighbour.touch(exist_ok=False)
        yield neighbour
        neighbour.chmod(0o644)  # whatever the caller's mask is
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


def sha256(content: Path | bytes) -> str:
    """Hash of a file's bytes, or of these, in hexadecimal."""
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(*parts: Path | bytes | str) -> str:
    """Stands for files, bytes and words in their order; none of them can be taken for two."""
    hashes = (sha256(part.encode() if isinstance(part, str) else part) for part in parts)
    return sha256(" ".join(hashes).encode())


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait until no other process holds the lock `path`, and hold it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

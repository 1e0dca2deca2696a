"""A static host in a thread, as plain as those that the site is published on; for tests and measurements."""

import gzip
import http.server
import io
import threading
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tools.serving import media_types

_TEXT = frozenset({".css", ".html", ".js", ".json", ".mjs", ".svg", ".wasm", ".xml"})
"""What hosts compress by themselves."""


@lru_cache(maxsize=200)
def _compressed(path: Path, _changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


@dataclass
class Tally:
    """What a server has sent: every answer, also one that only says that nothing changed, and all bytes, heads too."""

    answers: list[tuple[str, int]] = field(default_factory=list)
    """Path and status."""
    n_bytes: int = 0


class _Counted(io.BufferedIOBase):
    """Writes on, and counts."""

    def __init__(self, there: Any, tally: Tally) -> None:
        self._there, self._tally = there, tally

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self._tally.n_bytes += len(content)
        return int(self._there.write(content))

    def flush(self) -> None:
        self._there.flush()


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves one folder under a path; anything else is not found."""

    protocol_version = "HTTP/1.1"  # connections are kept, as on real hosts
    mount = "/"
    headers_sent: Mapping[str, str] = {}
    compresses = False
    tally: Tally | None = None
    answer: Callable[["Handler"], bool] | None = None

    def setup(self) -> None:
        super().setup()
        if self.tally is not None:
            self.wfile = _Counted(self.wfile, self.tally)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        if self.tally is not None:
            self.tally.answers.append((urlsplit(self.path).path.removeprefix(self.mount), int(code)))

    def do_GET(self) -> None:
        if self.answer is None or not type(self).answer(self):  # type: ignore[misc]
            super().do_GET()

    def send_head(self) -> io.BytesIO | Any:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        takes = "gzip" in self.headers.get("Accept-Encoding", "")
        if not (self.compresses and takes and path.suffix in _TEXT and path.is_file()):
            return super().send_head()
        changed = self.date_time_string(path.stat().st_mtime)
        if self.headers.get("If-Modified-Since") == changed:
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.end_headers()
            return None
        content = _compressed(path, path.stat().st_mtime_ns)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Last-Modified", changed)
        self.end_headers()
        return io.BytesIO(content)

    def end_headers(self) -> None:
        for name, value in self.headers_sent.items():
            self.send_header(name, value)
        super().end_headers()

    def translate_path(self, path: str) -> str:
        split = urlsplit(path).path
        if not split.startswith(self.mount):
            return str(Path(self.directory) / "outside" / "the" / "site")
        return super().translate_path("/" + split.removeprefix(self.mount))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what a test sees is in the test."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that hangs up: it closes what it has no use for."""


@contextmanager
def serving(
    folder: Path,
    mount: str = "/",
    *,
    headers: Mapping[str, str] | None = None,
    compresses: bool = False,
    tally: Tally | None = None,
    answer: Callable[[Handler], bool] | None = None,
) -> Iterator[str]:
    """Serve `folder` on a free port of this machine while the block runs.

    Parameters
    ----------
    folder : Path
        What is served.
    mount : str
        The path that it is served under, with a slash at both ends.
    headers : mapping, optional
        Sent with every answer, beside the usual ones.
    compresses : bool
        Whether text is sent as gzip to who takes it, as most hosts do.
    tally : Tally, optional
        Where it is written down what was sent.
    answer : callable, optional
        Asked first at each GET; it answers by itself, and says so, or leaves the answer to the host.

    Yields
    ------
    str
        Address of the folder, once it answers; it ends in a slash.
    """
    media_types.register()
    sent = {"headers_sent": headers or {}, "compresses": compresses, "tally": tally}
    settings = {"mount": mount, **sent, "answer": answer}
    handler = type("Handler", (Handler,), settings)
    server = _Server(("127.0.0.1", 0), lambda *arguments: handler(*arguments, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}{mount}"
    try:
        with urllib.request.urlopen(address, timeout=10):
            yield address
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

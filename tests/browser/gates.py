"""A server that holds back what it is asked for, so that a test acts at one moment of a page's coming and no other."""

import gzip
import threading
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from tools.serving.static_server import Handler

LONGEST = 120
"""Seconds that anything is held: a test that fails must not hang."""


class Gate:
    """Holds files whose address ends like this: first all of each, then its second half, then nothing."""

    def __init__(self, end: str) -> None:
        self.end = end
        self.asked = threading.Event()
        self.half_way = threading.Event()
        self._half, self._whole = threading.Event(), threading.Event()

    def let_half(self) -> None:
        """Send the first half of each, and come back when one is on its way."""
        self._half.set()
        assert self.half_way.wait(LONGEST), f"nobody asked for {self.end}"

    def open(self) -> None:
        """Send all that was held, and hold nothing any more."""
        self._half.set()
        self._whole.set()

    def wait(self) -> None:
        """Come back when a file was asked for."""
        assert self.asked.wait(LONGEST), f"nobody asked for {self.end}"

    def holds(self, path: str) -> bool:
        return not self._whole.is_set() and urlsplit(path).path.endswith(self.end)

    def answer(self, handler: Handler) -> None:
        """Send a file in two halves, packed as a host would."""
        content = gzip.compress(Path(handler.translate_path(handler.path)).read_bytes())
        self.asked.set()
        self._half.wait(LONGEST)
        handler.send_response(HTTPStatus.OK)
        handler.send_header("Content-Type", handler.guess_type(handler.path))
        handler.send_header("Content-Encoding", "gzip")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        middle = len(content) // 2
        handler.wfile.write(content[:middle])
        handler.wfile.flush()
        self.half_way.set()
        self._whole.wait(LONGEST)
        handler.wfile.write(content[middle:])


def answering(*gates: Gate):
    """An `answer` for `static_server.serving`."""

    def answer(handler: Handler) -> bool:
        gate = next((gate for gate in gates if gate.holds(handler.path)), None)
        if gate is not None:
            gate.answer(handler)
        return gate is not None

    return answer

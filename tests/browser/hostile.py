"""A host of the site behind a bad network: it cuts, delays, alters, or answers with somebody else's page."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.serving import static_server

FETCH = """async ([base, file]) => {
    const { ask, fetchVerified } = await import(`${base}runtime/python/fetching.mjs`);
    const { files } = await (await fetch(`${base}vendor/manifest.json`)).json();
    const counts = [];
    const url = `${base}vendor/${file}`;
    return fetchVerified(file, url, files[file], ask(url), (here) => counts.push(here.length)).then(
        (content) => ({ bytes: content.byteLength, counted: counts.at(-1) }),
        (error) => ({ error: error.message, kind: error.constructor.name }));
}"""
"""Fetches one file of site/vendor, as a page does that must have it whole."""


class Network:
    """What happens to files on their way, by the end of their path; each fault in its turn, then none."""

    def __init__(self) -> None:
        self.faults: dict[str, list[str]] = {}
        self.asked: list[tuple[str, str | None]] = []
        """Path, and the part that was asked for."""
        self.ranges = True
        self._lock = threading.Lock()

    def will(self, path: str, *faults: str) -> None:
        """Say what befalls a file: `cut` `altered` `html` `late` `error` `gone`; for ever if it ends in `…`."""
        self.faults[path] = list(faults)

    def fault(self, path: str, part: str | None) -> str | None:
        with self._lock:
            self.asked.append((path, part))
            for end, faults in self.faults.items():
                if path.endswith(end) and faults:
                    return faults[0][:-1] if faults[0].endswith("…") else faults.pop(0)
        return None

    def parts(self, end: str) -> list[str | None]:
        return [part for path, part in self.asked if path.endswith(end)]


@contextmanager
def hostile(folder: Path, mount: str) -> Iterator[tuple[str, Network]]:
    """Serve `folder` through a bad network while the block runs."""
    network = Network()

    def answer(handler: static_server.Handler) -> bool:
        path = handler.path.partition("?")[0]
        part = handler.headers.get("Range")
        fault = network.fault(path, part)
        file = Path(handler.translate_path(handler.path))
        if not file.is_file() or (fault is None and part is None):
            return False
        content = file.read_bytes()
        start = int(part.removeprefix("bytes=").removesuffix("-")) if part and network.ranges else 0
        if fault == "error":
            handler.send_error(503, "Too much to do")
            return True
        if fault == "gone":
            handler.close_connection = True
            return True
        if fault == "html":
            content, start = b"<!doctype html><title>Sign in to the school network</title>", 0
        if fault == "altered":
            content = content[:-1] + bytes([content[-1] ^ 1])
        handler.send_response(206 if start else 200)
        handler.send_header("Content-Type", "text/html" if fault == "html" else handler.guess_type(str(file)))
        handler.send_header("Content-Length", str(len(content) - start))
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        handler.end_headers()
        rest = content[start:]
        if fault == "cut":
            handler.wfile.write(rest[: len(rest) // 2])
            handler.wfile.flush()
            handler.close_connection = True
            handler.connection.shutdown(2)
            return True
        handler.wfile.write(rest)
        return True

    with static_server.serving(folder, mount, answer=answer) as address:
        yield address, network

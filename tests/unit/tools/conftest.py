"""A real host on this machine that answers as it is told: whole, cut, altered, late, or not at all."""

import http.server
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Answer = Callable[[http.server.BaseHTTPRequestHandler], None]


class Host:
    """Answers by path; what it was not told about is not found."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.halfway = threading.Event()
        self.url = ""

    def whole(self, name: str, content: bytes) -> None:
        self.answers[f"/{name}"] = lambda request: _send(request, content, len(content))

    def cut(self, name: str, content: bytes) -> None:
        """Promise more than comes."""
        self.answers[f"/{name}"] = lambda request: _send(request, content[: len(content) // 2], len(content))

    def stalled(self, name: str, content: bytes) -> None:
        """Send a half and keep silent, until the other side has had enough."""

        def answer(request: http.server.BaseHTTPRequestHandler) -> None:
            _send(request, content[: len(content) // 2], len(content))
            request.wfile.flush()
            self.halfway.set()
            time.sleep(60)

        self.answers[f"/{name}"] = answer

    def late(self, name: str, seconds: float) -> None:
        def answer(request: http.server.BaseHTTPRequestHandler) -> None:
            time.sleep(seconds)

        self.answers[f"/{name}"] = answer


def _send(request: http.server.BaseHTTPRequestHandler, content: bytes, promised: int) -> None:
    request.send_response(200)
    request.send_header("Content-Length", str(promised))
    request.end_headers()
    request.wfile.write(content)


@pytest.fixture
def tree(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """What writes files, by their names, into the test's own folder and gives that."""

    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        return tmp_path

    return write


@pytest.fixture
def host() -> Iterator[Host]:
    one = Host()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            one.asked.append(self.path)
            answer = one.answers.get(self.path)
            if answer:
                answer(self)
            else:
                self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    one.url = f"http://127.0.0.1:{server.server_port}/"
    yield one
    server.shutdown()
    server.server_close()


@pytest.fixture
def nobody() -> str:
    """An address at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return f"http://127.0.0.1:{port}/"


@pytest.fixture
def no_index(monkeypatch: pytest.MonkeyPatch, nobody: str) -> None:
    """Package registries that nobody answers for, whatever the machine's settings say."""
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL", "PIP_NO_INDEX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_INDEX_URL", f"{nobody}simple/")
    monkeypatch.setenv("npm_config_registry", nobody)

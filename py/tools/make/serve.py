"""`make serve`: build the site, serve it on 127.0.0.1, build it again when a source changes."""

import errno
import fnmatch
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from urllib.parse import urlsplit

from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEvent, FileSystemEventHandler

from tools.base import places
from tools.base.errors import ToolError, command
from tools.base.progress import say
from tools.pages import policy
from tools.serving import media_types

HOST = "127.0.0.1"
_MADE = ("*/site/vendor/*", "*/__pycache__/*", "*.part", "*~", "*.swp")  # what builds and editors write


def is_source(event: FileSystemEvent) -> bool:
    """Tell whether the event is about a file that a person writes."""
    path = os.fsdecode(event.src_path)
    return not event.is_directory and not any(fnmatch.fnmatch(path, pattern) for pattern in _MADE)


class _Handler(FileSystemEventHandler):
    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        if is_source(event):
            self._changed()


class _Server(LiveReloadServer):
    """MkDocs' own server, blind to what a build itself writes."""

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
        self._watched_paths[path] = 1
        self.observer.schedule(_Handler(self._rebuild), path, recursive=recursive)

    def server_activate(self) -> None:
        """Say where the site is once it is there."""
        super().server_activate()
        say(f"serving {self.url} (Ctrl-C ends it)")

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        return policy.reloading(super()._inject_js_into_html(content, epoch))  # type: ignore[no-untyped-call]

    def _rebuild(self) -> None:
        with self._rebuild_cond:
            self._want_rebuild = True
            self._rebuild_cond.notify_all()


def check_port(port: int) -> None:
    """Raise, before anything is built, if the port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            advice = f"stop what listens there, or: make serve PORT={port + 1}"
            raise ToolError(f"{HOST}:{port} is in use; {advice}") from error


def _mount_path() -> str:
    """Give the path that the site has where it is published, so that links are tried as they will be."""
    address = load_config(str(places.ROOT / "mkdocs.yml")).site_url or "/"
    return urlsplit(address).path or "/"


def _page_404() -> bytes | None:
    page = places.BUILT_SITE / "404.html"
    return page.read_bytes() if page.is_file() else None


def serve(port: int) -> None:
    """Serve until interrupted."""
    check_port(port)
    media_types.register()
    mount = _mount_path()
    environment = {**os.environ, "SITE_URL": f"http://{HOST}:{port}{mount}", "SERVED": "yes"}

    def build() -> int:
        """Build in a process of its own, so that edited Python is loaded afresh; its words are the terminal's."""
        return subprocess.run([sys.executable, "-m", "tools.make.build"], env=environment, cwd=places.ROOT).returncode

    def rebuild() -> None:
        if build():
            say("not rebuilt: the site served is the last one that was; mend the error and save")

    if code := build():
        sys.exit(code)
    server = _Server(rebuild, HOST, port, str(places.BUILT_SITE), mount)
    server.error_handler = lambda code: _page_404() if code == 404 else None
    for path in ("site", "py", "mkdocs.yml", "package-lock.json"):
        server.watch(str(places.ROOT / path))
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        say("")
    finally:
        server.shutdown()


def main() -> None:
    """Serve on the port that PORT names, 8000 by default."""
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise ToolError(f"PORT must be a number in 1..65535, got {given!r}")
    serve(int(given))


if __name__ == "__main__":
    command(main)

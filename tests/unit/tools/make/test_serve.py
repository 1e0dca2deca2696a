"""`make serve`: what it refuses, and what it rebuilds on."""

import os
import socket
import subprocess
import sys

import pytest
from watchdog.events import FileCreatedEvent, FileModifiedEvent

from tools.base import places
from tools.base.errors import ToolError
from tools.make import serve
from tools.pages import policy


def test_a_port_in_use_is_one_line_and_nothing_is_built():
    with socket.socket() as taken:
        taken.bind((serve.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = subprocess.run(
            [sys.executable, "-m", "tools.make.serve"],
            capture_output=True,
            text=True,
            cwd=places.ROOT,
            env={**os.environ, "PYTHONPATH": str(places.PY), "PORT": str(port)},
        )
    assert ran.returncode == 1
    assert ran.stderr == (
        f"error: 127.0.0.1:{port} is in use; stop what listens there, or: make serve PORT={port + 1}\n"
    )
    assert ran.stdout == ""


@pytest.mark.parametrize("port", ["0", "65536", "web"])
def test_a_port_that_is_none_is_refused(port, monkeypatch):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(ToolError, match=r"PORT must be a number in 1\.\.65535, got"):
        serve.main()


def test_sources_make_it_build_again_and_what_a_build_writes_does_not():
    sources = ("site/softmax.md", "site/runtime/cell/cell.mjs", "py/primer/__init__.py", "mkdocs.yml")
    written = ("site/vendor/python.zip", "site/vendor/pyodide/pyodide.mjs", "py/primer/__pycache__/x.pyc")
    for path in (*sources, *written):
        for event in (FileModifiedEvent, FileCreatedEvent):
            assert serve.is_source(event(str(places.ROOT / path))) is (path in sources), path


def test_the_script_that_reloads_a_page_is_admitted_by_the_page():
    page = policy.with_policy("<html><head></head><body><p>here</p></body></html>", policy.policy([]))
    server = serve._Server.__new__(serve._Server)  # without a port
    served = server._inject_js_into_html(page.encode(), 1).decode()
    (script,) = policy.inline_scripts(served, "page")
    assert "livereload(1" in script
    assert policy.source_of(script) in served.split("script-src ")[1].split(";")[0]

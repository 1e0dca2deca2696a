"""WebKit, by WebKitGTK's own driver in a window of ours, on a screen that nobody sees."""

import os
import pty
import re
import shlex
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from selenium.common.exceptions import JavascriptException, WebDriverException
from selenium.webdriver.remote.command import Command
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service
from selenium.webdriver.webkitgtk.webdriver import WebDriver

from engine import SIZE, Engine, Said, ScriptError, key_actions, pointer_actions
from tools.make import engines

_LINE = re.compile(
    r"(?:(?P<where>\S+?): )?CONSOLE (?:[A-Z_]+ )??(?P<level>ERROR|WARN|INFO|LOG|DEBUG) (?P<text>.*)", re.DOTALL
)
_LEVELS = {"ERROR": "error", "WARN": "warning", "INFO": "info", "LOG": "log", "DEBUG": "log"}


def _window(profile: Path) -> Path:
    """Write a program that opens our window; the driver can hand it no arguments of ours."""
    here = Path(__file__).parent
    program = profile / "window"
    command = [engines.SYSTEM_PYTHON, "-B", str(here / "webkit_window.py"), str(profile)]
    program.write_text(f"#!/bin/sh\nPYTHONPATH={shlex.quote(str(here))} exec {shlex.join(command)}\n")
    program.chmod(0o755)
    return program


@contextmanager
def screen() -> Iterator[str]:
    """Give the name of an X server without a screen (Xvfb), while the block runs."""
    read, write = os.pipe()
    options = ["-displayfd", str(write), "-screen", "0", "1400x1100x24", "-nolisten", "tcp"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(["Xvfb", *options], pass_fds=[write], **quiet) as process:
        os.close(write)
        try:
            with os.fdopen(read) as told:
                number = told.readline().strip()
            if not number:
                raise AssertionError("Xvfb did not start")
            yield f":{number}"
        finally:
            process.terminate()


class WebKit(Engine):
    name = "webkit"
    patience = 3.0

    def _start(self) -> None:
        display = self._stack.enter_context(screen())
        profile = tempfile.mkdtemp(prefix="dog-primer-webkit-")
        self._stack.callback(shutil.rmtree, profile, ignore_errors=True)
        options = Options()
        options.binary_location = str(_window(Path(profile)))
        options.set_capability("browserName", "WebKitGTK")
        options.page_load_strategy = "normal" if self._waits else "none"
        # A terminal, since what goes to a file is written when much has come together, or never.
        self._terminal, ours = pty.openpty()
        self._stack.callback(os.close, self._terminal)
        self._unread = ""
        self._lock = threading.Lock()
        threading.Thread(target=self._read, daemon=True).start()
        x11 = {"DISPLAY": display, "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1"}
        words = {"LANG": "C.UTF-8", "LANGUAGE": "en_GB", "PYTHONUNBUFFERED": "1"}
        environment = {**os.environ, **x11, **words}
        with os.fdopen(ours, "wb", 0) as output:
            service = Service(shutil.which("WebKitWebDriver"), log_output=output, env=environment)
            self._stack.callback(service.stop)
            self._driver = WebDriver(options=options, service=service)
        self._stack.callback(self._leave)
        self._driver.set_page_load_timeout(180)
        self._driver.set_script_timeout(180)
        self.version = self._driver.capabilities["browserVersion"]
        self.resize(*SIZE)

    def _leave(self) -> None:
        with suppress(WebDriverException):
            self._driver.quit()

    def _read(self) -> None:
        while True:
            try:
                part = os.read(self._terminal, 65536)
            except OSError:
                return  # nobody writes to it any more
            with self._lock:
                self._unread += part.decode(errors="replace").replace("\r\n", "\n")

    def goto(self, url: str) -> None:
        self._driver.get(url)

    def reload(self) -> None:
        self._driver.refresh()

    def resize(self, width: int, height: int) -> None:
        self._driver.set_window_size(width, height)

    def pointer(self, *steps: Sequence[Any]) -> None:
        self._act(pointer_actions(steps))

    def press(self, *chords: str) -> None:
        self._act(key_actions(chords))

    def _act(self, actions: list[dict[str, Any]]) -> None:
        self._driver.execute(Command.W3C_ACTIONS, {"actions": actions})

    def screenshot(self, file: Path) -> None:
        self._driver.save_screenshot(str(file))

    def listen(self) -> None:
        with self._lock:
            whole, newline, rest = self._unread.rpartition("\n")
            self._unread = rest
        for line in whole.split("\n") if newline else []:
            if line.startswith("REQUEST "):
                self.said.append(Said("request", line.removeprefix("REQUEST ")))
            elif found := _LINE.fullmatch(line):
                self.said.append(Said(_LEVELS[found["level"]], found["text"]))
            elif line.strip():
                self.said.append(Said("log", line))

    def _evaluate(self, expression: str) -> str | None:
        told = "(text) => done([text ?? null]), (error) => done(String(error))"
        script = f"const done = arguments[0]; {expression}.then({told});"
        try:
            answer = self._driver.execute_async_script(script)
        except JavascriptException as error:
            raise ScriptError(str(error.msg)) from error
        if isinstance(answer, str):
            raise ScriptError(answer)
        text: str | None = answer[0]
        return text

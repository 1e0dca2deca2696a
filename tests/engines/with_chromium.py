"""Chromium, by Playwright."""

import atexit
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Playwright, sync_playwright

from engine import SIZE, WATCH, Engine, PageLeftError, Said, ScriptError
from tools.fetch import browser


@cache
def _playwright() -> Playwright:
    """The one of this process: a visit is still open when a fresh reader comes, and a second one would not begin."""
    started = sync_playwright().start()
    atexit.register(started.stop)
    return started


class Chromium(Engine):
    name = "chromium"

    def _start(self) -> None:
        executable = browser.find()
        nowhere_else = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        flags = [*browser.FLAGS, nowhere_else]
        launched = _playwright().chromium.launch(executable_path=executable, args=flags)
        self._stack.callback(launched.close)
        self.version = launched.version
        context = launched.new_context(viewport={"width": SIZE[0], "height": SIZE[1]}, locale="en-GB")
        context.add_init_script(WATCH)
        context.on("console", lambda message: self.said.append(Said(message.type, message.text)))
        context.on("weberror", lambda error: self.said.append(Said("error", error.error.stack or error.error.message)))
        context.on("request", lambda request: self.said.append(Said("request", request.url)))
        self._page = context.new_page()

    def goto(self, url: str) -> None:
        self._page.goto(url, wait_until="load" if self._waits else "commit")

    def reload(self) -> None:
        self._page.reload()

    def resize(self, width: int, height: int) -> None:
        self._page.set_viewport_size({"width": width, "height": height})

    def pointer(self, *steps: Sequence[Any]) -> None:
        for kind, *place in steps:
            getattr(self._page.mouse, kind)(*place)

    def press(self, *chords: str) -> None:
        for chord in chords:
            self._page.keyboard.press(chord)

    def screenshot(self, file: Path) -> None:
        self._page.screenshot(path=file)

    def listen(self) -> None:
        self._page.evaluate("0")  # Playwright hands out what has come when it is asked for something

    def _evaluate(self, expression: str) -> str | None:
        try:
            text: str | None = self._page.evaluate(expression)
        except Error as error:
            kind = PageLeftError if "context was destroyed" in error.message else ScriptError
            raise kind(error.message) from error
        return text

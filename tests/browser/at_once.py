"""Playwright's `expect`, which sees within a twentieth of a second what has come.

Playwright itself looks after 0.1, 0.35 and 0.85 seconds, then once a second: half of the suite's time was such waiting.
"""

import time
from typing import Any

from playwright.sync_api import Locator, Page
from playwright.sync_api import expect as expect_slowly

_LOOK = 40
"""Milliseconds from one look to the next."""
_USUALLY = 5_000
"""Milliseconds that Playwright waits, too, where a test says nothing."""


class _Expected:
    def __init__(self, actual: Page | Locator) -> None:
        self._actual = actual

    def __getattr__(self, name: str) -> Any:
        def until_it_is_so(*args: Any, timeout: float = _USUALLY, **options: Any) -> None:
            until = time.monotonic() + timeout / 1000
            look = getattr(expect_slowly(self._actual), name)
            while True:
                try:
                    return look(*args, timeout=min(_LOOK, timeout), **options)
                except AssertionError as error:
                    if time.monotonic() >= until:
                        error.add_note(f"It was looked at for {timeout / 1000:g} seconds.")
                        raise

        return until_it_is_so


def expect(actual: Page | Locator) -> Any:
    """Say what is to be expected of a page or of what is on it, as with Playwright's own."""
    return _Expected(actual)

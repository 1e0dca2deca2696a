"""Playwright's `expect`, which sees within a twentieth of a second what has come, and does not slow the page meanwhile.

Playwright itself looks after 0.1, 0.35 and 0.85 seconds, then once a second: half of the suite's time was such waiting.
And each look that fails describes, in the page, all that the element holds: of a whole page that is a tenth of a second
of work. So what can be counted is counted, and Playwright is asked again when it may be so.
"""

import json
import re
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Error, Locator, Page
from playwright.sync_api import expect as expect_slowly

_LOOK = 40
"""Milliseconds from one look to the next."""
_USUALLY = 5_000
"""Milliseconds that Playwright waits, too, where a test says nothing."""


def _sign(actual: Locator, name: str, wanted: Any = None, value: Any = None) -> Callable[[], bool] | None:
    """Give what tells at little cost whether it may be so, if it can be counted."""
    name = {"to_be_hidden": "not_to_be_visible"}.get(name, name)
    is_not, kind = name.startswith("not_"), name.removeprefix("not_")
    if kind == "to_have_count":
        return lambda: (actual.count() == wanted) != is_not
    if kind == "to_have_attribute" and isinstance(value, str):
        try:
            found = actual.and_(actual.page.locator(f"[{wanted}={json.dumps(value, ensure_ascii=False)}]"))
        except Error:  # in a frame
            return None
    elif kind == "to_be_visible":
        found = actual.filter(visible=True)
    elif name in ("to_have_text", "to_contain_text") and isinstance(wanted, str | re.Pattern) and wanted:
        found = actual.filter(has_text=wanted)
    else:
        return None
    return lambda: (found.count() > 0) != is_not


def _may_be(sign: Callable[[], bool] | None) -> bool:
    try:
        return not sign or sign()
    except Error:  # the page is on its way to another: Playwright waits for that
        return True


class _Expected:
    def __init__(self, actual: Page | Locator) -> None:
        self._actual = actual

    def __getattr__(self, name: str) -> Any:
        def until_it_is_so(*args: Any, timeout: float | None = None, **options: Any) -> None:
            limit = _USUALLY if timeout is None else timeout
            until = time.monotonic() + limit / 1000
            look = getattr(expect_slowly(self._actual), name)
            counted = isinstance(self._actual, Locator) and not options
            sign = _sign(self._actual, name, *args) if counted else None
            may_be = timeout is None or _may_be(sign)  # with a time of its own it is expected to take some
            while True:
                is_over = time.monotonic() >= until
                if may_be or is_over:
                    try:
                        return look(*args, timeout=min(_LOOK, limit), **options)
                    except AssertionError as error:
                        if is_over:
                            error.add_note(f"It was looked at for {limit / 1000:g} seconds.")
                            raise
                else:  # not time.sleep: what the page tells meanwhile, and asks of `page.route`, is to be heard
                    self._actual.page.wait_for_timeout(_LOOK)
                may_be = _may_be(sign)

        return until_it_is_so


def expect(actual: Page | Locator) -> Any:
    """Say what is to be expected of a page or of what is on it, as with Playwright's own."""
    return _Expected(actual)

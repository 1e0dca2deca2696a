"""What is said to readers, in the language of their page: the English text is the key of a table.

English has no table. Whoever begins a page (the build for each, the page's worker when it opens one) says its language
and hands the table in.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping

from cells.page.prose import in_prose

_IN_BRACES = re.compile(r"\{(\w+)\}")
_ENGLISH: tuple[str, Mapping[str, str]] = ("en", {})
_language, _table = _ENGLISH
_heard: list[str] | None = None


def use(language: str, table: Mapping[str, str]) -> None:
    """From now on words are of this language, as far as its table has them."""
    global _language, _table
    _language, _table = language, table


@contextlib.contextmanager
def english() -> Iterator[None]:
    """Have all be said in English for as long as the block lasts."""
    before = _language, _table
    use(*_ENGLISH)
    try:
        yield
    finally:
        use(*before)


@contextlib.contextmanager
def listening() -> Iterator[list[str]]:
    """Give the texts that are said for as long as the block lasts."""
    global _heard
    before, _heard = _heard, []
    try:
        yield _heard
    finally:
        _heard = before


def say(text: str, /, **values: object) -> str:
    """The text in the page's language, with the values that it names in braces.

    >>> say("{count} more lines", count=3), say("Count the ( [ { and the ) ] }.")
    ('3 more lines', 'Count the ( [ { and the ) ] }.')
    """

    def value(match: re.Match[str]) -> str:
        found = values.get(match[1], match[0])
        return decimal(str(found)) if isinstance(found, int | float) else str(found)

    if _heard is not None:
        _heard.append(text)
    return _IN_BRACES.sub(value, _table.get(text, text))


def counted(count: int, one: str, many: str, /, **values: object) -> str:
    """Of one or of several; the text may name the number as ``{count}``."""
    return say(one if count == 1 else many, count=count, **values)


def decimal(number: str) -> str:
    """A number as the language writes it in a sentence. In code and outputs it stays.

    >>> use("de", {})
    >>> decimal("0.7054")
    '0,7054'
    >>> use("en", {})
    >>> decimal("0.7054")
    '0.7054'
    """
    return in_prose(number, _language)

"""The table of a language, for what Python says on its pages: the engine's part, and that of the lessons' library.

Each stands beside what says it, as `words/de.json`; pages in other languages fetch nothing of it.
"""

from __future__ import annotations

import contextlib
import functools
import json
from collections.abc import Iterator
from pathlib import Path

from markdown import Markdown

from cells.build.lessons import files_of
from cells.build.page import language_of
from cells.page import library, words

ENGLISH = "en"
_OURS = Path(__file__).parents[1]


def begin(md: Markdown) -> None:
    """From now on, words are those of this page's language."""
    language = language_of(md)
    words.use(language, table(language, library.here.name))


@contextlib.contextmanager
def speaking(language: str) -> Iterator[None]:
    """Have all be said in a language for as long as the block lasts."""
    with words.english():
        words.use(language, table(language, library.here.name))
        yield


@functools.cache
def table(language: str, lessons: str) -> dict[str, str]:
    """What is said in a language: nothing in English, in which it is written, or where nobody has translated it."""
    name = f"words/{language}.json"
    places = [_OURS / name]
    places += [path for file, path in files_of(lessons).items() if file == f"{lessons}/{name}"]
    found: dict[str, str] = {}
    for place in places:
        if place.is_file():
            found |= json.loads(place.read_text(encoding="utf-8"))
    return found

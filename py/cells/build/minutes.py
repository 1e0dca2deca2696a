"""How long a page takes: counted from its words, snippets, exercises and labs, and told where the page asks for it."""

from __future__ import annotations

import re

from cells.build.page import Page
from cells.page.words import say

_HERE = "<span data-minutes></span>"
_REPLIES = re.compile(r'<ul data-part="replies">.*?</ul>|<p data-part="right">.*?</p>', re.DOTALL)
"""To what was predicted: a reader meets one at the most."""
_WORDS_A_MINUTE = 150
"""Of prose with formulas and numbers in it; a novel is read faster."""
_SNIPPET, _EXERCISE, _LAB = 1, 4, 10
"""Minutes that one of each is worth."""


def minutes_told(page: Page, html: str) -> str:
    """The page's HTML, cells still left out, with its minutes in place of ``<span data-minutes></span>``."""
    if _HERE not in html:
        return html
    words = len(re.sub(r"<[^>]*>|\x02[^\x03]*\x03", " ", _REPLIES.sub("", html)).split())
    reading = words / _WORDS_A_MINUTE
    checks = {exercise.check for exercise in page.exercises.values()}
    snippets = sum(not fence.hidden and id not in checks for id, fence in page.fences.items()) - len(page.exercises)
    trying = _SNIPPET * snippets + _EXERCISE * len(page.exercises) + _LAB * html.count("<py-lab ")
    told = say(
        "about {reading} minutes to read, {all} with all that there is to try",
        reading=_fives(reading),
        all=_fives(reading + trying),
    )
    return html.replace(_HERE, f"<span data-minutes>{told}</span>")


def _fives(minutes: float) -> int:
    """Minutes as one says them: in fives.

    >>> _fives(3), _fives(12.6), _fives(41)
    (5, 15, 40)
    """
    return max(5, 5 * round(minutes / 5))

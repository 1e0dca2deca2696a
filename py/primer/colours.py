"""The one table of colours: of pages, charts, drawings and canvases, by day and by night.

Colour means kind, blue means touch, and all else is ink on paper. The build makes a style sheet of the table; nothing
else names a colour.
"""

from __future__ import annotations

import re

TABLE = {
    "paper": ("#fbf6ec", "#1a1714"),
    "surface": ("#ffffff", "#231f1b"),
    "ink": ("#27211d", "#efe7db"),
    "ink-soft": ("#665c54", "#b6aa9d"),
    "line": ("#e7dccd", "#3a342f"),
    "line-strong": ("#857a70", "#8d8278"),
    "touch": ("#1f4fc4", "#a5c3ff"),
    "touch-ink": ("#ffffff", "#1a1714"),
    "touch-tint": ("#1f4fc414", "#a5c3ff1f"),
    "dog": ("#a93b12", "#ea7440"),
    "bird": ("#1a8f8c", "#46c7a8"),
    "cat": ("#b88200", "#ffdf85"),
    "toaster": ("#3f3d4c", "#7d7b92"),
    "snout": ("#fbf6ec", "#fbf6ec"),
    "eye": ("#27211d", "#1a1714"),
    "negative": ("#7b3f8f", "#c893dc"),
    "positive": ("#3f7a2a", "#93c97a"),
    "good": ("#2f6b3c", "#9ccf9f"),
    "bad": ("#b3261e", "#ffb0a3"),
    "bad-tint": ("#fdeeea", "#3a211d"),
    "waiting": ("#8a5a00", "#e8bd6b"),
    "mark": ("#fbe3b0", "#4a3f22"),
    "shade": ("#3d2b1a", "#000000"),
    "code-surface": ("#f7f1e7", "#26221f"),
    "code-word": ("#7a3482", "#d7a3dc"),
    "code-text": ("#55622a", "#b9c78a"),
}
"""Name, by day, by night. `line` is a hairline, `line-strong` an edge that must be seen, `mark` a marker pen's."""

SIGNS = {"dog": "●", "bird": "▲", "cat": "◆", "toaster": "■"}
"""What has a colour and a mark of its own on every page, here in words and tables; `primer.drawing.marks` draws it."""
_ALSO = {"duck": "bird"}
_NAMED = re.compile(r"var\(--([\w-]+)(?:, ?#\w+)?\)")


def token(name: str) -> str:
    """A colour as a drawing names it: the page's, and the one by day for hosts that have none, such as a notebook.

    >>> token("dog")
    'var(--dog, #a93b12)'
    """
    return f"var(--{name}, {TABLE[name][0]})"


def by_day(text: str) -> str:
    """A drawing or a chart with the numbers of its colours by day: for what asks no style sheet.

    >>> by_day(f"{token('dog')} var(--ink)")
    '#a93b12 #27211d'
    """
    return _NAMED.sub(lambda name: TABLE[name[1]][0], text)


def kind_of(name: str) -> str | None:
    """The kind that a name speaks of, if it does: a duck is a bird.

    >>> kind_of("duck"), kind_of("dog"), kind_of("score")
    ('bird', 'dog', None)
    """
    name = _ALSO.get(name, name)
    return name if name in SIGNS else None


def sheet() -> str:
    """The table as a style sheet: by day, and by night on a screen; paper is always by day."""
    day, night = ("".join(f"--{name}:{pair[k]};" for name, pair in TABLE.items()) for k in (0, 1))
    light, dark = ':root,[data-md-color-scheme="default"]', '[data-md-color-scheme="slate"]'
    return f"{light},{dark}{{{day}}}\n@media screen{{{dark}{{{night}}}}}\n"

"""What the library says to readers in sentences, in the language of the page that it runs in.

The page's engine has the table of that language (`de.json` beside this file is the library's part of it). Where there
is no engine, in a notebook or in plain Python, all is English. What goes wrong in a call is said in English, as by
Python and NumPy themselves.
"""

from __future__ import annotations

import sys
from typing import Any


def say(text: str, /, **values: object) -> str:
    """The text in the page's language, with the values that it names in braces.

    >>> say("{what} is None.", what="The answer")
    'The answer is None.'
    """
    host: Any = sys.modules.get("cells.page.words")
    return str(host.say(text, **values)) if host is not None else text.format_map(values)


def decimal(number: str) -> str:
    """A number as that language writes it in prose."""
    host: Any = sys.modules.get("cells.page.words")
    return str(host.decimal(number)) if host is not None else number

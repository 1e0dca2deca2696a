"""Numbers as the language of a page writes them in its sentences; `runtime/words/prose.mjs` has the same.

Code, what code prints, axes and controls keep Python's way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_SIGNS: Mapping[str, Mapping[str, str]] = {"de": {".": ",", ",": "\u202f", "%": "\u202f%"}}
"""What stands in place of Python's signs; English has its own."""
_NUMBER = re.compile(r"(\d+(?:,\d{3})*)(\.\d+)?(%?)")


def in_prose(text: str, language: str) -> str:
    """A value's text in a sentence.

    >>> in_prose("0.75", "de"), in_prose("-25.9%", "de"), in_prose("38884", "de"), in_prose("1.8e+308", "de")
    ('0,75', '-25,9\\u202f%', '38\\u202f884', '1,8e+308')
    >>> in_prose("8000", "de"), in_prose("[0.5, 1]", "de"), in_prose("0.75", "en")
    ('8000', '[0.5, 1]', '0.75')
    """
    signs = _SIGNS.get(language)
    if signs is None or "[" in text:  # a list is code
        return text

    def written(match: re.Match[str]) -> str:
        whole, parts, share = match[1].replace(",", ""), match[2] or "", match[3]
        if len(whole) > 4 or "," in match[1]:
            whole = re.sub(r"\B(?=(\d{3})+$)", signs[","], whole)
        return whole + parts.replace(".", signs["."]) + (signs["%"] if share else "")

    return _NUMBER.sub(written, text)

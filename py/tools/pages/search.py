"""The index of the search, made small: who searches waits for it."""

import json
import re
from pathlib import Path

from cells.build.options import here
from tools.base import files

_BLOCK = re.compile(r"\s*</?(?:p|ul|ol|li)>\s*")
_NO_WORD = re.compile("</?code>|\u200b")  # formulas are full of spaces without a width
_LISTING = re.compile(r"<pre>.*?</pre>\s*", re.DOTALL)


def lighten(index: Path) -> None:
    """Leave words in the index, and take listings of code out.

    Of a name of the library it says what the name is for; parameters, errors and examples are one click further.
    """
    name = f"#{here().library or ' '}-"  # as no location has it where there is no library
    if index.is_file():
        whole = json.loads(index.read_bytes())
        for document in whole["docs"]:
            text = _LISTING.sub("", document["text"])
            if name in document["location"]:
                text = text.partition("</p>")[0]
            document["text"] = _NO_WORD.sub("", _BLOCK.sub(" ", text)).strip()
        files.put(index, json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode())

"""The index of the search, made small: who searches waits for it. Each language has one, for who reads it."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cells.build.options import here
from tools.base import files

INDEX = Path("search", "search_index.json")
_BLOCK = re.compile(r"\s*</?(?:p|ul|ol|li)>\s*")
_NO_WORD = re.compile("</?code>|[\u200b\u00ad]|&shy;")  # formulas and long words are full of places to break
_LISTING = re.compile(r"<pre>.*?</pre>\s*", re.DOTALL)


def lighten(site: Path) -> None:
    """Leave words in the index, and take listings of code out.

    Of a name of the library it says what the name is for; parameters, errors and examples are one click further.
    """
    name = f"#{here().library or ' '}-"  # as no location has it where there is no library
    if (index := site / INDEX).is_file():
        whole = json.loads(index.read_bytes())
        for document in whole["docs"]:
            text = _LISTING.sub("", document["text"])
            if name in document["location"]:
                text = text.partition("</p>")[0]
            document["text"] = _NO_WORD.sub("", _BLOCK.sub(" ", text)).strip()
            document["title"] = _NO_WORD.sub("", document["title"])
        for folder, part in by_language(whole, here().languages).items():
            files.put(site / folder / INDEX, json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode())


def by_language(whole: dict[str, Any], languages: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Cut an index into those of the languages, by the folders of their pages; what is in none is in ``""``."""
    config = whole["config"]
    parts = {"": {"config": config, "docs": []}}
    for folder, language in languages.items():
        parts[folder] = {"config": {**config, "lang": [language]}, "docs": []}
    for document in whole["docs"]:
        folder = document["location"].partition("/")[0]
        parts[folder if folder in languages else ""]["docs"].append(document)
    return {folder: part for folder, part in parts.items() if part["docs"] or not folder}

"""The words of pages in other languages than English: two scripts a language, which no English page asks for.

What the page says comes before all other scripts, so that it is there before the first word; what Python says comes
beside the rest, for whoever starts Python. A page in a language without a table speaks English.
"""

import json
import os
import re
from pathlib import Path

from cells.build import words
from cells.page import library
from tools.base import files, places

FOLDER = "runtime/words"
_LANGUAGE = re.compile(r"<html[^>]*?\blang=\"?([\w-]+)")


def make(site: Path) -> None:
    """Write the scripts of each language that the runtime has a table of."""
    for language, said in tables().items():
        _put(site, f"{language}.js", "words", said)
        _put(site, f"{language}-python.js", "wordsOfPython", words.table(language, library.here.name))


def tables() -> dict[str, dict[str, str]]:
    """Give what the page says, by language; a table stands in several files where it is long."""
    return {folder.name: _table(folder) for folder in sorted((places.RUNTIME / "words").glob("*/"))}


def _table(folder: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.json")):
        found |= json.loads(path.read_text(encoding="utf-8"))
    return found


def _put(site: Path, name: str, variable: str, said: dict[str, str]) -> None:
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    files.put(site / FOLDER / name, f"{variable}={text};\n".encode())


def scripts_of(site: Path, path: Path, html: str) -> str:
    """Give the elements that a page needs for its language: none in English."""
    found = _LANGUAGE.search(html)
    language = found[1] if found else words.ENGLISH
    if not (site / FOLDER / f"{language}.js").is_file():
        return ""
    base = os.path.relpath(site / FOLDER, path.parent).replace(os.sep, "/")
    return f'<script src="{base}/{language}.js"></script><script src="{base}/{language}-python.js" defer></script>'

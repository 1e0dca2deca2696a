"""The words of pages in other languages than English: a few scripts a language, which no English page asks for.

What each page says comes before all other scripts, so that it is there before the first word. What Python says is
fetched with Python, and what labs say with a lab. A page in a language without a table speaks English.
"""

import json
import os
import re
from pathlib import Path

from cells.build import words
from cells.page import library
from tools.base import files, places

FOLDER = "runtime/words"
APART = "labs"
"""The table of what few pages say."""
_LANGUAGE = re.compile(r"<html[^>]*?\blang=\"?([\w-]+)")


def make(site: Path) -> None:
    """Write the scripts of each language that the runtime has a table of."""
    for language, (said, apart) in tables().items():
        _put(site, f"{language}.js", "words={};", said)
        _put(site, f"{language}-{APART}.js", "Object.assign(words,{});", apart)
        _put(site, f"{language}-python.js", "globalThis.wordsOfPython={};", words.table(language, library.here.name))


def tables() -> dict[str, tuple[dict[str, str], dict[str, str]]]:
    """Give what each page says, and what few do, by language; a table stands in several files where it is long."""
    return {folder.name: _tables(folder) for folder in sorted((places.RUNTIME / "words").glob("*/"))}


def _tables(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    found: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for path in sorted(folder.glob("*.json")):
        found[path.stem == APART].update(json.loads(path.read_text(encoding="utf-8")))
    return found


def _put(site: Path, name: str, script: str, said: dict[str, str]) -> None:
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    files.put(site / FOLDER / name, f"{script.replace('{}', text)}\n".encode())


def scripts_of(site: Path, path: Path, html: str) -> str:
    """Give the elements that a page needs for its language: none in English."""
    found = _LANGUAGE.search(html)
    language = found[1] if found else words.ENGLISH
    if not (site / FOLDER / f"{language}.js").is_file():
        return ""
    base = os.path.relpath(site / FOLDER, path.parent).replace(os.sep, "/")
    of_labs = f'<link rel="modulepreload" href="{base}/{language}-{APART}.js">' if "<py-lab" in html else ""
    return f'<script src="{base}/{language}.js"></script>{of_labs}'

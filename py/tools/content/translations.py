"""`make translations`: what is missing, untranslated or out of date in pages of other languages, section by section.

Under each heading of a translated page stands the hash of what its translator saw of the English section:
`<!-- en: 1a2b3c4d -->`. `make translations ARGS="--stamp de/softmax.md"` writes the hashes, when the words are right.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from posixpath import dirname, join, normpath

from mkdocs.utils.yaml import yaml_load

from cells.build.page import EXPRESSION
from cells.build.sections import Section, front, sections, stamped
from cells.build.translation import merged
from cells.page.errors import PageError
from tools.base import files, places, site
from tools.base.errors import ToolError, command
from tools.base.progress import say

ENGLISH_ONLY = ("licences.md", "behind/")
"""What is not translated on purpose: names of packages, and what authors read beside English code."""
_LINK = re.compile(r'\]\(([^)\s]+)\)|\b(?:href|src|xlink:href)="([^"]+)"')
_ABBREVIATION = re.compile(r"^\*\[([^\]]+)\]:", re.MULTILINE)
_NOTE = re.compile(r"\[\^[\w-]+\]:?")
_NO_WORDS = re.compile(
    r"<[^>]*>|- \[.\] `\{python\}[^\n]*|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|\]\([^)]*\)|\{[^}]*\}|:[a-z]+-[a-z0-9-]+:"
    r"|--8<--[^\n]*|\[\^[\w-]+\]|https?:\S+|^ {8}[^\n]*[=(][^\n]*",  # the last is code that is set in
    re.DOTALL | re.MULTILINE,
)
_SAID = ("title", "description")


def missing(language: str) -> Iterator[str]:
    """Name the pages of the nav that the language does not have."""
    for _, page in site.pages():
        if not page.startswith(ENGLISH_ONLY) and not (places.SITE / language / page).is_file():
            yield f"{language}/{page}: there is no such page; translate {page}, or name it in ENGLISH_ONLY"


def faults(path: str, english: str, text: str) -> Iterator[str]:
    """Say what is wrong with one translated page.

    Parameters
    ----------
    path : str
        Its path below site/.
    english, text : str
        What stands in both files.
    """
    try:
        merged(english, text.removeprefix(front(text)), path, path.partition("/")[0], Path.is_file)
    except PageError as error:
        yield str(error)
        return
    yield from (f"{path}: {fault}" for fault in _front(_head(english), _head(text)))
    for theirs, own in zip(sections(english), sections(text), strict=True):
        where = f'{path}, "{own.heading.text}"'
        yield from (f"{where}: {fault}" for fault in _differences(theirs, own, path))


def _head(text: str) -> dict[str, object]:
    return dict(yaml_load(front(text).strip("-\n")) or {})


def _front(theirs: dict[str, object], own: dict[str, object]) -> Iterator[str]:
    for key in sorted({*theirs, *own}):
        if key not in own or key not in theirs:
            yield f"{key}: stands before one of the two pages alone"
        elif key in _SAID and theirs[key] == own[key]:
            yield f"{key}: is not translated"
        elif key not in _SAID and theirs[key] != own[key]:
            yield f"{key}: expected {theirs[key]!r}, got {own[key]!r}"


def _differences(theirs: Section, own: Section, path: str) -> Iterator[str]:
    if not own.stamp:
        yield f"has no hash; when its words are right: make translations ARGS='--stamp {path}'"
    elif own.stamp != theirs.hash:
        yield f'the English section "{theirs.heading.text}" has changed; mend this one, then stamp it'
    for paragraph in _paragraphs(theirs.lines) & _paragraphs(own.lines):
        yield f"is not translated: {' '.join(paragraph.split())[:100]}"
    pairs = (
        ("number in the text", _numbers(theirs), _numbers(own)),
        ("link", _links(theirs, dirname(path.partition("/")[2]), path), _links(own, dirname(path), path)),
        ("fence", _plain(theirs), _plain(own)),
        ("number to guess", _guessed(theirs), _guessed(own)),
        ("abbreviation", Counter(_ABBREVIATION.findall(_text(theirs))), Counter(_ABBREVIATION.findall(_text(own)))),
        ("footnote", Counter(_NOTE.findall(_text(theirs))), Counter(_NOTE.findall(_text(own)))),
    )
    for what, expected, got in pairs:
        yield from (f"lacks a {what} of the English section: {one}" for one in (expected - got))
        yield from (f"has a {what} that the English section has not: {one}" for one in (got - expected))


def _text(section: Section) -> str:
    return "\n".join(section.lines)


def _paragraphs(lines: list[str]) -> set[str]:
    """Those with three words or more outside of code, formulas and addresses."""
    inside = "\n".join(line for line in _outside(lines))
    parts = (part.strip("\n") for part in re.split(r"\n\s*\n", inside))
    return {part for part in parts if len(re.findall(r"[^\W\d_]{2,}", _NO_WORDS.sub(" ", part))) > 2}


def _outside(lines: list[str]) -> Iterator[str]:
    is_fence = False
    for line in lines:
        if re.match(r" *(?:`{3,}|~{3,})", line):
            is_fence = not is_fence
        elif not is_fence:
            yield line


def _numbers(section: Section) -> Counter[str]:
    return Counter(re.findall(EXPRESSION, "\n".join(_outside(section.lines))))


def _plain(section: Section) -> Counter[str]:
    return Counter("\n".join([block.info, *block.body]) for block in section.blocks if not block.kind)


def _guessed(section: Section) -> Counter[str]:
    numbers = (option.number for question in section.questions for option in question.options)
    return Counter(f"{one.expression} ± {one.within} {one.limits} {one.places}" for one in numbers if one)


def _links(section: Section, folder: str, path: str) -> Counter[str]:
    """Where its links lead, as the English page has it."""
    language = path.partition("/")[0]

    def target(address: str) -> str:
        if re.match(r"\w+:|#", address):
            return address
        page, mark, anchor = address.partition("#")
        found = normpath(join(folder, page)) if page else page
        return re.sub(rf"^(?:\.\./)*{language}/", "", found).replace("../", "") + mark + anchor

    return Counter(target(one or other) for one, other in _LINK.findall("\n".join(_outside(section.lines))))


def stamp(path: str) -> int:
    """Write the hashes into a page; give how many are new."""
    file, source = places.SITE / path, places.SITE / path.partition("/")[2]
    if not file.is_file() or not source.is_file():
        raise ToolError(f"--stamp: expected a translated page such as de/softmax.md, got {path}")
    text, english = file.read_text(encoding="utf-8"), source.read_text(encoding="utf-8")
    hashes = [one.hash for one in sections(english)]
    before = [one.stamp for one in sections(text)]
    if len(hashes) != len(before):
        raise ToolError(f"{path}: expected {len(hashes)} headings, got {len(before)}; make them agree first")
    files.put(file, stamped(text, hashes).encode())
    return sum(old != new for old, new in zip(before, hashes, strict=True))


def all_faults(languages: Iterable[str] | None = None) -> list[str]:
    """Say what is wrong with all pages of languages."""
    found: list[str] = []
    for language in site.folders() if languages is None else languages:
        found += missing(language)
        for file in sorted((places.SITE / language).rglob("*.md")):
            path = file.relative_to(places.SITE).as_posix()
            source = places.SITE / path.partition("/")[2]
            if not source.is_file():
                found.append(f"{path}: there is no English page {source.name}")
                continue
            found += faults(path, source.read_text(encoding="utf-8"), file.read_text(encoding="utf-8"))
    return found


def main() -> None:
    """Say what is to do, or stamp pages."""
    if sys.argv[1:2] == ["--stamp"]:
        for path in sys.argv[2:]:
            say(f"{path}: {stamp(path)} hashes written")
        return
    if found := all_faults():
        raise ToolError("\n".join([*found, f"{len(found)} to do"]))
    say("all pages are translated, and up to date")


if __name__ == "__main__":
    command(main)

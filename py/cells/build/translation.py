"""A page in another language: its words are its own, its code is that of the English page.

What a translated page leaves out is put in before anything else reads it: the code of cells by their ids, the ids of
headings by their order, what guesses are kept by. So there is one source of all code, and what a reader has done on
one page holds on the other. `site/behind/translate.md` says how such a page is written.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from cells.build.exercises import ExerciseError, check_source
from cells.build.options import source_of
from cells.build.page import language_of, page_of, path_of
from cells.build.sections import (
    BRACES,
    Block,
    Heading,
    bare,
    blocks,
    front,
    headings,
    is_words,
    literals,
    questions,
    with_key,
    without_stamps,
)
from cells.page.errors import PageError

_INCLUDE = re.compile(r'^(\s*-+8<-+ ")([^"]+)("\s*)$')
_OPTION = re.compile(r'\s*\b[\w-]+(?:="[^"]*")?')


class Translate(Preprocessor):
    """Puts in what a translated page leaves out; before snippets (32) are, and all else."""

    def run(self, lines: list[str]) -> list[str]:
        language = language_of(self.md)
        if language == "en":
            return lines
        path = path_of(self.md)
        source = docs_of(self.md) / source_of(path)
        if not source.is_file():
            raise PageError(f"{path}: expected the page that it is a translation of, found no {source}")
        english = source.read_text(encoding="utf-8")
        page_of(self.md).originals.update(checks_of(english))
        return merged(english, "\n".join(lines), path, language, Path.is_file).split("\n")


def docs_of(md: Markdown) -> Path:
    """The folder of all pages."""
    if "relpath" in md.treeprocessors:
        file = md.treeprocessors["relpath"].file  # type: ignore[attr-defined]
        return Path(str(file.abs_src_path).removesuffix(str(file.src_uri)))
    if "rendering_context" in md.preprocessors:
        return Path(str(md.preprocessors["rendering_context"].config["docs_dir"]))  # type: ignore[attr-defined]
    raise PageError(f"{path_of(md)}: expected a site generator that says where the English page is, got none")


def checks_of(text: str) -> dict[str, str]:
    """The checks of a page, by their cells, where Python can read them."""
    found = {}
    for block in blocks(text.split("\n")):
        if block.kind == "check":
            with suppress(ExerciseError, SyntaxError):  # which the English page tells
                found[f"{block.id}-check"] = check_source(textwrap.dedent("\n".join(block.body)))
    return found


def merged(english: str, text: str, path: str, language: str, is_there: Callable[[Path], bool]) -> str:
    """A translated page as it is read.

    Parameters
    ----------
    english, text : str
        Both pages' Markdown.
    path : str
        The translated one's, for its author.
    language : str
        Whose files it takes in where there are such: ``a/de/b.md`` in place of ``a/b.md``.
    is_there : callable
        Whether there is a file.

    Raises
    ------
    PageError
        If the two do not belong together: what differs, what was expected, and what to do.
    """
    theirs = english.removeprefix(front(english)).split("\n")
    lines = without_stamps(text.split("\n"))
    _take_headings(theirs, lines, path)
    _take_keys(theirs, lines, path)
    for at, line in bare(lines):
        if include := _INCLUDE.match(line):
            own = Path(include[2]).parent / language / Path(include[2]).name
            lines[at] = f"{include[1]}{own.as_posix()}{include[3]}" if is_there(own) else line
    _take_code(theirs, lines, path)
    return "\n".join(lines)


def ids_of(found: list[Heading]) -> list[str]:
    """The ids that a page's headings have when it is built.

    >>> ids_of([Heading(0, 1, "Why e, and not 2?", ""), Heading(2, 2, "In short", ".wide #short")])
    ['why-e-and-not-2', 'short']
    """
    md = Markdown(extensions=["attr_list", "toc"])
    marks = (f"{'#' * one.level} {one.text}{f' {{ {one.attributes} }}' if one.attributes else ''}" for one in found)
    md.convert("\n\n".join(marks))
    ids: list[str] = []

    def collect(tokens: list[dict[str, object]]) -> None:
        for token in tokens:
            ids.append(str(token["id"]))
            collect(token["children"])  # type: ignore[arg-type]

    collect(md.toc_tokens)  # type: ignore[attr-defined]
    return ids


def _take_headings(theirs: list[str], lines: list[str], path: str) -> None:
    english, own = headings(theirs), headings(lines)
    for one, other in zip(english, own, strict=False):
        if one.level != other.level:
            raise PageError(
                f'{path}, heading "{other.text}": expected one of level {one.level}, the translation of '
                f'"{one.text}", got one of level {other.level}; both pages have the same headings in the same order'
            )
        if "#" in other.attributes:
            raise PageError(f'{path}, heading "{other.text}": expected no id, it has that of "{one.text}"')
    if len(english) != len(own):
        more = [f'"{one.text}"' for one in (english[len(own) :] or own[len(english) :])]
        lack = "of these there is no translation" if len(english) > len(own) else "the English page does not have these"
        raise PageError(f"{path}: expected {len(english)} headings, got {len(own)}; {lack}: {', '.join(more)}")
    for one, id in zip(own, ids_of(english), strict=True):
        attributes = f"#{id} {one.attributes}".rstrip()
        lines[one.line] = f"{'#' * one.level} {one.text} {{ {attributes} }}"


def _take_keys(theirs: list[str], lines: list[str], path: str) -> None:
    english, own = list(questions(theirs)), list(questions(lines))
    if len(english) != len(own):
        raise PageError(f"{path}: expected {len(english)} predictions, as the English page has, got {len(own)}")
    for one, other in zip(english, own, strict=True):
        if [option.is_right for option in one.options] != [option.is_right for option in other.options]:
            raise PageError(
                f'{path}, prediction "{other.title}": expected the boxes of "{one.title}", as many, in the same order '
                "and with the same [x]: guesses are kept by their places"
            )
        lines[other.line] = with_key(lines[other.line], one.key)


def _take_code(theirs: list[str], lines: list[str], path: str) -> None:
    english = [block for block in blocks(theirs) if block.kind]
    own = [block for block in blocks(lines) if block.kind]
    names = [block.named for block in english]
    if [block.named for block in own] != names:
        odd = next((block.named for block in own if block.named not in names), "")
        lack = next((name for name in names if name not in [block.named for block in own]), "")
        told = f"it has no {odd}" if odd else f"{lack} is missing" if lack else f"there they come as {', '.join(names)}"
        raise PageError(f"{path}: expected the fences of the English page, in their order; {told}")
    for one, other in zip(reversed(english), reversed(own), strict=True):
        lines[other.line : other.end + 1] = _fence(one, other, f"{path}, {other.named}")


def _fence(one: Block, other: Block, where: str) -> list[str]:
    options = re.sub(r'\b(?:id|for|title)="[^"]*"', "", other.info).split()
    if options != ["python", one.kind]:
        raise PageError(f"{where}: expected its id and title alone, got{other.info}; the rest is the English page's")
    title = other.option("title")
    if bool(title) != bool(one.option("title")):
        raise PageError(f'{where}: expected title="…", the translation of "{one.option("title")}", got "{title}"')
    info = re.sub(r'\btitle="[^"]*"', lambda _: f'title="{title}"', one.info)
    code = textwrap.dedent("\n".join(one.body))
    if one.kind == "check":
        code = translated(code, _pairs(textwrap.dedent("\n".join(other.body)), where), where)
    elif any(line.strip() for line in other.body):
        raise PageError(f"{where}: expected its first line alone: its code is the English page's; take this out")
    first = f"{other.indent}{one.mark}{info}"
    return [first, *(f"{other.indent}{line}".rstrip() for line in code.split("\n")), f"{other.indent}{one.mark}"]


def _pairs(body: str, where: str) -> dict[str, str]:
    pairs = {}
    for part in re.split(r"\n\s*\n", body.strip("\n")):
        both = [line.strip() for line in part.strip("\n").split("\n")]
        if len(both) != 2:
            raise PageError(
                f"{where}: expected pairs of lines, the English text and its translation, with an empty line between "
                f"pairs, got:\n    {part}"
            )
        pairs[both[0]] = both[1]
    return pairs


def translated(code: str, pairs: dict[str, str], where: str) -> str:
    """Code whose texts are in another language.

    >>> translated('assert n == 3, f"You have {n} dogs."', {"You have {n} dogs.": "Du hast {n} Hunde."}, "a.md")
    'assert n == 3, f"Du hast {n} Hunde."'

    Raises
    ------
    PageError
        If a text of the code has no translation, a translation no text, or a pair not the same braces.
    """
    missing = dict(pairs)
    parts, at = [], 0
    for match in literals(code):
        text = match["text"]
        if text in pairs:
            missing.pop(text, None)
            _check_pair(text, pairs[text], match["quote"], where)
            parts += [code[at : match.start("text")], pairs[text]]
            at = match.end("text")
        elif is_words(text):
            raise PageError(
                f"{where}: this text of the code has no translation; write both, one below the other:\n{text}"
            )
    if missing:
        raise PageError(f"{where}: the code has no such text; copy it letter by letter:\n{next(iter(missing))}")
    return "".join([*parts, code[at:]])


def _check_pair(text: str, own: str, quote: str, where: str) -> None:
    if quote[0] in re.sub(r"\\.", "", own):
        raise PageError(f"{where}: the code has {quote[0]} around this text, so it cannot stand in it:\n{own}")
    expected, got = (sorted(map(_without_texts, BRACES.findall(one))) for one in (text, own))
    if expected != got:
        raise PageError(f"{where}: expected {', '.join(expected) or 'no braces'} in it, as in the English text:\n{own}")


def _without_texts(braces: str) -> str:
    """The words in it may be translated, such as ``{'yes' if right else 'no'}``."""
    return re.sub(r"'[^']*'", "''", braces)

"""A page to take along: as a Jupyter notebook (nbformat 4.5) and as a Python file, both of which run as they are.

The words are the page's Markdown, in what Jupyter knows of it; numbers in the text are those that the page was built
with. Cells stand where the page has them, with what they gave.
"""

from __future__ import annotations

import ast
import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any

from cells.build.abroad import folder_of
from cells.build.page import EXPRESSION, Fence
from cells.build.predictions import in_words, options_in
from cells.page.names import names_of
from cells.page.outputs import CHART, VERDICT, Output
from cells.page.words import say

SITE = "https://site.invalid/"
"""Stands for the site's address until that is known; so does PACKAGE for that of the lessons' library."""
PACKAGE = "https://package.invalid/"
ENDINGS = (".ipynb", ".py")

_FENCE = re.compile(r"^( *)(`{3,}|~{3,})(.*)$")
_PART = re.compile(r'\b(run|exercise|check|solution)\b.*?\b(?:id|for)="([^"]+)"|\bid="([^"]+)".*\b(run|exercise)\b')
_BLOCK = re.compile(r'^( *)(\?\?\?\+?|!!!|===(?= *")) *[\w -]*?(?:"((?:[^"\\]|\\.)*)")? *$')
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*(?:[.#][\w-]+[ \t]*)+\}")
_EMOJI = re.compile(r" ?:[a-z]+-[a-z0-9-]+:")
_ABBREVIATION = re.compile(r"^\*\[[^\]]+\]:")
_LINK = re.compile(r"(\]\()([^)#:\s]+\.md)?(#[^)\s]*)?(\))")
_COLOUR = re.compile(r"var\(--([\w-]+)\)")
_MINUTES = re.compile("<span data-minutes>")
"""A line that the page alone fills in."""
_TAG = re.compile(r"^\s*</?(?:div|section|figure)\b[^>]*>\s*$")

_SHOW = """\
def _verdict(wrong=None):
    print("Right." if wrong is None else wrong)"""
_PLAIN = """\
try:
    display
except NameError:  # plain Python, where the words of a picture are printed
    display = print


def _shown(value):
    if value is not None:
        display(value)"""

_FOLDED = {"jupyter": {"source_hidden": True}}

Notebook = dict[str, Any]


@dataclass(frozen=True)
class Carried:
    """What is known of a page once its cells have run."""

    name: str
    """Its path below docs_dir."""
    text: str
    """Its Markdown, with what it includes."""
    library: str
    fences: Mapping[str, Fence]
    solutions: Mapping[str, str]
    """By exercise."""
    outputs: Mapping[str, list[Output]]
    values: Mapping[str, Mapping[str, str]]
    colours: Mapping[str, str] = field(default_factory=dict)
    """Of the site's style sheet, by their names: a notebook paints where none is asked."""


@dataclass
class Piece:
    """Words, or a cell by its id."""

    words: str = ""
    cell: str = ""
    tags: list[str] = field(default_factory=list)


def address(name: str, anchor: str = "") -> str:
    """Where a page of the site stands.

    >>> address("softmax.md"), address("index.md", "#a"), address("behind/index.md")
    ('https://site.invalid/softmax/', 'https://site.invalid/#a', 'https://site.invalid/behind/')
    """
    folder = folder_of(name)
    return SITE + (f"{folder}/" if folder else "") + anchor


def notebook(page: Carried) -> Notebook:
    """The page as a notebook, with SITE and PACKAGE in place of addresses."""
    cells = [
        _code_of(page, piece) if piece.cell else _markdown(f"words-{number}", piece.words)
        for number, piece in enumerate(_pieces(page))
    ]
    install = f"%pip install --quiet {PACKAGE}\n\n" if page.library else ""
    opening = _code("cells-opening", install + _SHOW, _FOLDED)
    cells.insert(1 if cells and cells[0]["cell_type"] == "markdown" else 0, opening)  # below the title
    return {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "page": {"name": page.name, "address": address(page.name)},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _markdown(id: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": id, "metadata": {}, "source": source}


def _code(id: str, source: str, metadata: dict[str, Any], outputs: Sequence[Any] = ()) -> dict[str, Any]:
    told = {"cell_type": "code", "id": id, "metadata": metadata, "source": source}
    return {**told, "execution_count": None, "outputs": list(outputs)}


def _code_of(page: Carried, piece: Piece) -> dict[str, Any]:
    fence = page.fences[piece.cell]
    title = {"title": fence.title} if fence.title else {}
    metadata = {"tags": ["cell", *piece.tags], **title, **(_FOLDED if fence.hidden else {})}
    outputs = [_output(one, page.colours) for one in page.outputs[piece.cell]]
    return _code(piece.cell, fence.source.rstrip("\n"), metadata, outputs)


def script(page: Carried) -> str:
    """The page as a Python file whose cells begin with ``# %%``, which editors know; its last values are shown."""
    needs = f"# needs: pip install {PACKAGE}\n" if page.library else ""
    parts = [f"# From {address(page.name)}\n{needs}", f"# %%\n{_PLAIN}\n\n\n{_SHOW}\n"]
    for piece in _pieces(page):
        if piece.words:
            parts.append("# %% [markdown]\n" + textwrap.indent(piece.words, "# ", lambda _: True) + "\n")
        else:
            title = page.fences[piece.cell].title
            mark = f"# %% {title + ' ' if title else ''}[cell={piece.cell}]"
            parts.append(f"{mark}\n{_showing(page.fences[piece.cell].source)}\n")
    return "\n".join(re.sub(r"[ \t]+$", "", part, flags=re.MULTILINE) for part in parts)


def _showing(source: str) -> str:
    """The source, with its last expression shown, as a notebook does by itself.

    >>> print(_showing("a = 1\\na + 1  # two"))
    a = 1
    _shown(a + 1)  # two
    """
    source = source.rstrip("\n")
    body = ast.parse(source).body
    if not body or not isinstance(last := body[-1], ast.Expr) or source.endswith(";"):
        return source
    lines = [line.encode() for line in source.split("\n")]
    begin, end = last.lineno - 1, (last.end_lineno or last.lineno) - 1
    lines[end] = lines[end][: last.end_col_offset] + b")" + lines[end][last.end_col_offset :]
    lines[begin] = lines[begin][: last.col_offset] + b"_shown(" + lines[begin][last.col_offset :]
    return b"\n".join(lines).decode()


def _output(output: Output, colours: Mapping[str, str]) -> dict[str, Any]:
    if output["type"] == "stream":
        return {"output_type": "stream", "name": output["name"], "text": output["text"]}
    data = dict(output["data"])
    if verdict := data.pop(VERDICT, None):
        return {"output_type": "stream", "name": "stdout", "text": (verdict["words"] or "Right.") + "\n"}
    if CHART in data:
        text = _COLOUR.sub(lambda name: colours.get(name[1], name[0]), json.dumps(data[CHART]))
        data[CHART] = json.loads(text)
    if output["type"] == "display":
        return {"output_type": "display_data", "data": data, "metadata": {}}
    return {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": None}


def _pieces(page: Carried) -> Iterator[Piece]:
    """Words and cells by turns, as on the page; but what a cell reads comes before it, for all run from the top."""
    pieces = list(_as_written(page))
    cells = {piece.cell: piece for piece in pieces if piece.cell}
    names = {id: names_of(page.fences[id].source, id) for id in cells}
    owners: dict[str, str] = {}
    for id in cells:
        for name in names[id].defines:
            owners.setdefault(name, id)
    given: set[str] = set()

    def give(piece: Piece) -> Iterator[Piece]:
        if piece.cell in given:
            return
        if piece.cell:
            given.add(piece.cell)
            needed = {owners[name] for name in names[piece.cell].reads if name in owners}
            for id in cells:
                if id in needed:
                    yield from give(cells[id])
        yield piece

    for piece in pieces:
        yield from give(piece)


def _as_written(page: Carried) -> Iterator[Piece]:
    """Words and cells by turns. A fold that has a cell in it is opened: Jupyter cannot put a cell into one."""
    words: list[str] = []

    def said() -> Iterator[Piece]:
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(words)).strip("\n")
        words.clear()
        if text.strip():
            yield Piece(words=text)

    for line_or_part in _lines(page.text.split("\n"), page):
        if isinstance(line_or_part, str):
            words.append(line_or_part)
        else:
            yield from said()
            yield line_or_part
    yield from said()


def _lines(lines: list[str], page: Carried) -> Iterator[str | Piece]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if fence := _FENCE.match(line):
            end = _closing(lines, at, fence)
            part = _PART.search(fence[3]) if "python" in fence[3] else None
            if part is None:
                yield from _plain_fence(fence, lines[at : end + 1])
            else:
                yield from _cell(part[1] or part[4], part[2] or part[3], page)
            at = end + 1
        elif line.strip() and (block := _BLOCK.match(line)):
            end = _indented(lines, at + 1, len(block[1]) + 4)
            title = (block[3] or "").replace('\\"', '"')
            within = textwrap.dedent("\n".join(lines[at + 1 : end])).split("\n")
            if block[2].startswith("???") and (boxes := options_in(within))[0]:
                asked, told = in_words(title, boxes[0])
                yield from _lines(asked, page)
                title, within = say("Answer"), told + boxes[1]
            yield from _block(block[2], title, list(_lines(within, page)), page)
            at = end
        elif line.lstrip().startswith("<py-lab"):
            end = next(i for i in range(at, len(lines)) if "</py-lab>" in lines[i])
            yield say("*This lab is part of the page: [open it there]({address}).*", address=address(page.name))
            at = end + 1
        else:
            if not any(pattern.search(line) for pattern in (_ABBREVIATION, _TAG, _MINUTES)):
                yield _worded(line, page)
            at += 1


def _closing(lines: list[str], at: int, fence: re.Match[str]) -> int:
    closing = re.compile(rf"^ *{re.escape(fence[2][0])}{{{len(fence[2])},}} *$")
    return next((i for i in range(at + 1, len(lines)) if closing.match(lines[i])), len(lines) - 1)


def _indented(lines: list[str], at: int, room: int) -> int:
    """Where what is set in by so much ends; empty lines before the end are not part of it."""
    end = at
    for i in range(at, len(lines)):
        if lines[i].strip():
            if len(lines[i]) - len(lines[i].lstrip(" ")) < room:
                break
            end = i + 1
    return end


def _plain_fence(fence: re.Match[str], lines: list[str]) -> Iterator[str]:
    language = re.match(r" *\{?\.?([\w-]*)", fence[3])
    yield f"{fence[1]}{fence[2]}{language[1] if language else ''}"
    yield from lines[1:]


def _cell(kind: str, id: str, page: Carried) -> Iterator[str | Piece]:
    if kind == "solution":
        yield from _folded(say("Solution"), ["```python", *page.solutions[id].rstrip("\n").split("\n"), "```"])
    elif kind == "check":
        yield Piece(cell=f"{id}-check", tags=["check"])
    else:
        yield Piece(cell=id, tags=[kind] if kind == "exercise" else [])


def _block(mark: str, title: str, inner: list[str | Piece], page: Carried) -> Iterator[str | Piece]:
    title = _worded(title, page)
    if mark.startswith("???") and not any(isinstance(one, Piece) for one in inner):
        yield from _folded(title, [line for line in inner if isinstance(line, str)])
        return
    if title:
        yield from ("", f"**{title}**", "")
    yield from inner
    yield ""


def _folded(title: str, lines: list[str]) -> Iterator[str]:
    title = re.sub(r"`([^`]+)`", r"<code>\1</code>", title)
    yield from ("", "<details>", f"<summary>{title}</summary>", "", *lines, "", "</details>", "")


def _worded(line: str, page: Carried) -> str:
    """A line in what Jupyter's Markdown knows, with the numbers that the page was built with."""

    def value(match: re.Match[str]) -> str:
        return page.values[match[1].strip()]["text"]

    def link(match: re.Match[str]) -> str:
        if not match[2] and not match[3]:
            return match[0]
        target = normpath(PurePosixPath(page.name).parent / match[2]) if match[2] else page.name
        return match[1] + address(target, match[3] or "") + match[4]

    line = re.sub(EXPRESSION, value, line)
    return _LINK.sub(link, _ATTRIBUTES.sub("", _EMOJI.sub("", line)))


def written(page: Carried) -> dict[str, str]:
    """Both files, by their endings."""
    texts = (json.dumps(notebook(page), indent=1, ensure_ascii=False) + "\n", script(page))
    return dict(zip(ENDINGS, texts, strict=True))


def links_html(name: str, base: str = "") -> str:
    """Where a reader finds them, at the end of the page, or of its translation, from which a base leads there."""
    beside = base + PurePosixPath(name).stem
    named = zip(ENDINGS, (say("as a Jupyter notebook"), say("as a Python file")), strict=True)
    notebook, file = (f'<a href="{beside}{ending}" download data-take="{SITE}">{name}</a>' for ending, name in named)
    paper = f'<a href="?view=print" target="_blank">{say("on paper, with your numbers")}</a>'
    told = say("Take this page along: {paper}, {notebook}, {file}.", paper=paper, notebook=notebook, file=file)
    return f'<p class="take-along" data-search-exclude>{told}</p>'


def colours_by_day(sheet: Path) -> dict[str, str]:
    """The colours that a style sheet names, as they are first; none where there is no such sheet."""
    text = sheet.read_text(encoding="utf-8") if sheet.is_file() else ""
    return dict(reversed(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,8})\b", text)))

"""A page's Markdown as its translator sees it: headings, fences by their ids, questions, and the words between them."""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field

from cells.build.predictions import Option, items_in, key_of, option_of

PARTS = ("run", "exercise", "check", "solution")
"""What a Python fence may be to a page, beside plain code."""
_FENCE = re.compile(r"^( *)(`{3,}|~{3,})(.*)$")
_HEADING = re.compile(r"^(#{1,6}) +(.*?)(?: *\{:? *([^}]*?) *\})? *#* *$")
_QUESTION = re.compile(r'^( *)(\?\?\?\+? *)(question)( +"(.*)" *)$')
_HEAD = re.compile(r"\A---\n.*?^---$\n", re.DOTALL | re.MULTILINE)
_STAMP = re.compile(r"^<!-- en: ([0-9a-f]{8}) -->$")
_LITERAL = re.compile(
    r"#[^\n]*|(?P<prefix>\b[A-Za-z]{1,2})?(?P<quote>\"{3}|'{3}|\"|')(?P<text>(?:\\.|(?!(?P=quote)).)*?)(?P=quote)",
    re.DOTALL,
)
"""A comment, or a text in Python code; what stands in the braces of an f-string is part of it."""
BRACES = re.compile(r"\{[^{}]*\}")


@dataclass
class Heading:
    line: int
    level: int
    text: str
    attributes: str


@dataclass
class Block:
    """A fence."""

    line: int
    end: int
    """The line that closes it."""
    indent: str
    mark: str
    info: str
    body: list[str]

    @property
    def kind(self) -> str:
        """What it is to the page; empty where it is plain code."""
        bare = re.sub(r'"[^"]*"', "", self.info)
        if not re.match(r" *\{?\.?python\b", bare):
            return ""
        return next((kind for kind in PARTS if re.search(rf"\b{kind}\b", bare)), "")

    def option(self, name: str) -> str:
        found = re.search(rf'\b{name}="([^"]*)"', self.info)
        return found[1] if found else ""

    @property
    def id(self) -> str:
        return self.option("id") or self.option("for")

    @property
    def named(self) -> str:
        """How it is told apart from the others of its page."""
        return f'{self.kind} "{self.id}"' if self.kind else f"{self.info.strip() or 'a fence'} …"


@dataclass
class Question:
    line: int
    title: str
    key: str
    """By which a guess is kept."""
    options: list[Option]


@dataclass
class Section:
    """A heading and what follows it, up to the next one; the first begins where the page begins."""

    heading: Heading
    lines: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    stamp: str = ""
    """The hash of the English section of which it is said to be the translation."""

    @property
    def seen(self) -> str:
        """What its translator sees: all but the code of cells."""
        return "\n".join(_seen(self.lines)).strip()

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.seen.encode()).hexdigest()[:8]


def front(text: str) -> str:
    """What stands before a page."""
    found = _HEAD.match(text)
    return found[0] if found else ""


def blocks(lines: list[str]) -> Iterator[Block]:
    """Its fences; what stands in a fence is none."""
    at = 0
    while at < len(lines):
        if opened := _FENCE.match(lines[at]):
            mark = opened[2]
            closing = re.compile(rf"^ *{re.escape(mark[0])}{{{len(mark)},}} *$")
            end = next((i for i in range(at + 1, len(lines)) if closing.match(lines[i])), len(lines) - 1)
            yield Block(at, end, opened[1], mark, opened[3], lines[at + 1 : end])
            at = end
        at += 1


def bare(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The lines that stand in no fence, with their places."""
    inside = {i for block in blocks(lines) for i in range(block.line, block.end + 1)}
    return ((i, line) for i, line in enumerate(lines) if i not in inside)


def headings(lines: list[str]) -> list[Heading]:
    found = ((i, _HEADING.match(line)) for i, line in bare(lines))
    return [Heading(i, len(match[1]), match[2], match[3] or "") for i, match in found if match]


def questions(lines: list[str]) -> Iterator[Question]:
    """Its predictions, each with what its guesses are kept by."""
    for i, line in bare(lines):
        if asked := _QUESTION.match(line):
            room = " " * (len(asked[1]) + 4)
            within = []
            for below in lines[i + 1 :]:
                if below.strip() and not below.startswith(room):
                    break
                within.append(below[len(room) :])
            items, _ = items_in(within)
            if items:
                yield Question(i, asked[5].strip(), key_of(asked[5].strip(), items), list(map(option_of, items)))


def with_key(line: str, key: str) -> str:
    """The first line of a question, with what its guesses are kept by.

    >>> with_key('??? question "Sag voraus: Wer?"', "guess-1a2b3c4d")
    '??? question guess-1a2b3c4d "Sag voraus: Wer?"'
    """
    return _QUESTION.sub(rf"\1\2\3 {key}\4", line)


def without_stamps(lines: list[str]) -> list[str]:
    return [line for line in lines if not _STAMP.match(line)]


def sections(text: str) -> list[Section]:
    """A page cut at its headings; none where it has none."""
    lines = text.split("\n")
    marks = headings(lines)
    starts = [0, *(heading.line for heading in marks[1:])]
    found = []
    for heading, start, end in zip(marks, starts, [*starts[1:], len(lines)], strict=True):
        whole = lines[start:end]
        stamp = next((match[1] for match in map(_STAMP.match, whole) if match), "")
        own = without_stamps(whole)
        found.append(Section(heading, own, list(blocks(own)), list(questions(own)), stamp))
    return found


def stamped(text: str, hashes: list[str]) -> str:
    """A page with a hash below each of its headings.

    >>> print(stamped("# Hunde\\n\\nWau.\\n", ["1a2b3c4d"]))
    # Hunde
    <!-- en: 1a2b3c4d -->
    <BLANKLINE>
    Wau.
    <BLANKLINE>
    """
    lines = without_stamps(text.split("\n"))
    for heading, hash in reversed(list(zip(headings(lines), hashes, strict=True))):
        lines.insert(heading.line + 1, f"<!-- en: {hash} -->")
    return "\n".join(lines)


def literals(code: str) -> Iterator[re.Match[str]]:
    """The texts in Python code."""
    return (match for match in _LITERAL.finditer(code) if match["quote"])


def is_words(text: str) -> bool:
    """Whether a text in code is for readers: two words or more.

    >>> is_words("A probability"), is_words("d_inputs"), is_words("{told(_p, 1)} nats"), is_words("yes")
    (True, False, False, False)
    """
    return len(re.findall(r"[^\W\d_][\w'’]*", BRACES.sub("", text))) > 1


def _seen(lines: list[str]) -> Iterator[str]:
    found = {block.line: block for block in blocks(lines)}
    at = 0
    while at < len(lines):
        block = found.get(at)
        if block is None or not block.kind:
            yield lines[at].rstrip()
            at += 1
            continue
        yield f"{block.named} {block.option('title')}".rstrip()
        if block.kind == "check":
            code = textwrap.dedent("\n".join(block.body))
            yield from (match["text"] for match in literals(code) if is_words(match["text"]))
        at = block.end + 1

"""What of a built chapter goes on a sheet of paper: goals, predictions, trials, exercises, and what answers them."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape

from tools.content.words import language_of
from tools.pages.tree import Node, read

_ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')
_SITE = re.compile(r'<meta property="og:site_name" content="([^"]*)"')
_LONGEST = 12
"""Lines of code that find room."""
_ROW = {"scene", "scene-text", "scene-figure", "wide", "headed"}
_ASKING = re.compile(r"^[^\W\d]+(?: [^\W\d]+)?: ")
"""What a prediction's question begins with, in any language."""


@dataclass
class Question:
    """One prediction; all texts are HTML."""

    kind: str
    asked: str
    options: list[tuple[str, bool]]
    """What one may say, and whether it is right."""
    hint: str
    """How a number is asked for: its limits, its unit."""
    unit: str
    places: list[str]
    limits: tuple[float, float]
    truth: list[float]
    replies: list[tuple[str, str]]
    more: str
    """The page's words after the answer."""


@dataclass
class Tried:
    """A cell whose parameter is to be set to some values."""

    id: str
    title: str
    code: str
    text: str
    """What is to be tried, as the page's author wrote it."""


@dataclass
class Task:
    """One exercise."""

    title: str
    words: str
    blank: str
    solution: str


@dataclass
class Chapter:
    """All of it."""

    title: str
    language: str
    site: str
    address: str
    goals: str
    questions: list[Question] = field(default_factory=list)
    tried: list[Tried] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    """Of all its cells, in their order."""


def chapter_of(html: str) -> Chapter | None:
    """Read a built page; None if there is nothing in it to be done on paper."""
    found, address = _ARTICLE.search(html), _CANONICAL.search(html)
    if found is None or address is None or "<py-prediction" not in found[0]:
        return None
    article = read(found[0])
    site = _SITE.search(html)
    goals = next(article.all(lambda one: one.tag == "li" and _is_of(article, one, "facts")), None)
    chapter = Chapter(
        title=_words(next(article.all(lambda one: one.tag == "h1"))),
        language=language_of(html),
        site=unescape(site[1]) if site else "",
        address=address[1],
        goals=_inside(goals) if goals else "",
    )
    for cell in article.all(lambda one: one.tag == "py-cell"):
        program = cell.part("program")
        if program is not None:
            chapter.sources[cell.attributes["id"]] = json.loads(program.text())["source"]
        if "data-try" in cell.attributes:
            chapter.tried.append(_tried(cell))
    chapter.questions = [_question(one) for one in article.all(lambda one: one.tag == "py-prediction")]
    chapter.tasks = list(_tasks(article))
    return chapter


def _is_of(article: Node, item: Node, name: str) -> bool:
    return any(item in list(one.all(lambda _: True)) for one in article.all(lambda one: _has(one, name)))


def _has(node: Node, *names: str) -> bool:
    return bool({*names} & {*node.attributes.get("class", "").split()})


def _leave(node: Node) -> bool:
    """What paper has no use for: what formulas say to screen readers, and what is pressed."""
    return _has(node, "katex-mathml", "headerlink") or node.tag in ("button", "input")


def _inside(node: Node) -> str:
    return node.html(_leave).strip()


def _words(node: Node) -> str:
    return " ".join(node.text(_leave).split())


def _part(node: Node, name: str) -> Node:
    found = node.part(name)
    if found is None:
        raise ValueError(f'<{node.tag} id="{node.attributes.get("id", "")}">: expected data-part="{name}", found none')
    return found


def _question(node: Node) -> Question:
    asked = _inside(next(node.all(lambda one: one.tag == "legend")))
    asked = _ASKING.sub("", asked)
    places, answer = _part(node, "options"), _part(node, "answer")
    labels = list(places.all(lambda one: one.tag == "label"))
    spans = [_inside(next(label.all(lambda one: one.tag == "span"))) for label in labels]
    fields = list(places.all(lambda one: one.tag == "input"))
    kind = node.attributes["kind"]
    right = _part(answer, "right")
    truth = next(right.all(lambda one: "data-truth" in one.attributes), None)
    limits = (fields[0].attributes.get("min", ""), fields[0].attributes.get("max", "")) if fields else ("", "")
    told = answer.part("replies")
    after = [one for one in answer.elements() if one.tag != "summary" and "data-part" not in one.attributes]
    return Question(
        kind=kind,
        asked=asked[:1].upper() + asked[1:],
        options=[(span, "data-right" in label.attributes) for span, label in zip(spans, labels, strict=True)],
        hint=spans[0] if kind == "number" else "",
        unit=_unit(labels[0]) if kind == "number" else "",
        places=spans if kind == "curve" else [],
        limits=(float(limits[0]), float(limits[1])) if all(limits) else (0.0, 1.0),
        truth=_numbers(truth.attributes["data-truth"]) if truth else [],
        replies=[_reply(one) for one in told.elements()] if told else [],
        more="".join(one.outer(_leave) for one in after),
    )


def _numbers(text: str) -> list[float]:
    found = json.loads(text)
    return list(found) if isinstance(found, list) else [found]


def _unit(label: Node) -> str:
    """What stands behind the field."""
    return "".join(child for child in label.children if isinstance(child, str)).strip()


def _reply(item: Node) -> tuple[str, str]:
    said = next(one for one in item.elements() if one.tag == "q")
    return _inside(said), "".join(
        child if isinstance(child, str) else child.outer(_leave) for child in item.children if child is not said
    ).strip()


def _tried(cell: Node) -> Tried:
    def is_aside(node: Node) -> bool:
        return _is_tail(node) or node.attributes.get("data-part") == "folded"

    code, name = next(_part(cell, "code").all(lambda one: one.tag == "code")), cell.attributes["data-try"].split(":")[0]
    lines = code.text(is_aside).strip("\n").split("\n")
    set_here = [line for line in code.text(_is_tail).split("\n") if re.match(rf"{re.escape(name)}\s*=", line)]
    if len(lines) > _LONGEST:  # the page has it; what is set there is enough
        lines = set_here
    elif set_here[0] not in lines:
        lines = [*set_here, *textwrap.dedent("\n".join(lines)).split("\n")]
    shown = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    return Tried(cell.attributes["id"], _words(_part(cell, "title")), escape(shown), cell.attributes["data-try"])


def _is_tail(node: Node) -> bool:
    """Whether it is what describes a control, behind its number."""
    return node.attributes.get("data-part") == "tail"


def _flow(node: Node) -> Iterator[Node]:
    """The blocks of an article, whatever they are laid out in."""
    for child in node.elements():
        if child.tag == "article" or (child.tag == "div" and _has(child, *_ROW)):
            yield from _flow(child)
        else:
            yield child


def _tasks(article: Node) -> Iterator[Task]:
    words = ""
    """The paragraph before it: what is to be done."""
    for block in _flow(article):
        if block.tag == "py-exercise":
            solution = next(_part(_part(block, "solution"), "answer").all(lambda one: one.tag == "code"))
            cell = next(block.all(lambda one: one.tag == "py-cell"))
            blank = next(_part(cell, "code").all(lambda one: one.tag == "code"))
            codes = (escape(code.text().strip("\n")) for code in (blank, solution))
            yield Task(_words(_part(cell, "title")), words, *codes)
        words = block.outer(_leave) if block.tag == "p" else ""

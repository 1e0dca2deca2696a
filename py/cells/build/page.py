"""What is collected of a page while it is parsed, what it is called, and how its errors say where they are."""

from __future__ import annotations

from dataclasses import dataclass, field

from markdown import Markdown
from pymdownx.superfences import SuperFencesException

from cells.build.exercises import Exercise
from cells.build.options import WHERE, language_in, source_of
from cells.page.errors import PageError
from cells.page.outputs import Output
from cells.page.parameters import Parameter

EXPRESSION = r"(?<!`)`\{python\}[ ]+([^`\n]+?)`(?!`)"
"""An expression in the text, whose value is shown there."""
Results = tuple[dict[str, list[Output]], dict[str, dict[str, str]]]
"""Outputs by cell, and texts by expression."""


@dataclass
class Fence:
    source: str
    title: str
    hidden: bool
    parameters: list[Parameter]
    shown: frozenset[int] | None = None
    """The lines that stay in sight; None for all of them."""
    covered: bool = False
    """Its output waits for the prediction above it."""
    tries: str = ""
    """What is tried on paper: see ``trials.py``."""


@dataclass
class Page:
    """What has been collected of the page that is being parsed."""

    name: str
    """Where no site generator says it."""
    text: str = ""
    """Its Markdown, with what it includes."""
    headers: list[str] = field(default_factory=list)
    """First lines of all fences that are meant to be cells or parts of exercises."""
    taken: list[str] = field(default_factory=list)
    """Names of those that were read as such."""
    fences: dict[str, Fence] = field(default_factory=dict)
    exercises: dict[str, Exercise] = field(default_factory=dict)
    expressions: dict[str, None] = field(default_factory=dict)
    predictions: list[str] = field(default_factory=list)
    """The ids of its elements."""
    originals: dict[str, str] = field(default_factory=dict)
    """Of a translated page the checks as the English page has them, by cell."""
    results: Results | None = None

    def clear(self) -> None:
        self.text = ""
        self.headers.clear()
        self.taken.clear()
        self.fences.clear()
        self.exercises.clear()
        self.expressions.clear()
        self.predictions.clear()
        self.originals.clear()
        self.results = None


class FenceError(PageError, SuperFencesException):  # type: ignore[misc]
    """A PageError that superfences lets through (it swallows all others and shows the block as plain code)."""


def page_of(md: Markdown) -> Page:
    page: Page = md.cells_page  # type: ignore[attr-defined]
    return page


def name_of(md: Markdown) -> str:
    """What readers' edits, guesses and exercises are kept by: the page's path, or that of which it is a translation.

    Two pages must not have the same, but for the languages of one.
    """
    return source_of(path_of(md))


def language_of(md: Markdown) -> str:
    """The page's language: that of the folder in which it stands, English elsewhere."""
    return language_in(_path(md))


def path_of(md: Markdown) -> str:
    """The page's path below docs_dir."""
    if path := _path(md):
        return path
    raise FenceError(
        f"{WHERE}: a page with cells has no name: expected MkDocs' processor 'relpath', Zensical's "
        "'rendering_context', or the option page: \"softmax.md\" where one page is converted by itself"
    )


def _path(md: Markdown) -> str:
    """MkDocs leaves it with the processor that resolves relative links, Zensical with one that holds the context."""
    if "relpath" in md.treeprocessors:
        return str(md.treeprocessors["relpath"].file.src_uri)  # type: ignore[attr-defined]
    if "rendering_context" in md.preprocessors:
        return str(md.preprocessors["rendering_context"].page.path)  # type: ignore[attr-defined]
    return page_of(md).name


def fence_error(md: Markdown, cell: str, message: str, line: int | None = None) -> FenceError:
    place = f'{path_of(md)}, cell "{cell}"' + (f", line {line}" if line else "")
    return FenceError(f"{place}: {message}")


def exercise_error(md: Markdown, exercise: str, message: str) -> FenceError:
    return FenceError(f'{path_of(md)}, exercise "{exercise}": {message}')

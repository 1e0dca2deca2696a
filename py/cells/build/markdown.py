"""The Python-Markdown extension: fences marked ``run`` become cells, ```{python} …``` becomes a number in the text.

Fences marked ``exercise``, ``check`` and ``solution`` become exercises (see ``exercises.py``), folds that begin with
boxes predictions (see ``predictions.py``).

While the page is parsed, cells and expressions are collected and leave placeholders. When all are known, they are run
as one program, and the placeholders give way to what came out. Anything wrong stops the build with a PageError.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor

from cells.build import abroad, exercises
from cells.build.executed import results_of
from cells.build.fences import FindHeaders
from cells.build.figures import formulas_html
from cells.build.listings import highlight_python
from cells.build.memory import Memory, write
from cells.build.minutes import minutes_told
from cells.build.notebook import Carried, colours_by_day, links_html, written
from cells.build.options import Options
from cells.build.page import EXPRESSION, Page, exercise_error, fence_error, language_of, name_of, page_of, path_of
from cells.build.predictions import FindPredictions, score_html, truth_html
from cells.build.render import RenderedCell, cell_html, inline_html
from cells.build.translation import Translate
from cells.page.errors import PageError
from cells.page.program import Program

_PLACEHOLDER = re.compile(
    r'<py-cell data-cell="([^"]+)"></py-cell>|<span data-expr="([^"]*)"></span>'
    r'|<b(?: data-places="(\d+)")? data-truth="([^"]*)"></b>'
)
_EXERCISE = re.compile(r'<py-exercise data-(exercise|check|solution)="([^"]+)"></py-exercise>')
_HINT = re.compile(r'<details class="[^"]*\bhint\b')
_WRITTEN = re.compile(r"([(“„]*)\x02formula (\d+)\x03([.,;:!?)”’]*)")
_FORMULA = re.compile(r'<(span|div) class="arithmatex">\s*\\[(\[](.*?)\\[)\]]\s*</\1>', re.DOTALL)


class CellsExtension(Extension):
    """Register with ``markdown_extensions: [cells.build.markdown]`` beside superfences (see mkdocs.yml)."""

    def __init__(self, **options: Any) -> None:
        super().__init__()
        self._options = Options.of(options)
        self._options.use()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        self.page = Page(self._options.page)
        md.cells_page = self.page  # type: ignore[attr-defined]
        md.block_level_elements += ["py-cell", "py-exercise", "py-lab", "py-prediction"]
        md.preprocessors.register(Translate(md), "translation", 34)  # before snippets (32) read what it puts in
        md.preprocessors.register(FindHeaders(md), "cell-headers", 29)  # before superfences (25) takes them away
        md.inlinePatterns.register(_InlineExpression(EXPRESSION, md), "python-expression", 195)
        md.treeprocessors.register(FindPredictions(md), "predictions", 25)  # before inline (20)
        # After raw_html (30), when the stashed fences are back in the text, and after unescape (10).
        md.postprocessors.register(_RunPage(md, self._options), "cells", 5)
        md.registerExtension(self)

    def reset(self) -> None:
        self.page.clear()


def makeExtension(**options: Any) -> CellsExtension:  # noqa: N802
    return CellsExtension(**options)


class _InlineExpression(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        expression = m[1].strip()
        page_of(self.md).expressions.setdefault(expression)
        element = Element("span", {"data-expr": expression})
        return element, m.start(0), m.end(0)


class _RunPage(Postprocessor):
    def __init__(self, md: Markdown, options: Options) -> None:
        super().__init__(md)
        self._options = options
        self._memory = Memory(options.memory)

    def run(self, text: str) -> str:
        page = page_of(self.md)
        if len(page.headers) != len(page.taken):
            lost = next((h for h in page.headers if not any(f'"{id}"' in h for id in page.taken)), "")
            raise PageError(
                f'{path_of(self.md)}: a fence was not read as a cell: {lost}\nexpected ```python run id="name", with '
                'options as key="value" or a bare word, and a closing fence as far in as the first line'
            )
        formulas: list[tuple[str, bool]] = []

        def formula(tex: str, display: bool = True) -> str:
            formulas.append((tex, display))
            return f"\x02formula {len(formulas) - 1}\x03"

        text = _FORMULA.sub(lambda m: formula(unescape(m[2].strip()), m[1] == "div"), text)
        self._check_exercises(page, text)
        text = minutes_told(page, text)
        if page.fences or page.expressions:
            replacement = self._replacement(page, formula)
            text = _PLACEHOLDER.sub(replacement, self._open_exercises(page, text))
        if "</h1>" in text:  # headings come here by themselves, too
            if page.predictions:
                text += score_html(name_of(self.md))
            if page.fences and self._options.notebooks:
                text += self._taken_along(page)
        try:
            html = formulas_html(formulas)
        except PageError as error:
            raise PageError(f"{path_of(self.md)}: {error}") from error
        text = _WRITTEN.sub(lambda m: _joined(m[1], html[int(m[2])], m[3]), text)
        return text if language_of(self.md) == "en" else abroad.marked(text, path_of(self.md))

    def _taken_along(self, page: Page) -> str:
        """Write the page's notebook and Python file, and link them; a translation leads to those of its source."""
        name, path = name_of(self.md), path_of(self.md)
        if path != name:
            return links_html(name, abroad.way(path, name))
        solutions = {id: exercise.solution or "" for id, exercise in page.exercises.items()}
        outputs, values = page.results or ({}, {})
        colours = colours_by_day(Path(self._options.vendor, "colours.css"))
        library = self._options.library
        carried = Carried(name, page.text, library, page.fences, solutions, outputs, values, colours)
        for ending, text in written(carried).items():
            write(Path(self._options.notebooks, name).with_suffix(ending), text)
        return links_html(name)

    def _check_exercises(self, page: Page, text: str) -> None:
        """Each exercise is whole, in order, and all its parts are equally far in."""
        for exercise in page.exercises.values():
            if lack := exercises.incomplete(exercise):
                raise exercise_error(self.md, exercise.id, lack)
        parts = [(m[1], m[2], m.span()) for m in _EXERCISE.finditer(text)]  # none in a heading by itself
        for at, (kind, id, span) in enumerate(parts):
            if kind != "exercise":
                continue
            following = parts[at + 1 : at + 3]
            if [(k, i) for k, i, _ in following] != [("check", id), ("solution", id)]:
                raise exercise_error(self.md, id, "expected in this order: exercise, check, hints, solution")
            between = text[span[1] : following[1][2][0]]
            if not _HINT.search(between):
                raise exercise_error(self.md, id, 'it has no hint; expected after its check: ??? hint "Hint"')
            if uneven := next(exercises.uneven(between), None):
                message = f"its parts are not equally far in: a <{uneven}> begins or ends between them"
                raise exercise_error(self.md, id, message)

    def _open_exercises(self, page: Page, text: str) -> str:
        """The exercises' elements, around placeholders of their cells; the page's number of them below its title."""
        name, ids = name_of(self.md), list(page.exercises)

        def replacement(match: re.Match[str]) -> str:
            kind, exercise = match[1], page.exercises[match[2]]
            cell = '<py-cell data-cell="{}"></py-cell>'
            if kind == "exercise":
                number = ids.index(exercise.id) + 1
                return exercises.opening_html(exercise, name, number, len(ids), cell.format(exercise.id))
            if kind == "check":  # its place is at the end, below what helps
                return ""
            solution = highlight_python(exercise.solution or "")
            return exercises.closing_html(exercise, solution, cell.format(exercise.check))

        text = _EXERCISE.sub(replacement, text)
        if ids:
            text = text.replace("</h1>", "</h1>\n" + exercises.summary_html(name, ids), 1)
        return text

    def _asked_before(self, cell: re.Match[str]) -> str:
        """The prediction that a covered cell waits for: the last one above it."""
        asked = re.findall(r'<py-prediction id="([^"]+)"', cell.string[: cell.start()])
        if not asked:
            raise PageError("it is covered until a prediction is made, and there is none above it")
        return str(asked[-1])

    def _replacement(self, page: Page, formula: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
        name, language = name_of(self.md), language_of(self.md)
        sources = {id: fence.source for id, fence in page.fences.items()}
        program = Program(sources, page.expressions)
        if page.results is None:  # headings come here before the page does, each by itself
            page.results = results_of(self.md, self._memory, page, program, sources)
        outputs, values = page.results

        def replacement(match: re.Match[str]) -> str:
            if match[1]:
                fence, names = page.fences[match[1]], program.names(match[1])
                try:
                    return cell_html(
                        RenderedCell(
                            match[1],
                            name,
                            fence.title,
                            fence.hidden,
                            fence.source,
                            fence.parameters,
                            sorted(names.reads & program.graph.owners.keys()),
                            names,
                            outputs[match[1]],
                            match[1] in page.exercises,
                            fence.shown,
                            self._asked_before(match) if fence.covered else "",
                            fence.tries,
                        ),
                        formula,
                    )
                except PageError as error:
                    raise fence_error(self.md, match[1], str(error)) from error
            expression = unescape(match[2] or match[4])
            value = values[expression]
            if "error" in value:
                raise PageError(f"{path_of(self.md)}, inline `{{python}} {expression}`: {value['error']}")
            if match[4]:
                return truth_html(path_of(self.md), expression, value["text"], int(match[3] or 0), language)
            return inline_html(expression, name, value["text"], language)

        return replacement


def _joined(before: str, formula: str, after: str) -> str:
    """A formula, with brackets and marks that no line may end or begin with, unless it has places to break itself."""
    html = f"{before}<span data-search-exclude>{formula}</span>{after}"
    return f'<span class="joined">{html}</span>' if before + after and formula.count("katex-base") == 1 else html

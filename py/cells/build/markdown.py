"""The Python-Markdown extension: fences marked ``run`` become cells, ```{python} …``` becomes a number in the text.

Fences marked ``exercise``, ``check`` and ``solution`` become exercises (see ``exercises.py``).

While the page is parsed, cells and expressions are collected and leave placeholders. When all are known, they are run
as one program, and the placeholders give way to what came out. Anything wrong stops the build with a PageError.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from pymdownx.superfences import SuperFencesException

from cells.build import exercises
from cells.build.exercises import Exercise, ExerciseError
from cells.build.figures import formulas_html
from cells.build.memory import Memory, tally
from cells.build.render import RenderedCell, cell_html, highlight_python, inline_html
from cells.page.errors import PageError
from cells.page.outputs import Output
from cells.page.parameters import Parameter, ParameterError, parameters_of
from cells.page.program import Program

_HEADER = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[ \t]*\{?\.?python\b.*$", re.MULTILINE)
_KIND = re.compile(r"\b(?:run|exercise|check|solution)\b")
_OPTIONS = {
    "run": ("id", "run", "hidden", "title"),
    "exercise": ("exercise", "id", "title"),
    "check": ("check", "for"),
    "solution": ("solution", "for"),
}
_INLINE = r"(?<!`)`\{python\}[ ]+([^`\n]+?)`(?!`)"
_PLACEHOLDER = re.compile(r'<py-cell data-cell="([^"]+)"></py-cell>|<span data-expr="([^"]*)"></span>')
_EXERCISE = re.compile(r'<py-exercise data-(exercise|check|solution)="([^"]+)"></py-exercise>')
_HINT = re.compile(r'<details class="[^"]*\bhint\b')
_FORMULA = re.compile(r'<(span|div) class="arithmatex">\s*\\[(\[](.*?)\\[)\]]\s*</\1>', re.DOTALL)


Results = tuple[dict[str, list[Output]], dict[str, dict[str, str]]]
"""Outputs by cell, and texts by expression."""


@dataclass
class _Fence:
    source: str
    title: str
    hidden: bool
    parameters: list[Parameter]


@dataclass
class Page:
    """What has been collected of the page that is being parsed."""

    name: str
    """Where no site generator says it."""
    headers: list[str] = field(default_factory=list)
    """First lines of all fences that are meant to be cells or parts of exercises."""
    taken: list[str] = field(default_factory=list)
    """Names of those that were read as such."""
    fences: dict[str, _Fence] = field(default_factory=dict)
    exercises: dict[str, Exercise] = field(default_factory=dict)
    expressions: dict[str, None] = field(default_factory=dict)
    results: Results | None = None

    def clear(self) -> None:
        self.headers.clear()
        self.taken.clear()
        self.fences.clear()
        self.exercises.clear()
        self.expressions.clear()
        self.results = None


class FenceError(PageError, SuperFencesException):  # type: ignore[misc]
    """A PageError that superfences lets through (it swallows all others and shows the block as plain code)."""


class CellsExtension(Extension):
    """Register with ``markdown_extensions: [cells.build.markdown]`` beside superfences (see mkdocs.yml)."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "memory": ["", "Folder, below the project's, of what cells gave; none: always execute"],
            "page": ["", "The page's path, where it is converted by itself and no site generator says it"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        self.page = Page(self.getConfig("page"))
        md.cells_page = self.page  # type: ignore[attr-defined]
        md.block_level_elements += ["py-cell", "py-exercise", "py-lab"]
        md.preprocessors.register(_FindHeaders(md), "cell-headers", 29)  # before superfences (25) takes them away
        md.inlinePatterns.register(_InlineExpression(_INLINE, md), "python-expression", 195)
        # After raw_html (30), when the stashed fences are back in the text, and after unescape (10).
        md.postprocessors.register(_RunPage(md, Memory(self.getConfig("memory"))), "cells", 5)
        md.registerExtension(self)

    def reset(self) -> None:
        self.page.clear()


def makeExtension(**options: Any) -> CellsExtension:  # noqa: N802
    return CellsExtension(**options)


def validate_fence(
    language: str, inputs: dict[str, str], options: dict[str, Any], attrs: dict[str, str], md: Markdown
) -> bool:
    """Tell superfences whether a Python fence is a cell or part of an exercise, and check its options."""
    kind = next((kind for kind in _OPTIONS if kind in inputs), None)
    if kind is None:
        return False
    name = inputs.get("id" if "id" in _OPTIONS[kind] else "for", "")
    unknown = [option for option in inputs if option not in _OPTIONS[kind]]
    if unknown:
        raise _error(md, name, f"unknown option '{unknown[0]}'; known: {', '.join(_OPTIONS[kind])}")
    for flag in (kind, "hidden"):
        if inputs.get(flag, flag) not in (flag, True):
            raise _error(md, name, f"'{flag}' is a bare word, got {flag}={inputs[flag]!r}")
    if kind in ("check", "solution"):
        _check_part(md, kind, name)
    elif not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise _error(md, name, f'a cell needs an id of small letters, digits and hyphens: id="my-cell", got {name!r}')
    elif name in _page(md).fences:
        raise _error(md, name, "this id is on the page already; give each cell its own")
    if kind == "exercise" and not inputs.get("title"):
        raise _exercise_error(md, name, 'an exercise needs a title: title="Softmax in two lines"')
    options.update(inputs)
    return True


def _check_part(md: Markdown, kind: str, name: str) -> None:
    """A check or a solution belongs to an exercise above it that has none yet."""
    exercise = _page(md).exercises.get(name)
    if exercise is None:
        raise _exercise_error(md, name, f"a {kind} for it, but no exercise of that id above on this page")
    if exercise.has_check if kind == "check" else exercise.solution is not None:
        raise _exercise_error(md, name, f"it has two {kind}s; one is enough")


def format_fence(source: str, language: str, css_class: str, options: dict[str, Any], md: Markdown, **_: Any) -> str:
    """Collect a cell, or a part of an exercise, and leave its placeholder."""
    page = _page(md)
    name = options["id"] if "id" in options else options["for"]
    kind = next(kind for kind in _OPTIONS if kind in options)
    page.taken.append(name)
    if kind == "run":
        _take_cell(md, name, source, options)
        return f'<py-cell data-cell="{name}"></py-cell>'
    if kind == "exercise":
        page.exercises[name] = Exercise(name, options["title"], source)
        _take_cell(md, name, source, options)
    elif kind == "solution":
        page.exercises[name].solution = source
    else:
        exercise = page.exercises[name]
        exercise.has_check = True
        if exercise.check in page.fences:
            raise _error(md, exercise.check, f'the check of exercise "{name}" needs this id; rename the cell')
        try:
            _take_cell(md, exercise.check, exercises.check_source(source), {})
        except ExerciseError as error:
            raise _exercise_error(md, name, str(error)) from None
        except SyntaxError as error:
            raise _exercise_error(md, name, f"its check, line {error.lineno}: SyntaxError: {error.msg}") from None
    return exercises.placeholder(kind, name)


def _take_cell(md: Markdown, cell: str, source: str, options: dict[str, Any]) -> None:
    try:
        parameters = parameters_of(source)
    except ParameterError as error:
        raise _error(md, cell, str(error), error.line) from None
    except SyntaxError:
        parameters = []  # the run below reports it, with the line and a hint
    _page(md).fences[cell] = _Fence(source, options.get("title", ""), "hidden" in options, parameters)


class _FindHeaders(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        headers = (match[0].strip() for match in _HEADER.finditer("\n".join(lines)))
        _page(self.md).headers.extend(h for h in headers if _KIND.search(re.sub(r'"[^"]*"', "", h)))
        return lines


class _InlineExpression(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        expression = m[1].strip()
        _page(self.md).expressions.setdefault(expression)
        element = Element("span", {"data-expr": expression})
        return element, m.start(0), m.end(0)


class _RunPage(Postprocessor):
    def __init__(self, md: Markdown, memory: Memory) -> None:
        super().__init__(md)
        self._memory = memory

    def run(self, text: str) -> str:
        page = _page(self.md)
        if len(page.headers) != len(page.taken):
            lost = next((h for h in page.headers if not any(f'"{id}"' in h for id in page.taken)), "")
            raise PageError(
                f'{_name(self.md)}: a fence was not read as a cell: {lost}\nexpected ```python run id="name", with '
                'options as key="value" or a bare word, and a closing fence as far in as the first line'
            )
        formulas: list[tuple[str, bool]] = []

        def formula(tex: str, display: bool = True) -> str:
            formulas.append((tex, display))
            return f"\x02formula {len(formulas) - 1}\x03"

        text = _FORMULA.sub(lambda m: formula(unescape(m[2].strip()), m[1] == "div"), text)
        self._check_exercises(page, text)
        if page.fences or page.expressions:
            replacement = self._replacement(page, formula)
            text = _PLACEHOLDER.sub(replacement, self._open_exercises(page, text))
        try:
            html = formulas_html(formulas)
        except PageError as error:
            raise PageError(f"{_name(self.md)}: {error}") from error
        return re.sub(r"\x02formula (\d+)\x03", lambda m: f"<span data-search-exclude>{html[int(m[1])]}</span>", text)

    def _check_exercises(self, page: Page, text: str) -> None:
        """Each exercise is whole, in order, and all its parts are equally far in."""
        for exercise in page.exercises.values():
            if lack := exercises.incomplete(exercise):
                raise _exercise_error(self.md, exercise.id, lack)
        parts = [(m[1], m[2], m.span()) for m in _EXERCISE.finditer(text)]  # none in a heading by itself
        for at, (kind, id, span) in enumerate(parts):
            if kind != "exercise":
                continue
            following = parts[at + 1 : at + 3]
            if [(k, i) for k, i, _ in following] != [("check", id), ("solution", id)]:
                raise _exercise_error(self.md, id, "expected in this order: exercise, check, hints, solution")
            between = text[span[1] : following[1][2][0]]
            if not _HINT.search(between):
                raise _exercise_error(self.md, id, 'it has no hint; expected after its check: ??? hint "Hint"')
            if uneven := next(exercises.uneven(between), None):
                message = f"its parts are not equally far in: a <{uneven}> begins or ends between them"
                raise _exercise_error(self.md, id, message)

    def _open_exercises(self, page: Page, text: str) -> str:
        """The exercises' elements, around placeholders of their cells; the page's number of them below its title."""
        name, ids = _name(self.md), list(page.exercises)

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

    def _results(self, program: Program, sources: dict[str, str], expressions: list[str], page: Page) -> Results:
        """Outputs by cell and texts by expression: those of the last build if nothing has changed since."""
        key = [list(sources.items()), expressions]
        if page.exercises:
            key.append([exercise.solution for exercise in page.exercises.values()])
        known = self._memory.recall(key)
        if known is not None:
            tally.remembered += 1
            return known["outputs"], known["values"]
        outputs = _run(self.md, program, list(sources))
        values = program.values()
        tally.pages += 1
        for exercise in page.exercises.values():
            try:
                exercises.verify(exercise, program, outputs)
            except ExerciseError as error:
                raise _exercise_error(self.md, exercise.id, str(error)) from error
        self._memory.keep(key, {"outputs": outputs, "values": values})
        return outputs, values

    def _replacement(self, page: Page, formula: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
        name = _name(self.md)
        sources = {id: fence.source for id, fence in page.fences.items()}
        program = Program(sources, page.expressions)
        if page.results is None:  # headings come here before the page does, each by itself
            page.results = self._results(program, sources, list(page.expressions), page)
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
                        ),
                        formula,
                    )
                except PageError as error:
                    raise _error(self.md, match[1], str(error)) from error
            expression = unescape(match[2])
            value = values[expression]
            if "error" in value:
                raise PageError(f"{name}, inline `{{python}} {expression}`: {value['error']}")
            return inline_html(expression, name, value["text"])

        return replacement


def _run(md: Markdown, program: Program, cells: list[str]) -> dict[str, list[Output]]:
    """Run a page's cells; the first thing wrong is a PageError with page, cell, line and the reader's traceback."""
    _check_names(md, program, cells)
    outputs: dict[str, list[Output]] = {}
    for cell in program.plan(cells):
        result = program.run(cell)
        tally.cells += 1
        outputs[cell] = result.outputs
        if result.error is not None:
            indented = "\n".join("    " + line for line in result.error["traceback"].splitlines())
            message = f"{result.error['name']}: {result.error['message']}"
            raise _error(md, cell, f"{message}\n{indented}", result.error["line"])
    return outputs


def _check_names(md: Markdown, program: Program, cells: list[str]) -> None:
    for cell in cells:
        if problem := program.graph.problems.get(cell):
            raise _error(md, cell, f"{problem.message}. {problem.hint}", problem.line)
        if nobody := program.undefined(program.names(cell).reads):
            raise _error(md, cell, f"it reads '{nobody[0]}', which no cell of this page defines")
    for expression, names in program.expression_reads().items():
        if nobody := program.undefined(names):
            message = f"it reads '{nobody[0]}', which no cell of this page defines"
            raise PageError(f"{_name(md)}, inline `{{python}} {expression}`: {message}")


def _page(md: Markdown) -> Page:
    page: Page = md.cells_page  # type: ignore[attr-defined]
    return page


def _name(md: Markdown) -> str:
    """The page's path below docs_dir: readers' edits are kept by it, so two pages must not have the same.

    MkDocs leaves it with the processor that resolves relative links, Zensical with one that holds the context.
    """
    if "relpath" in md.treeprocessors:
        return str(md.treeprocessors["relpath"].file.src_uri)  # type: ignore[attr-defined]
    if "rendering_context" in md.preprocessors:
        return str(md.preprocessors["rendering_context"].page.path)  # type: ignore[attr-defined]
    if _page(md).name:
        return _page(md).name
    raise FenceError(
        "cells.build.markdown: a page with cells has no name: expected MkDocs' processor 'relpath', Zensical's "
        "'rendering_context', or the option page: \"softmax.md\" where one page is converted by itself"
    )


def _error(md: Markdown, cell: str, message: str, line: int | None = None) -> FenceError:
    place = f'{_name(md)}, cell "{cell}"' + (f", line {line}" if line else "")
    return FenceError(f"{place}: {message}")


def _exercise_error(md: Markdown, exercise: str, message: str) -> FenceError:
    return FenceError(f'{_name(md)}, exercise "{exercise}": {message}')

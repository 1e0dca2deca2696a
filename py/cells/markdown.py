"""The Python-Markdown extension: fences marked ``run`` become cells, ```{python} …``` becomes a number in the text.

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

from cells.errors import PageError
from cells.figures import formulas_html
from cells.memory import Memory, tally
from cells.parameters import Parameter, ParameterError, parameters_of
from cells.program import Program
from cells.render import RenderedCell, cell_html, inline_html
from cells.runner import Output

_HEADER = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[ \t]*\{?\.?python\b.*\brun\b.*$", re.MULTILINE)
_OPTIONS = ("id", "run", "hidden", "title")
_INLINE = r"(?<!`)`\{python\}[ ]+([^`\n]+?)`(?!`)"
_PLACEHOLDER = re.compile(r'<py-cell data-cell="([^"]+)"></py-cell>|<span data-expr="([^"]*)"></span>')
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

    headers: list[str] = field(default_factory=list)
    """First lines of all fences that are meant to be cells."""
    fences: dict[str, _Fence] = field(default_factory=dict)
    expressions: dict[str, None] = field(default_factory=dict)
    results: Results | None = None

    def clear(self) -> None:
        self.headers.clear()
        self.fences.clear()
        self.expressions.clear()
        self.results = None


class FenceError(PageError, SuperFencesException):  # type: ignore[misc]
    """A PageError that superfences lets through (it swallows all others and shows the block as plain code)."""


class CellsExtension(Extension):
    """Register with ``markdown_extensions: [cells.markdown]`` beside superfences (see mkdocs.yml)."""

    def __init__(self, **options: Any) -> None:
        self.config = {"memory": ["", "Folder, below the project's, of what cells gave; none: always execute"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        self.page = Page()
        md.cells_page = self.page  # type: ignore[attr-defined]
        md.block_level_elements += ["py-cell", "py-lab"]
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
    """Tell superfences whether a Python fence is a cell (it is if it says ``run``), and check its options."""
    if "run" not in inputs:
        return False
    cell = inputs.get("id", "")
    unknown = [option for option in inputs if option not in _OPTIONS]
    if unknown:
        raise _error(md, cell, f"unknown option '{unknown[0]}'; known: {', '.join(_OPTIONS)}")
    if not re.fullmatch(r"[a-z][a-z0-9-]*", cell):
        raise _error(md, cell, f'a cell needs an id of small letters, digits and hyphens: id="my-cell", got {cell!r}')
    if cell in _page(md).fences:
        raise _error(md, cell, "this id is on the page already; give each cell its own")
    for flag in ("run", "hidden"):
        if inputs.get(flag, flag) not in (flag, True):
            raise _error(md, cell, f"'{flag}' is a bare word, got {flag}={inputs[flag]!r}")
    options.update(inputs)
    return True


def format_fence(source: str, language: str, css_class: str, options: dict[str, Any], md: Markdown, **_: Any) -> str:
    """Collect a cell and leave its placeholder."""
    cell = options["id"]
    try:
        parameters = parameters_of(source)
    except ParameterError as error:
        raise _error(md, cell, str(error), error.line) from None
    except SyntaxError:
        parameters = []  # the run below reports it, with the line and a hint
    _page(md).fences[cell] = _Fence(source, options.get("title", ""), "hidden" in options, parameters)
    return f'<py-cell data-cell="{cell}"></py-cell>'


class _FindHeaders(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        _page(self.md).headers.extend(match[0].strip() for match in _HEADER.finditer("\n".join(lines)))
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
        if len(page.headers) != len(page.fences):
            lost = next((h for h in page.headers if not any(f'id="{id}"' in h for id in page.fences)), "")
            raise PageError(
                f'{_name(self.md)}: a fence was not read as a cell: {lost}\nexpected ```python run id="name", with '
                'options as key="value" or a bare word, and a closing fence as far in as the first line'
            )
        formulas: list[tuple[str, bool]] = []

        def formula(tex: str, display: bool = True) -> str:
            formulas.append((tex, display))
            return f"\x02formula {len(formulas) - 1}\x03"

        text = _FORMULA.sub(lambda m: formula(unescape(m[2].strip()), m[1] == "div"), text)
        if page.fences or page.expressions:
            text = _PLACEHOLDER.sub(self._replacement(page, formula), text)
        try:
            html = formulas_html(formulas)
        except PageError as error:
            raise PageError(f"{_name(self.md)}: {error}") from error
        return re.sub(r"\x02formula (\d+)\x03", lambda m: f"<span data-search-exclude>{html[int(m[1])]}</span>", text)

    def _results(self, program: Program, sources: dict[str, str], expressions: list[str]) -> Results:
        """Outputs by cell and texts by expression: those of the last build if nothing has changed since."""
        known = self._memory.recall([list(sources.items()), expressions])
        if known is not None:
            tally.remembered += 1
            return known["outputs"], known["values"]
        outputs = _run(self.md, program, list(sources))
        values = program.values()
        tally.pages += 1
        self._memory.keep([list(sources.items()), expressions], {"outputs": outputs, "values": values})
        return outputs, values

    def _replacement(self, page: Page, formula: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
        name = _name(self.md)
        sources = {id: fence.source for id, fence in page.fences.items()}
        program = Program(sources, page.expressions)
        if page.results is None:  # headings come here before the page does, each by itself
            page.results = self._results(program, sources, list(page.expressions))
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
    """The page's path below docs_dir, which MkDocs leaves with the processor that resolves relative links."""
    if "relpath" in md.treeprocessors:
        return str(md.treeprocessors["relpath"].file.src_uri)  # type: ignore[attr-defined]
    return "page"


def _error(md: Markdown, cell: str, message: str, line: int | None = None) -> FenceError:
    place = f'{_name(md)}, cell "{cell}"' + (f", line {line}" if line else "")
    return FenceError(f"{place}: {message}")

"""A page's cells, executed: what they give, or the first thing that is wrong, with page, cell and line."""

from __future__ import annotations

from markdown import Markdown

from cells.build import exercises
from cells.build.exercises import ExerciseError
from cells.build.memory import Memory, tally
from cells.build.page import Page, Results, exercise_error, fence_error, language_of, path_of
from cells.page import words
from cells.page.errors import PageError
from cells.page.outputs import Output
from cells.page.program import Program


def results_of(md: Markdown, memory: Memory, page: Page, program: Program, sources: dict[str, str]) -> Results:
    """Outputs by cell and texts by expression: those of the last build if nothing has changed since.

    A translated page has those of the page that it translates, but for what its checks say.
    """
    with words.english():  # so that both have the same
        if not page.originals:
            return _results_of(md, memory, page, program, sources)
        original = {**sources, **page.originals}
        outputs, values = _results_of(md, memory, page, Program(original, page.expressions), original)
    return {**outputs, **_said_by(list(page.originals), md, memory, program, sources)}, values


def _said_by(
    checks: list[str], md: Markdown, memory: Memory, program: Program, sources: dict[str, str]
) -> dict[str, list[Output]]:
    """What the checks of a translated page give: they run with what they read, and no more."""
    key = [language_of(md), checks, list(sources.items())]
    said: dict[str, list[Output]] | None = memory.recall(key)
    if said is None:
        outputs = _run(md, program, checks)
        said = {check: outputs[check] for check in checks}
        memory.keep(key, said)
    return said


def _results_of(md: Markdown, memory: Memory, page: Page, program: Program, sources: dict[str, str]) -> Results:
    key = [list(sources.items()), sorted(page.expressions)]  # a translation has them in another order
    if page.exercises:
        key.append([exercise.solution for exercise in page.exercises.values()])
    known = memory.recall(key)
    if known is not None:
        tally.remembered += 1
        return known["outputs"], known["values"]
    outputs = _run(md, program, list(sources))
    values = program.values()
    tally.pages += 1
    for exercise in page.exercises.values():
        try:
            exercises.verify(exercise, program, outputs)
        except ExerciseError as error:
            raise exercise_error(md, exercise.id, str(error)) from error
    memory.keep(key, {"outputs": outputs, "values": values})
    return outputs, values


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
            raise fence_error(md, cell, f"{message}\n{indented}", result.error["line"])
    return outputs


def _check_names(md: Markdown, program: Program, cells: list[str]) -> None:
    for cell in cells:
        if problem := program.graph.problems.get(cell):
            raise fence_error(md, cell, f"{problem.message}. {problem.hint}", problem.line)
        if nobody := program.undefined(program.names(cell).reads):
            raise fence_error(md, cell, f"it reads '{nobody[0]}', which no cell of this page defines")
    for expression, names in program.expression_reads().items():
        if nobody := program.undefined(names):
            message = f"it reads '{nobody[0]}', which no cell of this page defines"
            raise PageError(f"{path_of(md)}, inline `{{python}} {expression}`: {message}")

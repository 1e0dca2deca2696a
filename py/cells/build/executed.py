"""A page's cells, executed: what they give, or the first thing that is wrong, with page, cell and line."""

from __future__ import annotations

from typing import Any

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

    A translated page has those of the page that it translates, but for what its checks say and for cells in whose
    outputs the library says something.
    """
    with words.english():  # so that both have the same
        if language_of(md) == "en":
            return _results_of(md, memory, page, program, sources)[:2]
        original = {**sources, **page.originals}
        outputs, values, speaking = _results_of(md, memory, page, Program(original, page.expressions), original)
    return {**outputs, **_said_by([*page.originals, *speaking], md, memory, program, sources)}, values


def _said_by(
    speaking: list[str], md: Markdown, memory: Memory, program: Program, sources: dict[str, str]
) -> dict[str, list[Output]]:
    """What cells of a translated page give that say something: they run with what they read, and no more."""
    key = [language_of(md), speaking, list(sources.items())]
    said: dict[str, list[Output]] | None = memory.recall(key)
    if said is None:
        outputs, _ = _run(md, program, speaking)
        said = {cell: outputs[cell] for cell in speaking}
        memory.keep(key, said)
    return said


def _results_of(
    md: Markdown, memory: Memory, page: Page, program: Program, sources: dict[str, str]
) -> tuple[dict[str, list[Output]], dict[str, Any], list[str]]:
    """As `results_of`, and the cells that said something."""
    key = [list(sources.items()), sorted(page.expressions)]  # a translation has them in another order
    if page.exercises:
        key.append([exercise.solution for exercise in page.exercises.values()])
    known = memory.recall(key)
    if known is not None:
        tally.remembered += 1
        return known["outputs"], known["values"], known["speaking"]
    outputs, speaking = _run(md, program, list(sources))
    values = program.values()
    tally.pages += 1
    for exercise in page.exercises.values():
        try:
            exercises.verify(exercise, program, outputs)
        except ExerciseError as error:
            raise exercise_error(md, exercise.id, str(error)) from error
    memory.keep(key, {"outputs": outputs, "values": values, "speaking": speaking})
    return outputs, values, speaking


def _run(md: Markdown, program: Program, cells: list[str]) -> tuple[dict[str, list[Output]], list[str]]:
    """Run a page's cells, and give their outputs and those that said something.

    The first thing wrong is a PageError with page, cell, line and the reader's traceback.
    """
    _check_names(md, program, cells)
    outputs: dict[str, list[Output]] = {}
    speaking: list[str] = []
    for cell in program.plan(cells):
        with words.listening() as heard:
            result = program.run(cell)
        speaking += [cell] if heard else []
        tally.cells += 1
        outputs[cell] = result.outputs
        if result.error is not None:
            indented = "\n".join("    " + line for line in result.error["traceback"].splitlines())
            message = f"{result.error['name']}: {result.error['message']}"
            raise fence_error(md, cell, f"{message}\n{indented}", result.error["line"])
    return outputs, speaking


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

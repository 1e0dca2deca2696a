"""Exercises: a cell with a blank, a check that says in words what is wrong, hints one by one, and the solution.

The check is a cell like any other. It ends in a verdict, an output of its own kind: the words of the first ``assert``
that does not hold, or that it has passed. So a reader's mistake is told in words, whatever their code prints or warns
of meanwhile, and a mistake of the author's stops the build.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from cells.page.outputs import VERDICT, Output
from cells.page.program import Program
from cells.page.reading import parse
from cells.page.words import counted, say

KINDS = ("exercise", "check", "solution")


class ExerciseError(Exception):
    """What is wrong with an exercise, for its author. The caller adds the page and the exercise's name."""


@dataclass
class Exercise:
    """What the fences of one exercise hold; the hints between them are ordinary folds."""

    id: str
    title: str
    blank: str
    has_check: bool = False
    solution: str | None = None

    @property
    def check(self) -> str:
        """The id of the cell that checks it."""
        return f"{self.id}-check"


def check_source(source: str) -> str:
    """An author's asserts as the cell that runs: its verdict is the words of the first that does not hold.

    >>> print(check_source("assert total == 3, 'Add all three.'"))
    try:
        assert total == 3, 'Add all three.'
    except AssertionError as _wrong:
        _verdict(_wrong)
    else:
        _verdict()

    Raises
    ------
    ExerciseError
        If it has no assert, one without words, or a text that indenting would change.
    SyntaxError
        If it is not Python.
    """
    tree = parse(source)
    asserts = [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    if not asserts:
        raise ExerciseError('its check has no assert; expected: assert total == 3, "Add all three."')
    for node in asserts:
        if node.msg is None:
            raise ExerciseError(f"its check, line {node.lineno}: an assert has no words; say what is wrong")
    body = textwrap.indent(source.rstrip("\n"), "    ")
    wrapped = f"try:\n{body}\nexcept AssertionError as _wrong:\n    _verdict(_wrong)\nelse:\n    _verdict()"
    within = ast.parse(wrapped).body[0]
    if not isinstance(within, ast.Try) or [ast.dump(n) for n in within.body] != [ast.dump(n) for n in tree.body]:
        raise ExerciseError("its check has a text over several lines; indenting would change it: write it in one")
    return wrapped


def has_passed(outputs: list[Output]) -> bool:
    """Whether a check has come to its end and found nothing wrong."""
    return all(verdict["passed"] for verdict in _verdicts(outputs)) and bool(_verdicts(outputs))


def words_of(outputs: list[Output]) -> str:
    """What a check has found to be wrong."""
    return " ".join(verdict["words"] for verdict in _verdicts(outputs))


def _verdicts(outputs: list[Output]) -> list[dict[str, Any]]:
    return [output["data"][VERDICT] for output in outputs if VERDICT in output.get("data", ())]


def verify(exercise: Exercise, program: Program, outputs: Mapping[str, list[Output]]) -> None:
    """Hold an exercise against its own check: the blank must fail it in words, the solution must pass.

    Parameters
    ----------
    program
        The page, all of whose cells have run; as it was, afterwards, but for what the cells have defined.
    outputs
        What they gave.

    Raises
    ------
    ExerciseError
        If it does not.
    """
    public = sorted(program.names(exercise.check).defines - program.names(exercise.check).imports.keys())
    if public:
        raise ExerciseError(f"its check defines '{public[0]}' for the whole page; call it '_{public[0]}'")
    if has_passed(outputs[exercise.check]):
        raise ExerciseError("its check passes while the blank is left in; it must say what is missing")
    program.update({exercise.id: exercise.solution or ""})
    try:
        _verify_solution(exercise, program)
    finally:
        program.update({exercise.id: exercise.blank})


def _verify_solution(exercise: Exercise, program: Program) -> None:
    plan = program.plan([exercise.id])
    if exercise.check not in plan:
        raise ExerciseError("its check reads nothing that the solution defines")
    for cell in plan:
        result = program.run(cell)
        if result.error is not None:
            place = "" if cell == exercise.id else f' in cell "{cell}"'
            raise ExerciseError(
                f"the solution leads to an error{place}: {result.error['name']}: {result.error['message']}\n"
                + textwrap.indent(result.error["traceback"], "    ")
            )
        if cell == exercise.check and not has_passed(result.outputs):
            raise ExerciseError(f"the solution does not pass its check, which says: {words_of(result.outputs)}")


def incomplete(exercise: Exercise) -> str:
    """What an exercise lacks, in words; empty if it has all."""
    if not exercise.has_check:
        return f'it has no check; expected below it: ```python check for="{exercise.id}"'
    if exercise.solution is None:
        return f'it has no solution; expected after its hints: ```python solution for="{exercise.id}"'
    return ""


def placeholder(kind: str, id: str) -> str:
    """What stands in the page for a part of an exercise until its cells have run."""
    return f'<py-exercise data-{kind}="{id}"></py-exercise>'


def opening_html(exercise: Exercise, page: str, number: int, count: int, cell: str) -> str:
    """The exercise's element up to its hints: what it is, the cell, and what the reader can ask for."""
    label = say("Exercise {number} of {count}", number=number, count=count)
    return (
        f'<py-exercise for="{exercise.id}" page="{escape(page)}" of="{count}" role="group" '
        f'aria-label="{label}: {escape(exercise.title)}">'
        f'<div data-part="exercise-head"><span>{label}</span>'
        f'<span data-part="solved" hidden>{say("Solved")}</span></div>'
        f"{cell}"
        '<div data-part="exercise-bar">'
        f'<button type="button" data-action="hint">{say("Hint")}</button>'
        f'<button type="button" data-action="solution" aria-expanded="false">{say("Show solution")}</button>'
        '<span data-part="note"></span>'
        "</div>"
    )


def closing_html(exercise: Exercise, solution: str, check: str) -> str:
    """The rest of the element, after the hints. What gives the answer away is kept out of the site's search."""
    return (
        f'<details data-part="solution" data-search-exclude><summary>{say("Solution")}</summary>'
        f'<div data-part="answer">{solution}</div>'
        f'<p><button type="button" data-action="put">{say("Put it into the snippet")}</button></p></details>'
        f'<details data-part="checked" data-search-exclude><summary>{say("What is checked")}</summary>{check}</details>'
        "</py-exercise>"
    )


def summary_html(page: str, ids: list[str]) -> str:
    """How many exercises a chapter has; the page's runtime says there how many are solved."""
    what = counted(len(ids), "1 exercise", "{count} exercises")
    link = f'<a href="#{ids[0]}">{what}</a>'
    return (
        f'<p class="exercise-summary" data-exercises="{" ".join(ids)}" page="{escape(page)}">'
        f"{say('{exercises} in this chapter', exercises=link)}</p>"
    )


def uneven(html: str) -> Iterator[str]:
    """Elements that are opened in a piece of HTML and not closed in it, or the other way round."""
    for tag in ("details", "div", "li", "blockquote"):
        if html.count(f"<{tag}>") + html.count(f"<{tag} ") != html.count(f"</{tag}>"):
            yield tag

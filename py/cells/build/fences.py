"""Fences that are cells or parts of exercises: their options are checked, and they leave placeholders.

A mkdocs.yml names `validate_fence` and `format_fence` as those of a custom fence of superfences.
"""

from __future__ import annotations

import re
from typing import Any

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from cells.build import exercises, words
from cells.build.exercises import Exercise, ExerciseError
from cells.build.listings import shown_lines
from cells.build.page import Fence, exercise_error, fence_error, page_of
from cells.build.trials import trial_of
from cells.page.parameters import ParameterError, parameters_of

_HEADER = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[ \t]*\{?\.?python\b.*$", re.MULTILINE)
_SHOWN = re.compile(
    r"^[ \t]*(`{4,}|~{4,})(?![^\n]*\bpython\b)[^\n]*\n.*?^[ \t]*\1[`~]*[ \t]*$", re.DOTALL | re.MULTILINE
)
"""A longer fence, in which a page for authors shows what they write."""
_KIND = re.compile(r"\b(?:run|exercise|check|solution)\b")
_OPTIONS = {
    "run": ("id", "run", "hidden", "title", "show", "covered", "try"),
    "exercise": ("exercise", "id", "title"),
    "check": ("check", "for"),
    "solution": ("solution", "for"),
}


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
        raise fence_error(md, name, f"unknown option '{unknown[0]}'; known: {', '.join(_OPTIONS[kind])}")
    for flag in (kind, "hidden", "covered"):
        if inputs.get(flag, flag) not in (flag, True):
            raise fence_error(md, name, f"'{flag}' is a bare word, got {flag}={inputs[flag]!r}")
    if kind in ("check", "solution"):
        _check_part(md, kind, name)
    elif not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise fence_error(
            md, name, f'a cell needs an id of small letters, digits and hyphens: id="my-cell", got {name!r}'
        )
    elif name in page_of(md).fences:
        raise fence_error(md, name, "this id is on the page already; give each cell its own")
    if kind == "exercise" and not inputs.get("title"):
        raise exercise_error(md, name, 'an exercise needs a title: title="Softmax in two lines"')
    options.update(inputs)
    return True


def _check_part(md: Markdown, kind: str, name: str) -> None:
    """A check or a solution belongs to an exercise above it that has none yet."""
    exercise = page_of(md).exercises.get(name)
    if exercise is None:
        raise exercise_error(md, name, f"a {kind} for it, but no exercise of that id above on this page")
    if exercise.has_check if kind == "check" else exercise.solution is not None:
        raise exercise_error(md, name, f"it has two {kind}s; one is enough")


def format_fence(source: str, language: str, css_class: str, options: dict[str, Any], md: Markdown, **_: Any) -> str:
    """Collect a cell, or a part of an exercise, and leave its placeholder."""
    page = page_of(md)
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
            raise fence_error(md, exercise.check, f'the check of exercise "{name}" needs this id; rename the cell')
        try:
            _take_cell(md, exercise.check, exercises.check_source(source), {"title": f"Asserts: {exercise.title}"})
        except ExerciseError as error:
            raise exercise_error(md, name, str(error)) from None
        except SyntaxError as error:
            raise exercise_error(md, name, f"its check, line {error.lineno}: SyntaxError: {error.msg}") from None
    return exercises.placeholder(kind, name)


def _take_cell(md: Markdown, cell: str, source: str, options: dict[str, Any]) -> None:
    try:
        parameters = parameters_of(source)
    except ParameterError as error:
        raise fence_error(md, cell, str(error), error.line) from None
    except SyntaxError:
        parameters = []  # the run below reports it, with the line and a hint
    shown = None
    if "show" in options:
        if "hidden" in options:
            raise fence_error(md, cell, "hidden folds all of its lines away, and show names some to show: take one")
        try:
            shown = shown_lines(options["show"], source)
        except ValueError as error:
            raise fence_error(md, cell, str(error)) from None
    if "try" in options:
        try:
            trial_of(options["try"], source)
        except ValueError as error:
            raise fence_error(md, cell, str(error)) from None
    title, tries = options.get("title", ""), options.get("try", "")
    page_of(md).fences[cell] = Fence(source, title, "hidden" in options, parameters, shown, "covered" in options, tries)


class FindHeaders(Preprocessor):
    """Begins a page: its language, and the first lines of what are meant to be its cells."""

    def run(self, lines: list[str]) -> list[str]:
        words.begin(self.md)
        page, text = page_of(self.md), "\n".join(lines)
        page.text = page.text or text
        headers = (match[0].strip() for match in _HEADER.finditer(_SHOWN.sub("", text)))
        page.headers.extend(h for h in headers if _KIND.search(re.sub(r'"[^"]*"', "", h)))
        return lines

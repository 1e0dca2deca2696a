"""Parameters of a cell: a literal in the code and a control on the page that are one thing.

The notation is that of Google Colab's forms::

    duck = 2.0  # @param {type:"slider", min:-10, max:10, step:0.1}
    animal = "dog"  # @param ["duck", "dog", "cat"]
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import re
import tokenize
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cells.page.reading import parse
from cells.page.words import say

Value = float | int | bool | str

_TYPES: dict[str, tuple[type, ...]] = {
    "slider": (int, float),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "string": (str,),
}
_OPTIONS = {"slider": ("min", "max", "step"), "number": ("min", "max", "step"), "integer": ("min", "max", "step")}


class ParameterError(ValueError):
    """A ``# @param`` comment that cannot become a control."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Parameter:
    """One control: its name and value stand in the code, the rest in the comment."""

    name: str
    type: str
    value: Value
    line: int
    min: float | None = None
    max: float | None = None
    step: float | None = None
    options: tuple[Value, ...] | None = None

    def as_json(self) -> dict[str, Any]:
        options = None if self.options is None else list(self.options)
        limits = {"min": self.min, "max": self.max, "step": self.step}
        return {"name": self.name, "type": self.type, "value": self.value, **limits, "options": options}


def parameters_of(source: str) -> list[Parameter]:
    """The parameters of a cell, from top to bottom.

    Raises
    ------
    ParameterError
        If a comment is not in the notation, or does not fit the literal that it stands behind.
    SyntaxError
        If the source is not Python.
    """
    found, broken = form_of(source)
    if broken:
        raise broken[0]
    return found


def form_of(source: str) -> tuple[list[Parameter], list[ParameterError]]:
    """The parameters of a cell that can be made out, and what is wrong with the others.

    Raises
    ------
    SyntaxError
        If the source is not Python.
    """
    assignments = {
        node.end_lineno: node
        for node in parse(source).body
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name)
    }
    found: list[Parameter] = []
    broken: list[ParameterError] = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and (match := re.match(r"#\s*@param\b\s*(.*)$", token.string)):
            line = token.start[0]
            try:
                if line not in assignments:
                    expected = say("# @param stands behind an assignment of a literal: duck = 2.0  # @param …")
                    raise ParameterError(expected, line)
                parameter = _parameter(assignments[line], match[1].strip(), line)
                if any(other.name == parameter.name for other in found):
                    raise ParameterError(say("parameter '{name}' is there twice", name=parameter.name), line)
                found.append(parameter)
            except ParameterError as error:
                broken.append(error)
    return found, broken


_SLIDER = re.compile(
    r"^([^\W\d]\w*)([ \t]*=[ \t]*)(-?(?:0|[1-9]\d*)(\.\d*)?)"
    r'(?=[ \t]*#[ \t]*@param[ \t]*{[ \t]*type[ \t]*:[ \t]*"slider")',
    re.MULTILINE,
)
"""A line that a slider writes: name, equals sign, number, fraction."""


class Forms:
    """What `form_of` says of a source, found out once for all that differ in what sliders have written alone.

    To read the tokens of a cell takes longer than to run many a cell.
    """

    def __init__(self) -> None:
        self._known: dict[str, list[Parameter]] = {}

    def of(self, source: str) -> tuple[list[Parameter], list[ParameterError]]:
        """As `form_of`."""
        shape = _SLIDER.sub(lambda match: f"{match[1]}{match[2]}{'0' if match[4] is None else '0.0'}", source)
        with contextlib.suppress(KeyError, LookupError, ParameterError):
            lines = source.split("\n")
            return [_as_written(parameter, lines) for parameter in self._known[shape]], []
        found, broken = form_of(source)
        if not broken:
            if len(self._known) >= 64:
                self._known.clear()
            self._known[shape] = found
        return found, broken

    def clear(self) -> None:
        """Forget all that was found out."""
        self._known.clear()


def _as_written(parameter: Parameter, lines: list[str]) -> Parameter:
    if parameter.type != "slider":
        return parameter
    match = _SLIDER.match(lines[parameter.line - 1])
    if match is None or match[1] != parameter.name:
        raise LookupError(parameter.name)
    value = int(match[3]) if match[4] is None else float(match[3])
    _check_range(value, {"min": parameter.min, "max": parameter.max, "step": parameter.step}, parameter.line)
    return replace(parameter, value=value)


def _parameter(node: ast.Assign, notation: str, line: int) -> Parameter:
    target = node.targets[0]
    assert isinstance(target, ast.Name)
    try:
        value = ast.literal_eval(node.value)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):  # all that literal_eval may raise
        value = None
    if node.lineno != node.end_lineno or not isinstance(value, bool | int | float | str):
        must = "parameter '{name}' must be one number, text, True or False on one line"
        raise ParameterError(say(must, name=target.id), line)
    if notation.startswith("["):
        return _dropdown(target.id, value, notation, line)
    form = _loads(notation, line)
    if not isinstance(form, dict) or "type" not in form:
        expected = 'expected # @param {type:"…"} or a list of choices, got {notation}'
        raise ParameterError(say(expected, notation=repr(notation)), line)
    kind = form.pop("type")
    if kind not in _TYPES:
        known = ", ".join(_TYPES)
        raise ParameterError(
            say("unknown type '{kind}'; known: {known}, or a list of choices", kind=kind, known=known), line
        )
    unknown = sorted(set(form) - set(_OPTIONS.get(kind, ())))
    if unknown:
        known = ", ".join(_OPTIONS.get(kind, ())) or say("none")
        raise ParameterError(
            say("unknown option '{option}' for a {kind}; known: {known}", option=unknown[0], kind=kind, known=known),
            line,
        )
    if not isinstance(value, _TYPES[kind]) or (isinstance(value, bool) and kind != "boolean"):
        raise ParameterError(say("a {kind} cannot show {value}", kind=kind, value=repr(value)), line)
    for option, number in form.items():
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise ParameterError(say("{option} must be a number, got {value}", option=option, value=repr(number)), line)
    if kind == "slider":
        form = {"min": 0, "max": 100, "step": 1, **form}  # Colab's own defaults
    _check_range(value, form, line)
    return Parameter(target.id, kind, value, line, form.get("min"), form.get("max"), form.get("step"))


def _check_range(value: Value, form: Mapping[str, float | None], line: int) -> None:
    low, high, step = form.get("min"), form.get("max"), form.get("step")
    if low is not None and high is not None and low >= high:
        raise ParameterError(
            say("min must be below max, got min {low} and max {high}", low=str(low), high=str(high)), line
        )
    if step is not None and step <= 0:
        raise ParameterError(say("step must be above 0, got {step}", step=str(step)), line)
    if isinstance(value, int | float) and ((low is not None and value < low) or (high is not None and value > high)):
        values = {"value": str(value), "low": str(low), "high": str(high)}  # as the code has them
        raise ParameterError(say("the value {value} lies outside {low} … {high}", **values), line)


def _dropdown(name: str, value: Value, notation: str, line: int) -> Parameter:
    options = _loads(notation, line)
    if not options or not all(isinstance(option, bool | int | float | str) for option in options):
        raise ParameterError(say("choices must be a list of texts or numbers, got {notation}", notation=notation), line)
    if value not in options:
        among = say("the value {value} is not among the choices {notation}", value=repr(value), notation=notation)
        raise ParameterError(among, line)
    return Parameter(name, "dropdown", value, line, options=tuple(options))


def _loads(notation: str, line: int) -> Any:
    quoted = re.sub(r"([{,]\s*)([\w-]+)(\s*:)", r'\1"\2"\3', notation)
    try:
        return json.loads(quoted)
    except (ValueError, RecursionError):
        expected = 'expected # @param {type:"slider", min:0, max:10, step:1} or # @param ["duck", "dog"]'
        unread = say("cannot read # @param {notation}; {expected}", notation=notation, expected=say(expected))
        raise ParameterError(unread, line) from None

"""Trials: what a cell gives for other values of one of its parameters, for a sheet of paper on which they are noted.

```python run id="softmax" try="duck: -1, 1, 4"
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cells.page.parameters import Parameter, Value, parameters_of

_EXAMPLE = 'try="duck: -1, 1, 4"'
_WRITTEN = re.compile(r"^([^=]*=[ \t]*)(.*?)([ \t]*#\s*@param\b.*)$")


@dataclass(frozen=True)
class Trial:
    """A parameter, and the values that it is given one after the other, each with the source that has it."""

    name: str
    values: tuple[Value, ...]
    sources: tuple[str, ...]


def trial_of(text: str, source: str) -> Trial:
    """What is to be tried, read and checked.

    >>> trial = trial_of("duck: 1, 4", 'duck = 2.0  # @param {type:"slider", min:0, max:10}')
    >>> trial.values, trial.sources[1]
    ((1.0, 4.0), 'duck = 4.0  # @param {type:"slider", min:0, max:10}')

    Raises
    ------
    ValueError
        If the cell has no such parameter, or it cannot have such a value.
    """
    name, _, rest = (part.strip() for part in text.partition(":"))
    parameters = {parameter.name: parameter for parameter in parameters_of(source)}
    if name not in parameters:
        known = ", ".join(parameters) or "none"
        raise ValueError(f"try: expected a parameter and its values, such as {_EXAMPLE}, got {text!r}; known: {known}")
    words = [word.strip() for word in rest.split(",") if word.strip()]
    if len(words) < 2:
        raise ValueError(f"try: expected two values or more, such as {_EXAMPLE}, got {text!r}")
    values = tuple(_value(word, parameters[name]) for word in words)
    return Trial(name, values, tuple(_written(source, parameters[name], value) for value in values))


def _value(word: str, parameter: Parameter) -> Value:
    if parameter.options is not None:
        found = [option for option in parameter.options if str(option) == word]
        if found:
            return found[0]
        raise ValueError(
            f"try: {parameter.name} has no choice {word!r}; there are: {', '.join(map(str, parameter.options))}"
        )
    try:
        return int(word) if isinstance(parameter.value, int) else float(word)
    except ValueError:
        raise ValueError(f"try: {parameter.name}: expected a number like {parameter.value!r}, got {word!r}") from None


def _written(source: str, parameter: Parameter, value: Value) -> str:
    lines = source.split("\n")
    lines[parameter.line - 1] = _WRITTEN.sub(lambda m: f"{m[1]}{value!r}{m[3]}", lines[parameter.line - 1])
    changed = "\n".join(lines)
    parameters_of(changed)  # refuses what lies outside
    return changed

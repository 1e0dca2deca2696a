"""What a reader may set in a lab: each setting with its label, its range, and what it is until it is changed.

A lab's `Settings` are a dataclass whose attributes are made here. The page makes its form of what `form` says.
"""

from collections.abc import Iterable
from dataclasses import field, fields
from typing import Any

LAB = "application/vnd.cells.lab+json"
"""The media type of what a lab begins with, its fields among it: a cell shows it when the page is built."""


def number(default: float, label: str, least: float, most: float, step: float | None = None, **also: str) -> Any:
    """Any number in a range, both ends included; without a step, one goes on to 1, 3, 10, 30 and so on.

    `also`, here and below: a `hint` after the label, such as a unit, and the `group` that it stands in.
    """
    return _field(default, label, "number", min=least, max=most, step=step, **also)


def whole(default: int, label: str, least: int, most: int, step: int = 1, **also: str) -> Any:
    """A whole number in a range, both ends included; `step` is how far the buttons beside it go."""
    return _field(default, label, "integer", min=least, max=most, step=step, **also)


def choice(default: str, label: str, options: Iterable[str], **also: str) -> Any:
    """One of some words."""
    return _field(default, label, "choice", options=list(options), **also)


def text(default: str, label: str, pattern: str, refusal: str, **also: str) -> Any:
    """A text that a pattern matches; where it does not, the reader is told `refusal`."""
    return _field(default, label, "text", pattern=pattern, refusal=refusal, **also)


def form(*settings: type, restarts: bool = False) -> list[dict[str, Any]]:
    """Give the fields of some settings, in their order; ``restarts`` where a change begins the training anew."""
    described = [one for kind in settings for one in fields(kind) if "label" in one.metadata]
    return [{"name": one.name, "value": one.default, "restarts": restarts, **one.metadata} for one in described]


def _field(default: Any, label: str, kind: str, **rest: Any) -> Any:
    told = {name: value for name, value in rest.items() if value is not None}
    return field(default=default, metadata={"label": label, "kind": kind, **told})

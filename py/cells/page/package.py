"""What can be known of a package that cells import: what it is called, what it says, and what of it is chance."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Wording = tuple[type[BaseException], str, str | Callable[[re.Match[str]], str]]
"""A kind of error, a pattern that its message has, and what a reader can do about it."""


@dataclass(frozen=True)
class Package:
    """One package; what is left out is not known of it.

    Attributes
    ----------
    name, title, alias
        As it is imported, as people write it, and what cells call it: in another order of letters perhaps, or shorter.
    parts
        Modules in it that cells use by its name: ``linalg``.
    elsewhere
        What others call it, and this package does: ``{"ln": "log"}``.
    chance
        The module with a ``seed`` of its own.
    wordings
        What it says; looked through before Python's own.
    attribute_hint
        Takes an object and an attribute that it lacks; returns a hint, or an empty text.
    rehearsed
        A cell that defines ``y``, a row of numbers from ``_x = 2.0``: what it does first is done before pages start.
    check
        Raises an error if the package does not work in a Python that has just been started.
    """

    name: str
    title: str
    alias: str
    parts: tuple[str, ...] = ()
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    chance: str = ""
    wordings: tuple[Wording, ...] = ()
    attribute_hint: Callable[[object, str], str] = lambda thing, name: ""
    rehearsed: str = "y = [2.0]"
    check: Callable[[], None] = lambda: None

"""Inline expressions: numbers in the text that come from the cells' code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import CodeType

from cells.page.names import names_of


@dataclass(frozen=True)
class Expression:
    """An inline expression; read when it is first needed, which is after the first result."""

    text: str

    @cached_property
    def code(self) -> CodeType | SyntaxError:
        try:
            return compile(inline_source(self.text), "<inline>", "eval")
        except SyntaxError as error:
            return error

    @cached_property
    def reads(self) -> frozenset[str]:
        return frozenset() if isinstance(self.code, SyntaxError) else names_of(inline_source(self.text)).reads


def inline_source(expression: str) -> str:
    """An inline expression as the f-string that it stands for.

    >>> inline_source("probabilities[0]:.2f")
    "f'''{probabilities[0]:.2f}'''"
    """
    return "f'''{" + expression.strip() + "}'''"

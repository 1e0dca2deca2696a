"""What a page's program knows of a cell, and what came of running or calling it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cells.page.names import Names
from cells.page.outputs import Output

_NOTHING = Names(frozenset(), frozenset(), {}, {}, {})


@dataclass
class CellResult:
    """What one run of a cell brought."""

    outputs: list[Output]
    milliseconds: float
    defines: list[str]

    @property
    def error(self) -> Output | None:
        """The error that ended the run, if one did."""
        return next((output for output in self.outputs if output["type"] == "error"), None)


@dataclass(frozen=True)
class CallResult:
    """What a call of a cell's function brought."""

    value: Any = None
    outputs: list[Output] = field(default_factory=list)
    error: Output | None = None
    cell: str | None = None
    """The cell whose line the error goes back to."""


@dataclass
class Cell:
    source: str
    names: Names = _NOTHING
    syntax_error: SyntaxError | None = None
    left: Output | None = None
    """Why it is left out: nothing of it is read or run as long as there is a reason."""
    values: dict[str, Any] = field(default_factory=dict)
    spare: dict[str, Any] = field(default_factory=dict)
    """Copies of what other cells read of these: the first that runs takes them."""
    lingers: bool = False
    """Whether the source that ran last may have left something behind that acts when it is let go."""
    ran: int | None = None
    """The version (see ``Program``) that ran last, and made ``values``."""
    failed: bool = False
    """Whether that run ended in an error."""
    shown: int | None = None
    """The version whose outputs the page shows: that which ran last, or the one that was built."""

"""Errors of the tools, and how a command ends with one: one line on stderr, non-zero exit."""

import errno
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path


class ToolError(Exception):
    """What was expected, what came, what to do: one line for the person at the terminal."""


def explain(error: OSError) -> str:
    """Say in one line what an error of the operating system means here."""
    where = f"{error.filename}: " if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{where}the disk is full; nothing half-written was left; make room and run the same command again"
    return f"{where}{error.strerror or error}"


def _end(number: int, _frame: object) -> None:
    sys.exit(128 + number)


def command(main: Callable[[], None]) -> None:
    """Run `main` as a command: an expected failure is one line on stderr and exit code 1."""
    signal.signal(signal.SIGTERM, _end)  # so that what tidies up after an interruption runs
    try:
        main()
    except ToolError as error:
        sys.exit(f"error: {error}")
    except OSError as error:
        sys.exit(f"error: {explain(error)}")
    except KeyboardInterrupt:
        sys.exit(130)


_LONGEST = 2000
"""Characters of a line that says something; longer ones are code that node shows around an error."""
_FULL = "the disk is full; make room and run the same command again"


def failure(doing: str, log: Path, advice: str) -> ToolError:
    """Make the one line for a program that failed: what its log says, what to do, and where the log is.

    The line of the log is the first that calls itself an error, else the last.
    """
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    lines = [line for line in lines if len(line) < _LONGEST]
    errors = [line for line in lines if re.search(r"\bERROR\b|^(npm )?error\b|^\w*Error:|^E: ", line)]
    full = next((line for line in lines if re.search(r"No space left|ENOSPC", line)), None)
    told = full or (errors or lines[-1:] or ["it said nothing"])[0]
    return ToolError(f"{doing} failed: {told}; {_FULL if full else advice} (log: {log})")

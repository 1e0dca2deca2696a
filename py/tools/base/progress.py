"""What a person at the terminal sees while something takes its time."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

console = Console(highlight=False, soft_wrap=True)

Advance = Callable[[int, int | None], None]
"""Called with what is done and, where it is known, the whole."""


def say(text: str) -> None:
    """Print one line."""
    console.print(text, markup=False)


@contextmanager
def bar(doing: str, *, bytes_counted: bool = False) -> Iterator[Advance]:
    """Show a bar while the block runs, then one line with the time it took.

    The bar runs to and fro until its callback is told a whole; away from a terminal only the line is printed.
    """
    started = time.monotonic()
    amounts = [DownloadColumn()] if bytes_counted else []
    columns = (TextColumn("{task.description}"), BarColumn(), *amounts, TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(doing, total=None)
        yield lambda done, whole: progress.update(task, completed=done, total=whole)
    say(f"{doing}: {time.monotonic() - started:.1f} s")

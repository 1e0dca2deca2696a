"""What the engine that is being tested takes of the machine."""

import os
import time
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_WINDOW = 1.0
"""Seconds over which it is counted."""
_PATIENCE = 60.0


def _spent() -> float:
    """Give the seconds of processor of all processes that come from this one and are there."""
    parents, ticks = {}, {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        process = int(file.parent.name)
        parents[process] = int(fields[1])
        ticks[process] = int(fields[11]) + int(fields[12])

    def is_ours(process: int) -> bool:
        while process > 1 and process != os.getpid():
            process = parents.get(process, 0)
        return process == os.getpid()

    return sum(ticks[process] for process in ticks if is_ours(process)) / _TICKS


def comes_to_rest() -> None:
    """Wait until less than half a processor is used: a loop that goes on unseen would use one for ever.

    What is used can be told of a stretch of time alone; how long the engine needs is not judged.
    """
    ends, share = time.monotonic() + _PATIENCE, 1.0
    while share >= 0.5:
        if time.monotonic() > ends:
            raise AssertionError(f"the engine does not come to rest: it used {share:.2f} of a processor to the end")
        begun, spent = time.monotonic(), _spent()
        time.sleep(_WINDOW)
        share = (_spent() - spent) / (time.monotonic() - begun)

"""Programs run for their effect, with their words in a log and a bar instead of them."""

import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tools.base import places
from tools.base.errors import ToolError, failure
from tools.base.progress import Advance, bar


def run_logged(
    doing: str,
    command: Sequence[str | Path],
    *,
    log: str,
    advice: str,
    environment: Mapping[str, str] | None = None,
    follow: Callable[[str, Advance], None] | None = None,
    seconds: float | None = None,
) -> None:
    """Run `command` behind a bar; its output goes to build/log/`log`.txt.

    Parameters
    ----------
    doing : str
        What the bar says.
    command : sequence of str or Path
        The program and its arguments; it runs in the project's root.
    log, advice : str
        Name of the log, and what to do when the program fails.
    environment : mapping, optional
        The program's environment; ours by default.
    follow : callable, optional
        Told each line as it comes, to move the bar.
    seconds : float, optional
        The program is ended after this time.

    Raises
    ------
    ToolError
        If the program fails, is not there, or takes too long.
    """
    path = places.LOGS / f"{log}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    with bar(doing) as advance, path.open("w") as file:
        try:
            started = subprocess.Popen(
                [str(part) for part in command],
                cwd=places.ROOT,
                env=dict(environment) if environment is not None else None,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE if follow else file,
                stderr=subprocess.STDOUT,
                text=True,
            )
        except FileNotFoundError as error:
            raise ToolError(f"{doing}: {command[0]} is not there; {advice}") from error
        with started as process:
            try:
                for line in process.stdout or ():
                    file.write(line)
                    if follow:
                        follow(line, advance)
                code = process.wait(timeout=seconds)
            except subprocess.TimeoutExpired as error:
                raise ToolError(f"{doing}: not done after {seconds:.0f} s; {advice} (log: {path})") from error
            finally:
                process.kill()  # does nothing to one that has ended
        if code:
            file.flush()
            raise failure(doing, path, advice)


def install_locked(
    doing: str, python: str | Path, lock: Path, *options: str | Path, log: str, advice: str = ""
) -> None:
    """Have a Python's pip install what a lock names, each with its hash, and nothing that packages ask for besides."""
    quiet = ("--quiet", "--no-input", "--require-hashes", "--no-deps")
    pip = [python, "-m", "pip", "install", *quiet, *options, "--requirement", lock]
    run_logged(doing, pip, log=log, advice=advice or "is the Python package index reachable?")

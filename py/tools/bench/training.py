"""Training in the browser's Python, as ratios taken in one run: what `make bench` tells of it."""

import json
import subprocess
from pathlib import Path

from tools.base import places
from tools.base.errors import ToolError
from tools.base.node import environment, node
from tools.fetch.numpy_wheel import from_lock

_HERE = Path(__file__).parent


def in_pyodide(program: Path) -> str:
    """Run a Python program under node's Pyodide; give what it printed.

    Raises
    ------
    ToolError
        If it failed: with the last line of what it said.
    """
    wheel = places.VENDOR / "pyodide" / from_lock(places.VENDOR / "pyodide" / "pyodide-lock.json").name
    arguments = [places.NODE_MODULES / "pyodide", wheel, places.PY, program]
    ran = subprocess.run(
        [node(), _HERE / "speed.mjs", *arguments], env=environment(), capture_output=True, text=True, timeout=600
    )
    if ran.returncode:
        raise ToolError(
            f"{program.name} failed in Pyodide: {(ran.stderr.strip() or 'it said nothing').splitlines()[-1]}"
        )
    return ran.stdout


def measured() -> dict[str, float]:
    """Measure under node's Pyodide; the figures are those of `tools.bench.speed.measure`."""
    figures: dict[str, float] = json.loads(in_pyodide(_HERE / "speed.py"))
    return figures

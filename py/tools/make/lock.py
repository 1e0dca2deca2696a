"""`make lock`: all lock files written anew from their sources, with every hash and without any address."""

import sys
from pathlib import Path

from tools.base import places
from tools.base.errors import command
from tools.base.node import environment, npm
from tools.base.processes import run_logged
from tools.make import engines, frameworks, zensical

_UV = "uv==0.13.9"


def _uv() -> list[str | Path]:
    """Install uv, and give its command that locks."""
    tool = places.BUILD / "uv"
    pip: list[str | Path] = [sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--target", tool, _UV]
    run_logged(f"{_UV}, which locks", pip, log="uv", advice="is the Python package index reachable?")
    options = ["--universal", "--generate-hashes", "--no-emit-index-url", "--no-header", "--python-version=3.11"]
    return [tool / "bin" / "uv", "pip", "compile", *options]


def python_packages() -> None:
    """Lock the Python packages."""
    run_logged(
        "requirements.txt",
        [*_uv(), "requirements.in", "--output-file", "requirements.txt"],
        log="lock-python",
        advice="mend requirements.in",
    )


def npm_packages(folder: Path) -> None:
    """Lock the npm packages of a folder."""
    only = ["install", "--package-lock-only", "--omit-lockfile-registry-resolved", "--no-audit", "--no-fund"]
    run_logged(
        str((folder / "package-lock.json").relative_to(places.ROOT)),
        [*npm(), *only, "--prefix", folder],
        log="lock-npm",
        advice=f"mend {(folder / 'package.json').relative_to(places.ROOT)}",
        environment=environment(),
    )


def main() -> None:
    """Lock the Python packages, those of the frameworks' snippets, the engines' tests and Zensical, then npm's."""
    python_packages()
    for place, log in ((frameworks.LOCK, "frameworks"), (engines.LOCK, "engines"), (zensical.LOCK, "zensical")):
        lock = place.relative_to(places.ROOT)
        # What runs beside our own packages, or builds the same pages, has their versions where both need one.
        ours = [] if place == frameworks.LOCK else ["--constraints", "requirements.txt"]
        run_logged(
            str(lock),
            [*_uv(), *ours, lock.with_suffix(".in"), "--output-file", lock],
            log=f"lock-{log}",
            advice=f"mend {lock.with_suffix('.in')}",
        )
    for folder in (places.ROOT, places.LIGHTHOUSE):
        npm_packages(folder)


if __name__ == "__main__":
    command(main)

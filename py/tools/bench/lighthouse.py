"""Lighthouse, as on a mid-range phone with a slow link, against the built site served as hosts serve it.

It is installed apart (its packages weigh more than all others together) into build/lighthouse, from its own lock.
"""

import json
import shutil
import subprocess
from pathlib import Path
from statistics import median

from tools.base import files, places
from tools.base.errors import ToolError
from tools.base.node import environment, node, npm
from tools.base.once import once
from tools.base.processes import run_logged
from tools.base.progress import bar
from tools.fetch import browser

_INSTALLED = places.BUILD / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def install() -> Path:
    """Install Lighthouse, unless it stands there as locked; give its program."""

    def make() -> None:
        shutil.rmtree(_INSTALLED, ignore_errors=True)
        shutil.copytree(places.LIGHTHOUSE, _INSTALLED)
        run_logged(
            "Lighthouse",
            [*npm(), "ci", "--prefix", _INSTALLED, "--ignore-scripts", "--no-audit", "--no-fund"],
            log="lighthouse",
            advice="is the npm registry reachable?",
            environment=environment(),
        )

    once(_INSTALLED / ".complete", files.sha256(places.LIGHTHOUSE / "package-lock.json"), make)
    return _INSTALLED / "node_modules" / "lighthouse" / "cli" / "index.js"


def scores(address: str, pages: list[str], rounds: int) -> dict[str, dict[str, float]]:
    """The score of each category, 0 to 100, by page: medians of the rounds."""
    program = install()
    chromium = str(browser.obtain())
    found: dict[str, dict[str, float]] = {}
    with bar(f"Lighthouse, {len(pages)} pages, {rounds} rounds") as advance:
        for number, page in enumerate(pages):
            runs = [_run(program, chromium, address + page) for _ in range(rounds)]
            found[page] = {category: median(run[category] for run in runs) for category in CATEGORIES}
            advance(number + 1, len(pages))
    return found


def _run(program: Path, chromium: str, address: str) -> dict[str, float]:
    flags = " ".join(["--headless=new", *browser.FLAGS])
    only = f"--only-categories={','.join(CATEGORIES)}"
    command: list[str | Path] = [node(), program, address, "--output=json", "--quiet", only, f"--chrome-flags={flags}"]
    ran = subprocess.run(command, env={**environment(), "CHROME_PATH": chromium}, capture_output=True, text=True)
    try:
        categories = json.loads(ran.stdout)["categories"]
        return {category: 100 * categories[category]["score"] for category in CATEGORIES}
    except (ValueError, KeyError, TypeError) as error:
        raise ToolError(
            f"Lighthouse gave no scores for {address}: {ran.stderr.strip()[-300:] or ran.stdout[:300]}"
        ) from error

"""A Chromium for the tests: the machine's, Playwright's, or Debian's."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.base.errors import ToolError, command
from tools.base.node import node
from tools.base.processes import run_logged
from tools.base.progress import say
from tools.fetch import debian

# Playwright comes with a Node of its own, which does not start where libatomic is not installed; ours does.
os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node()))

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

_WITHOUT = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),  # a page of the browser's own beside each of ours
    # Playwright's, which ours would take the place of:
    *("AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose"),
    *("HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying"),
    *("AimEnabled", "OptimizationHints", "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning"),
)
FLAGS = (
    f"--disable-features={','.join(_WITHOUT)}",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",  # without these it looks up its maker's hosts at every start
    "--disable-component-update",
    "--disable-sync",
    *(("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()),
)


def _playwrights_own() -> Path:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def _candidates() -> Iterator[Path]:
    yield from (Path(found) for name in _NAMES if (found := shutil.which(name)))
    yield _playwrights_own()


def _starts(browser: Path) -> bool:
    """Tell whether the browser is there and its libraries are too."""
    return browser.is_file() and subprocess.run([browser, "--version"], capture_output=True, timeout=60).returncode == 0


def find() -> Path | None:
    """Give the browser that is there and starts, if one does; $CHROMIUM before all others."""
    if chosen := os.environ.get("CHROMIUM"):
        found = shutil.which(chosen)
        if not found or not _starts(Path(found)):
            raise ToolError(f"CHROMIUM is {chosen}, which does not start; unset it or name a Chromium")
        return Path(found)
    return next(filter(_starts, _candidates()), None)


def _from_playwright() -> None:
    run_logged(
        "Chromium, from Playwright",
        [sys.executable, "-m", "playwright", "install", "chromium"],
        log="playwright",
        advice="the machine cannot reach Playwright's downloads",
        environment={**os.environ, "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "10000"},
        seconds=300,
    )


def _from_debian() -> None:
    debian.install("Chromium", ["chromium"])


def obtain() -> Path:
    """Give a browser that starts, installed first if there is none."""
    if found := find():
        return found
    refusals = []
    for install in (_from_playwright, _from_debian):
        try:
            install()
        except ToolError as error:
            say(str(error))
            refusals.append(str(error))
        if found := find():
            return found
    told = "; ".join(refusals) or "what was installed does not start"
    raise ToolError(f"the browser tests need Chromium: {told}. Install chromium, or set CHROMIUM to one")


if __name__ == "__main__":
    command(lambda: say(f"browser: {obtain()}"))

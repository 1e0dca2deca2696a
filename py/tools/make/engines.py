"""`make test-engines`: every chapter and lab in Firefox and WebKit as in Chromium, by one and the same test code.

What it needs besides ours is installed where it may be: browsers and drivers by apt-get for root, Python packages
(locked in tests/engines/requirements.txt) into build/engines. What else is missing is said, never passed over.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tools.base import files, places
from tools.base.errors import ToolError, command
from tools.base.once import once
from tools.base.processes import install_locked
from tools.base.progress import say
from tools.fetch import browser, debian

FOLDER = places.ROOT / "tests" / "engines"
LOCK = FOLDER / "requirements.txt"
SYSTEM_PYTHON = "/usr/bin/python3"
"""The Python that Debian's bindings of WebKit are for."""
_PACKAGES = places.BUILD / "engines"
_BINDINGS = """
import gi
gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2
"""


def find_firefox() -> Path | None:
    """Give the Firefox that is there; $FIREFOX before all others."""
    chosen = os.environ.get("FIREFOX")
    if chosen and not shutil.which(chosen):
        raise ToolError(f"FIREFOX is {chosen}, which is not there; unset it or name a Firefox")
    names = [chosen] if chosen else ["firefox-esr", "firefox"]
    return next((Path(found) for name in names if (found := shutil.which(name))), None)


def _is_there(program: str) -> Callable[[], bool]:
    return lambda: shutil.which(program) is not None


def _has_bindings() -> bool:
    if not Path(SYSTEM_PYTHON).is_file():
        return False
    return subprocess.run([SYSTEM_PYTHON, "-c", _BINDINGS], capture_output=True).returncode == 0


NEEDED: dict[str, tuple[Callable[[], bool], list[str]]] = {
    "Firefox": (lambda: find_firefox() is not None, ["firefox-esr"]),
    "WebKitWebDriver": (_is_there("WebKitWebDriver"), ["webkit2gtk-driver"]),
    "WebKitGTK's bindings for Python": (_has_bindings, ["python3-gi", "gir1.2-gtk-3.0", "gir1.2-webkit2-4.1"]),
    "Xvfb": (_is_there("Xvfb"), ["xvfb"]),
}
"""What is needed, how it is known to be there, and the packages of Debian that have it."""


def missing() -> dict[str, list[str]]:
    """Give what is needed and not there, each with the packages that have it."""
    return {name: packages for name, (is_there, packages) in NEEDED.items() if not is_there()}


def obtain() -> None:
    """Have everything that is needed.

    Raises
    ------
    ToolError
        If something is missing that may not be installed, with the command that would do it.
    """
    lacking = missing()
    if not lacking:
        return
    packages = [package for names in lacking.values() for package in names]
    refusal = "they were installed, and are not there"
    try:
        debian.install(", ".join(lacking), packages)
    except ToolError as error:
        refusal = str(error)
    if left := missing():
        wanted = " ".join(package for names in left.values() for package in names)
        raise ToolError(
            f"the tests of the engines need {', '.join(left)}: {refusal}. "
            f"Install with: apt-get install --no-install-recommends {wanted}"
        )


def _install_packages() -> None:
    shutil.rmtree(_PACKAGES, ignore_errors=True)
    options = ("--only-binary=:all:", "--target", _PACKAGES)
    install_locked("drivers of the engines", sys.executable, LOCK, *options, log="engines")


def main() -> None:
    """Install what is missing, and run the tests, one engine after the other."""
    say(f"browser: {browser.obtain()}")
    obtain()
    once(_PACKAGES / ".complete", files.sha256(LOCK), _install_packages)
    path = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), str(_PACKAGES)]))
    tests: list[str | Path] = [sys.executable, "-m", "pytest", "-p", "no:xdist", FOLDER, *sys.argv[1:]]
    ran = subprocess.run(tests, cwd=places.ROOT, env={**os.environ, "PYTHONPATH": path})
    sys.exit(ran.returncode)


if __name__ == "__main__":
    command(main)

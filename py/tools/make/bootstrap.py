"""The virtual environment, made by whatever Python is there: only the standard library may be used here."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - older ones stumble over what follows
    found = ".".join(map(str, sys.version_info[:2]))
    sys.exit("error: Python 3.11 or newer is needed, this is " + found + "; try: make PYTHON=python3.12")

import os
import re
import shutil
import subprocess
from pathlib import Path

from tools.base import files, places
from tools.base.errors import ToolError, command, failure
from tools.base.once import once

_FOLDER = places.ROOT / ".venv"
_REQUIREMENTS = places.ROOT / "requirements.txt"
_COMPLETE = _FOLDER / "complete"
_LOG = places.LOGS / "pip.txt"
_PYTHON = _FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _install(packages: int) -> int:
    """Run pip behind a bar made of its own words; give its exit code."""
    options = ["--require-hashes", "--no-input", "--retries=2", "--progress-bar=off"]
    pip = subprocess.Popen(
        [str(_PYTHON), "-m", "pip", "install", *options, "--requirement", str(_REQUIREMENTS)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    seen = 0
    terminal = sys.stdout.isatty()
    with _LOG.open("a") as log, pip:
        for line in pip.stdout or ():
            log.write(line)
            if terminal and line.startswith(("Collecting", "Installing")):
                seen = min(seen + line.startswith("Collecting"), packages)
                what = line.split()[1].split("==")[0] if line.startswith("Collecting") else "installing"
                print(f"\r\033[K{'━' * (30 * seen // packages):<30} {seen}/{packages} {what}", end="", flush=True)
    if terminal:
        print("\r\033[K", end="")
    return pip.returncode


def _logged(*arguments: str | Path) -> bool:
    with _LOG.open("a") as log:
        return subprocess.run(arguments, stdin=subprocess.DEVNULL, stdout=log, stderr=log).returncode == 0


def _make_environment() -> None:
    """Make an empty .venv; where Debian keeps venv in a package of its own, install that first."""
    venv = (sys.executable, "-m", "venv", "--clear", _FOLDER)
    if _logged(*venv):
        return
    if "ensurepip" in _LOG.read_text() and shutil.which("apt-get") and os.geteuid() == 0:
        print("this Python has no venv: installing Debian's python3-venv", flush=True)
        if _logged("apt-get", "update") and _logged("apt-get", "install", "--yes", "python3-venv") and _logged(*venv):
            return
    advice = "this Python has no working venv; install it (Debian: apt-get install python3-venv)"
    raise ToolError(f"no virtual environment: {advice} (log: {_LOG})")


def main() -> None:
    """Fill .venv with what requirements.txt says, unless it stands there already."""
    with files.alone(places.BUILD / "venv.lock"):
        once(_COMPLETE, _made_of, _fill)


def _made_of() -> str:
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return f"{files.sha256(_REQUIREMENTS)} {version}\n" if _PYTHON.exists() else "nothing"


def _fill() -> None:
    if _FOLDER.is_symlink():  # it would be emptied where it leads to, under the feet of another project
        raise ToolError(f"{_FOLDER} is a link to an environment that is not this one; remove the link")
    packages = len(re.findall(rb"(?m)^[a-z0-9]\S*==", _REQUIREMENTS.read_bytes()))
    print(f"Python packages: {packages} into .venv (once; about half a minute)", flush=True)
    _LOG.parent.mkdir(parents=True, exist_ok=True)
    _LOG.write_text("")
    _COMPLETE.unlink(missing_ok=True)
    try:
        _make_environment()
        if _install(packages):
            raise failure("Python packages", _LOG, "is the Python package index reachable?")
    except BaseException:
        shutil.rmtree(_FOLDER, ignore_errors=True)
        raise


if __name__ == "__main__":
    command(main)

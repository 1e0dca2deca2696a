"""`make bump PYODIDE=x.y.z`: another release of Pyodide, with the NumPy that it has.

Names and versions come from that release's own lock. The first step has all that it needs, and then changes the files
that say which release is taken; `make` builds and tests what is packed; the second step, `--left`, says what is left.
"""

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from tools.author import served
from tools.base import files, places
from tools.base.errors import ToolError, command
from tools.base.node import environment, npm
from tools.base.processes import run_logged
from tools.base.progress import say
from tools.fetch import numpy_wheel
from tools.make import lock
from tools.python import start

_FOLDER = places.BUILD / "bump"
_RECORD = _FOLDER / "releases.json"
_CHANGED = tuple(
    places.ROOT / name for name in ("package.json", "package-lock.json", "requirements.in", "requirements.txt")
)
_ANY_HOLDER = "open-webui"
"""The package on PyPI whose wheels hold NumPy's, in its latest release."""


def releases(pyodide: Path) -> dict[str, str]:
    """Say which releases an npm package of Pyodide is, and has."""
    info = json.loads((pyodide / "pyodide-lock.json").read_text())["info"]
    return {
        "Pyodide": json.loads((pyodide / "package.json").read_text())["version"],
        "Python": info["python"],
        "NumPy": numpy_wheel.from_lock(pyodide / "pyodide-lock.json").version,
        "ABI": info["abi_version"],
    }


def fetched(version: str) -> Path:
    """Fetch a release's npm package beside ours, and hold it to what the site takes out of it."""
    if not re.fullmatch(r"\d+\.\d+\.\d+(-[\w.]+)?", version):
        raise ToolError(f"PYODIDE must be a release such as 314.0.4, got {version!r}; try: make bump PYODIDE=314.0.4")
    _FOLDER.mkdir(parents=True, exist_ok=True)
    files.put(_FOLDER / "package.json", b'{"private": true}')
    run_logged(
        f"Pyodide {version}",
        [
            *(*npm(), "install", "--prefix", _FOLDER, "--no-save", "--no-package-lock", "--ignore-scripts"),
            *("--no-audit", "--no-fund", "--fetch-retries=2", f"pyodide@{version}"),
        ],
        log="bump",
        advice="has npm this release, and is its registry reachable? Nothing was changed",
        environment=environment(),
    )
    package = _FOLDER / "node_modules" / "pyodide"
    if missing := [name for name in (*served.PYODIDE, served.LOCK) if not (package / name).is_file()]:
        raise ToolError(
            f"Pyodide {version} is made in another way: its npm package should have {', '.join(missing)}, and has "
            "not; look at how it starts, and mend py/tools/author/served.py. Nothing was changed"
        )
    return package


def _pin(path: Path, pattern: str, version: str) -> None:
    """Put a version where the pattern's second group stands, once."""
    text, number = re.subn(pattern, rf"\g<1>{version}\g<3>", path.read_text(), flags=re.MULTILINE)
    if number != 1:
        raise ToolError(f"{path}: expected one line like {pattern}, found {number}; nothing was changed")
    files.put(path, text.encode())


def take(version: str) -> dict[str, Any]:
    """Take a release: have all that it needs, then change what names it, and lock; all of it or nothing."""
    before = releases(places.NODE_MODULES / "pyodide")
    package = fetched(version)
    after = releases(package)
    wheel = numpy_wheel.from_lock(package / "pyodide-lock.json")
    kept = {path: path.read_bytes() for path in (*_CHANGED, numpy_wheel.PINNED)}
    try:
        holders = (numpy_wheel.pinned(), os.environ.get("HOLDER") or _ANY_HOLDER)
        numpy_wheel.obtain(wheel, numpy_wheel.cdn(package), holders)
        _pin(places.ROOT / "package.json", r'^( *"pyodide": ")([^"]+)(")', version)
        lock.npm_packages(places.ROOT)
        if after["NumPy"] != before["NumPy"]:
            _pin(places.ROOT / "requirements.in", r"^(numpy==)(\S+)(.*)$", after["NumPy"])
            lock.python_packages()
    except BaseException:
        for path, content in kept.items():
            files.put(path, content)
        raise
    return {"before": before, "after": after}


def left(record: dict[str, Any], *, passed: bool) -> list[str]:
    """List what is left to do by hand."""
    before, after = record["before"], record["after"]
    todo = []
    if start.TROUBLE.is_file():
        todo.append(
            f"the snapshot could not be made ({start.TROUBLE.read_text()}): see what is new in how Pyodide starts, and "
            "mend snapshot.mjs in site/runtime and py/tools/python"
        )
    if not passed:
        todo.append("the build, or tests of what is packed, failed: their words are above")
    if after["Python"] != before["Python"]:
        todo.append("read Python's list of changes: py/cells/page/wordings.py has the words of its errors")
    if after["NumPy"] != before["NumPy"]:
        todo.append(
            "read NumPy's list of changes; `make lock` locks what else needs it, `make oracles` if numbers differ"
        )
    changed = ", ".join(f"{name} {before[name]} → {after[name]}" for name in after if after[name] != before[name])
    todo += [
        "make test, make test-engines, make bench: no figure worse than before",
        "git diff; a line in CHANGELOG.md" + (f": {changed}" if changed else ""),
    ]
    return todo


def main() -> None:
    """Take the release that is named; with `--left` and the exit code of the tests, say how it went."""
    if sys.argv[1:2] == ["--left"]:
        record, passed = json.loads(_RECORD.read_text()), sys.argv[2] == "0"
        say("left to do:\n" + "\n".join(f"- {task}" for task in left(record, passed=passed)))
        sys.exit(0 if passed else 1)
    record = take(sys.argv[1] if len(sys.argv) > 1 else "")
    files.put(_RECORD, json.dumps(record).encode())
    say(", ".join(f"{name} {record['before'][name]} → {record['after'][name]}" for name in record["after"]))


if __name__ == "__main__":
    command(main)

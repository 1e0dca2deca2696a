"""site/vendor: what the site serves and others made, pinned, verified, and only what it needs."""

import json
from importlib import metadata
from pathlib import Path
from typing import Any

from tools.base import files, node, places
from tools.base.errors import ToolError, command
from tools.base.progress import say
from tools.content import completions, fonts, masters
from tools.fetch import numpy_wheel
from tools.pages import bundle
from tools.python import pack, start

RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")


def _put(name: str, content: bytes) -> str:
    files.put(places.VENDOR / name, content)
    return name


def check_numpy(installed: str, vendored: str) -> None:
    """Both hosts must print alike: hold the two NumPy releases against each other."""
    if installed != vendored:
        raise ToolError(f"requirements.in has NumPy {installed}, Pyodide's lock {vendored}; pin the same release")


def _pyodide() -> set[str]:
    """Copy Pyodide's runtime and NumPy's wheel, with a lock that names that one package."""
    package = places.NODE_MODULES / "pyodide"
    lock = package / "pyodide-lock.json"
    wheel = numpy_wheel.from_lock(lock)
    check_numpy(metadata.version("numpy"), wheel.version)
    names = {_put(f"pyodide/{name}", (package / name).read_bytes()) for name in RUNTIME}
    names.add(_put(f"pyodide/{wheel.name}", numpy_wheel.obtain(wheel, numpy_wheel.cdn(package)).read_bytes()))
    whole = json.loads(lock.read_text())
    whole["packages"] = {"numpy": whole["packages"]["numpy"]}  # the other 353 are not served, and a reader loads this
    names.add(_put("pyodide/pyodide-lock.json", json.dumps(whole, indent=1).encode()))
    return names


def _bundles() -> set[str]:
    for one in bundle.wanted():
        bundle.make(one)
    return {one.target for one in bundle.wanted()}


def _own() -> set[str]:
    """Make the two files that come from our own Python; the pictures' masters lie in the first."""
    masters.make()
    return {_put("python.zip", pack.python_zip()), _put("completions.json", completions.completions())}


def _start() -> tuple[set[str], dict[str, Any]]:
    """Make what a fast start needs; say what the page must know of it."""
    package = places.NODE_MODULES / "pyodide"
    wheel = numpy_wheel.from_lock(package / "pyodide-lock.json")
    made, facts = start.make(package, places.VENDOR / "pyodide" / wheel.name)
    return {_put(f"{start.FOLDER}/{name}", content) for name, content in made.items()}, facts


def _version(package: str) -> str:
    version: str = json.loads((places.NODE_MODULES / package / "package.json").read_text())["version"]
    return version


def _manifest(names: set[str], start_facts: dict[str, Any]) -> None:
    """Say what is there; whatever else stands in the folder goes."""
    listed = {}
    for name in sorted(names):
        path = places.VENDOR / name
        listed[name] = {"bytes": path.stat().st_size, "sha256": files.sha256(path)}
    numpy = numpy_wheel.from_lock(places.VENDOR / "pyodide" / "pyodide-lock.json").version
    content = {
        "pyodide": _version("pyodide"),
        "numpy": numpy,
        "python.zip": listed["python.zip"]["sha256"],
        "start": start_facts,
        "files": listed,
    }
    files.put(places.VENDOR / "manifest.json", json.dumps(content, indent=1).encode())
    for path in sorted(places.VENDOR.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(places.VENDOR).as_posix() not in {*names, "manifest.json"}:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def vendor() -> Path:
    """Fill site/vendor; do only what is not done yet."""
    with files.alone(places.BUILD / "vendor.lock"):
        node.install()
        names = _pyodide() | fonts.install() | fonts.install_formulas() | _bundles() | _own()
        started, facts = _start()
        _manifest(names | started, facts)
    return places.VENDOR


def main() -> None:
    """Fill site/vendor and say how much is there."""
    folder = vendor()
    total = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    say(f"site/vendor: {total / 1e6:.1f} MB, as site/vendor/manifest.json lists")


if __name__ == "__main__":
    command(main)

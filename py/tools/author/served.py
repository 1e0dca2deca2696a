"""What a site serves of Python: Pyodide, packages, its library, what a fast start needs, and a list of all."""

import json
from pathlib import Path
from typing import Any

from tools.base import files, places, site
from tools.base.errors import ToolError
from tools.content import completions
from tools.python import pack, start
from tools.python.lean import lean

SCRIPT = "pyodide.asm.mjs"
PYODIDE = ("pyodide.mjs", SCRIPT, "pyodide.asm.wasm", start.STANDARD)
LOCK = "pyodide-lock.json"
_MANIFEST = "manifest.json"


def _put(name: str, content: bytes) -> str:
    files.put(places.VENDOR / name, content)
    return name


def packages() -> tuple[str, ...]:
    """Give the packages that cells may import.

    Raises
    ------
    ToolError
        If one cannot be served.
    """
    names = site.library().packages
    if others := {*names} - {"numpy"}:
        raise ToolError(f"packages: numpy is all that can be served, got {', '.join(sorted(others))}; leave that out")
    return names


def _pyodide(package: Path, wheels: dict[str, Path]) -> tuple[set[str], dict[str, str]]:
    """Copy Pyodide and the packages' wheels, with a lock that names them alone; give the packages' versions too."""
    content = {name: (package / name).read_bytes() for name in PYODIDE}
    content[SCRIPT] = lean(content[SCRIPT].decode()).encode()
    names = {_put(f"pyodide/{name}", body) for name, body in content.items()}
    names |= {_put(f"pyodide/{path.name}", path.read_bytes()) for path in wheels.values()}
    whole = json.loads((package / LOCK).read_text())
    whole["packages"] = {name: whole["packages"][name] for name in wheels}  # the others, 353, are not served
    names.add(_put(f"pyodide/{LOCK}", json.dumps(whole, indent=1).encode()))
    return names, {name: whole["packages"][name]["version"] for name in wheels}


def serve(package: Path, wheels: dict[str, Path], others: set[str]) -> None:
    """Put all of it beside what is there, and list that; whatever else stands in the folder goes.

    Parameters
    ----------
    package : Path
        Pyodide's folder, as npm has it.
    wheels : dict of str to Path
        Those of the site's packages.
    others : set of str
        What stands in site/vendor already, and stays.
    """
    names, versions = _pyodide(package, wheels)
    names |= {_put("python.zip", pack.python_zip()), _put("completions.json", completions.completions())}
    made, facts = start.make(package, [*wheels.values()])
    names |= {_put(f"{start.FOLDER}/{name}", content) for name, content in made.items()}
    _list(names | others, json.loads((package / "package.json").read_text())["version"], versions, facts)


def _list(names: set[str], pyodide: str, packages: dict[str, str], start_facts: dict[str, Any]) -> None:
    listed = {}
    for name in sorted(names):
        path = places.VENDOR / name
        listed[name] = {"bytes": path.stat().st_size, "sha256": files.sha256(path)}
    content = {
        "pyodide": pyodide,
        "packages": packages,
        "python.zip": listed["python.zip"]["sha256"],
        "start": start_facts,
        "files": listed,
    }
    _put(_MANIFEST, json.dumps(content, indent=1).encode())
    for path in sorted(places.VENDOR.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(places.VENDOR).as_posix() not in {*names, _MANIFEST}:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()

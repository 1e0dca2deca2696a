"""vendor/start: Python as the page starts it fast, compiled by the very Pyodide that will run it.

Nothing here is new code: it is Pyodide's standard library, wheels and our python.zip, as bytecode, cut into what the
first result needs and the rest, and the memory of a Python that has imported them.
"""

import base64
import json
import os
import re
import struct
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tools.base import files, places, site, zips
from tools.base.errors import ToolError
from tools.base.node import environment, node
from tools.base.once import once
from tools.base.processes import run_logged
from tools.base.progress import say
from tools.python import pack

FOLDER = "start"
STANDARD = "python_stdlib.zip"
SNAPSHOT = "snapshot.zst"
_MADE = places.BUILD / FOLDER
TROUBLE = _MADE / "snapshot.trouble"
"""Why the snapshot could not be made, if it could not."""
_HERE = Path(__file__).parent
_SCRIPTS = places.RUNTIME / "python" / "worker"
_SITE = "/site.zip/"

_STANDARD = (
    *("ast", "builtins", "collections", "contextlib", "copy", "dataclasses", "datetime", "difflib", "functools"),
    *("html", "io", "itertools", "json", "linecache", "math", "operator", "random", "re", "statistics", "string"),
    *("symtable", "textwrap", "time", "tokenize", "traceback", "types", "typing", "warnings"),
)
"""What of Python's own a page's first cells import."""

LATER = ("test/", "idlelib/", "turtledemo/", "lib2to3/", "ensurepip/")
"""Folders of the standard library that no page imports, and that are not shipped."""
_UNUSED = ("/tests/", "/f2py/", "/_pyinstaller/", "conftest.py", "/_core/lib/", "/_core/include/")

_WINDOW = 25  # of zstd, as a power of two: 16 MB of memory are one window
_LEVEL, _QUICK = 18, 12
"""What is Pyodide's is compressed once a release; what changes with our Python, in seconds, for 8 % more bytes."""
_OURS = ("shared.zst", SNAPSHOT)
_DECODER = re.compile(r'^const wasm = "([A-Za-z0-9+/=]+)";$', re.MULTILINE)


def _zip(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """Pack entries as they are: the whole is compressed better."""
    return zips.packed(entries, deflated=False)


def _directory_at(archive: bytes) -> int:
    """Say where a zip's directory begins: before it stand its entries alone."""
    end = archive.rindex(b"PK\x05\x06")
    at: int = struct.unpack_from("<I", archive, end + 16)[0]
    return at


def split(entries: list[tuple[str, bytes]], is_first: Callable[[str], bool]) -> tuple[bytes, int, dict[str, bytes]]:
    """Pack entries so that the first part is a zip by itself, and what comes later one too, alone or with the first.

    Returns
    -------
    first : bytes
        A zip of the entries that are needed first.
    cut : int
        How much of it the whole zip begins with.
    rest : dict of str to bytes
        ``later``, the entries that come later; ``later + alone`` is a zip of them, and
        ``first[:cut] + later + together`` is the zip of all.
    """
    early = [entry for entry in entries if is_first(entry[0])]
    late = [entry for entry in entries if not is_first(entry[0])]
    first, alone, whole = _zip(early), _zip(late), _zip([*early, *late])
    cut, end = _directory_at(first), _directory_at(alone)
    return first, cut, {"later": alone[:end], "alone": alone[end:], "together": whole[cut + end :]}


def bundle(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """Put files behind one another: length of the list, the list [[path, bytes]…] as JSON, the files."""
    there = list(entries)
    listed = json.dumps([[name, len(content)] for name, content in there], separators=(",", ":")).encode()
    return struct.pack("<I", len(listed)) + listed + b"".join(content for _, content in there)


def _squeezed_at(name: str, content: bytes) -> Path:
    file = f"{files.sha256(content)}.{_QUICK if name in _OURS else _LEVEL}"
    return brought if (brought := places.READY / file).is_file() else _MADE / "squeezed" / file


def _squeezed(contents: dict[str, bytes]) -> dict[str, bytes]:
    """Compress each by zstd, which takes long: what was compressed before is kept by its hash."""
    folder = _MADE / "squeezed"
    kept = {name: _squeezed_at(name, body) for name, body in contents.items()}
    todo = {name: path for name, path in kept.items() if not path.is_file()}
    folder.mkdir(exist_ok=True)
    if todo:
        with tempfile.TemporaryDirectory(dir=_MADE) as place:
            for name in todo:
                (Path(place) / name).write_bytes(contents[name])
            jobs = [[str(Path(place) / name), f"{path}.new", int(path.suffix[1:])] for name, path in todo.items()]
            _node("squeeze.mjs", {"window": _WINDOW, "jobs": jobs}, f"{len(todo)} files compressed")
        for path in todo.values():
            Path(f"{path}.new").replace(path)
    for path in folder.iterdir():
        if path not in kept.values():
            path.unlink()
    return {name: path.read_bytes() for name, path in kept.items()}


def _decoder() -> bytes:
    """Take the decoder out of the package that has it in a script."""
    script = places.NODE_MODULES / "zstddec" / "dist" / "zstddec-stream.mjs"
    found = _DECODER.search(script.read_text())
    if not found:
        raise ToolError(f"{script.relative_to(places.ROOT)} has no decoder where the last release had it; look there")
    return base64.b64decode(found[1])


def _module(file: str) -> str:
    return file.removesuffix("c").removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _node(script: str, job: dict[str, Any], doing: str) -> None:
    with tempfile.NamedTemporaryFile("w", dir=_MADE, suffix=".json") as file:
        json.dump(job, file)
        file.flush()
        run_logged(
            doing,
            [node(), _HERE / script, file.name],
            log=script.removesuffix(".mjs"),
            advice="run the same command again; if it stays, the log says why",
            environment=environment(),
            seconds=300,
        )


def _first() -> str:
    """Name what the first cells import, or what runs them: the snapshot holds it imported."""
    return ", ".join([*site.library().all, "cells.page.host", *_STANDARD])


def _site_packages(version: str) -> str:
    major, minor, *_ = version.split(".")
    return f"/lib/python{major}.{minor}/site-packages/"


def compiled(pyodide: Path, source: Path, version: str) -> Path:
    """Give the bytecode of the standard library or a wheel, made once; an engine that is installed has brought it."""
    if (ready := places.READY / f"{source.stem}.zip").is_file():
        return ready
    major, minor, *_ = version.split(".")
    is_standard = source.parent == pyodide and source.name == STANDARD
    prefix = f"/lib/python{major}{minor}.zip/" if is_standard else _site_packages(version)
    target = _MADE / f"{source.stem}.zip"
    made_of = files.fingerprint(source, pyodide / "pyodide.asm.wasm", _HERE / "compile.mjs")
    job = {"pyodide": str(pyodide), "zips": [[str(source), str(target), prefix]]}
    doing = f"bytecode of {source.stem.split('-')[0]}"
    once(_MADE / f"{source.stem}.stamp", made_of, lambda: _node("compile.mjs", job, doing), [target])
    return target


def ready(pyodide: Path, wheels: list[Path]) -> list[Path]:
    """Make what is the same for every site, and takes long: bytecode, and Pyodide as it is served."""
    _MADE.mkdir(parents=True, exist_ok=True)
    version = json.loads((pyodide / "pyodide-lock.json").read_text())["info"]["python"]
    made = [compiled(pyodide, source, version) for source in (pyodide / STANDARD, *wheels)]
    return [*made, _squeezed_at("pyodide.zst", (pyodide / "pyodide.asm.wasm").read_bytes())]


def _imported(pyodide: Path, wheels: list[Path], version: str) -> dict[str, list[str]]:
    """Say what is imported first: modules, and compiled parts of packages."""
    own, listed = _MADE / "python.zip", _MADE / "modules.json"
    files.put(own, pack.python_zip())
    standard = pyodide / STANDARD
    scripts = (pyodide / "pyodide.asm.wasm", _HERE / "compile.mjs")
    made_of = files.fingerprint(standard, *wheels, *scripts, _first(), " ".join(pack.imported()))
    packages = [*([str(wheel), _site_packages(version)] for wheel in wheels), [str(own), "/site"]]
    modules = {"stdlib": str(standard), "packages": packages, "imports": _first(), "target": str(listed)}
    job = {"pyodide": str(pyodide), "zips": [], "modules": modules}
    once(_MADE / "modules.stamp", made_of, lambda: _node("compile.mjs", job, "what is imported first"), [listed])
    imported: dict[str, list[str]] = json.loads(listed.read_text())
    return imported


def _own(pyodide: Path) -> bytes:
    """Our python.zip with bytecode beside every source: the sources are for tracebacks."""
    source, target = _MADE / "python.zip", _MADE / "site.zip"
    made_of = files.fingerprint(source, pyodide / "pyodide.asm.wasm", _HERE / "compile.mjs")
    job = {"pyodide": str(pyodide), "zips": [[str(source), str(target), _SITE]]}
    once(_MADE / "site.stamp", made_of, lambda: _node("compile.mjs", job, "our bytecode"), [target])
    return _zip(sorted([*zips.entries(source), *zips.entries(target)]))


def _snapshot(
    pyodide: Path, parts: dict[str, bytes], core: list[tuple[str, bytes]], libraries: list[str], info: Any
) -> tuple[bytes, Any]:
    """Make the memory of a Python that has imported everything; give it and what the page must know of it."""
    target, facts = _MADE / "snapshot.bin", _MADE / "snapshot.json"
    scripts = (_HERE / "snapshot.mjs", _SCRIPTS / "snapshot.mjs", _SCRIPTS / "start.mjs")
    content = (parts["stdlib.zip"], parts["site.zip"], *(body for _, body in core))
    made_of = files.fingerprint(*scripts, *content, pyodide / "pyodide.asm.wasm")

    def make() -> None:
        with tempfile.TemporaryDirectory(dir=_MADE) as folder:
            place = Path(folder)
            for name, body in core:
                files.put(place / "packages" / name, body)
            for name in ("stdlib.zip", "site.zip"):
                files.put(place / name, parts[name])
            job = {
                "pyodide": str(pyodide),
                "boot": str(_SCRIPTS / "snapshot.mjs"),
                "start": str(_SCRIPTS / "start.mjs"),
                "stdlib": str(place / "stdlib.zip"),
                "site": str(place / "site.zip"),
                "files": str(place / "packages"),
                "sideModules": libraries,
                "imports": _first(),
                "info": info,
                "target": str(target),
                "facts": str(facts),
            }
            _node("snapshot.mjs", job, "snapshot of Python")

    once(_MADE / "snapshot.stamp", made_of, make, [target, facts])
    return target.read_bytes(), json.loads(facts.read_text())


def make(pyodide: Path, wheels: list[Path]) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Make everything that a fast start needs.

    Parameters
    ----------
    pyodide : Path
        The npm package's folder.
    wheels : list of Path
        Those of the site's packages.

    Returns
    -------
    files : dict of str to bytes
        What goes into site/vendor/start.
    facts : dict
        What the page must know of them, for the manifest.
    """
    _MADE.mkdir(parents=True, exist_ok=True)
    info = json.loads((pyodide / "pyodide-lock.json").read_text())["info"]
    imported = _imported(pyodide, wheels, info["python"])
    modules, libraries = set(imported["modules"]), imported["libraries"]

    def is_early(name: str) -> bool:
        return _module(name) in modules

    # What comes first comes compiled; what comes later as source, which is half as large and seldom asked for.
    stdlib = [
        entry for entry in zips.entries(compiled(pyodide, pyodide / STANDARD, info["python"])) if is_early(entry[0])
    ]
    stdlib += [entry for entry in zips.entries(pyodide / STANDARD) if not is_early(entry[0])]
    first, cut, rest = split(sorted(entry for entry in stdlib if not entry[0].startswith(LATER)), is_early)
    there = {name: body for wheel in wheels for name, body in zips.entries(wheel)}
    sources = [entry for entry in there.items() if entry[0].endswith(".py") and not is_early(entry[0])]
    later = [entry for entry in sources if not any(unused in f"/{entry[0]}" for unused in _UNUSED)]
    bytecode = (entry for wheel in wheels for entry in zips.entries(compiled(pyodide, wheel, info["python"])))
    core = [entry for entry in bytecode if is_early(entry[0])]
    side_modules = [(path, there[path]) for path in libraries]
    others = [entry for entry in there.items() if entry[0].endswith(".so") and entry[0] not in libraries]
    parts = {"stdlib.zip": first, "site.zip": _own(pyodide)}
    contents = {
        "pyodide.zst": (pyodide / "pyodide.asm.wasm").read_bytes(),
        "shared.zst": bundle([*side_modules, ("site.zip", parts["site.zip"])]),
        "stdlib.zst": first,
        "packages.zst": bundle(core),
        "rest.zst": bundle([*rest.items(), *sorted([*later, *others])]),
    }
    facts = {"info": info, "cut": cut, "memory": 0, "image": "", "header": "", "sideModules": libraries}
    facts["packages"] = list(site.library().packages)
    TROUBLE.unlink(missing_ok=True)
    try:
        memory, told = _snapshot(pyodide, parts, [*core, *side_modules], libraries, info)
        contents[SNAPSHOT] = memory
        facts |= {"memory": len(memory), **told}
    except ToolError as error:
        files.put(TROUBLE, str(error).encode())
        warn()
    return {**_squeezed(contents), "zstd.wasm": _decoder()}, facts


def warn() -> None:
    """Say, so that nobody overlooks it, that the last build has no snapshot; nothing if it has one."""
    if not TROUBLE.is_file():
        return
    line = "!" * 100
    say(
        f"{line}\nWARNING: the site has no snapshot of Python, for it could not be made. Pages start Python from\n"
        f"bytecode, which takes readers longer, and tests of the snapshot will fail.\n{TROUBLE.read_text()}\n{line}"
    )
    if "GITHUB_ACTIONS" in os.environ:
        print(f"::warning title=No snapshot of Python::{TROUBLE.read_text().splitlines()[0]}")

"""`make wheel`: the engine as a package in build/wheel, for sites of others; nobody need have Node for it.

It holds `cells` with the tools that finish a site as `cells.tools`, the scripts as pages fetch them, and Pyodide.
"""

import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tools.base import files, places
from tools.base.errors import ToolError, command
from tools.base.progress import bar, say
from tools.base.wheels import Entry, Project, packed
from tools.make.vendor import static, vendor
from tools.pages import scripts
from tools.python import start

FOLDER = places.BUILD / "wheel"
_ROOMS = ("base", "pages", "python", "author")
_SINGLE = (
    "__init__.py",
    "content/__init__.py",
    "content/completions.py",
    "serving/__init__.py",
    "serving/media_types.py",
)
_NPM = ("pyodide", "zstddec")
_LEFT_OUT = (
    *("album.css", "dog-stream.css", "ends.css", "frame.css", "header.css", "home.css", "reference.css"),
    *("dog-stream.mjs", "work.mjs"),
)
"""Of what pages fetch: what is for one of the course's own."""
_UNUSED = (".map", ".ts", ".tsx", ".html")
_IMPORT = re.compile(rb"^(\s*)(from|import) tools\b", re.MULTILINE)


def _project() -> Project:
    """What pyproject.toml says; the releases that it needs are those of requirements.in."""
    with (places.ROOT / "pyproject.toml").open("rb") as file:
        whole = tomllib.load(file)
    said, needs = whole["project"], whole["tool"]["wheel"]["needs"]
    return Project(
        name=said["name"],
        version=said["version"],
        summary=said["description"],
        python=said["requires-python"],
        licence=said["license"],
        needs=tuple(_pinned(needs)),
    )


def _pinned(names: list[str]) -> list[str]:
    pins = dict(re.findall(r"^([\w-]+)==(\S+)", (places.ROOT / "requirements.in").read_text(), re.MULTILINE))
    if lacking := [name for name in names if name not in pins]:
        raise ToolError(f"pyproject.toml needs {', '.join(lacking)}, of which requirements.in names no release")
    return [f"{name}=={pins[name]}" for name in names]


def _under(folder: Path, place: str) -> Iterator[Entry]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and not path.name.endswith(_UNUSED):
            yield f"{place}/{path.relative_to(folder).as_posix()}", path.read_bytes()


def _python() -> Iterator[Entry]:
    yield from _under(places.PY / "cells", "cells")
    tools = places.PY / "tools"
    for name, content in _under(tools, "cells/tools"):
        own = name.removeprefix("cells/tools/")
        if own.startswith(tuple(f"{room}/" for room in _ROOMS)) or own in _SINGLE:
            yield name, _IMPORT.sub(rb"\1\2 cells.tools", content) if name.endswith(".py") else content


def _runtime() -> Iterator[Entry]:
    """Give the scripts as pages fetch them, of all but the labs; and the one that stands in every page."""
    with tempfile.TemporaryDirectory(dir=places.BUILD) as folder:
        site = Path(folder)
        shutil.copytree(places.RUNTIME, site / "runtime", ignore=shutil.ignore_patterns("labs"))
        scripts.minify(site)
        scripts.bundle(site)
        for path in sorted(scripts.fetched(site)):
            yield f"site/{path.relative_to(site).as_posix()}", path.read_bytes()
        yield f"ready/{scripts.EARLY}", scripts.early(site).removeprefix("<script>").removesuffix("</script>").encode()


def _engine() -> Iterator[Entry]:
    yield from _runtime()
    for path in sorted((places.SITE / "css").glob("*.css")):
        if path.name not in _LEFT_OUT:
            yield f"site/css/{path.name}", path.read_bytes()
    yield "mkdocs.yml", (places.ROOT / "mkdocs.yml").read_bytes()
    yield "site/licences.md", (places.SITE / "licences.md").read_bytes()
    for name in sorted(static()):
        if name not in _LEFT_OUT:
            yield f"vendor/{name}", (places.VENDOR / name).read_bytes()
    for path in sorted((places.PY / "theme").rglob("*.html")):
        yield f"theme/{path.relative_to(places.PY / 'theme').as_posix()}", path.read_bytes()
    for room in ("chart", "python", "words"):  # what the build reads, and what makes a snapshot
        yield from (one for one in _under(places.RUNTIME / room, f"runtime/{room}") if not one[0].endswith("labs.json"))
    for package in _NPM:
        yield from _under(places.NODE_MODULES / package, f"node_modules/{package}")
    pyodide = places.NODE_MODULES / "pyodide"
    for wheel in sorted((places.VENDOR / "pyodide").glob("*.whl")):
        yield f"wheels/{wheel.name}", wheel.read_bytes()
    for path in start.ready(pyodide, sorted((places.VENDOR / "pyodide").glob("*.whl"))):
        yield f"ready/{path.name}", path.read_bytes()


def wheel() -> Path:
    """Make the package, and give its place."""
    vendor()
    project = _project()
    with bar("the engine as a package"):
        entries = [*_python(), *((f"cells/engine/{name}", content) for name, content in _engine())]
        told = [
            ("entry_points.txt", b"[mkdocs.plugins]\ncells = cells.tools.author.plugin:CellsPlugin\n"),
            ("licenses/LICENSE", (places.ROOT / "LICENSE").read_bytes()),
        ]
        path = FOLDER / project.file
        files.put(path, packed(project, entries, told))
    for older in FOLDER.glob("*.whl"):
        if older != path:
            older.unlink()
    return path


def main() -> None:
    """Make the package and say where it is."""
    path = wheel()
    say(f"{path.relative_to(places.ROOT)}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    command(main)

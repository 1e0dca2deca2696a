"""The runtime as pages fetch it: few files, and what several of them need in one that these share."""

import json
import tempfile
from pathlib import Path
from typing import Any

from tools.base import files, places
from tools.base.errors import ToolError
from tools.base.node import run_node
from tools.pages.esbuild import MODULE, esbuild

MAIN = "runtime/main.mjs"
BEGIN = "runtime/begin.mjs"
"""Begins before the page is there, and makes ready what Python needs; the script imports it."""
_PYTHON = "runtime/python/launch.mjs"
"""What that is made of, and what passes on by their names the things in it, for the modules beside."""
_EARLY = "runtime/visit/early.mjs"
"""Stands in the head of every page."""
EARLY = "early.js"
"""The same as it is there, where an engine that is installed has brought it."""
_ONCE = ("state/", "cell/", "figure/", "chart/", "visit/", "page/announcer.mjs", "python/launch.mjs")
"""What there must be one of in a page, below `runtime/`: no lab may bring its own."""


def bundle(site: Path) -> None:
    """Bundle the runtime of a built site in place; its modules stay beside that, for who reads them."""
    for lab in _labs(site):
        _bundle_lab(site, lab.relative_to(site).as_posix())
    entries = [name for name in (MAIN, _PYTHON) if (site / name).is_file()]
    if not entries:
        return
    outputs = _bundled(site, *entries, "--splitting", "--outdir=runtime", "--outbase=runtime")
    shared = next((name for name, output in outputs.items() if _PYTHON in output["inputs"]), None)
    if shared:  # a name with a hash in it would be gone when a script that a browser has kept asks for it
        (site / shared).replace(site / BEGIN)
        for name in outputs.keys() - {shared}:
            script = (site / name).read_text(encoding="utf-8")
            files.put(site / name, script.replace(Path(shared).name, Path(BEGIN).name).encode())


def _bundle_lab(site: Path, name: str) -> None:
    """Bundle a lab: one file, for the pages that have it, with what it shares with the rest in it once more."""
    inputs = _bundled(site, name, f"--outfile={name}")[name]["inputs"]
    if second := [path for path in inputs if path.removeprefix("runtime/").startswith(_ONCE)]:
        raise ToolError(
            f"{name} imports {', '.join(second)}, of which a page has one; a lab that is bundled would bring a second. "
            "Ask the host for it: site/behind/lab.md says what it has"
        )


def _bundled(site: Path, *arguments: str) -> dict[str, Any]:
    """Bundle modules in place, and tell what each file is made of."""
    with tempfile.NamedTemporaryFile(suffix=".json") as metafile:
        _made_small(site, *arguments, *MODULE, "--out-extension:.js=.mjs", f"--metafile={metafile.name}")
        outputs: dict[str, Any] = json.load(metafile)["outputs"]
    return outputs


def early(site: Path) -> str:
    """Give the script that stands in every page, as an element: before its sheet, which scripts after it wait for."""
    if (ready := places.READY / EARLY).is_file():
        return f"<script>{ready.read_text(encoding='utf-8')}</script>"
    if not (site / _EARLY).is_file():
        return ""
    _made_small(site, _EARLY, "--bundle", "--format=iife", f"--outfile={_EARLY}")
    return f"<script>{(site / _EARLY).read_text(encoding='utf-8').strip()}</script>"


def first_way(site: Path) -> str:
    """Give what a page says of the first way in which to start Python: nothing, unless the site has no snapshot."""
    manifest = site / "vendor" / "manifest.json"
    if not manifest.is_file() or "start/snapshot.zst" in json.loads(manifest.read_text())["files"]:
        return ""
    return ' data-start="bytecode"'


def fetched(site: Path) -> set[Path]:
    """List the scripts that a page may ask for, of all that stand there."""
    return {site / MAIN, site / BEGIN, *_labs(site)}


def _labs(site: Path) -> list[Path]:
    """The labs, each fetched by the pages that have it: the module that has the name of its room."""
    return sorted(path for path in site.glob("runtime/labs/*/*.mjs") if path.stem == path.parent.name)


def minify(site: Path) -> None:
    """Take comments and spaces out of scripts and styles: nearly half of what our own weigh."""
    if sources := [*sorted(site.glob("runtime/**/*.mjs")), *sorted(site.glob("css/*.css"))]:
        names = (path.relative_to(site) for path in sources)
        _made_small(site, *names, "--outdir=.", "--outbase=.", "--out-extension:.js=.mjs")


def _made_small(site: Path, *arguments: str | Path) -> None:
    doing = "the scripts and styles could not be made smaller"
    run_node(doing, *esbuild(*arguments, "--allow-overwrite"), folder=site)

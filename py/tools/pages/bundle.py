"""npm packages as self-contained ES modules for the browser, by esbuild; made again only when something changed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.base import files, places
from tools.base.node import environment, node
from tools.base.once import once
from tools.base.processes import run_logged
from tools.pages.esbuild import MODULE, OPTIONS, esbuild

METAFILES = places.BUILD / "bundle"
_FOLDERS = (
    *("cell/editor", "cell/sharing", "chart/vega", "labs/dog-stream", "python/worker"),
    *("visit/lesson", "visit/service-worker", "visit/work"),
)
"""Rooms of the runtime of which each is one file in site/vendor, of its own name: mkdocs.yml leaves them out."""


@dataclass(frozen=True)
class Bundle:
    """One module to make: its entry file, and where it goes in site/vendor."""

    entry: Path
    target: str

    @property
    def name(self) -> str:
        return Path(self.target).stem

    @property
    def metafile(self) -> Path:
        """What esbuild says went into the module."""
        return METAFILES / f"{self.name}.json"


def wanted() -> list[Bundle]:
    """List the bundles: the entries that the site's runtime has, and two libraries as they are."""
    entries = (places.RUNTIME / folder / f"{Path(folder).name}.mjs" for folder in _FOLDERS)
    ours = [Bundle(entry, entry.name) for entry in entries]
    purify = places.NODE_MODULES / "dompurify" / "dist" / "purify.es.mjs"
    katex = places.NODE_MODULES / "katex" / "dist" / "katex.mjs"
    return [*ours, Bundle(purify, "purify.mjs"), Bundle(katex, "katex/katex.mjs")]


def inputs(bundle: Bundle) -> Iterator[Path]:
    """Give the files that went into a bundle when it was made last."""
    for name in json.loads(bundle.metafile.read_text())["inputs"]:
        yield places.ROOT / name


def _fingerprint(bundle: Bundle) -> str:
    """Say what the bundle is made of: the lock stands for everything in node_modules."""
    if not bundle.metafile.is_file():
        return ""
    own = sorted({bundle.entry, *(path for path in inputs(bundle) if places.NODE_MODULES not in path.parents)})
    parts = (path if path.is_file() else "gone" for path in (*own, places.ROOT / "package-lock.json"))
    return files.fingerprint(" ".join((*MODULE, *OPTIONS)), *parts)


def make(bundle: Bundle) -> None:
    """Bundle one module, unless it stands there already."""
    target = places.VENDOR / bundle.target
    once(METAFILES / f"{bundle.name}.stamp", lambda: _fingerprint(bundle), lambda: _make(bundle, target), [target])


def _make(bundle: Bundle, target: Path) -> None:
    bundle.metafile.parent.mkdir(parents=True, exist_ok=True)
    with files.whole(target) as neighbour:
        run_logged(
            f"bundle {bundle.target}",
            [node(), *esbuild(bundle.entry, *MODULE, f"--outfile={neighbour}", f"--metafile={bundle.metafile}")],
            log=f"bundle-{bundle.name}",
            advice="mend the entry file and run the same command again",
            environment=environment(),
        )

"""`make bench`: what a first visit costs, beside a bare Pyodide page in the same run.

Trust the ratios, not the seconds: the two pages take turns, so that a busy machine slows both.
"""

import gzip
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from rich.table import Table

from tools import browser, places
from tools.errors import ToolError, command
from tools.progress import bar, console
from tools.static_server import serving

_MOUNT = "/primer-site/"
_PATIENCE = 120_000  # milliseconds for one start on a slow machine

_BARE_PAGE = """<!doctype html>
<html lang="en"><title>Bare Pyodide</title>
<script type="module">
  globalThis.start = () => new Promise((resolve, reject) => {
    const worker = new Worker("worker.mjs", { type: "module" });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
</script>
"""
_BARE_WORKER = """import { loadPyodide } from "./vendor/pyodide/pyodide.mjs";
const lines = [];
const pyodide = await loadPyodide({ stdout: (line) => lines.push(line) });
await pyodide.loadPackage("numpy", { messageCallback: () => {} });
pyodide.runPython("import numpy");
pyodide.runPython(%s);
self.postMessage(lines.join("\\n"));
"""
_RUN_BARE = """async () => {
  const started = performance.now();
  const text = await start();
  return { milliseconds: performance.now() - started, text };
}"""
_RUN_OURS = """async () => {
  const cell = document.querySelector("py-cell#softmax");
  const done = new Promise((resolve, reject) => new MutationObserver(() => {
    if (cell.getAttribute("state") === "done") resolve();
    if (cell.getAttribute("state") === "error") reject(new Error(cell.textContent));
  }).observe(cell, { attributes: true, attributeFilter: ["state"] }));
  const started = performance.now();
  cell.querySelector("[data-action=run]").click();
  await done;
  const milliseconds = performance.now() - started;
  return { milliseconds, text: cell.querySelector("[data-output=stream]").textContent };
}"""


@dataclass
class Visit:
    """What one way of starting took: seconds of each round, by kind of visit."""

    address: str
    script: str
    seconds: dict[str, list[float]] = field(default_factory=lambda: {"cold": [], "warm": []})


def _source(page: str, cell: str) -> str:
    """Read a cell's source out of the built page."""
    _, _, rest = (places.BUILT_SITE / page / "index.html").read_text().partition(f'<py-cell id="{cell}"')
    _, found, program = rest.partition('data-part="program">')
    if not found:
        raise ToolError(f"build/site/{page} has no cell {cell!r}; run: make build")
    source: str = json.loads(program.partition("</script>")[0])["source"]
    return source


@contextmanager
def _bare() -> Iterator[str]:
    """Serve the least page that runs the snippet with the same Pyodide."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "vendor").symlink_to(places.BUILT_SITE / "vendor")
        (place / "index.html").write_text(_BARE_PAGE)
        (place / "worker.mjs").write_text(_BARE_WORKER % json.dumps(_source("softmax", "softmax")))
        with serving(place) as address:
            yield address


def _measure(context: BrowserContext, visit: Visit) -> tuple[float, str]:
    page = context.new_page()
    page.set_default_timeout(_PATIENCE)
    page.goto(visit.address, wait_until="networkidle")
    result = page.evaluate(visit.script)
    page.close()
    return result["milliseconds"] / 1000, result["text"].strip()


def _times(chromium: Browser, visits: list[Visit], rounds: int) -> None:
    """Let the ways take turns; each round begins with another, in a browser that knows nothing."""
    with bar(f"{rounds} rounds") as advance:
        for number in range(rounds):
            texts = set()
            for visit in visits if number % 2 else reversed(visits):
                context = chromium.new_context()
                for kind, seconds in visit.seconds.items():
                    taken, text = _measure(context, visit)
                    seconds.append(taken)
                    texts.add((kind, text))
                context.close()
            if len({text for _, text in texts}) != 1:
                raise ToolError(f"the pages printed different things: {texts}")
            advance(number + 1, rounds)


def _compressed(path: Path) -> int:
    """Give the bytes that a host sends which compresses what gets smaller by it."""
    content = path.read_bytes()
    return min(len(content), len(gzip.compress(content, 6)))


def _transfer(urls: list[str], address: str) -> tuple[int, int, int]:
    """Give requests, bytes and compressed bytes of what was asked for."""
    base = urlsplit(address).path
    paths = set()
    for url in urls:
        path = places.BUILT_SITE / unquote(urlsplit(url).path).removeprefix(base)
        paths.add(path / "index.html" if path.is_dir() else path)
    there = [path for path in paths if path.is_file()]
    return len(there), sum(path.stat().st_size for path in there), sum(map(_compressed, there))


def _first_visit(chromium: Browser, address: str, visit: Visit) -> dict[str, tuple[int, int, int]]:
    """Say what a first visit fetches: to read, then to run, then to edit."""
    context = chromium.new_context()
    urls: list[str] = []
    context.on("request", lambda request: urls.append(request.url) if request.url.startswith(address) else None)
    page: Page = context.new_page()
    page.set_default_timeout(_PATIENCE)
    page.goto(visit.address, wait_until="networkidle")
    before = list(urls)
    page.evaluate(visit.script)
    page.wait_for_load_state("networkidle")
    context.close()
    return {
        "to read the page": _transfer(before, address),
        "to the first result": _transfer(sorted(set(urls) - set(before)), address),
    }


def _speed_table(ours: Visit, bare: Visit) -> Table:
    table = Table(title="Run to first result, seconds (median; least to most)")
    for heading in ("visit", "bare Pyodide", "this site", "ratio"):
        table.add_column(heading, justify="left" if heading == "visit" else "right")
    for kind in ours.seconds:
        cells = [
            f"{median(taken):.2f} ({min(taken):.2f} to {max(taken):.2f})"
            for taken in (bare.seconds[kind], ours.seconds[kind])
        ]
        table.add_row(kind, *cells, f"{median(ours.seconds[kind]) / median(bare.seconds[kind]):.2f}")
    return table


def _size_table(sizes: dict[str, tuple[int, int, int]]) -> Table:
    table = Table(title="First visit of the softmax page, MB")
    for heading in ("fetched", "files", "as stored", "gzip"):
        table.add_column(heading, justify="left" if heading == "fetched" else "right")
    for name, (files, stored, compressed) in sizes.items():
        table.add_row(name, str(files), f"{stored / 1e6:.2f}", f"{compressed / 1e6:.2f}")
    return table


def main() -> None:
    """Print both tables; ROUNDS says how often each page starts."""
    rounds = int(os.environ.get("ROUNDS") or "5")
    executable = browser.obtain()
    with ExitStack() as stack:
        site = stack.enter_context(serving(places.BUILT_SITE, _MOUNT))
        ours = Visit(f"{site}softmax/", _RUN_OURS)
        bare = Visit(stack.enter_context(_bare()), _RUN_BARE)
        playwright = stack.enter_context(sync_playwright())
        chromium = playwright.chromium.launch(executable_path=str(executable), args=list(browser.FLAGS))
        sizes = _first_visit(chromium, site, ours)
        _times(chromium, [ours, bare], rounds)
        chromium.close()
    console.print(_speed_table(ours, bare))
    console.print(_size_table(sizes))


if __name__ == "__main__":
    command(main)

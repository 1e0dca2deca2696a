"""A reader's visits: the time from Run to the first result and what is fetched for it, beside a bare Pyodide page."""

import gzip
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

from tools.base import places
from tools.base.errors import ToolError
from tools.base.progress import bar, say

WAYS = ("snapshot", "bytecode", "plain")
PATIENCE = 120_000
"""Milliseconds for one start on a slow machine."""

_BARE_PAGE = """<!doctype html>
<html lang="en"><title>Bare Pyodide</title><link rel="icon" href="data:,"><body>
<script type="module">
  globalThis.start = () => new Promise((resolve, reject) => {
    globalThis.worker = new Worker("worker.mjs", { type: "module" });
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
const source = %s;
pyodide.runPython(source);
self.postMessage(lines.join("\\n"));
self.onmessage = () => {
  pyodide.runPython(source);
  self.postMessage("");
};
"""
_RUN_BARE = """async () => {
  const started = performance.now();
  const text = await start();
  return { milliseconds: performance.now() - started, text };
}"""
_RUN_OURS = """async (way) => {
  document.documentElement.dataset.start = way;
  let told = "";
  const { info } = console;
  console.info = (text, ...rest) => {
    told = /from (\\w+)/.exec(text)?.[1] ?? told;
    info(text, ...rest);
  };
  const cell = document.querySelector("py-cell#softmax");
  const done = new Promise((resolve, reject) => new MutationObserver(() => {
    if (cell.getAttribute("state") === "done") resolve();
    if (cell.getAttribute("state") === "error") reject(new Error(cell.textContent));
  }).observe(cell, { attributes: true, attributeFilter: ["state"] }));
  const started = performance.now();
  cell.querySelector("[data-action=run]").click();
  await done;
  const milliseconds = performance.now() - started;
  if (told !== way) throw new Error(`started from ${told}, not from ${way}`);
  return { milliseconds, text: cell.querySelector("[data-output=stream]").textContent };
}"""
_AT_ONCE = 'Object.defineProperty(navigator, "deviceMemory", { value: 2 })'
"""The reader presses Run before the page has fetched any of Python but the list of its files: a machine with little
memory makes nothing ready before there is a sign of a reader."""
_READ = """async () => {
  dispatchEvent(new Event("pointermove"));
  await new Promise((resolve) => setTimeout(resolve, 2000));
}"""
"""The reader has read for two seconds, in which the page has made ready what it may."""
_PYTHON = ("vendor/pyodide/", "vendor/start/", "vendor/python.zip")
"""What is fetched for Python, whenever it is; not the list of it and the empty worker, which every page fetches."""


@dataclass
class Visit:
    """What one way of starting took: seconds of each round, by kind of visit."""

    name: str
    address: str
    script: str
    seconds: dict[str, list[float]] = field(default_factory=lambda: {"cold": [], "warm": []})


def ours(address: str) -> list[Visit]:
    """One visit of each way to start."""
    return [Visit(way, address, _RUN_OURS) for way in WAYS]


@contextmanager
def bare_page() -> Iterator[Path]:
    """A folder with the least page that runs the snippet with the same Pyodide."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "vendor").symlink_to(places.BUILT_SITE / "vendor")
        (place / "index.html").write_text(_BARE_PAGE)
        (place / "worker.mjs").write_text(_BARE_WORKER % json.dumps(source("softmax", "softmax")))
        yield place


def bare(address: str) -> Visit:
    """A visit of that page."""
    return Visit("bare", address, _RUN_BARE)


def source(page: str, cell: str) -> str:
    """Read a cell's source out of the built page."""
    _, _, rest = (places.BUILT_SITE / page / "index.html").read_text().partition(f'<py-cell id="{cell}"')
    _, found, program = rest.partition('data-part="program">')
    if not found:
        raise ToolError(f"build/site/{page} has no cell {cell!r}; run: make build")
    text: str = json.loads(program.partition("</template>")[0])["source"]
    return text


def new_context(chromium: Browser) -> BrowserContext:
    """A browser that knows nothing. What a service worker fetches to keep is no part of a visit."""
    return chromium.new_context(service_workers="block")


def open_page(context: BrowserContext, visit: Visit) -> Page:
    """A page of a visit, in which nothing has been run."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(visit.address, wait_until="networkidle")
    return page


def _measure(context: BrowserContext, visit: Visit, before: str = "") -> tuple[float, str]:
    page = open_page(context, visit)
    if before:
        page.evaluate(before)
    result = page.evaluate(visit.script, visit.name)
    page.close()
    return result["milliseconds"] / 1000, result["text"].strip()


def time_starts(chromium: Browser, visits: list[Visit], rounds: int) -> None:
    """Let the ways take turns; each round begins with another."""
    with bar(f"{rounds} rounds of {len(visits)} ways to start") as advance:
        for number in range(rounds):
            texts = set()
            for visit in visits if number % 2 else reversed(visits):
                context = new_context(chromium)
                context.add_init_script(_AT_ONCE)
                for kind in ("cold", "warm"):
                    taken, text = _measure(context, visit)
                    visit.seconds[kind].append(taken)
                    texts.add((kind, text))
                context.close()
                if visit.name == WAYS[0]:
                    context = new_context(chromium)
                    visit.seconds.setdefault("read", []).append(_measure(context, visit, _READ)[0])
                    context.close()
            if len({text for _, text in texts}) != 1:
                raise ToolError(f"the pages printed different things: {texts}")
            advance(number + 1, rounds)


@dataclass(frozen=True)
class Size:
    """What was fetched: files, their bytes as they stand, and as a host sends them that compresses."""

    files: int
    stored: int
    packed: int


def first_visit(chromium: Browser, address: str, visit: Visit) -> dict[str, Size]:
    """Say what a first visit fetches before Python, and until the first result."""
    opened = _asked_for(chromium, address, visit, runs=False)
    before = [url for url in opened if not url.removeprefix(address).startswith(_PYTHON)]
    until = sorted({url for url in _asked_for(chromium, address, visit, runs=True) if "rest.zst" not in url})
    if os.environ.get("VERBOSE"):
        for url in sorted(set(before)):
            size = _size([url], address)
            say(f"{size.packed:9,} {size.stored:9,} {url.removeprefix(address)}")
    return {"before Python": _size(before, address), f"to the first result, {visit.name}": _size(until, address)}


def _asked_for(chromium: Browser, address: str, visit: Visit, *, runs: bool) -> list[str]:
    """All that a page makes ready; or what it fetches, of Python by one way alone, until the first result."""
    context = new_context(chromium)
    urls: list[str] = []
    context.on("request", lambda request: urls.append(request.url) if request.url.startswith(address) else None)
    if runs:
        context.add_init_script(_AT_ONCE)
    page = open_page(context, visit)
    if runs:
        page.evaluate(visit.script, visit.name)
    context.close()
    return urls


def _size(urls: list[str], address: str) -> Size:
    base = urlsplit(address).path
    paths = set()
    for url in urls:
        path = places.BUILT_SITE / unquote(urlsplit(url).path).removeprefix(base)
        paths.add(path / "index.html" if path.is_dir() else path)
    there = [path for path in paths if path.is_file()]
    return Size(len(there), sum(path.stat().st_size for path in there), sum(map(_compressed, there)))


def _compressed(path: Path) -> int:
    content = path.read_bytes()
    return min(len(content), len(gzip.compress(content, 6)))

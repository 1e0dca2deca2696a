"""`make bench`: what a visit costs, beside a bare Pyodide page in the same run.

Trust the ratios, not the seconds: the pages take turns, so that a busy machine slows all of them.
"""

import gzip
import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from rich.table import Table

from tools import browser, places
from tools.build import build_pages
from tools.errors import ToolError, command
from tools.progress import bar, console, say
from tools.static_server import serving

_MOUNT = "/primer-site/"
_PATIENCE = 120_000  # milliseconds for one start on a slow machine

_BARE_PAGE = """<!doctype html>
<html lang="en"><title>Bare Pyodide</title>
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
_RERUN_BARE = """async (times) => {
  const taken = [];
  for (let i = 0; i < times; i++) {
    const started = performance.now();
    await new Promise((resolve) => {
      worker.onmessage = resolve;
      worker.postMessage("");
    });
    taken.push(performance.now() - started);
  }
  return taken;
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
_RERUN_OURS = """async (times) => {
  const cell = document.querySelector("py-cell#softmax");
  const taken = [];
  for (let i = 0; i < times; i++) {
    const started = performance.now();
    await cell.run();
    taken.push(performance.now() - started);
    await new Promise((resolve) => setTimeout(resolve, 100)); // what reads from it follows
  }
  return taken;
}"""
_SLIDE = """async (times) => {
  const cell = document.querySelector("py-cell#softmax");
  cell.scrollIntoView({ block: "center" });
  const slider = cell.querySelector("input[name=duck]");
  const output = cell.querySelector("[data-part=output]");
  const taken = [];
  for (let i = 0; i < times; i++) {
    const shown = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        resolve();
      });
      observer.observe(output, { childList: true, subtree: true, characterData: true });
    });
    const started = performance.now();
    slider.value = String((i % 50) / 10); // where each step changes what is printed
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await shown;
    taken.push(performance.now() - started);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  return taken;
}"""
_PYTHON = ("vendor/pyodide/", "vendor/start/", "vendor/worker.mjs", "vendor/python.zip", "vendor/manifest.json")
"""What is fetched for Python, whenever it is."""

_WAYS = ("snapshot", "bytecode", "plain")
_GOALS = {"cold": 0.25, "warm": 0.20}


@dataclass
class Visit:
    """What one way of starting took: seconds of each round, by kind of visit."""

    name: str
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
    result = page.evaluate(visit.script, visit.name)
    page.close()
    return result["milliseconds"] / 1000, result["text"].strip()


def _times(chromium: Browser, visits: list[Visit], rounds: int) -> None:
    """Let the ways take turns; each round begins with another, in a browser that knows nothing."""
    with bar(f"{rounds} rounds of {len(visits)} ways to start") as advance:
        for number in range(rounds):
            texts = set()
            for visit in visits if number % 2 else reversed(visits):
                context = chromium.new_context()
                context.add_init_script("delete window.requestIdleCallback")  # nothing is to be fetched ahead
                for kind, seconds in visit.seconds.items():
                    taken, text = _measure(context, visit)
                    seconds.append(taken)
                    texts.add((kind, text))
                context.close()
            if len({text for _, text in texts}) != 1:
                raise ToolError(f"the pages printed different things: {texts}")
            advance(number + 1, rounds)


def _hot(chromium: Browser, ours: Visit, bare: Visit, times: int) -> dict[str, list[float]]:
    """Milliseconds of what a reader does again and again, beside the same code in bare Pyodide."""
    taken: dict[str, list[float]] = {"slider": [], "rerun": [], "bare": []}
    context = chromium.new_context()
    pages = {}
    for visit in (ours, bare):
        pages[visit.name] = page = context.new_page()
        page.set_default_timeout(_PATIENCE)
        page.goto(visit.address, wait_until="networkidle")
        page.evaluate(visit.script, visit.name)
    site, other = pages[ours.name], pages[bare.name]
    with bar(f"{times} times the same again"):
        for _ in range(4):  # taking turns; the first few runs of each warm the engine
            for key, page, script in (
                ("rerun", site, _RERUN_OURS),
                ("bare", other, _RERUN_BARE),
                ("slider", site, _SLIDE),
            ):
                page.bring_to_front()
                taken[key] += page.evaluate(script, 5 + times // 4)[5:]
    context.close()
    return taken


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
    """Say what a first visit fetches before Python, and what for Python until the first result."""
    context = chromium.new_context()
    context.add_init_script("delete window.requestIdleCallback")
    urls: list[str] = []
    context.on("request", lambda request: urls.append(request.url) if request.url.startswith(address) else None)
    page: Page = context.new_page()
    page.set_default_timeout(_PATIENCE)
    page.goto(visit.address, wait_until="networkidle")
    before = [url for url in urls if not url.removeprefix(address).startswith(_PYTHON)]
    page.evaluate(visit.script, visit.name)
    until = sorted({url for url in urls if "-rest" not in url} - set(before))
    context.close()
    if os.environ.get("VERBOSE"):
        for url in sorted(set(before)):
            _, stored, packed = _transfer([url], address)
            say(f"{packed:9,} {stored:9,} {url.removeprefix(address)}")
    return {
        "before Python": _transfer(before, address),
        f"to the first result, {visit.name}": _transfer(until, address),
    }


def _row(table: Table, *cells: str, goal: bool | None = None) -> None:
    table.add_row(*cells, style="" if goal is None else "green" if goal else "red")


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, round(share * (len(values) - 1)))]


def _table(
    bare: Visit,
    visits: list[Visit],
    sizes: dict[str, tuple[int, int, int]],
    hot: dict[str, list[float]],
    build: tuple[float, int],
) -> Table:
    """Everything that was measured, with the goal where there is one."""
    table = Table(title="What a visit costs (medians; least to most)")
    for heading in ("what", "this site", "bare Pyodide", "ratio or size", "goal"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for kind, goal in _GOALS.items():
        base = median(bare.seconds[kind])
        for visit in visits:
            taken = visit.seconds[kind]
            ratio = median(taken) / base
            _row(
                table,
                f"Run to first result, {kind}, {visit.name}",
                f"{median(taken):.2f} s ({min(taken):.2f} to {max(taken):.2f})",
                f"{base:.2f} s ({min(bare.seconds[kind]):.2f} to {max(bare.seconds[kind]):.2f})",
                f"{ratio:.2f}",
                f"≤ {goal:.2f}" if visit.name == "snapshot" else "",
                goal=ratio <= goal if visit.name == "snapshot" else None,
            )
    for name, (count, stored, packed) in sizes.items():
        limit = 250e3 if name == "before Python" else 8e6 if "bytecode" in name else None
        size = f"{packed / 1e3:.0f} kB" if packed < 1e6 else f"{packed / 1e6:.2f} MB"
        goal_text = "" if limit is None else f"≤ {limit / 1e3:.0f} kB" if limit < 1e6 else f"≤ {limit / 1e6:.0f} MB"
        label = f"gzip, {name} ({count} files)"
        _row(
            table,
            label,
            f"{stored / 1e6:.2f} MB stored",
            "",
            size,
            goal_text,
            goal=None if limit is None else packed <= limit,
        )
    for share in (0.5, 0.95):
        value = _percentile(hot["slider"], share)
        _row(table, f"slider to new output, p{share * 100:.0f}", f"{value:.1f} ms", "", "", "≤ 16 ms", goal=value <= 16)
    rerun, other = median(hot["rerun"]), median(hot["bare"])
    ratio = rerun / other
    _row(table, "a cell again", f"{rerun:.1f} ms", f"{other:.1f} ms", f"{ratio:.2f}", "≤ 3", goal=ratio <= 3)
    seconds, pages = build
    _row(table, f"build of {pages} pages", f"{seconds:.1f} s", "", f"{seconds / pages:.2f} s a page", "")
    return table


def _build() -> tuple[float, int]:
    """Build the pages into a folder that is thrown away; give the seconds and how many pages there are."""
    with tempfile.TemporaryDirectory(dir=places.BUILD) as folder:
        site = Path(folder) / "site"
        started = time.monotonic()
        build_pages(places.ROOT / "mkdocs.yml", site)
        return time.monotonic() - started, sum(1 for _ in site.rglob("index.html"))


def main() -> None:
    """Print the table; ROUNDS says how often each page starts."""
    rounds = int(os.environ.get("ROUNDS") or "5")
    executable = browser.obtain()
    with ExitStack() as stack:
        site = stack.enter_context(serving(places.BUILT_SITE, _MOUNT))
        ours = [Visit(way, f"{site}softmax/", _RUN_OURS) for way in _WAYS]
        bare = Visit("bare", stack.enter_context(_bare()), _RUN_BARE)
        build = _build()
        playwright = stack.enter_context(sync_playwright())
        chromium = playwright.chromium.launch(executable_path=str(executable), args=list(browser.FLAGS))
        sizes: dict[str, tuple[int, int, int]] = {}
        for visit in ours:
            sizes |= _first_visit(chromium, site, visit)
        _times(chromium, [bare, *ours], rounds)
        hot = _hot(chromium, ours[0], bare, 60)
        chromium.close()
    console.print(_table(bare, ours, sizes, hot, build))


if __name__ == "__main__":
    command(main)

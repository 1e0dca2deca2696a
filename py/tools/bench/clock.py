"""The reader's clock: from the start of navigation to the painted result, on a first visit and on the next.

A fresh profile on disk, a host that compresses and lets browsers keep for ten minutes what it sent, the service worker
on. Run is pressed from within the page when the browser tells that it has painted it (and once more when the page's
script is there, should it not have heard), by observers: a page that looks again and again has less time for its work.
A warm visit is a new process of the browser with the profile of the first visit, after all was kept. Bare Pyodide
begins as soon as its page is there, on a host of the same kind, in the same rounds.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright

from tools.base import places
from tools.base.progress import bar
from tools.bench import visits
from tools.fetch import browser
from tools.serving.slow_link import Link, slowed
from tools.serving.static_server import serving

LINKS = {"localhost": None, "50 ms, 20 Mbit/s": Link(round_trip=50, megabits=20)}
KINDS = ("cold", "warm")
_SENT = {"Cache-Control": "max-age=600"}
_PAINTED = """
  const shown = () => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (clock.painted = performance.now());
    port2.postMessage("");
  });
  const clock = (globalThis.readersClock = {});
"""
_OURS = f"""(() => {{
  if (globalThis !== top) return; // Python's frame has nothing to press
  {_PAINTED}
  const cell = () => document.querySelector("py-cell#softmax");
  const press = () => {{
    const button = cell()?.querySelector("[data-action=run]");
    if (!button) return requestAnimationFrame(press);
    clock.pressed ??= performance.now();
    button.click();
  }};
  new PerformanceObserver((seen) => {{
    if (seen.getEntriesByName("first-contentful-paint").length > 0) press();
  }}).observe({{ type: "paint", buffered: true }});
  customElements.whenDefined("py-cell").then(() => setTimeout(() => {{
    if (clock.pressed && cell().getAttribute("state") === "static") press();
  }}));
  const states = new MutationObserver(() => {{
    if (cell()?.getAttribute("state") !== "done") return;
    states.disconnect();
    clock.done = performance.now();
    shown();
  }});
  states.observe(document, {{ subtree: true, attributeFilter: ["state"] }});
}})()"""
_BARE = f"""(() => {{{_PAINTED}
  const go = () => {{
    if (!globalThis.start) return setTimeout(go, 1);
    start().then((text) => {{
      document.body.textContent = text;
      shown();
    }});
  }};
  go();
}})()"""
_TOLD = """() => new Promise((resolve) => {
  const wait = () => (globalThis.readersClock?.painted ? tell() : setTimeout(wait, 20));
  const tell = () => {
    const [visit] = performance.getEntriesByType("navigation");
    const { painted, pressed, done } = readersClock;
    const came = [visit, ...performance.getEntriesByType("resource")].filter((file) => file.responseEnd <= painted);
    const python = came.filter(({ name }) => /vendor\\/(pyodide|start)\\//.test(name));
    const marks = performance.getEntriesByType("mark").filter(({ name }) => name.startsWith("python "));
    resolve({
      painted,
      bytes: came.reduce((sum, { transferSize }) => sum + transferSize, 0),
      parts: {
        "the page's HTML": visit.responseEnd,
        "first paint": performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
        "Run pressed": pressed,
        "files of Python": Math.max(0, ...python.map(({ responseEnd }) => responseEnd)),
        ...Object.fromEntries(marks.map(({ name, startTime }) => [name, startTime])),
        "first run": done,
        painted,
      },
    });
  };
  wait();
})"""
"""By then the page's load may still go on."""


@dataclass
class Clock:
    """One kind of visit over one link: seconds of each round, ours and bare; of the last, bytes, way and parts."""

    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    n_bytes: int = 0
    way: str = ""
    parts: dict[str, float] = field(default_factory=dict)


@contextmanager
def _visit(playwright: Playwright, profile: str, address: str, script: str) -> Iterator[tuple[Any, str, Any]]:
    """A visit in a new process of the browser: what the clock says, Python's way, and the page."""
    options = {"executable_path": str(browser.obtain()), "args": list(browser.FLAGS)}
    context = playwright.chromium.launch_persistent_context(profile, **options)  # type: ignore[arg-type]
    try:
        context.add_init_script(script)
        page = context.pages[0]
        page.set_default_timeout(visits.PATIENCE)
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        time.sleep(0.5)  # a browser that has just begun has work of its own
        page.goto(address, wait_until="commit")
        told = page.evaluate(_TOLD)
        yield told, next((line.split()[3] for line in said if line.startswith("Python started from")), ""), page
    finally:
        context.close()


def measured(playwright: Playwright, rounds: int, bare_folder: Path) -> dict[tuple[str, str], Clock]:
    """Let both pages take turns, cold and warm, over each link; by link and kind of visit."""
    clocks = {(link, kind): Clock() for link in LINKS for kind in KINDS}
    with ExitStack() as stack, bar(f"the reader's clock, {rounds} rounds") as advance:
        site = stack.enter_context(serving(places.BUILT_SITE, "/primer-site/", compresses=True, headers=_SENT))
        bare = stack.enter_context(serving(bare_folder, compresses=True, headers=_SENT))
        ways = {name: [f"{site}softmax/", bare] for name in LINKS}
        for name, link in LINKS.items():
            if link:
                ways[name] = [stack.enter_context(slowed(address, link)) for address in ways[name]]
        for number in range(rounds):
            for name, (ours, other) in ways.items():
                with tempfile.TemporaryDirectory() as mine, tempfile.TemporaryDirectory() as theirs:
                    for kind in KINDS:
                        clock = clocks[name, kind]
                        with _visit(playwright, mine, ours, _OURS) as (told, way, page):
                            clock.ours.append(told["painted"] / 1000)
                            clock.n_bytes, clock.way, clock.parts = told["bytes"], way, told["parts"]
                            page.wait_for_selector("html[data-offline=ready]", state="attached")
                        with _visit(playwright, theirs, other, _BARE) as (told, _, _):
                            clock.bare.append(told["painted"] / 1000)
            advance(number + 1, rounds)
    return clocks

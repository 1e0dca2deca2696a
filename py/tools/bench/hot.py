"""What a reader does again and again, once Python is there: a cell once more, a slider moved."""

from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize

from tools.base.progress import bar
from tools.bench.visits import Visit, new_context, open_page
from tools.fetch import browser

_RERUN_BARE = """async (times) => {
  const taken = [];
  for (let i = 0; i < times; i++) {
    const started = performance.now();
    await new Promise((resolve) => {
      worker.onmessage = resolve;
      worker.postMessage("");
    });
    taken.push(performance.now() - started);
    await new Promise((resolve) => setTimeout(resolve, 100)); // as long as ours: a machine at rest is slower
  }
  return taken;
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
_UNCLOCKED = ("--disable-frame-rate-limit", "--disable-gpu-vsync")
"""No screen sets the pace; but while a picture is on its way, Chromium waits with the next: `Step.waiting`."""
_VIEWPORT: ViewportSize = {"width": 1440, "height": 900}
_SLIDERS = """() => [...document.querySelectorAll("py-cell input[type=range][name]")].map(
  (slider) => [slider.closest("py-cell").id, slider.name]
)"""
_WATCH = """(() => {
  const log = (globalThis.hot = { inputs: [], posts: [], results: [], changes: [] });
  const { postMessage } = MessagePort.prototype;
  const known = new WeakSet();
  MessagePort.prototype.postMessage = function (message, ...others) {
    if (message?.type === "run") log.posts.push(performance.now());
    if (message?.type === "run" && !known.has(this)) {
      known.add(this);
      this.addEventListener("message", ({ data, timeStamp: at }) => {
        for (const one of data.reports ?? [data]) {
          if (one.type === "result") log.results.push({ at, id: one.id, python: one.milliseconds });
          if (one.type === "values") log.results.push({ at, id: "numbers", python: 0 });
        }
      });
    }
    return postMessage.call(this, message, ...others);
  };
  addEventListener("input", ({ target }) => target.type === "range" && log.inputs.push(performance.now()), true);
  const shows = "[data-part=output], [data-part=error], [data-expr]";
  const isSeen = (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  log.look = () => {
    for (const element of document.querySelectorAll(shows)) element.isSeen = isSeen(element);
  };
  addEventListener("DOMContentLoaded", () => new MutationObserver((records) => {
    const isOne = ({ type, target }) => {
      const shown = (target.closest ? target : target.parentElement)?.closest(shows);
      return shown?.isSeen && !(type === "attributes" && shown === target);
    };
    if (!records.some(isOne)) return;
    const change = { at: performance.now(), framed: Infinity, painted: Infinity };
    log.changes.push(change);
    requestAnimationFrame(() => {
      change.framed = performance.now();
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        change.painted = performance.now();
        port1.close();
      };
      postMessage.call(port2, 0); // comes when this picture has been handed on to be drawn
    });
  }).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true }));
})()"""
_PLACE = """async ([id, name]) => {
  const cell = document.getElementById(id);
  for (let fold = cell.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  for (let i = 0; i < 2; i++) { // what comes into sight may be drawn for the first time, and move what is below it
    const { top, height } = cell.getBoundingClientRect();
    const { bottom } = document.querySelector(".md-header").getBoundingClientRect();
    const room = innerHeight - bottom;
    scrollBy({ top: top - bottom - Math.max(10, (room - height) / 2), behavior: "instant" });
    await pause(300);
  }
  hot.look();
  const { x, y, width, height } = cell.querySelector(`input[name="${name}"]`).getBoundingClientRect();
  return { x, y: y + height / 2, width };
}"""
"""The reader sees the whole cell, in the middle; where it is higher than the window, from its top on."""
_PAINTED = """async () => {
  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const { inputs: [from], posts, changes, results } = hot;
  for (const until = performance.now() + 1000; from && performance.now() < until; await pause(20)) {
    const painted = Math.max(0, ...changes.map(({ painted }) => painted));
    if (results.length > 0 && painted > results.at(-1).at && performance.now() - painted > 80) break;
  }
  const step = {
    posted: posts.at(-1) - from,
    changes: changes.filter(({ painted }) => painted < Infinity),
    results: [...results],
  };
  for (const one of [...step.changes, ...step.results]) one.at -= from;
  for (const one of step.changes) {
    one.framed -= from;
    one.painted -= from;
  }
  for (const list of [hot.inputs, posts, changes, results]) list.length = 0;
  return step;
}"""
"""What one step came to; the next is made when nothing has changed for a moment."""


@dataclass(frozen=True)
class Step:
    """Milliseconds from an input event to the paint of all that it changed in sight, and what they are made of."""

    whole: float
    page: float
    """Until the page has written the code and asked Python."""
    python: dict[str, float]
    """In the cells that had run by then."""
    between: float
    """Plan, copies of values, JSON and messages."""
    drawing: float
    """From the last message to the last change of the page."""
    waiting: float
    """Until the browser begins the next picture: it makes no more than sixty a second while another is on its way."""
    painting: float
    """Style, layout and paint."""

    @property
    def work(self) -> float:
        """What is not waiting."""
        return self.whole - self.waiting


@dataclass(frozen=True)
class Slider:
    """A slider of a page and its steps."""

    page: str
    cell: str
    name: str
    steps: list[Step]

    @property
    def taken(self) -> list[float]:
        """Milliseconds of each step."""
        return [step.whole for step in self.steps]

    def parts(self) -> str:
        """What a median step is made of, in words."""
        cells = sorted({cell for step in self.steps for cell in step.python})
        ran = {cell: median(step.python.get(cell, 0) for step in self.steps) for cell in cells}
        told = ", ".join(f"{cell} {taken:.1f}" for cell, taken in ran.items() if taken >= 0.5)
        page, between, drawing, waiting, painting = (
            median(getattr(step, part) for step in self.steps)
            for part in ("page", "between", "drawing", "waiting", "painting")
        )
        half, most = (percentile([step.work for step in self.steps], share) for share in (0.5, 0.95))
        return (
            f"page {page:.1f}, Python {sum(ran.values()):.1f} ({told}), plan and messages {between:.1f}, "
            f"drawing {drawing:.1f}, waiting for the picture {waiting:.1f}, style to paint {painting:.1f}; "
            f"without the waiting {half:.1f} and {most:.1f}"
        )


def percentile(values: list[float], share: float) -> float:
    """The value that a share of all values does not exceed."""
    return sorted(values)[min(len(values) - 1, round(share * (len(values) - 1)))]


def rerun(chromium: Browser, ours: Visit, bare: Visit, times: int) -> tuple[list[float], list[float]]:
    """Milliseconds of a cell run once more, and of the same code in bare Pyodide, taking turns."""
    context = new_context(chromium)
    pages = {}
    for visit in (ours, bare):
        pages[visit.name] = open_page(context, visit)
        pages[visit.name].evaluate(visit.script, visit.name)
    taken: dict[str, list[float]] = {ours.name: [], bare.name: []}
    with bar("the same cell again"):
        for _ in range(4):  # the first few runs of each turn warm the engine
            for visit, script in ((ours, _RERUN_OURS), (bare, _RERUN_BARE)):
                pages[visit.name].bring_to_front()
                taken[visit.name] += pages[visit.name].evaluate(script, 5 + times // 4)[5:]
    context.close()
    return taken[ours.name], taken[bare.name]


def heaviest_sliders(chromium: Browser, address: str, pages: list[str], times: int) -> list[Slider]:
    """Of each page the slider whose steps take longest, moved by the mouse; none of a page that has none."""
    executable = browser.find()
    unclocked = chromium.browser_type.launch(executable_path=executable, args=[*browser.FLAGS, *_UNCLOCKED])
    found = [_heaviest(unclocked, address, name, times) for name in pages]
    unclocked.close()
    return [one for one in found if one]


def _heaviest(chromium: Browser, address: str, name: str, times: int) -> Slider | None:
    context = chromium.new_context(service_workers="block", viewport=_VIEWPORT)
    context.add_init_script(_WATCH)
    page = open_page(context, Visit(name, address + name, ""))
    found: list[tuple[str, str]] = page.evaluate(_SLIDERS)
    measured: list[Slider] = []
    with bar(f"{len(found)} sliders of /{name}"):
        for cell, slider in found:
            page.evaluate("id => document.getElementById(id).run()", cell)
            steps = _drag(page, cell, slider, 14)[5:]  # the engine compiles what is used
            if len(steps) > 4:
                measured.append(Slider(name, cell, slider, steps))
        heaviest = max(measured, key=lambda one: median(one.taken), default=None)
        if heaviest:
            heaviest = replace(heaviest, steps=_drag(page, heaviest.cell, heaviest.name, times))
    context.close()
    return heaviest


def _drag(page: Page, cell: str, name: str, times: int) -> list[Step]:
    """Drag a slider to and fro in the middle of its range. A step that changes nothing in sight is not counted."""
    place = page.evaluate(_PLACE, [cell, name])
    page.mouse.move(place["x"] + 0.5 * place["width"], place["y"])
    page.mouse.down()
    page.evaluate(_PAINTED)  # pressing it moves it, too
    steps = []
    for i in range(times):
        page.mouse.move(place["x"] + place["width"] * (0.3 + 0.4 * ((i * 7 + 3) % times) / times), place["y"])
        told = page.evaluate(_PAINTED)
        if told["changes"] and told["results"] and told["posted"]:
            steps.append(_step(**told))
    page.mouse.up()
    page.evaluate("id => document.getElementById(id).reset()", cell)
    page.wait_for_timeout(600)  # what is out of sight follows
    return steps


def _step(posted: float, changes: list[dict[str, float]], results: list[dict[str, Any]]) -> Step:
    changed, framed, painted = (max(one[when] for one in changes) for when in ("at", "framed", "painted"))
    before = [one for one in results if one["at"] <= changed]
    python = {one["id"]: one["python"] for one in before if one["python"]}
    drawing = changed - max((one["at"] for one in before), default=posted)
    between = changed - drawing - posted - sum(python.values())
    return Step(painted, posted, python, between, drawing, framed - changed, painted - framed)

"""What a reader does again and again, once Python is there: a cell once more, a slider moved."""

from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from tools.bench.visits import Visit, new_context, open_page
from tools.progress import bar

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
_SLIDERS = """() => [...document.querySelectorAll("py-cell input[type=range][name]")].map(
  (slider) => [slider.closest("py-cell").id, slider.name]
)"""
_SLIDE = """async ([id, name, times]) => {
  const cell = document.getElementById(id);
  cell.scrollIntoView({ block: "center" });
  const slider = cell.querySelector(`input[name="${name}"]`);
  const output = cell.querySelector("[data-part=output]");
  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const [low, high] = [Number(slider.min), Number(slider.max)];
  const taken = [];
  for (let i = 0; i < times; i++) {
    let observer;
    const shown = new Promise((resolve) => {
      const isOutput = ({ type, target }) => type !== "attributes" || target !== output; // "busy" is none
      observer = new MutationObserver((records) => records.some(isOutput) && resolve(true));
      observer.observe(output, { childList: true, subtree: true, characterData: true, attributes: true });
    });
    const started = performance.now();
    slider.value = String(low + (high - low) * (0.3 + 0.4 * ((i * 7) % times) / times));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    if (await Promise.race([shown, pause(1000)])) taken.push(performance.now() - started);
    observer.disconnect();
    await pause(60);
  }
  cell.reset();
  await pause(300);
  return taken;
}"""
"""A step that changes nothing that the cell shows is not counted."""


@dataclass(frozen=True)
class Slider:
    """A slider of a page and the milliseconds from each of its steps to the new output."""

    page: str
    cell: str
    name: str
    taken: list[float]


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


def heaviest_slider(chromium: Browser, address: str, name: str, times: int) -> Slider | None:
    """The slider of a page whose slow steps take longest; None if the page has none."""
    context = new_context(chromium)
    page: Page = open_page(context, Visit(name, address + name, ""))
    found: list[tuple[str, str]] = page.evaluate(_SLIDERS)
    measured = []
    with bar(f"{len(found)} sliders of /{name}"):
        for number, (cell, slider) in enumerate(found):
            page.evaluate("id => document.getElementById(id).run()", cell)
            page.evaluate(_SLIDE, [cell, slider, 10 if number else times])  # the engine compiles what is used
            taken = page.evaluate(_SLIDE, [cell, slider, times])
            if len(taken) > times // 2:
                measured.append(Slider(name, cell, slider, taken))
    context.close()
    return max(measured, key=lambda one: percentile(one.taken, 0.95), default=None)

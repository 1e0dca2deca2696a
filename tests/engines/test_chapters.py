"""Each page with cells, used from its first Run to a loop that is stopped, in each engine."""

import re
import time

import pytest

from processor import comes_to_rest
from tools.base import places

_PAGES = {
    file: html
    for file in sorted(places.BUILT_SITE.glob("**/index.html"))
    if re.search('<html[^>]* lang="en"', html := file.read_text(encoding="utf-8")) or file.parent.name == "softmax"
}
"""Of another language one page stands for all: its cells are the English ones."""


def _paths(mark: str) -> list[str]:
    """Give the pages with this in their HTML, as `make build` has left them."""
    found = [file for file, html in _PAGES.items() if re.search(mark, html)]
    return [f"{file.parent.relative_to(places.BUILT_SITE).as_posix()}/".removeprefix("./") for file in found]


def name(path: str) -> str:
    return path.rstrip("/") or "home"


cells = pytest.mark.parametrize("path", _paths("<py-cell"), ids=name, scope="module")
handles = pytest.mark.parametrize("path", _paths("data-drag="), ids=name, scope="module")

SLIDER = """[...document.querySelectorAll("py-cell")]
  .find((one) => one.querySelector("input[type=range]") && told(one.id))"""
"""The first cell with a slider and an output."""
LEAF = """(() => {
  const all = [...document.querySelectorAll("py-cell")];
  const reads = (other, one) => other !== one && other.built.reads.some((name) => one.built.defines.includes(name));
  const shown = all.filter((one) => part(one.id, "code").checkVisibility());
  return shown.find((one) => !all.some((other) => reads(other, one))) ?? shown[0];
})()"""
"""The first cell in sight that no other one reads from."""


def started(visit):
    """Have Python running on the page, whoever comes first."""
    if visit.ask("return document.documentElement.dataset.python") != "ready":
        visit.run(visit.ask(f"return {SLIDER}.id"))
    visit.reset_all()


@cells
def test_run_starts_python_and_says_what_the_build_said(visit, path):
    id = visit.ask(f"return {SLIDER}.id")
    built = visit.ask("return told(arguments_[0])", id)
    begun = time.monotonic()
    visit.run(id)
    visit.record(f"Run to first result, /{path}", f"{time.monotonic() - begun:.2f} s")
    way = visit.heard(r"Python started from (\w+) in (\d+) ms")
    assert way, "nothing said which way Python started"
    visit.record(f"Python's own start, /{path}", f"{way[1]} {int(way[2]) / 1000:.2f} s")
    assert visit.ask("return told(arguments_[0])", id) == built


@cells
def test_a_slider_is_moved_by_mouse_and_by_keys_and_code_and_output_follow(visit):
    started(visit)
    id, slider = visit.ask(f"const one = {SLIDER}; return [one.id, one.querySelector('input[type=range]').name]")
    control = f"cell('{id}').querySelector('input[type=range][name={slider}]')"
    state = f"return [{control}.value, cell('{id}').source, told('{id}')]"
    seen = [visit.ask(state)]
    for act in (
        lambda: visit.click(control, 0.8),
        lambda: visit.engine.press("ArrowLeft", "ArrowLeft"),
    ):
        act()
        visit.wait(f"{control}.value !== arguments_[0] && told('{id}') !== arguments_[1]", seen[-1][0], seen[-1][2])
        visit.wait(f"!cell('{id}').hasAttribute('stale')")
        visit.settled(id, "done")
        seen.append(visit.ask(state))
        value, source, _ = seen[-1]
        assert re.search(rf"(?m)^{slider} = {re.escape(value)}(\.0+|0*)? ", source), (
            f"{slider} is {value}, not in:\n{source}"
        )
    assert visit.ask("return document.activeElement.name") == slider


@cells
def test_what_is_typed_runs(visit):
    started(visit)
    id = visit.ask(f"return {LEAF}.id")
    visit.type_instead(id, "print(6 * 7, len([1, 2]))")
    visit.engine.press("Control+Enter")
    visit.wait("told(arguments_[0]).includes('42 2')", id)
    visit.settled(id, "done")


@cells
def test_an_error_is_told_at_its_cell_with_its_line(visit):
    started(visit)
    id = visit.ask(f"return {LEAF}.id")
    visit.type_instead(id, "1 + 1\nprint(dukc)")
    visit.engine.press("Control+Enter")
    visit.settled(id, "error")
    told = visit.ask("return part(arguments_[0], 'error').textContent", id)
    assert "NameError" in told
    assert re.search("(Line|Zeile) 2", told), told


@cells
def test_an_endless_loop_is_stopped_and_the_cell_runs_again(visit):
    started(visit)
    id = visit.ask(f"return {LEAF}.id")
    visit.type_instead(id, "while True: pass")
    visit.engine.press("Control+Enter")
    visit.wait("cell(arguments_[0]).getAttribute('state') === 'running'", id)
    visit.click(f"cell('{id}').querySelector('[data-action=stop]')")
    visit.settled(id, "stopped")
    begun = time.monotonic()
    visit.type_instead(id, "print(6 * 7)")
    visit.run(id)
    visit.wait("told(arguments_[0]).includes('42')", id)
    visit.record("Stop to next result", f"{time.monotonic() - begun:.2f} s")
    comes_to_rest()


@handles
def test_a_handle_is_dragged_by_mouse_and_moved_by_keys(visit):
    started(visit)
    visit.wait("document.querySelector('[data-drag][role=slider]')?.checkVisibility()")
    handle = "document.querySelector('[data-drag][role=slider]')"
    text = f"return {handle}.getAttribute('aria-valuetext')"
    grip = f"({handle}.querySelector('.knob') ?? {handle})"
    before = visit.ask(text)
    x, y = visit.place(grip)
    visit.engine.pointer(("move", x, y), ("down",), ("move", x + 10, y - 10), ("move", x + 30, y - 25), ("up",))
    visit.wait(f"{handle}.getAttribute('aria-valuetext') !== arguments_[0]", before)
    dragged = visit.ask(text)
    assert visit.ask(f"return document.activeElement === {handle}")
    visit.engine.press("ArrowLeft")
    visit.wait(f"{handle}.getAttribute('aria-valuetext') !== arguments_[0]", dragged)
    id = visit.ask(f"return {handle}.closest('py-cell').id")
    visit.settled(id, "done")
    assert visit.ask(f"return document.activeElement === {handle}")


@cells
def test_nothing_is_wider_than_a_telephone(visit):
    visit.engine.resize(390, 844)
    visit.wait("innerWidth === 390")
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert visit.ask(f"await new Promise(requestAnimationFrame); return {wider}") == 0
    visit.engine.resize(1280, 900)

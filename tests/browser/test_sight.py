"""What the reader sees follows a slider first; what is out of sight follows when the hand rests, and ends the same."""

import numpy as np

from at_once import expect
from cells_in_page import PYTHON_STARTS, cell, drag, output

WATCH = """([number, seen]) => {
  document.querySelector(seen).scrollIntoView({ block: "center", behavior: "instant" });
  window.unwatch?.();
  const told = (window.told = []);
  const hear = ({ detail }) => told.push(detail.id);
  document.addEventListener("cell-run", hear);
  const observer = new MutationObserver(() => told.push("number"));
  observer.observe(document.querySelector(number), { childList: true });
  window.unwatch = () => (document.removeEventListener("cell-run", hear), observer.disconnect());
}"""
STEPS = """async (values) => {
  const slider = document.querySelector("py-cell#softmax input[name=duck]");
  for (const value of values) {
    slider.value = value;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }
}"""
UNSETTLED = "html[data-behind], py-cell[stale], py-cell[state=running], py-cell[state=queued], [data-undrawn]"


def watched(page, number, seen):
    """Scroll to a place, and write down from now on which cells have run and when a number has changed."""
    drag(page, "softmax", "duck", 1.0)  # all of the page has run once
    expect(page.locator(UNSETTLED)).to_have_count(0, timeout=PYTHON_STARTS)
    page.evaluate(WATCH, [f"[data-expr='{number}']", seen])
    page.wait_for_function(
        "() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(true))))"
    )


def settled_told(page):
    expect(page.locator(UNSETTLED)).to_have_count(0, timeout=PYTHON_STARTS)
    return page.evaluate("() => told")


def test_what_is_in_sight_is_computed_and_told_before_what_is_not_and_all_of_it_follows(warm):
    watched(warm, "total:.3f", "py-cell#temperatures")
    warm.evaluate(STEPS, ["2.5"])
    told = settled_told(warm)
    seen = {"softmax", "temperature", "temperatures"}  # the one that moved, and what stands there
    first = told[: max(map(told.index, seen)) + 1]
    assert not {"chart", "steps", "formula", "squash", "columns-check"} & set(first), told
    assert {"chart", "steps", "formula", "squash", "columns-check", "number"} <= set(told), "out of sight, and followed"
    probabilities = np.exp([2.5, 1, -1]) / np.exp([2.5, 1, -1]).sum()
    expect(output(warm, "softmax")).to_contain_text(f"P(duck) = {probabilities[0]:.4f}")
    shown = output(warm, "chart").locator("figure[role=img]").get_attribute("aria-label")
    assert f"duck {probabilities[0]:.4f}" in shown


def test_a_number_in_sight_comes_before_the_cells_that_are_not(warm):
    watched(warm, "total:.3f", "[data-expr='total:.3f']")
    warm.evaluate(STEPS, ["-1.5"])
    told = settled_told(warm)
    assert told.index("number") < told.index("columns-check"), told
    total = np.exp([-1.5, 1, -1]).sum()
    expect(warm.locator("[data-expr='total:.3f']").first).to_have_text(f"{total:.3f}")


STEADY = """async (values) => {
  const slider = document.querySelector("py-cell#softmax input[name=duck]");
  for (const value of values) {
    const come = new Promise((resolve) =>
      document.addEventListener("cell-run", function hear({ detail }) {
        if (detail.id !== "temperatures") return;
        document.removeEventListener("cell-run", hear);
        resolve();
      }),
    );
    slider.value = value;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await come;
  }
}"""
"""A hand that moves on when it sees what came of its last step, however long that takes."""


def test_a_quick_drag_leaves_out_what_nobody_sees_and_ends_everywhere_with_its_last_value(warm):
    watched(warm, "total:.3f", "py-cell#temperatures")
    values = [f"{value:.1f}" for value in np.linspace(-3, 3.5, 20)]
    warm.evaluate(STEADY, values)
    told = settled_told(warm)
    assert told.count("temperatures") >= len(values)
    assert told.count("chart") < len(values) / 2, "it stands above, and followed when the hand rested"
    probabilities = np.exp([3.5, 1, -1]) / np.exp([3.5, 1, -1]).sum()
    expect(output(warm, "softmax")).to_contain_text(f"P(duck) = {probabilities[0]:.4f}")
    expect(output(warm, "shift")).to_contain_text(f"{probabilities[0]:.4f}")
    expect(cell(warm, "columns-check")).to_have_attribute("state", "done")


def test_run_waits_for_no_hand_to_rest(warm):
    watched(warm, "total:.3f", "py-cell#softmax")
    assert warm.evaluate("async () => (await document.querySelector('py-cell#softmax').run()).length") > 0
    told = settled_told(warm)
    assert told[:3] == ["softmax", "chart", "steps"], "in the order of the page"


STATES = """() => {
  window.batches = [];
  new MutationObserver((records) => batches.push(records.map(({ target }) => target.id || "page"))).observe(
    document, { subtree: true, attributeFilter: ["state", "data-behind"] },
  );
}"""


def test_what_is_written_with_what_the_reader_waits_for_is_in_sight_and_until_all_follows_the_page_is_behind(warm):
    watched(warm, "total:.3f", "py-cell#softmax")
    warm.evaluate(STATES)
    warm.evaluate(STEPS, ["2.5"])
    settled_told(warm)
    batches = warm.evaluate("() => batches")
    assert "page" in batches[0], "it is behind from the input on"
    assert batches[-1][-1] == "page", "and then is no more"
    written = [set(batch) for batch in batches if "softmax" in batch]
    assert written
    assert not {"formula", "squash", "temperatures", "columns-check"} & set.union(*written), batches
    assert any("columns-check" in batch for batch in batches), "it is told in the end"


def test_while_a_control_moves_nothing_fades(warm):
    """A transition, even one that waits, has the browser draw more pictures, and the result waits for them."""
    drag(warm, "softmax", "duck", 1.0)
    expect(warm.locator(UNSETTLED)).to_have_count(0, timeout=PYTHON_STARTS)
    warm.evaluate("""() => {
        globalThis.fading = [];
        document.addEventListener("transitionrun", ({ target, propertyName }) => {
            if (target.closest("py-cell")) fading.push(`${target.dataset.part} ${propertyName}`);
        });
    }""")
    warm.evaluate(STEPS, ["0.5", "1.5", "2.5"])
    expect(warm.locator(UNSETTLED)).to_have_count(0, timeout=PYTHON_STARTS)
    assert warm.evaluate("() => fading") == []

"""What is told to who hears a page: once for each act, at its end, and nothing of what merely follows.

The log counts every change of a live region. Before, a moved slider told 24 messages, none of its own cell.
"""

import pytest

from at_once import expect
from cells_in_page import button, cell, enter, run, settings, settled, source, spoken, start, status, type_instead
from voice import heard, listen, until_quiet, until_told

LIVE = "[aria-live], [role=status], [role=alert], [role=log], [role=timer]"


def test_a_page_has_one_live_region_and_it_outlives_instant_navigation(page):
    for address in ("./", "softmax/", "cross-entropy/", "train-your-dog/", "dog-stream/"):
        page.goto(address)
        expect(page.locator("[data-part=announcer]")).to_have_count(1)
        expect(page.locator(LIVE)).to_have_count(1)
    page.goto("softmax/")
    page.locator("[data-part=announcer]").evaluate("(node) => (node.dataset.same = '')")
    page.locator(".ending a").click()
    expect(page.locator("h1")).to_contain_text("How wrong is it")
    expect(page.locator("[data-part=announcer][data-same]")).to_have_count(1)


def test_a_moved_slider_tells_its_own_result_once_and_how_many_follow(page):
    page.goto("softmax/")
    listen(page)
    run(page, "softmax")
    until_told(page, "sum = 1.0000")
    until_quiet(page)
    slider = cell(page, "softmax").locator("input[name=duck]")
    slider.evaluate(  # step by step in the page: a busy machine makes no pause between two steps
        """async (slider) => { for (let step = 0; step < 5; step++) {
          slider.stepUp();
          slider.dispatchEvent(new Event("input", { bubbles: true }));
          await new Promise(requestAnimationFrame);
        } }"""
    )
    told = until_quiet(page)
    assert len(told) == 1, told
    (words,) = told
    assert words.startswith("P(duck) = 0.7979, P(dog) = 0.1780, P(cat) = 0.0241, sum = 1.0000; 1"), words
    assert words.endswith(" others follow."), words


def test_a_chart_is_told_by_its_label(page):
    page.goto("./")
    run(page, "scores")
    listen(page)
    cell(page, "scores").locator("input[type=range]").first.press("ArrowRight")
    (words,) = until_quiet(page)
    assert words.startswith("Bar chart of probability, axis from 0 to 1: duck 0.7257"), words


def test_an_error_is_told_once_with_its_line_and_so_is_its_mending(warm):
    listen(warm)
    good = source(warm, "softmax")
    start(warm, "softmax", f"{good}\nprint(dukc)")
    (words,) = until_quiet(warm)
    assert "NameError: name 'dukc' is not defined." in words, words
    assert "Did you mean 'duck'?" in words, words
    assert words.startswith("Line "), words
    assert "others wait for it" in words, words
    start(warm, "softmax", good)
    (words,) = until_quiet(warm)
    assert words.startswith("P(duck) = 0.7054"), words


def test_a_run_changes_the_words_beside_each_cell_once_or_twice_and_floods_nobody(warm):
    """Orca drops what a live region tells while more than 50 changes wait for it."""
    warm.evaluate(
        """() => {
          window.changes = {};
          window.watcher = new MutationObserver((seen) => {
            for (const { target } of seen) {
              const one = target instanceof Element ? target : target.parentElement;
              const id = one?.closest("[data-part=status]")?.closest("py-cell").id;
              if (id) window.changes[id] = (window.changes[id] ?? 0) + 1;
            }
          });
          window.watcher.observe(document.body, { childList: true, characterData: true, subtree: true });
        }"""
    )
    start(warm, "softmax", f"{source(warm, 'softmax')}\nprint(dukc)", "error")
    expect(warm.locator("py-cell[state=queued], py-cell[state=running]")).to_have_count(0)
    changes = warm.evaluate("() => { window.watcher.disconnect(); return window.changes; }")
    assert len(changes) > 10, "all that read from it say that they did not run"
    assert sum(changes.values()) < 3 * len(changes), changes


def test_an_error_in_a_cell_that_follows_is_named(warm):
    listen(warm)
    start(warm, "softmax", source(warm, "softmax").replace("import numpy as np", "import numpy as np\nfeather = 1"))
    until_quiet(warm)
    start(warm, "rounding", "print(feather)\nassert feather == 1, 'plucked'")
    assert until_quiet(warm) == ["1."]
    start(warm, "softmax", source(warm, "softmax").replace("feather = 1", "feather = 2"))
    (words,) = until_quiet(warm)
    assert words.startswith("P(duck) = 0.7054"), words
    assert "An error in “Rounded, cut, and as printed”: Line 2: AssertionError: plucked." in words, words


def test_stop_reset_and_undo_are_told_and_leave_the_focus_on_a_button(warm):
    listen(warm)
    start(warm, "rounding", "while True: pass")
    stop = button(warm, "rounding", "Stop")
    stop.focus()
    stop.press("Enter")
    settled(warm, "rounding", "stopped")
    assert until_quiet(warm) == ["Stopped."]
    expect(button(warm, "rounding", "Run")).to_be_focused()
    button(warm, "rounding", "Reset").press("Enter")
    (words,) = until_quiet(warm)
    assert words.startswith("Back to the original. "), words
    type_instead(warm, "rounding", "print(1)")
    button(warm, "rounding", "Reset").press("Enter")
    until_quiet(warm)
    undo = cell(warm, "rounding").get_by_role("button", name="Undo the reset")
    undo.press("Enter")
    expect(undo).to_have_count(0)
    expect(button(warm, "rounding", "Reset")).to_be_focused()
    assert until_quiet(warm) == ["Yours is back. 1."]


def test_a_check_is_told_as_its_verdict_and_keeps_quiet_when_another_cell_moves(warm):
    exercise = warm.locator('py-exercise[for="half-as-likely"]')
    listen(warm)
    exercise.get_by_role("button", name="Check", exact=True).click()
    assert until_quiet(warm) == ["The bird has no score yet: put a computation in place of the dots."]
    type_instead(warm, "half-as-likely", "bird = dog - np.log(2)")
    exercise.get_by_role("button", name="Check", exact=True).click()
    (words,) = until_quiet(warm)
    assert words.startswith("That is right."), words
    cell(warm, "softmax").locator("input[name=duck]").press("ArrowRight")
    (words,) = until_quiet(warm)
    assert words.startswith("P(duck) ="), words


def test_a_number_that_is_being_typed_is_never_written_over_and_its_refusal_is_told(warm):
    box = cell(warm, "softmax").locator("input[data-for=duck]")
    listen(warm)
    box.press("ControlOrMeta+a")
    box.press("9")
    (words,) = until_quiet(warm)  # 9 is a number, and has run
    assert words.startswith("P(duck) = 0.999"), words
    box.press("9")
    expect(box).to_have_value("99")
    expect(box).to_have_attribute("aria-invalid", "true")
    box.press("Tab")
    assert until_quiet(warm) == ["duck goes from -10 to 10; 99 was not taken."]
    expect(box).to_have_value("9.0")
    assert "duck = 9.0 " in source(warm, "softmax")


@pytest.mark.parametrize("typed", ["99", "-"])
def test_a_number_that_is_half_typed_stays_when_the_code_changes_elsewhere(page, typed):
    page.goto("softmax/")
    box = cell(page, "softmax").locator("input[data-for=duck]")
    expect(spoken(page)).to_be_attached()
    box.press("ControlOrMeta+a")
    box.press_sequentially(typed)
    expect(box).to_have_attribute("aria-invalid", "true")
    half = box.evaluate("(box) => [box.value, box.validity.badInput]")
    cell(page, "softmax").evaluate("(cell) => { cell.source = cell.source.replace(/duck = \\S+/, 'duck = 3.0'); }")
    expect(cell(page, "softmax").locator("input[name=duck]")).to_have_value("3")
    assert box.evaluate("(box) => [box.value, box.validity.badInput]") == half
    box.press("Tab")
    expect(box).to_have_value("3.0")


@pytest.mark.parametrize(("typed", "kept"), [("99999", "3600"), ("0", "30")])
def test_a_time_limit_that_is_not_taken_is_told(warm, typed, kept):
    listen(warm)
    box = settings(warm).locator("input[name=seconds]")
    enter(box, typed)
    (words,) = until_quiet(warm)
    assert words == f"The limit is 1 to 3600 seconds; {typed} was not taken. It is {kept} now."
    expect(box).to_have_value(kept)
    enter(box, "30")


def test_typing_and_what_becomes_stale_by_it_is_not_told(warm):
    listen(warm)
    type_instead(warm, "softmax", source(warm, "softmax").replace("duck = 2.0", "duck = 4.0"))
    expect(cell(warm, "chart")).to_have_attribute("stale", "")
    expect(status(warm, "chart")).to_contain_text("has changed and not run")
    assert heard(warm) == []

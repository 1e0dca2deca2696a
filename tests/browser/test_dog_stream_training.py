"""The training of the stream's network: paused, reloaded, broken off, run away, by keys and on a telephone."""

import re

import pytest

from at_once import expect
from cells_in_page import PYTHON_STARTS, settings
from lab_in_page import figure, lab, number, press, state
from stream_in_page import FIGURES, alert, button, open_page, part, put, reaches, said, stream

PRESSED_AT = """(share) => {
    const lab = document.querySelector("py-lab");
    return lab.querySelector("progress").value >= share && (lab.querySelector("[data-action=train]").click(), true);
}"""
"""The main button, at once: such a training is over before a message has come from here."""


@pytest.fixture
def fresh(page):
    return open_page(page)


@pytest.fixture
def short(fresh):
    """The page before a training of two epochs."""
    put(fresh, epochs=2, hidden=16)
    return fresh


def test_pause_keeps_what_was_learned_and_resume_goes_on_as_if_nothing_had_been(short):
    press(short, "Train")
    short.wait_for_function(PRESSED_AT, arg=0.2, timeout=PYTHON_STARTS)
    state(short, "paused")
    said(short, "what it learned is kept")
    held = short.evaluate("document.querySelector('py-lab progress').value")
    assert 0.2 <= held < 1
    press(short, "Resume", "trained")
    paused = {name: figure(short, name).inner_text() for name in FIGURES}
    press(short, "Reset", "idle")
    press(short, "Train", "trained")
    assert {name: figure(short, name).inner_text() for name in FIGURES} == paused


def test_after_a_reload_in_the_middle_it_goes_on_from_there(short):
    press(short, "Train")
    reaches(short, 0.55)
    short.reload()
    state(short, "paused")
    said(short, "what it had learned by step")
    assert short.evaluate("document.querySelector('py-lab progress').value") >= 0.5
    assert lab(short).locator("[name=epochs]").input_value() == "2"
    press(short, "Resume", "trained")
    assert number(short, "test-accuracy") > 0.8


def test_when_the_worker_dies_in_the_middle_a_fresh_one_goes_on_from_what_was_kept(fresh):
    put(fresh, epochs=3, hidden=16)
    press(fresh, "Train")
    reaches(fresh, 0.2)
    limit = settings(fresh).locator("input[name=seconds]")
    limit.fill("5")  # after so many seconds of silence it counts as dead
    limit.press("Tab")
    fresh.evaluate("document.querySelectorAll('iframe').forEach((frame) => frame.remove())")  # and Python with them
    said(fresh, "A fresh one goes on")
    limit.fill("60")  # on a busy machine it needs more than five to begin
    limit.press("Tab")
    state(fresh, "trained")
    assert number(fresh, "test-accuracy") > 0.85


def test_a_loss_that_runs_away_is_explained(fresh):
    put(fresh, learning_rate=100, hidden=16)
    press(fresh, "Train")
    expect(alert(fresh)).to_contain_text("The loss is no number any more", timeout=PYTHON_STARTS)
    state(fresh, "paused")
    expect(button(fresh, "Train")).to_be_disabled()
    press(fresh, "Reset")
    put(fresh, learning_rate=0.03, epochs=1)
    press(fresh, "Train", "trained")


def test_step_learns_from_one_batch_and_reset_can_be_taken_back(short):
    press(short, "Step")
    said(short, "Step 1: the loss of its batch was ")
    press(short, "Step")
    said(short, "Step 2: ")
    press(short, "Reset", "idle")
    expect(figure(short, "epoch")).to_have_text("–")
    press(short, "Bring it back", "paused")
    press(short, "Step")
    said(short, "Step 3: ")


WATCH = """() => {
  window.longest = window.frames = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
  }).observe({ entryTypes: ["longtask"] });
  const count = () => { window.frames += 1; requestAnimationFrame(count); };
  count();
}"""


def test_all_of_it_works_by_keyboard_and_the_page_stays_free_while_it_trains(short):
    """How free is measured, not asserted tightly: the machine that runs the tests may be busy with others."""
    short.evaluate(WATCH)
    button(short, "Train").focus()
    short.keyboard.press("Enter")
    state(short, "training")
    began = short.evaluate("[performance.now(), window.frames, (window.longest = 0)]")
    state(short, "trained")
    ended = short.evaluate("[performance.now(), window.frames, window.longest]")
    rate = 1000 * (ended[1] - began[1]) / (ended[0] - began[0])
    print(f"longest blocked {ended[2]:.0f} ms, {rate:.0f} frames a second")
    assert ended[1] > began[1] + 10, "frames were drawn in between"
    focused = "() => document.activeElement.closest('py-lab') !== null"
    assert short.evaluate(focused), "the focus stays in the lab when its button is switched off"
    button(short, "Start stream").focus()
    short.keyboard.press("Enter")
    state(short, "streaming")
    short.keyboard.press("Enter")
    state(short, "trained")
    slider = lab(short).get_by_role("slider", name=re.compile("Save a picture"))
    slider.focus()
    short.keyboard.press("End")
    expect(lab(short).locator(".setting .value")).to_have_text("1.00")


def test_on_a_phone_nothing_is_wider_than_the_page(phone):
    open_page(phone)
    put(phone, epochs=1, hidden=8)
    press(phone, "Train", "trained")
    stream(phone, 6)
    part(phone, "stream").locator(".strip button").first.click()
    expect(part(phone, "explanation")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_javascript_the_page_tells_the_story_with_its_numbers(plain):
    plain.goto("dog-stream/")
    expect(lab(plain)).to_contain_text("with JavaScript on")
    expect(plain.locator("py-cell#training [data-part=output]")).to_contain_text(
        re.compile(r"new photographs +0\.9[789]")
    )
    expect(plain.get_by_role("img", name=re.compile("Eight small grey photographs")).first).to_be_visible()

"""What labs tell who hears them, and where the focus goes when what had it goes."""

import re

import pytest

from at_once import expect
from cells_in_page import spoken
from lab_in_page import figure, lab, press
from voice import heard, listen, until_quiet


@pytest.fixture(scope="module")
def learned(long_visit):
    """One visit to the stream, in which a small network has learned for an epoch and pictures have come past."""
    page = long_visit
    page.goto("dog-stream/")
    lab(page).locator("details").first.evaluate("fold => (fold.open = true)")
    for name, value in (("epochs", 1), ("hidden", 16)):
        lab(page).locator(f"[name={name}]").fill(str(value))
    listen(page)
    press(page, "Train", "trained")
    return page


@pytest.fixture
def seen(learned):
    """The same, with the stream stopped and pictures on show."""
    if figure(learned, "seen").inner_text() == "–":
        press(learned, "Start stream")
        expect(lab(learned).locator(".strip button")).not_to_have_count(0)
        learned.wait_for_function("() => Number(document.querySelector('[data-figure=seen]').textContent) > 12")
        heard(learned)
        press(learned, "Stop stream")
        until_quiet(learned)
    listen(learned)
    return learned


def test_a_training_is_told_now_and_then_and_once_at_its_end(learned):
    until = "() => window.told.some((words) => words.startsWith('Trained. '))"
    learned.wait_for_function(until)
    words = heard(learned)
    assert len(words) <= 8, words
    assert sum(one.startswith("Trained. It names ") for one in words) == 1, words


def test_what_a_moved_threshold_comes_to_is_told_once(seen):
    slider = lab(seen).locator("input[name=threshold]")
    for _ in range(3):
        slider.press("ArrowRight")
    assert until_quiet(seen) == [lab(seen).locator("[data-part=tally]").inner_text()]


@pytest.mark.parametrize("way", ["Close", "Escape"])
def test_the_focus_goes_back_to_the_picture_that_was_looked_at(seen, way):
    one = lab(seen).locator(".strip button").first
    one.press("Enter")
    explanation = lab(seen).get_by_role("region", name="One picture, seen closely")
    expect(explanation).to_be_focused()
    expect(explanation.locator("thead th").first).to_have_text("kind")
    if way == "Close":
        explanation.get_by_role("button", name="Close").press("Enter")
    else:
        seen.keyboard.press("Escape")
    expect(explanation).not_to_be_visible()
    expect(one).to_be_focused()


def test_a_picture_with_the_focus_stays_while_others_come_past(seen):
    before = int(figure(seen, "seen").inner_text())
    press(seen, "Start stream")
    seen.evaluate("() => (window.held = document.querySelector('.strip button')).focus()")
    count = "Number(document.querySelector('[data-figure=seen]').textContent)"
    seen.wait_for_function(f"(before) => {count} > before + 20", arg=before)
    assert seen.evaluate("() => document.activeElement === window.held && window.held.isConnected")
    press(seen, "Stop stream", "trained")


def test_the_album_hands_the_focus_on_when_a_button_can_no_longer_be_pressed(seen):
    empty, undo = (lab(seen).get_by_role("button", name=name, exact=True) for name in ("Empty album", "Undo"))
    empty.press("Enter")
    expect(undo).to_be_focused()
    expect(spoken(seen)).to_contain_text("The album is empty. Undo brings")
    undo.press("Enter")
    expect(undo).to_be_disabled()
    expect(empty).to_be_focused()


def test_drawing_by_key_tells_the_pen_and_a_guess_that_is_new_and_no_list_of_numbers(seen):
    board = lab(seen).get_by_role("application", name=re.compile("Your picture"))
    board.focus()
    assert until_quiet(seen) == ["Row 11, column 11, paper"]
    board.press("Space")
    seen.wait_for_function("() => window.told.some((words) => words.startsWith('It says '))")
    pen, guess = until_quiet(seen)
    assert pen == "Row 11, column 11, ink"
    assert re.fullmatch(r"It says [a-z ]+\.", guess), guess
    for key in ("ArrowRight", "Space"):
        board.press(key)
    told = until_quiet(seen)
    assert all(re.fullmatch(r"Row 11, column 12, (paper|ink)|It says [a-z ]+\.", one) for one in told), told
    assert guess not in told


def test_a_weight_is_chosen_from_a_list_as_well_as_in_the_picture(page):
    page.goto("train-your-dog/")
    places = lab(page).get_by_label("Weight or bias")
    assert places.bounding_box()["height"] >= 24
    listen(page)
    places.focus()
    places.select_option(label="weight from noise to neuron 1")
    expect(places).to_be_focused()
    (words,) = until_quiet(page)
    assert words.startswith("weight from noise to neuron 1: "), words
    expect(lab(page).locator("[data-part=weight] input")).to_be_visible()
    expect(lab(page).locator("[data-place='0 1 0']")).to_have_attribute("aria-pressed", "true")

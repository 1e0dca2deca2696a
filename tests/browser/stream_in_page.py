"""What a person does with the lab of the stream, as functions for the tests."""

from at_once import expect
from cells_in_page import PYTHON_STARTS, enter
from lab_in_page import figure, lab, number, press

FIGURES = ("epoch", "train-loss", "test-loss", "test-accuracy", "new-breeds-accuracy")


def part(page, name):
    return lab(page).locator(f"[data-part={name}]")


def button(page, name):
    return lab(page).get_by_role("button", name=name, exact=True)


def said(page, words):
    expect(part(page, "training").locator("[data-part=summary]")).to_contain_text(words, timeout=PYTHON_STARTS)


def alert(page):
    return part(page, "notice")


def put(page, **values):
    """Set settings as a person does: unfold, type, leave the field."""
    fold = lab(page).locator("details")
    if not fold.evaluate("fold => fold.open"):
        fold.locator("summary").click()
    for name, value in values.items():
        field = lab(page).locator(f"[name={name}]")
        enter(field, value)


def reaches(page, share):
    """Wait until a share of the training is done."""
    page.wait_for_function(
        "share => document.querySelector('py-lab progress').value >= share", arg=share, timeout=PYTHON_STARTS
    )


def open_page(page):
    page.goto("dog-stream/")
    expect(button(page, "Train")).to_be_visible()
    return page


def stream(page, count):
    """Let pictures come past."""
    lab(page).get_by_label("Pace", exact=True).select_option("fast")
    seen = number(page, "seen") if figure(page, "seen").inner_text() != "–" else 0
    press(page, "Start stream", "streaming")
    page.wait_for_function(
        "count => Number(document.querySelector('[data-figure=seen]').textContent) >= count",
        arg=seen + count,
        timeout=PYTHON_STARTS,
    )
    press(page, "Stop stream", "trained")

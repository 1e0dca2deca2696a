"""What a person does with the lab “Train your dog”, as functions for the tests."""

from at_once import expect
from cells_in_page import PYTHON_STARTS, enter
from lab_in_page import figure, lab, press


def put(page, name, value):
    """Set a setting as a person does: type, and leave the field."""
    field = lab(page).locator(f"[name={name}]")
    if field.evaluate("field => field.localName") == "select":
        field.select_option(value)
    else:
        enter(field, value)


def reaches(page, epoch):
    page.wait_for_function(
        "epoch => Number(document.querySelector('[data-figure=epoch]').textContent) >= epoch",
        arg=epoch,
        timeout=PYTHON_STARTS,
    )


def open_page(page):
    page.goto("train-your-dog/")
    expect(lab(page).get_by_role("button", name="Train", exact=True)).to_be_visible()


def at_the_start(page):
    """The lab with the page's own code and settings, and Python ready; any earlier test is forgotten."""
    page.evaluate("() => sessionStorage.clear()")
    page.evaluate("() => document.querySelectorAll('py-cell').forEach((cell) => cell.reset())")
    expect(page.locator("html")).to_have_attribute("data-python", "ready", timeout=PYTHON_STARTS)
    expect(page.locator("py-cell:is([edited], [stale], [state=running], [state=queued])")).to_have_count(
        0, timeout=PYTHON_STARTS
    )
    defaults = {"data": "four quadrants", "noise": 0.05, "seed": 1, "hidden": "4", "activation": "tanh"}
    for name, value in {**defaults, "learning_rate": 0.1, "batch_size": 10, "epochs": 200}.items():
        if lab(page).locator(f"[name={name}]").input_value() != str(value):
            put(page, name, value)
    press(page, "Reset", "idle")
    expect(figure(page, "epoch")).to_have_text("0")
    expect(lab(page).get_by_role("button", name="Step", exact=True)).to_be_enabled()
    return page

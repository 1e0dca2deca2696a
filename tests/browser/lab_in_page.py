"""What a person does with a lab, as functions for the tests; a page has one lab."""

import re

from playwright.sync_api import Locator, Page

from at_once import expect
from cells_in_page import PYTHON_STARTS


def lab(page: Page) -> Locator:
    return page.locator("py-lab")


def press(page: Page, name: str, then: str = "") -> None:
    """Press a button; wait until the lab is in a state `then`, if one is named."""
    lab(page).get_by_role("button", name=name, exact=True).click()
    if then:
        state(page, then)


def state(page: Page, name: str) -> None:
    """Wait until the lab says this of itself."""
    expect(lab(page)).to_have_attribute("state", name, timeout=PYTHON_STARTS)


def summary(page: Page) -> Locator:
    """The line that says what goes on."""
    return lab(page).locator("[data-part=summary]")


def figure(page: Page, name: str) -> Locator:
    return lab(page).locator(f"[data-figure={name}]")


def number(page: Page, name: str) -> float:
    text = figure(page, name).inner_text()
    assert re.fullmatch(r"\d+(\.\d+)?", text), f"{name} is no plain digits: {text!r}"
    return float(text)

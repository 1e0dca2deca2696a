"""A reader's visit to the page before the first chapter."""

import re

from at_once import expect
from cells_in_page import PYTHON_STARTS, cell, output, settled, source


def test_a_slope_is_dragged_and_what_is_nudged_agrees_with_it(page):
    page.goto("first-steps/")
    ring = output(page, "tangent").get_by_role("slider", name="where the line touches")
    ring.focus()
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    expect(cell(page, "tangent").locator("input[type=number][data-for=touch]")).to_have_value("0.50")
    settled(page, "nudging", "done")
    assert "touch = 0.50 " in source(page, "tangent")
    expect(output(page, "tangent").locator("figure")).to_have_attribute(
        "aria-label", re.compile(r"At x = 0\.50 it is 0\.25 and its slope 1\.00\.$"), timeout=PYTHON_STARTS
    )
    expect(output(page, "nudging")).to_contain_text("slope of x squared at 0.50: 1.0000")


def test_it_says_what_it_is_for_and_how_long_it_takes(plain):
    plain.goto("first-steps/")
    expect(plain.locator(".facts li")).to_have_count(3)
    expect(plain.locator("[data-minutes]")).to_have_text(
        re.compile(r"^about 10 minutes to read, \d\d with all that there is to try$")
    )

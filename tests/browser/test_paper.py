"""A page on paper: few sheets, no controls, no answers, and all of the code."""

import re

import pytest

from at_once import expect
from cells_in_page import CHAPTERS, spoken

BEFORE = list(zip(CHAPTERS, (34, 22, 34, 37, 16, 14), strict=True))
"""The sheets that each chapter took before it was laid out for print."""


@pytest.mark.parametrize(("address", "sheets"), BEFORE)
def test_a_chapter_takes_half_the_paper_that_it_took(page, address, sheets):
    page.goto(address)
    expect(spoken(page)).to_be_attached()
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4")))
    assert 0 < pages <= sheets / 2


def test_paper_has_no_controls_and_no_answers_but_hints_and_all_of_the_code(page):
    page.emulate_media(media="print")
    page.goto("softmax/")
    expect(spoken(page)).to_be_attached()
    page.set_viewport_size({"width": 700, "height": 1000})
    for gone in ("button", "input", "select", "[data-part=solution]", "[data-part=checked]", ".station"):
        assert page.locator(gone).count() > 0, gone
        assert page.locator(gone).locator("visible=true").count() == 0, gone
    answer = page.locator("details.question > p").first
    expect(page.locator("details.question").first).to_have_attribute("open", "")  # by Material's script
    assert not answer.evaluate("(e) => e.checkVisibility({contentVisibilityAuto: true})")
    hint = page.locator("py-exercise details.hint p").first
    assert hint.evaluate("(e) => e.checkVisibility({contentVisibilityAuto: true})")
    assert hint.bounding_box()["height"] > 5
    cut = "(all) => all.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent.slice(0, 60))"
    assert page.locator("article pre code:visible").evaluate_all(cut) == []

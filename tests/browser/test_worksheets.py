"""Worksheets and answers as they are printed: few sheets, nothing cut, and no part of a visit."""

import re

import pytest

from cells_in_page import SITE


def pages(page):
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))


def test_each_chapter_is_one_sheet_of_paper_and_so_are_most_answers(page):
    sheets = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*-worksheet.html"))
    assert len(sheets) >= 9
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 696, "height": 1000})  # what lies between the margins
    for sheet in sheets:
        for address, most in ((sheet, 2), (sheet.replace("worksheet", "answers"), 3)):
            page.goto(address)
            page.evaluate("document.fonts.ready.then(() => true)")
            assert 1 <= pages(page) <= most, address
            cut = "(all) => all.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.outerHTML.slice(0, 90))"
            assert page.locator("main, li, pre, td, th, p").evaluate_all(cut) == [], address


@pytest.mark.parametrize("kind", ["worksheet", "answers"])
def test_a_sheet_can_be_read_on_a_phone_and_by_everybody(page, axe, kind):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"cross-entropy/cross-entropy-{kind}.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    axe(page)


def test_a_teacher_finds_them_and_a_visit_does_not(page):
    page.goto("teach/")
    page.get_by_role("link", name="Worksheet", exact=True).first.click()
    page.wait_for_url("**/*-worksheet.html")
    for part in ("service-worker.js", "sitemap.xml", "search/search_index.json"):
        assert "-worksheet" not in (SITE / part).read_text(), part

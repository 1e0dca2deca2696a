"""Pages for authors, behind the page: found from every foot, whole, and in nobody's way."""

import json
import re

from at_once import expect
from cells_in_page import SITE
from tools.base import places
from tools.pages import offline

PAGES = sorted(path.stem for path in (places.SITE / "behind").glob("*.md") if path.stem != "index")


def test_the_foot_of_a_chapter_leads_to_all_of_them_by_keys(page):
    page.goto("softmax/")
    page.get_by_role("contentinfo").get_by_role("link", name="Behind the page").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Behind the page")
    found = page.locator("article table a").evaluate_all("(all) => all.map((a) => a.href.split('/').at(-2))")
    assert sorted(found) == PAGES


def test_the_drawing_has_words_and_is_as_dark_as_the_text(dark):
    dark.goto("behind/fence/")
    drawing = dark.get_by_role("img", name="From a fence to a pixel")
    expect(drawing).to_have_accessible_description(re.compile("Two columns .* the output above the code"))
    colours = "(e) => [getComputedStyle(e.querySelector('text')).fill, getComputedStyle(e.closest('article')).color]"
    fill, text = drawing.evaluate(colours)
    assert fill == text


def test_readers_of_the_course_are_not_bothered(page, site_url):
    assert site_url
    page.goto("behind/page/")
    expect(page.locator(".stations a[href*=behind]")).to_have_count(0)
    expect(page.locator(".md-footer__link")).to_have_count(0)  # nothing before it and nothing after
    index = json.loads((SITE / "search" / "search_index.json").read_text())
    assert not [entry for entry in index["docs"] if entry["location"].startswith("behind")]
    kept = offline.table(SITE)
    assert "softmax/index.html" in kept
    assert not [path for path in kept if path.startswith("behind")]

"""What a page shows of itself elsewhere: its card where it is passed on, and its icons."""

import json
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page

PNG = b"\x89PNG"


@pytest.mark.parametrize("address", ["", "softmax/", "reference/"])
def test_a_page_has_a_card_of_its_own(page: Page, address: str):
    page.goto(address)
    names = ("url", "image", "title")
    said = {name: page.locator(f'meta[property="og:{name}"]').get_attribute("content") for name in names}
    assert said["url"] == page.url
    assert said["title"]
    card = page.request.get(said["image"])
    assert card.ok
    assert card.body().startswith(PNG)


def test_cards_differ_as_pages_do_and_a_page_behind_has_none(page: Page):
    cards = set()
    for address in ("softmax/", "perceptron/"):
        page.goto(address)
        cards.add(page.request.get(page.locator('meta[property="og:image"]').get_attribute("content")).body())
    assert len(cards) == 2
    page.goto("behind/")
    assert page.locator('meta[property="og:image"]').count() == 0


def test_the_icons_are_there(page: Page):
    page.goto("softmax/")
    for kind, begins in (("icon", b"<svg"), ("apple-touch-icon", PNG)):
        icon = page.request.get(page.locator(f'link[rel="{kind}"]').evaluate("link => link.href"))
        assert icon.ok
        assert icon.body().startswith(begins)


def test_a_chapter_says_what_kind_of_lesson_it_is_and_a_feed_what_is_new(page: Page):
    page.goto("softmax/")
    lesson = json.loads(page.locator('script[type="application/ld+json"]').text_content() or "")
    assert (lesson["@type"], lesson["name"], lesson["url"]) == ("LearningResource", "Scores to probabilities", page.url)
    assert "creativecommons.org/licenses/by/4.0" in lesson["license"]
    told = page.locator(".md-header .is-here .card-note").text_content() or ""
    assert lesson["timeRequired"] == f"PT{told.split()[1]}M"  # "About 15 minutes"
    feed = page.request.get(page.locator('link[type="application/atom+xml"]').evaluate("link => link.href"))
    assert ElementTree.fromstring(feed.body()).tag.endswith("feed")

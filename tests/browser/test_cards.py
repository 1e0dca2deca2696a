"""What a page shows of itself elsewhere: its card where it is passed on, and its icons."""

import json
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

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


@pytest.mark.parametrize(
    ("address", "name", "feed"),
    [
        ("softmax/", "Scores to probabilities", "Changes"),
        ("de/softmax/", "Von Scores zu Wahrscheinlichkeiten", "Änderungen (auf Englisch)"),
    ],
)
def test_a_chapter_says_what_kind_of_lesson_it_is_and_a_feed_what_is_new(
    page: Page, address: str, name: str, feed: str
):
    page.goto(address)
    lesson = json.loads(page.locator('script[type="application/ld+json"]').text_content() or "")
    assert (lesson["@type"], lesson["name"], lesson["url"]) == ("LearningResource", name, page.url)
    assert (lesson["inLanguage"], lesson["educationalLevel"]) == (
        page.locator("html").get_attribute("lang"),
        "Beginner",
    )
    assert "creativecommons.org/licenses/by/4.0" in lesson["license"]
    told = page.locator(".md-header .is-here .card-note").text_content() or ""
    assert lesson["timeRequired"] == f"PT{told.split()[1]}M"  # "About 15 minutes"
    link = page.locator('link[type="application/atom+xml"]')
    expect(link).to_have_attribute("title", feed)
    read = page.request.get(link.evaluate("link => link.href"))
    assert ElementTree.fromstring(read.body()).tag.endswith("feed")


def test_the_home_page_is_passed_on_by_the_sites_name_and_plans_of_lessons_are_found_too(page: Page):
    for address, name in (("", "A dog lover's primer to neural networks"), ("de/", "Neuronale Netze für Hundefreunde")):
        page.goto(address)
        expect(page.locator('meta[property="og:title"]')).to_have_attribute("content", name)
    for address, kind, minutes in (("teach/", "lesson plan", None), ("de/today/", "interactive lesson", "PT")):
        page.goto(address)
        lesson = json.loads(page.locator('script[type="application/ld+json"]').text_content() or "")
        assert lesson["learningResourceType"] == kind
        assert (lesson.get("timeRequired") or "")[:2] == (minutes or "")


def test_the_map_of_the_site_has_every_page_that_is_translated_with_its_other_language(page: Page):
    page.goto("")
    here = page.url
    places = ElementTree.fromstring(page.request.get(f"{here}sitemap.xml").body())
    found = {
        place[0].text: {one.get("hreflang"): one.get("href") for one in place if one.get("hreflang")}
        for place in places
    }
    assert found[f"{here}licences/"] == {}
    for address in ("", "softmax/", "teach/"):
        both = {"en": f"{here}{address}", "de": f"{here}de/{address}", "x-default": f"{here}{address}"}
        assert found[f"{here}{address}"] == found[f"{here}de/{address}"] == both
    assert len([one for one in found.values() if one]) >= 24

"""Every page, visited once on a desktop and once on a telephone: what must hold of each, whatever it tells."""

import pytest
from playwright.sync_api import Page

from at_once import expect
from cells_in_page import CHAPTERS, COURSE, FULL, LESSONS, arrive, by_night
from colours_in_page import DRAWN, marks, strays
from layout_in_page import CUT, FONTS, LINES, PRIMARY, SMALL_TYPE, SPANS, STICKING_OUT, TOUCHED, TRACKS, WIDE
from tools.base import places
from tree_in_page import TWICE, is_clear

BEHIND = sorted(f"behind/{file.stem}/" for file in (places.SITE / "behind").glob("*.md") if file.stem != "index")
OURS = ["test-pages/cells/", "test-pages/figures/"]
GERMAN = [f"de/{one}" for one in (COURSE if FULL else ("./", "perceptron/", "backpropagation/", "train-your-dog/"))]
"""Words are longer there."""
OTHERS = ["teach/", "hand-in/", "print/", "behind/", *BEHIND, "licences/", "404.html"]
LONG = ["reference/code/"] if FULL else []
PAGES = [*COURSE, *GERMAN, *OTHERS, *LONG, *OURS]
AXED = (*LESSONS, "./", "licences/", "behind/")
"""Pages that axe reads, and those behind; the reference is as long as all of them, and has its turn if FULL."""
MOST = 16
"""Screens of a desktop that one can go through; German takes one more."""
LAID = {"./": {"bars"}, "perceptron/": {"plane"}, "softmax/": {"bars", "chart"}, "train-your-dog/": {"lab", "plane"}}
"""Where kinds are drawn, on some of the pages."""
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def opened(page: Page, address: str) -> Page:
    arrive(page, address)
    expect(page.locator("py-lab:not([state])")).to_have_count(0)
    page.evaluate("() => document.fonts.ready.then(() => undefined)")
    page.evaluate(FRAMES)  # a lab draws itself in the next one
    return page


def resized(page: Page, width: int, height: int = 900) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(FRAMES)


def cells_in_one_view(page: Page, most: float, columns: int) -> None:
    """A control and what it moves are seen together; tracks begin and end alike; one button is the first."""
    assert {id: span for id, span in page.evaluate(SPANS) if span > most} == {}
    for id, ends, starts in page.evaluate(TRACKS):
        assert ends == [1] * len(ends), id
        assert starts <= columns, id
    assert [one for one in page.evaluate(PRIMARY) if one[1] != 1] == []


def painted_as_the_table_says(page: Page, address: str, scheme: int) -> None:
    here = address.removeprefix("de/")
    if here in (*COURSE, "teach/", "hand-in/", "print/", "behind/", "404.html"):
        assert strays(page, scheme) == {}
        where, wrong = marks(page, scheme)
        assert wrong == set()
        assert where >= LAID.get(here, set())
    drawn = page.evaluate(DRAWN) if here in COURSE else []
    assert {what: contrast for contrast, what in drawn if contrast < 3} == {}
    assert drawn or here not in ("perceptron/", "cross-entropy/", "backpropagation/", "train-your-dog/")


def screens(page: Page) -> float:
    height: float = page.evaluate("document.documentElement.scrollHeight / innerHeight")
    return height


@pytest.mark.parametrize("address", PAGES)
def test_on_a_desktop(page, axe, subtests, address):
    resized(page, 1440)
    opened(page, address)
    if FULL or address in AXED or address in BEHIND:
        with subtests.test("by day, axe finds nothing"):
            axe(page)
    with subtests.test("a kind has one colour, and none is of nowhere"):
        painted_as_the_table_says(page, address, 0)
    with subtests.test("cells"):
        cells_in_one_view(page, 640, 2)
    if address.removeprefix("de/") in LESSONS:
        with subtests.test("as long as one can go through"):
            most = MOST + address.startswith("de/")
            if screens(page) > most:
                page.evaluate(FONTS)
            assert 3 < screens(page) <= most
    if address not in OURS:
        assert page.evaluate(TWICE) == [], "a cell, a lab or a heading could not be found by its name"
        for width in (1440, 820, 390) if FULL else (1440, 390):
            resized(page, width)
            with subtests.test("as it is heard", width=width):
                is_clear(page)
    for width in (1440, 820, 390, 320):
        resized(page, width)
        with subtests.test("as wide as the window, and nothing cut", width=width):
            page.wait_for_function("(width) => document.documentElement.scrollWidth <= width", arg=width)
            assert page.evaluate(CUT) == []
        if width > 390:
            with subtests.test("lines", width=width):
                assert page.evaluate(LINES) == []
    resized(page, 1440)
    page.evaluate(
        "document.querySelectorAll('details').forEach((fold) => (fold.open = true))"
    )  # or colours stand still
    by_night(page)
    if FULL or address in ("softmax/", "perceptron/", "backpropagation/", "behind/page/"):
        with subtests.test("by night, all folds open, axe finds nothing"):
            axe(page, rules=["color-contrast"])
    with subtests.test("a kind has one colour by night"):
        painted_as_the_table_says(page, address, 1)


@pytest.mark.parametrize("address", PAGES)
def test_on_a_telephone(phone, axe, subtests, address):
    opened(phone, address)
    if FULL or address in AXED:
        with subtests.test("axe finds nothing"):
            axe(phone, but=["color-contrast"])  # seen on a desktop
    with subtests.test("nothing sticks out"):
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360
        assert phone.evaluate(STICKING_OUT) == []
    with subtests.test("what is typed into is not zoomed in on"):
        assert phone.evaluate(SMALL_TYPE) == []
    with subtests.test("a finger meets every handle and control"):
        assert [one for one in phone.evaluate(TOUCHED) if one[0] < 43.5] == []
    resized(phone, 390, 844)
    with subtests.test("cells"):
        cells_in_one_view(phone, 844 - phone.locator(".md-header").bounding_box()["height"], 1)
    for width in (390, 320) if address.removeprefix("de/") in CHAPTERS else ():
        resized(phone, width, 700)
        with subtests.test("formulas, tables and code are whole", width=width):
            assert phone.evaluate(WIDE) == []

"""A reader of German: the page, its numbers and messages, the way to the English page and back, and the search."""

import json
import re
from html import unescape

import pytest

from at_once import expect
from cells_in_page import COURSE, PYTHON_STARTS, SITE, cell, drag, output, settled, source, spoken, type_instead
from tools.pages.tree import read

IDS = """() => [...document.querySelectorAll("article :is(h1, h2, h3, h4, py-cell, py-prediction)")]
  .map((one) => one.id)"""
SCROLLS = "() => document.documentElement.scrollWidth - innerWidth"
SECTIONS = re.compile(r'<h[1-4] id="([^"]+)"')


def switch(page, name):
    return page.locator("#site-menu > .language").and_(page.get_by_role("link", name=name))


def test_a_page_is_german_has_the_places_of_the_english_one_and_leads_there_and_back_with_an_edit(page):
    page.goto("softmax/#squashing")
    english = page.evaluate(IDS)
    german = page.locator("link[hreflang=de]").get_attribute("href")
    switch(page, "Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page).to_have_title("Von Scores zu Wahrscheinlichkeiten - Neuronale Netze für Hundefreunde")
    assert page.url.endswith("/de/softmax/#squashing")
    assert page.locator("link[rel=canonical]").get_attribute("href") == german
    assert page.evaluate(IDS) == english
    names = page.get_by_role("navigation", name="Navigation").get_by_role("button").all_inner_texts()
    assert "6. Der Hundestrom" in [name.strip() for name in names]
    beside = page.locator(".headerlink").first
    expect(beside).to_have_attribute("aria-label", re.compile("^Link zu diesem Abschnitt: Von Scores"))

    number = page.locator('[data-expr="probabilities[0]:.1%"]').first
    expect(number).to_have_text("70,5\u202f%")
    drag(page, "softmax", "duck", 0, "done")
    expect(output(page, "softmax")).to_contain_text("P(duck) = 0.2447")
    expect(number).to_have_text("24,5\u202f%")
    curve = page.get_by_role("img", name=re.compile("^Liniendiagramm, Wahrscheinlichkeit über score of the duck"))
    expect(curve).to_have_attribute("aria-label", re.compile("Markiert, bei score of the duck = 0: duck 0,2447"))

    switch(page, "English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("/softmax/#squashing")
    expect(cell(page, "softmax")).to_have_attribute("edited", "")
    assert "duck = 0.0" in source(page, "softmax")


def test_an_exercise_says_in_german_what_is_wrong_and_is_solved_in_both_languages(page):
    page.goto("de/softmax/")
    exercise = page.locator("py-exercise[for=half-as-likely]")
    exercise.locator("[data-action=check]").click()
    told = exercise.locator("[data-part=verdict]").first
    expect(told).to_contain_text("Der Vogel hat noch keinen Score", timeout=PYTHON_STARTS)
    type_instead(page, "half-as-likely", "import numpy as np\n\nbird = dog - np.log(2.0)")
    exercise.locator("[data-action=check]").click()
    expect(exercise.locator("[data-part=solved]")).to_be_visible()
    page.goto("softmax/")
    expect(page.locator("py-exercise[for=half-as-likely] [data-part=solved]")).to_be_visible()
    expect(page.locator('[data-progress="softmax.md"]').first).to_have_text("1 of 2 exercises solved")


def test_the_editor_itself_speaks_german(page):
    page.goto("de/softmax/")
    cell(page, "softmax").locator("[data-part=code]").click()
    expect(cell(page, "softmax").locator(".cm-content")).to_be_focused()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type("\nnp.")
    expect(page.get_by_role("listbox", name="Vorschläge")).to_be_visible(timeout=PYTHON_STARTS)


def found_by(page, words):
    expect(spoken(page)).to_be_attached()
    page.keyboard.press("/")
    page.locator(".md-search__input").fill(words)
    results = page.locator(".md-search-result__item a")
    expect(results.first).to_be_attached(timeout=PYTHON_STARTS)  # an index is read first
    return results.evaluate_all("(links) => links.map((link) => new URL(link.href).pathname)")


def test_a_search_finds_pages_of_its_language_alone(page):
    page.goto("de/softmax/")
    german = found_by(page, "Überanpassung")
    assert all("/de/" in path for path in german)
    assert any(path.endswith("/de/reference/") for path in german)
    page.goto("softmax/")
    assert not [path for path in found_by(page, "softmax") if "/de/" in path]


def test_no_page_of_the_course_lacks_a_section_a_cell_or_a_question(site_url):
    assert site_url
    for address in COURSE:
        pages = [(SITE / folder / address / "index.html").read_text(encoding="utf-8") for folder in ("", "de")]
        for part in (SECTIONS, re.compile(r'<py-\w+ [^>]*?\bid="([^"]+)"')):
            english, german = map(part.findall, pages)
            assert german == english, address
        assert '<html lang="de"' in re.sub(r'data-[\w-]+="[^"]*" ', "", pages[1])


HEARD = ("aria-label", "alt", "title", "placeholder", "data-why")
CODE = {"code", "pre", "kbd", "script", "style", "template", "label", "option", "em", "math"}
"""Elements that hold code, names of code, titles of works, or formulas."""
NAMES = re.compile(
    "Adam|Dropout|Momentum|Softmax|tanh|ReLU|XOR|Pause|Logits|Rosenblatt|Material for MkDocs|CC BY 4.0|Navigation|In|in"
    r"|Toaster\.|English|Deutsch|EN|DE|TensorFlow 2\..*|(?:[BF]\.|\(Frank) [A-Z].*"
    "|Eight small grey photographs: .*|The first 16 pictures of the album, .*"  # code pieces these together
)
"""What is the same in both."""


def told(node):
    """All that it says in words, where neither code says it nor another language is named."""
    given = node.attributes
    if node.tag in CODE or {"aria-hidden", "data-expr"} & {*given} or ("lang" in given and node.tag != "html"):
        return
    yield from (unescape(given[name]) for name in HEARD if name in given)
    for child in node.children:
        if isinstance(child, str):
            yield " ".join(unescape(child).split())
        else:
            yield from told(child)


@pytest.mark.parametrize("address", [one for one in (*COURSE, "teach/", "hand-in/", "print/") if one != "reference/"])
def test_no_words_of_the_english_page_are_left_but_what_code_says(address, site_url):
    assert site_url
    english, german = (read((SITE / folder / address / "index.html").read_text("utf-8")) for folder in ("", "de"))
    programs = [json.loads(one.text()) for one in german.all(lambda one: one.attributes.get("data-part") == "program")]
    tables = [output.get("data", {}).get("text/html", "") for one in programs for output in one.get("outputs", ())]
    code = " ".join(re.sub(r"\s+", " ", text) for text in (*(one["source"] for one in programs), *tables))
    left = {text for text in {*told(german)} & {*told(english)} if re.search("[A-Za-z]{2}", text)}
    begins = {
        text: re.split("[,:(]", text.lstrip("0123456789"))[0].strip() for text in left if not NAMES.fullmatch(text)
    }
    assert [text for text, begin in begins.items() if begin not in code] == []


@pytest.mark.parametrize("address", ["./", "perceptron/", "cross-entropy/", "today/", "reference/"])
def test_long_words_do_not_make_a_narrow_page_scroll_sideways(page, address):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"de/{address}")
    assert page.evaluate(SCROLLS) <= 0


def test_at_an_address_where_nothing_is_a_reader_of_german_is_told_too(page):
    page.goto("404.html")
    expect(page.locator("p[lang=de] a")).to_have_text("Neuronale Netze für Hundefreunde")


def test_a_drawing_answers_in_german_before_python_and_after(page):
    page.goto("de/backpropagation/")
    answers = "() => [...document.querySelectorAll('#stepper [data-why]')].map((one) => one.dataset.why)"
    built, printed = page.evaluate(answers), output(page, "stepper").inner_text()
    assert "Das Gewicht von fur zu Neuron 1: 1. Das ist gegeben: Es steht im Code." in built
    assert printed.startswith("Zwei Messwerte und die Gewichte sind alles, was das Netz hat.")
    cell(page, "stepper").evaluate("cell => cell.run()")
    settled(page, "stepper", "done")
    assert page.evaluate(answers) == built
    assert output(page, "stepper").inner_text() == printed

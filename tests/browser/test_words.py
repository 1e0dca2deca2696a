"""What the page, Python and a check say on a German page is German; code, what it prints and English pages stay."""

import re

import pytest
from playwright.sync_api import Page

from at_once import expect
from cells_in_page import PYTHON_STARTS, cell, error, output, settled, spoken, status, type_instead


@pytest.fixture
def german(page: Page) -> Page:
    page.goto("de/softmax/")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    return page


def press(page: Page, id: str, name: str) -> None:
    cell(page, id).get_by_role("button", name=re.compile(f"^{name}: ")).click()


def test_an_error_is_told_in_german_with_its_hint_and_python_says_what_it_says(german: Page) -> None:
    type_instead(german, "softmax", "print(duk)")
    expect(status(german, "softmax")).to_have_text("Geändert. Ausführen zeigt, was es tut.")
    press(german, "softmax", "Ausführen")
    settled(german, "softmax", "error")
    expect(error(german, "softmax")).to_contain_text("Nichts heißt hier 'duk'. Ist es richtig geschrieben?")
    expect(error(german, "softmax")).to_contain_text("NameError: name 'duk' is not defined")
    expect(error(german, "softmax").get_by_role("button", name="Zeile 1")).to_be_visible()
    expect(status(german, "softmax")).to_have_text("Durch einen Fehler abgebrochen.")
    expect(spoken(german)).to_contain_text("Zeile 1: NameError")
    press(german, "softmax", "Zurücksetzen")
    settled(german, "softmax", "done")
    expect(output(german, "softmax")).to_contain_text("P(dog) = 0.2595")
    expect(status(german, "softmax")).to_have_text(re.compile(r"^(?:Zurück zum Original\.|Lief )"))


def test_stop_says_in_german_that_it_has_stopped(german: Page) -> None:
    type_instead(german, "softmax", "while True: pass")
    press(german, "softmax", "Ausführen")
    settled(german, "softmax", "running")
    press(german, "softmax", "Stopp")
    expect(status(german, "softmax")).to_have_text("Angehalten. Ändere den Code, wenn du magst, dann Ausführen.")
    expect(spoken(german)).to_have_text("Angehalten.")


def test_a_check_speaks_german_and_so_do_its_helps(german: Page) -> None:
    exercise = german.locator("py-exercise").first
    verdict = exercise.locator("[data-part=verdict]")
    exercise.get_by_role("button", name="Prüfen").click()
    expect(verdict).not_to_be_empty(timeout=PYTHON_STARTS)
    expect(verdict).not_to_contain_text(re.compile(r"\b(?:the|is|your|put)\b", re.IGNORECASE))
    exercise.get_by_role("button", name=re.compile("^Tipp 1 von")).click()
    expect(spoken(german)).to_contain_text("steht darunter.")


def test_an_english_page_asks_for_no_german(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("softmax/")
    expect(page.locator("html")).to_have_attribute("data-python", re.compile("."))
    assert [url for url in asked if "/words/" in url] == []


def test_a_lab_is_german_from_its_buttons_to_its_sentences(page: Page) -> None:
    page.goto("de/train-your-dog/")
    lab = page.locator("py-lab")
    lab.get_by_role("button", name="Schritt", exact=True).click()
    summary = lab.locator("[data-part=summary]")
    expect(summary).to_have_text(
        re.compile(r"^Schritt 1: Der Verlust seiner 10 Beispiele war \d,\d{4} Nat\. Die Zahlen stehen darunter\.$"),
        timeout=PYTHON_STARTS,
    )
    expect(lab.locator("[data-figure=test-loss]")).to_have_text(re.compile(r"^\d\.\d{4}$"))
    expect(lab.get_by_role("spinbutton", name="Lernrate")).to_have_value("0.1")

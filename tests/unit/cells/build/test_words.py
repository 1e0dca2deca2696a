"""A page says what it says in its language, at the build as in a reader's browser; code stays as it is."""

import json

import pytest
from converting import at, converter

from cells.build import words as tables
from cells.page import host, words
from cells.page.names import names_of
from cells.page.words import counted, say

PAGE = """
```python run id="scores" title="Scores"
duck = 2.0  # @param {type:"slider", min:0, max:3, step:0.5}
print("Run", duck)
```
"""


@pytest.fixture
def site(tmp_path):
    """A page and its translation, which takes code from it."""
    (tmp_path / "softmax.md").write_text(PAGE)
    return tmp_path


def built(site, path):
    md = at(converter(languages={"de": "de"}), site, path)
    return md.convert('```python run id="scores" title="Punkte"\n```' if path.startswith("de/") else PAGE)


def hint_of(source, language):
    """What a reader is told of the error that a cell brings, on a page with these words."""
    words = tables.table(language, "")
    cell = {"id": "a", "source": source, "names": names_of(source).as_json(), "shown": None}
    host.open("page", json.dumps({"cells": [cell], "expressions": [], "language": language, "words": words}))
    host.plan("page", '["a"]')
    return json.loads(host.run("page", "a"))["outputs"][-1]["hint"]


def test_a_page_in_a_folder_of_a_language_has_its_words_and_the_next_has_its_own(site):
    german = built(site, "de/softmax.md")
    assert '<button type="button" data-action="run" aria-label="Ausführen: Punkte">Ausführen</button>' in german
    assert "Regler von Punkte" in german
    assert "Run 2.0" in german, "what code prints is the code's"
    english = built(site, "softmax.md")
    assert 'aria-label="Run: Scores">Run</button>' in english
    assert "Ausführen" not in english


def test_a_page_opened_in_a_language_tells_its_errors_in_it_and_the_next_in_its_own():
    assert hint_of("print(duk)", "de") == (
        "Nichts heißt hier 'duk'. Ist es richtig geschrieben? Sonst gib ihm zuerst einen Wert: duk = …"
    )
    assert hint_of("1 / 0", "de").startswith("Hier wird durch null geteilt.")
    assert hint_of("1 / 0", "en").startswith("Something was divided by zero.")


def test_the_librarys_words_come_from_beside_the_library():
    assert "a single number" in tables.table("de", "primer")
    assert "a single number" not in tables.table("de", "")


def test_a_language_that_nobody_has_translated_is_english():
    assert tables.table("eo", "primer") == {}


def test_numbers_in_what_is_said_are_written_as_the_language_does():
    words.use("de", {})
    assert say("{share} of {text}", share=0.5, text="0.5") == "0,5 of 0.5"


def test_values_stand_where_the_translation_has_them_and_other_braces_stay():
    words.use("de", {"{a} of {b} in { }": "{ }: {b} von {a}", "{count} cats": "{count} Katzen"})
    assert say("{a} of {b} in { }", a=1, b="{a}") == "{ }: {a} von 1"
    assert [counted(n, "a cat", "{count} cats") for n in (1, 2)] == ["a cat", "2 Katzen"]

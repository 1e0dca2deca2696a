"""A page in another language brings its words before all scripts; an English one asks for nothing of them."""

import json
import re

import pytest

from tools.base import places
from tools.pages import lighten, words


@pytest.fixture
def site(built, tree, monkeypatch):
    """Two pages, one of them German, and a table that stands in three files."""
    monkeypatch.setattr(places, "RUNTIME", built / "sources")
    tables = {
        "cell": {"Run": "Ausführen", "</script>": "„</script>“"},
        "labs": {"Train": "Trainieren"},
        "visit": {"Open": "Öffnen"},
    }
    tree({f"sources/words/de/{name}.json": json.dumps(said) for name, said in tables.items()})
    html = (built / "index.html").read_text()
    german = re.sub('href="(?=assets|css)', 'href="../../', html).replace("<html", '<html lang="de"')
    tree({"de/softmax/index.html": german})
    lighten.lighten(built)
    return built


def said_in(site, name):
    found = re.search(r"{.*}", (site / "runtime" / "words" / name).read_text().removeprefix("Object.assign(words,"))
    return json.loads(found[0])


def test_a_german_page_has_its_words_before_any_other_script_and_asks_for_no_more_of_them(site):
    html = (site / "de" / "softmax" / "index.html").read_text()
    assert re.findall("<script[^>]*>", html)[:2] == ['<script src="../../runtime/words/de.js">', "<script>"]
    assert html.count("runtime/words/") == 2, "the script, and that it is asked for early"


def test_a_german_page_with_a_lab_asks_early_for_what_labs_say(site):
    html = (site / "de" / "softmax" / "index.html").read_text()
    asked = words.scripts_of(site, site / "de" / "softmax" / "index.html", f"{html}<py-lab>")
    assert asked.endswith('<link rel="modulepreload" href="../../runtime/words/de-labs.js">')


def test_the_words_are_one_table_however_many_files_it_stands_in_and_those_of_labs_another(site):
    assert said_in(site, "de.js") == {"Run": "Ausführen", "</script>": "„</script>“", "Open": "Öffnen"}
    assert said_in(site, "de-labs.js") == {"Train": "Trainieren"}


def test_the_words_of_python_are_those_of_the_engine_and_of_the_library(site):
    assert said_in(site, "de-python.js")["Hint"] == "Tipp"


def test_an_english_page_asks_for_no_words(site):
    html = (site / "index.html").read_text()
    assert "words/" not in html

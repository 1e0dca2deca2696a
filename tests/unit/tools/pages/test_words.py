"""A page in another language brings its words before all scripts; an English one asks for nothing of them."""

import json
import re

import pytest

from tools.base import places
from tools.pages import lighten


@pytest.fixture
def site(built, tmp_path, monkeypatch):
    """Two pages, one of them German, and a table that stands in two files."""
    monkeypatch.setattr(places, "RUNTIME", tmp_path / "sources")
    for name, said in {
        "cell": {"Run": "Ausführen", "</script>": "„</script>“"},
        "labs": {"Train": "Trainieren"},
    }.items():
        path = tmp_path / "sources" / "words" / "de" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(said))
    german = built / "de" / "softmax" / "index.html"
    german.parent.mkdir(parents=True)
    html = (built / "index.html").read_text()
    german.write_text(re.sub('href="(?=assets|css)', 'href="../../', html).replace("<html", '<html lang="de"'))
    lighten.lighten(built)
    return built


def test_a_german_page_has_its_words_before_any_other_script_and_those_of_python_beside_the_rest(site):
    html = (site / "de" / "softmax" / "index.html").read_text()
    assert re.findall("<script[^>]*>", html)[:3] == [
        '<script src="../../runtime/words/de.js">',
        '<script src="../../runtime/words/de-python.js" defer>',
        "<script>",
    ]


def test_the_words_are_one_table_however_many_files_it_stands_in(site):
    script = (site / "runtime" / "words" / "de.js").read_text()
    assert json.loads(script.removeprefix("words=").rstrip(";\n")) == {
        "Run": "Ausführen",
        "</script>": "„</script>“",
        "Train": "Trainieren",
    }


def test_the_words_of_python_are_those_of_the_engine_and_of_the_library(site):
    script = (site / "runtime" / "words" / "de-python.js").read_text()
    said = json.loads(script.removeprefix("wordsOfPython=").rstrip(";\n"))
    assert said["Hint"] == "Tipp"


def test_an_english_page_asks_for_no_words(site):
    html = (site / "index.html").read_text()
    assert "words/" not in html

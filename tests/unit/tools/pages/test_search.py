"""The index of the search: words alone, and for each language those of its own pages."""

import json

import pytest

from tools.base import site as said
from tools.pages import search

CONFIG = {"lang": ["en"], "separator": " "}


@pytest.fixture(autouse=True)
def options():
    said.options().use()


def document(location, text="Dogs.", title="Dogs"):
    return {"location": location, "title": title, "text": text}


def lightened(site, *documents):
    (site / "search").mkdir()
    (site / search.INDEX).write_text(json.dumps({"config": CONFIG, "docs": documents}))
    search.lighten(site)
    return {path.relative_to(site).parts[0]: json.loads(path.read_text()) for path in site.rglob("search_index.json")}


def test_each_language_has_an_index_of_its_own(tmp_path):
    places = ("softmax/#a", "de/softmax/#a", "dessert/", "de/")
    found = lightened(tmp_path, *map(document, places))
    assert [one["location"] for one in found["search"]["docs"]] == ["softmax/#a", "dessert/"]
    assert [one["location"] for one in found["de"]["docs"]] == ["de/softmax/#a", "de/"]
    assert (found["search"]["config"], found["de"]["config"]) == (CONFIG, {**CONFIG, "lang": ["de"]})


def test_a_site_of_one_language_has_one_index(tmp_path):
    assert set(lightened(tmp_path, document("softmax/"))) == {"search"}


def test_places_to_break_a_word_are_no_part_of_it_and_listings_are_not_searched(tmp_path):
    text, title = "<p>Wahrschein&shy;lich\u00adkeit</p><pre>x = 1</pre>", "Von Wahrschein&shy;lichkeiten"
    (only,) = lightened(tmp_path, document("softmax/", text, title))["search"]["docs"]
    assert (only["text"], only["title"]) == ("Wahrscheinlichkeit", "Von Wahrscheinlichkeiten")

"""The belt, the stations and the page that is not there: what they show was computed by the library."""

import json
import re
from html import unescape

import pytest

from primer.drawing.animals import dog
from tools.base import places
from tools.base.errors import ToolError
from tools.content import belt, stations

FOUND = stations.stations()


def test_the_belt_says_for_each_threshold_what_is_kept():
    pictures = [belt.Judged("dog", 0.9, "a"), belt.Judged("cat", 0.6, "b"), belt.Judged("dog", 0.3, "c")]
    html = belt.html(pictures)
    said = json.loads(unescape(re.search(r'data-belt="([^"]*)"', html)[1]))
    assert said == [
        "No dog kept, 2 missed, nothing else let in.",
        "1 dog kept, 1 missed, nothing else let in.",
        "1 dog kept, 1 missed, 1 cat let in.",
        "2 dogs kept, none missed, 1 cat let in.",
    ]
    assert f"<p>{said[2]}</p>" in html, "what is kept at the threshold that the page begins with"
    assert re.findall(r'<li data-p="([\d.]+)"( hidden)?>', html) == [("0.90", ""), ("0.60", ""), ("0.30", " hidden")]


def test_no_threshold_is_right_for_the_pictures_on_it():
    pictures = belt.judged()
    assert pictures == belt.judged(), "the same at each build"
    dogs, others = ([one.p for one in pictures if (one.kind == "dog") == is_dog] for is_dog in (True, False))
    assert min(dogs) < max(others), "each one misses a dog or lets a stranger in"
    assert {one.kind for one in pictures} == {"dog", "cat", "bird", "toaster"}


def test_each_chapter_has_a_station_with_minutes_a_picture_and_an_end():
    assert len(FOUND) == 6
    for number, one in enumerate(FOUND, 1):
        assert one.minutes > 0
        assert (places.SITE / f"{one.page}.md").read_text().rstrip().endswith(f'--8<-- "build/home/end-{number}.md"')
        end = stations.ending(FOUND, number)
        assert end.count("<li>") == len(one.can) >= 3
        following = f"../{FOUND[number].address}" if number < 6 else "../today/"
        assert f'href="{following}"' in end
    pictures = {stations.picture(one.page) for one in FOUND}
    assert len(pictures) == 6
    assert not [one for one in pictures if re.search(r'="#[0-9a-f]{3,8}"', one)], "colours are the page's"


def test_a_chapter_without_a_picture_stops_the_build(tmp_path, monkeypatch):
    other = tmp_path / "mkdocs.yml"
    other.write_text("nav: [Home: index.md]\nextra: {stations: {perceptron/: 5, cooking/: 9}}\n")
    monkeypatch.setattr("tools.base.site.CONFIG", other)
    with pytest.raises(ToolError, match="cooking/; a new chapter needs its picture"):
        stations.stations()


@pytest.mark.parametrize(("template", "face"), [("404.html", dog(0.5, 14)), ("partials/logo.html", dog(1, 0))])
def test_a_template_has_the_librarys_own_dog(template, face):
    assert re.sub(r", #\w{6}\)", ")", face.svg) in (places.PY / "theme" / template).read_text()


def test_pictures_write_numbers_as_their_language_does():
    assert ">70.5%<" in stations.picture("softmax")
    assert ">70,5\u202f%<" in stations.picture("softmax", "de")
    assert ">1.35 nats<" in stations.picture("cross-entropy")
    assert ">1,35 Nat<" in stations.picture("cross-entropy", "de")

"""What finds the site: its feed, where robots are led, and what it says to catalogues of lessons."""

from xml.etree import ElementTree

import pytest

from tools.base.errors import ToolError
from tools.content import found

ATOM = "{http://www.w3.org/2005/Atom}"
HOME = "https://dogs.example/primer/"
PAGE = f'<link rel="canonical" href="{HOME}"><title>Dogs &amp; cats</title>'


@pytest.fixture
def feed(tmp_path):
    (tmp_path / "index.html").write_text(PAGE)
    found.write(tmp_path)
    return ElementTree.parse(tmp_path / "feed.xml").getroot()


def test_the_feed_has_an_entry_a_day_newest_first_with_what_changed(feed):
    entries = feed.findall(f"{ATOM}entry")
    days = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert len(days) >= 5
    assert days == sorted(days, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == days[0]
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(days)
    assert all("<li>" in entry.findtext(f"{ATOM}content") for entry in entries)
    assert feed.findtext(f"{ATOM}title") == "Dogs & cats"


def test_robots_may_read_everything_and_are_led_to_the_map(feed, tmp_path):
    assert (tmp_path / "robots.txt").read_text() == f"User-agent: *\nAllow: /\n\nSitemap: {HOME}sitemap.xml\n"


def test_the_map_says_where_a_page_is_in_other_languages_as_the_page_does(tmp_path):
    head = f'{PAGE}<link rel="alternate" hreflang="de" href="{HOME}de/">\n<link rel="alternate" type="a" href="feed">'
    (tmp_path / "index.html").write_text(head)
    place = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{}</loc></url><url><loc>{}</loc></url>'
    )
    (tmp_path / "sitemap.xml").write_text(f"{place.format(HOME, f'{HOME}licences/')}</urlset>")
    (tmp_path / "sitemap.xml.gz").touch()
    found.write(tmp_path)
    home, licences = ElementTree.parse(tmp_path / "sitemap.xml").getroot()
    (other,) = home.findall("{http://www.w3.org/1999/xhtml}link")
    assert other.attrib == {"rel": "alternate", "hreflang": "de", "href": f"{HOME}de/"}
    assert len(licences) == 1
    assert not (tmp_path / "sitemap.xml.gz").exists()


def test_a_list_of_changes_without_days_is_refused_and_says_what_was_expected():
    with pytest.raises(ToolError, match=r"CHANGELOG\.md: expected sections named by their days .*, got none"):
        found.feed(HOME, "Dogs", [])

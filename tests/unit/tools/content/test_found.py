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


def test_a_list_of_changes_without_days_is_refused_and_says_what_was_expected():
    with pytest.raises(ToolError, match=r"CHANGELOG\.md: expected sections named by their days .*, got none"):
        found.feed(HOME, "Dogs", [])

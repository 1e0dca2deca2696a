"""A chapter is not longer than one can go through."""

import pytest

from at_once import expect
from cells_in_page import LESSONS, spoken

MOST = 16
"""Screens of a desktop."""


@pytest.mark.parametrize("address", LESSONS)
def test_no_chapter_is_longer_than_sixteen_screens(page, address):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(address)
    expect(spoken(page)).to_be_attached()
    assert 3 < page.evaluate("document.documentElement.scrollHeight") / 900 <= MOST

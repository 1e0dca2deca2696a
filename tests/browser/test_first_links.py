"""A link's code at each of the five moments: there when the page is asked for, or coming into the page later."""

import base64
import json
import zlib

import pytest

from at_once import expect
from cells_in_page import button, cell, output, settled, source
from test_first_acts import BEFORE, LINKS, MOMENTS, WITH_RESULTS, reader

__all__ = ["reader"]  # the fixture

PATH = "test-pages/controls/"


def fragment(**edits):
    """The fragment of a link with these edits, as Copy link makes it."""
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(json.dumps(edits).encode()) + packer.flush()
    return "#v1." + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def theirs(number):
    return f"print('theirs {number}')"


def notice(page):
    return page.locator(".link-notice")


def built(page, id):
    return page.evaluate("(id) => document.getElementById(id).built.source", id)


@pytest.mark.parametrize("link", LINKS)
def test_a_link_that_the_reader_came_with_is_shown_and_nothing_of_it_runs_before_they_have_seen_it(reader, link):
    page = (visitor := reader(link)).page
    for moment in visitor.moments(PATH + fragment(still=theirs(0), folded=theirs(1))):
        if moment in BEFORE:
            expect(notice(page)).to_contain_text("This link brings numbers or code.")
            button(page, "still", "Run").click()  # what stands there still is the page's own
            expect(cell(page, "still")).to_have_attribute("state", "loading")
        if moment == MOMENTS[0]:
            cell(page, "folded").get_by_text("Show the code").click()
            cell(page, "folded").locator("[data-part=code] [contenteditable]:visible").press("ControlOrMeta+End")
            page.keyboard.type("#mine")
        if moment == MOMENTS[3]:
            expect(notice(page)).to_contain_text("This link changes 2 snippets on this page")
            for id, number in (("still", 0), ("folded", 1)):
                expect(cell(page, id)).to_have_attribute("foreign", "")
                assert source(page, id) == theirs(number)
            expect(cell(page, "still")).to_have_attribute("state", "stopped")
            cell(page, "folded").get_by_role("button", name="Back to mine").click()
            assert source(page, "folded").endswith("#mine")
            button(page, "still", "Run").click()
    expect(cell(page, "still")).to_have_attribute("state", "loading")
    if link in WITH_RESULTS:
        visitor.python.open()
        settled(page, "still", "done")
        expect(output(page, "still")).to_have_text("theirs 0\n")


@pytest.mark.parametrize("link", LINKS)
def test_of_links_that_come_into_the_page_the_newest_is_shown_at_every_moment(reader, link):
    page = (visitor := reader(link)).page
    for moment in visitor.moments(PATH):
        number = MOMENTS.index(moment)
        if moment == MOMENTS[3]:
            expect(cell(page, "still")).to_have_attribute("foreign", "")
            assert source(page, "still") == theirs(2)
        if moment in BEFORE:
            button(page, "still", "Run").click()
        page.evaluate("(hash) => { location.hash = hash; }", fragment(still=theirs(number)))
        if moment in BEFORE:
            expect(notice(page)).to_contain_text("This link brings numbers or code.")
            continue
        expect(notice(page)).to_contain_text("This link changes one snippet")
        page.wait_for_function("(text) => document.getElementById('still').source === text", arg=theirs(number))
        expect(cell(page, "still")).to_have_attribute("foreign", "")
        expect(cell(page, "still")).to_have_attribute("state", "stopped")
    page.evaluate("history.go(-3)")  # to one that another took the place of before anybody could see it
    page.wait_for_function("(text) => document.getElementById('still').source === text", arg=theirs(1))


@pytest.mark.parametrize("link", LINKS)
def test_a_link_is_shown_though_the_reader_has_gone_on_to_a_place_on_the_page(reader, link):
    page = (visitor := reader(link)).page
    for moment in visitor.moments(PATH + fragment(still=theirs(0))):
        if moment in BEFORE:
            page.evaluate("(hash) => { location.hash = hash; }", f"#asked{'-' * MOMENTS.index(moment)}")
        elif moment == MOMENTS[3]:
            button(page, "asked", "Run").click()
    assert source(page, "still") == theirs(0)
    expect(cell(page, "still")).to_have_attribute("foreign", "")
    expect(notice(page)).to_have_count(1)
    page.evaluate("() => { location.hash = '#still'; }")
    cell(page, "still").evaluate("(cell) => cell.reset()")
    page.go_back()
    assert source(page, "still") == built(page, "still")

"""The minute before the page's script has come: what is told, what is not taken for an act, and what is not lost."""

import re

import pytest

from at_once import expect
from cells_in_page import button, cell, control, output, settled, source

FOREIGN = "v1.q1Yqyi_NS8nMS1eyUlAqKMrMK9FQL8lIzSwqVtdUqgUA"
"""A link's fragment: `rounding` prints "theirs"."""


@pytest.fixture
def early(page, guard):
    """A page whose script is held back, and what lets it go, or loses it."""

    class Early:
        def __init__(self):
            self.held = []
            page.route(re.compile(r"runtime/main\.mjs"), self.hold)

        def hold(self, route):
            if self.held is None:
                route.continue_()
            else:
                self.held.append(route)

        def asked(self):
            """Wait until the script was asked for, hold it no more, and give what asked."""
            while not self.held:
                page.evaluate("() => new Promise(requestAnimationFrame)")
            held, self.held = self.held, None
            return held

        def come(self):
            for route in self.asked():
                route.continue_()
            page.wait_for_function("() => document.querySelector('py-cell').hears")

        def fail(self):
            guard.allow("ERR_FAILED")
            for route in self.asked():
                route.abort()

    return Early()


def notices(page, id):
    return cell(page, id).locator(".early-notice")


def test_a_script_that_cannot_be_had_is_told_where_something_was_done_and_can_be_had_again(page, early):
    page.goto("softmax/", wait_until="commit")
    button(page, "softmax", "Run").click()
    expect(notices(page, "softmax")).to_have_count(0)
    early.fail()
    expect(notices(page, "softmax")).to_contain_text("this page’s script has not come. Is the network there?")
    expect(page.locator("[data-part=announcer]")).to_contain_text("this page’s script has not come")
    control(page, "softmax", "duck").press("ArrowRight")
    control(page, "formula", "animal").select_option("cat")  # and where something is done later
    expect(notices(page, "formula")).to_have_count(1)
    notices(page, "formula").get_by_role("button", name="Try again").click()
    settled(page, "softmax", "done")
    expect(page.locator(".early-notice")).to_have_count(0)
    expect(output(page, "softmax")).to_contain_text("P(duck) = 0.7257")
    assert 'animal = "cat"' in source(page, "formula")


def test_a_script_that_is_slow_to_come_is_told_and_does_all_the_same(page, early):
    page.clock.install()
    page.goto("softmax/", wait_until="commit")
    control(page, "softmax", "duck").press("ArrowRight")
    expect(cell(page, "softmax")).to_have_attribute("state", "loading")
    page.clock.fast_forward(19_000)
    expect(notices(page, "softmax")).to_have_count(0)
    page.clock.fast_forward(2_000)
    expect(notices(page, "softmax")).to_contain_text("Copy what you typed before you load the page again.")
    early.come()
    expect(notices(page, "softmax")).to_have_count(0)
    assert "duck = 2.1 " in source(page, "softmax")


def test_stop_before_the_script_has_come_stops_and_so_it_is_when_it_has(page, early):
    page.goto("softmax/", wait_until="commit")
    button(page, "softmax", "Run").click()
    button(page, "softmax", "Stop").click()
    expect(cell(page, "softmax")).to_have_attribute("state", "stopped")
    early.come()
    expect(cell(page, "softmax")).to_have_attribute("state", "stopped")
    expect(cell(page, "softmax").locator("[data-part=status]")).to_have_text(re.compile("^Stopped"))


def test_what_is_typed_before_an_edit_of_an_earlier_visit_is_back_takes_nothing_away(page):
    theirs = "print('earlier')"
    page.goto("softmax/")
    cell(page, "rounding").evaluate("(cell, text) => (cell.source = text)", theirs)
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.endsWith('#rounding'))")
    held = []
    page.route(re.compile(r"runtime/main\.mjs"), lambda route: held.append(route))
    page.goto("softmax/", wait_until="commit")
    code = cell(page, "rounding").locator("[data-part=code] [contenteditable]:visible")
    code.press("ControlOrMeta+End")
    page.keyboard.type("# now")
    page.wait_for_function("() => !document.querySelector('py-cell').hears")
    held[0].continue_()
    here = cell(page, "rounding")
    expect(here).to_contain_text("You had an edit of your own here from an earlier visit")
    assert source(page, "rounding").endswith("# now")
    page.keyboard.type("!")  # the caret is where it was, and typing goes on
    expect(here.locator(".cm-content")).to_contain_text("# now!")
    here.get_by_role("button", name="Back to that one").click()
    assert source(page, "rounding") == theirs


def test_a_link_that_comes_with_the_page_runs_nothing_that_was_pressed_before_it_was_shown(page, early):
    page.goto(f"softmax/#{FOREIGN}", wait_until="commit")
    button(page, "rounding", "Run").click()
    expect(cell(page, "rounding")).to_have_attribute("state", "loading")
    early.come()
    expect(cell(page, "rounding")).to_have_attribute("foreign", "")
    expect(cell(page, "rounding")).to_have_attribute("state", "stopped")
    assert source(page, "rounding") == "print('theirs')"


def test_a_link_whose_script_cannot_be_had_says_so_and_is_shown_when_it_can(page, early):
    page.goto(f"softmax/#{FOREIGN}", wait_until="commit")
    notice = page.locator(".link-notice")
    expect(notice).to_contain_text("This link brings numbers or code.")
    expect(page.locator("[data-part=announcer]")).to_contain_text("This link brings numbers or code.")
    early.fail()
    expect(notice).to_contain_text("this page’s script has not come. Is the network there?")
    notice.get_by_role("button", name="Try again").click()
    expect(cell(page, "rounding")).to_have_attribute("foreign", "")
    expect(notice).to_contain_text("This link changes one snippet on this page")
    expect(notice).to_have_count(1)


def test_a_page_that_the_reader_turned_to_before_the_script_had_come_is_whole(page, early):
    with page.expect_response(re.compile("sitemap.xml")):
        page.goto("softmax/", wait_until="commit")
    page.evaluate("() => (window.sameVisit = true)")
    page.locator("a.station-card").last.click()
    expect(page.locator("h1")).to_contain_text("How wrong is it")
    assert page.evaluate("() => window.sameVisit"), "it was loaded anew: nothing was put in place"
    button(page, "doors", "Run").click()
    expect(cell(page, "doors")).to_have_attribute("state", "loading")
    early.come()
    settled(page, "doors", "done")
    expect(output(page, "doors")).to_contain_text("cross-entropy = 0.6103 nats")


def test_what_a_browser_fills_in_from_an_older_visit_is_no_act(page, early):
    page.goto("softmax/", wait_until="commit")
    control(page, "softmax", "dog").evaluate("input => (input.value = 9)")
    control(page, "softmax", "duck").press("ArrowRight")
    early.come()
    expect(control(page, "softmax", "dog")).to_have_value("1")
    expect(control(page, "softmax", "duck")).to_have_value("2.1")
    assert "dog = 1.0 " in source(page, "softmax")


@pytest.mark.parametrize("path", ["train-your-dog/", "dog-stream/", "perceptron/"])
def test_without_javascript_nothing_looks_as_if_it_could_be_pressed_or_typed_into(plain, path):
    plain.goto(path)
    expect(plain.locator("py-cell button:visible, py-lab button:visible, py-exercise button:visible")).to_have_count(0)
    expect(plain.locator("[contenteditable]")).to_have_count(0)


def test_what_searches_is_fetched_when_the_search_is_opened_and_words_that_were_found_are_marked(page):
    asked = []
    page.on("request", lambda request: asked.extend(re.findall(r"/(search[._]\w+)", request.url)))
    page.goto("softmax/", wait_until="networkidle")
    assert asked == []
    page.keyboard.press("/")
    page.keyboard.type("temperature")
    page.locator(".md-search-result__link").first.click()
    expect(page.locator("article mark").first).to_have_text(re.compile("temperature", re.IGNORECASE))
    worker, index = sorted(asked)
    assert (worker[:7], index) == ("search.", "search_index")

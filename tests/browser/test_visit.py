"""A visit as a whole: first sight, moving between pages, loading Python and failing to, every size and every reader."""

import hashlib
import json
import re

import pytest

from at_once import expect
from cells_in_page import SITE, button, cell, drag, error, output, run, run_instead, settled, source
from tools.base import places


def test_python_starts_once_a_visit_and_edits_stay_through_instant_navigation(page):
    page.goto("./")
    page.evaluate("window.sameVisit = true")
    run(page, "scores")
    pythons = [w for w in page.workers if w.url.startswith("blob:")]
    page.get_by_role("link", name="The second chapter takes it apart").click()
    expect(page.locator("h1")).to_contain_text("Scores to probabilities")
    assert page.evaluate("window.sameVisit"), "the page was loaded anew: instant navigation is off"
    expect(page.locator("html")).to_have_attribute("data-python", "ready")
    run_instead(page, "rounding", "print('still here')")
    page.go_back()
    expect(cell(page, "scores")).to_be_visible()
    drag(page, "scores", "duck", 0)
    expect(output(page, "scores").locator("figure[role=img]")).to_have_attribute(
        "aria-label", re.compile("duck 0.2447")
    )
    page.go_forward()
    expect(output(page, "rounding")).to_have_text("still here\n")
    assert source(page, "rounding") == "print('still here')"
    now = [w for w in page.workers if w.url.startswith("blob:")]
    assert now[0] == pythons[0]
    assert len(now) <= 2, "one at work, and a spare"


def test_a_load_that_fails_says_why_and_retry_works(page, guard):
    guard.allow("Failed to load resource|ERR_FAILED|404")
    page.route("**/vendor/pyodide/pyodide.mjs", lambda route: route.fulfill(status=503, body="no"))
    page.goto("softmax/")
    button(page, "softmax", "Run").click()
    settled(page, "softmax", "error")
    expect(page.locator("html")).to_have_attribute("data-python", "failed")
    expect(cell(page, "softmax")).to_contain_text("503")
    page.unroute("**/vendor/pyodide/pyodide.mjs")
    cell(page, "softmax").get_by_role("button", name="Retry").click()
    settled(page, "softmax", "done")


def test_html_in_place_of_python_is_named_as_what_it_is(page, guard):
    guard.allow("Failed to load resource|integrity|digest")
    portal = "<!doctype html><title>Sign in to the school network</title>"
    page.route(
        "**/vendor/pyodide/pyodide.mjs", lambda route: route.fulfill(status=200, content_type="text/html", body=portal)
    )
    page.goto("softmax/")
    button(page, "softmax", "Run").click()
    settled(page, "softmax", "error")
    expect(cell(page, "softmax")).to_contain_text("pyodide.mjs")
    expect(cell(page, "softmax")).to_contain_text("web page")


@pytest.mark.parametrize("address", ["./", "softmax/"])
def test_without_javascript_the_page_is_complete(plain, address):
    plain.goto(address)
    expect(plain.locator("py-cell pre code").first).to_be_visible()
    told = plain.locator("py-cell:not(py-exercise *)")  # a blank that nobody has filled says nothing
    assert told.filter(has=plain.locator("[data-output]")).count() >= told.count() - 1
    expect(plain.locator(":is([data-output=chart], [data-output=svg]) svg").first).to_be_visible()
    for text in plain.locator("[data-expr]").all_text_contents():
        assert text.strip()
    expect(plain.get_by_role("button", name="Run: ")).to_have_count(0)
    expect(plain.get_by_role("slider")).to_have_count(0)


def test_the_editor_takes_the_place_of_the_code_without_a_jump(page):
    page.goto("softmax/")
    here = cell(page, "softmax")
    here.locator("[data-part=code]").scroll_into_view_if_needed()
    before = here.bounding_box()
    next_before = cell(page, "chart").bounding_box()
    here.locator("[data-part=code]").click()
    expect(here.locator(".cm-content")).to_be_focused()
    assert here.bounding_box() == pytest.approx(before, abs=1)
    assert cell(page, "chart").bounding_box() == pytest.approx(next_before, abs=1)


def test_with_the_keyboard_alone_a_reader_moves_a_slider_edits_and_runs(page):
    page.goto("./")
    slider = cell(page, "scores").locator("input[name=duck]")
    for _ in range(60):
        page.keyboard.press("Tab")
        if slider.evaluate("slider => slider === document.activeElement"):
            break
    expect(slider).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_value("2.1")
    settled(page, "scores", "done")
    code = cell(page, "scores").locator("[data-part=code]")
    for _ in range(20):
        page.keyboard.press("Tab")
        if code.evaluate("code => code.contains(document.activeElement)"):
            break
    page.keyboard.press("Enter")
    expect(code.locator(".cm-content")).to_be_focused()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type("\nprint(7 * 6)")
    page.keyboard.press("Control+Enter")
    expect(output(page, "scores")).to_contain_text("42")
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Tab")
    expect(button(page, "scores", "Run")).to_be_focused()
    expect(error(page, "scores")).to_be_empty()


@pytest.mark.parametrize("chosen", [None, "light"])
def test_what_a_reader_prefers_is_there_before_any_script_has_come(dark, chosen):
    if chosen:
        dark.goto("softmax/")
        dark.get_by_role("button", name="Dark mode", pressed=True).click()
        expect(dark.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    dark.route(re.compile(r"\.m?js$"), lambda _: None)  # never answered
    dark.goto("softmax/", wait_until="commit")
    expect(dark.locator("h1")).to_be_visible()
    assert dark.locator("body").get_attribute("data-md-color-scheme") == ("default" if chosen else "slate")


def test_the_colour_scheme_is_followed_and_can_be_switched(dark):
    dark.goto("softmax/")
    background = "getComputedStyle(document.body).backgroundColor"
    night = dark.evaluate(background)
    switch = dark.get_by_role("button", name="Dark mode")
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.press("Space")
    expect(switch).to_have_attribute("aria-pressed", "false")
    expect(dark.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    assert dark.evaluate(background) != night


def test_every_file_that_the_site_ships_is_the_one_that_was_verified():
    vendor = SITE / "vendor"
    manifest = json.loads((vendor / "manifest.json").read_text())
    package = json.loads((places.ROOT / "package.json").read_text())
    assert manifest["pyodide"] == package["dependencies"]["pyodide"]
    for name, file in manifest["files"].items():
        data = (vendor / name).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (file["bytes"], file["sha256"]), name

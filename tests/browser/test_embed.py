"""One cell in somebody else's page, on another origin, in a browser that gives sites in frames nothing to keep."""

import json
import re

import pytest

from at_once import expect
from cells_in_page import button, cell, drag, error, output, run, settled, status
from tools.base import places
from tools.serving.static_server import serving

LISTEN = """addEventListener("message", ({ data, origin }) => (window.heard ??= []).push({ ...data, origin }));"""


@pytest.fixture(scope="module")
def strict(playwright, browser_type_launch_args, site_url, tmp_path_factory):
    """A Chromium whose settings forbid sites in frames all storage; what it may not do is written down."""
    profile = tmp_path_factory.mktemp("profile")
    (profile / "Default").mkdir()
    settings = {"profile": {"block_third_party_cookies": True, "cookie_controls_mode": 1}}
    (profile / "Default" / "Preferences").write_text(json.dumps(settings))
    flags = [flag.replace("EXCLUDE 127", "EXCLUDE localhost, EXCLUDE 127") for flag in browser_type_launch_args["args"]]
    context = playwright.chromium.launch_persistent_context(profile, **{**browser_type_launch_args, "args": flags})
    context.faults = []
    context.on("weberror", lambda error: context.faults.append(str(error.error)))
    yield context
    context.close()


@pytest.fixture
def frame_html(page):
    """What Embed copies."""

    def copied(path, id):
        page.goto(path)
        button(page, id, "More").click()
        button(page, id, "Embed").click()
        expect(status(page, id)).to_have_text("The frame for your page is copied, as HTML.")
        return page.evaluate("navigator.clipboard.readText()")

    return copied


@pytest.fixture
def host(strict, tmp_path):
    """Opens a page of another site with a frame in it; gives that page and the frame."""

    def opened(html):
        (tmp_path / "index.html").write_text(f"<!doctype html><title>Mine</title><script>{LISTEN}</script>{html}")
        page = strict.new_page()
        page.goto(address.replace("127.0.0.1", "localhost"))
        return page, page.frames[1]

    with serving(tmp_path) as address:
        yield opened
    for page in strict.pages[1:]:
        page.close()
    assert strict.faults == []


def write(page, frame, id, source):
    cell(frame, id).locator("[data-part=code]").click()
    expect(cell(frame, id).locator(".cm-content")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(source)


def test_a_cell_works_in_a_page_of_another_site_where_nothing_may_be_kept(host, frame_html, site_url):
    html = frame_html("softmax/", "softmax")
    assert re.search(r'sandbox="allow-scripts allow-same-origin [^"]*"', html)
    assert 'title="Softmax of three scores: Scores to probabilities' in html
    listens = re.search(r"```html\n(.*?)```", (places.SITE / "teach.md").read_text(), re.DOTALL)[1]
    page, frame = host(html + listens)
    expect(cell(frame, "softmax")).to_be_visible()
    expect(frame.locator(".md-header")).to_be_hidden()
    expect(cell(frame, "chart")).to_be_hidden()
    assert "SecurityError" in frame.evaluate(
        "() => { try { return String(localStorage) } catch (e) { return e.name } }"
    )

    drag(frame, "softmax", "duck", 5, "done")
    expect(output(frame, "softmax")).to_contain_text("P(duck) = 0.979")
    write(page, frame, "softmax", "print(6 * 7)")
    expect(cell(frame, "softmax").locator("[data-part=text]")).to_contain_text("This site may keep nothing here.")
    run(frame, "softmax")
    expect(output(frame, "softmax")).to_have_text("42\n")
    write(page, frame, "softmax", "1 / 0")
    button(frame, "softmax", "Run").click()
    settled(frame, "softmax", "error")
    expect(error(frame, "softmax")).to_contain_text("ZeroDivisionError")
    write(page, frame, "softmax", "while True: pass")
    button(frame, "softmax", "Run").click()
    button(frame, "softmax", "Stop").click()
    settled(frame, "softmax", "stopped")

    heard = page.evaluate("window.heard")
    assert {(one["site"], one["embed"]) for one in heard} == {("dog-primer", "softmax")}
    assert site_url.startswith(heard[-1]["origin"])
    assert heard[-1]["height"] == frame.evaluate("document.querySelector('main[data-part=embedded]').offsetHeight")
    expect(page.locator("iframe")).to_have_attribute("height", str(heard[-1]["height"]))  # as teachers are told
    foot = frame.get_by_role("link", name=re.compile("Scores to probabilities"))
    assert foot.get_attribute("target") == "_blank"
    assert frame.evaluate("document.querySelector('main > article > p > a').href") == f"{site_url}softmax/#softmax"


def test_an_exercise_and_a_lab_stand_alone_as_well(page, axe):
    for path, id, name in [
        ("softmax/", "half-as-likely", "py-exercise"),
        ("train-your-dog/", "train-your-dog", "py-lab"),
    ]:
        page.goto(f"{path}?embed={id}")
        expect(page.locator(f"[data-part=embedded] {name}")).to_be_visible()
        expect(page.locator(".md-header")).to_be_hidden()
        axe(page)


def test_what_the_page_has_not_is_told_with_what_it_has(page):
    page.goto("softmax/?embed=softmaxx")
    expect(page.get_by_role("main")).to_contain_text("“softmaxx” is asked for; this page has: softmax, ")
    expect(page.get_by_role("link", name=re.compile("Scores to probabilities"))).to_be_visible()

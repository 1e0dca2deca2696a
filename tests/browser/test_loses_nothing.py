"""What a reader typed is there again: after a reload, a change of the page, another tab, a link, a full disk."""

import json
import re

import pytest

from at_once import expect
from cells_in_page import FEW, cell, copy_link, drag, output, run, settings, settled, source, status, type_instead
from test_first_links import fragment

MINE = "print('mine')"


@pytest.fixture
def softmax(page):
    """The page as a first visit finds it."""
    page.goto(FEW)
    return page


def notice(page, id):
    """What a cell says about whose text it shows."""
    return cell(page, id).locator("[data-part=text]")


def press(page, id, name):
    cell(page, id).get_by_role("button", name=re.compile(rf"^{name}\b")).click()


def kept(page):
    """What is stored, by cell."""
    entries = page.evaluate("Object.entries(localStorage)")
    return {key.split("#")[1]: json.loads(value) for key, value in entries if "/edit/" in key}


def edit_and_wait(page, id, text):
    type_instead(page, id, text)
    page.wait_for_function(
        "([id, text]) => Object.entries(localStorage).some(([key, value]) => key.endsWith('#' + id) && "
        "value.startsWith('{\"source\":' + JSON.stringify(text)))",
        arg=[id, text],
    )


def test_an_edit_is_there_again_after_a_reload_and_runs_nothing(softmax):
    edit_and_wait(softmax, "rounding", MINE)
    softmax.reload()
    assert source(softmax, "rounding") == MINE
    expect(cell(softmax, "rounding")).to_have_attribute("edited", "")
    expect(cell(softmax, "rounding")).to_have_attribute("state", "static")
    expect(status(softmax, "rounding")).to_contain_text("Your edit is back")
    expect(softmax.locator("html")).to_have_attribute("data-python", "off")
    expect(softmax.locator("py-cell[edited]")).to_have_count(1)


def test_what_was_typed_in_the_last_moment_is_kept_too(softmax):
    type_instead(softmax, "rounding", MINE)
    softmax.reload()  # at once: nothing waits for the timer
    assert source(softmax, "rounding") == MINE


def test_an_edit_is_kept_within_300_milliseconds_while_typing_goes_on(softmax, guard):
    guard.allow("executing a cancelled action")  # Material's RxJS under a clock that is moved
    softmax.clock.install()
    type_instead(softmax, "rounding", "x = 1")
    softmax.clock.run_for(200)
    softmax.keyboard.type("0")
    softmax.clock.run_for(300)
    assert kept(softmax)["rounding"]["source"] == "x = 10"


def test_a_slider_is_kept_and_shown_again(softmax):
    drag(softmax, "softmax", "duck", 4.5)
    softmax.reload()
    expect(cell(softmax, "softmax").locator("input[name=duck]")).to_have_value("4.5")
    assert "duck = 4.5 " in source(softmax, "softmax")


def test_reset_can_be_undone_and_is_kept(softmax):
    edit_and_wait(softmax, "rounding", MINE)
    built = cell(softmax, "rounding").evaluate("cell => cell.built.source")
    press(softmax, "rounding", "Reset")
    assert source(softmax, "rounding") == built
    softmax.wait_for_function("() => !Object.keys(localStorage).some((key) => key.includes('/edit/'))")
    press(softmax, "rounding", "Undo")
    assert source(softmax, "rounding") == MINE
    expect(cell(softmax, "rounding").get_by_role("button", name="Undo")).to_have_count(0)
    softmax.reload()
    assert source(softmax, "rounding") == MINE
    press(softmax, "rounding", "Reset")
    press(softmax, "rounding", "Undo")
    assert source(softmax, "rounding") == MINE
    press(softmax, "rounding", "Reset")
    softmax.reload()
    assert source(softmax, "rounding") == built


@pytest.mark.parametrize("choice", ["Keep mine", "Take the new one"])
def test_when_the_page_has_changed_both_are_offered(softmax, choice):
    edit_and_wait(softmax, "rounding", MINE)
    softmax.evaluate(
        """() => {
            const key = Object.keys(localStorage).find((key) => key.endsWith("#rounding"));
            localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), built: "older" }));
        }"""
    )
    built = cell(softmax, "rounding").evaluate("cell => cell.built.source")
    softmax.reload()
    assert source(softmax, "rounding") == built
    expect(notice(softmax, "rounding")).to_contain_text("The page has changed since you edited this snippet")
    expect(notice(softmax, "rounding").locator("ins")).to_have_text(f"+ {MINE}\n")
    expect(notice(softmax, "rounding").locator("del").first).to_have_text("− import numpy as np\n")
    softmax.reload()  # undecided: both are still there
    press(softmax, "rounding", choice)
    expect(notice(softmax, "rounding")).to_be_empty()
    expected = MINE if choice == "Keep mine" else built
    assert source(softmax, "rounding") == expected
    softmax.reload()
    assert source(softmax, "rounding") == expected
    expect(cell(softmax, "rounding").get_by_text("has changed since")).to_have_count(0)


def test_what_the_page_wrote_before_it_was_loaded_again_is_not_another_tabs(softmax):
    edit_and_wait(softmax, "rounding", "print('before')")
    edit_and_wait(softmax, "rounding", MINE)
    softmax.reload()
    softmax.evaluate(  # a busy browser tells the new page, late, what the one before it did
        """() => {
            const key = Object.keys(localStorage).find((key) => key.endsWith("#rounding"));
            const newValue = localStorage.getItem(key).replace("mine", "before");
            dispatchEvent(new StorageEvent("storage", { key, newValue }));
        }"""
    )
    expect(cell(softmax, "rounding").get_by_text("Another tab")).to_have_count(0)
    edit_and_wait(softmax, "rounding", "print('after')")
    expect(cell(softmax, "rounding").get_by_text("Another tab")).to_have_count(0)


def test_two_tabs_do_not_overwrite_each_other_silently(softmax):
    other = softmax.context.new_page()
    other.goto(FEW)
    edit_and_wait(softmax, "rounding", "print('first tab')")
    expect(notice(other, "rounding")).to_contain_text("Another tab has a newer edit")
    expect(notice(other, "rounding").locator("ins")).to_have_text("+ print('first tab')\n")
    edit_and_wait(other, "rounding", "print('second tab')")  # goes its own way: the first tab's text is not lost
    expect(notice(softmax, "rounding").locator("ins")).to_have_text("+ print('second tab')\n")
    assert source(softmax, "rounding") == "print('first tab')"
    softmax.close()
    other.reload()
    assert source(other, "rounding") == "print('second tab')"
    press(other, "rounding", "Take it")
    assert source(other, "rounding") == "print('first tab')"
    press(other, "rounding", "Undo")
    assert source(other, "rounding") == "print('second tab')"


def link_to(page, id, text):
    """Copy the link of an edit as a friend does, in a browser of their own."""
    type_instead(page, id, text)
    copy_link(page, id)
    expect(status(page, id)).to_contain_text("copied")
    return page.evaluate("navigator.clipboard.readText()")


def test_a_link_shows_what_it_changes_runs_nothing_and_takes_nothing_away(softmax, new_context):
    friend = new_context().new_page()
    friend.goto(FEW)
    link = link_to(friend, "rounding", "print('theirs')")
    edit_and_wait(softmax, "rounding", MINE)
    edit_and_wait(softmax, "sigmoid", "lead = 3")
    for comes_from in (link, FEW, link):  # what was only looked at leaves no trace
        softmax.goto("about:blank")
        softmax.goto(comes_from)
        assert source(softmax, "rounding") == ("print('theirs')" if comes_from == link else MINE)
    expect(cell(softmax, "rounding")).to_have_attribute("foreign", "")
    expect(notice(softmax, "rounding")).to_contain_text("From a link, not from this site. Nothing has run.")
    expect(notice(softmax, "rounding").locator("ins").first).to_have_text("+ print('theirs')\n")
    expect(notice(softmax, "rounding")).to_contain_text("You had an edit of your own")
    expect(notice(softmax, "sigmoid")).to_contain_text("You had an edit of your own")  # the link has the original there
    expect(softmax.locator("html")).to_have_attribute("data-python", "off")
    drag(softmax, "softmax", "duck", 5)
    settled(softmax, "softmax", "done")  # a cell that is as it was, and needs nothing of the link's
    expect(cell(softmax, "rounding")).to_have_attribute("foreign", "")
    expect(cell(softmax, "rounding")).to_have_attribute("state", "static")
    assert kept(softmax)["rounding"]["source"] == MINE
    run(softmax, "rounding")
    expect(output(softmax, "rounding")).to_have_text("theirs\n")
    softmax.wait_for_function("() => JSON.stringify(localStorage).includes('theirs')")
    softmax.goto("about:blank")
    softmax.goto(FEW)  # without the link, and after Run: theirs, and mine still on offer
    assert source(softmax, "rounding") == "print('theirs')"
    press(softmax, "rounding", "Back to mine")
    assert source(softmax, "rounding") == MINE
    assert source(softmax, "sigmoid") == "lead = 3"


FILL = """() => {
    let size = 1 << 20;
    for (let i = 0; size >= 1;) {
        try { localStorage.setItem("filler" + i++, "x".repeat(size)); } catch { size >>= 1; }
    }
}"""
FORBID = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("denied", "SecurityError"); } })"""


@pytest.mark.parametrize("trouble", ["full", "forbidden"])
def test_storage_that_cannot_be_used_is_said_once_and_work_goes_on(page, guard, trouble):
    if trouble == "forbidden":
        guard.allow("denied|SecurityError")  # Material asks for the storage too, and says so
        page.add_init_script(FORBID)
    page.goto(FEW)
    if trouble == "full":
        page.evaluate(FILL)
    type_instead(page, "rounding", MINE)
    expected = "storage for this site is full" if trouble == "full" else "This site may keep nothing here"
    expect(notice(page, "rounding")).to_contain_text(expected)
    press(page, "rounding", "All right")
    expect(notice(page, "rounding")).to_be_empty()
    type_instead(page, "sigmoid", "lead = 2.0\nprint('on it goes')")
    run(page, "sigmoid")
    expect(output(page, "sigmoid")).to_have_text("on it goes\n")
    expect(page.locator("[data-part=text]:not(:empty)")).to_have_count(0)
    assert source(page, "rounding") == MINE


def test_the_reader_can_have_everything_forgotten(softmax):
    edit_and_wait(softmax, "rounding", MINE)
    settings(softmax).get_by_role("button", name="Forget my edits").click()
    assert kept(softmax) == {}
    expect(softmax.locator("py-cell[edited]")).to_have_count(0)
    press(softmax, "rounding", "Undo")
    assert source(softmax, "rounding") == MINE
    press(softmax, "rounding", "Reset")
    softmax.reload()
    expect(softmax.locator("py-cell[edited]")).to_have_count(0)


def test_accessible_with_a_difference_on_show(dark, axe):
    dark.goto(FEW + fragment(rounding=MINE))
    expect(cell(dark, "rounding")).to_have_attribute("foreign", "")
    axe(dark)


def test_damaged_storage_never_breaks_the_page(softmax):
    edit_and_wait(softmax, "rounding", MINE)
    for record in ["{", "null", '{"source": 3, "built": "x", "offers": []}', '{"source": "x", "built": 1}', "\ud83d"]:
        softmax.evaluate(
            """(record) => {
                const key = Object.keys(localStorage).find((key) => key.endsWith("#rounding"));
                localStorage.setItem(key, record);
            }""",
            record,
        )
        softmax.reload()
        expect(softmax.locator("py-cell[edited]")).to_have_count(0)
    edit_and_wait(softmax, "rounding", MINE)

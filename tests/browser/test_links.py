"""What a link from somebody else shows, what it does not do, and what Run gives leave to."""

import pytest

from at_once import expect
from cells_in_page import FEW, button, cell, drag, output, run, settled, source, status, type_instead

CHAPTER = (FEW, "softmax")

ENCODE = """async (edits) => {
    const runtime = new URL(".", document.querySelector('script[src*="runtime/main.mjs"]').src).href;
    return (await import(runtime + "state/link.mjs")).encode(edits);
}"""


CLICK = """(fragment) => {
    const link = Object.assign(document.createElement("a"), { href: fragment, textContent: "a friend's" });
    document.querySelector("article h1").after(link);
    link.click();
}"""


UNPACKING_WAITS = """() => {
    const { read } = ReadableStreamDefaultReader.prototype;
    const gate = new Promise((open) => (window.unpack = open));
    ReadableStreamDefaultReader.prototype.read = function () { return gate.then(() => read.call(this)); };
}"""


@pytest.fixture
def softmax(page):
    page.goto(FEW)
    return page


def link(page, **edits):
    """The fragment of a link with these edits, as Copy link makes it."""
    return page.evaluate(ENCODE, {id.replace("_", "-"): text for id, text in edits.items()})


def follow(page, fragment):
    page.evaluate("(hash) => { location.hash = hash; }", fragment)


def notice(page):
    return page.locator(".link-notice")


def test_a_link_shows_the_first_snippet_that_it_changes_and_says_how_many(softmax):
    fragment = link(softmax, sigmoid_chart="lead_chart = 1", rounding="print('theirs')")
    softmax.goto("about:blank")
    softmax.goto("softmax/" + fragment)  # where one of the two is folded
    expect(notice(softmax)).to_have_text(
        "This link changes 2 snippets on this page: “The sigmoid, and your dog on it”, “Rounded, cut, and as printed”. "
        "Read them, then press Run: nothing of it runs before."
    )
    expect(notice(softmax)).to_be_in_viewport()
    chart = cell(softmax, "sigmoid-chart")
    expect(chart).to_be_in_viewport()
    expect(chart.locator("[data-part=code]")).to_be_visible()  # it was folded
    expect(softmax.locator("html")).to_have_attribute("data-python", "off")


@pytest.mark.parametrize(("code", "then"), [("print('theirs')", "stopped"), ("", "done")])
def test_what_is_pressed_while_a_link_is_unpacked_waits_for_what_it_brings(softmax, code, then):
    run(softmax, "softmax")  # Python is there, and would be quicker than any link
    fragment = link(softmax, rounding=code or source(softmax, "rounding"))
    softmax.evaluate(UNPACKING_WAITS)
    follow(softmax, fragment)
    button(softmax, "rounding", "Run").click()
    button(softmax, "softmax", "Run").click()
    expect(cell(softmax, "rounding")).to_have_attribute("state", "loading")
    softmax.evaluate("unpack()")
    settled(softmax, "rounding", then)
    assert (cell(softmax, "rounding").get_attribute("foreign") is not None) == bool(code)


def test_the_same_link_clicked_again_is_taken_up_again(softmax):
    fragment = link(softmax, rounding="print('theirs')")
    for _ in range(3):
        softmax.evaluate(CLICK, fragment)
        expect(cell(softmax, "rounding")).to_have_attribute("foreign", "")
        assert source(softmax, "rounding") == "print('theirs')"
        button(softmax, "rounding", "Reset").click()
        expect(cell(softmax, "rounding")).not_to_have_attribute("edited", "")


def test_a_link_that_comes_again_by_its_address_is_taken_up_and_going_back_to_it_undoes_nothing(softmax):
    fragment = link(softmax, rounding="print('theirs')")
    follow(softmax, fragment)
    expect(cell(softmax, "rounding")).to_have_attribute("foreign", "")
    type_instead(softmax, "rounding", "print('mine')")
    follow(softmax, "#rounding")
    softmax.go_back()
    softmax.wait_for_function("(hash) => location.hash === hash", arg=fragment)
    assert source(softmax, "rounding") == "print('mine')"
    follow(softmax, "#rounding")
    follow(softmax, fragment)
    expect(cell(softmax, "rounding").locator(".cm-content")).to_have_text("print('theirs')")


def test_why_a_link_cannot_be_shown_stays_until_another_link_comes(softmax):
    follow(softmax, "#v1.AAAA")
    expect(notice(softmax)).to_contain_text("The edits in this link cannot be shown")
    follow(softmax, "#rounding")
    expect(notice(softmax)).to_contain_text("The edits in this link cannot be shown")
    follow(softmax, "#v9.x")
    expect(notice(softmax)).to_contain_text("it was made by another version of this site")
    softmax.go_back()
    softmax.go_back()
    expect(notice(softmax)).to_contain_text("it is damaged")
    expect(notice(softmax)).to_have_count(1)
    follow(softmax, link(softmax, rounding="x = 1"))
    expect(notice(softmax)).to_contain_text("changes one snippet")


def test_run_gives_leave_to_what_it_needs_and_to_nothing_else(warm):
    built = source(warm, "softmax")
    theirs = {
        "softmax": built.replace("duck = 2.0", "duck = 9.0") + "\n# theirs",
        "chart": "print('their chart', probabilities[0])",
        "rounding": "print('theirs')",
    }
    follow(warm, link(warm, **theirs))
    for id in theirs:
        expect(cell(warm, id)).to_have_attribute("foreign", "")
    told = cell(warm, "chart").locator("[data-part=text]")
    expect(told).to_contain_text("Run runs what the link changed in “Softmax of three scores”, too.")
    expect(cell(warm, "rounding").locator("[data-part=text]")).not_to_contain_text("too.")
    run(warm, "chart")
    expect(output(warm, "chart")).to_contain_text("their chart 0.99")
    for id in ("chart", "softmax"):
        expect(cell(warm, id)).not_to_have_attribute("foreign", "")
    expect(cell(warm, "rounding")).to_have_attribute("foreign", "")
    expect(output(warm, "rounding")).not_to_contain_text("theirs")
    assert cell(warm, "rounding").evaluate("cell => cell.source") == "print('theirs')"
    expect(notice(warm)).to_have_count(1)
    run(warm, "rounding")
    expect(output(warm, "rounding")).to_have_text("theirs\n")
    expect(notice(warm)).to_have_count(0)  # nothing of the link is left to decide on


def test_a_control_moves_on_beside_foreign_code_and_never_runs_it(warm):
    follow(warm, link(warm, rounding="print('theirs')", chart="print('their chart', probabilities[0])"))
    expect(cell(warm, "chart")).to_have_attribute("foreign", "")
    cell(warm, "sigmoid").locator("input[name=dog_score]").fill("2")
    settled(warm, "sigmoid", "done")
    expect(cell(warm, "sigmoid")).not_to_have_attribute("stale", "")
    before = output(warm, "softmax").inner_text()
    cell(warm, "softmax").locator("input[name=duck]").fill("6")  # the foreign chart would follow it
    settled(warm, "softmax", "done")
    expect(cell(warm, "softmax")).to_have_attribute("stale", "")
    assert output(warm, "softmax").inner_text() == before
    expect(cell(warm, "chart")).to_have_attribute("foreign", "")
    expect(output(warm, "chart")).not_to_contain_text("their chart")
    run(warm, "softmax")
    expect(output(warm, "softmax")).to_contain_text("P(duck) = 0.99")
    expect(output(warm, "chart")).to_contain_text("their chart 0.99")


def test_a_snippet_that_reads_from_foreign_code_says_so(softmax):
    follow(softmax, link(softmax, softmax=source(softmax, "softmax") + "\nprint('theirs')"))
    expect(cell(softmax, "chart")).to_have_attribute("stale", "")
    expect(status(softmax, "chart")).to_have_text(
        "“Softmax of three scores” came with the link and has not run. Run runs both."
    )


def test_a_link_that_comes_while_python_starts_runs_nothing(softmax):
    theirs = link(softmax, rounding="print('from a friend')")
    drag(softmax, "softmax", "duck", 5)
    expect(cell(softmax, "softmax")).to_have_attribute("state", "loading")
    follow(softmax, theirs)
    expect(cell(softmax, "rounding")).to_have_attribute("foreign", "")
    expect(cell(softmax, "softmax")).to_have_attribute("state", "stopped")
    expect(softmax.locator("html")).to_have_attribute("data-python", "ready", timeout=90_000)
    expect(softmax.locator("py-cell[state=done]")).to_have_count(0)
    run(softmax, "rounding")
    expect(output(softmax, "rounding")).to_have_text("from a friend\n")

"""`?view=print` and /print/: a page on paper with its reader's own numbers."""

import pytest

from at_once import expect
from cells_in_page import cell, drag, output, source, status, type_instead
from test_first_links import fragment
from test_links import notice

ASKED = """
window.print = () => {
  const { dataset } = document.documentElement;
  const output = document.querySelector("#softmax [data-part=output]");
  dataset.printed = `${dataset.printed ?? ""}|${output.textContent.trim()}`;
};
"""
"""There is no dialogue in a browser without a window: what stands there when it would open is kept."""


@pytest.fixture
def own(warm):
    """A page on which its reader has moved a slider, typed and not run, and made a guess."""
    drag(warm, "softmax", "duck", 5, "done")
    type_instead(warm, "rounding", "print('mine, not run')")
    expect(cell(warm, "rounding")).to_have_attribute("edited", "")
    guess = warm.locator("py-prediction").nth(1)
    if guess.get_attribute("made") is None:  # it is kept for the whole visit
        guess.get_by_label("All 0").check()
        guess.get_by_role("button").click()
    expect(guess).to_have_attribute("right", "false")
    return warm


def printing(page):
    page.add_init_script(ASKED)
    return page


def on_paper(page):
    expect(page.locator("html[data-printed]")).to_be_attached(timeout=90_000)
    page.emulate_media(media="print")


def test_a_page_is_printed_once_all_that_its_reader_changed_has_run_and_keeps_answers_until_one_has_guessed(own):
    numbers = output(own, "softmax").inner_text()
    assert "0.9" in numbers
    page = printing(own.context.new_page())
    page.goto("softmax/?view=print")
    on_paper(page)
    assert page.locator("html").get_attribute("data-printed") == f"|{numbers.strip()}"  # once, and so much stood there
    assert "duck = 5.0" in source(page, "softmax")
    expect(output(page, "rounding")).to_have_text("mine, not run")
    expect(page.locator("py-cell[stale]")).to_have_count(0)
    expect(page.locator("article table").first).to_contain_text("5.0")  # numbers in prose, too
    expect(notice(page)).to_have_count(1)
    expect(notice(page)).to_be_hidden()
    unmade, made = page.locator("py-prediction").nth(0), page.locator("py-prediction").nth(1)
    expect(unmade.locator("input").first).to_be_visible()
    expect(unmade.locator("details")).to_be_hidden()
    expect(made.get_by_label("All 0")).to_be_checked()
    expect(made.locator("[data-part=verdict]")).to_be_visible()
    expect(made.locator("[data-part=right]")).to_be_visible()
    expect(made.locator("[data-chosen]")).to_be_visible()


def test_a_links_code_does_not_run_for_it_and_the_paper_says_so(page):
    printing(page).goto("softmax/?view=print" + fragment(softmax="print('theirs')"))
    on_paper(page)
    expect(output(page, "softmax")).not_to_contain_text("theirs")
    expect(page.locator("html")).to_have_attribute("data-python", "off")
    expect(status(page, "softmax")).to_be_visible()
    expect(status(page, "softmax")).to_contain_text("From a link, and has not run.")
    expect(cell(page, "softmax").locator("[data-action=run]")).to_be_hidden()


def test_what_can_be_printed_is_listed_with_what_is_ones_own_in_it(own, guard, axe):
    page = printing(own.context.new_page())
    page.goto("print/")
    row = page.locator("[data-part=on-paper] li")
    expect(row.filter(has_text="Scores to probabilities")).to_contain_text("(2 snippets of yours)")
    expect(row.filter(has_text="The mirror")).to_contain_text("(as it was built)")
    axe(page)
    page.goto("print/?page=fish")
    expect(page.locator("[data-part=on-paper]")).to_contain_text(
        "asks for the page “fish”; expected one of: first-steps,"
    )
    page.goto("print/?page=softmax")
    page.wait_for_url("**/softmax/?view=print")

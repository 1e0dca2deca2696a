"""What a reader does at each of the five moments beside Run: helps, keys on a handle, composed letters."""

import re

import pytest

from at_once import expect
from cells_in_page import PYTHON_STARTS, cell, source
from figures_in_page import value
from test_first_acts import LINKS, MOMENTS, reader

__all__ = ["reader"]  # the fixture


@pytest.mark.parametrize("link", LINKS)
def test_hints_the_solution_and_keys_on_a_handle_are_kept_and_carried_out(reader, link):
    page = (visitor := reader(link)).page
    exercise = page.locator("py-exercise[for=cat-detector]")
    hint, solution = (exercise.locator(f"[data-action={action}]") for action in ("hint", "solution"))
    for moment in visitor.moments("perceptron/"):
        solution.click()
        if moment in MOMENTS[:3]:
            hint.click()
            expect(exercise.locator("[data-part=note]")).to_have_text("Heard: the page comes …")
        handle = cell(page, "quadrants").locator("[data-drag^=fur_cut]")
        expect(handle).to_have_role("slider")
        handle.press("ArrowRight")
        expect(cell(page, "quadrants")).to_have_attribute("state", "loading")
        if moment == "elements defined":  # the first press is answered with advice, the others show and hide
            expect(solution).to_have_text("Hide solution")
            expect(exercise.locator("[data-part=solution]")).to_have_attribute("open", "")
            expect(hint).to_have_text("No more hints")
    expect(solution).to_have_text("Show solution")
    expect(exercise.locator("details.hint[open]")).to_have_count(2)
    built = float(
        re.search(r"^fur_cut = (\S+)", page.evaluate("document.querySelector('#quadrants').built.source"), re.M)[1]
    )
    step = float(cell(page, "quadrants").locator("[name=fur_cut]").get_attribute("step"))
    assert value(page, "quadrants", "fur_cut") == pytest.approx(built + 5 * step)


@pytest.mark.parametrize("link", LINKS)
def test_letters_that_are_composed_are_kept_also_while_the_script_comes(reader, link):
    page = (visitor := reader(link)).page
    keyboard = visitor.context.new_cdp_session(page)

    def compose(letter):
        for text in ("´", letter):
            keyboard.send("Input.imeSetComposition", {"text": text, "selectionStart": 1, "selectionEnd": 1})

    for moment in visitor.moments("perceptron/"):
        code = cell(page, "slopes").locator("[data-part=code] [contenteditable]:visible")
        if moment == MOMENTS[0]:
            code.press("ControlOrMeta+End")
            page.keyboard.type("#")
        if moment != MOMENTS[3]:  # there one is on its way from before
            compose("é")
        if moment != MOMENTS[2]:
            keyboard.send("Input.insertText", {"text": "é"})
        expect(code).to_contain_text(re.compile(f"#é{{{(1, 2, 3, 3, 4)[MOMENTS.index(moment)]}}}(?!é)"))
        if moment == MOMENTS[3]:
            expect(cell(page, "slopes").locator(".cm-content")).to_be_focused(
                timeout=PYTHON_STARTS
            )  # the editor comes over the link, too
    assert source(page, "slopes").endswith("#éééé")

"""How a cell looks and where its parts are: a control and what it moves in one view, and nothing that jumps."""

import pytest

from at_once import expect
from cells_in_page import FULL, PYTHON_STARTS, arrive, button, cell, copy_link, output, settled, status, type_instead

SLID = ("./", "first-steps/", "perceptron/", "softmax/", "cross-entropy/", "backpropagation/")
"""Pages that have cells with sliders, but for the one whose first waits for a training."""
ORDER = ["head", "output", "controls", "bar", "error", "code", "keys"]


def test_the_parts_of_a_cell_stand_in_the_page_as_they_are_seen(page):
    page.goto("test-pages/cells/")
    parts = cell(page, "many").locator(":scope > [data-part]")
    assert parts.evaluate_all("(all) => all.map((one) => one.dataset.part)") == ORDER
    tops = parts.locator("visible=true").evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().top)")
    assert tops == sorted(tops)


@pytest.mark.parametrize("reader", ["page", "phone"])
@pytest.mark.parametrize("address", SLID if FULL else ["softmax/", "cross-entropy/"])
def test_nothing_moves_from_the_first_touch_of_a_cold_start_to_its_first_result(request, address, reader):
    page = request.getfixturevalue(reader)
    arrive(page, address)
    here = page.locator("py-cell[controls]:has(input[type=range]):visible").first
    id = here.get_attribute("id")
    here.scroll_into_view_if_needed()
    if reader == "phone" and here.get_attribute("after"):
        here.locator("[data-action=uncover]").click()  # what is covered is not pinned
    page.evaluate(
        """(cell) => {
            const parts = [...cell.querySelectorAll(":scope > :is([data-part=head], [data-part=output])")];
            if (!cell.hasAttribute("asks")) parts.push(cell.querySelector(":scope > [data-part=controls]"));
            const top = (one) => Math.round(2 * (one.getBoundingClientRect().top + scrollY)) / 2;
            const look = () => parts.map((one) => `${one.dataset.part} ${top(one)}`).join();
            const seen = (window.seen = new Set([look()]));
            const again = () => { seen.add(look()); requestAnimationFrame(again); };
            again();
            cell.addEventListener("cell-run", () => (window.ran = true));
        }""",
        here.element_handle(),
    )
    here.get_by_role("slider").first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => window.ran", timeout=PYTHON_STARTS)
    settled(page, id, "done")
    assert len(page.evaluate("[...window.seen]")) == 1, page.evaluate("[...window.seen]")


def test_numbers_of_a_table_stand_below_each_other(page):
    page.goto("softmax/")
    ends = page.locator("#steps [data-output=html] td:nth-child(2)").evaluate_all(
        "(all) => all.map((td) => {const range = new Range(); range.selectNodeContents(td);"
        " return Math.round(range.getBoundingClientRect().right)})"
    )
    assert len(ends) == 3
    assert len(set(ends)) == 1


def test_a_slider_is_filled_from_zero_and_has_a_tick_there(page):
    page.goto("test-pages/cells/")
    sliders = cell(page, "many").get_by_role("slider")
    shown = sliders.evaluate_all(
        """(all) => all.map((one) => [one.style.getPropertyValue("--zero"), one.style.getPropertyValue("--fill"),
            one.hasAttribute("data-zero")])"""
    )
    assert shown == [["0", "0", False], ["1", "0.5", False], ["0.5", "0.5", True], ["0", "0.7", False]]


def test_the_menu_answers_to_keys(page):
    arrive(page, "test-pages/cells/")
    more = cell(page, "wrong").locator("[data-part=more]")
    more.focus()
    page.keyboard.press("Enter")
    expect(button(page, "wrong", "Run")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(button(page, "wrong", "Copy link")).to_be_focused()
    page.keyboard.press("End")
    expect(button(page, "wrong", "Embed")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(button(page, "wrong", "Run")).to_be_focused()
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    expect(button(page, "wrong", "Copy link")).to_be_hidden()
    copy_link(page, "wrong")
    expect(status(page, "wrong")).to_contain_text("Link copied")
    expect(button(page, "wrong", "Copy link")).to_be_hidden()


def test_reset_is_there_when_there_is_something_to_reset(page):
    page.goto("test-pages/cells/")
    expect(button(page, "edited", "Reset")).to_be_hidden()
    type_instead(page, "edited", "treats = 4")
    expect(button(page, "edited", "Reset")).to_be_visible()
    button(page, "edited", "Reset").focus()
    page.keyboard.press("Enter")
    expect(button(page, "edited", "Undo the reset")).to_be_focused()
    expect(button(page, "edited", "Reset")).to_be_hidden()


def test_on_a_phone_the_figure_stays_below_the_header_while_its_controls_go_by(phone):
    phone.set_viewport_size({"width": 390, "height": 844})
    arrive(phone, "test-pages/cells/")
    here = cell(phone, "many")
    bar = phone.locator(".md-header").bounding_box()
    here.locator("[name=words]").evaluate("(one) => scrollBy(0, one.getBoundingClientRect().top - 500)")
    box = output(phone, "many").bounding_box()
    assert abs(box["y"] - bar["y"] - bar["height"]) <= 9
    assert box["height"] <= 844 * 0.42 + 1
    phone.evaluate("(one) => scrollBy(0, one.getBoundingClientRect().bottom)", here.element_handle())
    assert output(phone, "many").bounding_box()["y"] < 0, "its cell has gone by"

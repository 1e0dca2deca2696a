"""Every kind of control at each of the five moments: boxes, choices, texts, numbers, a fold, a number that answers."""

import re

import pytest

from at_once import expect
from cells_in_page import button, cell, control, output, settled, source
from test_first_acts import LINKS, MOMENTS, WITH_RESULTS, reader

__all__ = ["reader"]  # the fixture

FOODS = dict(zip(MOMENTS, ("cat", "bird", "post", "bone", "post"), strict=True))


def act(page, moment):
    """One act with each control; most add up."""
    number = MOMENTS.index(moment) + 1
    digits = "".join(map(str, range(1, number + 1)))

    button(page, "still", "Run").click()
    button(page, "still", "Stop").click()
    expect(cell(page, "still")).to_have_attribute("state", "stopped")  # and all that waited with it

    cell(page, "kinds").get_by_text("barks", exact=True).click()  # the label of its box
    expect(control(page, "kinds", "barks")).to_be_checked(checked=number % 2 == 0)
    control(page, "kinds", "sleeps").press(" ")
    expect(control(page, "kinds", "sleeps")).to_be_checked(checked=number % 2 == 1)
    expect(cell(page, "kinds")).to_have_attribute("state", "loading")

    for name, start in (("call_name", "Rex"), ("weight", "20.5")):
        box = control(page, "kinds", name)
        box.press("End")
        box.press_sequentially(str(number))
        expect(box).to_have_value(start + digits)
    control(page, "kinds", "legs").press("ArrowUp")
    expect(control(page, "kinds", "legs")).to_have_value(str(4 + number))
    control(page, "kinds", "size").press("ArrowDown")
    expect(control(page, "kinds", "size")).to_have_value(str(1 + number))
    control(page, "kinds", "food").select_option(FOODS[moment])

    answer = cell(page, "asked").locator("[data-why]")
    answer.click()
    if number > 3:
        expect(answer).to_have_attribute("aria-pressed", str(number % 2 == 1).lower())

    if number == 1:
        cell(page, "folded").get_by_text("Show the code").click()
    code = cell(page, "folded").locator("[data-part=code] [contenteditable]:visible")
    code.press("ControlOrMeta+End")
    page.keyboard.type(f"#{number}")
    expect(code).to_contain_text("".join(f"#{k}" for k in range(1, number + 1)))


@pytest.mark.parametrize("link", LINKS)
def test_every_kind_of_control_is_kept_shown_as_heard_and_carried_out(reader, link):
    page = (visitor := reader(link)).page
    for moment in visitor.moments("test-pages/controls/"):
        act(page, moment)
        if moment in MOMENTS[3:]:
            assert f"barks = {moment == MOMENTS[3]} " in source(page, "kinds")
    for line in (
        "barks = False",
        "sleeps = True",
        'call_name = "Rex12345"',
        "legs = 9",
        "weight = 20.512345",
        "size = 6",
    ):
        assert f"{line} " in source(page, "kinds")
    assert re.search('^food = "post"', source(page, "kinds"), re.M)
    assert source(page, "folded").endswith("#1#2#3#4#5")
    expect(cell(page, "asked").locator("[data-part=why]")).to_contain_text("It is 1 + 1.")
    expect(cell(page, "still")).to_have_attribute("state", "stopped")
    if link not in WITH_RESULTS:
        return
    visitor.python.open()
    settled(page, "kinds", "done")
    expect(output(page, "kinds")).to_have_text("False True Rex12345 9 20.512345 6 post\n")

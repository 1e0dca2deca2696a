"""What a page tells who hears it in states other than at rest, at three widths; test_every_page.py has it at rest."""

import pytest

from at_once import expect
from cells_in_page import arrive, error, start
from lab_in_page import lab, press
from tree_in_page import NAMED, is_clear, tree

WIDTHS = (1440, 820, 390)


def test_the_first_stop_of_a_keyboard_leads_past_all_that_stands_above_the_page(page):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("test-pages/softmax/")
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to content")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main article') !== null"), width


def test_with_an_error_and_the_editor_open_too_and_the_error_follows_its_cell(warm):
    page = warm
    start(page, "softmax", "print(dukc)", "error")
    expect(error(page, "softmax")).to_contain_text("NameError")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        nodes = is_clear(page)
    inside = [one for one in nodes if any(above == "group Softmax of three scores" for above in one.path)]
    assert [one.role for one in inside if one.name == "Code of Softmax of three scores"] == ["textbox"]
    said = [one.name for one in inside if one.role == "StaticText"]
    assert sum(": name 'dukc' is not defined" in one for one in said) >= 1
    assert "button Line 1" in [f"{one.role} {one.name}" for one in inside]


@pytest.mark.parametrize("width", [820, 390])
def test_an_open_menu_has_each_page_once_and_a_search_that_covers_the_page_is_all_that_there_is(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    arrive(page, "softmax/")
    page.get_by_role("button", name="Menu", exact=True).press("Enter")
    expect(page.get_by_role("link", name="How wrong is it?", exact=True)).to_be_visible()
    nodes = tree(page)
    links = page.locator("#all-pages").get_by_role("link").all_inner_texts()
    assert links[0] == "Home"
    assert len(links) == len(set(links))
    assert not [one for one in nodes if one.role in NAMED and not one.name]
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Search", exact=True).press("Enter")
    page.keyboard.type("logit")
    expect(page.get_by_role("link", name="Glossary, in Reference")).to_be_attached()
    nodes = tree(page)
    assert not [one for one in nodes if one.role == "article" and any(above.startswith("main") for above in one.path)]
    assert not [one for one in nodes if one.role in NAMED and not one.name]


def test_a_step_of_a_lab_tells_its_numbers_with_names(page):
    page.goto("train-your-dog/")
    press(page, "Step")
    expect(lab(page).get_by_role("heading", name="Step 1, in numbers")).to_be_visible(timeout=90_000)
    nodes = is_clear(page)
    assert [one for one in nodes if one.role == "columnheader" and not one.name] == []

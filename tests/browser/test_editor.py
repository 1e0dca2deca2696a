"""The editor of a cell: its keys, its names, and that it lives as long as its cell."""

import re

import pytest

from at_once import expect
from cells_in_page import FEW, button, cell, drag, output, run, run_instead, settled, source, type_instead

CHAPTER = (FEW, "softmax")


@pytest.mark.parametrize("way", ["at once", "later"])
def test_a_cell_that_is_moved_keeps_its_editor_its_text_and_its_output(warm, way):
    run_instead(warm, "chart", "print('moved')\n" + source(warm, "chart"))
    here = cell(warm, "chart")
    here.evaluate(
        """async (cell, way) => {
            cell.remove();
            if (way === "later") await new Promise((resolve) => setTimeout(resolve, 100));
            document.querySelector("#rounding").after(cell);
        }""",
        way,
    )
    expect(here.locator(".cm-content" if way == "at once" else "[data-part=code] pre code")).to_contain_text("moved")
    here.locator("[data-part=code]").click()
    expect(here.locator(".cm-content")).to_be_focused()
    warm.keyboard.press("ControlOrMeta+Home")
    warm.keyboard.type("print('first')\n")
    run(warm, "chart")
    expect(output(warm, "chart")).to_contain_text("first\nmoved")
    drag(warm, "softmax", "duck", -3)
    expect(output(warm, "chart").locator("figure[role=img]")).to_have_attribute("aria-label", re.compile("duck 0.0159"))


@pytest.mark.parametrize("keys", ["Control+Enter", "Shift+Enter"])
def test_keys_run_the_cell_in_the_editor(warm, keys):
    type_instead(warm, "rounding", "print('by key')")
    warm.keyboard.press(keys)
    expect(output(warm, "rounding")).to_have_text("by key\n", timeout=90_000)
    expect(warm.locator(".cm-tooltip-autocomplete")).to_have_count(0)
    assert source(warm, "rounding") == "print('by key')"


def test_escape_then_tab_leaves_the_editor(warm):
    type_instead(warm, "rounding", "x = 1")
    warm.keyboard.press("Escape")
    warm.keyboard.press("Tab")
    expect(cell(warm, "rounding").locator(".cm-content")).not_to_be_focused()
    assert gone_on(warm, "rounding")


def gone_on(page, id):
    """Whether the focus is on something behind the code of a cell."""
    return page.evaluate(
        "(code) => Boolean(code.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"
        " && !code.contains(document.activeElement)",
        cell(page, id).locator("[data-part=code]").element_handle(),
    )


def tab_into(page, id):
    """Reach the editor with Tab from the button before it."""
    button(page, id, "Run").focus()
    page.keyboard.press("Tab")
    editor = cell(page, id).locator(".cm-content")
    expect(editor).to_be_focused()
    return editor


def test_tab_goes_through_the_editor_also_after_a_run_and_the_second_time(warm):
    before = source(warm, "softmax")
    for _ in range(2):
        tab_into(warm, "softmax")
        warm.keyboard.press("Shift+Enter")
        settled(warm, "softmax", "done")
        warm.keyboard.press("Tab")
        assert gone_on(warm, "softmax")
    assert source(warm, "softmax") == before


def test_who_types_can_indent_also_after_a_run_and_leaves_with_escape(warm):
    editor = tab_into(warm, "softmax")
    warm.keyboard.press("ControlOrMeta+End")
    warm.keyboard.type("\nif duck:\n")
    warm.keyboard.press("Shift+Tab")
    warm.keyboard.press("Tab")
    warm.keyboard.type("print('in')")
    assert source(warm, "softmax").endswith("\nif duck:\n    print('in')")
    warm.keyboard.press("Shift+Enter")
    settled(warm, "softmax", "done")
    warm.keyboard.press("Tab")
    expect(editor).to_be_focused()
    warm.keyboard.press("Escape")
    warm.keyboard.press("Shift+Enter")
    warm.keyboard.press("Tab")
    expect(editor).not_to_be_focused()


def test_the_editor_completes_numpys_names(warm):
    type_instead(warm, "rounding", "import numpy as np\n")
    warm.keyboard.type("np.argm")
    expect(warm.locator(".cm-tooltip-autocomplete")).to_contain_text("argmax")


def test_a_telephone_does_not_zoom_in_on_who_types_and_code_stays_under_the_finger(phone):
    phone.goto(FEW)
    code = cell(phone, "softmax").locator("[data-part=code]")
    code.evaluate("code => code.scrollIntoView({ block: 'center', behavior: 'instant' })")
    top = code.bounding_box()["y"]
    code.tap(position={"x": 40, "y": 12})
    expect(cell(phone, "softmax").locator(".cm-content")).to_be_focused()
    typed = phone.evaluate("parseFloat(getComputedStyle(document.activeElement).fontSize)")
    assert typed >= 16
    assert abs(code.bounding_box()["y"] - top) < 2

"""The code of a cell: lines that are folded away, numbers that are dragged, what describes a control out of sight."""

import re

import pytest

from at_once import expect
from cells_in_page import arrive, cell, output, run, settled, source


def shown_lines(page, id):
    """Lines of the listing, or of the editor, that can be seen, without empty ones."""
    lines = (
        cell(page, id)
        .locator("[data-part=code]")
        .evaluate(
            """(part) => {
                const editor = part.querySelector(".cm-content");
                if (editor) return [...editor.querySelectorAll(".cm-line")].map((line) => line.innerText.trimEnd());
                const folded = [...part.querySelectorAll("[data-part=folded]")]
                    .filter((one) => one.scrollHeight > one.clientHeight + 4 && one.clientHeight < 30);
                const walker = document.createTreeWalker(part.querySelector("pre code"), NodeFilter.SHOW_TEXT);
                let text = "";
                for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                    if (folded.some((one) => one.contains(node)) || !node.parentElement.checkVisibility()) continue;
                    text += node.data;
                }
                return text.trimEnd().split("\\n").map((line) => line.trimEnd());
            }"""
        )
    )
    return [line for line in lines if line]


TAUGHT = ["loud = 0.5", "furry = -0.25"]


def test_lines_that_do_not_teach_are_folded_away_and_opened_by_a_button(page):
    arrive(page, "test-pages/cells/")
    lines = shown_lines(page, "folded")
    assert lines[:2] == TAUGHT
    assert len(lines) == 3
    assert "import numpy" in cell(page, "folded").locator("pre code").text_content()
    unfold = cell(page, "folded").locator("[data-part=unfold]")
    expect(unfold).to_have_accessible_name("5 more lines: Folded, but for the lines that teach")
    unfold.focus()
    page.keyboard.press("Enter")
    expect(unfold).to_have_attribute("aria-expanded", "true")
    assert shown_lines(page, "folded")[0] == "import numpy as np"
    page.keyboard.press("Enter")
    assert shown_lines(page, "folded")[:2] == TAUGHT


@pytest.mark.parametrize("key", ["ControlOrMeta+End", "ControlOrMeta+a"])
def test_what_is_folded_away_stays_so_in_the_editor_until_one_goes_there_or_selects_it(page, key):
    page.goto("test-pages/cells/")
    code = cell(page, "folded").locator("[data-part=code]")
    code.locator("pre code").focus()
    editor = code.locator(".cm-content")
    expect(editor).to_be_focused()
    place = code.bounding_box()
    lines = shown_lines(page, "folded")
    assert len(lines) == 3
    assert lines[1:] == ["furry = -0.25", lines[2]]
    page.keyboard.press(key)
    expect(cell(page, "folded").locator("[data-part=unfold]")).to_have_attribute("aria-expanded", "true")
    assert len(shown_lines(page, "folded")) == 5
    assert code.bounding_box()["height"] > place["height"]


def test_an_error_in_a_folded_line_opens_it(page):
    page.goto("test-pages/cells/")
    text = source(page, "folded").replace("{volume:.4f}", "{volum:.4f}")
    cell(page, "folded").evaluate("(cell, text) => { cell.source = text; cell.run(); }", text)
    settled(page, "folded", "error")
    expect(cell(page, "folded").locator("[data-part=unfold]")).to_have_attribute("aria-expanded", "true")
    mark = cell(page, "folded").locator("[data-part=mark]").bounding_box()
    line = cell(page, "folded").locator("pre code").get_by_text("print").first.bounding_box()
    assert mark["y"] - 1 <= line["y"] <= mark["y"] + mark["height"]


@pytest.mark.parametrize("reader", ["plain", "page"])
def test_without_scripts_and_on_paper_all_lines_are_there(request, reader):
    page = request.getfixturevalue(reader)
    page.goto("test-pages/cells/")
    page.emulate_media(media="print" if reader == "page" else "screen")
    folded = cell(page, "folded").locator("[data-part=folded]")
    heights = folded.evaluate_all(
        "(all) => all.map((one) => Math.max(...[...one.getClientRects()].map((r) => r.height)))"
    )
    assert len(heights) == 3
    assert min(heights) > 10
    expect(cell(page, "folded").locator("[data-part=unfold]")).to_be_hidden()


def test_a_number_in_the_code_is_dragged_like_its_control(page):
    page.goto("test-pages/cells/")
    run(page, "folded")
    literal = cell(page, "folded").locator("[data-literal=loud]")
    box = literal.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 65, box["y"] + 8, steps=4)
    page.mouse.up()
    slider = cell(page, "folded").locator("input[name=loud]")
    expect(slider).to_have_value("0.7")
    assert source(page, "folded").split("\n")[2].startswith("loud = 0.70  # @param")
    expect(output(page, "folded")).to_have_text("volume = -0.5034\n")
    assert page.evaluate("String(getSelection())") == ""
    literal.click()  # picked, to be typed over
    page.keyboard.type("0.25")
    expect(slider).to_have_value("0.25")
    assert source(page, "folded").split("\n")[2].startswith("loud = 0.25  # @param")
    page.keyboard.press("Alt+ArrowUp")
    expect(slider).to_have_value("0.26")
    assert source(page, "folded").split("\n")[2].startswith("loud = 0.26  # @param")


def test_what_describes_a_control_is_out_of_sight_until_the_caret_is_there(page):
    page.goto("test-pages/cells/")
    expect(cell(page, "folded").get_by_text("@param").first).to_be_hidden()
    cell(page, "folded").locator("pre code").get_by_text("the one line").click()
    editor = cell(page, "folded").locator(".cm-content")
    expect(editor).to_be_focused()
    expect(editor).not_to_contain_text("@param")
    editor.locator(".cm-line", has_text="furry = ").click(position={"x": 30, "y": 8})
    expect(editor.locator(".cm-line", has_text="furry = ")).to_contain_text("@param")
    expect(editor.locator(".cm-line", has_text="loud = ")).not_to_contain_text("@param")


def test_what_comes_with_a_link_is_not_coloured_as_what_stood_there(page):
    page.goto("test-pages/cells/")
    cell(page, "foreign").evaluate("(cell) => { cell.source = 'x = 5'; }")
    code = cell(page, "foreign").locator("pre code")
    expect(code).to_have_text(re.compile("^x = 5"))
    assert code.locator("span[class]").evaluate_all("(all) => all.map((one) => [one.className, one.textContent])") == []

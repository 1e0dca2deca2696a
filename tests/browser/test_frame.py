"""The frame of a page: how long a line is, that nothing is cut, and what stays in view."""

import pytest

from at_once import expect
from cells_in_page import CHAPTERS, COURSE, cell, spoken

PAGES = [*COURSE, "behind/page/"]

LINES = """() => {
  const found = [];
  for (const block of document.querySelectorAll("article :is(p, li)")) {
    if (!block.checkVisibility() || block.closest("py-cell, py-lab, .belt, pre, .katex")) continue;
    if (block.querySelector("p, ul, ol")) continue;
    let line = "", bottom = -1;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest("math, .katex, svg, script")) continue;
      for (const {0: word, index} of node.data.matchAll(/\\S+\\s*/g)) {
        const range = new Range();
        range.setStart(node, index);
        range.setEnd(node, index + word.trimEnd().length);
        const boxes = [...range.getClientRects()];
        if (boxes.length === 0) continue;
        if (boxes[0].top >= bottom - 4 || boxes.length > 1) [line, bottom] = ["", boxes.at(-1).bottom];
        line += word.replace(/\\s+/, " ");
        if (line.trimEnd().length > 70) found.push(line);
      }
    }
  }
  return [...new Set(found)];
}"""

CUT = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const one = node.parentElement;
    if (!node.data.trim() || one.closest("script, style, noscript, select, .katex-mathml, title, desc")) continue;
    if (!one.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    const range = new Range();
    range.selectNodeContents(node);
    for (const {left, right, width} of range.getClientRects()) {
      if (width < 1) continue;
      for (let box = one; box; box = box.parentElement) {
        const {overflowX, clipPath, position, whiteSpace} = getComputedStyle(box);
        if (whiteSpace === "pre-wrap") break; // a space at the end of a line hangs out
        if (clipPath !== "none" || box.closest("[data-scrolls], [tabindex='0']")) break; // for ears, or scrolled by key
        if (box instanceof HTMLElement && overflowX !== "visible") {
          const edge = box.getBoundingClientRect();
          if (right > edge.right + 1 || left < edge.left - 1)
            found.push(`${node.data.trim().slice(0, 40)} in ${box.className || box.localName}`);
          break;
        }
        if (position === "fixed") break;
        if (box === document.body && (right > innerWidth + 1 || left < -1)) found.push(node.data.trim().slice(0, 40));
      }
    }
  }
  return [...new Set(found)];
}"""


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [1440, 820])
def test_no_line_of_prose_has_more_than_70_characters(page, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    assert page.evaluate(LINES) == []


@pytest.mark.parametrize("address", PAGES)
def test_no_text_is_cut_and_nothing_is_wider_than_the_window(page, address):
    page.goto(address)
    expect(spoken(page)).to_be_attached()
    for width in (1440, 820, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(CUT) == [], width


WIDE = """() => [...document.querySelectorAll(".katex-display, py-cell [data-output=html], py-cell pre")]
  .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
  .map((one) => [one.closest("py-cell")?.id, one.scrollWidth - one.clientWidth, one.textContent.slice(0, 40)])"""


@pytest.mark.parametrize("address", CHAPTERS)
def test_formulas_tables_and_code_are_whole_on_a_telephone(new_context, address):
    page = new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True).new_page()
    page.goto(address)
    expect(spoken(page)).to_be_attached()
    page.evaluate("() => document.fonts.ready.then(() => undefined)")
    assert page.evaluate(WIDE) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate(WIDE) == []


def test_what_is_shown_stays_in_view_while_the_text_about_it_goes_by(page):
    page.goto("softmax/")
    scene = page.locator(".scene").filter(has=cell(page, "steps"))
    text, shown = scene.locator(".scene-text").first.bounding_box(), cell(page, "steps").bounding_box()
    assert shown["x"] >= text["x"] + text["width"]
    assert shown["y"] == pytest.approx(text["y"], abs=2)
    page.evaluate("(by) => scrollTo(0, by)", text["y"] + text["height"] * 0.2)
    bar = page.locator(".md-header").bounding_box()
    assert cell(page, "steps").bounding_box()["y"] == pytest.approx(bar["y"] + bar["height"] + 16, abs=3)
    page.set_viewport_size({"width": 900, "height": 900})
    text, shown = scene.locator(".scene-text").first.bounding_box(), cell(page, "steps").bounding_box()
    assert shown["x"] == pytest.approx(text["x"], abs=1)
    assert shown["y"] >= text["y"] + text["height"]


def test_the_bar_above_is_56_pixels_high_on_a_telephone(phone):
    phone.goto("softmax/")
    assert phone.locator(".md-header").bounding_box()["height"] == 56

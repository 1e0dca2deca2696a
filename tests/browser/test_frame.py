"""The frame of a page: how long a line is, that nothing is cut, what stays in view, what is fetched and printed."""

import gzip
import re

import pytest

from at_once import expect
from cells_in_page import SITE, cell, spoken

CHAPTERS = {
    "perceptron/": 34,
    "softmax/": 22,
    "cross-entropy/": 34,
    "backpropagation/": 37,
    "train-your-dog/": 16,
    "dog-stream/": 14,
}
"""With the sheets of paper that each took before it was laid out for print."""
PAGES = ["./", *CHAPTERS, "reference/", "behind/page/"]

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


@pytest.mark.parametrize("address", ["./", "softmax/", "backpropagation/"])
def test_a_page_before_python_is_at_most_250_kilobytes(new_context, address):
    context = new_context()
    context.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    page = context.new_page()
    got = []
    page.on("requestfinished", lambda request: got.append(request.url))
    page.goto(address, wait_until="networkidle")
    root = page.evaluate("new URL(document.querySelector('.md-logo').href).pathname")
    size = 0
    for url in {one.split("?")[0].split("#")[0] for one in got if one.startswith("http")}:
        path = SITE / url.split(root, 1)[1]
        content = (path / "index.html" if path.is_dir() else path).read_bytes()
        size += len(content if path.suffix == ".woff2" else gzip.compress(content, 6))
    assert len(got) > 5
    assert size <= 250_000, size


@pytest.mark.parametrize("address", CHAPTERS)
def test_a_chapter_takes_half_the_paper_that_it_took(page, address):
    page.goto(address)
    expect(spoken(page)).to_be_attached()
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4")))
    assert 0 < pages <= CHAPTERS[address] / 2


def test_paper_has_no_controls_and_no_answers_but_hints_and_all_of_the_code(page):
    page.emulate_media(media="print")
    page.goto("softmax/")
    expect(spoken(page)).to_be_attached()
    page.set_viewport_size({"width": 700, "height": 1000})
    for gone in ("button", "input", "select", "[data-part=solution]", "[data-part=checked]", ".station"):
        assert page.locator(gone).locator("visible=true").count() == 0, gone
    answer = page.locator("details.question > p").first
    expect(page.locator("details.question").first).to_have_attribute("open", "")  # by Material's script
    assert not answer.evaluate("(e) => e.checkVisibility({contentVisibilityAuto: true})")
    hint = page.locator("py-exercise details.hint p").first
    assert hint.evaluate("(e) => e.checkVisibility({contentVisibilityAuto: true})")
    assert hint.bounding_box()["height"] > 5
    cut = "(all) => all.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent.slice(0, 60))"
    assert page.locator("article pre code:visible").evaluate_all(cut) == []

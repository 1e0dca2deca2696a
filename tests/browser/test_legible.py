"""What is read by eye and touched by finger: contrast, sizes, and marks that do not hang on a colour.

axe looks at no text in drawings, at nothing that is stale and at no phone's keyboard; here these are measured.
"""

import html
import re

import pytest
from fontTools.ttLib import TTFont

from at_once import expect
from cells_in_page import PYTHON_STARTS, SITE, arrive, by_night, cell, output, type_instead
from tools.base import places
from voice import listen, until_quiet

CONTRASTS = """(roots) => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const opacity = (one) => (one ? Number(getComputedStyle(one).opacity) * opacity(one.parentElement) : 1);
  const paint = (one) => {
    const style = getComputedStyle(one);
    const isDrawn = one instanceof SVGGeometryElement;
    if (isDrawn && style.fill === "none") return [0, 0, 0, 0];
    const [r, g, b, a] = rgba(isDrawn ? style.fill : style.backgroundColor);
    return [r, g, b, a * opacity(one) * (isDrawn ? Number(style.fillOpacity) : 1)];
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((one, i) => one * a + below[i] * (1 - a));
  const light = (colour) => colour.map((one) => one / 255)
    .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    .reduce((sum, one, i) => sum + one * [0.2126, 0.7152, 0.0722][i], 0);
  const found = [];
  for (const root of document.querySelectorAll(roots)) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const one = node.parentElement;
      if (!node.data.trim() || one.closest("title, desc, script, .katex-mathml, option")) continue;
      if (!one.checkVisibility({visibilityProperty: true})) continue;
      one.scrollIntoView({block: "center", inline: "center"});
      const range = new Range();
      range.selectNodeContents(node);
      const {left, right, top, bottom} = range.getBoundingClientRect();
      const stack = document.elementsFromPoint((left + right) / 2, (top + bottom) / 2);
      const behind = stack.slice(stack.indexOf(one) + 1).filter((other) => !other.closest(".md-header"));
      if (getComputedStyle(one).backgroundColor !== "rgba(0, 0, 0, 0)") behind.unshift(one);
      const ground = behind.map(paint).reverse().reduce((below, above) => over(above, below), [255, 255, 255]);
      const [r, g, b, a] = rgba(one instanceof SVGElement ? getComputedStyle(one).fill : getComputedStyle(one).color);
      const [low, high] = [light(over([r, g, b, a * opacity(one)], ground)), light(ground)].sort((x, y) => x - y);
      found.push([(high + 0.05) / (low + 0.05), `${node.data.trim().slice(0, 30)} in ${root.closest("py-cell").id}`]);
    }
  }
  return found;
}"""


MARKS = ("● ", "▲ ", "◆ ", "■ ")
"""Of the kinds, each beside its word: pictures, for which 3:1 is enough."""


def contrasts(page, roots):
    return [(round(ratio, 2), words) for ratio, words in page.evaluate(CONTRASTS, roots)]


@pytest.mark.parametrize(
    ("address", "above", "last"), [("softmax/", "softmax", "stable"), ("backpropagation/", "network", "stepper")]
)
def test_what_is_stale_and_every_number_in_a_drawing_keeps_its_contrast(page, address, above, last):
    arrive(page, address)
    type_instead(page, above, f"{cell(page, above).evaluate('cell => cell.source')}\n# more")
    expect(cell(page, last)).to_have_attribute("stale", "")
    for scheme in ("day", "night"):
        if scheme == "night":
            by_night(page)
        found = contrasts(page, "py-cell[stale] [data-part=output]")
        assert len(found) > 60
        assert [one for one in found if one[0] < (3 if one[1][:2] in MARKS else 4.5)] == [], scheme


def test_a_step_lights_its_slopes_and_they_keep_their_contrast(page):
    page.goto("backpropagation/")
    cell(page, "stepper").locator("input[name=step]").fill("8")
    slopes = output(page, "stepper").locator("[data-name^=d_weights_2]")
    expect(slopes.first).to_have_attribute("data-why", re.compile("slope"), timeout=PYTHON_STARTS)
    found = contrasts(page, "py-cell#stepper [data-part=output]")
    assert [one for one in found if one[0] < 4.5] == []


@pytest.mark.parametrize("colours", ["none", "active"])
def test_the_page_that_is_open_is_told_by_more_than_a_colour(new_context, colours):
    page = new_context(forced_colors=colours).new_page()
    page.goto("softmax/")
    way = page.get_by_role("navigation", name="Navigation")
    ring = "(all) => all.map((e) => getComputedStyle(e, '::before').outlineStyle)"
    rings = way.locator(".station").evaluate_all(ring)
    assert rings == ["none", "solid", *["none"] * 4]
    way.get_by_role("button", name="2. Scores to probabilities").click()
    here = way.get_by_role("link", name="Scores to probabilities", exact=True)
    expect(here).to_have_attribute("aria-current", "page")
    seen = here.screenshot()
    here.evaluate("(link) => (link.style.textDecoration = 'none')")
    assert here.screenshot() != seen, "the line is not cut off"


def test_where_colours_are_forced_the_focused_editor_has_its_ring(new_context):
    page = new_context(forced_colors="active").new_page()
    arrive(page, "softmax/")
    code = cell(page, "rounding").locator("[data-part=code]")
    ring = "(code) => getComputedStyle(code).outlineStyle + ' ' + getComputedStyle(code).outlineWidth"
    assert code.evaluate(ring).startswith("none")
    code.click()
    expect(code.locator(".cm-content")).to_be_focused()
    assert code.evaluate(ring) == "solid 2px"


def test_where_colours_are_forced_buttons_have_their_signs(new_context):
    page = new_context(forced_colors="active").new_page()
    arrive(page, "softmax/")
    buttons = cell(page, "softmax").locator("[data-action=run], [data-part=more]")
    seen = [one.screenshot() for one in buttons.all()]
    page.add_style_tag(content="py-cell button::before { display: none !important }")
    blank = [one.screenshot() for one in buttons.all()]
    assert len(seen) == 2
    assert all(now != before for now, before in zip(seen, blank, strict=True))


@pytest.mark.parametrize("address", ["backpropagation/", "test-pages/figures/"])
def test_numbers_that_are_small_for_a_finger_are_asked_from_a_list_that_has_all_of_them(phone, address):
    phone.set_viewport_size({"width": 320, "height": 700})
    arrive(phone, address)
    figures = phone.locator("figure:has([data-why])")
    expect(figures.first).to_be_attached()
    for figure in figures.all():
        asked = figure.get_by_role("combobox", name="Choose a number to ask where it comes from")
        assert asked.bounding_box()["height"] >= 44
        numbers = figure.get_by_role("button").evaluate_all("(all) => all.map((one) => one.ariaLabel)")
        options = asked.locator("option").all_inner_texts()[1:]
        assert options == numbers
        assert len(set(options)) == len(options), "each is told apart"
    few = figures.first
    listen(phone)
    few.get_by_role("combobox").select_option(index=2)
    (words,) = until_quiet(phone)
    expect(few.locator("[data-part=why]")).to_have_text(words)
    chosen = few.get_by_role("combobox").locator("option:checked").inner_text()
    expect(few.get_by_role("button", pressed=True)).to_have_attribute("aria-label", chosen)


def test_a_phone_shows_the_step_and_its_whole_picture_at_once(phone):
    phone.set_viewport_size({"width": 390, "height": 780})
    arrive(phone, "backpropagation/")
    picture = output(phone, "stepper").locator("svg.drawing")
    bar = phone.locator(".md-header").bounding_box()
    picture.evaluate("(one, bar) => scrollBy(0, one.getBoundingClientRect().top - bar)", bar["y"] + bar["height"])
    slider = cell(phone, "stepper").locator("input[name=step]").bounding_box()
    box = picture.bounding_box()
    assert bar["y"] + bar["height"] <= box["y"] + 1
    assert box["y"] + box["height"] <= slider["y"] + 1
    assert slider["y"] + slider["height"] <= 781


def test_no_page_shows_a_letter_that_the_small_font_left_out(site_url):
    assert site_url
    file = "inter-latin-wght-normal.woff2"
    whole, small = places.NODE_MODULES / "@fontsource-variable" / "inter" / "files" / file, SITE / "vendor/fonts" / file
    written = "".join(path.read_text() for path in SITE.rglob("*.html"))
    assert "How wrong is it?" in written
    needed = set(map(ord, html.unescape(written))) & set(TTFont(whole).getBestCmap())
    assert sorted(map(chr, needed - set(TTFont(small).getBestCmap()))) == []

"""The bar above by keyboard and by name at every width, and where the focus is when a page, a menu or a search goes."""

import pytest

from at_once import expect
from cells_in_page import button, cell, error, output, settled, source, spoken, type_instead
from voice import listen, until_quiet

AHEAD = """() => {
  const seen = [];
  for (const one of document.querySelectorAll("a[href], button, input, select, summary, [tabindex]")) {
    if (one.closest("article")) break;
    if (one.tabIndex < 0 || !one.checkVisibility({visibilityProperty: true}) || one.closest("[inert]")) continue;
    const {left, right, top, bottom} = one.getBoundingClientRect();
    const isOut = right <= 0 || left >= innerWidth || bottom <= 0 || top >= innerHeight || right - left < 2;
    if (isOut && !one.closest(".md-skip, .md-sidebar__scrollwrap")) seen.push(one.outerHTML.slice(0, 80));
  }
  return seen;
}"""


@pytest.mark.parametrize("width", [1440, 640, 390])
def test_nothing_ahead_of_the_article_takes_the_focus_where_nobody_sees_it(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("softmax/")
    assert page.evaluate(AHEAD) == []
    assert page.locator(".md-search__scrollwrap").get_attribute("tabindex") is None


@pytest.mark.parametrize("width", [640, 390])
def test_menu_and_search_are_opened_and_left_by_keyboard(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("softmax/")
    expect(spoken(page)).to_be_attached()
    menu = page.get_by_role("button", name="Menu", exact=True)
    expect(menu).to_have_attribute("aria-expanded", "false")
    menu.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    here = page.get_by_role("navigation", name="Navigation").get_by_role("link", name="Scores to probabilities")
    expect(here).to_be_focused()
    expect(here).to_have_attribute("aria-current", "page")
    expect(page.locator(".md-content")).to_have_attribute("inert", "")
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(here).not_to_be_visible()
    menu.press("Space")
    page.get_by_role("link", name="What rounding does", exact=True).press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("heading", name="What rounding does", exact=True)).to_be_focused()
    search = page.get_by_role("button", name="Search", exact=True)
    search.press("Enter")
    expect(page.get_by_role("textbox", name="Search")).to_be_focused()
    listen(page)
    page.keyboard.type("logit")
    (words,) = until_quiet(page)
    assert words.endswith("matching documents. The arrow keys lead through them."), words
    expect(page.get_by_role("link", name="Glossary, in Reference", exact=True)).to_be_attached()
    page.keyboard.type("zzz")
    assert until_quiet(page) == ["No matching documents."]
    page.keyboard.press("Escape")
    expect(search).to_be_focused()


def test_another_page_begins_at_its_heading_and_a_search_that_is_left_leads_back(page):
    page.goto("softmax/")
    expect(spoken(page)).to_be_attached()
    page.locator(".md-footer__link--next").press("Enter")
    heading = page.get_by_role("heading", level=1, name="How wrong is it?", exact=True)
    expect(heading).to_be_focused()
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="Scores to probabilities", exact=True)).to_be_focused()
    run = button(page, "softmax", "Run")
    run.focus()
    page.keyboard.press("/")
    expect(page.get_by_role("textbox", name="Search")).to_be_focused()
    expect(page.locator("#__search")).to_be_checked()  # Material opens it a moment after
    page.keyboard.press("Escape")
    expect(run).to_be_focused()


def test_a_focused_editor_says_below_it_how_a_keyboard_leaves(warm):
    line = cell(warm, "rounding").get_by_text("Esc, then Tab: leave. Ctrl + Enter: run.")
    expect(line).not_to_be_visible()
    place = "(part) => part.getBoundingClientRect().top - part.closest('py-cell').getBoundingClientRect().top"
    before = output(warm, "rounding").evaluate(place)
    cell(warm, "rounding").locator("[data-part=code]").click()
    expect(line).to_be_visible()
    assert output(warm, "rounding").evaluate(place) == before, "nothing moves"
    button(warm, "rounding", "Run").focus()
    expect(line).not_to_be_visible()


def test_on_a_telephone_the_result_is_in_sight_after_run_and_tab_goes_down(phone):
    phone.goto("softmax/")
    expect(spoken(phone)).to_be_attached()
    run = button(phone, "softmax", "Run")
    run.tap()
    settled(phone, "softmax", "done")
    expect(output(phone, "softmax")).to_be_in_viewport()
    run.focus()
    where = "() => document.activeElement.getBoundingClientRect().top + scrollY"
    bottom = phone.evaluate(where)
    for _ in range(4):
        phone.keyboard.press("Tab")
        place = phone.evaluate(where)
        assert place >= bottom - 8, phone.evaluate("() => document.activeElement.outerHTML.slice(0, 90)")
        bottom = place
    expect(phone.locator("[data-part=keys]").first).not_to_be_visible()


def test_on_a_telephone_an_error_is_read_from_its_first_line_after_run(phone):
    phone.goto("softmax/")
    type_instead(phone, "softmax", f"{source(phone, 'softmax')}\nprint(dukc)")
    button(phone, "softmax", "Run").tap()
    settled(phone, "softmax", "error")
    hint = error(phone, "softmax").locator("[data-error=hint]")
    phone.wait_for_function("(hint) => hint.getBoundingClientRect().top > 0", arg=hint.element_handle())
    bar = phone.locator(".md-header").bounding_box()
    assert hint.bounding_box()["y"] >= bar["y"] + bar["height"]
    expect(hint).to_be_in_viewport(ratio=1)
    expect(phone.locator(".md-top")).not_to_be_visible()


def test_a_scroll_that_begins_on_a_slider_leaves_it_as_it_was(phone):
    phone.goto("softmax/")
    expect(spoken(phone)).to_be_attached()
    slider = cell(phone, "softmax").locator("input[name=duck]")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    x, y = box["x"] + box["width"] * 0.15, box["y"] + box["height"] / 2
    touch = phone.context.new_cdp_session(phone)
    before = phone.evaluate("scrollY")
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 12):
        point = {"x": x, "y": y - 14 * step}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    phone.wait_for_function("(before) => scrollY > before + 20", arg=before)
    expect(slider).to_have_value("2")
    expect(cell(phone, "softmax")).not_to_have_attribute("edited", "")


def test_a_number_too_small_for_a_finger_is_asked_from_a_list(phone):
    phone.goto("backpropagation/")
    here = cell(phone, "your-expression")
    asked = here.get_by_role("combobox", name="Choose a number to ask where it comes from")
    assert asked.bounding_box()["height"] >= 43.5
    listen(phone)
    asked.focus()
    asked.select_option(index=2)
    (words,) = until_quiet(phone)
    expect(here.locator("[data-part=why]")).to_have_text(words)

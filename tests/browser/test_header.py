"""The bar above by keyboard and by name at every width, and where the focus is when a page, a menu or a search goes."""

from urllib.parse import urlsplit

import pytest

from at_once import expect
from cells_in_page import FULL, arrive, button, cell, error, output, settled, source, type_instead
from voice import listen, until_quiet

AHEAD = """() => {
  const seen = [];
  for (const one of document.querySelectorAll("a[href], button, input, select, summary, [tabindex]")) {
    if (one.closest("article")) break;
    if (one.tabIndex < 0 || !one.checkVisibility({visibilityProperty: true}) || one.closest("[inert]")) continue;
    const {left, right, top, bottom} = one.getBoundingClientRect();
    const isOut = right <= 0 || left >= innerWidth || bottom <= 0 || top >= innerHeight || right - left < 2;
    if (isOut && !one.closest(".md-skip")) seen.push(one.outerHTML.slice(0, 80));
  }
  return seen;
}"""


@pytest.mark.parametrize("width", [1440, 640, 390])
def test_nothing_ahead_of_the_article_takes_the_focus_where_nobody_sees_it(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("softmax/")
    assert page.evaluate(AHEAD) == []
    assert page.locator(".md-search__scrollwrap").get_attribute("tabindex") is None


STATIONS = [
    "One neuron decides",
    "Scores to probabilities",
    "How wrong is it?",
    "The mirror",
    "Train your dog",
    "The stream of dogs",
]


def way(page):
    return page.get_by_role("navigation", name="Navigation")


@pytest.mark.parametrize("width", [1440, 390, 320] if FULL else [1440, 320])
def test_six_stations_and_all_pages_are_opened_and_left_by_keyboard(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    arrive(page, "softmax/")
    for number, title in enumerate(STATIONS, 1):
        station = way(page).get_by_role("button", name=f"{number}. {title}", exact=True)
        box = station.bounding_box()
        assert box["width"] >= 24
        assert box["height"] >= 44
    station = way(page).get_by_role("button", name="2. Scores to probabilities")
    here = way(page).get_by_role("link", name="Scores to probabilities", exact=True)
    expect(here).not_to_be_visible()
    station.press("Enter")
    expect(here).to_be_visible()
    expect(here).to_have_attribute("aria-current", "page")
    page.keyboard.press("Tab")
    expect(here).to_be_focused()
    page.keyboard.press("Escape")
    expect(station).to_be_focused()
    expect(here).not_to_be_visible()
    station.press("Space")
    way(page).get_by_role("link", name="What rounding does", exact=True).press("Enter")
    expect(here).not_to_be_visible()
    expect(page.get_by_role("heading", name="What rounding does", exact=True)).to_be_focused()
    way(page).get_by_role("button", name="Menu", exact=True).press("Enter")
    pages = page.locator("#all-pages").get_by_role("link")
    last = [
        "From here to the networks you have heard of",
        "The next word",
        "Reference",
        "For teachers",
        "Your work",
        "On paper",
        "Behind the page",
        "What this site is made of",
        *(["Deutsch"] if width < 480 else []),  # which stands in the bar where there is room
    ]
    assert pages.all_inner_texts() == ["Home", "Ten minutes of Python", *STATIONS, *last]
    assert all(one.is_visible() for one in pages.all())


def test_a_station_leads_on_from_wherever_the_visit_has_come_to(page):
    arrive(page, "softmax/")
    page.evaluate("window.sameVisit = true")
    for number, title in ((6, STATIONS[5]), (1, STATIONS[0])):
        way(page).get_by_role("button", name=f"{number}. {title}").click()
        way(page).get_by_role("link", name=title, exact=True).click()
        expect(page.get_by_role("heading", level=1, name=title)).to_be_focused()
        assert page.evaluate("window.sameVisit")
        expect(way(page).locator(".is-here")).to_contain_text(title)
        assert way(page).locator("[aria-current=page]").first.evaluate("(a) => a.href") == page.url


def test_without_javascript_a_station_opens_and_leads_on(plain):
    plain.goto("softmax/")
    way(plain).get_by_role("button", name="3. How wrong is it?").click()
    way(plain).get_by_role("link", name="How wrong is it?", exact=True).click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("How wrong is it?")


def test_a_station_is_full_when_all_its_exercises_are_solved_and_says_so(page, site_url):
    kept = f"dog-primer/1{urlsplit(site_url).path}progress/"
    page.add_init_script(
        f"const kept = {kept!r};"
        + """for (const [page, solved] of [["softmax.md", ["a"]], ["perceptron.md", ["a", "b"]]])
             localStorage.setItem(kept + page, JSON.stringify({solved, of: 2}));"""
    )
    page.goto("softmax/")
    seen = {
        name: way(page).get_by_role("button", name=name, exact=True)
        for name in ("1. One neuron decides, solved", "2. Scores to probabilities, begun", "3. How wrong is it?")
    }
    fills = [one.evaluate("(e) => getComputedStyle(e, '::before').background") for one in seen.values()]
    assert len(set(fills)) == 3, fills


@pytest.mark.parametrize("width", [640, 390] if FULL else [390])
def test_the_search_is_opened_and_left_by_keyboard(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    arrive(page, "softmax/")
    search = page.get_by_role("button", name="Search", exact=True)
    search.press("Enter")
    expect(page.get_by_role("textbox", name="Search")).to_be_focused()
    expect(page.locator(".md-container")).to_have_attribute("inert", "")
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
    arrive(page, "softmax/")
    page.locator(".ending a").press("Enter")
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
    arrive(phone, "softmax/")
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


def test_on_a_narrow_screen_an_error_is_read_from_its_first_line_after_run(page):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("softmax/")
    type_instead(page, "softmax", f"{source(page, 'softmax')}\nprint(dukc)")
    code = cell(page, "softmax").locator("[data-part=code]")
    code.evaluate("(code) => scrollBy(0, code.getBoundingClientRect().bottom - 200)")  # its error comes above
    page.keyboard.press("Control+Enter")
    settled(page, "softmax", "error")
    first = error(page, "softmax").locator("> :first-child")
    page.wait_for_function("(first) => first.getBoundingClientRect().top > 0", arg=first.element_handle())
    bar, stays = page.locator(".md-header").bounding_box(), output(page, "softmax").bounding_box()
    assert stays["y"] >= bar["y"] + bar["height"] - 1
    assert 0 <= first.bounding_box()["y"] - stays["y"] - stays["height"] < 40, "right below what stays in sight"


def test_a_place_on_the_page_begins_right_below_the_bar(page):
    page.goto("softmax/#what-rounding-does")
    heading = page.get_by_role("heading", name="What rounding does", exact=True)
    expect(heading).to_be_in_viewport()
    bar = page.locator(".md-header").bounding_box()
    page.wait_for_function(
        "([heading, bottom]) => Math.abs(heading.getBoundingClientRect().top - bottom - 16) < 8",
        arg=[heading.element_handle(), bar["y"] + bar["height"]],
    )


def test_a_scroll_that_begins_on_a_slider_leaves_it_as_it_was(phone):
    arrive(phone, "softmax/")
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

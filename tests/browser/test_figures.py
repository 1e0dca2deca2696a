"""Drawings that are touched: handles that are dragged, numbers that are asked, lines of code that are marked."""

import re

import pytest

from at_once import expect
from cells_in_page import cell, drag, output, run, run_instead, settled, source, start, type_instead
from figures_in_page import handle, middle, pull, value

CHAPTER = ("test-pages/figures/", "cuts")
ASK_NO_MORE = """() => document.querySelectorAll("py-cell [aria-pressed=true]").forEach((one) =>
    one.dispatchEvent(new MouseEvent("click", { bubbles: true })))"""


def goto(page):
    page.goto(CHAPTER[0])
    return page


@pytest.fixture
def figures(warm):
    """The page with the figures in a long visit, Python running, no number asked."""
    warm.evaluate(ASK_NO_MORE)
    expect(warm.locator("py-cell [aria-pressed=true]")).to_have_count(0)
    return warm


def said(page, id):
    return output(page, id).locator("figure").get_attribute("aria-label")


def unit(page, id):
    """Pixels that one unit of a drawing takes."""
    return page.locator(f"py-cell#{id} svg.drawing").evaluate("svg => svg.getScreenCTM().a")


def test_a_line_is_dragged_with_the_mouse_and_the_code_the_control_and_the_numbers_follow(figures):
    line = handle(figures, "quadrants", "small or large")
    x, y = middle(line)
    figures.mouse.move(x, y)
    figures.mouse.down()
    figures.mouse.move(x + 20, y + 3)
    # a redraw in the middle of the drag: the same drag goes on
    expect(line).not_to_have_attribute("aria-valuenow", "0.1")
    half = value(figures, "cuts", "cut_x")
    assert half > 0.1
    expect(output(figures, "quadrants").locator("figure")).to_have_attribute(
        "aria-label", re.compile(rf"size = {half:.2f}\.")
    )
    expect(line).to_be_focused()
    figures.mouse.move(x - 70, y)
    figures.mouse.up()
    now = value(figures, "cuts", "cut_x")
    assert now == pytest.approx(0.1 - 70 / unit(figures, "quadrants") * 2 / 268, abs=0.05)
    assert now * 20 == pytest.approx(round(now * 20)), "it snaps to the step of the parameter"
    expect(cell(figures, "cuts").locator("input[name=cut_x]")).to_have_value(f"{now:g}")
    expect(output(figures, "cuts")).to_contain_text(f"cut_x = {now:.2f}, cut_y = -0.20")
    expect(figures.locator('[data-expr="cut_x:.2f"]')).to_have_text(f"{now:.2f}".replace("-", "−"))
    settled(figures, "quadrants", "done")
    assert middle(line)[0] == pytest.approx(x + (now - 0.1) * 268 / 2 * unit(figures, "quadrants"), abs=1.5)
    figures.mouse.move(x, y + 40)
    assert value(figures, "cuts", "cut_x") == now, "it was let go"


def test_a_drag_stops_at_the_limits_of_the_parameter(figures):
    x, y = middle(handle(figures, "quadrants", "bare or furry"))
    figures.mouse.move(x, y)
    figures.mouse.down()
    figures.mouse.move(x, y - 4000, steps=3)
    assert value(figures, "cuts", "cut_y") == 1
    figures.mouse.up()
    expect(output(figures, "cuts")).to_contain_text("cut_y = 1.00")


def test_escape_in_the_middle_of_a_drag_puts_back_what_was_there(figures):
    x, y = middle(handle(figures, "quadrants", "small or large"))
    figures.mouse.move(x, y)
    figures.mouse.down()
    figures.mouse.move(x + 60, y)
    assert value(figures, "cuts", "cut_x") != 0.1
    figures.keyboard.press("Escape")
    assert value(figures, "cuts", "cut_x") == 0.1
    figures.mouse.up()


def test_a_line_is_moved_with_the_keyboard_alone_and_the_focus_stays(figures):
    line = handle(figures, "quadrants", "small or large")
    for attribute, number in {"aria-valuenow": "0.1", "aria-valuemin": "-1", "aria-valuemax": "1"}.items():
        expect(line).to_have_attribute(attribute, number)
    line.focus()
    for key, expected in {
        "ArrowRight": 0.15,
        "ArrowUp": 0.2,
        "ArrowLeft": 0.15,
        "ArrowDown": 0.1,
        "PageUp": 0.6,
        "PageDown": 0.1,
        "End": 1,
        "Home": -1,
    }.items():
        figures.keyboard.press(key)
        assert value(figures, "cuts", "cut_x") == pytest.approx(expected), key
        expect(line).to_have_attribute("aria-valuenow", f"{expected:g}")
        expect(line).to_be_focused()
    expect(output(figures, "quadrants").locator("figure")).to_have_attribute("aria-label", re.compile(r"size = −1\.00"))
    expect(line).to_be_focused()


def test_the_arrow_of_a_neuron_turns_its_line_about_its_foot(figures):
    tip = handle(figures, "neuron", "neuron: weights")
    tip.focus()
    figures.keyboard.press("ArrowLeft")
    figures.keyboard.press("ArrowUp")
    assert (value(figures, "neuron", "w_1"), value(figures, "neuron", "w_2")) == pytest.approx((0.9, 1.6))
    foot = (-0.5 * 0.9 / (0.9**2 + 1.6**2), -0.5 * 1.6 / (0.9**2 + 1.6**2))  # where the line is nearest to the middle
    expect(tip).to_have_attribute("aria-valuetext", "w_1 0.9, w_2 1.6, bias 0.5")
    settled(figures, "neuron", "done")
    x, y = middle(tip)
    pull(figures, tip, -30, 25)
    assert value(figures, "neuron", "w_1") < 0.8
    assert value(figures, "neuron", "w_2") < 1.6
    settled(figures, "neuron", "done")
    assert middle(tip) == pytest.approx((x - 30, y + 25), abs=15), "the tip is about where it was dragged to"
    w_1, w_2, bias = (value(figures, "neuron", name) for name in ("w_1", "w_2", "bias"))
    assert w_1 * foot[0] + w_2 * foot[1] + bias == pytest.approx(0, abs=0.12), "the line still goes through its foot"


def test_a_bar_is_dragged_to_a_guess(figures):
    pull(figures, handle(figures, "guess", "guess for duck"), -50)
    now = value(figures, "guess", "guess_duck")
    assert 0 < now < 0.45
    expect(output(figures, "guess").locator("figure")).to_have_attribute("aria-label", re.compile(f"duck {now:.2f}"))


def test_dragging_starts_python_as_a_slider_does_and_the_handle_follows_at_once(page):
    held = []
    page.route("**/start/pyodide.zst", lambda route: held.append(route))
    goto(page)
    line = handle(page, "quadrants", "small or large")
    expect(page.locator("html")).to_have_attribute("data-python", "off")
    x, _ = middle(line)
    pull(page, line, 50)
    expect(page.locator("html")).to_have_attribute("data-python", "loading")
    assert value(page, "cuts", "cut_x") > 0.3
    assert middle(line)[0] == pytest.approx(x + 50, abs=6)
    held[0].continue_()
    settled(page, "quadrants", "done")
    assert middle(line)[0] == pytest.approx(x + 50, abs=6)


def test_a_slider_moves_the_handle_too(page):
    goto(page)
    line = handle(page, "quadrants", "small or large")
    x, _ = middle(line)
    drag(page, "cuts", "cut_x", 0.8)
    expect(line).to_have_attribute("aria-valuenow", "0.8")
    settled(page, "quadrants", "done")
    assert middle(line)[0] == pytest.approx(x + 0.7 * 268 / 2 * unit(page, "quadrants"), abs=1.5)


def test_a_handle_whose_parameter_the_code_no_longer_sets_is_a_part_of_the_picture(figures):
    start(figures, "cuts", 'cut_x = 0.1 + 0.2\ncut_y = 0.0  # @param {type:"slider", min:-1, max:1, step:0.05}')
    expect(output(figures, "quadrants").locator("figure")).to_have_attribute("aria-label", re.compile(r"size = 0\.30"))
    expect(handle(figures, "quadrants", "small or large")).to_have_count(0)
    expect(handle(figures, "quadrants", "bare or furry")).to_have_count(1)


def touch(page, *places):
    """Put a finger on the first place, move it over the others and lift it."""
    session = page.context.new_cdp_session(page)
    for i, (x, y) in enumerate(places):
        kind = "touchMove" if i else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        page.evaluate("() => new Promise(requestAnimationFrame)")
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_finger_drags_a_handle_and_scrolls_the_page_beside_it(phone):
    goto(phone)
    run(phone, "cuts")
    settled(phone, "quadrants", "done")
    line = handle(phone, "quadrants", "bare or furry")
    x, y = middle(line)
    before = phone.evaluate("scrollY")
    touch(phone, (x, y), *((x, y - 6 * i) for i in range(1, 9)))
    now = value(phone, "cuts", "cut_y")
    assert now > 0.1
    assert phone.evaluate("scrollY") == before
    expect(output(phone, "quadrants").locator("figure")).to_have_attribute(
        "aria-label", re.compile(rf"fur = {now:.2f}")
    )
    x, y = middle(line)
    before = phone.evaluate("scrollY")
    touch(phone, (x + 80, y - 50), *((x + 80, y - 50 - 12 * i) for i in range(1, 12)))
    phone.wait_for_function(f"scrollY > {before}")
    assert value(phone, "cuts", "cut_y") == now


def test_a_number_says_where_it_comes_from_and_goes_on_saying_it(figures):
    here = output(figures, "why")
    answer = here.locator("[data-part=why]")
    here.get_by_role("button", name="sum").click()
    expect(answer).to_have_text("cut_x + cut_y = 0.10 + -0.20 Marked in the code: lines 3, 6 of “Numbers that answer”.")
    drag(figures, "cuts", "cut_x", 0.5)
    expect(answer).to_contain_text("cut_x + cut_y = 0.50 + -0.20")
    expect(here.get_by_role("button", name="sum")).to_have_attribute("aria-pressed", "true")
    figures.keyboard.press("Escape")
    here.get_by_role("button", name="sum").focus()
    figures.keyboard.press("Escape")
    expect(answer).to_be_empty()
    expect(here.get_by_role("button", name="sum")).to_have_attribute("aria-pressed", "false")


def test_tab_leads_to_one_number_and_the_arrow_keys_to_the_others(figures):
    here = output(figures, "why")
    expect(here.get_by_role("button")).to_have_count(3)
    expect(here.locator('[role=button][tabindex="0"]')).to_have_count(1)
    here.get_by_role("button", name="sum").focus()
    figures.keyboard.press("ArrowRight")
    expect(here.get_by_role("button", name="hostile")).to_be_focused()
    figures.keyboard.press("End")
    expect(here.get_by_role("button", name="print")).to_be_focused()
    figures.keyboard.press("Enter")
    expect(here.locator("[data-part=why]")).to_contain_text("It is printed.")
    expect(here.locator('[role=button][tabindex="0"]')).to_have_attribute("aria-label", "print")
    drag(figures, "cuts", "cut_y", 0.5)
    settled(figures, "why", "done")
    expect(here.locator('[role=button][tabindex="0"]')).to_have_attribute("aria-label", "print")


def test_an_answer_is_text_whatever_stands_in_it(figures):
    here = output(figures, "why")
    here.get_by_role("button", name="hostile").click()
    expect(here.locator("[data-part=why]")).to_have_text("</p><img src=x onerror='window.pwned = 1'><b>bold</b>")
    assert here.locator("img, b").count() == 0
    assert figures.evaluate("window.pwned") is None


def test_of_a_foreign_drawing_only_what_says_what_can_be_touched_is_kept(figures, guard):
    guard.allow("inline event handler")
    lines = [
        "class Foreign:",
        "    def _repr_svg_(self):",
        "        return \"\"\"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9' data-md-component='search'>",
        "        <g data-drag='cut_x 0.1 0.01 0' onclick='window.pwned = 2' data-action='run' aria-label='cut'>",
        "        <circle r='4'/></g>",
        "        <g data-drag='alert(1)' aria-label='broken'/><g data-drag='nobody 1 1 1' aria-label='nobody'/>",
        "        <g data-why='loss: 0.5' onfocus='window.pwned = 3'><text>n</text></g></svg>\"\"\"",
        "Foreign()",
    ]
    run_instead(figures, "why", "\n".join(lines))
    here = output(figures, "why").locator("figure")
    expect(here.get_by_role("slider")).to_have_count(1)
    here.get_by_role("button").click()
    expect(here.locator("[data-part=why]")).to_have_text("loss: 0.5")
    here.get_by_role("slider", name="cut").focus()
    figures.keyboard.press("ArrowRight")
    assert value(figures, "cuts", "cut_x") == 0.15
    here.get_by_role("slider", name="cut").dispatch_event("click")
    assert here.locator("[data-action], [data-md-component], [onclick], [onfocus]").count() == 0
    assert figures.evaluate("window.pwned") is None


def bands(page, id):
    """The lines of a cell that are marked, by where they are."""
    marks = cell(page, id).locator('[data-part="pointed-at"]')
    return sorted(int(one.get_attribute("data-line")) for one in marks.all())


def test_a_drawing_marks_lines_of_code_and_a_number_those_of_another_cell(page):
    figures = goto(page)
    assert bands(figures, "why") == [4, 11]
    output(figures, "why").get_by_role("button", name="print").click()
    assert bands(figures, "cuts") == [3]
    line = cell(figures, "cuts").locator("[data-part=code]").get_by_text("print")
    mark = cell(figures, "cuts").locator('[data-part="pointed-at"]')
    over = mark.bounding_box()
    word = line.first.bounding_box()
    assert over["y"] <= word["y"] + word["height"] / 2 <= over["y"] + over["height"]
    # the editor takes the place of the code, and lines are put before the marked one
    type_instead(figures, "cuts", "# one\n# two\n" + source(figures, "cuts"))
    assert bands(figures, "cuts") == [5]
    word = cell(figures, "cuts").locator(".cm-line").nth(4).bounding_box()
    over = mark.bounding_box()
    assert over["y"] == pytest.approx(word["y"], abs=1.5)
    assert over["height"] == pytest.approx(word["height"], abs=1.5)
    output(figures, "why").get_by_role("button", name="print").click()
    assert bands(figures, "cuts") == []
    assert bands(figures, "why") == [4, 11]


def test_without_javascript_a_drawing_is_a_whole_picture(plain):
    goto(plain)
    figure = output(plain, "quadrants").locator("figure")
    expect(figure).to_have_attribute("role", "img")
    expect(figure.locator("svg.drawing")).to_be_visible()
    expect(figure).to_have_attribute("aria-label", re.compile("80 points"))
    expect(output(plain, "why").locator("[data-part=why]")).to_be_hidden()


@pytest.mark.parametrize("reader", ["page", "phone"])
def test_figures_are_accessible_as_axe_sees_them(request, axe, reader):
    page = goto(request.getfixturevalue(reader))
    output(page, "why").get_by_role("button", name="sum").click()
    output(page, "network").get_by_role("button", name="weight from size to hidden 1").first.click()
    output(page, "graph").get_by_role("button", name="slope at sum").click()
    handle(page, "quadrants", "small or large").focus()
    axe(page, and_at_night=True)


def test_a_phone_shows_figures_whole_and_their_numbers_at_eleven_pixels_or_more(phone):
    goto(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    sizes = phone.evaluate(
        """() => [...document.querySelectorAll("svg.drawing text")].map((text) =>
            parseFloat(getComputedStyle(text).fontSize) * Math.hypot(text.getScreenCTM().a, text.getScreenCTM().b))"""
    )
    assert sizes
    assert min(sizes) >= 11

"""What comes from readers' code to the page beside charts: reports, markup and formulas that somebody put together."""

import pytest

from at_once import expect
from cells_in_page import PYTHON_STARTS, all_works, cell, error, source, start, type_instead
from lab_in_page import figure, lab, press

RICH = """async ([base, text, kind]) => {
    const rich = await import(`${base}runtime/cell/rich.mjs`);
    const place = document.body.appendChild(document.createElement("div"));
    try {
        if (kind === "latex") (await rich.formula(text))(place);
        else place.append(await rich.markup(text, kind));
    } catch (error) {
        return error.message;
    }
    const classes = [...place.querySelectorAll("*")].flatMap((node) => [...node.classList]);
    const height = place.scrollHeight;
    const markup = place.innerHTML;
    place.remove();
    return { classes, height, markup };
}"""


def base(page):
    return page.url.removesuffix("softmax/")


def test_a_report_that_code_has_put_together_ends_that_python_and_nothing_else(warm):
    forged = "display.__self__._outputs.append({'type': 'display', 'data': None})"
    start(warm, "rounding", forged, "error")
    expect(error(warm, "rounding")).to_contain_text(
        "Python said what it may not: result.outputs[0].data should be a dictionary, got nothing"
    )
    all_works(warm)


@pytest.mark.parametrize("kind", ["html", "svg"])
def test_markup_cannot_take_the_looks_and_places_of_the_page(warm, kind):
    inside = "<g class='md-dialog md-dialog--active handle'></g>" if kind == "svg" else ""
    text = f"<svg class='drawing md-header'>{inside}</svg><div class='md-dialog md-dialog--active'>Log in</div>"
    classes = warm.evaluate(RICH, [base(warm), text, kind])["classes"]
    assert set(classes) == ({"drawing", "handle"} if kind == "svg" else {"drawing"})


MEDDLING = [
    "<label for='__search'>x</label>",  # a click would open the search
    "<b id='rounding'>x</b>",  # a link to the snippet would lead here
    "<b role='alert'>x</b>",
    "<b role='Status'>x</b>",
    "<b aria-live='assertive'>x</b>",
    "<output>x</output>",
    "<b aria-owns='rounding'>x</b>",
    "<dialog open>x</dialog>",
    "<b popover>x</b>",
    "<b tabindex='1' inert name='x'>x</b>",
    "<map name='m'><area href='#x'></map>x",
    "<marquee>x</marquee>",
]


def test_markup_can_neither_press_nor_name_nor_speak_for_the_page(warm):
    for text in MEDDLING:
        assert warm.evaluate(RICH, [base(warm), text, "html"])["markup"] in ["x", "<b>x</b>"], text
        drawn = "<svg>" + text.replace("<b", "<text").replace("</b>", "</text>") + "</svg>"
        if "<text" in drawn:
            assert warm.evaluate(RICH, [base(warm), drawn, "svg"])["markup"] == "<svg><text>x</text></svg>", text


def test_markup_says_what_its_own_parts_are(warm):
    own = '<b id="mine" role="img" aria-label="a dog" title="b">x</b>'
    assert warm.evaluate(RICH, [base(warm), own, "html"])["markup"] == own


def test_a_formula_can_be_neither_endless_nor_as_tall_as_the_page(warm):
    tall = warm.evaluate(RICH, [base(warm), r"$\rule{1em}{90000em}$", "latex"])
    assert tall["height"] < 3000
    doubling = r"\def\a#1{\b{#1#1}}\def\b#1{\a{#1#1}}$\a{x}$"
    assert isinstance(warm.evaluate(RICH, [base(warm), doubling, "latex"]), dict)
    assert "at most 20000 characters" in warm.evaluate(RICH, [base(warm), "$" + "x^{" * 100_000 + "$", "latex"])


def test_a_lab_draws_nothing_but_what_its_functions_may_give_back(page):
    page.goto("train-your-dog/")
    edited = source(page, "lab").replace("step(**limits)", "step(**limits) | {'epoch': '<b>3</b>', 'layers': 'x'}")
    cell(page, "lab").locator("summary").first.click()
    type_instead(page, "lab", edited)
    press(page, "Step")
    words = """step(…).epoch should be a whole number from 0 to 1000000000000, got the text "<b>3</b>\""""
    expect(lab(page).locator("[data-part=notice]")).to_contain_text(words, timeout=PYTHON_STARTS)
    expect(error(page, "lab")).to_contain_text("the lab cannot show this")
    expect(figure(page, "epoch")).to_have_text("0")
    cell(page, "lab").get_by_role("button", name="Reset").click()
    press(page, "Step")
    expect(lab(page).locator("[data-part=lesson] table").first).to_be_visible(timeout=PYTHON_STARTS)


PLAIN = """async ([base, text]) => {
    const { plainDrawing } = await import(`${base}runtime/cell/drawing.mjs`);
    const found = plainDrawing(text);
    return found ? new XMLSerializer().serializeToString(found) : null;
}"""
DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9' class='drawing'>%s</svg>"


def test_every_drawing_of_a_chapter_is_taken_as_it_is(page):
    page.goto("perceptron/")
    drawings = page.evaluate(
        "() => [...document.querySelectorAll('py-cell')].flatMap((cell) => cell.built.outputs)"
        ".map(({ data }) => data?.['image/svg+xml']).filter(Boolean)"
    )
    assert len(drawings) > 3
    address = page.url.removesuffix("perceptron/")
    assert all(page.evaluate(PLAIN, [address, drawing]) for drawing in drawings)


def test_a_drawing_of_the_library_is_taken_as_it_is(warm):
    inside = (
        "<g class='handle' data-drag='w_1 0.5 1 0' aria-label='a weight'>"
        "<path d='M0 0L1.5 2' stroke='var(--ink, #fff)'/>"
        "<text x='1' dy='0.34em' font-weight='600' transform='rotate(-90 9 1.5)'>1 &lt; 2</text></g>"
    )
    taken = warm.evaluate(PLAIN, [base(warm), DRAWING % inside])
    assert taken is not None
    assert 'data-drag="w_1 0.5 1 0"' in taken
    assert "1 &lt; 2" in taken


ANYTHING_ELSE = [
    "<script>1</script>",
    "<a href='https://elsewhere.example'><text>x</text></a>",
    "<g onclick='x()'/>",
    "<g style='position:fixed'/>",
    "<g class='md-dialog'/>",
    "<g role='dialog'/>",
    "<g id='softmax'/>",
    "<rect fill='url(https://elsewhere.example/x)'/>",
    "<g aria-label='url(https://elsewhere.example/x)'/>",
    "<path d='M0 0' filter='x'/>",
    "<rect width='expression(1)'/>",
    "<use href='#x'/>",
    "<image href='x.png'/>",
    "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
    "<p xmlns='http://www.w3.org/1999/xhtml'>x</p>",
    "<animate attributeName='x'/>",
    "<!-- x -->",
    "<![CDATA[x]]>",
    "<g>",
]


def test_a_drawing_that_holds_anything_else_is_sanitised(warm, guard):
    guard.allow("inline event handler")  # the policy refuses it before anybody reads it
    taken = {inside: warm.evaluate(PLAIN, [base(warm), DRAWING % inside]) for inside in ANYTHING_ELSE}
    assert {inside: drawing for inside, drawing in taken.items() if drawing is not None} == {}

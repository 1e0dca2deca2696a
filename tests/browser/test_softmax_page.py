"""A reader's visit to the softmax chapter."""

import re

import numpy as np
import pytest

from at_once import expect
from cells_in_page import button, cell, drag, enter, error, output, run, settled, source, start, status, type_instead


@pytest.fixture
def softmax(page):
    """The page as a first visit finds it."""
    page.goto("softmax/")
    return page


def softmax_lines(*scores):
    exponentials = np.exp(np.array(scores) - max(scores))
    probabilities = exponentials / exponentials.sum()
    names = zip(("duck", "dog", "cat"), probabilities, strict=True)
    return [*(f"P({name}) = {p:.4f}" for name, p in names), "sum = 1.0000"]


def test_the_page_shows_what_the_contract_says_before_python_has_started(softmax):
    expect(softmax.locator("html")).to_have_attribute("data-python", "off")
    expect(cell(softmax, "softmax")).to_have_attribute("state", "static")
    assert output(softmax, "softmax").inner_text().split("\n")[:4] == [
        "P(duck) = 0.7054",
        "P(dog) = 0.2595",
        "P(cat) = 0.0351",
        "sum = 1.0000",
    ]


def test_python_does_not_start_until_the_reader_means_it(softmax):
    softmax.mouse.move(400, 300)
    softmax.mouse.wheel(0, 900)
    softmax.wait_for_load_state("networkidle")  # what can be fetched ahead has been
    expect(softmax.locator("html")).to_have_attribute("data-python", "off")
    expect(softmax.locator("py-cell[state=static]")).to_have_count(softmax.locator("py-cell").count())
    run(softmax, "softmax")
    expect(softmax.locator("html")).to_have_attribute("data-python", "ready")


def test_a_slider_recomputes_its_cell_and_all_that_reads_from_it(warm):
    drag(warm, "softmax", "duck", -3, "done")
    for line in softmax_lines(-3, 1, -1):
        expect(output(warm, "softmax")).to_contain_text(line)
    assert "duck = -3.0  # @param" in source(warm, "softmax")
    inline = warm.locator('[data-expr="probabilities[0]:.1%"]').first
    expect(inline).to_have_text(f"{np.exp(-3) / np.exp([-3, 1, -1]).sum():.1%}")
    expect(output(warm, "chart").locator("figure[role=img]")).to_have_attribute("aria-label", re.compile("duck 0.0159"))
    settled(warm, "chart", "done")


def test_a_slider_its_number_box_and_the_code_are_one_thing(warm):
    box = cell(warm, "softmax").locator("input[data-for=duck]")
    slider = cell(warm, "softmax").locator("input[name=duck]")
    enter(box, "4.5", "Enter")
    expect(slider).to_have_value("4.5")
    assert "duck = 4.5 " in source(warm, "softmax")
    settled(warm, "softmax", "done")
    type_instead(warm, "softmax", source(warm, "softmax").replace("duck = 4.5", "duck = -2.5"))
    expect(slider).to_have_value("-2.5")
    expect(box).to_have_value("-2.5")


@pytest.mark.parametrize("name", ["duck", "dog", "cat"])
def test_every_control_is_labelled_with_its_parameters_name(warm, name):
    here = cell(warm, "softmax")
    assert here.get_by_label(name, exact=True).get_attribute("name") == name
    expect(here.get_by_role("spinbutton", name=name)).to_be_visible()


def test_the_last_value_of_a_quick_drag_wins(warm):
    type_instead(warm, "softmax", f"{source(warm, 'softmax')}\n__import__('time').sleep(0.1)")  # slower than any hand
    run(warm, "softmax")
    warm.evaluate(
        """() => {
            window.softmaxRuns = 0;
            document.addEventListener("cell-run", ({ detail }) => (window.softmaxRuns += detail.id === "softmax"));
            const slider = document.querySelector("#softmax input[name=duck]");
            for (let i = 0; i <= 100; i += 1) {
                slider.value = String(-10 + i / 5);
                slider.dispatchEvent(new Event("input", { bubbles: true }));
            }
        }"""
    )
    expect(output(warm, "softmax")).to_contain_text(softmax_lines(10, 1, -1)[0])
    settled(warm, "softmax", "done")
    expect(warm.locator("py-cell[stale]")).to_have_count(0)
    assert cell(warm, "softmax").evaluate("cell => cell.outputs[0].text").startswith("P(duck) = 0.9999")
    assert 1 <= warm.evaluate("window.softmaxRuns") < 50, "a hundred values and one, but no queue"


def test_a_number_out_of_range_is_refused_in_words(warm):
    here = cell(warm, "softmax")
    box = here.locator("input[data-for=duck]")
    enter(box, "50", "Enter")
    expect(here.locator("[data-part=refusal]")).to_have_text("duck goes from -10 to 10; 50 was not taken.")
    expect(box).to_have_value("2.0")
    box.fill("3")
    expect(here.get_by_text("was not taken")).to_have_count(0)
    assert "duck = 3.0 " in source(warm, "softmax")


def test_typing_marks_the_cell_and_run_takes_it_up(warm):
    type_instead(warm, "rounding", "print(6 * 7)")
    here = cell(warm, "rounding")
    expect(here).to_have_attribute("edited", "")
    expect(here).to_have_attribute("stale", "")
    run(warm, "rounding")
    expect(output(warm, "rounding")).to_have_text("42\n")
    expect(here).not_to_have_attribute("stale", "")


def test_what_reads_from_an_edit_that_has_not_run_is_stale_and_says_from_what(warm):
    built = source(warm, "softmax")
    type_instead(warm, "softmax", built.replace("duck = 2.0", "duck = 4.0"))
    for id in ("chart", "steps", "formula"):  # the last reads from it through nothing else
        expect(cell(warm, id)).to_have_attribute("stale", "")
    expect(cell(warm, "rounding")).not_to_have_attribute("stale", "")
    expect(status(warm, "chart")).to_have_text("“Softmax of three scores” has changed and not run. Run runs both.")
    run(warm, "chart")
    expect(output(warm, "softmax")).to_contain_text(softmax_lines(4, 1, -1)[0])
    expect(warm.locator("py-cell[stale]")).to_have_count(0)


def test_an_edit_that_is_taken_back_makes_nothing_stale(warm):
    built = source(warm, "softmax")
    type_instead(warm, "softmax", built + "\nprint(1)")
    expect(cell(warm, "chart")).to_have_attribute("stale", "")
    type_instead(warm, "softmax", built)
    expect(warm.locator("py-cell[stale]")).to_have_count(0)


def test_a_name_that_an_edit_begins_to_read_makes_it_follow(warm):
    type_instead(warm, "rounding", "print(probabilities[0])")
    run(warm, "rounding")
    built = source(warm, "softmax")
    type_instead(warm, "softmax", built + "\nprint(1)")
    expect(cell(warm, "rounding")).to_have_attribute("stale", "")


def test_the_variables_of_a_comprehension_belong_to_no_cell(warm):
    type_instead(warm, "rounding", "print([i for i in range(3)], {k: v for k, v in [(1, 2)]}, [duck for duck in 'ab'])")
    run(warm, "rounding")
    expect(output(warm, "rounding")).to_have_text("[0, 1, 2] {1: 2} ['a', 'b']\n")


def test_reset_brings_the_cell_back(warm):
    before = source(warm, "softmax")
    drag(warm, "softmax", "duck", 7, "done")
    button(warm, "softmax", "Reset").click()
    assert source(warm, "softmax") == before
    expect(cell(warm, "softmax").locator("input[name=duck]")).to_have_value(re.compile(r"^2(\.0)?$"))
    expect(output(warm, "softmax")).to_contain_text("P(duck) = 0.7054")
    expect(cell(warm, "softmax")).not_to_have_attribute("edited", "")


@pytest.mark.parametrize(
    ("code", "name", "line", "hint"),
    [
        ("x = (1", "SyntaxError", 1, "never closed"),
        ("\n1 / 0", "ZeroDivisionError", 2, "divided by zero"),
        ("probabilites", "NameError", 1, "Did you mean 'probabilities', which “Softmax of three scores” defines?"),
        ("import numpy as np\nnp.ones(3) + np.ones(2)", "ValueError", 2, "shapes (3,) (2,)"),
    ],
)
def test_an_error_names_the_line_and_says_what_to_look_at(warm, code, name, line, hint):
    start(warm, "rounding", code, "error")
    told = error(warm, "rounding")
    expect(told).to_contain_text(name)
    expect(told).to_contain_text(f"line {line}")
    expect(told).to_contain_text(hint)
    assert cell(warm, "rounding").evaluate("cell => cell.outputs.at(-1).line") == line
    marked = cell(warm, "rounding").locator(".cm-error-line")
    expect(marked).to_have_text(code.split("\n")[line - 1])
    run(warm, "softmax")  # the rest of the page lives on


def test_no_line_is_marked_where_nothing_went_wrong(warm):
    marks = warm.locator("py-cell [data-part=mark]")
    expect(marks.first).to_be_attached()
    expect(marks.locator("visible=true")).to_have_count(0)


def test_an_error_above_is_told_below_and_goes_when_it_is_mended(warm):
    built = source(warm, "softmax")
    start(warm, "softmax", built.replace("np.array([duck, dog, cat])", "np.array([duck, dog, cat]"), "error")
    settled(warm, "chart", "error")
    expect(error(warm, "chart")).to_contain_text("comes from “Softmax of three scores”, which stopped with an error")
    start(warm, "softmax", built)
    settled(warm, "chart", "done")
    expect(error(warm, "chart")).to_be_empty()


def test_after_a_stop_no_output_of_an_older_source_passes_for_the_newest(warm):
    built = source(warm, "softmax")
    drag(warm, "softmax", "duck", 5)
    expect(output(warm, "shift")).to_contain_text("5.0000")
    settled(warm, "shift", "done")
    start(warm, "rounding", "while True: pass", "running")
    button(warm, "rounding", "Stop").click()
    settled(warm, "rounding", "stopped")
    cell(warm, "softmax").evaluate("(cell, source) => { cell.source = source; }", built)
    run(warm, "formula")
    expect(output(warm, "shift")).to_contain_text("2.0000")
    expect(output(warm, "softmax")).to_contain_text("P(duck) = 0.7054")


def test_events_tell_what_happens_to_a_cell(warm):
    warm.evaluate(
        """() => {
            window.heard = [];
            for (const type of ["cell-run", "cell-state", "cell-edit"])
                document.addEventListener(type, ({ detail }) => window.heard.push([type, detail.id ?? detail]));
        }"""
    )
    run(warm, "rounding")
    type_instead(warm, "rounding", "x = 1")
    heard = {tuple(event) for event in warm.evaluate("window.heard")}
    assert heard >= {("cell-run", "rounding"), ("cell-state", "rounding"), ("cell-edit", "rounding")}


def test_output_can_never_become_markup_or_script(warm, guard):
    guard.allow("inline event handler")  # told by the browser where DOMPurify reads it, in a document without scripts
    evil = (
        "class Evil:\n"
        "    def _repr_html_(self):\n"
        "        return '<b>kept</b><img src=x onerror=\"window.pwned=1\"><script>window.pwned=1</script>'\n"
        "display(Evil())\nprint('<img src=x onerror=window.pwned=1>')"
    )
    type_instead(warm, "rounding", evil)
    run(warm, "rounding")
    expect(output(warm, "rounding").locator("b")).to_have_text("kept")
    expect(output(warm, "rounding")).to_contain_text("<img src=x")
    assert output(warm, "rounding").locator("[onerror], script").count() == 0
    assert warm.evaluate("window.pwned") is None

"""What a cell does to Python falls on that cell alone: the next run works, and so does the mended one, at once."""

import pytest

from at_once import expect
from cells_in_page import FEW, FULL, cell, enter, error, output, settings, settled, start, the_next_works, type_instead
from tricks import ANSWERED, ENDLESS, FATAL, HARMLESS

CHAPTER = (FEW, "softmax")
DYING = ("__deepcopy__", "__del__ of a circle", "settrace"), ("exit in __deepcopy__", "a deep list")
"""Of what ends Python, after a limit of time or by itself, those that are tried if not FULL."""


@pytest.fixture
def read(warm):
    """A page on which another cell reads what "rounding" makes, with a short limit of time."""
    limit = settings(warm).get_by_role("spinbutton", name="Time limit")
    enter(limit, "2")
    start(warm, "rounding", "odd = 1", "done")
    start(warm, "sigmoid", "print(type(odd).__name__)", "done")
    yield warm
    enter(limit, "30")


def mended_works(page):
    start(page, "rounding", "odd = 2.5")
    settled(page, "sigmoid", "done")
    expect(output(page, "sigmoid")).to_have_text("float\n")


def test_what_goes_wrong_is_answered_at_the_cell_that_did_it(read):
    for name, (source, says) in ANSWERED.items():
        start(read, "rounding", source, "error")
        assert says in error(read, "rounding").inner_text(), name
        the_next_works(read)
    mended_works(read)


def test_what_would_go_on_ends_with_the_run(read):
    for source in HARMLESS.values():
        start(read, "rounding", source, "done")
        expect(error(read, "rounding")).to_be_empty()
        the_next_works(read)
    mended_works(read)


@pytest.mark.parametrize("name", ENDLESS if FULL else DYING[0])
def test_what_never_comes_back_is_stopped_at_the_cell_that_did_it(read, name):
    start(read, "rounding", ENDLESS[name], "stopped")
    expect(error(read, "rounding")).to_contain_text("stopped after 2 s")
    the_next_works(read)
    mended_works(read)


@pytest.mark.parametrize("name", FATAL if FULL else DYING[1])
def test_a_cell_that_ended_python_is_left_out_until_it_is_changed_and_the_others_run_on(read, guard, name):
    guard.allow("Pyodide has suffered a fatal error|RangeError|console")  # its own words in the console
    start(read, "rounding", FATAL[name], "error")
    expect(error(read, "rounding")).to_contain_text("left out until you change it")
    the_next_works(read)
    for _ in range(2):  # it is not tried again
        cell(read, "rounding").evaluate("cell => void cell.run().catch(() => {})")
        settled(read, "rounding", "error")
        expect(error(read, "rounding")).to_contain_text("left out until you change it")
    cell(read, "sigmoid").evaluate("cell => void cell.run()")
    settled(read, "sigmoid", "error")
    mended_works(read)
    expect(error(read, "rounding")).to_be_empty()


def test_what_is_nested_too_deeply_has_an_error_with_its_line_and_python_stays(read):
    deep = ("-" * 20_000 + "1", "[" * 180 + "1" + "]" * 180, "lambda: " * 500 + "1")
    for source in deep:
        cell(read, "rounding").evaluate(
            "(cell, source) => void (cell.source = source, cell.run())", f"x = 1\nodd = {source}"
        )
        settled(read, "rounding", "error")
        expect(error(read, "rounding")).to_contain_text("line 2")
        expect(error(read, "rounding")).to_contain_text("nested too deeply")
        expect(read.locator("html")).to_have_attribute("data-python", "ready")
        the_next_works(read)
    mended_works(read)


def test_half_a_character_and_a_null_byte_have_an_error_with_their_line(read):
    for source, says in [("odd = 1\n# \ud83d", "half of a character"), ("odd = 1\n'\0'", "a null byte")]:
        half = source.replace("\ud83d", "\\ud83d").replace("\0", "\\0").replace("\n", "\\n").replace('"', '\\"')
        read.evaluate(f"""() => {{ const cell = document.querySelector("#rounding");
            cell.source = "{half}"; void cell.run(); }}""")
        settled(read, "rounding", "error")
        expect(error(read, "rounding")).to_contain_text("line 2")
        expect(error(read, "rounding")).to_contain_text(says)
    mended_works(read)


def test_a_print_or_a_warning_makes_no_right_answer_wrong_and_can_be_seen(page):
    page.goto("softmax/")
    type_instead(
        page,
        "half-as-likely",
        "import warnings\nimport numpy as np\nprint('in between')\nwarnings.warn('odd')\nbird = dog - np.log(2)",
    )
    exercise = page.locator("py-exercise[for='half-as-likely']")
    exercise.get_by_role("button", name="Check").click()
    expect(exercise).to_have_attribute("verdict", "right", timeout=90_000)
    expect(output(page, "half-as-likely")).to_contain_text("in between")
    page.goto("cross-entropy/")
    function = page.locator("py-exercise[for='safe-loss']")
    solution = page.locator("py-exercise[for='safe-loss'] [data-part=answer]").text_content()
    lines = solution.rstrip().split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("def ")) + 1
    lines.insert(at, "    print('called')")
    cell(page, "safe-loss").evaluate("(cell, source) => void (cell.source = source)", "\n".join(lines))
    function.get_by_role("button", name="Check").click()
    expect(function).to_have_attribute("verdict", "right", timeout=90_000)
    expect(function.locator("[data-part=printed]")).to_contain_text("called")


def test_a_library_that_could_not_be_fetched_once_is_asked_for_again(page, guard):
    guard.allow("Failed to load resource|net::ERR_FAILED|could not be shown|console")
    refuse = True

    def answer(route):
        if refuse:
            route.abort()
        else:
            route.continue_()

    page.route("**/vendor/purify.mjs*", answer)
    page.goto(FEW)
    source = "class H:\n    def _repr_html_(self): return '<b>bold</b>'\nodd = {}\nH()"
    start(page, "rounding", source.format(1), "done")
    expect(output(page, "rounding").locator("b")).to_have_count(0)
    refuse = False
    start(page, "rounding", source.format(2).replace("bold", "bolder"))
    expect(output(page, "rounding").locator("b")).to_have_text("bolder")

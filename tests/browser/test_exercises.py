"""Exercises, as a reader does them: a wrong answer, hints, the right answer, the solution, and what is kept."""

import pytest

from at_once import expect
from cells_in_page import PYTHON_STARTS, button, by_night, cell, error, output, settings, source, spoken, type_instead

RIGHT = "import numpy as np\n\nbird = dog - np.log(2.0)"
FORBIDDEN = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("storage is forbidden", "SecurityError"); } });"""


def exercise(page, id="half-as-likely"):
    return page.locator(f'py-exercise[for="{id}"]')


def press(page, name, id="half-as-likely"):
    exercise(page, id).get_by_role("button", name=name).click()


def verdict(page, id="half-as-likely"):
    return exercise(page, id).locator("[data-part=verdict]")


def note(page, id="half-as-likely"):
    return exercise(page, id).locator("[data-part=note]")


def judged(page, kind, id="half-as-likely"):
    expect(exercise(page, id)).to_have_attribute("verdict", kind, timeout=PYTHON_STARTS)


def solve(page):
    type_instead(page, "half-as-likely", RIGHT)
    press(page, "Check")
    judged(page, "right")


@pytest.fixture
def chapter(page):
    page.goto("softmax/")
    return page


def test_a_wrong_answer_is_told_in_words_and_a_right_one_counts(chapter, axe):
    press(chapter, "Check")
    judged(chapter, "wrong")
    expect(verdict(chapter)).to_have_text("The bird has no score yet: put a computation in place of the dots.")
    expect(spoken(chapter)).to_have_text("The bird has no score yet: put a computation in place of the dots.")
    expect(cell(chapter, "half-as-likely")).to_have_attribute("state", "done")
    type_instead(chapter, "half-as-likely", "bird = dog / 2")
    expect(verdict(chapter)).to_be_empty()
    press(chapter, "Check")
    expect(verdict(chapter)).to_contain_text("Half the score is not half the probability")
    axe(chapter)
    expect(chapter.locator(".exercise-summary")).to_have_text("2 exercises in this chapter")
    type_instead(chapter, "half-as-likely", RIGHT)
    chapter.keyboard.press("Control+Enter")  # a plain run is checked as well, once something has been changed
    judged(chapter, "right")
    expect(verdict(chapter)).to_have_text("That is right. Well done!")
    expect(exercise(chapter).get_by_text("Solved", exact=True)).to_be_visible()
    expect(exercise(chapter, "columns").get_by_text("Solved", exact=True)).to_be_hidden()
    expect(chapter.locator(".exercise-summary")).to_have_text("1 of 2 exercises solved in this chapter")
    axe(chapter)


def test_what_keeps_the_check_from_deciding_is_told_in_words_too(chapter):
    type_instead(chapter, "half-as-likely", "bird = 1 / 0")
    press(chapter, "Check")
    judged(chapter, "wrong")
    expect(verdict(chapter)).to_contain_text("Your code stopped with an error before it could be checked")
    expect(error(chapter, "half-as-likely")).to_contain_text("ZeroDivisionError")
    type_instead(chapter, "half-as-likely", "birds = 1")
    press(chapter, "Check")
    expect(verdict(chapter)).to_contain_text("name 'bird' is not defined")
    expect(verdict(chapter)).to_contain_text("define it, or press Reset")
    type_instead(chapter, "half-as-likely", "class Odd:\n    __class__ = property(int)\nbird = Odd()")
    press(chapter, "Check")
    expect(verdict(chapter)).to_contain_text("The check tried your code, and it stopped")
    assert "Traceback" not in verdict(chapter).text_content()
    type_instead(chapter, "half-as-likely", "while True: pass")
    press(chapter, "Check")
    expect(note(chapter)).to_have_text("Checking …")
    stop = button(chapter, "half-as-likely", "Stop")
    stop.click()
    expect(note(chapter)).to_have_text("Stopped: nothing was checked.")


def test_names_of_the_page_may_be_used_again_and_what_the_page_shows_stays(chapter):
    before = output(chapter, "steps").inner_text()
    type_instead(
        chapter,
        "columns",
        "import numpy as np\n\nexponentials = np.exp(batch.T)\ntotal = exponentials.sum(axis=0)\n"
        "sideways = batch.T\nby_column = exponentials / total",
    )
    press(chapter, "Check", "columns")
    judged(chapter, "right", "columns")
    expect(cell(chapter, "columns")).to_have_attribute("state", "done")
    button(chapter, "steps", "Run").click()
    expect(cell(chapter, "steps")).to_have_attribute("state", "done", timeout=PYTHON_STARTS)
    assert output(chapter, "steps").inner_text() == before


def test_an_untouched_exercise_keeps_quiet_while_the_page_is_played_with(chapter):
    cell(chapter, "softmax").locator("input[name=duck]").fill("5")
    expect(cell(chapter, "half-as-likely-check")).to_have_attribute("state", "done", timeout=PYTHON_STARTS)
    expect(output(chapter, "half-as-likely-check")).to_contain_text("no score yet")
    expect(verdict(chapter)).to_be_empty()


def test_hints_come_one_by_one_in_their_order(chapter):
    hints = exercise(chapter).locator("details.hint")
    expect(hints).to_have_count(2)
    expect(hints.nth(0)).to_be_hidden()
    press(chapter, "Hint 1 of 2")
    expect(hints.nth(0).locator("p").last).to_be_visible()
    expect(hints.nth(1)).to_be_hidden()
    expect(note(chapter)).to_have_text("Hint 1 of 2 stands below.")
    press(chapter, "Hint 2 of 2")
    expect(hints.nth(1).locator("p").last).to_contain_text("0.693")
    over = exercise(chapter).get_by_role("button", name="No more hints")
    expect(over).to_have_attribute("aria-disabled", "true")
    expect(over).to_be_focused()
    expect(exercise(chapter, "columns").get_by_role("button", name="Hint 1 of 3")).to_be_visible()


def test_the_solution_asks_for_an_attempt_first_and_can_be_put_in_and_out_again(chapter):
    solution = exercise(chapter).locator("[data-part=solution]")
    press(chapter, "Show solution")
    expect(note(chapter)).to_contain_text("Try it once first")
    expect(solution).to_be_hidden()
    press(chapter, "Show solution")
    expect(solution.locator("pre .kn").first).to_be_visible()
    type_instead(chapter, "half-as-likely", "bird = 7")
    press(chapter, "Put it into the snippet")
    assert source(chapter, "half-as-likely") == "import numpy as np\n\nbird = dog - np.log(2)"
    press(chapter, "Undo")
    assert source(chapter, "half-as-likely") == "bird = 7"
    press(chapter, "Put it into the snippet")
    press(chapter, "Check")
    judged(chapter, "right")
    expect(verdict(chapter)).to_contain_text("That is the solution, and it passes. Write it once yourself")
    expect(exercise(chapter).get_by_text("Solved", exact=True)).to_be_hidden()
    press(chapter, "Hide solution")
    expect(solution).to_be_hidden()


def test_what_is_solved_survives_a_reload_shows_on_the_home_page_and_can_be_forgotten(chapter):
    solve(chapter)
    chapter.reload()
    expect(exercise(chapter).get_by_text("Solved", exact=True)).to_be_visible()
    expect(chapter.locator(".exercise-summary")).to_have_text("1 of 2 exercises solved in this chapter")
    chapter.goto("./")
    counted = chapter.locator('article [data-progress="softmax.md"]')
    expect(counted).to_have_text("1 of 2 exercises solved")
    chapter.get_by_role("link", name="The second chapter takes it apart").click()  # instant navigation, both ways
    expect(exercise(chapter)).to_have_attribute("solved", "")
    chapter.go_back()
    expect(counted).to_have_text("1 of 2 exercises solved")
    settings(chapter).get_by_role("button", name="Forget what I solved").click()
    expect(counted).to_be_empty()
    chapter.goto("softmax/")
    expect(chapter.locator(".exercise-summary")).to_have_text("2 exercises in this chapter")
    assert source(chapter, "half-as-likely") == RIGHT


def test_two_tabs_stay_in_step(chapter):
    other = chapter.context.new_page()
    other.goto("softmax/")
    solve(chapter)
    expect(exercise(other).get_by_text("Solved", exact=True)).to_be_visible()
    expect(other.locator(".exercise-summary")).to_have_text("1 of 2 exercises solved in this chapter")
    settings(other).get_by_role("button", name="Forget what I solved").click()
    expect(exercise(chapter).get_by_text("Solved", exact=True)).to_be_hidden()


def test_where_nothing_can_be_kept_an_exercise_counts_for_the_visit(new_context, guard):
    guard.allow("storage is forbidden")  # Material's own scripts say it
    context = new_context()
    context.add_init_script(FORBIDDEN)
    page = context.new_page()
    page.goto("softmax/")
    solve(page)
    expect(verdict(page)).to_contain_text("Your browser keeps nothing for this site")
    expect(page.locator(".exercise-summary")).to_have_text("1 of 2 exercises solved in this chapter")


def test_what_stands_in_the_storage_and_is_none_of_ours_breaks_nothing(chapter):
    chapter.evaluate("""() => localStorage.setItem(
        `dog-primer/1${location.pathname.replace("softmax/", "")}progress/softmax.md`, '{"solved": 7}')""")
    chapter.reload()
    expect(chapter.locator(".exercise-summary")).to_have_text("2 exercises in this chapter")
    expect(exercise(chapter).get_by_role("button", name="Hint 1 of 2")).to_be_visible()


def test_with_the_keyboard_alone_a_reader_reaches_every_help(chapter):
    here = exercise(chapter)
    button(chapter, "half-as-likely", "More").focus()
    chapter.keyboard.press("Tab")
    expect(here.get_by_role("button", name="Check")).to_be_focused()
    chapter.keyboard.press("Tab")
    chapter.keyboard.press("Tab")  # through the code
    chapter.keyboard.press("Enter")
    expect(here.locator("details.hint").first.locator("p").last).to_be_visible()
    chapter.keyboard.press("Tab")
    expect(here.get_by_role("button", name="Show solution")).to_be_focused()
    chapter.keyboard.press("Space")
    chapter.keyboard.press("Space")
    expect(here.get_by_role("button", name="Hide solution")).to_have_attribute("aria-expanded", "true")
    for _ in range(3):
        chapter.keyboard.press("Shift+Tab")
    chapter.keyboard.press("Enter")
    judged(chapter, "wrong")


def test_accessible_with_every_help_open(phone, axe):
    page = phone
    page.goto("softmax/")
    for name in ("Hint 1 of 2", "Hint 2 of 2", "Show solution", "Show solution"):
        press(page, name)
    exercise(page).get_by_text("What is checked").click()
    expect(cell(page, "half-as-likely-check")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    by_night(page)
    axe(page, rules=["color-contrast"])


def test_without_javascript_hints_solution_and_check_are_folds(plain):
    plain.goto("softmax/")
    here = exercise(plain)
    for words in ("Hint: which number counts", "Solution", "What is checked"):
        summary = here.locator("summary", has_text=words)
        expect(summary).to_be_visible()
        summary.click()
    expect(here.locator("[data-part=answer]")).to_contain_text("bird = dog - np.log(2)")
    expect(output(plain, "half-as-likely-check")).to_contain_text("The bird has no score yet")
    expect(here.get_by_role("button")).to_have_count(0)
    expect(plain.locator(".exercise-summary")).to_have_text("2 exercises in this chapter")

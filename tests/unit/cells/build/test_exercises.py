import re

import pytest
from converting import convert, converter
from running import run

from cells.build import exercises
from cells.build.exercises import check_source, has_passed, words_of
from cells.page.errors import PageError
from cells.page.program import Program

BLANK = "total = ...  # your turn"
CHECK = 'assert total is not ..., "Put a number in place of the dots."\nassert total == 3, f"It is {total}, not 3."'
SOLUTION = "total = 1 + 2"


def fence(options, source):
    return f"```python {options}\n{source}\n```\n\n"


def exercise(blank=BLANK, check=CHECK, hints='??? hint "Hint"\n    Add.\n\n', solution=SOLUTION, id="sum"):
    return "".join(
        [
            fence(f'exercise id="{id}" title="A sum"', blank),
            fence(f'check for="{id}"', check) if check is not None else "",
            hints,
            fence(f'solution for="{id}"', solution) if solution is not None else "",
        ]
    )


def test_an_exercise_holds_its_cell_hints_solution_and_check_in_this_order():
    html = convert("# Sums\n\n" + exercise())
    parts = ["<py-exercise ", '<py-cell id="sum"', 'class="hint"', 'data-part="solution"', '<py-cell id="sum-check"']
    places = [html.index(part) for part in [*parts, "</py-exercise>"]]
    assert places == sorted(places)
    assert html.count("<py-exercise") == html.count("</py-exercise>") == 1


def test_the_check_of_the_blank_says_what_is_missing():
    html = convert(exercise())
    assert '<pre data-output="text">Put a number in place of the dots.</pre>' in html


def says(check, blank="total = 3"):
    """Run a check on an exercise's cell."""
    return run(Program({"sum": blank, "sum-check": check_source(check)}), "sum")["sum-check"].outputs


@pytest.mark.parametrize(
    "line", ["print('still looking')", "import warnings; warnings.warn('odd')", "import sys; print(1, file=sys.stderr)"]
)
def test_what_is_printed_or_warned_of_meanwhile_changes_no_verdict(line):
    blank = f"def total():\n    {line}\n    return {{}}"
    check = 'assert total() == 3, "Not 3."'
    right, wrong = says(check, blank.format(3)), says(check, blank.format(4))
    assert has_passed(right)
    assert (has_passed(wrong), words_of(wrong)) == (False, "Not 3.")
    assert [output["type"] for output in right] == ["stream", "display"]  # and it can be seen


def test_a_check_that_does_not_come_to_its_end_has_not_passed():
    assert not has_passed(says('assert total.missing, "Not there."'))
    assert not has_passed(says('assert total() == 3, "Not 3."', "def total(): assert False"))


def test_a_page_says_below_its_title_how_many_exercises_it_has():
    html = convert(
        "# Sums\n\n"
        + exercise()
        + exercise(BLANK.replace("total", "more"), CHECK.replace("total", "more"), solution="more = 3", id="more")
    )
    summary = re.search(r'</h1>\s*<p class="exercise-summary" data-exercises="sum more" page="page">(.*?)</p>', html)[1]
    assert summary == '<a href="#sum">2 exercises</a> in this chapter'
    assert "Exercise 1 of 2" in html and "Exercise 2 of 2" in html


def test_what_gives_the_answer_away_is_kept_out_of_the_search():
    html = convert(exercise())
    for part in ("solution", "checked"):
        assert f'<details data-part="{part}" data-search-exclude>' in html


def test_the_rest_of_the_page_may_read_what_an_exercise_defines():
    html = convert(exercise() + fence('run id="after"', "print('it is', total)"))
    assert "it is Ellipsis" in html


def test_a_hint_is_markdown_with_numbers_from_the_code():
    html = convert(exercise(hints='??? hint "Hint"\n    It is `{python} 1 + 2`.\n\n'))
    assert re.search(r'<details class="hint">.*?<span data-expr="1 \+ 2" page="page">3</span>', html, re.DOTALL)


def test_a_fence_whose_title_only_names_a_solution_stays_code():
    assert "py-exercise" not in convert('```python title="the solution"\nx = nobody\n```')


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (exercise(solution="total = 4"), "the solution does not pass its check, which says: It is 4, not 3."),
        (exercise(solution="total = 1 / 0"), "the solution leads to an error: ZeroDivisionError"),
        (exercise(solution="other = 3"), "its check reads nothing that the solution defines"),
        (exercise(blank="total = 3"), "its check passes while the blank is left in"),
        (exercise(blank="total = ...", check='assert total + 1 == 4, "No."'), 'cell "sum-check", line 2: TypeError'),
        (exercise(check="assert total == 3"), "its check, line 1: an assert has no words"),
        (exercise(check="print(total)"), "its check has no assert"),
        (exercise(check="assert total == 3, ("), "its check, line 1: SyntaxError"),
        (
            exercise(check='got = total\nassert got == 3, "No."'),
            "its check defines 'got' for the whole page; call it '_got'",
        ),
        (exercise(check='assert total == 3, """No\nand no."""'), "a text over several lines"),
        (exercise(check=None), 'it has no check; expected below it: ```python check for="sum"'),
        (exercise(solution=None), "it has no solution"),
        (exercise(hints=""), "it has no hint"),
        (exercise(hints='??? note "No hint"\n    Add.\n\n'), "it has no hint"),
        (exercise() + fence('solution for="sum"', SOLUTION), "it has two solutions"),
        (fence('check for="sum"', CHECK) + exercise(check=None), "a check for it, but no exercise of that id above"),
        (fence('exercise id="sum"', BLANK), "an exercise needs a title"),
        (fence('exercise id="sum" title="A sum" rows="3"', BLANK), "unknown option 'rows'; known: exercise, id, title"),
        (fence('solution for="sum" title="x"', SOLUTION), "unknown option 'title'; known: solution, for"),
        (fence("exercise id=sum", BLANK), "a fence was not read as a cell: ```python exercise id=sum"),
        (
            exercise(check=None, hints="") + fence('check for="sum"', CHECK),
            "expected in this order: exercise, check, hints, solution",
        ),
        (
            exercise(solution=None) + "??? note\n    " + fence('solution for="sum"', SOLUTION).replace("\n", "\n    "),
            "its parts are not equally far in: a <details>",
        ),
    ],
)
def test_an_exercise_that_does_not_work_stops_the_build_and_is_named(text, message):
    with pytest.raises(PageError, match=message) as raised:
        convert(text)
    assert str(raised.value).startswith("page")


def test_an_exercise_is_held_against_its_check_once_and_remembered(tmp_path, monkeypatch):
    verified = []
    monkeypatch.setattr(exercises, "verify", lambda one, *rest: verified.append(one.id))
    for solution in (SOLUTION, SOLUTION, "total = 3"):
        converter("pymdownx.details", page="page", memory=str(tmp_path)).convert(exercise(solution=solution))
    assert verified == ["sum", "sum"]  # the first build and the one with another solution

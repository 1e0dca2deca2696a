"""Every right way to solve an exercise passes its check, and every wrong answer is told what is wrong with it."""

from textwrap import indent

import answers_after_it
import answers_at_first
import answers_further_on
import answers_in_chapters
import pytest
from exercises_of_pages import EXERCISES, judged, program_of

TABLES = (answers_at_first, answers_in_chapters, answers_further_on, answers_after_it)
ANSWERS = {place: row for table in TABLES for place, row in table.ANSWERS.items()}


def written(around, answer):
    """An answer where the blank was; as far in as that stood."""
    before, _, after = around.partition("{}")
    depth = len(before) - len(before.rstrip(" ")) if before.endswith(" " * 4) else 0
    return before + indent(answer, " " * depth).lstrip(" ") + after


RIGHT = [(place, written(around, one)) for place, (around, right, _) in ANSWERS.items() for one in right]
WRONG = [
    (place, written(around, one), words)
    for place, (around, _, wrong) in ANSWERS.items()
    for one, words in wrong.items()
]


@pytest.mark.parametrize(("place", "source"), RIGHT)
def test_no_right_answer_is_called_wrong(place, source):
    assert judged(*place, source) == (True, "")


@pytest.mark.parametrize(("place", "source", "words"), WRONG)
def test_a_wrong_answer_hears_what_is_wrong_with_it(place, source, words):
    passed, said = judged(*place, source)
    assert (passed, words in said) == (False, True), said


def test_each_exercise_has_its_table():
    assert sorted(ANSWERS) == sorted(EXERCISES)
    assert all(len(right) >= 10 and len(wrong) >= 10 for _, right, wrong in ANSWERS.values())


@pytest.mark.parametrize("exercise", ["mild", "worst"])
def test_a_check_needs_no_trained_network(exercise):
    program, answers = program_of("dog-stream")
    try:
        for source in (answers[exercise], answers[exercise].replace("import numpy as np\n", "")):
            program.update({exercise: source})
            assert program.graph.ancestors([f"{exercise}-check"]) <= {exercise, "pictures"}
    finally:
        program.update({exercise: answers[exercise]})

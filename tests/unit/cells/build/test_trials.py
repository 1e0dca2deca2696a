"""What is tried on paper: how an author says it, and what stops the build."""

import pytest
from converting import convert
from test_markdown import cell

from cells.build.trials import trial_of
from cells.page.errors import PageError

SLIDER = 'duck = 2.0  # @param {type:"slider", min:-10, max:10, step:0.1}'
CHOICE = 'kind = "dog"  # @param ["dog", "cat"]'


def test_a_cell_says_what_is_tried_with_it():
    html = convert(cell(SLIDER, 'id="a" try="duck: -1, 1, 4"'))
    assert ' data-try="duck: -1, 1, 4"' in html
    assert "data-try" not in convert(cell(SLIDER, 'id="a"'))


def test_values_are_written_as_the_page_would_write_them_and_nothing_else_changes():
    trial = trial_of("duck: -1, 4", f"import math\n{SLIDER}\nprint(duck)")
    assert trial.sources == tuple(
        f"import math\n{SLIDER.replace('2.0', value)}\nprint(duck)" for value in ("-1.0", "4.0")
    )
    assert trial_of("kind: cat, dog", CHOICE).sources[0] == CHOICE.replace('= "dog"', "= 'cat'")
    assert trial_of("n: 3, 5", 'n = 1  # @param {type:"integer"}').values == (3, 5)


@pytest.mark.parametrize(
    ("source", "tried", "words"),
    [
        (SLIDER, "dog: 1, 2", "expected a parameter and its values, such as try=.*, got 'dog: 1, 2'; known: duck"),
        ("duck = 2.0", "duck: 1, 2", "known: none"),
        (SLIDER, "duck: 1", "expected two values or more, .* got 'duck: 1'"),
        (SLIDER, "duck: 1, many", "duck: expected a number like 2.0, got 'many'"),
        (SLIDER, "duck: 1, 11", r"the value 11.0 lies outside -10 … 10"),
        (CHOICE, "kind: dog, bird", "kind has no choice 'bird'; there are: dog, cat"),
    ],
)
def test_what_cannot_be_tried_stops_the_build_and_says_what_was_expected(source, tried, words):
    with pytest.raises(PageError, match=f'cell "a".*{words}'):
        convert(cell(source, f'id="a" try="{tried}"'))

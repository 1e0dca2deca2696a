"""Chance repeats itself, and differs from cell to cell."""

import pytest
from running import run

from cells.page.program import Program
from cells.page.runner import run_cell

DRAWS = [
    "import random\nprint(random.random())",
    "from random import random\nprint(random())",
    "import numpy as np\nprint(np.random.rand(2))",
    "import numpy\nprint(numpy.random.permutation(9))",
    "from numpy import random as dice\nprint(dice.normal())",
]


@pytest.mark.parametrize("source", DRAWS)
def test_two_runs_of_a_cell_draw_the_same(source):
    first = run_cell("here", source, {})
    assert first[0]["type"] == "stream"
    assert run_cell("here", source, {}) == first


@pytest.mark.parametrize("source", DRAWS)
def test_two_cells_draw_different_numbers(source):
    assert run_cell("here", source, {}) != run_cell("there", source, {})


@pytest.mark.parametrize("spoil", ["import random\nrandom.seed(5)", "import numpy as np\nnp.random.seed(5)"])
def test_a_seed_that_one_cell_sets_is_not_another_ones(spoil):
    source = "import random\nimport numpy as np\nprint(random.random(), np.random.rand())"
    before = run_cell("here", source, {})
    run_cell("there", spoil, {})
    assert run_cell("here", source, {}) == before


def test_a_cells_own_seed_counts():
    source = "import numpy as np\nnp.random.seed(3)\nprint(np.random.rand())"
    assert run_cell("here", source, {}) == run_cell("there", source, {})


def test_chance_through_another_cells_function_repeats_too():
    program = Program({"a": "import random\ndef roll(): return random.random()", "b": "print(roll())"})
    results = [run(program, "b")["b"].outputs for _ in range(2)]
    assert results[0] == results[1]


def test_an_inline_number_that_is_drawn_is_the_same_each_time():
    program = Program({"a": "import random"}, ["random.random()"])
    run(program, "a")
    assert program.values() == program.values()


def test_a_generator_without_a_seed_is_new_every_time():
    source = "import numpy as np\nprint(np.random.default_rng().random(4))"
    assert run_cell("here", source, {}) != run_cell("here", source, {})

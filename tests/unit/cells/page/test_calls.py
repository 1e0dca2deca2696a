"""Calls of a cell's function from the page: what a lab does."""

import json

import numpy as np
import pytest
from running import run

from cells.page import host
from cells.page.program import Program

PAGE = {
    "step": "def step(x):\n    return x + 1",
    "lab": "def count(session, times=1):\n"
    "    for _ in range(times):\n        session['n'] = step(session.get('n', 0))\n"
    "    return {'n': session['n']}",
}


@pytest.fixture
def program():
    program = Program(PAGE)
    run(program, "lab")
    return program


def open_page(name, cells, *targets):
    host._programs[name] = Program(cells)
    run(host._programs[name], *targets)


def test_a_function_of_a_cell_is_called_with_what_it_reads_from_other_cells(program):
    session = {}
    assert program.call("lab", "count", session, times=3).value == {"n": 3}
    assert program.call("lab", "count", session).value == {"n": 4}


def test_an_edit_counts_from_the_next_call_after_its_run(program):
    session = {}
    program.update({"step": "def step(x):\n    return x + 10"})
    assert program.call("lab", "count", session).value == {"n": 1}
    run(program, "step")
    assert program.call("lab", "count", session).value == {"n": 11}


def test_an_error_is_told_at_the_cell_whose_line_it_is(program):
    program.update({"step": "def step(x):\n    y = x\n    return y / 0"})
    run(program, "step")
    result = program.call("lab", "count", {})
    assert (result.cell, result.error["name"], result.error["line"]) == ("step", "ZeroDivisionError", 3)
    assert "return y / 0" in result.error["traceback"]
    assert program.call("lab", "count", {}).error, "a call leaves the cells as they were"


def test_a_cell_that_has_not_run_is_lacking():
    assert Program(PAGE).call("lab", "count", {}) is None


def test_a_cell_that_is_broken_says_why_it_cannot_be_called(program):
    program.update({"step": "def step(x:"})
    run(program, "step")
    result = program.call("lab", "count", {})
    assert result.cell == "lab"
    assert "'step' comes from cell \"step\"" in result.error["message"]


def test_what_a_function_prints_comes_along(program):
    program.update({"step": "def step(x):\n    print('stepped')\n    return x"})
    run(program, "step")
    assert program.call("lab", "count", {}, times=2).outputs == [
        {"type": "stream", "name": "stdout", "text": "stepped\nstepped\n"}
    ]


def test_values_are_plain_json_with_bytes_as_base64():
    program = Program({"lab": "def f(session, x):\n    return x"})
    program.run("lab")
    value = {"a": np.arange(3), "b": np.float64(0.5), "c": float("nan"), "d": b"\x00\xff"}
    assert program.call("lab", "f", {}, x=value).value == {"a": [0, 1, 2], "b": 0.5, "c": None, "d": "AP8="}


def test_what_a_call_patches_is_put_back():
    program = Program({"lab": "import math\ndef f(session):\n    math.tau = 6\n    return math.tau"})
    program.run("lab")
    assert program.call("lab", "f", {}).value == 6
    assert program.call("lab", "f", {}).error is None
    import math

    assert math.tau > 6.28


def test_a_session_lives_from_call_to_call_and_begins_again_from_what_the_page_kept():
    open_page("calls.md", PAGE, *PAGE)
    call = lambda **options: json.loads(host.call("calls.md", "lab", "count", "{}", "s", **options))  # noqa: E731
    assert call(is_new=True)["value"] == {"n": 1}
    assert call()["value"] == {"n": 2}
    assert call(is_new=True)["value"] == {"n": 1}
    host._programs["calls.md"].update({"lab": "def count(session):\n    return session"})
    host._programs["calls.md"].run("lab")
    assert call(is_new=True, kept='{"epoch": 7}')["value"] == {"kept": {"epoch": 7}}


def test_sessions_of_other_names_and_pages_know_nothing_of_each_other():
    open_page("one.md", PAGE, *PAGE)
    open_page("two.md", PAGE, *PAGE)
    for page, session in [("one.md", "a"), ("one.md", "b"), ("two.md", "a")]:
        assert json.loads(host.call(page, "lab", "count", "{}", session, True))["value"] == {"n": 1}


def test_a_page_or_cell_that_is_not_known_here_is_lacking():
    assert json.loads(host.call("never-opened.md", "lab", "count")) == {"lacking": True}
    open_page("unrun.md", PAGE)
    assert json.loads(host.call("unrun.md", "lab", "count")) == {"lacking": True}

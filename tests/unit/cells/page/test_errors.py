import builtins

import pytest
from error_cases import CASES

import primer  # noqa: F401 - the library of the lessons, which readers' Python has at hand
from cells.page.program import Program
from cells.page.runner import run_cell


def error_of(source, known=None, **namespace):
    (output,) = [o for o in run_cell("here", source, namespace, known) if o["type"] == "error"]
    return output


@pytest.mark.parametrize(("source", "line", "hint"), CASES)
def test_an_error_names_the_readers_line_and_says_what_to_look_at(source, line, hint):
    (error,) = [o for o in Program({"here": source, "reader": "odd"}).run("here").outputs if o["type"] == "error"]
    assert error["line"] == line
    assert hint in error["hint"]
    assert error["traceback"].endswith(error["hint"])


@pytest.mark.parametrize(
    ("name", "page"),
    [("log", "dog"), ("array", "arrow"), ("math", "batch"), ("exp", "exps"), ("error", "OSError"), ("cat", "oct")],
)
def test_what_numpy_or_a_module_is_called_is_no_misspelt_name_of_the_page(name, page):
    known = {} if hasattr(builtins, page) else {page: "softmax"}
    assert f"'{page}'" not in error_of(name, known)["hint"]


def test_a_name_of_another_cell_is_suggested_with_that_cell():
    error = error_of("probabilites", known={"probabilities": "softmax"})
    assert (
        error["hint"]
        == "Nothing is called 'probabilites'. Did you mean 'probabilities', which cell \"softmax\" defines?"
    )


def test_a_name_of_the_function_is_nearer_than_one_of_the_page():
    error = error_of("def f(wanted): return wante\nf(1)", known={"wante_d": "softmax", "watch": "lab"})
    assert "Did you mean 'wanted'?" in error["hint"]


def test_a_misspelt_name_of_the_library_is_found_there():
    assert "Did you mean 'softmax'" in error_of("sofmax([1, 2])")["hint"]
    assert "from primer import softmax" in error_of("sofmax([1, 2])")["hint"]
    assert "Did you mean" not in error_of("total_of_all")["hint"]


def test_a_traceback_starts_at_the_readers_own_line():
    error = error_of("def half(x):\n    return x / 0\n\nhalf(4)")
    assert error["traceback"].splitlines()[:4] == ["line 4", "    half(4)", "line 2, in half", "    return x / 0"]
    assert error["line"] == 2


def test_a_step_inside_a_library_is_named_by_package_not_by_disk():
    error = error_of("import statistics\nstatistics.mean([])")
    assert error["line"] == 2
    assert "statistics.py, line" in error["traceback"]
    assert "/lib/" not in error["traceback"]


def test_a_long_recursion_is_folded():
    assert len(error_of("def f(): return f()\nf()")["traceback"].splitlines()) < 30


def test_a_syntax_error_points_at_the_place():
    assert error_of("x = 1\n  \ny = x +* 2")["traceback"].splitlines()[1:3] == ["    y = x +* 2", "           ^"]


def test_an_endless_message_is_cut():
    assert len(error_of("raise ValueError('x' * 10**6)")["message"]) < 3000

import builtins

import pytest

import primer  # noqa: F401 - the library of the lessons, which readers' Python has at hand
from cells.page.runner import run_cell


def error_of(source, known=None, **namespace):
    (output,) = [o for o in run_cell("here", source, namespace, known) if o["type"] == "error"]
    return output


@pytest.mark.parametrize(
    ("source", "line", "hint"),
    [
        ("x = 1\ny = (x", 2, "A bracket was opened and never closed"),
        ("for i in range(3)\n    pass", 1, "ends in a colon"),
        ("for i in range(3):\npass", 2, "indented by four spaces"),
        ("x = 'open", 1, "quotation mark"),
        ("if x = 1: pass", 1, "two values write =="),
        ("x = 1\n  y = 2", 2, "begins with spaces"),
        ("x = [1, 2 3]", 1, "comma"),
        ("x = 2x", 1, "runs into letters"),
        ("scoers = 1\nscores", 2, "Did you mean 'scoers'"),
        ("prnt(1)", 1, "Did you mean 'print'"),
        ("np.exp(1)", 1, "import numpy as np"),
        ("x = true", 1, "capital letter: True"),
        ("y = x\nx = 1", 1, "further down"),
        ("a", 1, "Nothing is called 'a'. Check the spelling"),
        ("numpy.exp(1)", 1, "Then write np"),
        ("print 'a'", 1, "print(…)"),
        ("return 1", 1, "inside a function"),
        ("f(x) = 3", 1, "must be a name"),
        ("import numpy as np\nnp.dot(np.ones(3), np.ones(2))", 2, "(3,), must equal"),
        ("import numpy as np\nnp.ones(3).sum(axis=1)", 2, "only axis is 0"),
        ("import numpy as np\nnp.ones(3)[-5]", 2, "-3 the first of the 3"),
        ("import numpy as np\nnp.ones(3)[:] = np.ones(2)", 2, "another shape than the place"),
        ("[2, 1] * 0.5", 1, "np.array"),
        ("-[2, 1]", 1, "np.array"),
        ("[2] < 1.0", 1, "np.array"),
        ("def f():\n    n = n + 1\nn = 1\nf()", 2, "'n' is used before it gets a value"),
        ("import numpy as np\nnp.ones(3) + np.ones(2)", 2, "shapes (3,) (2,)"),
        ("import numpy as np\nnp.ones((2, 3)) @ np.ones((2, 3))", 2, "here they are 3 and 2"),
        ("import numpy as np\nnp.ones(3)[3]", 2, "the last is 2"),
        ("import numpy as np\nnp.array([[1, 2], [3]])", 2, "not equally long"),
        ("import numpy as np\nnp.sofmax", 2, "nothing called 'sofmax'"),
        ("import numpy as np\nnp.expp(1)", 2, "Did you mean 'exp"),
        ("[1, 2][5]", 1, "count from 0"),
        ("{'a': 1}['b']", 1, ".keys()"),
        ("1 / 0", 1, "divided by zero"),
        ("[2.0, 1.0] / 3", 1, "np.array"),
        ("3(4)", 1, "Round brackets call"),
        ("None + 1", 1, "None"),
        ("import tensorflow", 1, "'tensorflow' is not here"),
        ("import nunpy", 1, "Did you mean 'numpy'"),
        ("def f(): return f()\nf()", 1, "calls itself"),
        ("def f(a): return a\nf()", 2, "too few values"),
        ("input()", 1, "Nobody can type"),
        ("log(2)", 1, "write np.log,"),
        ("ln(2)", 1, "write np.log,"),
        ("exp(1)", 1, "write np.exp,"),
        ("array([1])", 1, "write np.array,"),
        ("e ** 2", 1, "write np.e,"),
        ("math.exp(1)", 1, "import math"),
        ("softmax([1])", 1, "from primer import softmax"),
        ("from primer import sofmax", 1, "Near to it are: softmax"),
        ("from primer import log", 1, "but NumPy has: write np.log"),
        ("from numpy import softmax", 1, "from primer import softmax"),
        ("from math import sqr", 1, "Near to it are: sqrt"),
        ("import softmax", 1, "from primer import softmax"),
        ("import np", 1, "import numpy as np"),
        ("import numpy as np\nnp.ln(2)", 2, "np.log"),
        ("[1, 2].shape", 1, "np.array"),
        ("{'a': 1}.a", 1, "['a']"),
        ("2.0 ^ 3", 1, "x ** 2"),
        ("import numpy as np\nnp.ones(2) ^ 2", 2, "x ** 2"),
        ("import numpy as np\nif np.ones(2): pass", 2, "np.where"),
        ("import numpy as np\nnp.zeros(3, 4)", 2, "np.zeros((3, 4))"),
        ("import numpy as np\nnp.concatenate(np.ones(3), np.ones(3))", 2, "in a list"),
        ("import numpy as np\nnp.vstack([np.ones(3), np.ones(2)])", 2, "must fit"),
        ("import numpy as np\nnp.ones(3) @ 2", 2, "write *"),
        ("import numpy as np\nnp.exp('a')", 2, "no number"),
        ("import numpy as np\nnp.arange(3) ** -1", 2, "x.astype(float)"),
        ("import numpy as np\nx = np.arange(3)\nx += 0.5", 3, "whole numbers"),
        ("import numpy as np\nfloat(np.ones(2))", 2, ".sum() or .mean()"),
        ("import numpy as np\nf'{np.ones(2):.2f}'", 2, ".round(2)"),
        ("import numpy as np\nnp.max([])", 2, "became empty"),
        ("int('2.5')", 1, "float( )"),
        ("len(3)", 1, "several values"),
        ("range(2.5)", 1, "whole number"),
        ("'abc'[0] = 'x'", 1, "cannot be changed"),
        ("{[1]: 2}", 1, "tuple"),
        ("[1, 2]['a']", 1, "whole number"),
        ("a, b = 5", 1, "one value"),
        ("import math\nmath.log(0)", 2, "logarithm"),
        ("-'a'", 1, "no number"),
        ("class A: pass\nA(1)", 2, "__init__"),
        ("raise 'text'", 1, "raise ValueError"),
        ("next(iter([]))", 1, "nothing left"),
        ("f(a=1, 2)", 1, "come last"),
        ("def f(a=1, b): pass", 1, "come after"),
        ("break", 1, "inside a loop"),
        ("x = 3 if 2", 1, "a if condition else b"),
        ("try: pass", 1, "except:"),
    ],
)
def test_an_error_names_the_readers_line_and_says_what_to_look_at(source, line, hint):
    error = error_of(source)
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

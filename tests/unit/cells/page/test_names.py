import json
import re
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cells.page import names
from cells.page.names import _analyse, names_of, remember


@pytest.fixture(autouse=True, params=[sys.version_info >= (3, 12), True], ids=["as this Python", "as since 3.12"])
def inlining(request, monkeypatch):
    """Python 3.12 and later inline comprehensions: what is done about it must do no harm before."""
    monkeypatch.setattr(names, "_INLINES", request.param)
    monkeypatch.setattr(names, "_known", {})


@pytest.mark.parametrize(
    ("source", "defines"),
    [
        ("x = 1", {"x"}),
        ("x, (y, *z) = 1, (2, 3)", {"x", "y", "z"}),
        ("x: int = 1", {"x"}),
        ("for i in range(3): total = i", {"i", "total"}),
        ("def f(a): b = a", {"f"}),
        ("class C:\n    size = 1", {"C"}),
        ("import numpy as np, os.path", {"np", "os"}),
        ("from math import exp as e, log", {"e", "log"}),
        ("if (n := 3) > 2: pass", {"n"}),
        ("def f():\n    global g\n    g = 1", {"f", "g"}),
        ("[i for i in range(3)]", set()),
        ("x = {i: {j for j in [k for k in i]} for i in []}", {"x"}),
        ("[last := i for i in range(3)]", {"last"}),
        ("ä = [i for i in 'é'] + [j\n  for j in 'ü']", {"ä"}),
        ("_own = 1; __too = 2", set()),
    ],
)
def test_a_cell_defines_what_it_binds_at_its_top(source, defines):
    assert names_of(source).defines == defines


@pytest.mark.parametrize(
    ("source", "reads"),
    [
        ("print(x)", {"print", "x"}),
        ("x = 1\nprint(x)", {"print"}),
        ("def f(a): return a + x", {"x"}),
        ("class C:\n    size = x", {"x"}),
        ("lambda a: a * x", {"x"}),
        ("[i * x for i in y]", {"x", "y"}),
        ("{k: v * x for k, v in y}", {"x", "y"}),
        ("[i for i in y]\nprint(i)", {"y", "print", "i"}),
        ("f'{x:.{digits}f}'", {"x", "digits"}),
        ("x += 1", set()),
        ("y = x.size", {"x"}),
        ("def f():\n    x = 1\n    return x", set()),
        ("def f(a: kind = start) -> kind: return a", {"kind", "start"}),
    ],
)
def test_a_cell_reads_what_it_uses_and_does_not_bind(source, reads):
    assert names_of(source).reads == reads


def test_an_import_says_what_its_name_stands_for():
    assert names_of("import numpy as np\nfrom primer import softmax as s").imports == {
        "np": "numpy",
        "s": "primer.softmax",
    }


@pytest.mark.parametrize(
    ("source", "changes"),
    [
        ("scores[0] = 1", {"scores": 1}),
        ("x = 1\nscores[0][1] += x", {"scores": 2}),
        ("net.bias = 0", {"net": 1}),
        ("del table['a']", {"table": 1}),
        ("scores = [1]\nscores[0] = 2", {}),
        ("def f(scores):\n    scores[0] = 1", {}),
        ("def f():\n    scores = [0]\n    scores[0] = 1\nprint(scores)", {}),
        ("def f():\n    scores[0] = 1", {"scores": 2}),
        ("y = scores[0]", {}),
    ],
)
def test_a_change_in_place_of_another_cells_value_is_seen(source, changes):
    assert dict(names_of(source).changes) == changes


def test_a_star_import_is_refused_because_it_hides_what_it_defines():
    with pytest.raises(SyntaxError, match="hides what it defines") as caught:
        names_of("x = 1\nfrom math import *")
    assert caught.value.lineno == 2


def test_sources_that_differ_in_their_numbers_alone_are_analysed_once():
    slow = names_of("x = 0.25  # @param\ny = z_1 + x")
    assert names_of("x = 17.5  # @param\ny = z_1 + x") is slow


def test_a_digit_in_a_name_is_part_of_the_name():
    assert names_of("y = door_1 + a2").reads == {"door_1", "a2"}
    assert names_of("y = door_2 + a3").reads == {"door_2", "a3"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="ax_1250.:=+-*()[]{}'\"\n @#fe", max_size=30))
def test_what_is_remembered_of_a_shape_holds_for_its_other_numbers(source):
    for varied in (source, re.sub("[0-9]+", "7", source)):
        try:
            fresh = _analyse(varied, "<cell>")
        except (SyntaxError, ValueError):
            continue
        assert names_of(varied) == fresh


def test_what_the_build_found_is_taken_over():
    source = "import numpy as np\nfar = np.exp(near)\nnear[0] = 1"
    told = json.loads(json.dumps(names_of(source).as_json()))
    remember(source, told)
    assert names_of(source) == _analyse(source, "<cell>")

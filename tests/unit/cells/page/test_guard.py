import builtins
import os
import sys
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from set_cases import SET

import primer
from cells.page.guard import forbid
from cells.page.outputs import RICH_LIMIT, STREAM_LIMIT
from cells.page.runner import run_cell
from primer import formulas

REAL = {"exp": np.exp, "softmax": primer.softmax, "len": len, "print": print}


def run(source, **namespace):
    return run_cell("here", source, namespace)


def text_of(outputs):
    return "".join(output.get("text", "") for output in outputs)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("import builtins\nbuiltins.len = lambda x: 42", "builtins.len"),
        ("import builtins\nbuiltins.print = None", "builtins.print"),
        ("import builtins\ndel builtins.isinstance", "builtins.isinstance"),
        ("import builtins\nbuiltins.new_one = 1", "builtins.new_one"),
        ("import builtins\nvars(builtins).clear()", "builtins."),
        ("import sys\ndel sys.modules['numpy']", "sys.modules['numpy']"),
        ("import sys\nsys.modules = {}\nimport numpy", ""),
        ("import numpy as np\nnp.exp = np.zeros(3)", "numpy.exp"),
        ("import numpy as np\ndel np.exp", "numpy.exp"),
        ("import numpy as np\nsetattr(np, 'exp', 1)", "numpy.exp"),
        ("import numpy as np\nnp.__dict__['exp'] = 1", "numpy.exp"),
        ("import numpy as np\nnp.mine = 1", "numpy.mine"),
        ("import math\nmath.pi = 3", "math.pi"),
        ("import primer\nprimer.softmax = None", "primer.softmax"),
        ("from primer import Table\nTable._repr_html_ = None", "primer.tables.Table._repr_html_"),
        ("import sys\nsys.platform = 'mine'", "sys.platform"),
        ("import sys\nsys.argv.append('mine')", "sys.argv"),
        ("import textwrap\ntextwrap.dedent = None", "textwrap.dedent"),
        ("import json\njson.JSONEncoder.item_separator = '#'", "json.encoder.JSONEncoder.item_separator"),
        ("import json.encoder\njson.encoder.ESCAPE_DCT['a'] = 'b'", "json.encoder.ESCAPE_DCT"),
        ("import numpy as np\nnp.typecodes['mine'] = 'x'", "numpy.typecodes"),
        ("import numpy as np\ntypes = np.sctypeDict\ntypes.clear()", "numpy.sctypeDict"),
        ("import numpy.polynomial as p\np.set_default_printstyle('ascii')", "numpy.polynomial._polybase"),
    ],
)
def test_what_a_cell_does_to_shared_things_is_put_back_and_said(source, told):
    said = text_of(run(source))
    assert f"put back after the run, for other cells use it too: {told}" in said if told else said == ""
    assert (np.exp, primer.softmax, builtins.len, builtins.print) == tuple(REAL.values())
    assert not hasattr(builtins, "new_one")
    assert not hasattr(np, "mine")
    assert sys.modules["numpy"] is np
    assert run("import math\nprint(len('ab'), round(math.pi, 2))") == [
        {"type": "stream", "name": "stdout", "text": "2 3.14\n"}
    ]


@pytest.mark.parametrize(
    "change",
    [
        "from primer.formulas import _SPECIAL\n_SPECIAL['a'] = 'b'",
        "from primer.formulas import _SPECIAL\n_SPECIAL.clear()",
        "from primer.formulas import _SPECIAL\n_SPECIAL |= {'a': 'b'}",
        "import primer.formulas\nprimer.formulas._SPECIAL.pop('~')",
        "import primer.formulas as f\ndel f._SPECIAL['~']",
    ],
)
def test_a_container_in_a_module_has_its_content_back_after_the_run(change):
    before = dict(formulas._SPECIAL)
    assert "put back after the run, for other cells use it too: primer.formulas._SPECIAL" in text_of(run(change))
    assert before == formulas._SPECIAL


def test_a_function_of_an_earlier_cell_cannot_do_it_later_either():
    namespace = {}
    run_cell("one", "import numpy as np\ndef spoil(): np.exp = 1", namespace)
    run("spoil()", spoil=namespace["spoil"])
    assert np.exp is REAL["exp"]


@pytest.mark.parametrize(
    ("source", "state"),
    [
        ("import numpy as np\nnp.seterr(all='raise');", lambda: np.geterr()),
        ("import numpy as np\nnp.set_printoptions(precision=1)", lambda: np.get_printoptions()),
        ("import os\nos.chdir('/')", os.getcwd),
        ("import sys\nsys.path.clear()", lambda: list(sys.path)),
        ("import sys\nsys.setrecursionlimit(5000)", sys.getrecursionlimit),
        ("import sys\nsys.settrace(lambda *a: None)", sys.gettrace),
        ("import sys\nsys.stdout = sys.stderr = sys.stdin = None", lambda: (sys.stdout, sys.stderr, sys.stdin)),
        ("import sys\ndel sys.stdout", lambda: sys.stdout),
        ("import warnings\nwarnings.showwarning = None", lambda: warnings.showwarning),
        ("import warnings\nwarnings.simplefilter('ignore')", lambda: list(warnings.filters)),
    ],
)
def test_settings_end_with_the_run(source, state):
    before = state()
    assert run(source) == []
    assert state() == before


@pytest.mark.parametrize(("change", "look"), SET)
def test_what_a_cell_sets_is_what_it_was_in_the_next_cell(change, look):
    before = run(look)
    assert [output["type"] for output in before] == ["stream"]
    assert run(change) == []
    assert run(look) == before


def test_what_is_logged_is_told_in_every_run():
    source = "import logging\nlogging.basicConfig(level=logging.INFO, force=True)\nlogging.info('at work')"
    assert [text_of(run(source)) for _ in range(2)] == ["INFO:root:at work\n"] * 2


def test_a_module_that_another_cell_imported_is_one_all_the_same():
    numbers = len(np.typecodes)
    run("np.typecodes.clear()", np=np)
    assert len(np.typecodes) == numbers


def test_an_ordinary_cell_is_told_nothing():
    source = "import numpy as np\nimport numpy.polynomial\nclass A:\n    def __init__(self): self.x = 1\nA().x"
    assert [output["type"] for output in run(source)] == ["result"]


def test_closing_what_is_printed_to_is_an_error_of_the_cell_alone():
    error = run("import sys\nsys.stdout.close()\nprint(1)")[-1]
    assert (error["name"], error["line"]) == ("ValueError", 3)
    assert run("print(1)") == [{"type": "stream", "name": "stdout", "text": "1\n"}]


@pytest.mark.parametrize("method", ["__str__", "__repr__"])
def test_an_exception_that_cannot_speak_is_told_all_the_same(method):
    error = run(f"class Odd(Exception):\n    def {method}(self): raise ValueError\nraise Odd('x')")[-1]
    assert error["name"] == "Odd"


def test_memory_that_numpy_cannot_have_goes_by_its_public_name():
    error = run("import numpy as np\nnp.zeros(2**50)")[-1]
    assert (error["name"], error["hint"][:26]) == ("MemoryError", "There is not enough memory")


def test_an_object_that_is_too_large_is_left_out_with_its_size_and_a_way_out():
    class Large:
        def _repr_svg_(self):
            return "x" * (RICH_LIMIT + 1)

    outputs = run("large", large=Large())
    assert outputs[0]["data"].keys() == {"text/plain"}
    assert "picture left out: it takes 1,000,001 characters, and 1,000,000 fit. Show fewer points" in text_of(outputs)


def test_streams_that_change_too_often_are_cut():
    source = "import sys\nfor i in range(1000): print(i, file=sys.stderr if i % 2 else sys.stdout)"
    outputs = run(source)
    assert len(outputs) == STREAM_LIMIT + 1
    assert "output cut here" in outputs[-1]["text"]


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("os.remove", ("/site.zip", -1)),
        ("os.rename", ("/home/a", "/lib/b", -1, -1)),
        ("os.rmdir", (b"/lib", -1)),
        ("open", ("/lib/python/x.py", "w", os.O_WRONLY | os.O_CREAT)),
        ("open", ("/home/../lib/x", None, os.O_RDWR)),
        ("os.truncate", ("/homeless/x", 0)),
    ],
)
def test_files_of_pythons_own_cannot_be_changed(event, arguments):
    with pytest.raises(PermissionError, match="own folder"):
        forbid(event, arguments, ["/home", "/tmp"])


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("os.remove", ("/home/a", -1)),
        ("open", ("/lib/x.py", "r", os.O_RDONLY)),
        ("open", ("/tmp/x", "w", os.O_WRONLY)),
        ("open", (3, "w", os.O_WRONLY)),
        ("import", ("numpy",)),
        ("os.truncate", (3, 0)),
    ],
)
def test_all_else_is_allowed(event, arguments):
    forbid(event, arguments, ["/home", "/tmp"])


@given(st.text(max_size=60))
def test_no_source_brings_the_runner_down(source):
    assert isinstance(run(f"x = {source!r}\n{source}" if len(source) % 2 else source), list)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("import gc\ngc.callbacks.append(print)", "gc.callbacks"),
        ("import gc\ngc.disable()", "gc.disable"),
        ("import copy\ncopy._deepcopy_dispatch[list] = None", "copy._deepcopy_dispatch"),
        ("import copyreg\ncopyreg.pickle(dict, print)", "copyreg.dispatch_table"),
        ("import sys\nsys.meta_path.insert(0, 3)", "sys.meta_path"),
        ("import sys\nsys.unraisablehook = None", "sys.unraisablehook"),
        ("import signal\nsignal.signal(signal.SIGTERM, print)", "signal.signal"),
        ("import cells.page.program\ncells.page.program.Program.run = None", "cells.page.program.Program.run"),
        pytest.param(
            "import sys\nsys.monitoring.use_tool_id(3, 'x')",
            "sys.monitoring",
            marks=pytest.mark.skipif(sys.version_info < (3, 12), reason="Python has it since 3.12"),
        ),
    ],
)
def test_what_would_be_called_in_another_cells_run_is_put_back(source, told):
    assert f"other cells use it too: {told}" in "".join(output.get("text", "") for output in run(source))


def test_names_that_differ_in_a_digit_are_judged_apart():
    import ast

    from cells.page.guard import Guard

    guard = Guard()
    for source, patches in [
        ("from primer import k1\nk2.append(1)", False),
        ("from primer import k1\nk1.append(1)", True),
    ]:
        assert guard._judge(source, ast.parse(source)) == patches


def test_nobody_can_add_what_watches_over_python_itself():
    with pytest.raises(PermissionError):
        forbid("sys.addaudithook", (), [])

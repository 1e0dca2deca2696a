import json

import numpy as np
import pytest

from cells.page.inline import inline_source
from cells.page.outputs import DISPLAY_LIMIT, NESTED_LIMIT, TEXT_LIMIT, VERDICT, Outputs
from cells.page.runner import format_value, run_cell


def run(source, **namespace):
    return run_cell("here", source, namespace)


def test_what_is_printed_in_a_row_is_one_stream():
    assert run("print('a')\nprint('b', end='')") == [{"type": "stream", "name": "stdout", "text": "a\nb"}]


def test_streams_and_displays_keep_their_order():
    outputs = run("import sys\nprint(1)\nprint(2, file=sys.stderr)\ndisplay(3)\nprint(4)\n5")
    assert [o.get("text") or o["data"]["text/plain"] for o in outputs] == ["1\n", "2\n", "3", "4\n", "5"]
    assert [o["type"] for o in outputs] == ["stream", "stream", "display", "stream", "result"]


@pytest.mark.parametrize("value", ["0", "False", "''", "[]"])
def test_a_last_expression_is_shown_even_if_it_is_false(value):
    assert run(value)[0]["data"] == {"text/plain": value}


@pytest.mark.parametrize("source", ["None", "x = 1", "1;", "1 ; # quiet", "def f():\n    1", ""])
def test_nothing_is_shown_where_there_is_nothing_to_show(source):
    assert run(source) == []


def test_a_hash_or_semicolon_inside_a_text_does_not_silence_it():
    assert run("'a; b'")[0]["data"]["text/plain"] == "'a; b'"
    assert run("'é;' ")[0]["data"]["text/plain"] == "'é;'"


def test_names_are_left_in_the_namespace():
    namespace = {"x": 2}
    run_cell("here", "y = x + 1", namespace)
    assert namespace["y"] == 3


def test_rich_objects_show_themselves_by_jupyters_protocol():
    class Rich:
        def _repr_mimebundle_(self, include=None, exclude=None):
            return {"application/x": {"nan": float("nan"), "list": np.arange(2), "n": np.float64(0.5)}}

        def _repr_html_(self):
            return "<b>x</b>"

        def _repr_latex_(self):
            return None

        def __repr__(self):
            return "Rich()"

    (output,) = run("rich", rich=Rich())
    assert output["data"] == {
        "application/x": {"nan": None, "list": [0, 1], "n": 0.5},
        "text/html": "<b>x</b>",
        "text/plain": "Rich()",
    }
    json.dumps(output, allow_nan=False)


def test_a_class_is_not_asked_to_show_itself_as_if_it_were_an_object():
    (output,) = run("class A:\n    def _repr_html_(self): return 'x'\nA")
    assert list(output["data"]) == ["text/plain"]


def test_a_warning_names_the_readers_line():
    outputs = run("import numpy as np\n\nnp.exp(np.array([1000.0]));")
    assert outputs == [
        {"type": "stream", "name": "stderr", "text": "line 3: RuntimeWarning: overflow encountered in exp\n"}
    ]


def test_a_warning_comes_again_on_every_run():
    source = "import numpy as np\nnp.log(np.zeros(1));"
    assert run(source) == run(source) != []


def test_text_is_cut_at_the_limit_with_a_line_that_says_so():
    outputs = run(f"for _ in range(10): print('x' * {TEXT_LIMIT // 4})")
    assert len(outputs[0]["text"]) == TEXT_LIMIT
    assert outputs[1]["text"] == f"… output cut here: a cell shows at most {TEXT_LIMIT:,} characters\n"


def test_displays_are_cut_at_the_limit_and_an_error_still_shows():
    outputs = run(f"for i in range({DISPLAY_LIMIT + 5}): display(i)\n1/0")
    assert len(outputs) == DISPLAY_LIMIT + 2
    assert "at most" in outputs[-2]["text"]
    assert outputs[-1]["type"] == "error"


def test_what_is_shown_is_nested_no_deeper_than_the_limit():
    class Deep:
        def __init__(self, depth):
            self.shown = "end"
            for _ in range(depth):
                self.shown = [self.shown]

        def _repr_mimebundle_(self):
            return {"application/json": self.shown}

    assert "application/json" in run("deep", deep=Deep(NESTED_LIMIT - 2))[0]["data"]
    (error,) = run("deep", deep=Deep(NESTED_LIMIT))
    assert error["message"] == f"what is shown must not be nested more than {NESTED_LIMIT} deep"


def test_the_words_of_a_verdict_have_an_end():
    outputs = Outputs()
    outputs.verdict("x" * 5000)
    (shown,) = outputs.finish()
    assert shown["data"][VERDICT] == {"passed": False, "words": "x" * 2000}


def test_what_was_printed_before_an_error_stays():
    outputs = run("print('before')\n1/0")
    assert [o["type"] for o in outputs] == ["stream", "error"]


@pytest.mark.parametrize("source", ["import sys; sys.exit(1)", "raise BaseException('all the way up')", "exit()"])
def test_nothing_that_a_cell_raises_gets_out(source):
    assert run(source)[-1]["type"] == "error"


def test_input_finds_nobody_typing():
    assert run("input('?')")[-1]["name"] == "EOFError"


def test_an_object_whose_repr_fails_is_an_error_of_the_cell():
    (output,) = run("class A:\n    def __repr__(self): return 1/0\nA()")
    assert (output["name"], output["line"]) == ("ZeroDivisionError", 2)


def test_an_inline_expression_formats_like_an_f_string():
    code = compile(inline_source("table['a'][0]:.2f"), "<inline>", "eval")
    assert format_value(code, {"table": {"a": [0.705]}}) == f"{0.705:.2f}"


def test_what_the_compiler_warns_of_is_said_at_every_run_of_the_same_code():
    first, second = (run_cell("a", "x = 1\nprint(x is 1)", {}) for _ in range(2))
    assert first == second
    assert "SyntaxWarning" in str(second)


def test_a_cell_that_runs_again_on_other_values_is_computed_anew_and_its_last_line_shown():
    source = "y = x + 1\ny"
    shown = [run_cell("a", source, {"x": x}) for x in (1, 2)]
    assert [outputs[0]["data"]["text/plain"] for outputs in shown] == ["2", "3"]
    assert run_cell("a", "y = x + 1\ny;", {"x": 1}) == []


@pytest.mark.parametrize(
    "source",
    [
        "x = 41\nx",
        "x = 41; x",
        "x = 41\nx;",
        "print(41)  # 41\n\n",
        "\n\n'''one\ntwo 41'''\nx = 41\n(x +\n 41)  # 41",
        "'said 41'\nx = 41\n__doc__",
        "x = 41\rprint(x)\rx",
        "x = 41\nif x > 40:\n    print(x)",
        "x = 41\nprint(x)\n1 / (x - 41 if x == 41 else 0)",
        "x = 41\n\nx.nothing\nx",
        "x = 41\ndef f(y=41):\n    return y\nf() + 41",
    ],
)
@pytest.mark.parametrize("number", ["7", "123456"])
def test_a_cell_in_which_only_numbers_have_changed_gives_what_it_gives_when_it_is_new(source, number):
    def told(cell, source):
        return json.dumps(run_cell(cell, source, {})).replace(cell, "cell")

    told("moved", source)
    after = source.replace("41", number)
    assert told("moved", after) == told(f"new{abs(hash(after))}", after)
    assert told("moved", source) == told(f"new{abs(hash(source))}", source)

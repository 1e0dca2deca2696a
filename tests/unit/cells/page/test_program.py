import pytest
from running import run

from cells.page.program import Program


def printed(result):
    return "".join(o.get("text", "") for o in result.outputs)


PAGE = {"a": "x = 1", "b": "y = [x + 1]\nprint(y)", "c": "print(y, x)", "d": "z = 5"}


def test_running_a_cell_first_runs_those_it_needs_and_then_those_that_read_from_it():
    assert Program(PAGE).plan(["b"]) == ["a", "b", "c"]


def test_what_ran_and_did_not_change_is_not_run_again():
    program = Program(PAGE)
    run(program, "a")
    assert program.plan(["c"]) == ["c"]


def test_an_edit_above_runs_first_and_its_other_readers_follow():
    program = Program(PAGE)
    run(program, "a")
    program.update({"a": "x = 10"})
    assert program.plan(["c"]) == ["a", "b", "c"]
    assert printed(run(program, "c")["c"]) == "[11] 10\n"


def test_cells_whose_outputs_still_hold_are_left_alone_when_an_unedited_cell_runs_for_the_first_time():
    program = Program({"data": "x = 1", "light": "print(x)", "heavy": "print(x ** x)"})
    assert program.plan(["light"]) == ["data", "light"]


def test_a_cell_cannot_change_what_another_made():
    program = Program({"a": "y = [1]", "b": "y.append(2)\nprint(y)", "c": "print(y)"})
    for _ in range(2):
        results = run(program, "a")
        assert (printed(results["b"]), printed(results["c"])) == ("[1, 2]\n", "[1]\n")


def test_a_random_generator_starts_anew_for_each_cell_so_a_run_can_be_repeated():
    program = Program({"a": "import random\nrng = random.Random(0)", "b": "print(rng.random())"})
    first = printed(run(program, "b")["b"])
    assert printed(run(program, "b")["b"]) == first


def test_an_underscored_name_is_the_cells_own():
    program = Program({"a": "_n = 1\nx = _n", "b": "_n = 2\ny = _n", "c": "print(x, y)\n_n"})
    results = run(program, "a", "b", "c")
    assert printed(results["c"]) == "1 2\n"
    assert results["c"].error["name"] == "NameError"


def test_a_module_is_handed_on_as_it_is():
    program = Program({"a": "import math", "b": "print(math.sqrt(4))"})
    assert printed(run(program, "b")["b"]) == "2.0\n"


def test_an_error_stops_those_that_read_from_it_and_no_others():
    program = Program({**PAGE, "a": "x = 1 / 0"})
    results = run(program, "a", "d")
    assert results["b"].error["message"] == "not run: 'x' comes from cell \"a\", which stopped with an error"
    assert results["c"].error["message"] == "not run: 'x' comes from cell \"a\", which stopped with an error"
    assert results["d"].error is None


def test_a_cell_that_waits_for_one_that_waits_is_told_the_first_cause():
    results = run(Program({"a": "x = 1 / 0", "b": "y = x", "c": "print(y)"}), "a")
    assert results["c"].error["message"] == 'not run: \'y\' comes from cell "b", which waits for cell "a"'
    assert results["c"].error["hint"] == 'Mend cell "a" and this one follows.'


def test_what_a_failed_cell_imported_can_be_used():
    program = Program({"a": "import math\nx = 1 / 0", "b": "print(math.sqrt(4))"}, ["math.pi:.2f"])
    assert printed(run(program, "a", "b")["b"]) == "2.0\n"
    assert program.values() == {"math.pi:.2f": {"text": "3.14"}}


def test_a_name_that_is_used_before_its_line_is_no_affair_of_another_cell():
    program = Program(PAGE)
    program.update({"d": "print(z)\nz = 5"})
    assert "further down" in run(program, "d")["d"].error["hint"]


def test_after_a_mended_error_all_is_well_again():
    program = Program({**PAGE, "a": "x = 1 / 0"})
    run(program, "a")
    program.update({"a": "x = 1"})
    assert [r.error for r in run(program, "a").values()] == [None, None, None]


def test_a_cell_that_no_longer_parses_still_owns_its_names():
    program = Program(PAGE)
    run(program, "a")
    program.update({"a": "x = (1"})
    results = run(program, "a")
    assert results["a"].error["name"] == "SyntaxError"
    assert 'comes from cell "a"' in results["b"].error["message"]


def test_a_name_taken_from_another_cell_is_an_error_of_the_cell_that_took_it():
    program = Program(PAGE)
    program.update({"a": "x = 1\nz = 2"})
    results = run(program, "a", "d")
    assert results["a"].error["message"] == "'z' is defined in cell \"d\" already"
    assert results["d"].error is None


def test_a_circle_made_by_an_edit_is_refused():
    program = Program(PAGE)
    program.update({"a": "x = y"})
    assert "circle" in run(program, "a")["a"].error["message"]


def test_a_name_whose_definition_was_deleted_is_gone():
    program = Program(PAGE)
    run(program, "a")
    program.update({"a": "w = 1"})
    assert run(program, "b")["b"].error["name"] == "NameError"


def test_inline_expressions_follow_the_cells_they_read():
    program = Program(PAGE, ["x:.1f", "z", "y[0] + x"])
    assert program.values() == {}
    run(program, "b")
    assert program.values() == {"x:.1f": {"text": "1.0"}, "y[0] + x": {"text": "3"}}
    program.update({"a": "x = 1/0"})
    run(program, "a")
    assert program.values()["x:.1f"] == {"error": 'cell "a" stopped with an error'}


def test_an_inline_expression_that_fails_says_why():
    program = Program(PAGE, ["x[0]", "x +"])
    run(program, "a")
    values = program.values()
    assert values["x[0]"]["error"].startswith("TypeError")
    assert values["x +"]["error"].startswith("SyntaxError")


def test_an_inline_expression_waits_while_its_cell_is_edited_and_not_yet_run():
    program = Program(PAGE, ["x"])
    run(program, "a")
    program.update({"a": "x = 7"})
    assert program.values() == {}


def test_a_new_program_knows_what_the_page_shows_of_an_older_one():
    program = Program(PAGE, shown={"a": "x = 7", "b": PAGE["b"], "c": None, "d": PAGE["d"]})
    assert program.source("a") == "x = 1"
    assert program.plan(["d"]) == ["d"]
    assert program.plan(["c"]) == ["a", "b", "c"]
    assert Program(PAGE, shown=dict(PAGE)).plan(["c"]) == ["a", "b", "c"]


def test_what_follows_from_an_older_source_is_run_again_with_what_it_needs():
    program = Program({"a": "x = 1", "b": "print(x)", "c": "print(x + 1)"}, shown={"a": "x = 7", "b": "print(x)"})
    assert program.plan(["b"]) == ["a", "b", "c"]


def test_an_unknown_cell_is_refused_with_the_known_ones():
    with pytest.raises(KeyError, match="there are: a, b, c, d"):
        Program(PAGE).plan(["e"])
    with pytest.raises(KeyError, match="there are: a, b, c, d"):
        Program(PAGE).update({"e": "1"})


LINKED = {"a": "x = 1", "b": "y = x", "c": "z = 1", "d": "print(y, z)"}


@pytest.mark.parametrize(
    ("targets", "agreed", "foreign", "planned"),
    [
        (["a"], [], ["c"], ["a", "b", "c", "d"]),
        (["b"], ["b"], ["a"], ["a", "b", "c", "d"]),
        (["d"], [], ["a"], []),
        (["d", "c"], ["c"], ["c"], ["a", "b", "c", "d"]),
        (["c", "e"], ["e"], ["c"], ["e"]),
        (["e"], [], ["a", "b", "c", "d"], ["e"]),
    ],
)
def test_foreign_code_runs_only_where_the_reader_said_run_of_what_needs_it(targets, agreed, foreign, planned):
    program = Program({**LINKED, "e": "print(2)"})
    if "a" in targets and not agreed:
        run(program, "c")  # nothing needs it any more
        planned = ["a", "b", "d"]
    assert program.plan(targets, agreed, foreign) == planned


FELL = {"type": "error", "name": "Python stopped", "message": "m", "line": None, "traceback": "m", "hint": "h"}


def test_a_cell_that_ended_python_is_left_out_and_those_that_read_from_it_say_so():
    program = Program(PAGE)
    program.leave_out({"a": FELL})
    results = run(program, "a", "d")
    assert results["a"].outputs == [FELL]
    assert results["b"].error["message"] == (
        "not run: 'x' comes from cell \"a\", which is left out, for it ended Python itself"
    )
    assert results["d"].error is None


def test_a_cell_that_was_left_out_runs_at_once_when_it_is_mended():
    program = Program(PAGE)
    program.leave_out({"a": FELL})
    run(program, "a")
    program.leave_out({})
    program.update({"a": "x = 2"})
    assert [result.error for result in run(program, "c").values()] == [None, None, None]


def test_an_inline_number_whose_value_does_as_it_likes_says_so():
    source = "class Odd:\n    def __format__(self, spec): raise SystemExit(3)\nodd = Odd()"
    program = Program({"a": source}, ["odd"])
    run(program, "a")
    assert program.values() == {"odd": {"error": "SystemExit: 3"}}


def test_what_is_seen_and_what_it_reads_from_comes_before_the_rest():
    cells = {"a": "a = 1", "b": "b = a + 1", "c": "c = a + 2", "d": "d = c + 1", "e": "e = 5"}
    program = Program(cells, ["d:.1f", "b"])
    planned = program.plan(["a"])
    assert planned == ["a", "b", "c", "d"]
    assert program.in_sight(planned, ["a"], []) == (["a"], [])
    assert program.in_sight(planned, ["d", "e"], [])[0] == ["a", "c", "d"], "it reads from c, and e is not planned"
    assert program.in_sight(planned, [], ["d:.1f"]) == (["a", "c", "d"], ["d:.1f"])
    assert program.in_sight(["e"], ["e"], ["d:.1f"]) == (["e"], []), "nothing that is planned changes that number"
    assert program.in_sight(planned, [], ["no such number"]) == ([], [])


def test_only_the_numbers_that_are_asked_for_are_computed():
    program = Program({"a": "a = 1", "b": "b = 2"}, ["a", "b:.1f"])
    run(program, "a", "b")
    assert program.values(["b:.1f"]) == {"b:.1f": {"text": "2.0"}}
    assert program.values() == {"a": {"text": "1"}, "b:.1f": {"text": "2.0"}}


def test_a_page_on_which_nothing_is_python_yet_says_so_at_each_cell():
    program = Program({"a": "x =", "b": "y = (", "c": "z z"})
    assert program.plan(["a", "b", "c"]) == ["a", "b", "c"]
    assert [result.error["name"] for result in run(program, "a").values()] == ["SyntaxError"]


def test_what_an_exercise_keeps_to_itself_need_not_be_copied():
    odd = "class Odd:\n    def __deepcopy__(self, memo): raise ValueError\nx = Odd()\ntotal = 3"
    check = "assert total == 3 and x == 1, 'Add.'\n_verdict()"  # the page's x
    program = Program({"page": "x = 1", "reader": "print(x)", "sum": odd, "sum-check": check})
    results = run(program, "sum", "reader")
    assert [result.error for result in results.values()] == [None] * 4
    assert printed(results["reader"]) == "1\n"

import pytest
import running

from cells.page.program import Program

ODD = "class Odd:\n    def __del__(self): print('gone')\n"
KEPT = {
    "by a name of the cell's own": "_odd = Odd()",
    "by a function": "def give(_odd=Odd()): return _odd",
    "by a function's globals": "_odd = Odd()\ndef give(): return _odd",
    "by a circle": "odd = Odd()\nodd.odd = odd",
    "by a class below it": "class Odder(Odd):\n    def __del__(self): super().__del__()\nodd = Odder()",
    "by weakref": "import weakref\ndef give(): pass\nweakref.finalize(give, lambda: print('gone'));",
}


def run(program, cell):
    return running.run(program, cell)[cell].outputs


@pytest.mark.parametrize("how", KEPT)
def test_what_acts_when_it_is_let_go_acts_at_the_end_of_the_run_that_made_it_and_never_again(how, capsys):
    source = (ODD if "Odd" in KEPT[how] else "") + KEPT[how]
    program = Program({"maker": source, "other": "2"})
    gone = [{"type": "stream", "name": "stdout", "text": "gone\n"}]
    assert run(program, "maker") == gone
    assert [output["type"] for output in run(program, "other")] == ["result"]
    assert run(program, "maker") == gone
    program.update({"maker": "1;"})
    assert run(program, "maker") == []
    assert capsys.readouterr() == ("", "")


def test_what_it_raises_is_an_error_of_the_run_that_made_it():
    program = Program({"maker": ODD.replace("print('gone')", "1 / 0") + "def give(_odd=Odd()): return _odd"})
    for _ in range(2):
        error = run(program, "maker")[-1]
        assert (error["name"], error["line"]) == ("ZeroDivisionError", 2)


def test_a_class_of_one_cell_acts_in_another_cell_as_it_says():
    program = Program({"maker": ODD, "other": "odd = Odd()\ndel odd\nprint('after')"})
    assert run(program, "other")[0]["text"] == "gone\nafter\n"


def test_what_a_cell_makes_of_another_ones_class_acts_in_its_own_run(capsys):
    program = Program({"maker": ODD, "other": "odd = Odd()"})
    assert run(program, "other")[0]["text"] == "gone\n"
    assert [run(program, cell)[-1]["type"] for cell in ("other", "other")] == ["stream", "stream"]
    assert capsys.readouterr() == ("", "")


def test_nobody_else_lets_go_of_what_acts_when_it_is_let_go(capsys):
    source = "class Odd:\n    def __del__(self): print('gone')\nodd = Odd()"
    outputs = run(Program({"maker": source, "reader": "x = odd"}), "maker")
    assert outputs[0]["text"].startswith("gone")

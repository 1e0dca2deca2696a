import pytest
from running import run

from cells.page.copies import CopyError, copies_of
from cells.page.program import Program


def error(source, reader="print(odd)"):
    """Run a cell that another one reads from."""
    results = run(Program({"maker": source, "reader": reader}), "maker", "reader")
    return results["maker"].error, results["reader"].error


def test_copies_share_what_the_values_share():
    inner = [1]
    copies = copies_of({"a": [inner], "b": inner})
    assert copies["a"][0] is copies["b"]
    assert copies["b"] is not inner


def test_what_there_is_only_one_of_is_handed_on_as_it_is():
    generator = iter(x for x in "ab")
    assert copies_of({"g": generator, "m": pytest}, is_strict=True) == {"g": generator, "m": pytest}


@pytest.mark.parametrize(
    "method",
    [
        "__deepcopy__(self, memo): raise ValueError",
        "__deepcopy__(self, memo): raise SystemExit",
        "__reduce_ex__(self, version): raise ValueError",
        "__getstate__(self): return self.__getstate__()",
        "__getattr__(self, name): raise ValueError",
    ],
)
def test_a_value_that_cannot_be_copied_is_an_error_of_the_cell_that_made_it(method):
    made, read = error(f"class Odd:\n    def {method}\nodd = Odd()")
    assert made["name"] == "CopyError"
    assert made["message"].startswith("'odd' cannot be copied for the cells that read it: ")
    assert made["line"] == 2
    assert "begin its name with _" in made["hint"]
    assert read["message"] == "not run: 'odd' comes from cell \"maker\", which stopped with an error"


def test_a_value_that_is_nested_too_deeply_is_an_error_of_the_cell_that_made_it():
    made, read = error("odd = ()\nfor _ in range(5000): odd = (odd,)")
    assert made["message"] == "'odd' is nested too deeply to be handed to other cells"
    assert read["name"] == "CellError"


def test_a_value_that_nobody_reads_may_be_anything():
    made, _ = error("odd = ()\nfor _ in range(5000): odd = (odd,)", reader="print(1)")
    assert made is None


COUNTED = """\
class Odd:
    def __deepcopy__(self, memo):
        count.append(1)
        return Odd()
count = []
odd = Odd()
"""


def test_the_first_reader_takes_the_copy_that_was_tried_and_the_next_gets_its_own():
    program = Program({"maker": COUNTED, "a": "odd", "b": "odd"})
    results = run(program, "maker", "a", "b")
    assert program._cells["maker"].values["count"] == [1, 1]
    assert results["a"].error is results["b"].error is None


def test_two_readers_never_have_parts_of_one_another():
    page = {"maker": "net = [[1]]\nlayer = net[0]", "a": "net[0].append(2)", "b": "print(layer)"}
    results = run(Program(page), "maker")
    assert results["b"].outputs[0]["text"] == "[1]\n"


def test_only_an_error_that_says_what_it_is_is_raised():
    with pytest.raises(CopyError, match="too deeply"):
        deep = []
        for _ in range(5000):
            deep = [deep]
        copies_of({"deep": deep}, is_strict=True)

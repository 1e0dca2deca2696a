"""What depends on the very Python that readers have, tried in it: all tables in one run of Pyodide, in Node."""

import json

import pytest
from error_cases import CASES, OF_PYODIDE
from set_cases import SET

from cells.page.hints import rows
from tools.bench.training import in_pyodide

PROGRAM = """
import json

import primer
from cells.page import hints, library
from cells.page.loop import take_over
from cells.page.program import Program


class Rows(tuple):
    def __iter__(self):
        for row in super().__iter__():
            self.last = [row[0].__name__, row[1]]
            yield row


def told(source):
    known.last = None
    errors = [o for o in Program({"here": source, "reader": "odd"}).run("here").outputs if o["type"] == "error"]
    return {name: (errors or [{}])[0].get(name) for name in ("message", "line", "hint")} | {"row": known.last}


def three(change, look):
    program = Program({"look": look, "change": change})
    return [program.run(cell).outputs for cell in ("look", "change", "look")]


take_over()
site = library.Library("primer", ("numpy",))
answers = {}
for name, one in {"without": library.Library(), "here": site}.items():
    library.use(one)
    known = Rows(hints.rows())
    hints.rows, rows = lambda: known, hints.rows
    answers[name] = [told(source) for source in SOURCES]
    hints.rows = rows
print(json.dumps([answers["here"], [three(*pair) for pair in PAIRS], answers["without"]]))
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    tables = {"SOURCES": [source for source, _, _ in CASES + OF_PYODIDE], "PAIRS": SET}
    program = tmp_path_factory.mktemp("pyodide") / "tables.py"
    program.write_text("".join(f"{name} = {table!r}\n" for name, table in tables.items()) + PROGRAM, "utf-8")
    return json.loads(in_pyodide(program).splitlines()[-1])


def test_every_hint_is_given_in_the_python_that_readers_have(answers):
    for (source, line, hint), error in zip(CASES + OF_PYODIDE, answers[0], strict=True):
        assert (error["line"], hint in (error["hint"] or "")) == (line, True), (source, error)


def test_every_row_of_the_hints_is_reached_there(answers):
    """By a site with NumPy or by one without it, which has what Python itself says of the same."""
    reached = {tuple(error["row"]) for error in answers[0] + answers[2] if error["hint"] and error["row"]}
    assert [row[:2] for row in rows() if (row[0].__name__, row[1]) not in reached] == []


def test_what_a_cell_sets_is_what_it_was_in_the_next_cell_there_too(answers):
    for (change, _), (before, said, after) in zip(SET, answers[1], strict=True):
        assert said == [], change
        assert [output["type"] for output in before] == ["stream"], change
        assert after == before, change

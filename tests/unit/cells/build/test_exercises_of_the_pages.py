"""Every exercise of every page: what is printed or warned of meanwhile makes no right answer wrong."""

import ast
import re
from functools import cache
from pathlib import Path
from textwrap import dedent

import pytest

from cells.build.exercises import check_source, has_passed, words_of
from cells.page.program import Program

SITE = Path(__file__).parents[4] / "site"
FENCE = re.compile(
    r'^( *)```python (run|exercise|check|solution) [^\n]*?(?:id|for)="([^"]+)"[^\n]*\n(.*?)^\1```$', re.M | re.S
)
LEFT = "print('left over')\nimport warnings as _warnings\n_warnings.warn('odd')"


def fences(path):
    text = re.sub(
        r"^n_epochs = \d+ ", "n_epochs = 1 ", path.read_text("utf-8"), flags=re.M
    )  # as far as its slider goes
    return [(kind, id, dedent(source)) for _, kind, id, source in FENCE.findall(text)]


@cache
def program_of(page):
    """The cells of a page, and the solutions of its exercises."""
    cells, answers = {}, {}
    for kind, id, source in fences(SITE / f"{page}.md"):
        if kind == "solution":
            answers[id] = source
        else:
            cells[id + "-check" * (kind == "check")] = check_source(source) if kind == "check" else source
    return Program(cells), answers


EXERCISES = [
    (page.stem, id) for page in sorted(SITE.glob("*.md")) for kind, id, _ in fences(page) if kind == "exercise"
]


class Chatty(ast.NodeTransformer):
    """Prints and warns at the beginning of every function, and of the whole."""

    def visit_FunctionDef(self, node):
        node.body[:0] = ast.parse(LEFT).body
        return node

    def visit_Module(self, node):
        self.generic_visit(node)
        return self.visit_FunctionDef(node)


@pytest.mark.parametrize(("page", "exercise"), EXERCISES)
def test_a_print_or_a_warning_that_was_left_in_makes_no_right_answer_wrong(page, exercise):
    program, answers = program_of(page)
    program.update({exercise: ast.unparse(ast.fix_missing_locations(Chatty().visit(ast.parse(answers[exercise]))))})
    results = {cell: program.run(cell) for cell in program.plan([exercise])}
    outputs = results[f"{exercise}-check"].outputs
    assert has_passed(outputs), words_of(outputs)
    printed = "".join(output.get("text", "") for cell in results.values() for output in cell.outputs)
    assert "left over" in printed and "odd" in printed

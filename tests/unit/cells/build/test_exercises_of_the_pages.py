"""Every exercise of every page: what is printed or warned of meanwhile makes no right answer wrong."""

import ast

import pytest
from exercises_of_pages import EXERCISES, program_of
from running import run

from cells.build.exercises import has_passed, words_of

LEFT = "print('left over')\nimport warnings as _warnings\n_warnings.warn('odd')"


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
    chatty = ast.unparse(ast.fix_missing_locations(Chatty().visit(ast.parse(answers[exercise]))))
    program.update({exercise: chatty})
    results = run(program, exercise)
    outputs = results[f"{exercise}-check"].outputs
    assert has_passed(outputs), words_of(outputs)
    printed = "".join(output.get("text", "") for cell in results.values() for output in cell.outputs)
    assert "left over" in printed and "odd" in printed

"""An expression's own graph, drawn with every value and slope."""

import re

import numpy as np
import pytest

from primer import Variable
from primer.drawing.variable_graph import MOST_NODES, WAYS_BACK, variable_graph
from primer.operations import OPERATIONS


def answers(drawing):
    """What each number answers, by its name."""
    return dict(re.findall(r'data-name="([a-z_]+ node \d+)" data-why="([^"]*)"', drawing.svg))


def test_every_node_shows_its_value_and_its_slope():
    z = Variable([2.0, 1.0, -1.0], name="z")
    loss = (np.log(np.exp(z).sum()) - z[1]).named("loss")
    loss.backward()
    said = variable_graph(loss).description
    assert said.startswith("Graph of 6 steps. z: value 2  1  −1, slope 0.705  −0.741  0.035.")
    assert "loss (−) of log and [ ]: value 1.349, slope 1." in said


def test_a_number_that_is_used_twice_is_told_both_shares():
    w = Variable(3.0, name="w")
    y = w * w + w
    y.backward()
    told = answers(variable_graph(y))["d_value node 0"]
    assert told.startswith("The result moves 7 times as much as this number. It is the sum of ")
    assert told.count("from ×") == 2
    assert "1 from +" in told


def test_before_the_way_back_there_are_no_slopes():
    assert "slope" not in variable_graph(Variable(2.0, name="w") * 3).description


def test_a_constant_has_no_slope_and_a_wide_array_is_told_by_its_shape():
    y = (Variable(np.ones(20), name="w") * np.arange(20.0)).sum()
    y.backward()
    said = variable_graph(y).description
    assert "w: value shape (20,), slope shape (20,)." in said
    assert "constant: value shape (20,)." in said


def test_asking_a_named_variable_marks_the_line_that_names_it():
    svg = variable_graph(Variable(2.0, name="w") * 3, cell="mine").svg
    assert 'data-marks-cell="mine" data-marks-code="&quot;w&quot;"' in svg


def test_a_result_that_remembers_nothing_is_refused_in_words():
    with pytest.raises(TypeError, match="a plain float64 that remembers nothing; compute it from a Variable"):
        variable_graph(np.float64(2.0))


def test_a_graph_too_large_to_see_is_refused():
    y = Variable(1.0)
    for _ in range(MOST_NODES):
        y = np.tanh(y)
    with pytest.raises(ValueError, match=f"has {MOST_NODES + 1} nodes; up to {MOST_NODES} can be drawn"):
        variable_graph(y)


def test_every_operation_can_say_how_it_hands_its_slope_back():
    assert WAYS_BACK.keys() == OPERATIONS.keys()

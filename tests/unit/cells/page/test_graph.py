from hypothesis import given
from hypothesis import strategies as st

from cells.page.graph import build_graph
from cells.page.names import names_of


def graph_of(*sources, owners=None):
    return build_graph({f"c{i}": names_of(source) for i, source in enumerate(sources)}, owners)


def test_a_cell_stands_after_those_it_reads_from_wherever_it_is_on_the_page():
    assert graph_of("b = a", "c = b", "a = 1").order == ("c2", "c0", "c1")


def test_cells_that_do_not_need_each_other_keep_the_pages_order():
    assert graph_of("a = 1", "b = 2", "c = a + b", "d = 3").order == ("c0", "c1", "c2", "c3")


def test_a_name_defined_twice_is_a_problem_of_the_second_cell():
    problems = graph_of("x = 1", "x = 2").problems
    assert list(problems) == ["c1"]
    assert problems["c1"].message == "'x' is defined in cell \"c0\" already"
    assert "'_x'" in problems["c1"].hint
    assert problems["c1"].line == 1


def test_a_cell_that_owned_a_name_before_keeps_it():
    assert list(graph_of("x = 1", "x = 2", owners={"x": "c1"}).problems) == ["c0"]


def test_the_same_import_may_be_repeated_and_makes_no_edge_but_not_with_another_meaning():
    graph = graph_of("import numpy as np", "import numpy as np\nx = np.pi")
    assert (graph.problems, graph.parents["c1"]) == ({}, frozenset())
    assert list(graph_of("import numpy as np", "import math as np").problems) == ["c1"]


def test_a_circle_is_told_cell_by_cell():
    problems = graph_of("a = c", "b = a", "c = b", "d = c").problems
    assert sorted(problems) == ["c0", "c1", "c2"]
    assert problems["c0"].message == (
        'the cells need each other in a circle: "c0" reads \'c\' from "c2", '
        '"c2" reads \'b\' from "c1", "c1" reads \'a\' from "c0"'
    )


def test_changing_anothers_value_in_place_is_a_problem_with_its_line():
    problem = graph_of("scores = [1]", "x = 0\nscores[0] = x").problems["c1"]
    assert problem.line == 2
    assert "scores.copy()" in problem.hint


def test_descendants_and_ancestors_reach_all_the_way():
    graph = graph_of("a = 1", "b = a", "c = b", "d = 1")
    assert graph.descendants(["c0"]) == {"c1", "c2"}
    assert graph.ancestors(["c2"]) == {"c0", "c1"}


@given(st.lists(st.sets(st.integers(0, 11)), min_size=1, max_size=12))
def test_every_cell_comes_once_and_after_its_parents_unless_it_is_in_a_circle(reads):
    sources = [f"x{i} = [{', '.join(f'x{j}' for j in js if j < len(reads))}]" for i, js in enumerate(reads)]
    graph = graph_of(*sources)
    assert sorted(graph.order) == sorted(graph.parents)
    in_circle = {cell for cell in graph.parents if cell in graph.ancestors([cell])}
    assert in_circle == set(graph.problems)
    for cell, parents in graph.parents.items():
        for parent in parents - in_circle:
            assert graph.order.index(parent) < graph.order.index(cell)


CHECK = "assert total == 3, 'Add.'\n_verdict()"


def exercise(source, *others, check=CHECK, owners=None):
    sources = {f"c{i}": other for i, other in enumerate(others)} | {"sum": source, "sum-check": check}
    return build_graph({id: names_of(one) for id, one in sources.items()}, owners)


def test_what_an_exercise_calls_its_values_is_its_own_affair():
    graph = exercise("weights = [1]\ntotal = sum(weights)", "weights = [2]", "print(weights)")
    assert not graph.problems
    assert graph.owners == {"weights": "c0", "total": "sum"}
    assert graph.parents == {"c0": frozenset(), "c1": {"c0"}, "sum": frozenset(), "sum-check": {"sum"}}


def test_an_exercise_that_goes_on_from_anothers_value_is_given_it():
    for source in ["x += 1\ntotal = x", "x = x + 1\ntotal = x", "def f(): return x\nx = f()\ntotal = x"]:
        assert exercise(source, "x = 2").parents["sum"] == {"c0"}
    assert exercise("x = 1\nx += 1\ntotal = x", "x = 2").parents["sum"] == frozenset()


def test_an_exercise_may_change_what_it_is_given():
    graph = exercise("scores[0] = 3\ntotal = scores[0]", "scores = [1]")
    assert not graph.problems
    assert graph.parents["sum"] == {"c0"}


def test_what_a_check_asks_for_stays_the_exercises_and_nothing_else_does():
    before = {"total": "sum", "mine": "sum"}
    graph = exercise("mine = 1\ntotal = mine", "mine = 2", owners=before)
    assert (graph.problems, graph.owners["mine"]) == ({}, "c0")
    assert list(exercise("total = 3", "total = 4", owners=before).problems) == ["c0"]


def test_a_check_owns_nothing_so_its_imports_stand_in_nobodys_way():
    graph = exercise("total = 3", "number = 7", "print(number)", check="from numbers import Number as number\n" + CHECK)
    assert not graph.problems
    assert graph.parents["c1"] == {"c0"}


def test_the_page_has_its_names_wherever_the_exercise_stands():
    sources = {"sum": "weights = [1]\ntotal = weights[0]", "sum-check": CHECK, "after": "weights = [2]"}
    graph = build_graph({id: names_of(source) for id, source in sources.items()})
    assert (graph.problems, graph.owners["weights"]) == ({}, "after")

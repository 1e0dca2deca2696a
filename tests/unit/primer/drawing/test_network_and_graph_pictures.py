"""Pictures of networks and computations: nothing on top of another, every number there, and said in words."""

import itertools
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primer.drawing.graph_picture import GraphNode, graph_picture
from primer.drawing.network_picture import network_picture
from primer.drawing.svg import WIDTH, Why

SVG = "{http://www.w3.org/2000/svg}"


def parsed(drawing):
    return ElementTree.fromstring(drawing.svg)


def boxes(drawing, kind):
    """Left, top, right and bottom of the rectangles that are plates, or that are not."""
    found = []
    for rect in parsed(drawing).iter(f"{SVG}rect"):
        if (rect.attrib.get("class") == "plate") == (kind == "plate"):
            x, y, width, height = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
            found.append((x, y, x + width, y + height))
    return found


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def net(sizes, seed=0):
    rng = np.random.default_rng(seed)
    gaps = list(itertools.pairwise(sizes))
    numbers = {
        "weights": [rng.normal(size=gap) for gap in gaps],
        "d_weights": [rng.normal(size=gap) for gap in gaps],
        "values": [rng.normal(size=n) for n in sizes],
        "biases": [rng.normal(size=n) for n in sizes[1:]],
    }
    return [[f"n{k} {i}" for i in range(n)] for k, n in enumerate(sizes)], numbers


@given(st.lists(st.integers(1, 4), min_size=2, max_size=4))
def test_no_plate_of_a_network_lies_on_another_and_none_on_the_edge(sizes):
    names, numbers = net(sizes)
    drawing = network_picture(names, **numbers)
    plates = boxes(drawing, "plate")
    assert len(plates) == sum(2 * a * b + b for a, b in itertools.pairwise(sizes)) + sum(sizes)
    assert not any(overlap(one, other) for one, other in itertools.combinations(plates, 2))
    width, height = map(float, parsed(drawing).attrib["viewBox"].split()[2:])
    assert width == WIDTH, "a phone shows it whole"
    assert all(left >= 0 and right <= width and top >= 0 and bottom <= height for left, top, right, bottom in plates)


def test_every_number_of_a_network_is_in_its_description_and_answers_by_its_name():
    names, numbers = net([2, 3])
    why = {"weight 0 1 2": Why("because", "w =", "cell"), "bias 1 0": "a bias"}
    drawing = network_picture(names, **numbers, why=why)
    for array in itertools.chain(*numbers.values()):
        for value in array.ravel():
            assert f"{value:.2f}".replace("-", "−") in repr(drawing)
    asked = {e.attrib["data-name"]: e.attrib for e in parsed(drawing).iter() if "data-why" in e.attrib}
    assert asked.keys() == why.keys()
    assert asked["weight 0 1 2"]["data-marks-code"] == "w ="
    assert asked["weight 0 1 2"]["aria-label"].startswith("weight from n0 1 to n1 2: ")


def test_a_layer_that_has_not_been_computed_has_no_values():
    drawing = network_picture([["a"], ["b"]], [[[1.0]]], values=[[2.0], None])
    assert repr(drawing) == "Network with layers of 1 and 1 neurons. a: value 2.00. From a to b: weight 1.00."


def test_what_is_lit_looks_different():
    names, numbers = net([1, 1])
    plain, lit = (network_picture(names, **numbers, lit=lit).svg for lit in ((), {"weight 0 0 0"}))
    assert plain != lit


@st.composite
def graphs(draw):
    nodes = []
    for k in range(draw(st.integers(1, 9))):
        parents = draw(st.lists(st.sampled_from([n.name for n in nodes]), max_size=2)) if nodes else []
        nodes.append(GraphNode(f"n{k}", f"step {k}", parents, "1.00\n2.00" if k % 2 else "0.50", "0.10"))
    return draw(st.permutations(nodes))


@given(graphs())
def test_no_node_of_a_graph_lies_on_another_and_each_is_below_its_parents(nodes):
    drawing = graph_picture(nodes)
    found = boxes(drawing, "node")
    assert len(found) == len(nodes)
    assert not any(overlap(one, other) for one, other in itertools.combinations(found, 2))
    place = dict(zip([node.name for node in nodes], found, strict=True))
    for node in nodes:
        for parent in node.parents:
            assert place[parent][3] < place[node.name][1]
    width = float(parsed(drawing).attrib["viewBox"].split()[2])
    assert all(left >= 0 and right <= width for left, _, right, _ in found)
    assert ("width" in parsed(drawing).attrib) == (width > WIDTH), "a wide one scrolls in its own box"


def test_a_graph_says_what_is_computed_from_what():
    nodes = [GraphNode("a", "a", value="1\n2"), GraphNode("b", "sum", ["a"], "3", "1", why="1 + 2 = 3")]
    assert repr(graph_picture(nodes)) == "Graph of 2 steps. a: value 1, 2. sum of a: value 3, slope 1."
    asked = [e.attrib for e in parsed(graph_picture(nodes)).iter() if "data-why" in e.attrib]
    assert [(one["data-name"], one["aria-label"]) for one in asked] == [("value b", "value of sum: 3")]


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda: network_picture([["a"]], []), r"two layers or more, .* got layers of \[1\]"),
        (lambda: network_picture([["a"], ["b"]], []), "weights must have 1 entries for these layers, got 0"),
        (lambda: network_picture([["a"], ["b"]], [[1.0]]), r"weights\[0\] must have shape \(1, 1\) .* got \(1,\)"),
        (lambda: graph_picture([]), "one node or more"),
        (lambda: graph_picture([GraphNode("a", "a"), GraphNode("a", "a")]), "'a' twice"),
        (lambda: graph_picture([GraphNode("a", "a", ["b"])]), "'a' is computed from 'b', which is not"),
        (lambda: graph_picture([GraphNode("a", "a", ["b"]), GraphNode("b", "b", ["a"])]), "circle through 'a'"),
    ],
)
def test_what_cannot_be_drawn_is_named(draw, says):
    with pytest.raises(ValueError, match=says):
        draw()

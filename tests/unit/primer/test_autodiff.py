"""Automatic differentiation: against PyTorch's table, finite differences and the library's own gradients."""

import copy
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import primer
from primer import MLP, OPERATIONS, Variable, check_gradient

TABLE = json.loads((Path(__file__).parents[2] / "oracles" / "pytorch.json").read_text(encoding="utf-8"))
few = settings(max_examples=40)


def values(*shape, low=-3.0, high=3.0):
    return hnp.arrays(np.float64, shape, elements=st.floats(low, high))


@pytest.mark.parametrize("row", TABLE["expressions"], ids=lambda row: row["source"])
def test_pytorch_says_the_same(row):
    inputs = {name: Variable(value, name) for name, value in row["inputs"].items()}
    result = eval(row["source"], {"m": np}, inputs)
    result.backward()
    assert float(result) == pytest.approx(row["value"], rel=1e-12)
    for name, gradient in row["gradients"].items():
        np.testing.assert_allclose(inputs[name].grad, gradient, rtol=1e-12, atol=1e-14, err_msg=name)


SMOOTH = {
    "exp": np.exp,
    "tanh": np.tanh,
    "sigmoid": lambda x: x.sigmoid() if isinstance(x, Variable) else primer.sigmoid(x),
    "square": np.square,
    "negative": lambda x: -x,
    "divide": lambda x: 1 / (x * x + 1),
    "log": lambda x: np.log(x * x + 1),
    "sqrt": lambda x: np.sqrt(x * x + 1),
    "power": lambda x: (x * x + 1) ** 1.5,
    "exponent": lambda x: 2.0 ** (x + x),
    "both": lambda x: (x * x + 1) ** x,
    "mean": lambda x: x.mean(axis=0),
    "sum": lambda x: np.exp(x).sum(axis=(0, 1), keepdims=True) * x,
    "transpose": lambda x: x.T @ x,
    "swap": lambda x: np.transpose(x, (1, 0)) @ x,
    "reshape": lambda x: np.reshape(x, -1) @ x.reshape(6) + np.reshape(x, (6,))[2],
    "index": lambda x: x[0] * x[1, 0] * x[..., -1:].sum(),
    "dot": lambda x: np.dot(x[0], x[1]) * np.mean(x) + np.sum(x, axis=1).sum(),
    "array on the left": lambda x: np.array([[1.0, 2.0]]) @ x - np.float64(3) * x[0] + np.arange(3) / (x * x + 1),
}


@pytest.mark.parametrize("name", SMOOTH)
@settings(max_examples=15)
@given(x=values(2, 3))
def test_the_slope_of_an_expression_is_what_trying_finds(name, x):
    variable = Variable(x)
    (SMOOTH[name](variable) * 0.5).sum().backward()
    assert check_gradient(lambda x: (SMOOTH[name](x) * 0.5).sum(), x, variable.grad) < 1e-5


@pytest.mark.parametrize("left", [(3,), (2, 3), (4, 2, 3)])
@pytest.mark.parametrize("right", [(3,), (3, 2), (4, 3, 2)])
def test_matmul_of_vectors_matrices_and_stacks(left, right):
    rng = np.random.default_rng(0)
    a, b = Variable(rng.normal(size=left)), Variable(rng.normal(size=right))
    out = np.tanh(a @ b)
    out.sum().backward()
    assert check_gradient(lambda x: np.tanh(x @ b.value).sum(), a.value, a.grad) < 1e-7
    assert check_gradient(lambda x: np.tanh(a.value @ x).sum(), b.value, b.grad) < 1e-7


@pytest.mark.parametrize("left", [(2, 3), (2, 1), (1, 3), (1, 1), (4, 1, 3)])
@pytest.mark.parametrize("right", [(3,), (), (1,), (2, 3), (1, 1)])
def test_what_broadcasting_stretched_is_added_up(left, right):
    a, b = Variable(np.full(left, 2.0)), Variable(np.full(right, 3.0))
    product = a * b
    product.sum().backward()
    assert (a.grad.shape, b.grad.shape) == (left, right)
    np.testing.assert_array_equal(a.grad, 3.0 * product.size / a.size)
    np.testing.assert_array_equal(b.grad, 2.0 * product.size / b.size)


@few
@given(values(4, 3), st.lists(st.integers(0, 2), min_size=4, max_size=4))
def test_cross_entropy_written_out_has_the_gradient_of_the_library(logits, labels):
    z = Variable(logits)
    exponentials = np.exp(z - z.max(axis=1, keepdims=True))
    log_probs = np.log(exponentials / exponentials.sum(axis=1, keepdims=True))
    loss = -log_probs[np.arange(4), labels].mean()
    loss.backward()
    assert float(loss) == pytest.approx(primer.cross_entropy(logits, labels), rel=1e-12)
    np.testing.assert_allclose(z.grad, primer.cross_entropy_gradient(logits, labels), rtol=1e-9, atol=1e-14)


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
def test_a_network_written_out_has_the_gradients_of_the_library(activation):
    network = MLP([3, 5, 2], activation, seed=4)
    rng = np.random.default_rng(5)
    X, labels = rng.normal(size=(7, 3)), rng.integers(0, 2, 7)
    p = {name: Variable(value, name) for name, value in network.parameters.items()}
    hidden = getattr(X @ p["weights_1"] + p["bias_1"], activation)()
    logits = hidden @ p["weights_2"] + p["bias_2"]
    loss = (np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(7), labels]).mean()
    loss.backward()
    expected, gradients = network.loss_and_gradients(X, labels)
    assert float(loss) == pytest.approx(expected, rel=1e-13)
    for name, variable in p.items():
        np.testing.assert_allclose(variable.grad, gradients[name], rtol=1e-11, atol=1e-15)


class TestGraph:
    def test_it_tells_nodes_in_order_with_operation_value_parents_and_name(self):
        x, w = Variable([1.0, 2.0], "x"), Variable([3.0, 4.0], "w")
        loss = ((x * w).sum() - 1).named("loss")
        graph = loss.graph()
        assert [node.operation for node in graph] == ["variable", "variable", "multiply", "sum", "constant", "subtract"]
        assert [node.label for node in graph] == ["x", "w", "×", "sum", "1", "loss"]
        assert graph[2].parents == (x, w) and graph[2].value.tolist() == [3, 8]
        assert (loss.parents[0].options, float(loss)) == ({"axis": None, "keepdims": False}, 10)

    def test_each_node_is_listed_once_and_after_its_parents(self):
        x = Variable(2.0)
        y = x * x
        graph = (y * y + x).graph()
        assert len(graph) == len(set(map(id, graph))) == 4
        for place, node in enumerate(graph):
            assert all(graph.index(parent) < place for parent in node.parents)

    def test_every_node_but_constants_has_its_slope(self):
        x = Variable([1.0, 2.0])
        loss = np.exp(x * 3.0).sum()
        assert all(node.grad is None for node in loss.graph())
        loss.backward()
        for node in loss.graph():
            if node.operation == "constant":
                assert node.grad is None
            else:
                assert node.grad.shape == node.value.shape
        assert loss.grad == 1

    def test_a_second_backward_does_not_add_to_the_first(self):
        x = Variable(3.0)
        for result in (x * x, x * x, x * 5):
            result.backward()
        assert x.grad == 5

    def test_it_may_be_deeper_than_pythons_stack(self):
        x = Variable(1.0)
        y = x
        for _ in range(5000):
            y = y + 1e-3
        y.backward()
        assert (x.grad, len(y.graph())) == (1, 10001)

    def test_a_copy_is_a_graph_of_its_own_however_deep(self):
        x = Variable(2.0, "x")
        y = x
        for _ in range(3000):
            y = y + 1e-3
        y.backward()
        memo = {}
        twin_x, twin_y = copy.deepcopy(x, memo), copy.deepcopy(y, memo)
        assert [node.label for node in twin_y.graph()] == [node.label for node in y.graph()]
        assert twin_y.graph()[0] is twin_x is not x
        (twin_y * 2.0).backward()
        assert (x.grad, twin_x.grad, twin_x.value, twin_x.name) == (1, 2, 2, "x")

    def test_an_array_without_a_name_is_labelled_by_its_shape(self):
        assert [node.label for node in (Variable([1.0, 2.0]) * np.ones(2)).graph()] == [
            "variable (2,)",
            "constant (2,)",
            "×",
        ]

    def test_every_operation_has_a_sign_and_a_way_back_for_each_input(self):
        for operation in OPERATIONS.values():
            assert operation.symbol and 1 <= len(operation.backward) <= 2


@pytest.mark.parametrize("name", ["sigmoid", "relu", "tanh", "softmax", "log_softmax"])
class TestTheLibrarysOwnFunctions:
    def test_they_record_what_they_are_given(self, name):
        x = Variable([[0.5, -1.0, 2.0], [3.0, 0.1, -0.2]], "x")
        function, weights = getattr(primer, name), np.array([[1.0, 2.0, -1.0], [0.5, 0.0, 3.0]])
        result = function(x)
        (result * weights).sum().backward()
        assert (result.operation, result.parents) == (name, (x,))
        np.testing.assert_array_equal(result.value, function(x.value))
        assert check_gradient(lambda x: (function(x) * weights).sum(), x.value, x.grad) < 1e-7

    def test_they_keep_float32(self, name):
        x = Variable(np.float32([1, 2]))
        result = getattr(primer, name)(x)
        result.sum().backward()
        assert result.dtype == x.grad.dtype == np.float32


@pytest.mark.parametrize("labels", [[2, 0], [[0.0, 0.5, 0.5], [1.0, 0.0, 0.0]]])
def test_cross_entropy_records_and_hands_back_what_was_guessed_less_what_was_true(labels):
    z = Variable([[0.5, -1.0, 2.0], [3.0, 0.1, -0.2]])
    loss = primer.cross_entropy(2.0 * z, labels)
    loss.backward()
    assert float(loss) == primer.cross_entropy(2 * z.value, labels)
    np.testing.assert_allclose(z.grad, 2 * primer.cross_entropy_gradient(2 * z.value, labels), rtol=1e-14)


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_softmax_along_another_axis_has_its_slope(name):
    x, weights = Variable([[0.5, -1.0], [3.0, 0.1]]), np.array([[1.0, 2.0], [0.5, -3.0]])
    function = getattr(primer, name)
    (function(x, axis=0) * weights).sum().backward()
    assert check_gradient(lambda x: (function(x, 0) * weights).sum(), x.value, x.grad) < 1e-7


@pytest.mark.parametrize(
    ("function", "at", "slopes"),
    [
        (lambda x: x.relu(), [-1.0, 0.0, 1.0], [0, 0, 1]),
        (lambda x: np.max(x, axis=1), [[1.0, 3.0, 3.0], [2.0, 0.0, 1.0]], [[0, 0.5, 0.5], [1, 0, 0]]),
        (lambda x: np.maximum(x[0], x[1]), [2.0, 2.0], [0.5, 0.5]),
        (lambda x: x ** np.array([0.0, 1.0, 2.0]), [0.0, 0.0, 0.0], [0, 1, 0]),
        (lambda x: 0.0**x, [2.0], [0]),
        (abs, [-2.0, 0.0, 2.0], [-1, 0, 1]),
        (lambda x: x.sigmoid(), [-1000.0, 1000.0], [0, 0]),
    ],
    ids=[
        "relu",
        "equal largest share",
        "of two as well",
        "powers of 0",
        "0 to a power",
        "size",
        "flat, and no warning",
    ],
)
def test_where_a_function_has_a_kink_or_is_flat_its_slope_is_told(function, at, slopes):
    x = Variable(at)
    function(x).sum().backward()
    assert x.grad.tolist() == slopes


class TestItBehavesLikeAnArray:
    def test_lists_numbers_and_arrays_may_stand_on_the_left(self):
        x = Variable([1.0, 2.0])
        assert (3 - x).value.tolist() == ([3, 3] - x).value.tolist() == (np.full(2, 3.0) - x).value.tolist() == [2, 1]
        assert (1 + x).value.tolist() == [2, 3]
        assert ([3, 4] @ x).value == (np.array([3, 4]) @ x).value == 11

    def test_what_only_constants_go_into_gets_a_slope_and_they_get_none(self):
        x, mask = Variable([1.0, 2.0]), np.array([True, False])
        loss = (np.where(mask, x, 0.0) * 3.0).sum()
        loss.backward()
        assert x.grad.tolist() == [3, 0]

    def test_shape_size_length_and_steps(self):
        x = Variable([[1, 2, 3], [4, 5, 6]])
        assert (x.shape, x.ndim, x.size, len(x), x.dtype) == ((2, 3), 2, 6, 2, np.float64)
        assert [float(row.sum()) for row in x] == [6, 15]

    def test_it_shows_itself_and_formats_as_a_number(self):
        assert repr(Variable([1.0, 2.5], "x")) == "Variable([1. , 2.5], name='x')"
        assert f"{Variable(0.123456):.4f}" == "0.1235"
        assert f"{Variable(2.0)}" == "Variable(2.)"

    def test_comparisons_give_plain_truth(self):
        x = Variable([1.0, 2.0])
        assert (x > 1).tolist() == [False, True] and (x >= 1).tolist() == [True, True]
        assert (x < Variable(2.0)).tolist() == [True, False] and (x <= 1).tolist() == [True, False]
        assert (np.array([2.0, 2.0]) > x).tolist() == [True, False]

    def test_float32_stays_float32_through_forward_and_backward(self):
        x = Variable(np.float32([1, 2]))
        loss = (np.tanh(2 * x + 1) ** 2 / 3).mean()
        loss.backward()
        assert {node.value.dtype for node in loss.graph()} == {np.dtype(np.float32)} == {x.grad.dtype}

    def test_the_readers_array_is_not_changed_and_not_shared(self):
        given = np.array([1.0, 2.0])
        x = Variable(given)
        given[0] = 9
        assert x.value.tolist() == [1, 2]

    def test_methods_and_functions_are_the_same(self):
        x = Variable([0.5, 2.0])
        for method, function in ((x.exp(), np.exp(x)), (x.log(), np.log(x)), (x.tanh(), np.tanh(x))):
            np.testing.assert_array_equal(method.value, function.value)
            assert method.operation == function.operation


@pytest.mark.parametrize(
    ("wrong", "error", "says"),
    [
        (lambda x: (x * x).backward(), ValueError, r"one number, got shape \(3,\); take the sum\(\)"),
        (lambda x: np.sin(x), TypeError, r"np\.sin cannot be differentiated here; known: .*np\.exp"),
        (lambda x: np.sort(x), TypeError, r"np\.sort cannot be differentiated"),
        (lambda x: np.add.reduce(x), TypeError, r"np\.add\.reduce"),
        (lambda x: np.add(x, 1, out=np.zeros(3)), TypeError, "out=….* cannot be recorded"),
        (lambda x: np.log(x - 5), ValueError, r"log of \[-4., -3., -2.\] is nan"),
        (lambda x: x * [1.0, 2.0], ValueError, r"multiply does not fit shape \(3,\) and \(2,\)"),
        (lambda x: x @ np.ones((2, 2)), ValueError, r"matmul does not fit shape \(3,\) and \(2, 2\)"),
        (lambda x: x[7], IndexError, r"index does not fit shape \(3,\)"),
        (lambda x: x.__setitem__(0, 1.0), TypeError, "cannot be changed in place"),
        (lambda x: primer.cross_entropy_of_probs(x, 0), TypeError, "its .value"),
        (
            lambda x: (x * np.inf - x * 0).softmax(),
            ValueError,
            r"softmax does not fit shape \(3,\): logits must be finite",
        ),
        (lambda x: np.asarray(x), TypeError, "its .value"),
        (lambda x: x + "dog", TypeError, "real numbers, got text"),
        (lambda x: x * np.nan, ValueError, "got nan"),
        (lambda x: (np.sqrt(x - 1) * (x - 1)).sum().backward(), ValueError, "no slope at"),
    ],
)
def test_a_wrong_use_is_named(wrong, error, says):
    with pytest.raises(error, match=says):
        wrong(Variable([1.0, 2.0, 3.0]))


def test_a_value_that_is_no_number_is_named():
    with pytest.raises(ValueError, match="w must be numbers, got nan at position 1"):
        Variable([1.0, np.nan], "w")

"""The reader's own expression as a picture: its graph, every value and slope, and where each came from."""

from __future__ import annotations

import numpy as np

from primer.arrays import Floats
from primer.autodiff import Variable
from primer.drawing.graph_picture import GraphNode, graph_picture
from primer.drawing.svg import Drawing, Why
from primer.drawing.writing import short
from primer.operations import OPERATIONS
from primer.words import say

MOST_NODES = 30
"""Nodes that a picture still shows clearly."""

WAYS_BACK = {
    "add": "which hands its slope on as it is",
    "subtract": "which hands its slope on: as it is to the left, with the other sign to the right",
    "multiply": "which hands back its slope times the other factor",
    "divide": "which hands back its slope divided by the lower number; to that itself, also times minus the result",
    "power": "which hands back its slope times the exponent times the power one lower",
    "matmul": "which hands back its slope times the other factor, transposed",
    "maximum": "which hands its slope to the larger",
    "where": "which hands its slope to the one that was chosen",
    "negative": "which turns the sign of its slope",
    "absolute": "which hands back its slope times the sign of its input",
    "exp": "which hands back its slope times its own value",
    "log": "which hands back its slope divided by its input",
    "sqrt": "which hands back its slope divided by twice its own value",
    "square": "which hands back its slope times twice its input",
    "tanh": "which hands back its slope times 1 less its value squared",
    "sigmoid": "which hands back its slope times its value times 1 less its value",
    "relu": "which hands its slope on where its input was above 0, and 0 elsewhere",
    "sum": "which hands its slope to all that it added up",
    "mean": "which shares its slope out evenly",
    "max": "which hands its slope to the largest",
    "index": "which hands its slope to what it picked, and 0 to the rest",
    "transpose": "which turns its slope back",
    "softmax": "which hands back its slope less the mean that its probabilities make of it, times them",
    "log_softmax": "which hands back its slope less its probabilities times the sum of it",
    "cross_entropy": "which hands back what was said minus what was true, times its slope",
    "reshape": "which lays its slope out as before",
}
"""How each operation hands its slope back, as the end of a sentence."""


def variable_graph(result: Variable, *, cell: str = "") -> Drawing:
    """Draw everything that a Variable was computed from.

    After `Variable.backward` the slopes are there too. Each number answers where it came from.

    Parameters
    ----------
    result : Variable
        What was computed.
    cell : str
        The id of the cell that computes it; the lines where a named Variable is made are marked when it is asked.

    Returns
    -------
    Drawing

    Raises
    ------
    TypeError
        If the result is not a Variable.
    ValueError
        If the graph has more than `MOST_NODES` nodes.

    Examples
    --------
    >>> w = Variable(3.0, name="w")
    >>> y = (w * w).named("y")
    >>> y.backward()
    >>> variable_graph(y)
    Graph of 2 steps. w: value 3, slope 6. y (×) of w and w: value 9, slope 1.
    """
    if not isinstance(result, Variable):
        raise TypeError(
            f"the result is {result!r}, a plain {type(result).__name__} that remembers nothing; "
            "compute it from a Variable, such as Variable([2.0, 1.0], name='w')"
        )
    nodes = result.graph()
    if len(nodes) > MOST_NODES:
        raise ValueError(f"the graph has {len(nodes)} nodes; up to {MOST_NODES} can be drawn, so make it shorter")
    keys = {id(node): f"node {i}" for i, node in enumerate(nodes)}
    handed = _handed_back(nodes)

    def told(node: Variable, answer: str) -> Why:
        return Why(answer, f'"{node.name}"' if node.name else "", cell)

    return graph_picture(
        [
            GraphNode(
                keys[id(node)],
                _label(node),
                [keys[id(parent)] for parent in node.parents],
                _lines(node.value),
                "" if node.grad is None else _lines(node.grad),
                told(node, _why(node)),
                told(node, _why_slope(node, handed.get(id(node), []), is_end=node is result)),
                lit=node is result,
            )
            for node in nodes
        ]
    )


def _label(node: Variable) -> str:
    if node.operation in OPERATIONS:
        symbol = OPERATIONS[node.operation].symbol
        return f"{node.name} ({symbol})" if node.name else symbol
    return node.name or node.operation


def _why(node: Variable) -> str:
    if node.operation not in OPERATIONS:
        given = "{name}, shape {shape}. It is given: it stands in the code."
        return say(given, name=_label(node), shape=node.shape)
    inputs = say(" and ").join(_inline(parent.value) for parent in node.parents)
    made = "{value} is {operation} of {inputs}."
    return say(made, value=_inline(node.value), operation=node.operation, inputs=inputs)


def _why_slope(node: Variable, shares: list[tuple[Variable, Floats]], *, is_end: bool) -> str:
    if is_end:
        return say("The way back begins here: the result moves with itself, one for one.")
    if node.grad is None:
        return ""
    one = "{slope} from {name}, {way}"
    came = "; ".join(
        say(one, slope=_inline(share), name=_label(child), way=say(WAYS_BACK[child.operation]))
        for child, share in shares
    )
    single = "The result moves {slope} times as much as this number."
    several = "How the result moves with each of these numbers: {slope}."
    moves = say(single if node.value.size == 1 else several, slope=_inline(node.grad))
    return f"{moves} {say('It is {came}.' if len(shares) < 2 else 'It is the sum of {came}.', came=came)}"


def _lines(value: Floats) -> str:
    """An array as a node shows it: a line a row, or its shape where it is large."""
    if value.size > 12 or value.ndim > 2:
        return say("shape {shape}", shape=value.shape)
    rows = np.atleast_2d(value)
    return "\n".join("  ".join(_number(x) for x in row) for row in rows)


def _inline(value: Floats) -> str:
    """An array as a sentence has it."""
    if value.size > 12:
        return say("an array of shape {shape}", shape=value.shape)
    if value.ndim == 0:
        return _number(float(value))
    return f"[{', '.join(map(_inline, value))}]"


def _number(value: float) -> str:
    small = value and abs(value) < 0.001
    return f"{value:.1e}".replace("-", "−") if small or abs(value) >= 1e5 else short(value, 3)


def _handed_back(nodes: list[Variable]) -> dict[int, list[tuple[Variable, Floats]]]:
    """What each node was handed, and by which: one share for each place where it is used."""
    handed: dict[int, list[tuple[Variable, Floats]]] = {}
    for child in nodes:
        if child.grad is None:
            continue
        for i, parent in enumerate(child.parents):
            if parent.operation != "constant":
                handed.setdefault(id(parent), []).append((child, child.share_of(i)))
    return handed

r"""Back-propagation through the reader's own code: reverse-mode automatic differentiation over arrays.

A `Variable` stands for an array. Whatever is computed from it, with operators, NumPy's own functions
or `softmax` and its like, is a Variable too and remembers what it was computed from: so an expression writes down its
own graph. `Variable.backward` walks that graph from the result to the inputs and hands the slope
back, each node by the rule in `operations`. See Baydin, Pearlmutter, Radul and Siskind, *Automatic
differentiation in machine learning: a survey*, JMLR 18 (2018), section 3.2.

Examples
--------
>>> import numpy as np
>>> w = Variable([1.0, -2.0], name="w")
>>> loss = np.exp(w @ np.array([2.0, 1.0])).named("loss")
>>> loss
Variable(1., name='loss')
>>> loss.backward()
>>> w.grad
array([2., 1.])
>>> [node.operation for node in loss.graph()]
['variable', 'constant', 'matmul', 'exp']
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from primer.arrays import Floats, as_floats
from primer.operations import OPERATIONS, Axis
from primer.recording import Recorded


class Variable(Recorded):
    """An array that remembers how it was made, and after `backward` how the result moves with it.

    Parameters
    ----------
    value : array_like
        Real numbers, any shape. float32 stays float32, integers become float64.
    name : str
        What pictures of the graph call it; may be set later.

    Attributes
    ----------
    value : ndarray
        Its number or numbers.
    grad : ndarray or None
        The slope of the result, the shape of `value`: None before `backward`, and for constants.
    operation : str
        ``"variable"``, ``"constant"`` or a name in `OPERATIONS`.
    parents : tuple of Variable
        What it was computed from, in the operation's order.
    options : dict
        What else the operation was told: ``axis``, ``keepdims``, ``key``, ``shape``, ``axes``, ``condition``,
        ``labels``.
    name : str
        Empty unless it was given.

    Raises
    ------
    TypeError, ValueError
        If the value is not real numbers, or NaN.
    """

    __slots__ = ("grad", "name", "operation", "options", "parents", "value")

    def __init__(self, value: ArrayLike, name: str = "") -> None:
        self.value: Floats = np.array(as_floats(value, name or "value"))
        self.name = name
        self.operation = "variable"
        self.parents: tuple[Variable, ...] = ()
        self.options: dict[str, Any] = {}
        self.grad: Floats | None = None

    def named(self, name: str) -> Variable:
        """Give it a name, and return it: ``loss = (x * x).sum().named("loss")``."""
        self.name = name
        return self

    @property
    def label(self) -> str:
        """What a picture writes into the node: its name, its number, or the operation's sign."""
        if self.name:
            return self.name
        if self.operation in OPERATIONS:
            return OPERATIONS[self.operation].symbol
        return f"{self.value.item():g}" if self.value.size == 1 else f"{self.operation} {self.value.shape}"

    def graph(self) -> list[Variable]:
        """Everything it was computed from and itself, each once, parents before children."""
        order: list[Variable] = []
        seen: set[int] = set()
        waiting = [(self, False)]
        while waiting:  # no recursion: a graph may be deeper than Python's stack
            node, parents_done = waiting.pop()
            if parents_done:
                order.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                waiting.append((node, True))
                waiting += [(parent, False) for parent in reversed(node.parents)]
        return order

    def backward(self) -> None:
        """Set `grad` of every node in the graph to the slope of this number with respect to it.

        What an earlier `backward` left in these nodes is replaced, not added to.

        Raises
        ------
        ValueError
            If this is not one number, or a slope does not exist, as that of ``sqrt`` times 0 at 0.
        """
        if self.value.size != 1:
            raise ValueError(
                f"backward starts from one number, got shape {self.value.shape}; take the sum() or the mean() first"
            )
        order = self.graph()
        for node in order:
            node.grad = None
        self.grad = np.ones_like(self.value)
        for node in reversed(order):
            if node.grad is not None:  # constants have none
                node._hand_back()

    def share_of(self, i: int) -> Floats:
        """What this node hands back to parent `i`: its own slope, led through the operation."""
        values = [parent.value for parent in self.parents]
        way_back = OPERATIONS[self.operation].backward[i]
        with np.errstate(all="ignore"):
            return _unstretch(way_back(self.grad, self.value, *values, **self.options), values[i].shape)

    def _hand_back(self) -> None:
        """Add to each parent's grad what comes through this node."""
        for i, parent in enumerate(self.parents):
            if parent.operation == "constant":
                continue
            d_parent = self.share_of(i)
            if parent.grad is not None:
                with np.errstate(all="ignore"):
                    d_parent = parent.grad + d_parent
            if np.isnan(d_parent).any():
                raise ValueError(
                    f"{self.operation} has no slope at {_few(parent.value)}: it gave nan on the way back; "
                    "keep the number away from there, for example by adding a little"
                )
            parent.grad = np.asarray(d_parent, dtype=parent.value.dtype)

    @staticmethod
    def _record_operation(operation: str, *inputs: Any, **options: Any) -> Variable:
        """Compute, and write down what was computed from what."""
        parents = tuple(x if isinstance(x, Variable) else _constant(x, inputs) for x in inputs)
        values = [parent.value for parent in parents]
        try:
            with np.errstate(all="ignore"):
                value = np.asarray(OPERATIONS[operation].forward(*values, **options))
        except (ValueError, IndexError) as error:
            shapes = " and ".join(str(v.shape) for v in values)
            raise type(error)(f"{operation} does not fit shape {shapes}: {error}") from None
        if np.isnan(value).any():
            raise ValueError(
                f"{operation} of {' and '.join(map(_few, values))} is nan: it has no answer there; "
                "log and sqrt want numbers of 0 and above, and inf - inf or 0 * inf have none"
            )
        node = Variable.__new__(Variable)
        node.value, node.operation, node.parents, node.options = value, operation, parents, options
        node.name, node.grad = "", None
        return node

    def __deepcopy__(self, memo: dict[int, Any]) -> Variable:
        """Copy the whole graph, parents first, as deep as it may be: cells hand each other copies."""
        for node in self.graph():
            if id(node) not in memo:
                twin = memo[id(node)] = Variable.__new__(Variable)
                twin.value, twin.name, twin.operation = node.value.copy(), node.name, node.operation
                twin.parents = tuple(memo[id(parent)] for parent in node.parents)
                twin.options, twin.grad = dict(node.options), None if node.grad is None else node.grad.copy()
        copied: Variable = memo[id(self)]
        return copied

    def sum(self, axis: Axis = None, *, keepdims: bool = False) -> Variable:
        """Add up, over `axis` or over all."""
        return self._record_operation("sum", self, axis=axis, keepdims=keepdims)

    def mean(self, axis: Axis = None, *, keepdims: bool = False) -> Variable:
        """Average, over `axis` or over all."""
        return self._record_operation("mean", self, axis=axis, keepdims=keepdims)

    def max(self, axis: Axis = None, *, keepdims: bool = False) -> Variable:
        """Largest, over `axis` or over all; equals share the slope."""
        return self._record_operation("max", self, axis=axis, keepdims=keepdims)

    def relu(self) -> Variable:
        """Cut off below 0; the slope at 0 is 0."""
        return self._record_operation("relu", self)

    def tanh(self) -> Variable:
        """Squash to between −1 and 1."""
        return self._record_operation("tanh", self)

    def sigmoid(self) -> Variable:
        """Squash to between 0 and 1."""
        return self._record_operation("sigmoid", self)

    def softmax(self, axis: int = -1) -> Variable:
        """Turn scores into probabilities, along `axis`."""
        return self._record_operation("softmax", self, axis=axis)

    def log_softmax(self, axis: int = -1) -> Variable:
        """Logarithms of the probabilities, along `axis`."""
        return self._record_operation("log_softmax", self, axis=axis)

    def cross_entropy(self, labels: ArrayLike) -> Variable:
        """Mean cross-entropy in nats of class numbers or probabilities, with these logits."""
        return self._record_operation("cross_entropy", self, labels=labels)

    def exp(self) -> Variable:
        """e to the power of it."""
        return self._record_operation("exp", self)

    def log(self) -> Variable:
        """Natural logarithm."""
        return self._record_operation("log", self)

    def transpose(self, *axes: int) -> Variable:
        """Turn rows into columns, or put the axes into another order."""
        return self._record_operation("transpose", self, axes=axes or None)

    def reshape(self, *shape: Any) -> Variable:
        """Lay the same numbers out in another shape."""
        return self._record_operation("reshape", self, shape=shape[0] if len(shape) == 1 else shape)

    @property
    def T(self) -> Variable:  # noqa: N802  # NumPy's name
        """Rows as columns."""
        return self.transpose()

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the value."""
        return self.value.shape

    @property
    def ndim(self) -> int:
        """Number of axes of the value."""
        return self.value.ndim

    @property
    def size(self) -> int:
        """How many numbers it holds."""
        return self.value.size

    @property
    def dtype(self) -> np.dtype[Any]:
        """Type of the numbers, float64 or float32."""
        return self.value.dtype

    def __len__(self) -> int:
        return len(self.value)

    def __iter__(self) -> Iterator[Variable]:
        return (self[i] for i in range(len(self)))

    def __float__(self) -> float:
        return float(self.value.item())

    def __format__(self, form: str) -> str:
        return format(float(self), form) if form else repr(self)

    def __repr__(self) -> str:
        name = f", name={self.name!r}" if self.name else ""
        return f"Variable({np.array2string(self.value, precision=4, separator=', ', threshold=20)}{name})"


def _constant(x: Any, inputs: tuple[Any, ...]) -> Variable:
    """Wrap a number or an array that stands in an expression; it takes no part in the way back."""
    constant = Variable(x)
    constant.operation = "constant"
    if np.ndim(x) == 0:  # a Python number has no width of its own: 2 * float32 stays float32
        kinds = [other.value.dtype for other in inputs if isinstance(other, Variable)]
        constant.value = constant.value.astype(kinds[0])
    return constant


def _unstretch(d: Floats, shape: tuple[int, ...]) -> Floats:
    """Sum over the axes that broadcasting added or stretched, so that `d` has `shape` again."""
    d = d.sum(axis=tuple(range(d.ndim - len(shape))))
    stretched = tuple(i for i, n in enumerate(shape) if n == 1 and d.shape[i] != 1)
    summed: Floats = d.sum(axis=stretched, keepdims=True)
    return summed


def _few(value: Floats) -> str:
    """As much of an array as a sentence can hold."""
    return np.array2string(value, precision=4, threshold=6, edgeitems=2, separator=", ").replace("\n", "")

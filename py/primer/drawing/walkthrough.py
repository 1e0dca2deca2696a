"""One training step of a small network, looked at number by number: what each is, and where it came from.

Nothing of the step is done here. A `Walkthrough` is given the numbers that somebody else's code computed, and writes
out for each the rule that should have led there. Where the code went another way, it says so.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from primer.arrays import Floats
from primer.drawing.steps import step_number
from primer.drawing.writing import factor, latex_rows, latex_rule, short, subscript, weighted_sum
from primer.formulas import Formula
from primer.words import say

WORDS = {
    "inputs": "{a}",
    "weights": "the weight from {a} to {b}",
    "bias": "the bias of {a}",
    "sums": "the sum of {a}",
    "hidden": "the output of {a}",
    "logits": "the score of {a}",
    "probs": "the probability of {a}",
    "loss": "the loss",
    "d_logits": "the slope at the score of {a}",
    "d_weights": "the slope of the weight from {a} to {b}",
    "d_bias": "the slope of the bias of {a}",
    "d_hidden": "the slope at the output of {a}",
    "d_sums": "the slope at the sum of {a}",
    "new_weights": "the new weight from {a} to {b}",
    "new_bias": "the new bias of {a}",
    "loss_after": "the loss after the step",
}
"""What each kind of number is called, by its name in the code less the layer's number."""

SYMBOLS = {
    "inputs": "x_{%s}",
    "weights": "w_{%s,%s}",
    "bias": "b_{%s}",
    "sums": "s_{%s}",
    "hidden": "h_{%s}",
    "logits": "z_{%s}",
    "probs": "P({%s})",
    "loss": "L",
}
"""Likewise the symbol in LaTeX, with a place for each of its ends; slopes and new numbers have those of their own."""


class Quantity(NamedTuple):
    """A number of the step: its symbol, what it is called, the rule with numbers in it, and what comes out.

    Parameters
    ----------
    symbol : str
        In LaTeX.
    words : str
        In a sentence.
    rule : str
        The computation, with its numbers; empty where the number is simply given.
    expected, value : float
        What comes out by the rule, and by the code.
    """

    symbol: str
    words: str
    rule: str
    expected: float
    value: float

    @property
    def agrees(self) -> bool:
        """Whether rule and code say the same, but for rounding."""
        return not self.rule or math.isclose(self.expected, self.value, rel_tol=1e-9, abs_tol=1e-9)

    @property
    def why(self) -> str:
        """The answer to the question where it came from."""
        said = f"{self.words[0].upper()}{self.words[1:]}: {short(self.value)}"
        if not self.rule:
            return say("{said}. It is given: it stands in the code.", said=said)
        if not self.agrees:
            other = "{said}, says your code. The rule says {expected} = {rule}."
            return say(other, said=said, expected=short(self.expected), rule=self.rule)
        return f"{said} = {self.rule}."

    @property
    def latex(self) -> str:
        """A line of an aligned formula; two, where rule and code disagree."""
        value = latex_rule(short(self.value))
        if not self.rule:
            return rf"{self.symbol} &= {value}"
        line = rf"{self.symbol} &= {latex_rows(self.rule, short(self.expected))}"
        told = say(", which your code gives")
        return line if self.agrees else rf"{line} \\ &\ne {value}\ \text{{{told}}}"


class Walkthrough:
    """The numbers of one training step of a network with one hidden layer, and where each came from.

    Parameters
    ----------
    features, classes : sequence of str
        What the inputs and the outputs are called.
    learning_rate : float
    **numbers : array_like
        What the code computed, by the code's names: ``inputs``, ``weights_1``, ``bias_1``, ``sums``, ``hidden``,
        ``weights_2``, ``bias_2``, ``logits``, ``probs``, ``one_hot``, ``loss``, ``d_logits``, ``d_weights_2``,
        ``d_bias_2``, ``d_hidden``, ``d_sums``, ``d_weights_1``, ``d_bias_1``, ``new_weights_1``, ``new_bias_1``,
        ``new_weights_2``, ``new_bias_2``, ``probs_after``, ``loss_after``.

    Attributes
    ----------
    quantities : dict of str to list of Quantity
        By the same names, in the order of the array.

    Raises
    ------
    ValueError
        If a shape is not what the network's must be.
    """

    def __init__(
        self, features: Sequence[str], classes: Sequence[str], *, learning_rate: float, **numbers: ArrayLike
    ) -> None:
        self.features, self.classes = list(features), list(classes)
        self.n_hidden = np.size(numbers["hidden"])
        self.rate = float(learning_rate)
        self.numbers = self._checked(numbers)
        self.quantities = self._forward() | self._backward() | self._update()

    def formula(self, step: int) -> Formula:
        """Write out what a step (1 is the first) computes, with its numbers.

        Raises
        ------
        ValueError
            If there is no such step.
        """
        lines = [quantity.latex for name in step_number(step).makes for quantity in self.quantities[name]]
        body = " \\\\\n".join(lines)
        return Formula(f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}")

    def _checked(self, numbers: dict[str, ArrayLike]) -> dict[str, Floats]:
        n_in, n_hidden, n_out = len(self.features), self.n_hidden, len(self.classes)
        shapes = {
            "inputs": (n_in,),
            **dict.fromkeys(("weights_1", "d_weights_1", "new_weights_1"), (n_in, n_hidden)),
            **dict.fromkeys(("bias_1", "sums", "hidden", "d_hidden", "d_sums", "d_bias_1", "new_bias_1"), (n_hidden,)),
            **dict.fromkeys(("weights_2", "d_weights_2", "new_weights_2"), (n_hidden, n_out)),
            **dict.fromkeys(("bias_2", "logits", "probs", "one_hot", "d_logits"), (n_out,)),
            **dict.fromkeys(("d_bias_2", "new_bias_2", "probs_after"), (n_out,)),
            **dict.fromkeys(("loss", "loss_after"), ()),
        }
        if missing := shapes.keys() ^ numbers.keys():
            raise ValueError(
                f"a walkthrough wants {', '.join(shapes)}; "
                f"there is too much or too little of {', '.join(sorted(missing))}"
            )
        checked: dict[str, Floats] = {name: np.asarray(value, dtype=np.float64) for name, value in numbers.items()}
        for name, shape in shapes.items():
            if checked[name].shape != shape:
                raise ValueError(
                    f"{name} must have shape {shape}, got {checked[name].shape}; look at the line that computes it"
                )
        return checked

    def _forward(self) -> dict[str, list[Quantity]]:
        n, features, neurons, classes = self.numbers, self.features, self.neurons, self.classes
        exponentials = np.exp(n["logits"] - (n["logits"].max() if np.abs(n["logits"]).max() > 100 else 0))
        total = " + ".join(map(short, exponentials))
        p = n["probs"][self._answer]
        first = [weighted_sum(n["inputs"], w, b) for w, b in zip(n["weights_1"].T, n["bias_1"], strict=True)]
        second = [weighted_sum(n["hidden"], w, b) for w, b in zip(n["weights_2"].T, n["bias_2"], strict=True)]
        return self._all(
            inputs=[(features,)],
            weights_1=[(features, neurons)],
            bias_1=[(neurons,)],
            weights_2=[(neurons, classes)],
            bias_2=[(classes,)],
            sums=[(neurons,), first, n["inputs"] @ n["weights_1"] + n["bias_1"]],
            hidden=[(neurons,), [f"tanh({short(s)})" for s in n["sums"]], np.tanh(n["sums"])],
            logits=[(classes,), second, n["hidden"] @ n["weights_2"] + n["bias_2"]],
            probs=[(classes,), [f"{short(e)} / ({total})" for e in exponentials], exponentials / exponentials.sum()],
            loss=[(), [f"−ln {short(p)}"], -_log(p)],
        )

    def _backward(self) -> dict[str, list[Quantity]]:
        n, features, neurons, classes = self.numbers, self.features, self.neurons, self.classes
        x, h, delta, d_sums = n["inputs"], n["hidden"], n["d_logits"], n["d_sums"]
        errors = [f"{short(p)} − {short(y)}" for p, y in zip(n["probs"], n["one_hot"], strict=True)]
        squashed = [f"{short(d)} · (1 − {factor(a)}²)" for d, a in zip(n["d_hidden"], h, strict=True)]
        return self._all(
            d_logits=[(classes,), errors, n["probs"] - n["one_hot"]],
            d_weights_2=[(neurons, classes), _products(h, delta), np.outer(h, delta)],
            d_bias_2=[(classes,), _products([1], delta), delta],
            d_hidden=[(neurons,), [weighted_sum(delta, w) for w in n["weights_2"]], n["weights_2"] @ delta],
            d_sums=[(neurons,), squashed, n["d_hidden"] * (1 - h**2)],
            d_weights_1=[(features, neurons), _products(x, d_sums), np.outer(x, d_sums)],
            d_bias_1=[(neurons,), _products([1], d_sums), d_sums],
        )

    def _update(self) -> dict[str, list[Quantity]]:
        n, features, neurons, classes = self.numbers, self.features, self.neurons, self.classes

        def updated(name: str, *ends: list[str]) -> list[Any]:
            both = zip(n[name].flat, n[f"d_{name}"].flat, strict=True)
            rules = [f"{short(float(w))} − {short(self.rate)} · {factor(float(d))}" for w, d in both]
            return [ends, rules, n[name] - self.rate * n[f"d_{name}"]]

        p = n["probs_after"][self._answer]
        return self._all(
            new_weights_1=updated("weights_1", features, neurons),
            new_bias_1=updated("bias_1", neurons),
            new_weights_2=updated("weights_2", neurons, classes),
            new_bias_2=updated("bias_2", classes),
            loss_after=[(), [f"−ln {short(p)}"], -_log(p)],
        )

    @property
    def _answer(self) -> int:
        return int(self.numbers["one_hot"].argmax())

    def _all(self, **rows: list[Any]) -> dict[str, list[Quantity]]:
        return {name: self._quantities(name, *row) for name, row in rows.items()}

    @property
    def neurons(self) -> list[str]:
        """What the hidden neurons are called."""
        return [say("neuron {number}", number=j + 1) for j in range(self.n_hidden)]

    def _quantities(
        self, name: str, ends: tuple[list[str], ...], rules: Sequence[str] = (), expected: ArrayLike = 0.0
    ) -> list[Quantity]:
        """One an entry of the array `name`, which stands between these ends."""
        kind = name.rstrip("_12")
        labels = list(itertools.product(*ends))
        values = self.numbers[name].ravel().tolist()
        results = np.ravel(expected).tolist()
        if len(results) == 1:  # one for all
            results *= len(values)
        return [
            Quantity(
                _symbol(kind, label), say(WORDS[kind], **dict(zip("ab", label, strict=False))), rule, result, value
            )
            for label, rule, result, value in zip(labels, rules or [""] * len(labels), results, values, strict=True)
        ]


def _symbol(kind: str, label: tuple[str, ...]) -> str:
    symbol = SYMBOLS[kind.removeprefix("d_").removeprefix("new_").removesuffix("_after")]
    return (r"\partial L / \partial " if kind.startswith("d_") else "") + symbol % tuple(map(subscript, label))


def _products(above: ArrayLike, below: ArrayLike) -> list[str]:
    return [f"{short(a)} · {factor(d)}" for a in np.asarray(above) for d in np.asarray(below)]


def _log(value: float) -> float:
    with np.errstate(divide="ignore"):
        return float(np.log(value))

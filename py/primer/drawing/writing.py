"""Numbers, sums and rules as a person writes them."""

from __future__ import annotations

import math
import re

from numpy.typing import ArrayLike

from primer.arrays import as_floats
from primer.formulas import latex_text


def short(value: float, digits: int = 4) -> str:
    """A number as a person writes it: no more digits than say something.

    >>> short(0.5), short(-0.74051), short(2.0), short(-0.00001), short(float("inf"))
    ('0.5', '−0.7405', '2', '0', 'inf')
    """
    if not math.isfinite(value):
        return f"{value:g}".replace("-", "−")
    text = f"{value:z.{digits}f}".replace("-", "−")
    return text.rstrip("0").rstrip(".") if "." in text else text


def factor(value: float) -> str:
    """The same behind a sign, where a minus wants brackets.

    >>> factor(0.5), factor(-0.5)
    ('0.5', '(−0.5)')
    """
    return f"({short(value)})" if short(value).startswith("−") else short(value)


def weighted_sum(values: ArrayLike, weights: ArrayLike, bias: float | None = None) -> str:
    """Write out a weighted sum.

    >>> weighted_sum([0.8, 0.5], [1, -0.4], 0.1)
    '0.8 · 1 + 0.5 · (−0.4) + 0.1'
    >>> weighted_sum([-0.8], [1], -0.5)
    '(−0.8) · 1 − 0.5'
    """
    pairs = zip(as_floats(values, "values"), as_floats(weights, "weights"), strict=True)
    rule = " + ".join(f"{factor(value)} · {factor(weight)}" for value, weight in pairs)
    if bias is None:
        return rule
    return f"{rule} − {short(-bias)}" if short(bias).startswith("−") else f"{rule} + {short(bias)}"


def subscript(label: str) -> str:
    r"""What stands below a symbol: of ``neuron 2`` the 2, of ``dog`` the word."""
    return label.removeprefix("neuron ") if label.startswith("neuron ") else latex_text(label)


def latex_rule(rule: str) -> str:
    r"""Turn the plain writing of a rule into LaTeX.

    >>> latex_rule("−0.36 · (1 − 0.8²)")
    '-0.36 \\cdot (1 - 0.8^2)'
    """
    for plain, command in _WRITTEN.items():
        rule = rule.replace(plain, command)
    return rule


_WRITTEN = {"·": r"\cdot", "−": "-", "²": "^2", "tanh": r"\tanh", "ln": r"\ln", "inf": r"\infty", "nan": r"\text{nan}"}


def latex_rows(rule: str, value: str, most: int = 26) -> str:
    """A rule and what it comes to in LaTeX; a sum that is longer goes on below: half a column shows no more."""
    rows = [""]
    pieces = re.split(r" (?=\+ )", rule)
    for piece in [*pieces, f"= {value}"]:
        if rows[-1] and len(pieces) > 1 and len(rows[-1]) + 1 + len(piece) > most:
            rows.append("")
        rows[-1] = f"{rows[-1]} {piece}".strip()
    return " \\\\\n&\\quad ".join(map(latex_rule, rows))

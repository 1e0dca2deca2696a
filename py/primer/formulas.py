"""Formulas with the reader's numbers filled in, as LaTeX."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from primer.arrays import as_floats, reject
from primer.probabilities import softmax


class Formula:
    """A formula that shows itself typeset, in Jupyter and on the pages of this site.

    Parameters
    ----------
    latex : str
        LaTeX without dollar signs.

    Examples
    --------
    >>> Formula(r"e^0 = 1")._repr_latex_()
    '$$e^0 = 1$$'
    """

    def __init__(self, latex: str) -> None:
        self.latex = latex

    def __repr__(self) -> str:
        return self.latex

    def _repr_latex_(self) -> str:
        return f"$${self.latex}$$"


def softmax_formula(names: Sequence[str], logits: ArrayLike, name: str) -> Formula:
    r"""Write out the softmax of one class, step by step, with these logits in it.

    Exponentials are rounded to three decimals and the probability to four; each is computed from
    the logits, not from the rounded numbers before it.

    Parameters
    ----------
    names : sequence of str, length n_classes
        What the classes are called.
    logits : array_like, shape (n_classes,)
        Scores between -700 and 700, so that each exponential can be written down.
    name : str
        The class whose probability is computed, one of `names`.

    Returns
    -------
    Formula

    Raises
    ------
    ValueError
        If the lengths disagree, `name` is unknown or a score is out of range.

    Examples
    --------
    >>> print(softmax_formula(["dog", "cat"], [1, -1], "dog"))
    \begin{aligned}
    &P(\text{dog}) \\
    &= \frac{e^{z_\text{dog}}}{e^{z_\text{dog}} + e^{z_\text{cat}}} \\[0.6em]
    &= \frac{e^{1}}{e^{1} + e^{-1}} \\[0.6em]
    &= \frac{2.718}{2.718 + 0.368} \\[0.6em]
    &= \frac{2.718}{3.086} = 0.8808
    \end{aligned}
    """
    scores = as_floats(logits, "logits")
    if scores.shape != (len(names),):
        raise ValueError(f"logits must be one score for each of the {len(names)} names, got shape {scores.shape}")
    if name not in names:
        raise ValueError(f"name must be one of {', '.join(names)}, got {name!r}")
    reject(np.abs(scores) > 700, scores, "logits must lie in -700..700 to be written out")
    k = list(names).index(name)
    exponentials = np.exp(scores)
    steps = [
        [f"e^{{z_{latex_text(n)}}}" for n in names],
        [f"e^{{{score:.4g}}}" for score in scores],
        [latex_number(value) for value in exponentials],
    ]
    lines = [rf"&= \frac{{{terms[k]}}}{{{' + '.join(terms)}}} \\[0.6em]" for terms in steps]
    share = rf"\frac{{{steps[-1][k]}}}{{{latex_number(float(exponentials.sum()))}}}"
    lines.append(rf"&= {share} = {softmax(scores)[k]:.4f}")
    body = "\n".join([rf"&P({latex_text(name)}) \\", *lines])
    return Formula(f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}")


def latex_number(value: float) -> str:
    r"""Three decimals where they say something, otherwise a power of ten.

    >>> latex_number(2.71828), latex_number(0.0000454), latex_number(0.0)
    ('2.718', '4.540\\times 10^{-5}', '0.000')
    """
    if value == 0 or 0.001 <= abs(value) < 100_000:
        return f"{value:.3f}"
    if not math.isfinite(value):
        return r"\infty" if value > 0 else r"-\infty" if value < 0 else r"\text{nan}"
    mantissa, exponent = f"{value:.3e}".split("e")
    return rf"{mantissa}\times 10^{{{int(exponent)}}}"


_SPECIAL = {"\\": r"\textbackslash ", "^": r"\textasciicircum ", "~": r"\textasciitilde "}
_SPECIAL |= {character: "\\" + character for character in "#$%&_{}"}


def latex_text(name: str) -> str:
    return r"\text{" + "".join(_SPECIAL.get(character, character) for character in name) + "}"

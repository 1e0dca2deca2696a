"""Formulas hold the reader's numbers, rounded as they say."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primer import Formula, softmax, softmax_formula
from primer.formulas import latex_number

ANIMALS = ["duck", "dog", "cat"]


@given(st.lists(st.floats(-10, 10), min_size=3, max_size=3), st.sampled_from(ANIMALS))
def test_the_last_line_ends_with_the_probability(scores, name):
    latex = softmax_formula(ANIMALS, scores, name).latex
    probability = softmax(scores)[ANIMALS.index(name)]
    assert latex.splitlines()[-2].endswith(f"= {probability:.4f}")
    assert latex.count("{") == latex.count("}")


def test_every_step_is_there_with_its_numbers():
    latex = softmax_formula(ANIMALS, [2, 1, -1], "dog").latex
    assert r"\frac{e^{1}}{e^{2} + e^{1} + e^{-1}}" in latex
    assert r"\frac{2.718}{7.389 + 2.718 + 0.368}" in latex
    assert r"\frac{2.718}{10.475} = 0.2595" in latex


@given(st.floats(-1e300, 1e300))
def test_a_written_number_is_the_number_to_three_decimals(value):
    text = latex_number(value)
    found = re.fullmatch(r"(-?\d+\.\d{3})(?:\\times 10\^\{(-?\d+)\})?", text)
    assert found
    read = float(f"{found[1]}e{found[2] or 0}")
    assert read == pytest.approx(value, rel=1e-3, abs=5.001e-4 if value == 0 or found[2] is None else 0)


@pytest.mark.parametrize(("value", "latex"), [(np.inf, r"\infty"), (-np.inf, r"-\infty"), (np.nan, r"\text{nan}")])
def test_what_is_not_finite_is_written_as_such(value, latex):
    assert latex_number(value) == latex


def test_a_name_cannot_become_markup():
    latex = softmax_formula(["a_b{}", "50% & \\frac"], [0, 0], "a_b{}").latex
    assert r"\text{a\_b\{\}}" in latex
    assert r"\text{50\% \& \textbackslash frac}" in latex


def test_a_formula_shows_itself_by_the_protocol_of_jupyter():
    assert Formula("a = b")._repr_latex_() == "$$a = b$$"
    assert repr(Formula("a = b")) == "a = b"


@pytest.mark.parametrize(
    ("names", "logits", "name", "says"),
    [
        (ANIMALS, [1, 2], "dog", r"each of the 3 names, got shape \(2,\)"),
        (ANIMALS, [1, 2, 3], "toaster", "one of duck, dog, cat, got 'toaster'"),
        (ANIMALS, [1, 2, 1000], "dog", "-700..700 .* got 1000 at position 2"),
    ],
)
def test_what_cannot_be_written_out_is_named(names, logits, name, says):
    with pytest.raises(ValueError, match=says):
        softmax_formula(names, logits, name)

"""A step walked through: every number has the rule that led there, and says so where the code went another way."""

import itertools
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primer import cross_entropy, softmax
from primer.drawing.step_picture import step_picture
from primer.drawing.steps import STEPS, step_number
from primer.drawing.walkthrough import Walkthrough
from primer.drawing.writing import latex_rows, short

CLASSES = ["duck", "dog", "cat"]


def step_of(inputs=(0.8, 0.5), answer=1, rate=0.1, seed=0, **changed):
    """The numbers of one step, computed here, some of them replaced."""
    rng = np.random.default_rng(seed)
    n = {"inputs": np.array(inputs), "weights_1": rng.normal(size=(2, 2)), "bias_1": rng.normal(size=2)}
    n |= {"weights_2": rng.normal(size=(2, 3)), "bias_2": rng.normal(size=3), "one_hot": np.eye(3)[answer]}
    n["sums"] = n["inputs"] @ n["weights_1"] + n["bias_1"]
    n["hidden"] = np.tanh(n["sums"])
    n["logits"] = n["hidden"] @ n["weights_2"] + n["bias_2"]
    n["probs"], n["loss"] = softmax(n["logits"]), cross_entropy(n["logits"], answer)
    n["d_logits"] = n["d_bias_2"] = n["probs"] - n["one_hot"]
    n["d_weights_2"], n["d_hidden"] = np.outer(n["hidden"], n["d_logits"]), n["weights_2"] @ n["d_logits"]
    n["d_sums"] = n["d_bias_1"] = n["d_hidden"] * (1 - n["hidden"] ** 2)
    n["d_weights_1"] = np.outer(n["inputs"], n["d_sums"])
    for name in ("weights_1", "bias_1", "weights_2", "bias_2"):
        n[f"new_{name}"] = n[name] - rate * n[f"d_{name}"]
    hidden = np.tanh(n["inputs"] @ n["new_weights_1"] + n["new_bias_1"])
    n["probs_after"] = softmax(hidden @ n["new_weights_2"] + n["new_bias_2"])
    n["loss_after"] = -np.log(n["probs_after"][answer])
    return Walkthrough(["fur", "noise"], CLASSES, learning_rate=rate, **(n | changed))


@given(st.tuples(*[st.floats(-1, 1)] * 2), st.integers(0, 2), st.floats(0, 5), st.integers(0, 50))
def test_every_rule_agrees_with_a_step_that_is_right(inputs, answer, rate, seed):
    walk = step_of(inputs, answer, rate, seed)
    assert [q.words for some in walk.quantities.values() for q in some if not q.agrees] == []


@given(st.integers(0, 30), st.integers(1, len(STEPS)))
def test_the_rule_computes_to_the_number_that_it_says(seed, step):
    walk = step_of(seed=seed)
    for name in step_number(step).makes:
        for quantity in walk.quantities[name]:
            if not quantity.rule:
                continue
            code = quantity.rule
            for plain, python in (("−", "-"), ("·", "*"), ("²", "**2"), ("ln ", "log ")):
                code = code.replace(plain, python)
            code = re.sub(r"log ([\d.]+)", r"np.log(\1)", code).replace("tanh", "np.tanh")
            computed = eval(code, {"np": np})  # with numbers that were rounded to four decimals
            assert computed == pytest.approx(quantity.value, rel=2e-2, abs=1e-3), quantity


def test_the_formula_has_the_numbers_of_the_step():
    walk = step_of(sums=np.array([1.5, -0.25]), hidden=np.tanh([1.5, -0.25]))
    assert walk.formula(3).latex == (
        "\\begin{aligned}\nh_{1} &= \\tanh(1.5) = 0.9051 \\\\\nh_{2} &= \\tanh(-0.25) = -0.2449\n\\end{aligned}"
    )


def test_a_long_rule_goes_on_in_the_next_row():
    assert "\\\\\n&\\quad + " in step_of().formula(9).latex
    rows = latex_rows("0.419 · 1 + 0.25 · 1.5 + 0.0693 · 0.5", "0.8287").replace("\\cdot", "·").split("\\\\\n")
    assert max(map(len, rows)) <= 26 + len("&\\quad ") + 1


def test_code_that_goes_another_way_is_told_in_formula_and_answer():
    walk = step_of(hidden=np.array([0.5, 0.25]))
    wrong = walk.quantities["hidden"][0]
    assert not wrong.agrees
    assert wrong.why.startswith("The output of neuron 1: 0.5, says your code. The rule says ")
    assert r"\ne 0.5\ \text{, which your code gives}" in walk.formula(3).latex
    right = walk.quantities["d_weights_2"]
    assert not any(q.agrees for q in right), "what follows from the code's number no longer fits the old slopes"


def test_nan_and_infinity_are_written_down():
    walk = step_of(sums=np.array([np.inf, np.nan]), probs=np.array([1.0, 0.0, 0.0]), loss=np.inf)
    assert r"\tanh(\infty) = 1" in walk.formula(3).latex
    assert r"-\ln 0 = \infty" in walk.formula(6).latex
    assert short(-np.inf) == "−inf"
    assert "nan" in step_picture(walk, 2).description


@pytest.mark.parametrize("step", [0, len(STEPS) + 1])
def test_there_is_no_other_step(step):
    with pytest.raises(ValueError, match=rf"step must lie in 1\.\.{len(STEPS)}, got {step}"):
        step_of().formula(step)


def test_a_wrong_shape_is_named_with_its_line():
    with pytest.raises(ValueError, match=r"d_hidden must have shape \(2,\), got \(3,\); look at the line"):
        step_of(d_hidden=np.zeros(3))


def test_a_number_that_is_missing_or_unknown_is_named():
    with pytest.raises(ValueError, match="too much or too little of momentum"):
        step_of(momentum=0.9)


def numbers_in(drawing):
    """The names of the numbers that can be asked, and of those that are lit."""
    asked = set(re.findall(r'class="asked" data-name="([a-z_0-9]+) \d+"', drawing.svg))
    lit = set(re.findall(r'data-name="([a-z_0-9]+) \d+"[^>]*><rect[^>]*fill="var\(--mark', drawing.svg))
    return asked, lit


def test_the_picture_shows_what_is_known_by_then_and_lights_what_is_new():
    walk = step_of()
    known = {"weights_1", "bias_1", "weights_2", "bias_2"}
    for step, one in enumerate(STEPS, 1):
        known |= set(one.makes)
        asked, lit = numbers_in(step_picture(walk, step))
        assert lit == set(one.makes) - {"d_bias_1", "d_bias_2"}, "a bias has the slope of its sum, which is there"
        replaced = {name.removeprefix("new_") for name in known if name.startswith("new_")}
        hidden = {"d_bias_1", "d_bias_2", *replaced, *({"loss"} if "loss_after" in known else ())}
        assert asked >= known - hidden
        assert asked <= known


def test_every_number_of_the_picture_answers_and_marks_its_line():
    svg = step_picture(step_of(), 13, cell="the-step", given="the-network").svg
    answers = re.findall(r'data-why="([^"]+)"[^>]*data-marks-cell="([^"]+)" data-marks-code="([^"]+)"', svg)
    assert len(answers) == svg.count('class="asked"') > 30
    assert {(cell, code) for why, cell, code in answers if why.startswith("The sum of neuron")} == {
        ("the-step", "sums = inputs")
    }
    first = step_picture(step_of(), 1, cell="the-step", given="the-network").svg
    assert 'data-marks-cell="the-network" data-marks-code="weights_1 ="' in first


def test_no_number_of_the_picture_lies_on_another():
    for step in range(1, len(STEPS) + 1):
        plates = []
        for found in re.findall(r'<rect class="plate" ([^>]*)', step_picture(step_of(), step).svg):
            x, y, width, height = (
                float(re.search(rf'\b{name}="([^"]+)"', found)[1]) for name in ("x", "y", "width", "height")
            )
            plates.append((x, y, x + width, y + height))
        assert len(plates) > 15
        for one, other in itertools.combinations(plates, 2):
            is_apart = one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
            assert is_apart, (step, one, other)


def test_the_picture_stays_small():
    assert all(len(step_picture(step_of(), step, cell="backprop-step").svg) < 40_000 for step in range(1, 14))

"""A reader's visit to the chapter on back-propagation: the step, its numbers one by one, and the reader's own code."""

import itertools
import re

import numpy as np
import pytest

from at_once import expect
from cells_in_page import PYTHON_STARTS, cell, drag, error, output, run, settled, source, start, type_instead
from primer import MLP, GradientDescent

CHAPTER = ("backpropagation/", "backprop-step")
ANIMALS = ["duck", "dog", "cat"]
STEPS = 13


def oracle(fur, noise, truth, learning_rate):
    """The two losses, by the library's own network."""
    network = MLP([2, 2, 3], "tanh")
    network.set_parameters(
        {
            "weights_1": [[1.0, -0.5], [0.4, 1.0]],
            "bias_1": [0.0986123, 0.5931472],
            "weights_2": [[1.0, 1.5, -0.5], [1.5, -0.5, -1.0]],
            "bias_2": [0.3, 0.1, 0.0],
        }
    )
    X, labels = np.array([[fur, noise]]), np.array([ANIMALS.index(truth)])
    loss, gradients = network.loss_and_gradients(X, labels)
    GradientDescent(learning_rate).step(network.parameters, gradients)
    return loss, network.loss(X, labels)


def told(page):
    """What the step prints: two losses and the check."""
    text = output(page, "backprop-step").text_content()
    found = re.search(
        r"^loss before = (\d+\.\d{4})\nloss after  = (\d+\.\d{4})\nlargest difference = (\d\.\d+)$", text.strip(), re.M
    )
    assert found, text
    return [float(number) for number in found.groups()]


def go_to(page, step):
    drag(page, "stepper", "step", step)
    expect(figure(page)).to_have_attribute(
        "aria-label", re.compile(rf"Step {step} of {STEPS}\."), timeout=PYTHON_STARTS
    )
    settled(page, "stepper", "done")


def figure(page, id="stepper"):
    return output(page, id).locator("figure:has(svg.drawing)")


def marked(page, id):
    """The lines of a cell that are marked, as text."""
    bands = cell(page, id).locator('[data-part="pointed-at"]').all()
    lines = source(page, id).split("\n")
    return [lines[int(band.get_attribute("data-line")) - 1] for band in bands]


def test_the_step_says_at_the_build_what_the_contract_says(plain):
    plain.goto("backpropagation/")
    before, after, difference = told(plain)
    assert (before, after) == (1.3490, pytest.approx(oracle(0.8, 0.5, "dog", 0.1)[1], abs=5e-5))
    assert difference < 1e-6
    expect(output(plain, "stepper").locator("svg.drawing")).to_be_visible()
    expect(output(plain, "your-expression").locator("svg.drawing")).to_be_visible()


@pytest.mark.parametrize(
    ("fur", "noise", "truth", "rate"),
    [(0.8, 0.5, "dog", 0.1), (-1, 1, "duck", 2), (0, 0, "cat", 0), (1, -0.7, "cat", 0.55)],
)
def test_inputs_truth_and_learning_rate_are_those_of_the_step(warm, fur, noise, truth, rate):
    for name, value in {"fur": fur, "noise": noise, "learning_rate": rate}.items():
        drag(warm, "backprop-step", name, value)
    cell(warm, "backprop-step").locator("select[name=truth]").select_option(truth)
    before, after = oracle(fur, noise, truth, rate)
    expect(output(warm, "backprop-step")).to_contain_text(f"loss before = {before:.4f}\nloss after  = {after:.4f}")
    settled(warm, "backprop-step", "done")
    assert told(warm)[2] < 1e-6
    settled(warm, "stepper", "done")
    go_to(warm, 6)
    expect(figure(warm)).to_have_attribute("aria-label", re.compile(rf"the loss: {before:.4f}"))


def test_each_step_marks_its_own_line_and_shows_its_numbers_in_the_formula(warm):
    lines, formulas = [], []
    for step in range(1, STEPS + 1):
        go_to(warm, step)
        lines.append(marked(warm, "backprop-step"))
        formulas.append(output(warm, "stepper").locator(".katex annotation").text_content())
    assert all(lines)
    assert len({tuple(some) for some in lines}) == STEPS
    assert lines[2] == ["    hidden = np.tanh(sums)  # (2,)"]
    assert lines[8] == ["d_hidden = weights_2 @ d_logits  # (2,)"]
    assert r"\tanh(1.0986) = 0.8" in formulas[2]
    assert r"z_{\text{duck}} &= 0.8 \cdot 1 + 0.6 \cdot 1.5 + 0.3 \\" in formulas[3]
    assert "0.2595 - 1 = -0.7405" in formulas[6]
    assert r"\partial L / \partial h_{2}" in formulas[8]
    assert formulas[12].endswith("= 1.0054\n\\end{aligned}")


def test_any_number_answers_where_it_came_from_and_goes_on_answering(warm):
    go_to(warm, 9)
    here = output(warm, "stepper")
    here.get_by_role("button", name="the slope at the output of neuron 2, ∂ 1.39").click()
    answer = here.locator("[data-part=why]")
    expect(answer).to_contain_text(
        "The slope at the output of neuron 2: 1.3932 = 0.7054 · 1.5 + (−0.7405) · (−0.5) + 0.0351 · (−1)."
    )
    expect(answer).to_contain_text("“Forward, delta, back, update”")
    cell(warm, "backprop-step").locator("select[name=truth]").select_option("duck")
    expect(answer).to_contain_text("(−0.2946) · 1.5")
    here.get_by_role("button", name="the weight from neuron 1 to dog, 1.50").click()
    expect(answer).to_contain_text("It is given")
    assert marked(warm, "network") == [line for line in source(warm, "network").split("\n") if "weights_2 =" in line]
    buttons = here.get_by_role("button").filter(has_not_text=re.compile("^$"))
    assert here.locator("svg [role=button]").count() == buttons.count() >= 30


def test_a_line_that_goes_another_way_changes_the_step_and_is_found_out(warm):
    built = source(warm, "backprop-step")
    type_instead(warm, "backprop-step", built.replace("(1 - hidden**2)", "(1 - hidden)"))
    run(warm, "backprop-step")
    assert told(warm)[1] != pytest.approx(1.0054, abs=5e-5), "the step is the reader's"
    assert told(warm)[2] > 0.1, "the gradient check sees it"
    go_to(warm, 10)
    expect(output(warm, "stepper").locator(".katex annotation")).to_contain_text(", which your code gives")


def test_the_gradient_check_takes_the_readers_own_weights(warm):
    type_instead(
        warm, "network", source(warm, "network").replace("[[1.0, -0.5], [0.4, 1.0]]", "[[-2.0, 0.7], [3.0, 0.1]]")
    )
    run(warm, "network")
    settled(warm, "backprop-step", "done")
    before, _, difference = told(warm)
    assert before != pytest.approx(1.3490, abs=1e-3)
    assert difference < 1e-6
    go_to(warm, 2)
    expect(output(warm, "stepper").locator(".katex annotation")).to_contain_text(r"0.8 \cdot (-2) + 0.5 \cdot 3")


def type_expression(page, expression):
    built = source(page, "your-expression")
    start(page, "your-expression", re.sub(r"^result = .*$", f"result = {expression}", built, flags=re.M))


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("(z * z).sum()", "z: value 2 1 −1, slope 4 2 −2."),
        ("np.maximum(z, 0).sum()", "z: value 2 1 −1, slope 1 1 0."),
        ("z[0] / (z[1] - z[2])", "z: value 2 1 −1, slope 0.5 −0.5 0.5."),
        ("np.tanh(z @ np.array([[0.1], [0.2], [0.3]])).mean()", "z: value 2 1 −1, slope 0.099 0.198 0.297."),
    ],
)
def test_an_expression_of_the_readers_own_is_drawn_with_every_value_and_slope(warm, expression, said):
    type_expression(warm, expression)
    expect(figure(warm, "your-expression")).to_have_attribute(
        "aria-label", re.compile(re.escape(said).replace(r"\ ", r"\s+"))
    )
    settled(warm, "your-expression", "done")
    here = output(warm, "your-expression")
    slope = here.get_by_role("button", name="slope at z")
    if slope.get_attribute("aria-pressed") == "false":  # an answer stays through the whole visit
        slope.click()
    expect(here.locator("[data-part=why]")).to_contain_text("How the result moves with each of these numbers")


WRONG = [
    ("np.exp(z)", "backward starts from one number"),
    ("np.log(z).sum()", "log and sqrt want numbers of 0 and above"),
    ("np.sort(z).sum()", "np.sort cannot be differentiated here; known: "),
    ("z @ np.ones(4)", "matmul does not fit shape (3,) and (4,)"),
    ("(z * 2", "was never closed"),
]


def test_a_wrong_expression_is_told_in_words(warm):
    for expression, complaint in WRONG:
        type_expression(warm, expression)
        expect(error(warm, "your-expression")).to_contain_text(complaint)
        settled(warm, "your-expression", "error")


def test_the_whole_network_as_one_expression_is_the_step(warm):
    example = warm.locator("details.example").first
    example.locator("summary").click()
    code = "\n".join(line for line in source(warm, "your-expression").split("\n")[:4])
    type_instead(warm, "your-expression", f"{code}\n{example.locator('pre code').inner_text()}")
    run(warm, "your-expression")
    expect(figure(warm, "your-expression")).to_have_attribute(
        "aria-label", re.compile(r"W1: value .*slope −0\.122\s+0\.713")
    )


def test_a_rate_beyond_the_curvatures_limit_climbs(warm):
    warm.locator("details:has(#bowl) > summary").first.click()
    chart = output(warm, "bowl").locator("figure[role=img]")
    for rate, factor, end in [(0.3, "0.70", 0.0), (1, "0.00", 0.0), (2.2, "-1.20", 39.75)]:
        drag(warm, "bowl", "bowl_rate", rate)
        expect(output(warm, "bowl")).to_contain_text(f"each step multiplies w by {factor}")
        settled(warm, "bowl", "done")
        last = re.search(r"At steps = 12: loss ([\d.]+)\.", chart.get_attribute("aria-label"))
        assert float(last[1]) == pytest.approx(end, abs=0.01)
    limit = float(warm.locator('[data-expr="2 / network_curvature:.2f"]').first.inner_text())
    start, above = [], []
    for rate, losses in ((0, start), (limit + 0.2, above)):
        drag(warm, "one-step", "trial_rate", round(rate, 1))
        expect(output(warm, "one-step").locator("figure[role=img]")).to_have_attribute(
            "aria-label",
            re.compile(rf"Marked, at learning rate = {rate:.1g}" if not rate else "Marked, at learning rate = [3-5]"),
        )
        said = output(warm, "one-step").locator("figure[role=img]").get_attribute("aria-label")
        losses += [float(one) for one in re.search(r"Marked, .*network (\d+\.\d+), parabola (\d+\.\d+)", said).groups()]
    assert above[0] > start[0]
    assert above[1] > start[1]


def test_a_ball_rolls_into_a_valley_leaps_at_too_large_a_rate_and_stays_where_there_is_no_slope(warm):
    def rolled(**values):
        for name, value in values.items():
            drag(warm, "landscape", name, value)
        settled(warm, "landscape", "done")
        told = re.search(r"at the start ([\d.]+), after 40 steps ([\d.]+)", output(warm, "landscape").text_content())
        return tuple(float(loss) for loss in told.groups())

    start, end = rolled()
    assert end < 0.5 * start
    picture = output(warm, "landscape").locator("figure")
    ball = picture.get_by_role("slider", name="the ball")
    ball.focus()
    warm.keyboard.press("ArrowRight")
    expect(cell(warm, "landscape").locator("input[name=start_1]")).to_have_value("-1.4")
    assert rolled(start_1=0, start_2=0) == (0.693, 0.693)
    expect(picture).to_have_attribute("aria-label", re.compile(r"Step 40 leads to \(0\.00, 0\.00\)"))
    rolled(start_1=-1.5, start_2=2.5, roll_rate=30)
    expect(picture).to_have_attribute("aria-label", re.compile(r"it leaves the picture"))


def test_the_gradient_check_finds_each_slope_that_the_mirror_has_found(warm):
    choice = cell(warm, "gradient-check").get_by_label("which")
    drag(warm, "gradient-check", "nudge", 0.001)
    for which in choice.locator("option").all_text_contents():
        choice.select_option(which)
        settled(warm, "gradient-check", "done")
        tried, found = re.findall(r": +(-?[\d.]+)", output(warm, "gradient-check").text_content())
        assert float(tried) == pytest.approx(float(found), abs=2e-6), which


def test_single_pictures_are_noisier_than_batches(warm):
    def curve():
        settled(warm, "epoch", "done")
        return cell(warm, "epoch").evaluate(
            "cell => cell.outputs.at(-1).data['application/vnd.vegalite.v6+json'].data.values"
        )

    climbs = []
    for size in ("1", "25"):
        cell(warm, "epoch").locator("select[name=batch_size]").select_option(size)
        expect(cell(warm, "epoch")).not_to_have_attribute("stale", "")
        losses = [point["value"] for point in curve() if point["name"] == "training set"]
        climbs.append(sum(later > earlier for earlier, later in itertools.pairwise(losses)))
    assert climbs[0] > climbs[1] == 0

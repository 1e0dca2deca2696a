"""A reader's visit to the chapter about one neuron."""

import re

import numpy as np
import pytest

from at_once import expect
from cells_in_page import cell, drag, output, run_instead, settled, source
from figures_in_page import handle, middle, pull, value

CHAPTER = ("perceptron/", "weigh")
PICTURES = np.array([[-0.8, -0.7], [-0.6, 0.8], [0.7, -0.6], [0.8, 0.6]])  # toaster, bird, cat, dog


def test_a_finger_moves_a_line_on_a_phone(phone, axe):
    phone.goto("perceptron/")
    phone.locator("details:has(#detectors) > summary").click()
    for id in ("slopes", "detectors"):  # tables take focus if they scroll, once they have come into sight
        wrap = output(phone, id).locator(".md-typeset__scrollwrap")
        wrap.scroll_into_view_if_needed()
        agrees = "(one) => (one.tabIndex === 0) === (one.scrollWidth > one.clientWidth)"
        phone.wait_for_function(agrees, arg=wrap.element_handle())
    expect(wrap).to_have_attribute("tabindex", "0")
    axe(phone)
    x, y = middle(handle(phone, "quadrants", "furry?"))
    finger = phone.context.new_cdp_session(phone)
    for kind, points in (
        ("touchStart", [{"x": x, "y": y}]),
        ("touchMove", [{"x": x - 20, "y": y}]),
        ("touchMove", [{"x": x - 40, "y": y}]),
        ("touchEnd", []),
    ):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    expect(cell(phone, "quadrants").locator("input[name=fur_cut]")).not_to_have_value("0.3")
    assert value(phone, "quadrants", "fur_cut") < 0.1


def test_a_weight_moves_the_sum_by_the_measure_it_belongs_to(warm):
    drag(warm, "weigh", "w_noise", -1)
    expect(output(warm, "weigh")).to_contain_text("sum = 0.20")
    cell(warm, "weigh").get_by_label("picture", exact=True).select_option("cat")
    expect(output(warm, "weigh")).to_contain_text("sum = 1.30")
    expect(output(warm, "decide")).to_contain_text(re.compile(r"cat +1\.30 > +0\.5 +0\.80 > +0 +yes"))
    expect(output(warm, "decide")).to_contain_text(re.compile(r"dog +0\.20 <= +0\.5 +-0\.30 <= 0 +no"))
    expect(warm.locator('[data-expr="(decisions == is_dog).sum()"]')).to_have_text("2")


def test_dragging_the_line_moves_the_bias_and_the_decisions(warm):
    pull(warm, handle(warm, "line", "neuron: to and fro"), 60, -60)
    settled(warm, "line", "done")
    bias = value(warm, "decide", "bias")
    assert bias < -0.6, "further up and to the right the neuron is pickier"
    expect(cell(warm, "decide").locator("input[name=bias]")).to_have_value(f"{bias:g}")
    expect(output(warm, "decide")).to_contain_text(f"{1.4 + bias:5.2f}")


def test_dragging_the_arrow_turns_the_line_by_the_weights(warm):
    pull(warm, handle(warm, "line", "neuron: weights"), 0, 60)
    settled(warm, "line", "done")
    w_fur, w_noise = value(warm, "weigh", "w_fur"), value(warm, "weigh", "w_noise")
    assert w_noise < 0.5 and w_fur == pytest.approx(1, abs=0.15)
    label = re.compile(rf"Line, neuron: {w_fur:.2f} · fur \+ {w_noise:.2f}".replace("-", "−"))
    expect(output(warm, "line").locator("figure")).to_have_attribute("aria-label", label)


def test_the_lessons_are_those_of_the_perceptron_rule(warm):
    weights, bias = np.array([-1.0, 1.0]), 0.0
    for step in range(1, 13):
        x, label = PICTURES[(step - 1) % 4], int(step % 4 == 0)
        before = weights @ x + bias
        error = label - int(before > 0)
        weights, bias = weights + 0.5 * error * x, bias + 0.5 * error
        if step in (1, 2, 4, 8, 12):
            drag(warm, "lesson", "step", step)
            expect(output(warm, "lesson")).to_contain_text(f"lesson {step} of 12")
            expect(output(warm, "lesson")).to_contain_text(f"error {error}\n")
            told = re.search(r"(\S+) before, (\S+) after", output(warm, "lesson").text_content())
            assert [float(total) for total in told.groups()] == pytest.approx([before, weights @ x + bias], abs=0.006)


def test_one_line_gets_three_of_birds_and_cats_but_not_four(warm):
    answers = [0, 1, 1, 0]
    grid = np.linspace(-2, 2, 41)
    w_1, w_2, b = (axis.ravel() for axis in np.meshgrid(grid, grid, grid))
    right = ((PICTURES @ np.array([w_1, w_2]) + b > 0) == np.array(answers)[:, None]).sum(axis=0)
    assert right.max() == 3, "whatever the sliders say"
    drag(warm, "odd", "a_noise", 1)
    expect(output(warm, "odd")).to_contain_text("right: 3 of 4")


def said_to_be(page):
    """What the network with two layers says yes to, a list for each picture."""
    told = re.findall(r"is said to be \[(.*)\]", output(page, "network").text_content())
    return [re.findall(r"\w+", kinds) for kinds in told]


def test_two_lines_get_the_whole_stream_right_and_one_aggregator_says_yes(warm):
    expect(output(warm, "quadrants")).not_to_contain_text("right: 60 of 60")
    handle(warm, "quadrants", "furry?").focus()
    for _ in range(6):
        warm.keyboard.press("ArrowLeft")
    assert value(warm, "quadrants", "fur_cut") == pytest.approx(0)
    drag(warm, "quadrants", "noise_cut", 0)
    expect(output(warm, "quadrants")).to_contain_text("right: 60 of 60")
    settled(warm, "network", "done")
    assert said_to_be(warm) == [["toaster"], ["bird"], ["cat"], ["dog"]]
    for kind, answers in {"bird": (0, 1), "cat": (1, 0)}.items():
        cell(warm, "network").get_by_label("shown", exact=True).select_option(kind)
        furry, loud = (f"{name}: value {answer:.1f}" for name, answer in zip(("furry?", "loud?"), answers, strict=True))
        label = re.compile(f"{re.escape(furry)}.*{re.escape(loud)}.*{kind}: value 1.0")
        expect(output(warm, "network").locator("figure")).to_have_attribute("aria-label", label)


def test_and_becomes_or_as_the_text_says(warm):
    code = source(warm, "network").replace("-0.5, -1.5])", "-0.5, -0.5])")
    assert code != source(warm, "network")
    run_instead(warm, "network", code)
    assert ["dog" in kinds for kinds in said_to_be(warm)] == [False, True, True, True]


def test_a_step_gives_no_hint_and_a_sigmoid_does_wherever_the_neuron_stands(warm):
    for bias in (-0.5, 0.3, -1.2):
        drag(warm, "decide", "bias", bias, "done")
        settled(warm, "slopes", "done")
        step, soft = output(warm, "slopes").locator("tbody tr").all()
        assert [float(slope) for slope in step.locator("td").all_text_contents()] == [0, 0, 0]
        assert any(float(slope.replace("−", "-")) for slope in soft.locator("td").all_text_contents())

"""A reader's visit to the cross-entropy chapter."""

import math
import re

import pytest

from at_once import expect
from cells_in_page import cell, drag, error, output, run, settled, source, start
from figures_in_page import handle, pull, value

CHAPTER = ("cross-entropy/", "doors")
VERSIONS = re.compile(r"TensorFlow 2\.\d+\.\d+, PyTorch 2\.\d+\.\d+, JAX \d+\.\d+\.\d+, scikit-learn 1\.\d+\.\d+")


@pytest.fixture
def chapter(page):
    """The page as a first visit finds it."""
    page.goto("cross-entropy/")
    return page


def says(page, id, *lines):
    """Wait until a cell has printed these lines, and is done."""
    for line in lines:
        expect(output(page, id)).to_contain_text(line)
    settled(page, id, "done")


def test_the_page_shows_what_the_contract_says_before_python_has_started(chapter):
    expect(chapter.locator("html")).to_have_attribute("data-python", "off")
    assert output(chapter, "doors").text_content().strip().split("\n")[:2] == [
        "likelihood = 0.5432",
        "cross-entropy = 0.6103 nats",
    ]
    assert output(chapter, "one-hot").text_content().strip() == "cross-entropy = 0.3567 nats"
    expect(output(chapter, "picture")).to_contain_text("surprise = 1.3490 nats")


def test_the_tabs_show_the_code_that_was_run_and_say_with_which_releases(chapter):
    chapter.locator("details:has(.tabbed-labels) > summary").click()
    expect(chapter.get_by_text(VERSIONS)).to_be_visible()
    for framework, code in {
        "NumPy": "import numpy as np",
        "TensorFlow 2": "tf.nn.softmax_cross_entropy_with_logits",
        "PyTorch": "functional.cross_entropy",
        "JAX": "jax.nn.log_softmax",
        "scikit-learn": "log_loss",
    }.items():
        chapter.locator(".tabbed-labels label").filter(has_text=re.compile(f"^{framework}$")).click()
        shown = chapter.locator(".tabbed-block:visible")
        expect(shown).to_have_count(1)
        expect(shown).to_contain_text(code)


def test_the_doors_follow_their_sliders(warm):
    drag(warm, "doors", "door_1", 0.5)
    drag(warm, "doors", "door_2", 0.25)
    drag(warm, "doors", "door_3", 1)
    says(warm, "doors", "likelihood = 0.1250", f"cross-entropy = {math.log(8):.4f} nats")
    says(warm, "bits", "3.0000")


@pytest.mark.parametrize("name", ["door_1", "door_2", "door_3"])
def test_a_door_that_was_ruled_out_costs_infinity_and_says_so_in_words(warm, name):
    drag(warm, "doors", name, 0)
    says(warm, "doors", "likelihood = 0.0000", "cross-entropy = inf nats", "You said 'never' of a door")
    for id in ("doors", "bits", "doors-formula", "door-bars"):
        settled(warm, id, "done")
        expect(error(warm, id)).to_be_empty()
        expect(output(warm, id)).not_to_contain_text(re.compile("nan|Warning"))


def test_three_certain_doors_cost_nothing_and_not_minus_nothing(warm):
    for name in ("door_1", "door_2", "door_3"):
        drag(warm, "doors", name, 1)
    says(warm, "doors", "likelihood = 1.0000", "cross-entropy = 0.0000 nats")
    expect(output(warm, "doors")).not_to_contain_text("-0")


def test_the_product_of_many_doors_vanishes_and_the_sum_does_not(warm):
    expect(output(warm, "many-doors")).to_contain_text("product, 32 bits = 0\n")
    drag(warm, "many-doors", "n_doors", 1000)
    says(warm, "many-doors", "product, 64 bits = 0\n", f"sum of -ln p = {-1000 * math.log(0.3):.4f} nats")


def test_clipping_hides_how_wrong_it_is_and_the_scores_do_not(warm):
    says(warm, "clip", "inf", "34.5388", "1000.0000")
    drag(warm, "clip", "lead", 20)
    exact = math.log(math.exp(20) + 1 + math.exp(-1))
    says(warm, "clip", *[f"{way} {exact:.4f}" for way in ("probability:", "clipped:    ", "scores:     ")])


def test_a_bar_that_is_dragged_changes_the_score_and_the_answer_stays_hidden(warm):
    run(warm, "score")
    expect(output(warm, "score")).to_contain_text("score = 1.3863 nats = 2.0000 bits")
    pull(warm, handle(warm, "guess", "guess for dog"), 60)
    expect(output(warm, "score")).not_to_contain_text("1.3863")
    settled(warm, "score", "done")
    dog = value(warm, "guess", "dog_bar")
    assert dog > 0.3
    says(warm, "score", f"score = {-math.log(dog / (0.75 + dog)):.4f} nats")
    expect(output(warm, "answer")).to_contain_text("Still hidden")
    cell(warm, "answer").locator("select[name=reveal]").select_option("picture 1")
    says(warm, "answer", "picture 1 was a dog.")
    label = re.compile(r"dog 0\.\d\d, truth 1\.00")
    expect(output(warm, "answer").locator("figure")).to_have_attribute("aria-label", label)


def test_saying_never_and_saying_nothing_are_both_scored_in_words(warm):
    drag(warm, "guess", "dog_bar", 0)
    says(warm, "score", "score = inf: you said 'never' of what it was.")
    for name in ("toaster_bar", "bird_bar", "cat_bar"):
        drag(warm, "guess", name, 0)
    says(warm, "score", "score = 1.3863 nats")


def test_the_answer_to_one_picture_does_not_show_the_next(warm):
    cell(warm, "answer").locator("select[name=reveal]").select_option("picture 1")
    says(warm, "answer", "picture 1 was a dog.")
    cell(warm, "blurred").locator("select[name=blurred]").select_option("picture 2")
    says(warm, "answer", "You asked for picture 1; your bars are for picture 2.")


def test_no_claim_scores_better_than_the_truth(warm):
    for claim in (0.05, 0.5, 0.65, 0.75, 0.95):
        drag(warm, "honest", "claimed", claim)
        expect(output(warm, "honest")).to_contain_text(re.compile(r"you lose   = \d\.(?!0000)\d{4} nats"))
    drag(warm, "honest", "claimed", 0.7)
    says(warm, "honest", "you lose   = 0.0000 nats")


def test_the_slope_is_the_guess_less_the_truth_for_the_readers_own_scores(warm):
    cell(warm, "picture").locator("select[name=it_was]").select_option("cat")
    drag(warm, "picture", "duck", -4)
    scores = [-4, 1, -1]
    total = sum(map(math.exp, scores))
    slope = [math.exp(z) / total - (k == 2) for k, z in enumerate(scores)]
    expect(output(warm, "slope").locator("tbody tr")).to_have_count(5)
    cell(warm, "slope").locator("[data-action=run]").click()  # it waits for a guess, or for this
    settled(warm, "slope", "done")
    for name in ("p - y", "tried", "code"):
        row = output(warm, "slope").locator("tbody tr").filter(has=warm.get_by_role("rowheader", name=name, exact=True))
        expect(row.locator("td")).to_have_text([f"{value:.4f}".replace("-", "−") for value in slope])
    settled(warm, "downhill", "done")
    here, there = re.findall(r"= ([\d.]+) nats", output(warm, "downhill").text_content())
    assert float(there) < float(here)


def test_a_snippet_edited_wrongly_says_where(warm):
    start(warm, "one-hot", source(warm, "one-hot").replace("[1.0, 0.0, 0.0]", "[1.0, 0.0]"), "error")
    expect(error(warm, "one-hot")).to_contain_text("shapes (2,) (3,)")
    expect(error(warm, "one-hot")).to_contain_text("line 5")

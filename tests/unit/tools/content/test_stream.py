"""What the lab of the stream shows before anything is trained is what the library computes, in the page's language."""

import re

import pytest

from primer import KINDS
from primer.labs import stream as lab
from tools.content import stream


@pytest.fixture(scope="module")
def made():
    return stream.computed()


def test_the_first_pictures_are_those_that_the_lab_lets_come_past_first_with_what_it_says_untrained(made):
    session = {}
    lab.begin(session)
    passed = lab.watch(session, 0, 16)[:8]
    assert [one["kind"] for one in made["first"]] == [one["kind"] for one in passed]
    for one, expected in zip(made["first"], passed, strict=True):
        assert one["probabilities"] == pytest.approx(list(expected["probabilities"]), abs=1e-4)


def test_the_curves_end_with_the_training_and_the_test_of_its_last_epoch(made):
    for name in ("loss", "accuracy"):
        epoch, training, test = made[name][-1]
        assert epoch == lab.Settings().epochs
        assert (training < test) == (name == "loss")


@pytest.mark.parametrize(("language", "said"), [("en", r"it names (\d) of 8"), ("de", r"Es benennt (\d) von 8")])
def test_how_many_were_named_rightly_is_counted(made, language, said):
    guesses = [KINDS[one["probabilities"].index(max(one["probabilities"]))] for one in made["first"]]
    right = sum(guess == one["kind"] for guess, one in zip(guesses, made["first"], strict=True))
    assert re.search(said, stream.html(made, language))[1] == str(right)


def test_no_name_of_a_curve_stands_upon_the_other_or_below_the_axis():
    for train, test in ((125.0, 124.0), (10.0, 10.0), (40.0, 90.0)):
        one, other = stream._apart(train, test, 126)
        assert abs(one - other) >= 13
        assert max(one, other) <= 126

"""Reading times are counted from what stands on the page."""

import pytest

from cells.build.exercises import Exercise
from cells.build.minutes import minutes_told
from cells.build.page import Fence, Page

HERE = "<p>It takes <span data-minutes></span>.</p>"


def told(html="", **fences):
    page = Page("page", fences={id: Fence("", "", hidden, []) for id, hidden in fences.items()})
    page.exercises = {id: Exercise(id, "", "") for id in fences if f"{id}-check" in fences}
    return minutes_told(page, HERE + html)


def page_of(words=0, snippets=0, hidden=0, exercises=0, labs=0):
    fences = {f"s{k}": False for k in range(snippets)} | {f"h{k}": True for k in range(hidden)}
    fences |= {f"e{k}{part}": False for k in range(exercises) for part in ("", "-check")}
    return told("<b>word</b> " * words + '<py-lab id="a"></py-lab>' * labs, **fences)


@pytest.mark.parametrize(
    ("page", "reading", "everything"),
    [
        ({}, 5, 5),
        ({"words": 3000}, 20, 20),
        ({"words": 3000, "snippets": 10}, 20, 30),
        ({"words": 3000, "hidden": 10}, 20, 20),
        ({"words": 2000, "exercises": 5}, 15, 35),
        ({"words": 1000, "labs": 1}, 5, 15),
    ],
)
def test_words_are_read_and_snippets_exercises_and_labs_are_tried(page, reading, everything):
    assert f"about {reading} minutes to read, {everything} with all" in page_of(**page)


def test_tags_and_formulas_are_no_words():
    assert "about 5 minutes to read" in told('<a title="one two">\x02formula 0\x03</a>' * 3000)


def test_a_reader_meets_one_reply_of_many():
    replies = f'<ul data-part="replies"><li>{"word " * 3000}</li></ul>'
    assert "about 5 minutes to read" in told(replies)


def test_a_page_that_does_not_ask_is_left_alone():
    assert minutes_told(Page("page"), "<p>x</p>") == "<p>x</p>"

"""A line that ends in a carriage return is no output: it says how far a run has come."""

import pytest

from cells.page import host, outputs
from cells.page.runner import run_cell


@pytest.fixture
def told(monkeypatch):
    lines = []
    monkeypatch.setattr(outputs, "tell_progress", lines.append)
    return lines


def text(source):
    return "".join(output["text"] for output in run_cell("here", source, {}))


def test_it_is_told_and_leaves_nothing(told):
    assert run_cell("here", "for k in range(3): print('step', k, end='\\r')", {}) == []
    assert told == ["step 0", "step 1", "step 2"]


def test_what_stood_in_earlier_lines_stays_and_the_next_one_is_written_over_it(told):
    assert text("print('first')\nprint('a long line', end='\\r')\nprint('short')") == "first\nshort\n"
    assert text("print('ab', end='')\nprint('c\\rd\\re')") == "e\n"
    assert told == ["a long line", "abc", "d"]


def test_an_end_of_line_as_elsewhere_is_one(told):
    assert text("print('a\\r\\nb')") == "a\nb\n"
    assert told == []


def test_it_takes_no_room_and_keeps_what_was_shown_before(told):
    shown = run_cell("here", "display(1)\nfor k in range(300): print('x' * 1000, end='\\r')\nprint('end')", {})
    assert [output.get("text") for output in shown] == [None, "end\n"]
    assert len(told) == 300


def test_the_page_hears_one_short_line(capfd):
    host._tell_page("step 1\n of 2" + "!" * 200)
    said = capfd.readouterr().err
    assert said == "\x01step 1 of 2" + "!" * (host.PROGRESS_LIMIT - len("step 1 of 2")) + "\n"

"""The drawings of the rooms: as the code is, whole, and with every arrow pointing down."""

import re

import pytest

from tools.base import places
from tools.content import rooms

BOTH = pytest.mark.parametrize("found", [rooms.javascript, rooms.python], ids=lambda found: found.__name__)


def reached(of):
    found = {room: set(to) for room, to in of.items()}
    for room in found:
        todo = [*found[room]]
        while todo:
            new = found[todo.pop()] - found[room]
            found[room] |= new
            todo += new
    return found


def test_the_page_shows_the_rooms_as_they_are():
    text = rooms.PAGE.read_text(encoding="utf-8")
    assert text.count("<svg") == len(rooms.DRAWINGS)
    assert rooms.drawn(text) == text, "call `make rooms`"


def test_each_folder_of_code_is_a_room_of_the_drawing():
    assert set(rooms.javascript()) == {path.name.removesuffix(".mjs") for path in places.RUNTIME.iterdir()}
    for top in ("cells", "tools"):
        folders = {path.parent.name for path in (places.ROOT / "py" / top).glob("*/__init__.py")}
        assert {room.partition("/")[2] for room in rooms.python() if room.startswith(f"{top}/")} == folders


@BOTH
def test_arrows_that_are_left_out_are_implied_by_those_that_are_drawn(found):
    assert reached(rooms.reduced(found())) == reached(found())


@BOTH
def test_no_arrow_can_be_left_out_of_what_is_drawn(found):
    lean = rooms.reduced(found())
    for room, to in lean.items():
        for other in to:
            less = {**lean, room: to - {other}}
            assert other not in reached(less)[room]


@BOTH
def test_every_arrow_points_down(found):
    svg = rooms.drawing(found(), "a", "Rooms")
    ends = re.findall(r'd="M\d+ (\d+).*?L\d+ (\d+)" marker', svg)
    assert len(ends) == sum(map(len, rooms.reduced(found()).values()))
    assert all(int(start) < int(end) for start, end in ends)


def test_what_a_room_reaches_by_another_is_not_drawn_twice():
    assert rooms.reduced({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == {"a": {"b"}, "b": {"c"}, "c": set()}

"""What is made again, and what is not."""

import pytest

from tools.base import files
from tools.base.once import once


@pytest.fixture
def make(tmp_path):
    """Make two targets of what is given; say how often that was done in all."""
    targets = [tmp_path / "one", tmp_path / "two"]
    number = 0

    def write():
        nonlocal number
        number += 1
        for path in targets:
            path.write_text(f"made {number}")

    def make(made_of):
        once(tmp_path / "stamp", made_of, write, targets)
        return number

    return make


def test_the_same_is_made_once_and_something_else_again(make):
    assert [make(of) for of in ("a", "a", "b", "b", "a")] == [1, 1, 2, 2, 3]


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_text("spoilt")])
@pytest.mark.parametrize("name", ["one", "two", "stamp"])
def test_what_is_gone_or_is_not_as_it_was_made_is_made_again(make, tmp_path, name, spoil):
    make("a")
    spoil(tmp_path / name)
    assert [make("a"), make("a")] == [2, 2]
    assert (tmp_path / "one").read_text() == (tmp_path / "two").read_text() == "made 2"


def test_who_fails_has_not_made_it(tmp_path):
    once(tmp_path / "stamp", "a", lambda: None)
    with pytest.raises(ZeroDivisionError):
        once(tmp_path / "stamp", "b", lambda: 1 / 0)
    assert once(tmp_path / "stamp", "b", lambda: None)


def test_what_it_is_made_of_may_be_known_only_afterwards(tmp_path):
    listed = tmp_path / "listed"
    arguments = (tmp_path / "stamp", lambda: listed.read_text() if listed.is_file() else "", lambda: listed.touch())
    assert [once(*arguments), once(*arguments)] == [True, False]
    listed.write_text("another source")
    assert once(*arguments)


def test_a_fingerprint_tells_its_parts_apart(tmp_path):
    (tmp_path / "file").write_bytes(b"ab")
    assert files.fingerprint("ab") == files.fingerprint(b"ab") == files.fingerprint(tmp_path / "file")
    assert len({files.fingerprint(*parts) for parts in (("ab", "c"), ("a", "bc"), ("abc",), ("c", "ab"))}) == 4

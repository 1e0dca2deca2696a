"""Zips are the same whenever what is in them is."""

import pytest

from tools.base import zips

ENTRIES = [("b", b"bytes" * 99), ("a/c", b"")]


@pytest.mark.parametrize("deflated", [True, False])
def test_what_is_packed_comes_out_in_its_order_and_has_the_same_bytes_each_time(tmp_path, deflated):
    zips.write(tmp_path / "one.zip", iter(ENTRIES), deflated=deflated)
    assert zips.entries(tmp_path / "one.zip") == ENTRIES
    assert (tmp_path / "one.zip").read_bytes() == zips.packed(ENTRIES, deflated=deflated)


def test_it_is_compressed_only_where_that_is_asked_for():
    assert len(zips.packed(ENTRIES)) < 495 < len(zips.packed(ENTRIES, deflated=False))

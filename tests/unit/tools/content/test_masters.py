"""The masters: drawn from the icons that `primer.pictures.breeds` names, the same each time."""

import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primer.pictures.breeds import BREEDS
from tools.base import node, places
from tools.base.errors import ToolError
from tools.content import masters


@pytest.fixture(autouse=True, scope="module")
def _packages():
    node.install()


def test_what_stands_there_is_what_the_icons_give():
    assert masters.TARGET.read_bytes() == masters.masters()


def test_they_are_small():
    assert len(zlib.compress(masters.TARGET.read_bytes(), 9)) < 20_000


@pytest.mark.parametrize("icon", ["mdi:no-such-dog", "ph:no-such-dog"])
def test_an_icon_that_is_not_there_is_named(icon):
    with pytest.raises(ToolError, match=r"there is no icon .*no-such-dog.*breeds.py"):
        masters.drawing(icon)


def test_every_set_is_a_package_that_is_only_needed_here():
    package = (places.ROOT / "package.json").read_text()
    for name in {breed.icon.partition(":")[0] for breed in BREEDS} - {"mdi", "fontawesome", "primer"}:
        assert f'"@iconify-json/{name}"' in package[package.index("devDependencies") :]


def png(rows, filters):
    """A PNG of RGBA pixels, each row under the filter given: the other way round from `alpha`."""
    height, width = rows.shape[:2]
    flat = rows.reshape(height, -1).astype(int)
    lines = b""
    for y, kind in enumerate(filters):
        up = flat[y - 1] if y else np.zeros_like(flat[0])
        left, corner = (np.concatenate([np.zeros(4, int), row[:-4]]) for row in (flat[y], up))
        guess = left + up - corner
        near = np.stack([left, up, corner])
        paeth = near[np.abs(near - guess).argmin(axis=0), np.arange(len(up))]
        predicted = [0, left, up, (left + up) // 2, paeth][kind]
        lines += bytes([kind]) + ((flat[y] - predicted) & 255).astype(np.uint8).tobytes()
    made = b"\x89PNG\r\n\x1a\n"
    for name, data in ((b"IHDR", struct.pack(">2I5B", width, height, 8, 6, 0, 0, 0)), (b"IDAT", zlib.compress(lines))):
        made += struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return made


@given(st.lists(st.integers(0, 4), min_size=1, max_size=6), st.integers(1, 5), st.integers(0, 2**32))
def test_every_filter_of_png_is_undone(filters, width, seed):
    rows = np.random.default_rng(seed).integers(0, 256, (len(filters), width, 4))
    np.testing.assert_array_equal(masters.alpha(png(rows, filters)), rows[..., 3])


def test_another_kind_of_png_is_refused():
    grey = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s2I5BI", 13, b"IHDR", 1, 1, 8, 0, 0, 0, 0, 0)
    with pytest.raises(ToolError, match="expected a PNG of 8-bit RGBA"):
        masters.alpha(grey)

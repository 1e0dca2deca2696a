"""Opacity comes out of a PNG as it went in."""

import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.base.errors import ToolError
from tools.content.png import alpha


def encoded(rows, filters):
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
    np.testing.assert_array_equal(alpha(encoded(rows, filters)), rows[..., 3])


def test_another_kind_of_png_is_refused():
    grey = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s2I5BI", 13, b"IHDR", 1, 1, 8, 0, 0, 0, 0, 0)
    with pytest.raises(ToolError, match="expected a PNG of 8-bit RGBA"):
        alpha(grey)

"""The opacity of a PNG, decoded: of all that Pillow does, the build needs these forty lines.

PNG, third edition (W3C, 2025), sections 7 and 9.
"""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from tools.base.errors import ToolError


def alpha(png: bytes) -> NDArray[np.uint8]:
    """Decode the opacity of a PNG with 8 bits for each of red, green, blue and alpha, without gaps between rows."""
    width, height, depth, colours, _, _, interlaced = struct.unpack(">2I5B", png[16:29])
    if (depth, colours, interlaced) != (8, 6, 0):
        raise ToolError(f"expected a PNG of 8-bit RGBA, got depth {depth}, colour type {colours}")
    data, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += length + 12
    lines = np.frombuffer(zlib.decompress(data), np.uint8).reshape(height, 1 + 4 * width)
    rows = np.zeros((height + 1, 4 * width + 4), np.int64)  # one row above and one pixel on the left, of zeros
    for y, line in enumerate(lines.astype(np.int64), 1):
        _unfilter(int(line[0]), line[1:], rows[y - 1], rows[y])
    opacity: NDArray[np.uint8] = rows[1:, 4:].reshape(height, width, 4)[..., 3].astype(np.uint8)
    return opacity


def _unfilter(kind: int, line: NDArray[np.int64], above: NDArray[np.int64], row: NDArray[np.int64]) -> None:
    if kind in (0, 2):
        row[4:] = (line + (above[4:] if kind else 0)) & 255
    elif kind == 1:
        row[4:] = (line.reshape(-1, 4).cumsum(axis=0) & 255).reshape(-1)
    else:
        for x in range(4, len(row)):
            left, up, corner = int(row[x - 4]), int(above[x]), int(above[x - 4])
            guess = (left + up) // 2 if kind == 3 else _paeth(left, up, corner)
            row[x] = (int(line[x - 4]) + guess) & 255


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda near: abs(guess - near))  # the first of equals

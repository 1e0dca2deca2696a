"""Small pictures as PNG, and sheets of them as drawings that a page shows enlarged."""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from primer.arrays import Floats, as_floats
from primer.colours import TABLE
from primer.drawing.signed_map import signed_map
from primer.drawing.svg import SIZE, WIDTH, Drawing, Element, text

COLD, PALE, WARM = (tuple(bytes.fromhex(TABLE[name][0][1:])) for name in ("negative", "surface", "positive"))
"""Red, green and blue of what speaks against, of nothing, and of what speaks for."""


def png(pixels: ArrayLike) -> bytes:
    """Write a picture as PNG: a format that every program reads.

    Parameters
    ----------
    pixels : array_like of uint8, shape (height, width) or (height, width, 3)
        Grey, 0 black to 255 white, or red, green and blue.

    Returns
    -------
    bytes
        PNG, third edition (W3C, 2025), each row without a filter.

    Raises
    ------
    ValueError
        If it is no such picture.

    Examples
    --------
    >>> png(np.zeros((20, 20), np.uint8))[:4]
    b'\\x89PNG'
    """
    picture = np.asarray(pixels)
    if picture.dtype != np.uint8 or picture.shape[2:] not in ((), (3,)) or picture.ndim < 2 or not picture.size:
        raise ValueError(
            "pixels must be uint8 of shape (height, width) or (height, width, 3), "
            f"got {picture.dtype} of shape {picture.shape}"
        )
    height, width = picture.shape[:2]
    rows = np.zeros((height, 1 + picture.size // height), np.uint8)  # each begins with 0: no filter
    rows[:, 1:] = picture.reshape(height, -1)
    head = struct.pack(">2I5B", width, height, 8, 2 if picture.ndim == 3 else 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def png_address(pixels: ArrayLike) -> str:
    """A picture as an address that holds it whole, for ``<img src>``: ``data:image/png;base64,…``."""
    return f"data:image/png;base64,{b64encode(png(pixels)).decode()}"


def signed(values: ArrayLike, limit: float | None = None) -> NDArray[np.uint8]:
    """Colour numbers by their sign: below 0 purple, 0 white, above 0 green.

    Parameters
    ----------
    values : array_like, shape (…, height, width)
    limit : float, optional
        The number that has the full colour; otherwise the largest one, taken without sign, of each picture.

    Returns
    -------
    ndarray of uint8, shape (…, height, width, 3)

    Examples
    --------
    >>> signed([[-1.0, 0.0, 1.0]]).tolist()
    [[[123, 63, 143], [255, 255, 255], [63, 122, 42]]]
    """
    numbers = as_floats(values, "values")
    largest = np.abs(numbers).max(axis=(-2, -1), keepdims=True) if limit is None else np.full((), limit)
    share = np.clip(numbers / np.where(largest > 0, largest, 1), -1, 1)[..., None]
    pale = np.array(PALE, float)
    coloured = pale + np.abs(share) * (np.where(share < 0, np.array(COLD, float), np.array(WARM, float)) - pale)
    colours: NDArray[np.uint8] = np.rint(coloured).astype(np.uint8)
    return colours


def picture_sheet(
    pictures: NDArray[np.uint8] | Floats, description: str, *, captions: Sequence[str] = (), columns: int = 8
) -> Drawing:
    """Show pictures side by side, enlarged without smoothing.

    Parameters
    ----------
    pictures : ndarray of uint8, shape (n_pictures, height, width) or (n_pictures, height, width, 3)
        As for `png`; or numbers of floats, shape (n_pictures, height, width), which become green above 0 and purple
        below.
    description : str
        The text alternative: what is to be seen, in words.
    captions : sequence of str
        What stands below each; short, for there is little room.
    columns : int
        Pictures a row.

    Returns
    -------
    Drawing

    Raises
    ------
    ValueError
        If captions and pictures differ in number, there is no column, or a picture of floats has no rows and columns
        or an entry that is NaN.

    Examples
    --------
    >>> picture_sheet(np.zeros((2, 4, 4), np.uint8), "Two black squares.", captions=["dog", "cat"])
    Two black squares.
    """
    if captions and len(captions) != len(pictures):
        raise ValueError(f"give a caption for each picture: {len(pictures)} pictures, {len(captions)} captions")
    if columns < 1:
        raise ValueError(f"columns must be 1 or above, got {columns}")
    gap, step = 4, WIDTH / columns
    side = step - gap
    below = SIZE + gap if captions else 0
    drawn: list[Element] = []
    for i, picture in enumerate(pictures):
        row, column = divmod(i, columns)
        x, y = column * step, row * (side + gap + below)
        drawn.append(signed_map(picture, x, y, side) if picture.dtype.kind == "f" else _image(picture, x, y, side))
        if captions:
            drawn.append(text(x + side / 2, y + side + below / 2, captions[i], font_size=SIZE - 2))
    n_rows = -(-len(pictures) // columns)
    return Drawing(WIDTH, max(n_rows * (side + gap + below), 1), description, *drawn)


def _image(picture: NDArray[np.uint8], x: float, y: float, side: float) -> Element:
    # Not plain href: Material rewrites every one that it finds, and an SVG image's cannot be set.
    link = {"xmlns:xlink": "http://www.w3.org/1999/xlink", "xlink:href": png_address(picture)}
    return Element("image", x=x, y=y, width=side, height=side, **link, image_rendering="pixelated")

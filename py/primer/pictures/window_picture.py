"""A window that slides over a picture: what it sees, what it multiplies by, and what it has found everywhere."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from primer.arrays import Floats, as_floats
from primer.convolution import slide
from primer.drawing.marks import grip
from primer.drawing.signed_map import signed_map
from primer.drawing.svg import EDGE, INK, SIZE, TOUCH, WIDTH, Drag, Drawing, Element, breadth, handle, number, text
from primer.pictures.images import png_address
from primer.words import decimal, say

PICTURE = 160
"""Units across the picture; what was found has the same units a pixel."""
TOP, GAP, GRID_SIDE = 24, 26, 96


def window_picture(
    picture: ArrayLike, kernel: ArrayLike, row: int, column: int, *, drag: Sequence[str] = ()
) -> Drawing:
    """Show a window on a picture, the products under it, and the sums of all places.

    Parameters
    ----------
    picture : array_like, shape (side, side)
        Whole numbers, the smallest black and the largest white.
    kernel : array_like, shape (size, size)
        The weights.
    row, column : int
        Where the window's upper left corner lies.
    drag : sequence of str, length 2, optional
        The parameters that hold `row` and `column`.

    Returns
    -------
    Drawing

    Raises
    ------
    ValueError
        If the shapes are not square, or the window does not lie on the picture.

    Examples
    --------
    >>> window_picture([[0, 9, 9], [0, 9, 9], [0, 9, 9]], [[-1, 1], [-1, 1]], 1, 0)
    A picture of 3 by 3 pixels, and on it a window of 2 by 2, at row 1 and column 0. It sees 0, 9; 0, 9. \
Times −1, 1; −1, 1 that is 0, 9; 0, 9, together 18. Over all places the sums go from 0 to 18.
    """
    x, weights = as_floats(picture, "picture"), as_floats(kernel, "kernel")
    sums = slide(x, weights)
    for name, one in (("picture", x), ("kernel", weights)):
        if one.shape[0] != one.shape[1]:
            raise ValueError(f"{name} must be square, as many rows as columns, got {one.shape}")
    side, size = len(x), len(weights)
    if not (0 <= row < len(sums) and 0 <= column < len(sums)):
        raise ValueError(f"row and column must lie in 0..{side - size}, where the window fits, got {row} and {column}")
    seen = x[row : row + size, column : column + size]
    products, unit = seen * weights, PICTURE / side
    low, high = float(x.min()), float(x.max())
    grey = np.rint((x - low) / (high - low or 1) * 255).astype(np.uint8)
    found_at = WIDTH - unit * len(sums)
    drawn = [
        text(PICTURE / 2, 10, say("picture"), fill=INK, font_weight=600),
        text((found_at + WIDTH) / 2, 10, say("sums"), fill=INK, font_weight=600),
        _image(png_address(grey)),
        signed_map(sums, found_at, TOP, unit * len(sums)),
        _frame(found_at + column * unit, TOP + row * unit, unit, INK),
    ]
    below = TOP + PICTURE + GAP
    drawn += _written(seen, weights, products, below)
    total = _told(float(products.sum()))
    drawn.append(
        text(
            WIDTH / 2,
            below + GRID_SIDE + 20,
            say("added up: {total}", total=total),
            fill=INK,
            font_weight=600,
            font_size=SIZE + 2,
        )
    )
    window = _frame(column * unit, TOP + row * unit, unit * size, TOUCH)
    if drag:
        middle = (column + size / 2) * unit, TOP + (row + size / 2) * unit
        drags = [Drag(drag[1], column, 1 / unit, 0), Drag(drag[0], row, 0, 1 / unit)]
        window = handle(say("the window"), drags, window, *grip(*middle, small=True))
    where = say(
        "A picture of {side} by {side} pixels, and on it a window of {size} by {size}, at row {row} and "
        "column {column}.",
        side=side,
        size=size,
        row=row,
        column=column,
    )
    what = say(
        "It sees {seen}. Times {weights} that is {products}, together {total}.",
        seen=_rows(seen),
        weights=_rows(weights),
        products=_rows(products),
        total=decimal(total),
    )
    least, most = (decimal(_told(float(end))) for end in (sums.min(), sums.max()))
    range_told = say("Over all places the sums go from {least} to {most}.", least=least, most=most)
    said = f"{where} {what} {range_told}"
    return Drawing(WIDTH, below + GRID_SIDE + 36, said, *drawn, window)


def _told(value: float) -> str:
    return number(value, 0 if value == round(value) else 2)


def _rows(grid: Floats) -> str:
    return "; ".join(", ".join(decimal(_told(float(value))) for value in row) for row in grid)


def _image(address: str) -> Element:
    # Not plain href: Material rewrites every one that it finds, and an SVG image's cannot be set.
    link = {"xmlns:xlink": "http://www.w3.org/1999/xlink", "xlink:href": address}
    return Element("image", x=0, y=TOP, width=PICTURE, height=PICTURE, **link, image_rendering="pixelated")


def _frame(left: float, top: float, side: float, colour: str) -> Element:
    return Element("rect", x=left, y=top, width=side, height=side, fill="none", stroke=colour, stroke_width=3)


def _written(seen: Floats, weights: Floats, products: Floats, top: float) -> list[Element]:
    """The three squares of numbers; none, if a number is too long for its place."""
    size = len(weights)
    cell = GRID_SIDE / size
    if any(breadth(_told(float(value))) > cell for grid in (seen, weights, products) for value in grid.flat):
        return [text(WIDTH / 2, top + GRID_SIDE / 2, say("These numbers are too long to be written here."))]
    step = (WIDTH - GRID_SIDE) / 2
    drawn = [
        text(step * k - (step - GRID_SIDE) / 2, top + GRID_SIDE / 2, sign, fill=INK) for k, sign in ((1, "×"), (2, "="))
    ]
    for k, grid in enumerate((seen, weights, products)):
        left = step * k
        drawn.append(Element("rect", x=left, y=top, width=GRID_SIDE, height=GRID_SIDE, fill="none", stroke=EDGE))
        drawn += [
            text(left + (j + 0.5) * cell, top + (i + 0.5) * cell, _told(float(value)), fill=INK)
            for i, line in enumerate(grid)
            for j, value in enumerate(line)
        ]
    return drawn

"""What can happen to a picture between the thing and the page: turned, moved, blurred, inverted, noisy.

Pictures are grey: arrays of shape (n_pictures, height, width), 0 black to 1 white. Every step takes many
at once and returns new arrays in the width it was given. Nothing but plain arithmetic is done to a pixel, never a
sum whose order a computer may choose, so that each picture is the same in every Python.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from primer.arrays import Floats, Integers, as_floats


def photograph(
    masters: Floats, which: Integers, size: int, *, angles: ArrayLike, scales: ArrayLike, shifts: ArrayLike
) -> Floats:
    r"""Take a small picture of each of some large ones, turned, scaled and shifted at once.

    A point :math:`p` of the small picture, counted from its middle, shows the point
    :math:`R(-\theta)(p - t) / s` of the large one, between four pixels of which it interpolates. The
    large picture is first halved as long as it has more than twice the pixels.

    Parameters
    ----------
    masters : ndarray, shape (n_masters, side, side)
        Square pictures; around each lies nothing, 0.
    which : ndarray of int, shape (n_pictures,)
        The master of each picture.
    size : int
        Pixels across a picture.
    angles : array_like, shape (n_pictures,)
        Degrees, anticlockwise.
    scales : array_like, shape (n_pictures,)
        1 shows the whole master; above, it is larger.
    shifts : array_like, shape (n_pictures, 2)
        Pixels of the small picture, to the right and down.

    Returns
    -------
    ndarray, shape (n_pictures, size, size)

    Raises
    ------
    ValueError
        If shapes disagree or a scale is not above 0.

    Examples
    --------
    >>> cross = np.array([[[0.0, 1.0], [0.0, 0.0]]])
    >>> photograph(cross, np.array([0]), 2, angles=[90], scales=[1], shifts=[[0, 0]]).round(6)
    array([[[1., 0.],
            [0., 0.]]])
    """
    turned, zoomed, moved = as_floats(angles, "angles"), as_floats(scales, "scales"), as_floats(shifts, "shifts")
    n_pictures = len(which)
    if masters.ndim != 3 or masters.shape[1] != masters.shape[2]:
        raise ValueError(f"masters must be square pictures, shape (n_masters, side, side), got {masters.shape}")
    if turned.shape != (n_pictures,) or zoomed.shape != (n_pictures,) or moved.shape != (n_pictures, 2):
        raise ValueError(
            f"angles, scales and shifts must have shapes ({n_pictures},), ({n_pictures},) and ({n_pictures}, 2), one "
            f"row a picture, got {turned.shape}, {zoomed.shape} and {moved.shape}"
        )
    if (zoomed <= 0).any():
        raise ValueError(f"scales must be above 0, got {zoomed.min():g}")
    while masters.shape[1] >= 2 * size and masters.shape[1] % 2 == 0:
        masters = halved(masters)
    side, dtype = masters.shape[1], masters.dtype
    framed = np.pad(masters, ((0, 0), (1, 1), (1, 1)))  # what lies outside is read from this frame
    pixels, stride = framed.reshape(-1), side + 2

    steps = (np.arange(size) - (size - 1) / 2).astype(dtype)
    per_pixel = (side / size) / zoomed  # pixels of the master for one of the picture
    radians = np.deg2rad(turned)
    cos, sin = ((per_pixel * ratio).astype(dtype)[:, None, None] for ratio in (np.cos(radians), np.sin(radians)))
    x = steps[None, None, :] - moved[:, 0].astype(dtype)[:, None, None]  # (n_pictures, 1, size)
    y = steps[None, :, None] - moved[:, 1].astype(dtype)[:, None, None]  # (n_pictures, size, 1)
    middle = dtype.type((side + 1) / 2)
    columns = np.clip(cos * x - sin * y + middle, 0, side + 0.999)  # (n_pictures, size, size); y points down
    rows = np.clip(sin * x + cos * y + middle, 0, side + 0.999)

    left, top = columns.astype(np.intp), rows.astype(np.intp)
    columns -= left.astype(dtype)
    rows -= top.astype(dtype)
    corner = top
    corner *= stride
    corner += left
    corner += (np.asarray(which) * stride * stride)[:, None, None]
    upper, lower = (_between(pixels[corner + row], pixels[corner + row + 1], columns) for row in (0, stride))
    return _between(upper, lower, rows)


def halved(pictures: Floats) -> Floats:
    """Half as many pixels each way, each the mean of four: (n_pictures, 2a, 2b) to (n_pictures, a, b)."""
    rows = pictures[:, ::2] + pictures[:, 1::2]
    quarter: Floats = (rows[..., ::2] + rows[..., 1::2]) / 4
    return quarter


def blur(pictures: Floats, amounts: ArrayLike) -> Floats:
    """Let each pixel give a part of its light to its neighbours.

    Parameters
    ----------
    pictures : ndarray, shape (n_pictures, height, width)
    amounts : array_like, shape (n_pictures,)
        The share that goes to each side, first across, then down: 0 is sharp, 1/3 is the mean of
        three. At the edge it comes back, so no light is lost.

    Raises
    ------
    ValueError
        If an amount lies outside 0..0.5.

    Examples
    --------
    >>> blur(np.array([[[0.0, 1.0, 0.0]]]), [0.25])
    array([[[0.25, 0.5 , 0.25]]])
    """
    shares = as_floats(amounts, "amounts")
    if ((shares < 0) | (shares > 0.5)).any():
        raise ValueError(f"amounts must lie in 0..0.5, got {shares.min():g} to {shares.max():g}; try 0.25")
    side = shares.astype(pictures.dtype)[:, None, None]
    centre = 1 - 2 * side
    for axis in (2, 1):
        widths = [(0, 0), (0, 0), (0, 0)]
        widths[axis] = (1, 1)
        edged = np.pad(pictures, widths, mode="edge")
        before, after = (edged[:, :, :-2], edged[:, :, 2:]) if axis == 2 else (edged[:, :-2], edged[:, 2:])
        pictures = centre * pictures + side * (before + after)
    return pictures


def invert(pictures: Floats, chosen: NDArray[np.bool_]) -> Floats:
    """Exchange black and white in the `chosen` pictures, as in a negative.

    Examples
    --------
    >>> invert(np.array([[[0.0, 0.75]], [[0.0, 0.75]]]), np.array([True, False])).tolist()
    [[[1.0, 0.25]], [[0.0, 0.75]]]
    """
    flags = np.asarray(chosen, dtype=bool)[:, None, None]
    return np.where(flags, 1 - pictures, pictures)


def add_noise(pictures: Floats, spread: float, rng: np.random.Generator) -> Floats:
    """Add a number drawn by chance to each pixel: normal, mean 0, standard deviation `spread`.

    The result may lie a little below 0 or above 1.

    Raises
    ------
    ValueError
        If `spread` is below 0.
    """
    if not 0 <= spread < np.inf:
        raise ValueError(f"spread must be a number of 0 or above, got {spread:g}")
    noise = rng.standard_normal(pictures.shape, dtype=np.float32).astype(pictures.dtype, copy=False)
    return pictures + pictures.dtype.type(spread) * noise


def to_bytes(pictures: Floats) -> NDArray[np.uint8]:
    """Round to 256 steps of grey, 0 black to 255 white, as files and screens have them.

    >>> to_bytes(np.array([[[-0.1, 0.5, 1.0]]])).tolist()
    [[[0, 128, 255]]]
    """
    levels: NDArray[np.uint8] = (np.clip(pictures, 0, 1) * 255 + 0.5).astype(np.uint8)
    return levels


def _between(a: Floats, b: Floats, share: Floats) -> Floats:
    return a + share * (b - a)

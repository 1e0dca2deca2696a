"""Small grey pictures of toasters, birds, cats and dogs, for a network to learn from and to be tested on.

Each is a photograph of a breed's master (`breeds`): what is drawn by chance for it stands in `Camera`, what is done
with that in `transforms`. The same seed gives the same pictures, bit for bit, in every Python.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from primer.arrays import Floats, Integers, as_floats
from primer.data import KINDS, Seed
from primer.pictures.breeds import BREEDS, masters
from primer.pictures.transforms import add_noise, blur, invert, photograph, to_bytes

SIZE = 20
"""Pixels across a picture."""

_AT_ONCE = 256  # pictures; more would not fit into a processor's cache

Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Camera:
    """How much one photograph of the same thing differs from the next. All is drawn evenly between the limits.

    Parameters
    ----------
    size : int
        Pixels across a picture.
    rotate : float
        Degrees, at most, to either side.
    scale : tuple of float
        Smallest and largest; at 1 the master fills the picture.
    shift : float
        Pixels, at most, in each direction.
    mirror : float
        Share of the pictures in which left and right are exchanged.
    paper, ink : tuple of float
        Brightness of what is around the thing, and of the thing: 0 is black, 1 white.
    invert : float
        Share of the pictures that are negatives.
    blur : float
        Share of a pixel's light that goes to each side, at most; see `primer.pictures.transforms.blur`.
    grain : float
        Standard deviation of what chance adds to each pixel.

    Raises
    ------
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> Camera(rotate=0, grain=0).rotate
    0
    """

    size: int = SIZE
    rotate: float = 15.0
    scale: tuple[float, float] = (0.8, 1.1)
    shift: float = 1.5
    mirror: float = 0.5
    paper: tuple[float, float] = (0.75, 1.0)
    ink: tuple[float, float] = (0.0, 0.25)
    invert: float = 0.5
    blur: float = 0.2
    grain: float = 0.06

    def __post_init__(self) -> None:
        if self.size != int(self.size) or not 4 <= self.size <= 48:
            raise ValueError(f"size must be a whole number from 4 to 48 pixels, got {self.size}; try {SIZE}")
        for name, most in (("rotate", 180), ("shift", 48), ("mirror", 1), ("invert", 1), ("blur", 0.5), ("grain", 1)):
            if not 0 <= getattr(self, name) <= most:
                raise ValueError(f"{name} must lie in 0..{most}, got {getattr(self, name):g}")
        for name, least, most in (("scale", 0.1, 4), ("paper", 0, 1), ("ink", 0, 1)):
            low, high = getattr(self, name)
            if not least <= low <= high <= most:
                raise ValueError(f"{name} must be two numbers in {least}..{most}, the smaller first, got {low}, {high}")

    def take(self, breeds: ArrayLike, seed: Seed) -> Bytes:
        """Photograph breeds, one picture each.

        Parameters
        ----------
        breeds : array_like of int, shape (n_pictures,)
            Places in `primer.pictures.breeds.BREEDS`.
        seed : int or numpy.random.Generator
            The same seed gives the same pictures.

        Returns
        -------
        ndarray of uint8, shape (n_pictures, size, size)
            0 is black, 255 white.

        Examples
        --------
        >>> Camera().take([0, 47], seed=1).shape
        (2, 20, 20)
        """
        which = np.asarray(breeds, dtype=np.intp)
        if which.ndim != 1 or ((which < 0) | (which >= len(BREEDS))).any():
            raise ValueError(f"breeds must be a list of numbers in 0..{len(BREEDS) - 1}, got {breeds!r:.60}")
        taken = np.empty((len(which), self.size, self.size), np.uint8)
        for part, pictures in self._develop(which, np.random.default_rng(seed)):
            taken[part] = pictures
        return taken

    def _develop(self, which: Integers, rng: np.random.Generator) -> Iterator[tuple[slice, Bytes]]:
        n_pictures = len(which)
        angles = rng.uniform(-self.rotate, self.rotate, n_pictures)
        scales = rng.uniform(*self.scale, n_pictures)
        shifts = rng.uniform(-self.shift, self.shift, (n_pictures, 2))
        papers, inks = (rng.uniform(*limits, n_pictures).astype(np.float32) for limits in (self.paper, self.ink))
        blurs = rng.uniform(0, self.blur, n_pictures)
        mirrored, inverted = (rng.random(n_pictures) < share for share in (self.mirror, self.invert))
        drawn = masters()
        both = np.concatenate([drawn, drawn[:, :, ::-1]])
        sides = which + len(drawn) * mirrored
        for start in range(0, n_pictures, _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            inked = photograph(
                both, sides[part], self.size, angles=angles[part], scales=scales[part], shifts=shifts[part]
            )
            paper, ink = papers[part, None, None], inks[part, None, None]
            lit = invert(blur(paper + inked * (ink - paper), blurs[part]), inverted[part])
            yield part, to_bytes(add_noise(lit, self.grain, rng))


class Pictures(NamedTuple):
    """Some pictures, and what they show.

    Attributes
    ----------
    pixels : ndarray of uint8, shape (n_pictures, size, size)
        0 is black, 255 white.
    labels : ndarray of int, shape (n_pictures,)
        Places in `primer.KINDS`: 0 toaster, 1 bird, 2 cat, 3 dog.
    breeds : ndarray of int, shape (n_pictures,)
        Places in `primer.pictures.breeds.BREEDS`.
    """

    pixels: Bytes
    labels: Integers
    breeds: Integers

    def name(self, i: int) -> str:
        """Say what picture `i` shows: ``"dog, poodle"``."""
        breed = BREEDS[self.breeds[i]]
        return f"{breed.kind}, {breed.name}"


class Split(NamedTuple):
    """Pictures to learn from, and the three situations in which a network is tested.

    Attributes
    ----------
    train : Pictures
        What it learns from: known breeds.
    met : Pictures
        Some of those again: dogs that it has met, in the very pictures.
    test : Pictures
        New photographs of known breeds.
    new_breeds : Pictures
        Breeds of which it has seen nothing.
    """

    train: Pictures
    met: Pictures
    test: Pictures
    new_breeds: Pictures


def kinds_of(breeds: Integers) -> Integers:
    """Class number of each breed number: its place in `primer.KINDS`."""
    return np.array([KINDS.index(breed.kind) for breed in BREEDS])[breeds]


def split(n_train: int = 8000, n_test: int = 1000, *, seed: int = 0, camera: Camera | None = None) -> Split:
    """Photograph everything that a network is to be trained and tested with.

    Each of the three situations has as many pictures of each breed as of any other, or one more, in random order,
    and a random generator of its own: the test pictures do not change with the number to learn from.

    Parameters
    ----------
    n_train, n_test : int
        How many to learn from, and how many for each test.
    seed : int
        The same seed gives the same pictures.
    camera : Camera, optional
        How they are taken.

    Returns
    -------
    Split

    Raises
    ------
    ValueError
        If a number is below 0.

    Examples
    --------
    >>> train, met, test, new_breeds = split(100, 20)
    >>> train.pixels.shape, bool(set(train.breeds) & set(new_breeds.breeds))
    ((100, 20, 20), False)
    """
    for name, number in (("n_train", n_train), ("n_test", n_test)):
        if number != int(number) or number < 0:
            raise ValueError(f"{name} must be a whole number of 0 or above, got {number}")
    camera = camera or Camera()
    known, new = ([i for i, breed in enumerate(BREEDS) if breed.is_new == is_new] for is_new in (False, True))

    def taken(of: list[int], n_pictures: int, stream: int) -> Pictures:
        rng = np.random.default_rng([seed, stream])
        breeds = rng.permutation(np.resize(of, n_pictures))
        return Pictures(camera.take(breeds, rng), kinds_of(breeds), breeds)

    train = taken(known, int(n_train), 0)
    met = Pictures(train.pixels[:n_test], train.labels[:n_test], train.breeds[:n_test])
    return Split(train, met, taken(known, int(n_test), 1), taken(new, int(n_test), 2))


def inputs(pixels: ArrayLike, dtype: DTypeLike = np.float64) -> Floats:
    r"""Turn pictures into what the network takes: one row each, dark and bright evened out.

    .. math:: x = \frac{g - \bar g}{\sqrt{\overline{(g - \bar g)^2} + \epsilon}}

    So a picture taken in dim light looks to the network like one taken in the sun.

    Parameters
    ----------
    pixels : array_like of uint8, shape (n_pictures, size, size) or, for one picture, (size, size)
        0 black to 255 white.
    dtype : type
        The width of the result.

    Returns
    -------
    ndarray, shape (n_pictures, size * size) or (size * size,)
        Mean 0 and standard deviation 1 in each row; all 0 for a picture of one shade.

    Examples
    --------
    >>> inputs([[0, 255], [255, 0]]).round(3)
    array([-1.,  1.,  1., -1.])
    """
    grey = as_floats(pixels, "pixels")
    if grey.ndim not in (2, 3):
        raise ValueError(f"pixels must have shape (n_pictures, size, size) or (size, size), got {grey.shape}")
    rows = grey.reshape(*grey.shape[:-2], grey.shape[-2] * grey.shape[-1])
    n_pixels = max(rows.shape[-1], 1)
    # Sums of whole numbers are exact in any order, so every Python finds the same mean and spread.
    total, squares = rows.sum(axis=-1, keepdims=True), (rows * rows).sum(axis=-1, keepdims=True)
    mean = total / n_pixels
    spread = np.sqrt(np.maximum(squares / n_pixels - mean * mean, 0) + 1e-3)  # grey steps
    even: Floats = ((rows - mean) / spread).astype(dtype, copy=False)
    return even

"""The toasters, birds, cats and dogs that the pictures show, who drew them, and the masters they are made from."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from primer.arrays import Floats

if TYPE_CHECKING:
    from importlib.abc import ResourceLoader

MASTER_SIZE = 48
"""Pixels across a master, the clean large picture that all photographs of a breed are made from."""

FILE = "masters.npy"
"""Beside this module: uint8, shape (n_breeds, 48, 24), two pixels a byte, the left one in the upper half; 15 is ink."""


class Breed(NamedTuple):
    """One toaster, bird, cat or dog.

    Attributes
    ----------
    kind : str
        One of `primer.KINDS`.
    name : str
        What it is called here.
    is_new : bool
        Kept away from training: it appears only when the trained network is tested.
    icon : str
        Set and name of the icon that it was drawn as.
    author, licence : str
        Whom to thank for the icon, and the licence's SPDX identifier.
    """

    kind: str
    name: str
    is_new: bool
    icon: str
    author: str
    licence: str


_SETS = {
    "mdi": ("Pictogrammers", "Apache-2.0"),
    "fontawesome": ("Fonticons, Inc.", "CC-BY-4.0"),
    "fluent-emoji-high-contrast": ("Microsoft Corporation", "MIT"),
    "emojione-monotone": ("Emoji One", "CC-BY-4.0"),
    "ph": ("Phosphor Icons", "MIT"),
    "lucide-lab": ("Lucide Contributors", "ISC"),
    "icon-park-solid": ("ByteDance", "Apache-2.0"),
    "primer": ("this site", "MIT"),
}
_GAME_ICONS = {"Delapouite": "toaster rooster seagull feline labrador-head basset-hound-head", "Lorc": "cat hollow-cat"}

# Kind: breeds to train on; new breeds.
_BREEDS = {
    "toaster": (
        "classic mdi:toaster, steaming game-icons:toaster, oven mdi:toaster-oven, two-slice primer:two-slices, "
        "one-slice primer:one-slice, long-slot primer:long-slot, round primer:round, popping primer:popping, "
        "outlined primer:outlined",
        "rustic lucide-lab:toaster, tall primer:tall, levered primer:with-a-lever",
    ),
    "bird": (
        "hummingbird mdi:bird, duck mdi:duck, owl mdi:owl, penguin mdi:penguin, crow fontawesome:crow, "
        "dove fontawesome:dove, parrot fluent-emoji-high-contrast:parrot, swan fluent-emoji-high-contrast:swan, "
        "rooster game-icons:rooster",
        "goose fluent-emoji-high-contrast:goose, robin ph:bird-fill, seagull game-icons:seagull",
    ),
    "cat": (
        "kitten mdi:cat, siamese fontawesome:cat, tabby fluent-emoji-high-contrast:cat, "
        "bombay fluent-emoji-high-contrast:black-cat, shorthair fluent-emoji-high-contrast:cat-face, "
        "tuxedo emojione-monotone:cat, bobtail emojione-monotone:grinning-cat-face, persian game-icons:cat, "
        "burmese ph:cat-fill",
        "angora emojione-monotone:cat-face, abyssinian game-icons:feline, sphynx game-icons:hollow-cat",
    ),
    "dog": (
        "puppy mdi:dog, terrier mdi:dog-side, schnauzer fontawesome:dog, beagle fluent-emoji-high-contrast:dog, "
        "bernard fluent-emoji-high-contrast:dog-face, poodle fluent-emoji-high-contrast:poodle, "
        "pug emojione-monotone:dog-face, labrador game-icons:labrador-head, spaniel ph:dog-fill",
        "shepherd fluent-emoji-high-contrast:service-dog, basset game-icons:basset-hound-head, "
        "chow icon-park-solid:dog",
    ),
}


def _breed(kind: str, entry: str, is_new: bool) -> Breed:
    name, icon = entry.split()
    folder, _, file = icon.partition(":")
    if folder == "game-icons":
        author, licence = next(who for who, drawn in _GAME_ICONS.items() if file in drawn.split()), "CC-BY-3.0"
    else:
        author, licence = _SETS[folder]
    return Breed(kind, name, is_new, icon, author, licence)


BREEDS = tuple(
    _breed(kind, entry, is_new)
    for kind, groups in _BREEDS.items()
    for is_new, group in zip((False, True), groups, strict=True)
    for entry in group.split(", ")
)
"""All breeds, in the order of the masters."""


@cache
def masters() -> Floats:
    """The master of each breed.

    Returns
    -------
    ndarray of float32, shape (n_breeds, 48, 48)
        1 is ink and 0 is paper; read-only. The order is that of `BREEDS`.

    Raises
    ------
    FileNotFoundError
        If they have not been made: `make vendor` draws them from the icons.

    Examples
    --------
    >>> masters().shape == (len(BREEDS), MASTER_SIZE, MASTER_SIZE)
    True
    """
    beside = Path(__file__).with_name(FILE)
    try:
        content = cast("ResourceLoader", __spec__.loader).get_data(str(beside))  # in the page, out of a zip
    except OSError:
        raise FileNotFoundError(f"{beside} is not there; `make vendor` draws it from the icons") from None
    pairs: NDArray[np.uint8] = np.load(io.BytesIO(content), allow_pickle=False)  # (n_breeds, 48, 24)
    levels = np.stack([pairs >> 4, pairs & 15], axis=-1).reshape(len(pairs), MASTER_SIZE, MASTER_SIZE)
    drawn = levels.astype(np.float32) / np.float32(15)
    drawn.flags.writeable = False
    return drawn

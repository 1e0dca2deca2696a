"""The belt of the home page: pictures that primer's own network has judged, and what each threshold keeps of them.

All is computed here, when the site is built: the page's script compares numbers and shows words that stand there.
"""

import json
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

import numpy as np

from primer import KINDS, softmax
from primer.drawing.animals import animal
from primer.labs.training import Training
from primer.pictures import inputs, split
from primer.pictures.images import png_address
from tools.base import files, places

TARGET = places.BUILD / "home" / "belt.md"
AT_FIRST = 0.5
"""The threshold that the page begins with, and has without JavaScript."""
_N_TRAIN, _NEURONS, _EPOCHS = 2000, 24, 6
"""A small network after a short training: it is sure of much, wrong about some, and done in a moment."""
_FIRST, _MANY = 517, 8
"""Of its thousand test pictures eight that follow one another, in which no threshold is right."""


class Judged(NamedTuple):
    """A picture on the belt: what it is, how probably the network calls it a dog, and what the network saw."""

    kind: str
    p: float
    seen: str


def judged() -> list[Judged]:
    """Train the network, and have it judge the pictures; P(dog) in hundredths, as the page shows it."""
    pictures = split(_N_TRAIN, 1000, seed=0)
    training = Training(pictures.train, hidden=[_NEURONS], n_epochs=_EPOCHS, seed=0)
    while not training.is_over:
        training.step()
    pixels = pictures.test.pixels[_FIRST : _FIRST + _MANY]
    probs = softmax(training.network.forward(inputs(pixels)))[:, KINDS.index("dog")]
    kinds = [KINDS[label] for label in pictures.test.labels[_FIRST : _FIRST + _MANY]]
    seen = map(png_address, pixels)
    return [Judged(*one) for one in zip(kinds, np.round(probs, 2).tolist(), seen, strict=True)]


def words(kept: Sequence[str], others: Sequence[str]) -> str:
    """Say what was kept, missed and let in, of the kinds on both sides of a threshold.

    >>> words(["dog", "dog", "cat"], ["dog", "bird"])
    '2 dogs kept, 1 missed, 1 cat let in.'
    >>> words([], ["cat", "dog"])
    'No dog kept, 1 missed, nothing else let in.'
    """
    dogs, missed = kept.count("dog"), others.count("dog")
    strangers = [_number(kept.count(kind), kind) for kind in ("cat", "bird", "toaster") if kind in kept]
    let_in = " and ".join(filter(None, (", ".join(strangers[:-1]), *strangers[-1:]))) or "nothing else"
    return f"{_number(dogs, 'dog')} kept, {missed or 'none'} missed, {let_in} let in."


def _number(n: int, kind: str) -> str:
    return f"{n or 'No'} {kind}{'' if n <= 1 else 's'}"


def html(pictures: Sequence[Judged]) -> str:
    """Write the belt, as it is at the first threshold, with the words for every other one."""
    by_p = sorted(pictures, key=lambda one: -one.p)
    said = [words([one.kind for one in by_p[:n]], [one.kind for one in by_p[n:]]) for n in range(len(by_p) + 1)]
    n_kept = sum(one.p > AT_FIRST for one in pictures)
    on_the_belt = "".join(_photo(one) for one in pictures)
    album = "".join(
        f'<li data-p="{one.p:.2f}"{"" if one.p > AT_FIRST else " hidden"}>{animal(one.kind, one.p).svg}</li>'
        for one in pictures
    )
    return (
        f'<div class="stage" data-search-exclude data-belt="{escape(json.dumps(said))}">'
        f'<ul class="belt" aria-label="Pictures, and how sure a network is that each is a dog">{on_the_belt}</ul>'
        '<label class="keep sliding" for="belt-threshold"><span>Keep it if it is more than this sure</span>'
        f"<b>{AT_FIRST:.0%}</b>"
        '<input type="range" id="belt-threshold" min="0" max="1" step="0.01" '
        f'value="{AT_FIRST}" autocomplete="off"></label>'
        f'<div class="album"><ul aria-label="Your album">{album}</ul><p>{said[n_kept]}</p></div>'
        "</div>\n"
    )


def _photo(one: Judged) -> str:
    kept = " data-kept" if one.p > AT_FIRST else ""
    return (
        f'<li data-kind="{one.kind}" data-p="{one.p:.2f}"{kept}>{animal(one.kind, one.p).svg}'
        f'<img src="{one.seen}" width="20" height="20" alt=""><span>dog {one.p:.0%}</span></li>'
    )


def write() -> None:
    """Write build/home/belt.md."""
    files.put(TARGET, html(judged()).encode())

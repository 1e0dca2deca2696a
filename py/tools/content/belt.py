"""The belt of the home page: pictures that primer's own network has judged, and what each threshold keeps of them.

All is computed here, when the site is built: the page's script compares numbers and shows words that stand there.
"""

import json
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

import numpy as np

from cells.build.words import speaking
from cells.page.prose import in_prose
from primer import KINDS, softmax
from primer.drawing.animals import animal
from primer.labs.training import Training
from primer.pictures import inputs, split
from primer.pictures.images import png_address
from tools.base import files, site
from tools.content.words import included, say

_PICTURES = "Pictures, and how sure a network is that each is a dog"
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


def words(kept: Sequence[str], others: Sequence[str], language: str = "en") -> str:
    """Say what was kept, missed and let in, of the kinds on both sides of a threshold.

    >>> words(["dog", "dog", "cat"], ["dog", "bird"])
    '2 dogs kept, 1 missed, 1 cat let in.'
    >>> words([], ["cat", "dog"])
    'No dog kept, 1 missed, nothing else let in.'
    >>> words(["dog", "dog", "cat"], ["dog", "bird"], "de")
    '2 Hunde behalten, 1 verpasst, 1 Katze eingelassen.'
    """
    dogs, missed = kept.count("dog"), others.count("dog")
    strangers = [_number(kept.count(kind), kind, language) for kind in ("cat", "bird", "toaster") if kind in kept]
    both = f" {say('and', language)} ".join(filter(None, (", ".join(strangers[:-1]), *strangers[-1:])))
    return say(
        "{dogs} kept, {missed} missed, {others} let in.",
        language,
        dogs=_number(dogs, "dog", language) if dogs else say("No dog", language),
        missed=missed or say("none", language),
        others=both or say("nothing else", language),
    )


def _number(n: int, kind: str, language: str) -> str:
    return f"{n} {say(kind if n == 1 else f'{kind}s', language)}"


def html(pictures: Sequence[Judged], language: str = "en") -> str:
    """Write the belt, as it is at the first threshold, with the words for every other one."""
    by_p = sorted(pictures, key=lambda one: -one.p)
    kinds = [one.kind for one in by_p]
    said = [words(kinds[:n], kinds[n:], language) for n in range(len(by_p) + 1)]
    n_kept = sum(one.p > AT_FIRST for one in pictures)
    on_the_belt = "".join(_photo(one, language) for one in pictures)
    album = "".join(
        f'<li data-p="{one.p:.2f}"{"" if one.p > AT_FIRST else " hidden"}>{animal(one.kind, one.p).svg}</li>'
        for one in pictures
    )
    return (
        f'<div class="stage" data-search-exclude data-belt="{escape(json.dumps(said))}">'
        f'<ul class="belt" aria-label="{say(_PICTURES, language)}">{on_the_belt}</ul>'
        '<label class="keep sliding" for="belt-threshold"><span>'
        f"{say('Keep it if it is more than this sure', language)}</span>"
        f"<b>{in_prose(f'{AT_FIRST:.0%}', language)}</b>"
        '<input type="range" id="belt-threshold" min="0" max="1" step="0.01" '
        f'value="{AT_FIRST}" autocomplete="off"></label>'
        f'<div class="album"><ul aria-label="{say("Your album", language)}">{album}</ul><p>{said[n_kept]}</p></div>'
        "</div>\n"
    )


def _photo(one: Judged, language: str) -> str:
    kept = " data-kept" if one.p > AT_FIRST else ""
    return (
        f'<li data-kind="{one.kind}" data-p="{one.p:.2f}"{kept}>{animal(one.kind, one.p).svg}'
        f'<img src="{one.seen}" width="20" height="20" alt="">'
        f"<span>{say('dog', language)} {in_prose(f'{one.p:.0%}', language)}</span></li>"
    )


def write() -> None:
    """Write it for the home page of each language."""
    pictures = judged()
    site.options().use()  # whose library says what an animal is
    for language in site.languages():
        with speaking(language):
            files.put(included("belt.md", language), html(pictures, language).encode())

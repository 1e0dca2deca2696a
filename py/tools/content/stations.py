"""The stations of the course as pictures: what one will do there, for the home page and for the end of each chapter.

Titles and minutes stand in mkdocs.yml, what is drawn comes from the library's own numbers.
"""

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from cells.page.prose import in_prose
from primer import KINDS, softmax
from primer.colours import token
from primer.data import four_quadrants
from primer.drawing.animals import animal, placed
from primer.drawing.marks import marks_of
from primer.drawing.svg import Element, text
from tools.base import files, site
from tools.base.errors import ToolError
from tools.content.words import included, say

_WIDTH, _HEIGHT = 240, 140
_INK, _SOFT, _LINE, _TOUCH, _SURFACE = map(token, ("ink", "ink-soft", "line-strong", "touch", "surface"))


class Station(NamedTuple):
    """A chapter: its page, what one does there, and what one can do after it."""

    page: str
    does: str
    can: tuple[str, ...]
    title: str = ""
    minutes: int = 0
    language: str = "en"

    def say(self, text: str, **values: object) -> str:
        """Give a text in its language."""
        return escape(say(text, self.language, **values))

    @property
    def address(self) -> str:
        return f"{self.page}/"


_STATIONS = (
    Station(
        "perceptron",
        "Drag a line between dogs and all the rest.",
        (
            "build a neuron from weights and a bias, and read its line",
            "train a perceptron, mistake by mistake",
            "say what one line cannot do, and how two can",
        ),
    ),
    Station(
        "softmax",
        "Push one score up and see what the others do.",
        (
            "turn any scores into probabilities, by hand and in NumPy",
            "say why only differences count, and what temperature does",
            "keep an exponential from overflowing",
        ),
    ),
    Station(
        "cross-entropy",
        "Give being wrong a price.",
        (
            "put a number on how wrong a guess is, in nats",
            "say why sure and wrong costs most",
            "compute a loss from the scores without losing a digit",
        ),
    ),
    Station(
        "backpropagation",
        "Send an error back through the network, edge by edge.",
        (
            "follow a slope back to every weight, and check it by nudging",
            "take a training step, and choose how long it is",
            "tell training from testing",
        ),
    ),
    Station(
        "train-your-dog",
        "Watch a network find four quadrants by itself.",
        (
            "write the loop: forward, backward, update",
            "read a pair of loss curves",
            "tell a learning rate that crawls from one that jumps",
        ),
    ),
    Station(
        "dog-stream",
        "Set your network on a stream, and fill an album.",
        (
            "train a network on pictures, and test it on what it has not seen",
            "set a threshold, and say what it costs",
            "say what a probability does not promise",
        ),
    ),
)


_AFTER = "today/"
"""Where the way leads on after the last station."""


def stations(language: str = "en") -> list[Station]:
    """List them in their order, with titles and minutes.

    Raises
    ------
    ToolError
        If mkdocs.yml has other ones.
    """
    config = site.read(site.CONFIG)
    titles = {page.removeprefix(f"{language}/").removesuffix(".md"): title for title, page in site.pages(language)}
    minutes = config["extra"]["stations"]
    if [one.address for one in _STATIONS] != list(minutes):
        raise ToolError(
            f"mkdocs.yml: extra: stations: expected {', '.join(one.address for one in _STATIONS)}, got "
            f"{', '.join(minutes)}; a new chapter needs its picture in py/tools/content/stations.py"
        )
    return [one._replace(title=titles[one.page], minutes=minutes[one.address], language=language) for one in _STATIONS]


def picture(page: str, language: str = "en") -> str:
    """Draw what one will do at a station, with numbers as its language writes them."""
    drawn = {
        "perceptron": _a_line(),
        "softmax": _shares(language),
        "cross-entropy": _surprise(language),
        "backpropagation": _back(),
        "train-your-dog": _quadrants(),
        "dog-stream": _stream(),
    }[page]
    box = f"0 0 {_WIDTH} {_HEIGHT}"
    return str(Element("svg", *drawn, class_="station-picture", viewBox=box, aria_hidden="true", font_size=14))


_HERE, _NEXT = "Station {number} · about {minutes} minutes", "Next · about {minutes} minutes"


def card(one: Station, number: int, base: str = "", lead: str = _HERE) -> str:
    """Write a station as a picture that leads there, below a lead."""
    return (
        f'<a class="station-card" href="{base}{one.address}">{picture(one.page, one.language)}'
        f'<span class="station-lead">{one.say(lead, number=number, minutes=one.minutes)}</span>'
        f'<strong>{escape(one.title)}</strong> <span class="station-does">{one.say(one.does)}</span></a>'
        f'<span data-progress="{one.page}.md"></span>'
    )


def road(found: list[Station]) -> str:
    """Write all of them, for the home page."""
    items = "".join(f"<li>{card(one, number)}</li>" for number, one in enumerate(found, 1))
    return f'<ol class="wide stations-road">{items}</ol>\n'


def ending(found: list[Station], number: int) -> str:
    """Write the end of a chapter: the dog sits, what one can do now, and what comes next."""
    here = found[number - 1]
    ticks = "".join(f"<li>{here.say(can)}</li>" for can in here.can)
    if number < len(found):
        on = card(found[number], number + 1, "../", _NEXT)
    else:
        on = (
            f'<a class="station-card" href="../{_AFTER}">{picture(here.page, here.language)}'
            f'<span class="station-lead">{here.say("And then")}</span>'
            f"<strong>{here.say('You have trained your dog.')}</strong> "
            f'<span class="station-does">{here.say("Go on to the networks you have heard of.")}</span></a>'
        )
    label, can = here.say("The end of this chapter"), here.say("Now you can")
    return (
        f'<section class="wide ending" aria-label="{label}" data-search-exclude>{_sitting(here.say("A dog that sits"))}'
        f'<div><p class="ending-head">{can}</p><ul class="ticks">{ticks}</ul></div>'
        f"<div>{on}</div></section>\n"
    )


def write() -> None:
    """Write what the pages of each language include."""
    for language in site.languages():
        found = stations(language)
        files.put(included("road.md", language), road(found).encode())
        for number in range(1, len(found) + 1):
            files.put(included(f"end-{number}.md", language), ending(found, number).encode())


def _points(n: int) -> Iterator[Element]:
    places_, kinds = four_quadrants(n, scatter=0.1, seed=7)
    marks = marks_of(KINDS)
    for (x, y), kind in zip(places_, kinds, strict=True):
        mark = marks[int(kind)]
        yield Element("path", d=mark.shape(_WIDTH / 2 + 100 * x, _HEIGHT / 2 - 58 * y), fill=mark.colour)


def _a_line() -> Iterator[Element]:
    yield from _points(28)
    yield Element("path", d="M86 4L214 136", stroke=_TOUCH, stroke_width=3, stroke_linecap="round")
    yield _knob(150, 70)


def _shares(language: str) -> Iterator[Element]:
    for row, (kind, share) in enumerate(zip(("bird", "dog", "cat"), softmax([2.0, 1.0, -1.0]), strict=True)):
        y = 10 + 42 * row
        yield placed(animal(kind, float(share)), 6, y, 34)
        yield Element("rect", x=50, y=y + 7, width=130 * float(share), height=20, rx=4, fill=token(kind))
        yield text(232, y + 17, in_prose(f"{share:.1%}", language), anchor="end", fill=_INK, font_weight=600)


def _surprise(language: str) -> Iterator[Element]:
    def at(p: float) -> tuple[float, float]:
        return 26 + 200 * p, 122 + 28 * float(np.log(p))

    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in map(at, np.linspace(0.018, 1, 60)))
    yield Element("path", d="M26 8V122H232", stroke=_LINE, stroke_width=1.5, fill="none")
    yield Element("path", d=f"M{path}", stroke=_INK, stroke_width=3, fill="none")
    p = float(softmax([2.0, 1.0, -1.0])[1])
    x, y = at(p)
    yield Element("path", d=f"M{x:.1f} 122V{y:.1f}", stroke=token("dog"), stroke_width=2, stroke_dasharray="4 4")
    yield placed(animal("dog", p), x - 15, y - 15, 30)
    told = say("{loss} nats", language, loss=in_prose(f"{-np.log(p):.2f}", language))
    yield text(x + 22, y - 8, told, anchor="start", fill=_INK, font_weight=600)


def _back() -> Iterator[Element]:
    columns = [[(30, y) for y in (44, 96)], [(120, y) for y in (24, 70, 116)], [(208, y) for y in (24, 70, 116)]]
    weights = np.random.default_rng(3).normal(size=40)
    k = 0
    for left, right in pairwise(columns):
        for x, y in left:
            for to_x, to_y in right:
                width, dashes = 1 + 1.8 * abs(weights[k]), "6 5" if weights[k] < 0 else None
                edge = f"M{x} {y}L{to_x} {to_y}"
                yield Element("path", d=edge, stroke=_SOFT, stroke_width=width, stroke_dasharray=dashes)
                k += 1
    for x, y in (place for column in columns[:2] for place in column):
        yield Element("circle", cx=x, cy=y, r=12, fill=_SURFACE, stroke=_INK, stroke_width=2.5)
    for (x, y), kind in zip(columns[2], ("bird", "dog", "cat"), strict=True):
        yield Element("circle", cx=x, cy=y, r=18, fill=_SURFACE)
        yield placed(animal(kind, 0.26), x - 16, y - 16, 32)
    back = "M190 64C170 40 148 36 134 60m-1-12l1 12l12-3"
    yield Element("path", d=back, stroke=token("bad"), stroke_width=3, fill="none", stroke_linecap="round")


def _quadrants() -> Iterator[Element]:
    for kind, x, y in (("bird", 14, 6), ("dog", 120, 6), ("toaster", 14, 70), ("cat", 120, 70)):
        yield Element("rect", x=x, y=y, width=106, height=64, fill=token(kind), fill_opacity=0.16)
    yield from _points(28)


def _stream() -> Iterator[Element]:
    for x, kind, p in ((4, "toaster", 0.0), (64, "dog", 0.97), (124, "cat", 0.0), (184, "dog", 0.6)):
        yield Element("rect", x=x, y=10, width=52, height=60, rx=4, fill=_SURFACE, stroke=_LINE, stroke_width=1.5)
        yield placed(animal(kind, p), x + 6, 18, 40)
    yield Element("path", d="M0 76H240", stroke=_INK, stroke_width=3)
    for x in (90, 210):
        yield Element("path", d=f"M{x} 82v14m-5-6l5 6l5-6", stroke=token("dog"), stroke_width=2.5, fill="none")
    yield Element("rect", x=60, y=102, width=172, height=36, rx=6, fill=_SURFACE, stroke=_LINE, stroke_width=1.5)
    for x, p in ((74, 0.97), (112, 0.9), (150, 0.8), (194, 0.6)):
        yield placed(animal("dog", p), x, 105, 30)


def _knob(x: float, y: float) -> Element:
    return Element("circle", cx=x, cy=y, r=9, fill=_SURFACE, stroke=_TOUCH, stroke_width=4)


def _sitting(label: str) -> str:
    """The dog, sitting: it has learned something, too."""
    fur = token("dog")
    snout = token("snout")
    tail = "M92 112c20 2 26-14 20-28"
    body = "M30 122c-8-30 2-58 30-58s38 28 30 58c-1 5-6 6-10 6H40c-4 0-9-1-10-6z"
    paws = "M44 128v-24m32 24v-24"
    inside = (
        Element("path", d=tail, stroke=fur, stroke_width=9, stroke_linecap="round", fill="none", class_="tail"),
        Element("path", d=body, fill=fur),
        Element("path", d="M60 72c10 0 15 12 15 26s-6 22-15 22-15-8-15-22 5-26 15-26z", fill=snout),
        Element("path", d=paws, stroke=fur, stroke_width=11, stroke_linecap="round"),
        placed(animal("dog", 1.0), 18, 0, 84),
    )
    said = {"role": "img", "aria_label": label}
    return str(Element("svg", *inside, class_="sitting", viewBox="0 0 124 134", **said))

"""The lab of the stream before anything has been trained: what comes past first, and how the page's own training went.

It is computed when the site is built, once for a state of the library, for it takes seconds. Without JavaScript it is
what the lab shows; with it, until the reader's own network does. The markup is that of `runtime/labs/dog-stream`.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from primer import KINDS
from primer.drawing.svg import Element
from primer.labs import stream
from primer.labs.training import examine
from primer.pictures.camera import SIZE
from primer.pictures.images import png_address
from tools.base import files, places, site
from tools.content.words import included, say

_KEPT = places.BUILD / "stream.json"
_FIRST, _STRETCH = 8, 16
"""Pictures that are shown, of those that the lab asks for at a time."""
_PARTS = 5
"""Points of an epoch at which the training's loss is told."""
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM, _LINE = 340, 150, 40, 54, 10, 24, 13
"""As in `runtime/lab/curves.mjs`."""
_VENDOR = "../vendor/"
"""From a page of the course in English."""
_UNTRAINED = (
    "The first pictures of the stream, seen by a network that has learned nothing yet. Its weights are random: it "
    "names {right} of {count} correctly."
)

Points = list[list[Any]]
"""Epoch, training, test."""


def computed() -> dict[str, Any]:
    """Watch the stream with a network that has learned nothing, then train it; kept until the library is another."""
    sources = [*sorted((places.PY / "primer").rglob("*.py")), *sorted((places.PY / "primer").rglob("*.npy"))]
    made_of = files.fingerprint(*sources, Path(__file__))
    if _KEPT.is_file() and (kept := json.loads(_KEPT.read_text(encoding="utf-8")))["made_of"] == made_of:
        return dict(kept)
    session: stream.Session = {}
    stream.begin(session)
    passed = stream.watch(session, 0, _STRETCH)[:_FIRST]
    training, pictures = session["work"].training, session["work"].pictures
    loss: Points = []
    accuracy: Points = []
    for step in range(1, training.n_steps + 1):
        training.step()
        epoch, is_whole = step / training.steps_per_epoch, step % training.steps_per_epoch == 0
        if is_whole or step % (training.steps_per_epoch // _PARTS) == 0:
            loss.append([round(epoch, 2), round(training.state.train_loss, 4), None])
        if is_whole:
            met, test = examine(training.network, pictures.met), examine(training.network, pictures.test)
            loss[-1][2] = round(test.loss, 4)
            accuracy.append([round(epoch, 2), round(met.accuracy, 3), round(test.accuracy, 3)])
    first = [
        {
            "kind": one["kind"],
            "seen": png_address(np.frombuffer(one["pixels"], np.uint8).reshape(SIZE, SIZE)),
            "probabilities": np.round(one["probabilities"], 4).tolist(),
        }
        for one in passed
    ]
    made = {"made_of": made_of, "first": first, "loss": loss, "accuracy": accuracy}
    files.put(_KEPT, json.dumps(made).encode())
    return made


def html(made: dict[str, Any], language: str = "en") -> str:
    """Write both charts and the belt, the newest picture first."""
    charts = _curves(say("Loss in nats", language), made["loss"], None, language) + _curves(
        say("Accuracy", language), made["accuracy"], 1.0, language
    )
    right = sum(KINDS[int(np.argmax(one["probabilities"]))] == one["kind"] for one in made["first"])
    before = say(_UNTRAINED, language, right=right, count=len(made["first"]))
    cards = "".join(_card(one, language) for one in reversed(made["first"]))
    return (
        f'<div data-part="charts" class="built" data-search-exclude>{charts}</div>'
        f'<section data-part="stream" data-search-exclude><h2>{say("The stream", language)}</h2>'
        f'<ol class="strip" aria-label="{say("Pictures that come past first", language)}">{cards}</ol>'
        f'<p class="hint" data-part="untrained">{before}</p></section>\n'
    )


def _card(one: dict[str, Any], language: str) -> str:
    p = one["probabilities"][stream.DOG]
    rows = "".join(
        f"<div><dt>{_face(kind, p)}<span>{say(kind, language)}</span></dt>"
        f'<dd><span class="bar" aria-hidden="true"><span class="fill" '
        f'style="background:var(--{kind});width:{100 * share:.1f}%"></span></span><span>{share:.2f}</span></dd></div>'
        for kind, share in zip(KINDS, one["probabilities"], strict=True)
    )
    return (
        f'<li><div class="seen"><img class="picture" src="{one["seen"]}" width="20" height="20" '
        f'alt="{say(one["kind"], language)}">{_face("dog", p)}</div><dl class="bars">{rows}</dl></li>'
    )


def _face(kind: str, p: float) -> str:
    face = f"dog-{round(8 * p)}" if kind == "dog" else kind
    address = f"{_VENDOR}animals.svg#{face}"
    # Material's script writes to each href, and cannot to this.
    return f'<svg class="animal" viewBox="0 0 64 64" aria-hidden="true"><use xlink:href="{address}"/></svg>'


def _curves(title: str, points: Points, top: float | None, language: str) -> str:
    """Draw a pair of curves as the page does."""
    told = [value for _, *values in points for value in values if value is not None]
    top = top or max(told)
    (end, train, test), bottom, right = points[-1], _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
    assert end and train is not None and test is not None, "a training ends with a test"

    def place(epoch: float, value: float) -> tuple[float, float]:
        across = _LEFT + epoch / end * (right - _LEFT)
        return across, bottom - min(value, top) / top * (bottom - _TOP)

    def path(column: int) -> str:
        places = (place(at, point[column]) for point in points if (at := point[0]) and point[column] is not None)
        return "M" + "L".join(f"{across:.1f} {down:.1f}" for across, down in places)

    heights = _apart(place(end, train)[1], place(end, test)[1], bottom)
    last = place(end, 0)[0] + 5
    picture = Element(
        "svg",
        Element("path", class_="axis", d=f"M{_LEFT} {_TOP}V{bottom}H{right}"),
        _word(f"{top:.2g}", _LEFT - 6, _TOP, "end"),
        _word("0", _LEFT - 6, bottom, "end"),
        _word(f"{say('epoch', language)} 0", _LEFT, _HEIGHT - 11),
        _word(f"{end:g}", right, _HEIGHT - 11, "end"),
        Element("path", class_="train", d=path(1)),
        Element("path", class_="test", d=path(2)),
        *(_word(say(word, language), last, y) for word, y in zip(("training", "test"), heights, strict=True)),
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        role="img",
        aria_label=f"{title}: {say('training', language)} {train}, {say('test', language)} {test}",
    )
    went = f'<span class="hint">{say("when this page was built", language)}</span>'
    return f'<figure data-part="curves"><figcaption><strong>{title}</strong>{went}</figcaption>{picture}</figure>'


def _apart(train: float, test: float, lowest: float) -> Sequence[float]:
    """Where the names of two curves stand, so that neither stands upon the other."""
    push = max(0.0, _LINE - abs(train - test)) / 2 * (1 if train <= test else -1)
    heights = train - push, test + push
    shift = min(0.0, lowest - max(heights))
    return [height + shift for height in heights]


def _word(text: str, x: float, y: float, anchor: str | None = None) -> Element:
    return Element("text", text, x=x, y=y, dy="0.34em", text_anchor=anchor, aria_hidden="true")


def write() -> None:
    """Write it for the page of each language."""
    made = computed()
    for language in site.languages():
        below = _VENDOR if language == "en" else f"../{_VENDOR}"
        files.put(included("stream.md", language), html(made, language).replace(_VENDOR, below).encode())

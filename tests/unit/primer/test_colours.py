"""The one table of colours: what is told apart is told apart by everybody, and what is read can be read."""

import itertools
import math
import re

import numpy as np
import pytest

from primer import KINDS
from primer.colours import TABLE, kind_of, sheet, token

SCHEMES = pytest.mark.parametrize("scheme", [0, 1], ids=["day", "night"])
GROUNDS = ("paper", "surface")
TO_LAB = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
)
SEEN = {
    "all cones": np.eye(3),
    # Machado, Oliveira and Fernandes (2009), severity 1, of linear red, green and blue
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}


def linear(colour: str) -> np.ndarray:
    shares = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def lab(colour: str, eyes: str) -> np.ndarray:
    seen = np.clip(np.asarray(SEEN[eyes]) @ linear(colour), 0, 1)
    x, y, z = (
        t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in TO_LAB @ seen / np.array([0.95047, 1, 1.08883])
    )
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_the_sums_are_those_of_others():
    """WCAG's own example, and CIE's L* of grey."""
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.01)
    assert lab("#777777", "all cones") == pytest.approx([50.03, 0, 0], abs=0.05)


@SCHEMES
@pytest.mark.parametrize("eyes", SEEN)
def test_kinds_and_what_can_be_touched_are_told_apart_by_all_eyes(scheme: int, eyes: str):
    for one, other in itertools.combinations([*KINDS, "touch"], 2):
        apart = math.dist(*(lab(TABLE[name][scheme], eyes) for name in (one, other)))
        assert apart >= 20, f"{one} and {other} are {apart:.1f} apart"


@SCHEMES
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("name", [*KINDS, "touch", "negative", "positive", "line-strong", "good", "bad", "waiting"])
def test_marks_and_edges_are_seen(name: str, ground: str, scheme: int):
    assert contrast(TABLE[name][scheme], TABLE[ground][scheme]) >= 3


@SCHEMES
@pytest.mark.parametrize(
    ("name", "grounds"),
    [
        ("ink", ("paper", "surface", "mark", "bad-tint", "code-surface")),
        ("ink-soft", ("paper", "surface", "mark", "code-surface")),
        ("touch", ("paper", "surface", "code-surface")),
        ("touch-ink", ("touch",)),
        ("good", GROUNDS),
        ("bad", (*GROUNDS, "bad-tint")),
        ("waiting", GROUNDS),
        ("negative", GROUNDS),
        ("positive", GROUNDS),
        ("code-word", ("surface", "code-surface")),
        ("code-text", ("surface", "code-surface")),
    ],
)
def test_words_can_be_read(name: str, grounds: tuple[str, ...], scheme: int):
    for ground in grounds:
        assert contrast(TABLE[name][scheme], TABLE[ground][scheme]) >= 4.5, f"{name} on {ground}"


def test_a_duck_is_a_bird_and_a_score_is_no_kind():
    assert [kind_of(name) for name in ("duck", "bird", "dog", "cat", "toaster", "not a dog", "", "ink")] == [
        *("bird", "bird", "dog", "cat", "toaster"),
        *(None, None, None),
    ]


def test_the_sheet_has_the_night_on_screens_alone():
    day, night = sheet().split("@media screen{")
    for name, (by_day, by_night) in TABLE.items():
        assert f"--{name}:{by_day};" in day
        assert f"--{name}:{by_night};" in night
        assert token(name) == f"var(--{name}, {by_day})"
    assert re.findall(r"data-md-color-scheme=\"(\w+)", day) == ["default", "slate"]
    assert re.findall(r"data-md-color-scheme=\"(\w+)", night) == ["slate"]

"""Animals and the bars that they stand beside."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from primer import KINDS
from primer.colours import TABLE
from primer.drawing.animal_bars import animal_bars
from primer.drawing.animals import MOST_TILT, STEPS, animal, bird, cat, dog, placed, sheet, toaster

SVG = "{http://www.w3.org/2000/svg}"


def turns(picture):
    return [float(degrees) for degrees in re.findall(r"rotate\((-?[\d.]+) ", picture.svg)]


def test_ears_rise_and_the_mouth_opens_with_the_probability():
    faces = [dog(p, tilt=0) for p in np.linspace(0, 1, 9)]
    ears = [turns(face)[1] for face in faces]
    mouths = [float(re.search(r"M26 45q6 ([\d.]+)", face.svg)[1]) for face in faces]
    assert ears == sorted(ears)
    assert mouths == sorted(mouths)
    assert ears[0] < 0 < ears[-1]
    assert turns(faces[3])[1] == -turns(faces[3])[2], "both ears alike"


def test_the_head_tilts_with_doubt():
    tilts = {p: abs(turns(dog(p))[0]) for p in (0.0, 0.25, 0.5, 0.75, 1.0)}
    assert tilts == {0.0: 0, 0.25: MOST_TILT / 2, 0.5: MOST_TILT, 0.75: MOST_TILT / 2, 1.0: 0}
    assert turns(dog(0.5, tilt=5))[0] == 5


@pytest.mark.parametrize("p", [-0.1, 1.01, float("nan")])
def test_what_is_no_probability_has_no_face(p):
    with pytest.raises(ValueError, match=r"P\(dog\) must lie in 0..1, got"):
        dog(p)


@pytest.mark.parametrize("picture", [dog(0.3), cat(), bird(), toaster()], ids=repr)
def test_an_animal_is_flat_on_a_grid_of_64_in_colours_of_the_table(picture):
    assert 'viewBox="0 0 64 64"' in picture.svg
    assert {token for token, _ in re.findall(r"var\(--([a-z-]+), (#\w+)\)", picture.svg)} <= TABLE.keys()
    shapes = [part for part in ET.fromstring(picture.svg).iter() if part.get("fill") not in (None, "none")]
    assert all(part.get("stroke") is None for part in shapes), "no outline"


def test_a_kind_has_its_own_colour_alone_among_the_kinds():
    for kind in ("dog", "cat", "bird", "toaster"):
        assert f"--{kind}," in animal(kind).svg
    assert not re.search(r"--(bird|cat|toaster),", dog().svg)
    with pytest.raises(ValueError, match="an animal for dog, bird, cat, toaster, got 'ant'"):
        animal("ant")


def test_the_sheet_has_every_face_once():
    ids = [symbol.get("id") for symbol in ET.fromstring(sheet()).iter(f"{SVG}symbol")]
    assert ids == [*(f"dog-{step}" for step in range(STEPS + 1)), "bird", "cat", "toaster"]


def test_a_picture_stands_in_another_as_it_is():
    inner = placed(cat(), 10, 20, 32)
    assert "".join(map(str, inner.inside)) == "".join(map(str, cat().root.inside))
    assert str(inner).startswith('<svg x="10" y="20" width="32" height="32" viewBox="0 0 64 64">')


def test_bars_have_their_animals_percentages_and_lengths():
    drawing = animal_bars(["duck", "dog", "cat"], [0.7054, 0.2595, 0.0351])
    svg = ET.fromstring(drawing.svg)
    assert [text.text for text in svg.iter(f"{SVG}text")] == ["70.5%", "25.9%", "3.5%"]
    lanes = [bar for lane in svg.iter(f"{SVG}svg") for bar in lane.findall(f"{SVG}rect") if "%" in bar.get("width", "")]
    assert [bar.get("width") for bar in lanes] == ["70.54%", "25.95%", "3.51%"]
    assert [bar.get("fill").split(",")[0] for bar in lanes] == ["var(--bird", "var(--dog", "var(--cat"]
    assert f"rotate({turns(dog(0.2595))[0]:.1f} 32 40)" in drawing.svg, "the dog looks as sure as it may"
    assert (svg.get("width"), svg.get("height"), svg.get("viewBox")) == ("100%", "138", None)


def test_a_name_that_is_no_kind_is_written():
    texts = [text.text for text in ET.fromstring(animal_bars(["brown", "dog"], [0.5, 0.5]).svg).iter(f"{SVG}text")]
    assert texts == ["brown", "50.0%", "50.0%"]


@pytest.mark.parametrize(
    ("names", "probs", "words"),
    [
        (["dog", "cat"], [0.5], r"each of the 2 names, got shape \(1,\)"),
        (["dog", "dog"], [0.5, 0.5], "'dog' twice"),
        (["dog", "cat"], [0.5, 1.5], "probabilities must lie in 0..1"),
        (["dog", "cat"], [0.5, np.nan], "nan"),
    ],
)
def test_bars_of_what_is_no_probability_are_refused(names, probs, words):
    with pytest.raises(ValueError, match=words):
        animal_bars(names, probs)


def test_every_kind_is_drawn():
    assert {repr(animal(kind)).split(",")[0].strip(".").lower() for kind in KINDS} == set(KINDS)

"""The fonts: what pages show in a small file, the rest of a formula's font in another."""

import re
import unicodedata
from dataclasses import replace

import pytest
from fontTools.ttLib import TTFont

from tools.base import places
from tools.content import fonts

FONTS = places.VENDOR / "fonts"
FILE = "inter-latin-wght-normal.woff2"
FORMULAS = places.VENDOR / "katex"


def characters(font):
    return set(TTFont(font).getBestCmap())


def ranges(rule):
    found = re.search(r"unicode-range:([^;}]+)", rule)[1]
    pairs = [part.removeprefix("U+").split("-") for part in found.split(",")]
    return {code for first, *last in pairs for code in range(int(first, 16), int((last or [first])[0], 16) + 1)}


def test_each_font_of_the_text_is_one_file_that_has_what_its_rule_names():
    rules = re.findall(r"@font-face \{.*?\}", (FONTS / "fonts.css").read_text(), re.DOTALL)
    assert [re.search(r"url\(([^)]+)\)", rule)[1] for rule in rules] == [face.file for face in fonts.FACES]
    for rule, face in zip(rules, fonts.FACES, strict=True):
        assert rule.count("url(") == 1, "browsers that read no woff2 are long gone"
        assert ranges(rule) == characters(FONTS / face.file) & ranges(rule) != set()


@pytest.mark.parametrize("face", fonts.FACES, ids=lambda face: face.file)
def test_every_letter_of_the_pages_and_every_quotation_mark_is_in_it(face):
    pages = (*places.SITE.glob("*.md"), *places.SITE.glob("de/*.md"))
    written = set("".join(path.read_text(encoding="utf-8") for path in pages))
    letters = {one for one in written if unicodedata.name(one, "").startswith(("LATIN", "DOUBLE"))}
    assert {"Ä", "ß", "„"} <= letters
    assert {one for one in letters if ord(one) not in characters(FONTS / face.file)} == set()


def test_all_of_them_weigh_less_than_45_kilobytes():
    assert sum((FONTS / face.file).stat().st_size for face in fonts.FACES) <= 45_000


@pytest.mark.parametrize("file", ["KaTeX_Main-Regular.woff2", "KaTeX_Math-Italic.woff2"])
def test_each_character_of_a_formula_is_asked_of_one_file_that_has_it(file):
    sheet = (FORMULAS / "katex.min.css").read_text()
    rest, shown = (rule for rule in re.findall(r"@font-face ?\{.*?\}", sheet) if file in rule)
    assert f"url(fonts/rest/{file})" in rest
    assert f"url(fonts/{file})" in shown
    assert not ranges(rest) & ranges(shown)
    assert ranges(rest) | ranges(shown) == characters(FORMULAS / "fonts" / "rest" / file)
    assert ranges(shown) <= characters(FORMULAS / "fonts" / file)


def test_the_small_file_keeps_the_weights_that_the_styles_ask_for():
    (axis,) = TTFont(FONTS / FILE)["fvar"].axes
    assert axis.minValue <= 400
    assert axis.maxValue >= 750


def test_what_was_made_of_the_same_is_not_made_again(monkeypatch):
    made = fonts.install()
    monkeypatch.delattr(fonts, "Subsetter")
    assert fonts.install() == made
    monkeypatch.setattr(fonts, "FACES", (replace(fonts.FACES[0], weights=(400, 700)),))
    with pytest.raises(NameError):
        fonts.install()

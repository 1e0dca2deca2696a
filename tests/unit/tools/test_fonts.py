"""The fonts in two files: what pages show, and the rest."""

import html
import re

from fontTools.ttLib import TTFont

from tools import places

FONTS = places.VENDOR / "fonts"
FILE = "inter-latin-wght-normal.woff2"


def characters(font):
    return set(TTFont(font).getBestCmap())


def ranges(rule):
    found = re.search(r"unicode-range:([^;}]+)", rule)[1]
    pairs = [part.removeprefix("U+").split("-") for part in found.split(",")]
    return {code for first, *last in pairs for code in range(int(first, 16), int((last or [first])[0], 16) + 1)}


def test_each_character_is_asked_of_one_file_that_has_it():
    rest, shown = re.findall(r"@font-face \{.*?\}", (FONTS / "fonts.css").read_text(), re.DOTALL)
    assert f"url(rest/{FILE})" in rest
    assert f"url({FILE})" in shown
    assert not ranges(rest) & ranges(shown)
    assert ranges(rest) | ranges(shown) == characters(FONTS / "rest" / FILE)
    assert ranges(shown) <= characters(FONTS / FILE)


def test_no_page_needs_the_second_file():
    written = "".join(path.read_text() for path in places.BUILT_SITE.rglob("*.html"))
    assert "How wrong is it?" in written
    needed = set(map(ord, html.unescape(written))) & characters(FONTS / "rest" / FILE)
    assert sorted(map(chr, needed - characters(FONTS / FILE))) == []


def test_the_small_file_keeps_the_weights_that_the_styles_ask_for():
    (axis,) = TTFont(FONTS / FILE)["fvar"].axes
    assert axis.minValue <= 400
    assert axis.maxValue >= 750

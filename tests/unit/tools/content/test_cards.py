"""Social cards: a page's title and its first drawing, whole, in the colours by day."""

import re
import struct
import xml.etree.ElementTree as ET

import pytest

from primer.drawing.animal_bars import animal_bars
from primer.drawing.plane import Plane
from tools.content.cards import HEIGHT, WIDTH, card
from tools.content.pictures import png

FONTS = {"serif": "Fraunces", "sans": "Inter"}
SVG = "{http://www.w3.org/2000/svg}"


def page(*drawings, title="Scores to probabilities"):
    figures = "".join(f'<figure data-output="svg" role="img" aria-label="">{one.svg}</figure>' for one in drawings)
    site = '<meta property="og:site_name" content="A dog lover&#39;s primer">'
    return f'{site}<h1 id="x">{title}<a class="headerlink" href="#x">¶</a></h1><p>Words</p>{figures}'


BARS = animal_bars(["duck", "dog"], [0.75, 0.25])
PLANE = Plane(["toaster", "dog"], x_title="fur", y_title="noise").points([[0.5, 0.5]], [1])


def texts(html):
    return [text.text for text in ET.fromstring(card(html, FONTS)).iter(f"{SVG}text")]


def test_a_card_has_the_title_in_lines_and_the_numbers_of_the_first_drawing():
    assert texts(page(BARS, PLANE.drawing())) == [
        *("A dog lover's primer", "Scores to", "probabilities"),
        *("75.0%", "25.0%"),
    ]
    assert "noise" in texts(page(PLANE.drawing(), BARS))


def test_nested_animals_do_not_cut_the_drawing_short():
    whole = ET.fromstring(card(page(BARS), FONTS))
    assert len([svg for svg in whole.iter(f"{SVG}svg") if svg.get("viewBox") == "0 0 64 64"]) == 3, "the logo and two"


@pytest.mark.parametrize("html", [page(BARS), page(PLANE.drawing()), page(title="a &amp; <em>b</em>")])
def test_a_card_names_colours_that_any_program_knows_and_is_a_png_of_that_size(html):
    svg = card(html, FONTS)
    assert "var(" not in svg
    assert re.search("#a93b12", svg)
    content = png(svg)
    assert struct.unpack(">2I", content[16:24]) == (WIDTH, HEIGHT)


def test_a_page_without_a_drawing_has_dogs():
    svg = card(page(title="a &amp; <em>b</em>"), FONTS)
    assert svg.count('viewBox="0 0 64 64"') == 4
    assert "a &amp; b" in svg

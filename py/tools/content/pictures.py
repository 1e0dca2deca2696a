"""The animals as files: all in one sheet, the icon of the site, and one for a phone's first screen."""

import vl_convert

from primer.colours import by_day, token
from primer.drawing.animals import dog, placed, sheet
from primer.drawing.svg import Drawing, Element
from tools.base import files, places


def install() -> set[str]:
    """Put them into site/vendor; give their names."""
    ground = Element("rect", width=180, height=180, fill=token("paper"))
    touch = Drawing(180, 180, "Dog.", ground, placed(dog(), 20, 20, 140))
    made = {
        "animals.svg": sheet().encode(),
        "favicon.svg": dog().svg.encode(),
        "touch-icon.png": png(by_day(touch.svg)),
    }
    for name, content in made.items():
        files.put(places.VENDOR / name, content)
    return set(made)


def png(svg: str) -> bytes:
    """A drawing as pixels; its colours are numbers."""
    return bytes(vl_convert.svg_to_png(svg, scale=1))

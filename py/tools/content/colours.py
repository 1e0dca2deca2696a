"""vendor/colours.css: the one table of colours, for the style sheets, the charts and the canvases."""

from primer.colours import sheet
from tools.base import files, places

_KEPT = "/*! purgecss start ignore */\n{}/*! purgecss end ignore */\n"
"""Scripts and drawings ask for colours by names that no sheet spells out."""


def install() -> set[str]:
    """Put it there; give its name."""
    files.put(places.VENDOR / "colours.css", _KEPT.format(sheet()).encode())
    return {"colours.css"}

"""Animals that say a number with their faces: flat shapes on a grid of 64, readable at 16 pixels.

A dog's ears rise and its mouth opens with the probability that it is one, and its head tilts with doubt.
"""

from __future__ import annotations

from collections.abc import Iterable

from primer.colours import SIGNS, token
from primer.drawing.svg import Drawing, Element, Fixed, told
from primer.words import say

SIDE = 64
STEPS = 8
"""In so many steps a sheet of animals has the dog's faces."""
MOST_TILT = 14.0
"""Degrees: the head of a dog that is as likely none."""
_EYE, _SNOUT, _INK = map(token, ("eye", "snout", "ink"))


def dog(p: float = 1.0, tilt: float | None = None) -> Drawing:
    """A dog's head; what it looks like says how probably it is a dog.

    Parameters
    ----------
    p : float
        P(dog), 0 to 1: at 0 the ears hang and the mouth is shut, at 1 the ears are up and the mouth is open.
    tilt : float, optional
        Degrees that the head is turned, to the right above 0. Without it, the nearer `p` is to a half the more.

    Returns
    -------
    Drawing

    Raises
    ------
    ValueError
        If `p` is no probability.

    Examples
    --------
    >>> dog(0.75)
    Dog, P = 0.75.
    """
    if not 0 <= p <= 1:
        raise ValueError(f"P(dog) must lie in 0..1, got {p:g}")
    turn = MOST_TILT * (2 * abs(p - 0.5) - 1) if tilt is None else tilt
    fur, up, open_ = token("dog"), 44 * p - 6, 7 * p
    ears = [
        Element("path", d="M17 20C8 10 2 14 3 25c1 8 6 13 11 11z", transform=_turned(up, 17, 20), fill=fur),
        Element("path", d="M47 20c9-10 15-6 14 5-1 8-6 13-11 11z", transform=_turned(-up, 47, 20), fill=fur),
    ]
    mouth = f"M26 45q6 {2 + open_:.1f} 12 0q-1 {5 + open_:.1f}-6 {5 + open_:.1f}t-6-{5 + open_:.1f}z"
    inner = Element("g", *ears, _HEAD, _path(mouth, _EYE), _FACE, transform="translate(.6 -.2) scale(.98)")
    return _portrait(say("Dog, P = {p}.", p=told(p)), Element("g", inner, transform=_turned(turn, 32, 40)))


def cat() -> Drawing:
    """A cat's head.

    >>> cat()
    Cat.
    """
    return _portrait(say("Cat."), _CAT)


def bird() -> Drawing:
    """A bird, such as a duck.

    >>> bird()
    Bird.
    """
    return _portrait(say("Bird."), _BIRD)


def toaster() -> Drawing:
    """A toaster, with bread in it.

    >>> toaster()
    Toaster.
    """
    return _portrait(say("Toaster."), _TOASTER)


def animal(kind: str, p: float = 1.0) -> Drawing:
    """The animal of a kind; of `p` a dog alone makes something.

    >>> animal("cat")
    Cat.
    """
    if kind not in SIGNS:
        raise ValueError(f"there is an animal for {', '.join(SIGNS)}, got {kind!r}")
    return dog(p) if kind == "dog" else {"cat": cat, "bird": bird, "toaster": toaster}[kind]()


def placed(picture: Drawing, x: float | str, y: float | str, size: float) -> Element:
    """A picture within another one, at a place and so large."""
    box = picture.root.attributes["viewBox"]
    return Element("svg", *picture.root.inside, x=x, y=y, width=size, height=size, viewBox=box)


def sheet() -> str:
    """All animals as symbols of one file: ``dog-0`` to ``dog-8`` by P(dog) in eighths, the others by kind."""
    faces = {f"dog-{step}": dog(step / STEPS) for step in range(STEPS + 1)}
    faces |= {kind: animal(kind) for kind in SIGNS if kind != "dog"}
    symbols = (
        Element("symbol", *face.root.inside, id=name, viewBox=face.root.attributes["viewBox"])
        for name, face in faces.items()
    )
    return str(Element("svg", *symbols, xmlns="http://www.w3.org/2000/svg"))


def _portrait(description: str, *inside: Element) -> Drawing:
    return Drawing(SIDE, SIDE, description, *inside)


def _path(d: str, fill: str) -> Element:
    return Element("path", d=d, fill=fill)


def _line(d: str, stroke: str) -> Element:
    return Element("path", d=d, stroke=stroke, stroke_width=2, stroke_linecap="round", fill="none")


def _eyes(left: float, right: float, y: float, fill: str = _EYE) -> Iterable[Element]:
    return (Element("circle", cx=x, cy=y, r=2.9, fill=fill) for x in (left, right))


def _turned(degrees: float, x: float, y: float) -> str:
    return f"rotate({degrees:.1f} {x} {y})"


_HEAD = Fixed(
    _path("M32 10c12 0 19 8 19 20 0 5 2 8 2 13 0 9-9 14-21 14S11 52 11 43c0-5 2-8 2-13 0-12 7-20 19-20z", token("dog")),
    _path("M32 30c4 0 6 3 8 7 3 4 6 5 6 9 0 6-6 9-14 9s-14-3-14-9c0-4 3-5 6-9 2-4 4-7 8-7z", _SNOUT),
)
_FACE = Fixed(Element("rect", x=27, y=34.5, width=10, height=7, rx=3.5, fill=_EYE), *_eyes(23, 41, 27))
_CAT = Fixed(
    Element(
        "path",
        d="M5 37l10 1.500M5 45l10-1.500M59 37l-10 1.500M59 45l-10-1.500",
        stroke=_INK,
        stroke_width=1.8,
        stroke_linecap="round",
        fill="none",
    ),
    _path("M12 6l12 10q8-2 16 0l12-10c2 8 2 15 1 22 2 17-8 29-21 29S9 45 11 28c-1-7-1-14 1-22z", token("cat")),
    Element("ellipse", cx=24, cy=31, rx=2.8, ry=4.6, fill=_EYE),
    Element("ellipse", cx=40, cy=31, rx=2.8, ry=4.6, fill=_EYE),
    _path("M28.500 39h7L32 43z", _EYE),
    _line("M32 42v3m0 0q-4 4-7.500 1m7.500-1q4 4 7.500 1", _EYE),
)
_BIRD = Fixed(
    _path("M50 20l13 3.500-11 6z", token("cat")),
    _path("M5 34q-2 22 22 23 25 0 28-20 1-7-3-12C52 16 45 9 37 10c-8 1-13 8-11 16-8 6-14 8-21 8z", token("bird")),
    Element("circle", cx=42, cy=22, r=3, fill=_EYE),
    Element("path", d="M13 38q12 12 27 2-4 12-15 12-9-1-12-14z", fill=_SNOUT, fill_opacity=0.5),
)
_TOASTER = Fixed(
    _path("M14 24q0-15 9-15 4 0 7 3 3-3 8-3 11 1 11 15z", token("cat")),
    _path("M8 21h48q4 0 4 4v24q0 5-5 5H9q-5 0-5-5V25q0-4 4-4z", token("toaster")),
    Element("rect", x=11, y=25, width=42, height=4, rx=2, fill=_SNOUT, fill_opacity=0.75),
    Element("rect", x=50, y=34, width=4.5, height=11, rx=2, fill=_SNOUT),
    *_eyes(20, 34, 39, _SNOUT),
    _line("M23 45q4 3.500 8 0", _SNOUT),
    Element("path", d="M13 53v5m38-5v5", stroke=token("toaster"), stroke_width=5),
)

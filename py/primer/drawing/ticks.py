"""What is written along an axis."""

from __future__ import annotations

import math

from primer.drawing.svg import told
from primer.words import decimal, say


def ticks(low: float, high: float) -> list[float]:
    """What is written along an axis: its ends, and 0 where it lies between them.

    >>> ticks(-1, 1), ticks(0.5, 2)
    ([-1, 0.0, 1], [0.5, 2])
    """
    return [low, 0.0, high] if low < 0 < high else [low, high]


def spanned(title: str, ends: tuple[float, float]) -> str:
    """An axis in words.

    >>> spanned("fur", (-1, 1))
    'fur (from -1 to 1)'
    """
    low, high = (decimal(f"{end:g}") for end in ends)
    return say("{title} (from {low} to {high})", title=title, low=low, high=high)


def equal(title: str, value: float) -> str:
    """A place on an axis in words.

    >>> equal("fur", 0.1)
    'fur = 0.10'
    """
    return f"{title} = {told(value)}"


def check_axes(**ends: tuple[float, float]) -> None:
    """Raise a ValueError unless each axis goes from a number to a larger one."""
    for axis, (low, high) in ends.items():
        if not -math.inf < low < high < math.inf:
            raise ValueError(f"the {axis} axis must go from a number to a larger one, got {low:g} to {high:g}")


def places(low: float, high: float) -> int:
    """Decimals that both ends need.

    >>> places(-1, 1), places(0, 2.5)
    (0, 1)
    """
    return max(len(f"{end:.3g}".partition(".")[2]) for end in (low, high))

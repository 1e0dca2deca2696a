"""What is written along an axis."""

from __future__ import annotations

import math


def ticks(low: float, high: float) -> list[float]:
    """What is written along an axis: its ends, and 0 where it lies between them.

    >>> ticks(-1, 1), ticks(0.5, 2)
    ([-1, 0.0, 1], [0.5, 2])
    """
    return [low, 0.0, high] if low < 0 < high else [low, high]


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

"""What is written along an axis."""

from __future__ import annotations


def ticks(low: float, high: float) -> list[float]:
    """What is written along an axis: its ends, and 0 where it lies between them.

    >>> ticks(-1, 1), ticks(0.5, 2)
    ([-1, 0.0, 1], [0.5, 2])
    """
    return [low, 0.0, high] if low < 0 < high else [low, high]


def places(low: float, high: float) -> int:
    """Decimals that both ends need.

    >>> places(-1, 1), places(0, 2.5)
    (0, 1)
    """
    return max(len(f"{end:.3g}".partition(".")[2]) for end in (low, high))

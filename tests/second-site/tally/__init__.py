"""Counts sheep: the whole library of a small site."""

from tally.legs import legs

__all__ = ["asleep_after", "legs"]


def asleep_after(sheep: int, tiredness: float) -> int:
    """Give the number of the sheep at which somebody falls asleep; the more tired, the sooner.

    Raises
    ------
    ValueError
        If there are no sheep to count.
    """
    if sheep < 1:
        raise ValueError(f"expected one sheep or more, got {sheep}")
    return max(1, round(sheep * (1 - tiredness)))

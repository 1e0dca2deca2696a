"""Round numbers along an axis."""

from __future__ import annotations

import math


def ticks(low: float, high: float) -> list[float]:
    """About five round numbers from `low` to `high`.

    >>> ticks(-1, 1), ticks(0, 10)
    ([-1.0, -0.5, 0.0, 0.5, 1.0], [0.0, 2.0, 4.0, 6.0, 8.0, 10.0])
    """
    step = _step(low, high)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(k * step, 10) + 0.0 for k in range(first, last + 1)]


def _step(low: float, high: float) -> float:
    rough = (high - low) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    return power * min((1, 2, 5, 10), key=lambda nice: abs(nice * power - rough))


def places(low: float, high: float) -> int:
    return max(0, -math.floor(math.log10(_step(low, high)) + 1e-9))

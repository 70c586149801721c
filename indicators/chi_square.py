"""The tail of the chi-square distribution, for tests of several groups at once."""

import math
from collections.abc import Iterable


def chi_square_tail(statistic: float, freedom: int) -> float:
    """Return how often chance gives so much or more: 0.05 for 3.841459 and 1 degree of freedom.

    The finite series of Abramowitz and Stegun (1964), 26.4.4 and 26.4.5; no term is below nought,
    so that nothing cancels far out. NaN for NaN; raises ValueError without a degree of freedom.
    """
    if freedom < 1:
        msg = f"a chi-square needs at least 1 degree of freedom, not {freedom}"
        raise ValueError(msg)
    half = max(statistic, 0.0) / 2 if statistic == statistic else math.nan
    if freedom % 2 == 0:
        return math.exp(-half) * _series(1.0, half, range(1, freedom // 2))
    if freedom == 1:
        return math.erfc(math.sqrt(half))
    first = 2 * math.sqrt(half / math.pi)
    steps = [place + 0.5 for place in range(1, freedom // 2)]
    return math.erfc(math.sqrt(half)) + math.exp(-half) * _series(first, half, steps)


def _series(first: float, half: float, steps: Iterable[float]) -> float:
    """Return first + first h/s + first h²/(s t) + …, for steps s, t and so on."""
    term = total = first
    for step in steps:
        term *= half / step
        total += term
    return total

"""Numbers as they are shown: one rounding, whichever file or answer they stand in."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

INTERVAL_DECIMALS: Final = 1
"""Limits of an interval are given with this many decimals more than the value."""

NOISE_DECIMALS: Final = 6
"""Numbers carry no more decimals than this; what lies beyond is binary noise."""


def without_noise(numbers: NDArray[Any]) -> Numbers:
    """Return values, numerators or denominators without binary noise; NaN stays NaN.

    Whoever rounds in another way gets another last digit where a number lies just between two.
    """
    return np.asarray(np.round(numbers.astype(np.float64, copy=False), NOISE_DECIMALS))


def shown_limits(limits: NDArray[Any], decimals: "int | NDArray[Any]") -> Numbers:
    """Return limits of intervals rounded for showing, by the decimals of their values."""
    scale = np.power(10.0, np.asarray(decimals) + INTERVAL_DECIMALS)
    return np.asarray(np.rint(limits.astype(np.float64, copy=False) * scale) / scale)

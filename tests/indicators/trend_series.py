"""Series with known trends, and builders of series, for tests.

The numbers of each table are worked out by formulas independent of our code; the marker is by our
own rule.
"""

from collections.abc import Sequence

import numpy as np

from indicators.arithmetic import value_from_parts
from indicators.intervals import interval_of
from indicators.model import Indicator
from indicators.trend import Marker
from indicators.trend_points import Series
from reference.periods import Period, parse_period
from tests.indicators.definitions import an_indicator

PERCENTAGE = an_indicator()
RATE = an_indicator(arithmetic="rate_per_10000", interval={"method": "poisson"})
PUBLISHED = an_indicator(arithmetic="rate_per_10000", interval={"method": "published"})
SCORE = an_indicator(
    arithmetic="published_only", interval={"method": "none", "reason": "A mean score"}
)
FIVE = tuple(parse_period(f"RY{year}") for year in range(2021, 2026))

# Five pairs of numerator and denominator; chi-square of proportions, of the line, slope in
# percentage points a year, and our marker. The last two are mirrors of one another.
COUNTED = {
    "falling": (
        [(410, 470), (405, 472), (398, 480), (380, 475), (361, 478)],
        (27.808321, 26.881974, -2.849570, Marker.DECREASING),
    ),
    "large": (
        [(57274, 61834), (55865, 60511), (53681, 59074), (51767, 57508), (53185, 59028)],
        (405.047909, 418.491354, -0.740522, Marker.DECREASING),
    ),
    "one year up": (
        [(300, 1000), (300, 1000), (300, 1000), (300, 1000), (420, 1000)],
        (26.298488, 22.943541, 2.256257, Marker.NO_CHANGE),
    ),
    "one year down": (
        [(300, 1000), (300, 1000), (300, 1000), (300, 1000), (180, 1000)],
        (28.825366, 40.880954, -2.722064, Marker.NO_CHANGE),
    ),
}
# Five values with their 95 % limits; chi-square, slope a year, and our marker.
PRINTED = {
    "vaccinated, %": (
        [
            (92.6254, 92.4168, 92.8288),
            (92.3221, 92.1072, 92.5315),
            (90.8708, 90.6358, 91.1004),
            (90.0170, 89.7694, 90.2594),
            (90.1013, 89.8578, 90.3396),
        ],
        (418.536569, -0.740511, Marker.DECREASING),
    ),
    "eyes, per 100,000": (
        [
            (2.93500, 2.7841, 3.0919),
            (1.93028, 1.8085, 2.0580),
            (2.75670, 2.6113, 2.9082),
            (2.87010, 2.7225, 3.0237),
            (3.01210, 2.8616, 3.1683),
        ],
        (33.485781, 0.139844, Marker.INCREASING),
    ),
    "noise, per 10,000": (
        [
            (9.306122, 7.047935, 12.057381),
            (9.836066, 7.505534, 12.661184),
            (7.915994, 5.855827, 10.465589),
            (11.451613, 8.943432, 14.444856),
            (10.628019, 8.219320, 13.521655),
        ],
        (0.929774, 0.403607, Marker.NO_CHANGE),
    ),
}


def counted(
    pairs: Sequence[tuple[float, float]],
    indicator: Indicator = PERCENTAGE,
    periods: tuple[Period, ...] = FIVE,
) -> Series:
    numerator, denominator = np.array(pairs, dtype=float).T[:, None, :]
    lower, upper = interval_of(indicator, numerator, denominator)
    value = value_from_parts(indicator.arithmetic, numerator, denominator)
    return Series(periods, value, numerator, denominator, lower, upper)


def printed(
    rows: Sequence[tuple[float, float, float]], periods: tuple[Period, ...] = FIVE
) -> Series:
    value, lower, upper = np.array(rows, dtype=float).T[:, None, :]
    nothing = np.full_like(value, np.nan)
    return Series(periods, value, nothing, nothing, lower, upper)

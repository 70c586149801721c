"""What stands out on a page of many figures: how surely, how large, and in which order.

Over columns; docs/methods/exceptions.md explains the choices in words.
"""

from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indicators.arithmetic import Numbers
from indicators.significance import FALSE_DISCOVERY

ALMOST_NEVER: Final = 0.002
"""Chance gives it once in 500: the level of the outer limits of a funnel."""
QUARTILES_IN_DEVIATIONS: Final = 1.349
"""The quartiles of a normal curve are this many standard deviations apart."""


class Certainty(StrEnum):
    """How surely a figure differs, the surest first."""

    CERTAIN = "certain"
    AMONG_MANY = "among_many"
    ALONE = "alone"


CERTAINTIES: Final = tuple(Certainty)
NONE: Final = -1
"""The place of a figure that does not differ, or that nobody can tell of."""


def certainties(p: Numbers, adjusted: Numbers) -> NDArray[np.int64]:
    """Return the place in CERTAINTIES of each figure; NONE where it does not differ.

    `p` is of the figure by itself, `adjusted` among all of its page: certain at 0.002 among all,
    among many at 0.05, and alone where only the figure by itself differs.
    """
    with np.errstate(invalid="ignore"):
        tests = (
            (Certainty.CERTAIN, adjusted <= ALMOST_NEVER),
            (Certainty.AMONG_MANY, adjusted <= FALSE_DISCOVERY),
            (Certainty.ALONE, p < FALSE_DISCOVERY),
        )
    places = [CERTAINTIES.index(one) for one, _ in tests]
    return np.asarray(np.select([holds for _, holds in tests], places, NONE), dtype=np.int64)


def sizes(difference: Numbers, middle_half: Numbers) -> Numbers:
    """Return differences in units of how far authorities usually are apart.

    The unit is the standard deviation that the middle half of the authorities implies, from the
    lower to the upper quartile, which a few far out do not move. NaN where it has no width or is
    unknown: then nobody can say.
    """
    spread = middle_half / QUARTILES_IN_DEVIATIONS
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(spread > 0, difference / spread, np.nan)


def in_order(certainty: NDArray[np.int64], size: Numbers) -> NDArray[np.int64]:
    """Return the places of what stands out, the surest first and among these the largest.

    A size that nobody can say comes last among its equals; of two alike the first stays first.
    """
    places = np.flatnonzero(certainty != NONE)
    known = np.nan_to_num(np.abs(size[places]), nan=-1.0)
    return np.asarray(places[np.lexsort((places, -known, certainty[places]))], dtype=np.int64)

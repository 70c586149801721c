"""Made-up parts of figures and what is found of them."""

from dataclasses import replace
from typing import Any, Final

import numpy as np

from indicators.arithmetic import published_value
from indicators.comparison import Side
from indicators.comparison_columns import NO_SIDE, SIDES, Codes
from indicators.inequalities import Gaps, LargestGaps, Parts, compare_parts
from indicators.model import Indicator
from indicators.no_gap import NO_GAP
from tests.indicators.definitions import an_indicator

SHARE = an_indicator("a_share_pct", decimals=1)
RATE = an_indicator(
    "a_rate_10k",
    arithmetic="rate_per_10000",
    unit="per 10,000",
    interval={"method": "poisson"},
)
NONE = an_indicator("a_sum_pct", interval={"method": "none", "reason": "Sessions are no children"})
NAN = float("nan")
SIMILAR: Final = SIDES.index(Side.SIMILAR)


def parts_of(
    top: list[list[float]],
    bottom: list[list[float]],
    total: tuple[list[float], list[float]] | None = None,
    indicator: Indicator = SHARE,
    **more: Any,
) -> Parts:
    """Parts that make up their totals, unless the totals are given; NaN is a withheld part."""
    tops, bottoms = np.array(top, dtype=np.float64), np.array(bottom, dtype=np.float64)
    whole = total or (np.nansum(tops, axis=1).tolist(), np.nansum(bottoms, axis=1).tolist())
    total_top, total_bottom = (np.array(one, dtype=np.float64)[:, np.newaxis] for one in whole)
    plain = Parts(
        is_ok=np.isfinite(tops),
        is_withheld=~np.isfinite(tops),
        top=tops,
        bottom=bottoms,
        total_is_ok=np.isfinite(total_top),
        total_value=published_value(indicator, total_top, total_bottom),
        total_top=total_top,
        total_bottom=total_bottom,
        is_other_edition=np.zeros(tops.shape, dtype=np.bool_),
        is_group=np.ones(tops.shape[1], dtype=np.bool_),
    )
    return replace(plain, **more)


def gaps(parts: Parts, indicator: Indicator = SHARE, *, is_shared: bool = False) -> Gaps:
    return compare_parts(indicator, parts, is_shared=is_shared)[0]


def largest(parts: Parts, indicator: Indicator = SHARE, *, is_shared: bool = False) -> LargestGaps:
    return compare_parts(indicator, parts, is_shared=is_shared)[1]


def reasons(why: Codes) -> list[str | None]:
    return [None if place < 0 else NO_GAP[place].value for place in why.ravel()]


def sides(codes: Codes) -> list[str]:
    return ["none" if c == NO_SIDE else SIDES[int(c)].value for c in codes.ravel()]

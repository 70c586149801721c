"""The comparisons of `indicators.comparison` for whole columns at once, with p-values.

Each function takes columns of numerators and denominators and returns one `Judged`, a place for
each pair of them; `for_many` then looks at many indicators of one area together. The indicator
that a function is given says how its columns are counted: they may be of several indicators that
are counted alike.
docs/methods/comparison.md explains the methods in words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from indicators.arithmetic import Numbers
from indicators.comparison import (
    METHOD_OWN_INTERVAL,
    METHOD_PROPORTIONS,
    METHOD_RATES,
    METHOD_STANDARDISED,
    Side,
    can_test,
    standardised,
)
from indicators.differences import newcombe_z, rate_ratio_z
from indicators.model import Arithmetic, Indicator
from indicators.own_interval import own_interval_p
from indicators.significance import p_of, remains, z_of
from indicators.small_counts import binomial_p, hypergeometric_p, poisson_p

SIDES: Final = (Side.BELOW, Side.SIMILAR, Side.ABOVE)
"""A side is held as its place here; NO_SIDE is none."""
NO_SIDE: Final = -1

Codes = NDArray[np.int8]
Columns = tuple[ArrayLike, ArrayLike]
"""Numerators and denominators."""


class WhyNot(StrEnum):
    """Why a pair cannot be compared."""

    NO_INTERVAL = "no_interval"
    PARTS_UNKNOWN = "parts_unknown"
    COMPARATOR_UNKNOWN = "comparator_unknown"
    MORE_THAN_ALL = "more_than_all"
    NO_VARIATION = "no_variation"


WHY_NOT: Final = tuple(WhyNot)
WHY_NOT_WORDS: Final[Mapping[WhyNot, str]] = {
    WhyNot.NO_INTERVAL: "No valid interval",
    WhyNot.PARTS_UNKNOWN: "The numbers behind the value are not published",
    WhyNot.COMPARATOR_UNKNOWN: "The numbers behind the comparator are not published",
    WhyNot.MORE_THAN_ALL: "The numerator is larger than the denominator, so this is not a share",
    WhyNot.NO_VARIATION: "The comparator is nought or everyone, so chance has no size around it",
}


@dataclass(frozen=True)
class Judged:
    """The results of one test, a place for each pair.

    `side`, `plain_95` and `plain_998` are places in SIDES, or NO_SIDE; `why` is a place in WHY_NOT,
    or -1. `p` agrees with `side`; `p_for_many` is what to hand to `for_many`: exact where few
    events are expected, and never below `p`.
    """

    method: str
    side: Codes
    z: Numbers
    p: Numbers
    p_for_many: Numbers
    plain_95: Codes
    plain_998: Codes
    why: Codes


@dataclass(frozen=True)
class _Pairs:
    """Own parts and the comparator, as columns of one shape; the comparator's own come last."""

    top: Numbers
    bottom: Numbers
    other: Numbers
    other_bottom: Numbers
    is_share: bool

    @property
    def expected(self) -> Numbers:
        """How many events an area of this size has, if it is like the comparator."""
        return self.other * self.bottom


def judge_against_value(
    indicator: Indicator,
    own: Columns,
    benchmark: ArrayLike,
    phi: ArrayLike,
    own_p: Numbers | None = None,
) -> Judged:
    """Judge areas against a published value, with over-dispersion `phi`; the headline of a country.

    `benchmark` is a share of 1 (percentages) or events per head (rates). The plain results say
    whether the area's own interval leaves the benchmark out; `own_p` (NaN for none) is by an
    interval that came with the figures.
    """
    pairs = _pairs(indicator, own, (benchmark, 1.0))
    root = np.sqrt(np.asarray(phi, dtype=np.float64))
    z = standardised(indicator, pairs.top, pairs.bottom, pairs.other) / root
    rare = p_of(z_of(_exact_against_value(pairs)) / root)
    plain = _own_p(indicator, pairs, own_p)
    return _judged(METHOD_STANDARDISED, _why(indicator, pairs, z), z, p_of(z), rare, plain, pairs)


def judge_against_target(
    indicator: Indicator, own: Columns, target: float, own_p: Numbers | None = None
) -> Judged:
    """Judge areas against a number that somebody chose, on the indicator's scale.

    Whether the area's own interval leaves the target out; without over-dispersion, which is about
    what is usual among authorities, and a target is not about that.
    """
    multiplier = indicator.arithmetic.multiplier or 1.0
    pairs = _pairs(indicator, own, (target / multiplier, 1.0))
    p = _own_p(indicator, pairs, own_p)
    z = z_of(p) * np.sign(pairs.top - pairs.expected)
    rare = _exact_against_value(pairs)
    return _judged(METHOD_OWN_INTERVAL, _why(indicator, pairs, z), z, p, rare, p, pairs)


def judge_two(indicator: Indicator, own: Columns, other: Columns) -> Judged:
    """Judge areas against other counts: the pooled rest of a group, or their own past.

    The interval of the difference of two proportions leaves nought out, or that of the ratio of
    two rates leaves 1 out.
    """
    pairs = _pairs(indicator, own, other)
    one, rest = (pairs.top, pairs.bottom), (pairs.other, pairs.other_bottom)
    z = newcombe_z(one, rest) if pairs.is_share else rate_ratio_z(one, rest)
    if pairs.is_share:
        rare = hypergeometric_p(*one, *rest)
    else:
        with np.errstate(divide="ignore", invalid="ignore"):
            rare = binomial_p(
                pairs.top,
                pairs.top + pairs.other,
                pairs.bottom / (pairs.bottom + pairs.other_bottom),
            )
    p = p_of(z)
    method = METHOD_PROPORTIONS if pairs.is_share else METHOD_RATES
    return _judged(method, _why(indicator, pairs, z), z, p, rare, p, pairs)


def pooled_rest(
    numerator: Numbers, denominator: Numbers, members: NDArray[np.bool_]
) -> tuple[Numbers, Numbers, NDArray[np.int64]]:
    """Return for each area the sums over its members with both parts, and how many they are.

    A row of `members` is an area's group by place; the area itself is left out of it. Where two
    authorities return jointly, the caller leaves one of them without parts.
    """
    has_parts = np.isfinite(numerator) & np.isfinite(denominator)
    others = members & ~np.eye(len(numerator), dtype=np.bool_) & has_parts
    tops, bottoms = (np.where(has_parts, part, 0.0) for part in (numerator, denominator))
    weights = others.astype(np.float64)
    return weights @ tops, weights @ bottoms, others.sum(axis=1)


def for_many(side: Codes, p_for_many: Numbers) -> Codes:
    """Return the sides that remain when the indicators of an area (last axis) are seen together."""
    is_kept = remains(p_for_many) | (side == NO_SIDE)
    return np.where(is_kept, side, SIDES.index(Side.SIMILAR)).astype(np.int8)


def _pairs(indicator: Indicator, own: Columns, other: Columns) -> _Pairs:
    parts = [np.asarray(part, dtype=np.float64) for part in (*own, *other)]
    top, bottom, other_top, other_bottom = map(np.atleast_1d, np.broadcast_arrays(*parts))
    is_share = indicator.arithmetic is Arithmetic.PERCENTAGE
    return _Pairs(top, bottom, other_top, other_bottom, is_share)


def _own_p(indicator: Indicator, pairs: _Pairs, given: Numbers | None) -> Numbers:
    """Return how surely each figure's own interval leaves the benchmark out."""
    found = own_interval_p(indicator.arithmetic, pairs.top, pairs.bottom, pairs.other)
    return found if given is None else np.where(np.isfinite(given), given, found)


def _exact_against_value(pairs: _Pairs) -> Numbers:
    if pairs.is_share:
        return binomial_p(pairs.top, pairs.bottom, pairs.other)
    return poisson_p(pairs.top, pairs.expected)


def _why(indicator: Indicator, pairs: _Pairs, z: Numbers) -> Codes:
    """Return the place in WHY_NOT of the first reason that applies; -1 where there is none."""
    known = np.isfinite(pairs.top) & np.isfinite(pairs.bottom) & (pairs.bottom > 0)
    other = np.isfinite(pairs.other) & np.isfinite(pairs.other_bottom) & (pairs.other_bottom > 0)
    with np.errstate(invalid="ignore"):
        is_more = (pairs.top > pairs.bottom) | (pairs.other > pairs.other_bottom)
    faults = {
        WhyNot.NO_INTERVAL: np.full(known.shape, not can_test(indicator)),
        WhyNot.PARTS_UNKNOWN: ~known,
        WhyNot.COMPARATOR_UNKNOWN: ~other,
        WhyNot.MORE_THAN_ALL: is_more & pairs.is_share,
        WhyNot.NO_VARIATION: ~np.isfinite(z),
    }
    places = [WHY_NOT.index(why) for why in faults]
    return np.select(list(faults.values()), places, default=-1).astype(np.int8)


def _judged(
    method: str, why: Codes, z: Numbers, p: Numbers, rare: Numbers, plain: Numbers, pairs: _Pairs
) -> Judged:
    """Put a result together, nothing being left where there is a reason against it."""
    is_fine = why < 0
    direction = np.sign(pairs.top * pairs.other_bottom - pairs.other * pairs.bottom)
    p, rare, plain = (np.where(is_fine, one, np.nan) for one in (p, rare, plain))

    def sides(chance: Numbers, level: float) -> Codes:
        with np.errstate(invalid="ignore"):
            is_beyond = chance < 1 - level / 100
            place = np.where(is_beyond, direction, 0) + SIDES.index(Side.SIMILAR)
        return np.where(is_fine, place, NO_SIDE).astype(np.int8)

    return Judged(
        method=method,
        side=sides(p, 95.0),
        z=np.where(is_fine, z, np.nan),
        p=p,
        p_for_many=np.fmax(p, rare),
        plain_95=sides(plain, 95.0),
        plain_998=sides(plain, 99.8),
        why=why,
    )

"""Exact probabilities where few events are expected, and the normal curve would mislead.

The mid-p (Lancaster 1961): the probability of a count further out on its side, plus half that of
the count itself, doubled for two sides. NaN where fifty or more are expected: there the normal
curve is close enough, even for the small probabilities that matter among many comparisons.
"""

import math
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indicators.arithmetic import Numbers

FEW_EXPECTED: Final = 50
_TERMS: Final = 400
_NEGLIGIBLE: Final = 1e-14
_log_gamma = np.frompyfunc(math.lgamma, 1, 1)

Ratio = Callable[[Numbers], Numbers]
"""How much more probable one count more is, from a count."""


def poisson_p(count: Numbers, expected: Numbers) -> Numbers:
    """Return the mid-p of a count of events of which so many are expected."""
    few = np.isfinite(count) & (expected > 0) & (expected < FEW_EXPECTED)
    seen, mean = np.rint(count[few]), expected[few]
    start = seen * np.log(mean) - mean - _log_factorial(seen)
    return _spread(few, _mid_p(seen, mean, start, lambda k: mean / (k + 1)))


def binomial_p(count: Numbers, tries: Numbers, share: Numbers) -> Numbers:
    """Return the mid-p of a count out of so many; of those not counted where they are fewer."""
    with np.errstate(invalid="ignore"):
        is_rest = share > 0.5
        chance = np.where(is_rest, 1 - share, share)
        number = np.rint(np.where(is_rest, tries - count, count))
        mean = tries * chance
        few = (number >= 0) & (number <= tries) & (mean > 0) & (mean < FEW_EXPECTED)
    seen, of, p = number[few], np.rint(tries[few]), chance[few]
    start = _log_choose(of, seen) + seen * np.log(p) + (of - seen) * np.log1p(-p)
    return _spread(few, _mid_p(seen, mean[few], start, lambda k: (of - k) / (k + 1) * p / (1 - p)))


def hypergeometric_p(
    count: Numbers, tries: Numbers, other_count: Numbers, other_tries: Numbers
) -> Numbers:
    """Return the mid-p of a count out of so many beside another, given the sum of both counts."""
    with np.errstate(invalid="ignore", divide="ignore"):
        whole = tries + other_tries
        is_rest = count + other_count > whole / 2
        number = np.rint(np.where(is_rest, tries - count, count))
        events = np.rint(np.where(is_rest, whole - count - other_count, count + other_count))
        mean = events * tries / whole
        most = np.minimum(events, tries)
        few = (number >= 0) & (number <= most) & (mean > 0) & (mean < FEW_EXPECTED)
        few &= events - number <= other_tries
    seen, of, total, all_of = number[few], tries[few], events[few], whole[few]
    others = all_of - total - of
    start = (
        _log_choose(total, seen) + _log_choose(all_of - total, of - seen) - _log_choose(all_of, of)
    )
    ratio = _hypergeometric_ratio(total, of, others)
    return _spread(few, _mid_p(seen, mean[few], start, ratio))


def _hypergeometric_ratio(events: Numbers, tries: Numbers, others: Numbers) -> Ratio:
    def ratio(k: Numbers) -> Numbers:
        below = (k + 1) * (others + k + 1)
        up = (events - k) * (tries - k)
        return np.divide(up, below, out=np.full_like(up, np.inf), where=below > 0)

    return ratio


def _mid_p(seen: Numbers, mean: Numbers, log_start: Numbers, ratio: Ratio) -> Numbers:
    """Add up the tail on the side of the count, outwards, until nothing more comes."""
    is_upper = seen >= mean
    start = np.exp(log_start)
    term, tail, at = start, start / 2, seen
    for _ in range(_TERMS):
        with np.errstate(divide="ignore", invalid="ignore"):
            step = np.where(is_upper, ratio(at), 1 / ratio(at - 1))
        term = term * np.where(np.isfinite(step), step, 0.0)
        tail = tail + term
        at = np.where(is_upper, at + 1, at - 1)
        if not (term > _NEGLIGIBLE * tail).any():
            break
    both: Numbers = np.clip(2 * np.minimum(tail, 1 - tail), 0.0, 1.0)
    return both


def _spread(few: NDArray[np.bool_], found: Numbers) -> Numbers:
    result = np.full(few.shape, np.nan)
    result[few] = found
    return result


def _log_factorial(number: Numbers) -> Numbers:
    return np.asarray(_log_gamma(number + 1), dtype=np.float64)


def _log_choose(of: Numbers, number: Numbers) -> Numbers:
    return _log_factorial(of) - _log_factorial(number) - _log_factorial(of - number)

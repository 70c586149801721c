"""p-values, and what remains of many differences when they are looked at together."""

import math
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from indicators.arithmetic import Numbers

FALSE_DISCOVERY: Final = 0.05
"""Of the differences that remain among many, about this share at most are chance."""

_ROOT_TWO: Final = math.sqrt(2)
_error_function = np.frompyfunc(math.erfc, 1, 1)
_inverse = np.frompyfunc(NormalDist().inv_cdf, 1, 1)
_LEAST: Final = 1e-300


def p_of(z: ArrayLike) -> Numbers:
    """Return the two-sided p-value of z: 0.05 for 1.959964; NaN for NaN."""
    away = np.abs(np.asarray(z, dtype=np.float64)) / _ROOT_TWO
    return np.asarray(_error_function(away), dtype=np.float64)


def z_of(p: ArrayLike) -> Numbers:
    """Return the distance from nought, never below it, whose two-sided p-value is p."""
    chance = np.asarray(p, dtype=np.float64)
    is_p = (chance >= 0) & (chance <= 1)
    half = np.clip(np.where(is_p, chance, 1.0) / 2, _LEAST, 0.5)
    return np.where(is_p, -np.asarray(_inverse(half), dtype=np.float64), np.nan)


def adjusted_for_many(p: ArrayLike) -> Numbers:
    """Return p-values adjusted along the last axis by Benjamini and Hochberg (1995).

    Those at or below 0.05 stand for differences that remain when all are looked at together. NaN
    is no test: it stays and does not count.
    """
    found = np.asarray(p, dtype=np.float64)
    order = np.argsort(found, axis=-1)  # NaN comes last
    ordered = np.take_along_axis(found, order, axis=-1)
    tests = np.isfinite(found).sum(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore"):
        scaled = ordered * tests / np.arange(1, found.shape[-1] + 1)
    filled = np.where(np.isfinite(scaled), scaled, 1.0)
    least = np.minimum.accumulate(filled[..., ::-1], axis=-1)[..., ::-1]
    result = np.empty_like(found)
    np.put_along_axis(result, order, np.minimum(least, 1.0), axis=-1)
    return np.where(np.isfinite(found), result, np.nan)


def remains(p: ArrayLike, share: float = FALSE_DISCOVERY) -> NDArray[np.bool_]:
    """Say which differences remain among many: their adjusted p-value is at most the share."""
    with np.errstate(invalid="ignore"):
        return np.asarray(adjusted_for_many(p) <= share)

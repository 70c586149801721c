"""Two indicators of the same authorities read together: quadrants, and how far they go together.

Pure functions over columns. A quadrant is told by the figures as shown, against one line for each
indicator; whether a difference is more than chance is another question, asked of each alone. The
rank correlation is about authorities: it says nothing of children (Robinson 1950).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from indicators.arithmetic import Numbers, round_half_up
from indicators.intervals import normal_quantile

MIN_CORRELATED: Final = 20
"""Authorities, as many as a ranking needs; of 20 the interval of 0.30 goes from −0.17 to 0.66."""
CORRELATION_DECIMALS: Final = 2


class Lie(StrEnum):
    """How a figure lies of the line that parts the authorities."""

    HIGHER = "higher"
    LEVEL = "level"
    LOWER = "lower"


class Quadrant(StrEnum):
    """How x lies, then how y lies."""

    HIGHER_HIGHER = "higher_higher"
    HIGHER_LOWER = "higher_lower"
    LOWER_HIGHER = "lower_higher"
    LOWER_LOWER = "lower_lower"


class NoQuadrant(StrEnum):
    """Why an authority stands in no quadrant."""

    NOT_RANKABLE = "not_rankable"
    NO_X = "no_x"
    NO_Y = "no_y"
    NEITHER = "neither"
    NO_LINE = "no_line"
    ON_A_LINE = "on_a_line"


class Beyond(StrEnum):
    """Which of the two figures differs from the country's by more than chance."""

    BOTH = "both"
    X_ONLY = "x_only"
    Y_ONLY = "y_only"
    NEITHER = "neither"


class NoCorrelation(StrEnum):
    """Why no rank correlation is given."""

    TOO_FEW = "too_few"
    NO_SPREAD = "no_spread"


WORDS: Final[Mapping[NoCorrelation, str]] = {
    NoCorrelation.TOO_FEW: f"Fewer than {MIN_CORRELATED} authorities have both figures",
    NoCorrelation.NO_SPREAD: "All authorities have the same figure of one of the two",
}


@dataclass(frozen=True)
class Correlation:
    """How far two figures go together over authorities, or why nobody can say.

    No interval where all stand in the same or in opposite order, for nothing is left to vary.
    """

    n: int
    reason: NoCorrelation | None = None
    rho: float | None = None
    lower: float | None = None
    upper: float | None = None


def lies(values: ArrayLike, line: float | None) -> list[Lie | None]:
    """Return how each figure lies of a line, both as shown; None where either is missing."""
    numbers = np.asarray(values, dtype=np.float64)
    if line is None or not np.isfinite(line):
        return [None] * len(numbers)
    return [_lie(float(value), float(line)) for value in numbers]


def _lie(value: float, line: float) -> Lie | None:
    if not math.isfinite(value):
        return None
    return Lie.LEVEL if value == line else Lie.HIGHER if value > line else Lie.LOWER


def quadrant_of(x: Lie | None, y: Lie | None) -> Quadrant | None:
    """Return the quadrant of two figures; None for one that is missing or on a line."""
    if x in {None, Lie.LEVEL} or y in {None, Lie.LEVEL}:
        return None
    return Quadrant(f"{x}_{y}")


def why_none(
    is_rankable: NDArray[np.bool_], x: Numbers, y: Numbers, lines: Sequence[float | None]
) -> list[NoQuadrant | None]:
    """Return for each authority why it has no quadrant; None where it has one."""
    ways = zip(is_rankable, x, y, lies(x, lines[0]), lies(y, lines[1]), strict=True)
    return [_why(*way, has_lines=None not in lines) for way in ways]


def _why(
    is_rankable: bool,
    x: float,
    y: float,
    x_lies: Lie | None,
    y_lies: Lie | None,
    *,
    has_lines: bool,
) -> NoQuadrant | None:
    known = math.isfinite(x), math.isfinite(y)
    if not is_rankable:
        return NoQuadrant.NOT_RANKABLE
    if not all(known):
        return (
            NoQuadrant.NEITHER
            if not any(known)
            else NoQuadrant.NO_Y
            if known[0]
            else NoQuadrant.NO_X
        )
    if not has_lines:
        return NoQuadrant.NO_LINE
    return NoQuadrant.ON_A_LINE if Lie.LEVEL in {x_lies, y_lies} else None


def beyond_chance(*, x: bool | None, y: bool | None) -> Beyond | None:
    """Join the results of two tests; None where one of them could not be made."""
    if x is None or y is None:
        return None
    if x and y:
        return Beyond.BOTH
    return Beyond.X_ONLY if x else Beyond.Y_ONLY if y else Beyond.NEITHER


def once_each(x_unit: Sequence[int], y_unit: Sequence[int]) -> list[int]:
    """Return the places of authorities such that no return counts twice, in x or in y."""
    seen: tuple[set[int], set[int]] = (set(), set())
    kept: list[int] = []
    for place, (x, y) in enumerate(zip(x_unit, y_unit, strict=True)):
        if x not in seen[0] and y not in seen[1]:
            kept.append(place)
        seen[0].add(x)
        seen[1].add(y)
    return kept


def correlate(x: ArrayLike, y: ArrayLike, level: float = 95.0) -> Correlation:
    """Return the rank correlation of two columns over the places that have both.

    Equal figures share their mean rank. The interval is Fisher's, with the standard error that
    Bonett and Wright (2000) give for ranks: the root of (1 + rho²/2) / (n - 3).
    """
    first, second = (np.asarray(column, dtype=np.float64) for column in (x, y))
    known = np.isfinite(first) & np.isfinite(second)
    n = int(known.sum())
    if n < MIN_CORRELATED:
        return Correlation(n, NoCorrelation.TOO_FEW)
    rho = spearman(first[known], second[known])
    if not math.isfinite(rho):
        return Correlation(n, NoCorrelation.NO_SPREAD)
    lower, upper = rank_interval(rho, n, level)
    return Correlation(n, None, rho, lower, upper)


def spearman(x: Numbers, y: Numbers) -> float:
    """Return Spearman's rank correlation: that of the ranks; NaN where all of one are equal."""
    first, second = (mean_ranks(column) for column in (x, y))
    first, second = first - first.mean(), second - second.mean()
    spread = math.sqrt(float((first**2).sum()) * float((second**2).sum()))
    return float((first * second).sum()) / spread if spread else math.nan


def mean_ranks(values: ArrayLike) -> Numbers:
    """Return the rank of each number, lowest 1; equal ones share the mean of their ranks."""
    numbers = np.asarray(values, dtype=np.float64)
    ordered = np.sort(numbers)
    first = np.searchsorted(ordered, numbers, side="left")
    last = np.searchsorted(ordered, numbers, side="right")
    return np.asarray((first + 1 + last) / 2, dtype=np.float64)


def rank_interval(rho: float, n: int, level: float = 95.0) -> tuple[float | None, float | None]:
    """Return the limits of a rank correlation; none where the order is the same or opposite."""
    if math.isclose(abs(rho), 1.0):
        return None, None
    error = math.sqrt((1 + rho**2 / 2) / (n - 3))
    reach = normal_quantile(level) * error
    middle = math.atanh(rho)
    return math.tanh(middle - reach), math.tanh(middle + reach)


def correlation_sentence(x_title: str, y_title: str, found: Correlation, left_out: int) -> str:
    """Return in plain words how far two figures go together over authorities.

    `left_out` are the authorities that lack a figure: who lacks one is seldom chance.
    """
    first, second = f"“{x_title}”", f"“{y_title}”"
    if found.reason is not None or found.rho is None:
        why = WORDS[found.reason or NoCorrelation.TOO_FEW]
        return f"Nothing is said of how {first} and {second} go together: {why}."
    return (
        f"Over the {found.n} authorities that have both figures, {_tendency(found, first, second)} "
        f"(rank correlation {_number(found.rho)}{_limits(found)}). {_left_out(left_out)}"
        f"{ABOUT_AUTHORITIES}"
    )


ABOUT_AUTHORITIES: Final = (
    "This is about authorities, not about children or families, and does not say that one brings "
    "about the other."
)


def _tendency(found: Correlation, first: str, second: str) -> str:
    rho = found.rho or 0.0
    lower, upper = (found.lower, found.upper) if found.lower is not None else (rho, rho)
    if lower <= 0 <= (upper or rho):
        return f"{first} and {second} do not go together beyond chance"
    way = "higher" if rho > 0 else "lower"
    return f"those that are higher in {first} tend to be {way} in {second}"


def _left_out(count: int) -> str:
    if not count:
        return ""
    others = "1 other lacks" if count == 1 else f"{count} others lack"
    return f"{others} one of the figures or both, so it does not speak for all. "


def _limits(found: Correlation) -> str:
    if found.lower is None or found.upper is None:
        return ""
    return f", 95% interval {_number(found.lower)} to {_number(found.upper)}"


def _number(value: float) -> str:
    text = f"{round_half_up(value, CORRELATION_DECIMALS):.{CORRELATION_DECIMALS}f}"
    return text.replace("-", "−") if float(text) else text.lstrip("-")

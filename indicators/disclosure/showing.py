"""What a release shows of figures: which counts are hidden, the rest as the policy rounds them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

import numpy as np

from indicators.arithmetic import Numbers, published_value, rounded
from indicators.cells import BREAKDOWN_COLUMNS, TOTAL, Flag, Status
from indicators.disclosure.figures import STATUS_OF, CountId, Figure, Part
from indicators.disclosure.policy import Policy
from indicators.intervals import interval_of
from indicators.measures import Key

SUPPRESSED_SYMBOL: Final = "c"
LOW_SYMBOL: Final = "low"
NUMBERS: Final = ("value", "numerator", "denominator", "ci_lower", "ci_upper")

TotalId = tuple[str, str, Key, str]
"""Collection, period, count and area: one total of submitted counts."""


class Reason(StrEnum):
    """Why a count or a total is hidden."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    COMPLEMENT = "complement"
    BASE = "base"
    TOTAL = "total"
    EARLIER = "earlier"
    PUBLISHER = "publisher"
    UNRELIABLE = "unreliable"
    TIED = "tied"


@dataclass(frozen=True)
class Why:
    """A reason, and in words what decided; never with a count in it."""

    reason: Reason
    because: str


@dataclass(frozen=True)
class Showing:
    """A policy, and all that it hides of the counts and of their totals."""

    policy: Policy
    counts: Mapping[CountId, Why] = field(default_factory=dict)
    totals: Mapping[TotalId, Why] = field(default_factory=dict)

    def hides(self, figure: Figure, part: Part) -> bool:
        """Say whether a part of a figure stays hidden; populations are public."""
        return part.key is not None and (figure.unit, part.key) in self.counts

    def hides_total(self, figure: Figure, part: Part, area: str) -> bool:
        """Say whether the total of a part over an area stays hidden."""
        if part.key is None:
            return False
        return (figure.slot[1], figure.slot[2], part.key, area) in self.totals

    def hiding(
        self, counts: Mapping[CountId, Why], totals: Mapping[TotalId, Why] | None = None
    ) -> "Showing":
        """Hide more; what is hidden already keeps its first reason."""
        return replace(
            self, counts={**counts, **self.counts}, totals={**(totals or {}), **self.totals}
        )


@dataclass(frozen=True)
class Shown:
    """One figure as it is shown: numbers in the order of NUMBERS, and why any is missing."""

    figure: Figure
    numbers: tuple[float, ...]
    status: Status
    symbol: str = ""

    @property
    def is_low(self) -> bool:
        """Whether it is more than nothing and rounds to zero."""
        return self.status is Status.LOW


def shown_figures(figures: Sequence[Figure], showing: Showing) -> list[Shown]:
    """Return figures as they are shown, with no number that must stay hidden."""
    grouped: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if not figure.is_imputed:
            grouped[figure.indicator.id].append(figure)
    return [shown for held in grouped.values() for shown in _shown(held, showing)]


def _shown(figures: Sequence[Figure], showing: Showing) -> Iterator[Shown]:
    indicator = figures[0].indicator
    tops, bottoms = shown_parts(figures, showing.policy)
    values = published_value(indicator, tops, bottoms)
    lower, upper = interval_of(indicator, tops, bottoms)
    for place, figure in enumerate(figures):
        numbers = (values[place], tops[place], bottoms[place], lower[place], upper[place])
        status, symbol = _status(figure, float(values[place]), showing)
        yield Shown(figure, _kept(figure, numbers, status, showing), status, symbol)


def shown_parts(figures: Sequence[Figure], policy: Policy) -> tuple[Numbers, Numbers]:
    """Return numerators and denominators of one indicator as the policy rounds them.

    A mean is kept to its decimals: its sum of scores follows from it and the rounded count.
    """
    tops = np.array([figure.numerator.number for figure in figures])
    bottoms = np.array([figure.denominator.number for figure in figures])
    step = policy.authorities_rounded_to
    if step == 1:
        return tops, bottoms
    below = bottoms if figures[0].denominator.key is None else rounded(bottoms / step, 0) * step
    if figures[0].numerator.is_score_sum:
        means = published_value(figures[0].indicator, tops, bottoms)
        return rounded(means * below, 0), below
    return rounded(tops / step, 0) * step, below


def _status(figure: Figure, value: float, showing: Showing) -> tuple[Status, str]:
    if figure.status is not Status.OK:
        symbol = next((s for s, status in STATUS_OF.items() if status is figure.status), "")
        return figure.status, symbol
    if any(showing.hides(figure, part) for part in figure.parts):
        return Status.SUPPRESSED, SUPPRESSED_SYMBOL
    if value == 0 and figure.numerator.number > 0:
        return Status.LOW, LOW_SYMBOL
    return Status.OK, ""


def _kept(
    figure: Figure, numbers: tuple[float, ...], status: Status, showing: Showing
) -> tuple[float, ...]:
    """Take out value, numerator and interval where there is no value, and a hidden denominator."""
    if status is Status.OK:
        return tuple(float(number) for number in numbers)
    keeps_denominator = status in (Status.SUPPRESSED, Status.LOW)
    is_open = keeps_denominator and not showing.hides(figure, figure.denominator)
    return (np.nan, np.nan, float(numbers[2]) if is_open else np.nan, np.nan, np.nan)


def authority_cells(shown: Sequence[Shown], policy: Policy) -> list[dict[str, Any]]:
    """Return the cells of authorities."""
    return [
        {
            "indicator": one.figure.indicator.id,
            "period": one.figure.period,
            "area": one.figure.authority,
            **cell_rest(one.numbers, one.status, _flags(one, policy), one.symbol),
            "source": one.figure.source,
            "definition_version": one.figure.indicator.version,
        }
        for one in shown
    ]


def cell_rest(
    numbers: tuple[float, ...], status: Status, flags: Sequence[Flag], symbol: str
) -> dict[str, Any]:
    """Return what every provisional cell has beside its key and source."""
    return {
        **dict.fromkeys(BREAKDOWN_COLUMNS, TOTAL),
        **dict(zip(NUMBERS, numbers, strict=True)),
        "ci_level": 95.0 if np.isfinite(numbers[3]) else np.nan,
        "status": str(status),
        "flags": ";".join(sorted(map(str, flags))),
        "source_symbol": symbol,
    }


def _flags(shown: Shown, policy: Policy) -> list[Flag]:
    figure = shown.figure
    flags = [Flag.PROVISIONAL]
    if figure.is_joint:
        flags.append(Flag.JOINT_RETURN)
    if any(part.is_estimated for part in figure.parts):
        flags.append(Flag.ESTIMATED)
    base = shown.numbers[2]
    is_few = figure.denominator.key is not None and base < policy.low_reliability_below
    if is_few and shown.status is Status.OK:
        flags.append(Flag.LOW_RELIABILITY)
    return flags

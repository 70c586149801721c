"""From submitted counts to figures of indicators: provisional, protected, and their totals."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from indicators.arithmetic import published_value
from indicators.cells import BREAKDOWN_COLUMNS, TOTAL, Flag, Status
from indicators.hidden_counts import Rows, Span, hidden_counts
from indicators.intervals import interval_of
from indicators.measures import Collection, Key, Measures
from indicators.model import Counted, Indicator
from reference.periods import parse_period
from reference.places import PlaceSet

SUPPRESSED_SYMBOL: Final = "c"
LOW_SYMBOL: Final = "low"
POPULATION: Final = "population_0_17"

_STATUS: Final[Mapping[str, Status]] = {
    "x": Status.NOT_AVAILABLE,
    "u": Status.UNRELIABLE_WITHHELD,
    "z": Status.NOT_APPLICABLE,
}
"""What the sender's own reason makes of a figure; the first of a pair that applies counts."""

Slot = tuple[str, str, str]
"""Authority, collection and period: one return."""


@dataclass(frozen=True)
class Sent:
    """The counts of one return: value (None = none) and status by key."""

    source: str
    values: Mapping[Key, float | None]
    statuses: Mapping[Key, str]

    @cached_property
    def counts(self) -> Mapping[Key, int]:
        """The counts that were sent."""
        return {key: int(value) for key, value in self.values.items() if value is not None}


@dataclass(frozen=True)
class Part:
    """A numerator or denominator: its number, whether it must stay hidden, or why there is none."""

    number: float
    is_hidden: bool = False
    span: Span | None = None
    status: Status = Status.OK
    is_estimated: bool = False


@dataclass(frozen=True)
class Figure:
    """One indicator of one authority and period, worked out but not yet protected."""

    indicator: Indicator
    period: str
    authority: str
    source: str
    numerator: Part
    denominator: Part

    @property
    def status(self) -> Status:
        """Why there is no figure; OK where both parts are known."""
        for status in _STATUS.values():
            if status in (self.numerator.status, self.denominator.status):
                return status
        return Status.NOT_APPLICABLE if self.denominator.number == 0 else Status.OK

    @property
    def is_hidden(self) -> bool:
        """Whether a part of it must stay hidden."""
        return self.numerator.is_hidden or self.denominator.is_hidden


@dataclass(frozen=True)
class KnownElsewhere:
    """What publishers' own cells say of the counts of a return."""

    public: frozenset[Key] = frozenset()
    withheld: frozenset[Key] = frozenset()


@dataclass(frozen=True)
class Protected:
    """All figures from submissions, and how many counts are hidden."""

    figures: tuple[Figure, ...]
    hidden: int = 0
    slots: frozenset[Slot] = field(default_factory=frozenset)


def read_submitted(submitted: pd.DataFrame) -> dict[Slot, Sent]:
    """Group SUBMITTED_COLUMNS by return."""
    columns = ["authority", "collection", "period", "source"]
    returns: dict[Slot, Sent] = {}
    for (authority, collection, period, source), rows in submitted.groupby(columns, sort=True):
        keys = list(zip(rows["measure"], rows["breakdown_type"], rows["breakdown"], strict=True))
        values = [None if value != value else float(value) for value in rows["value"]]
        returns[str(authority), str(collection), str(period)] = Sent(
            source=str(source),
            values=dict(zip(keys, values, strict=True)),
            statuses=dict(zip(keys, rows["status"], strict=True)),
        )
    return returns


def hidden_in(
    sent: Sent, collection: Collection, known: KnownElsewhere, smallest_shown: int
) -> dict[Key, Span]:
    """Return the counts of one return that must stay hidden."""
    unreliable = {key for key, status in sent.statuses.items() if status == "u"}
    tied = {
        key: (measure.hidden_with, *key[1:])
        for key in sent.values
        if (measure := collection.measures.get(key[0])) is not None and measure.hidden_with
    }
    rows = Rows(
        counts=sent.counts,
        identities=collection.identities,
        tied=tied,
        public=known.public,
        withheld=known.withheld | unreliable,
    )
    return hidden_counts(rows, smallest_shown)


def fed_by(indicators: Sequence[Indicator]) -> Mapping[str, tuple[Indicator, ...]]:
    """Return collection to the indicators that its counts make."""
    grouped: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in indicators:
        if indicator.submission is not None:
            grouped[indicator.submission.collection].append(indicator)
    return {collection: tuple(held) for collection, held in grouped.items()}


def key_of(counted: Counted) -> Key:
    """Return the key of a submitted count."""
    return (counted.measure, counted.breakdown_type, counted.breakdown)


def figures_of(
    returns: Mapping[Slot, Sent],
    indicators: Sequence[Indicator],
    places: PlaceSet,
    measures: Measures,
    known: Mapping[Slot, KnownElsewhere],
    smallest_shown: int,
) -> Protected:
    """Work out every indicator of every return, each part marked if it must stay hidden."""
    by_collection = fed_by(indicators)
    figures: list[Figure] = []
    count = 0
    for slot, sent in returns.items():
        collection = measures.collection(slot[1])
        hidden = hidden_in(sent, collection, known.get(slot, KnownElsewhere()), smallest_shown)
        count += len(hidden.keys() & sent.counts.keys())
        figures += _figures(slot, sent, hidden, by_collection.get(slot[1], ()), places)
    return Protected(tuple(figures), count, frozenset(returns))


def _figures(
    slot: Slot,
    sent: Sent,
    hidden: Mapping[Key, Span],
    indicators: Sequence[Indicator],
    places: PlaceSet,
) -> Iterator[Figure]:
    authority, _, period = slot
    kind = parse_period(period).kind
    for indicator in indicators:
        fed = indicator.submission
        if fed is not None and indicator.period_kind == kind:
            top = _part(sent, key_of(fed.numerator), hidden)
            if isinstance(fed.denominator, Counted):
                bottom = _part(sent, key_of(fed.denominator), hidden)
            else:
                bottom = _population(places, authority, period)
            yield Figure(indicator, period, authority, sent.source, top, bottom)


def _part(sent: Sent, key: Key, hidden: Mapping[Key, Span]) -> Part:
    value, status = sent.values.get(key), sent.statuses.get(key, "x")
    if status in _STATUS or value is None:
        return Part(np.nan, status=_STATUS.get(status, Status.NOT_AVAILABLE))
    span = hidden.get(key)
    return Part(value, span is not None, span, is_estimated=status == "E")


def _population(places: PlaceSet, authority: str, period: str) -> Part:
    """Return children aged 0 to 17 at the mid-year before the period's end, as rates use."""
    count = places.population_of(authority, parse_period(period).end.year - 1)
    if count is None:
        return Part(np.nan, status=Status.NOT_AVAILABLE)
    return Part(float(count))


def authority_cells(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """Return the cells of authorities, with no number that must stay hidden."""
    grouped: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        grouped[figure.indicator.id].append(figure)
    return [cell for held in grouped.values() for cell in _cells(held)]


def _cells(figures: Sequence[Figure]) -> Iterator[dict[str, Any]]:
    indicator = figures[0].indicator
    tops = [figure.numerator.number for figure in figures]
    bottoms = [figure.denominator.number for figure in figures]
    values = published_value(indicator, tops, bottoms)
    lower, upper = interval_of(indicator, tops, bottoms)
    for place, figure in enumerate(figures):
        numbers = (values[place], tops[place], bottoms[place], lower[place], upper[place])
        yield cell(figure, tuple(float(number) for number in numbers))


def cell(figure: Figure, numbers: tuple[float, ...]) -> dict[str, Any]:
    """Return one cell; value, numerator and interval go wherever the value does."""
    value, _, bottom, _, _ = numbers
    status, symbol = _shown_status(figure, value)
    if status is not Status.OK:
        keeps_denominator = status in (Status.SUPPRESSED, Status.LOW)
        is_open = keeps_denominator and not figure.denominator.is_hidden
        numbers = (np.nan, np.nan, bottom if is_open else np.nan, np.nan, np.nan)
    is_estimated = figure.numerator.is_estimated or figure.denominator.is_estimated
    flags = [Flag.ESTIMATED, Flag.PROVISIONAL] if is_estimated else [Flag.PROVISIONAL]
    return {
        "indicator": figure.indicator.id,
        "period": figure.period,
        "area": figure.authority,
        **dict.fromkeys(BREAKDOWN_COLUMNS, TOTAL),
        **dict(zip(NUMBERS, numbers, strict=True)),
        "ci_level": 95.0 if np.isfinite(numbers[3]) else np.nan,
        "status": str(status),
        "flags": ";".join(map(str, flags)),
        "source_symbol": symbol,
        "source": figure.source,
        "definition_version": figure.indicator.version,
    }


NUMBERS: Final = ("value", "numerator", "denominator", "ci_lower", "ci_upper")


def _shown_status(figure: Figure, value: float) -> tuple[Status, str]:
    if figure.status is not Status.OK:
        symbol = next((s for s, status in _STATUS.items() if status is figure.status), "")
        return figure.status, symbol
    if figure.is_hidden:
        return Status.SUPPRESSED, SUPPRESSED_SYMBOL
    if value == 0 and figure.numerator.number > 0:
        return Status.LOW, LOW_SYMBOL
    return Status.OK, ""

"""From submitted counts to figures of indicators: exact, and not yet protected."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from indicators.cells import Status
from indicators.disclosure.policy import is_score_sum
from indicators.draft import Decision, SlotDecision
from indicators.measures import Collection, Key, Measures
from indicators.model import Arithmetic, Counted, Indicator
from reference.periods import parse_period
from reference.places import PlaceSet

STATUS_OF: Final[Mapping[str, Status]] = {
    "x": Status.NOT_AVAILABLE,
    "u": Status.UNRELIABLE_WITHHELD,
    "z": Status.NOT_APPLICABLE,
}
"""What the sender's own reason makes of a figure; the first of a pair that applies counts."""

Slot = tuple[str, str, str]
"""Authority, collection and period: one return."""

CountId = tuple[Slot, Key]
"""One count of one return."""


@dataclass(frozen=True)
class Sent:
    """The counts of one return: value (None = none) and status by key.

    `decision` is a steward's: of an imputed return nothing but totals is made.
    """

    source: str
    values: Mapping[Key, float | None]
    statuses: Mapping[Key, str]
    decision: Decision | None = None

    @cached_property
    def counts(self) -> Mapping[Key, int]:
        """The counts that were sent."""
        return {key: int(value) for key, value in self.values.items() if value is not None}


@dataclass(frozen=True)
class Part:
    """A numerator or denominator: its number, or why there is none; no `key`: a population."""

    number: float
    key: Key | None = None
    status: Status = Status.OK
    is_estimated: bool = False
    is_score_sum: bool = False


@dataclass(frozen=True)
class Figure:
    """One indicator of one authority and period, worked out but not yet protected.

    `unit` is the return that its counts are of: of a joint return, the first authority's.
    """

    indicator: Indicator
    slot: Slot
    unit: Slot
    source: str
    numerator: Part
    denominator: Part
    is_imputed: bool = False
    is_joint: bool = False

    @property
    def authority(self) -> str:
        """The authority it is of."""
        return self.slot[0]

    @property
    def period(self) -> str:
        """The period it is of."""
        return self.slot[2]

    @cached_property
    def status(self) -> Status:
        """Why there is no figure; OK where both parts are known."""
        for status in STATUS_OF.values():
            if status in (self.numerator.status, self.denominator.status):
                return status
        return Status.NOT_APPLICABLE if self.denominator.number == 0 else Status.OK

    @property
    def is_percentage(self) -> bool:
        """Whether the numerator is a part of the denominator."""
        return self.indicator.arithmetic is Arithmetic.PERCENTAGE

    @property
    def parts(self) -> tuple[Part, Part]:
        """Numerator and denominator."""
        return (self.numerator, self.denominator)


def read_submitted(
    submitted: pd.DataFrame, decisions: Sequence[SlotDecision] = ()
) -> dict[Slot, Sent]:
    """Group SUBMITTED_COLUMNS by return."""
    decided = {(d.authority, d.collection, d.period): d.decision for d in decisions}
    columns = ["authority", "collection", "period", "source"]
    returns: dict[Slot, Sent] = {}
    for (authority, collection, period, source), rows in submitted.groupby(columns, sort=True):
        keys = list(zip(rows["measure"], rows["breakdown_type"], rows["breakdown"], strict=True))
        values = [None if value != value else float(value) for value in rows["value"]]
        slot = (str(authority), str(collection), str(period))
        returns[slot] = Sent(
            source=str(source),
            values=dict(zip(keys, values, strict=True)),
            statuses=dict(zip(keys, rows["status"], strict=True)),
            decision=decided.get(slot),
        )
    return returns


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
) -> tuple[Figure, ...]:
    """Work out every indicator of every return that may be used."""
    by_collection = fed_by(indicators)
    units = units_of(returns)
    shared = Counter(units.values())
    return tuple(
        replace(figure, unit=units[slot], is_joint=shared[units[slot]] > 1)
        for slot, sent in returns.items()
        if sent.decision in (None, Decision.IMPUTED)
        for figure in _figures(
            slot, sent, by_collection.get(slot[1], ()), places, measures.collection(slot[1])
        )
    )


def units_of(returns: Mapping[Slot, Sent]) -> dict[Slot, Slot]:
    """Return the slot whose counts each slot has: a joint return is one source for two."""
    first: dict[tuple[str, str, str], Slot] = {}
    return {
        slot: first.setdefault((returns[slot].source, slot[1], slot[2]), slot)
        for slot in sorted(returns)
    }


def _figures(
    slot: Slot,
    sent: Sent,
    indicators: Sequence[Indicator],
    places: PlaceSet,
    collection: Collection,
) -> Iterator[Figure]:
    authority, _, period = slot
    for indicator in indicators_in(indicators, period):
        fed = indicator.submission
        if fed is not None:
            top = _part(sent, key_of(fed.numerator), collection)
            if isinstance(fed.denominator, Counted):
                bottom = _part(sent, key_of(fed.denominator), collection)
            else:
                bottom = _population(places, authority, period)
            is_imputed = sent.decision is Decision.IMPUTED
            yield Figure(indicator, slot, slot, sent.source, top, bottom, is_imputed)


def indicators_in(indicators: Sequence[Indicator], period: str) -> list[Indicator]:
    """Return the indicators that have figures for periods of this kind."""
    kind = parse_period(period).kind
    return [indicator for indicator in indicators if indicator.period_kind == kind]


def _part(sent: Sent, key: Key, collection: Collection) -> Part:
    value, status = sent.values.get(key), sent.statuses.get(key, "x")
    if status in STATUS_OF or value is None:
        return Part(np.nan, key, status=STATUS_OF.get(status, Status.NOT_AVAILABLE))
    return Part(
        value,
        key,
        is_estimated=status == "E",
        is_score_sum=is_score_sum(collection, key),
    )


def _population(places: PlaceSet, authority: str, period: str) -> Part:
    """Return children aged 0 to 17 at the mid-year before the period's end, as rates use."""
    count = places.population_of(authority, parse_period(period).end.year - 1)
    if count is None:
        return Part(np.nan, status=Status.NOT_AVAILABLE)
    return Part(float(count))

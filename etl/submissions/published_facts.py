"""What a release says of the indicators that returns feed, worked out once for all returns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from etl.submissions.code_lists import Scope
from etl.submissions.past import Published
from indicators.arithmetic import Numbers
from indicators.cells import Breakdown, Status
from indicators.comparison import can_test, overdispersion, standardised
from indicators.disclosure.figures import key_of
from indicators.measures import Key
from indicators.model import Counted, Indicator
from indicators.snapshot import Snapshot
from reference.periods import Period

_PERIODS: Final = 3
"""The widest range that was published is of so many periods, the newest included."""


@dataclass(frozen=True)
class Landscape:
    """The figures of all authorities for one indicator and period, and that of the country."""

    indicator: Indicator
    period: str
    places: Mapping[str, int]
    """Area code to its place in the columns."""
    value: Numbers
    numerator: Numbers
    denominator: Numbers
    country: float | None

    @cached_property
    def phi(self) -> float:
        """By how much authorities vary beyond chance."""
        multiplier = self.indicator.arithmetic.multiplier
        if self.country is None or multiplier is None or not can_test(self.indicator):
            return 1.0
        share = self.country / multiplier
        return overdispersion(standardised(self.indicator, self.numerator, self.denominator, share))

    @cached_property
    def everyone(self) -> tuple[float, ...]:
        """All figures."""
        return tuple(map(float, self.value))


class PublishedFacts:
    """One release, asked for what returns are compared with; each answer is kept."""

    def __init__(self, snapshot: Snapshot | None) -> None:
        self._snapshot = snapshot
        self._landscapes: dict[tuple[str, str], Landscape | None] = {}
        self._shapes: dict[tuple[str, str], tuple[Published, Landscape] | None] = {}

    def published(self, scope: Scope) -> tuple[Published, ...]:
        """Return what is published of the indicators that a return feeds, for its authority."""
        return tuple(self._published(scope)) if self._snapshot is not None else ()

    def _published(self, scope: Scope) -> Iterator[Published]:
        for indicator in self._fed(scope.collection.collection):
            shape = self._shape(indicator, scope.period)
            if shape is not None:
                country, newest = shape
                near = self._near(scope.authority.code, newest)
                yield Published(**{**vars(country), "neighbours": near})

    def _near(self, authority: str, newest: Landscape) -> tuple[float, ...]:
        snapshot = self._held
        codes = (near.neighbour for near in snapshot.places.neighbours_of(authority))
        return tuple(
            float(newest.value[newest.places[code]]) for code in codes if code in newest.places
        )

    @property
    def _held(self) -> Snapshot:
        if self._snapshot is None:
            raise LookupError("nothing is published")
        return self._snapshot

    def _fed(self, collection: str) -> tuple[Indicator, ...]:
        return tuple(
            one
            for one in self._held.indicators
            if one.submission is not None and one.submission.collection == collection
        )

    def _shape(self, indicator: Indicator, period: Period) -> tuple[Published, Landscape] | None:
        key = (indicator.id, period.id)
        if key not in self._shapes:
            self._shapes[key] = self._worked_out(indicator, period)
        return self._shapes[key]

    def _worked_out(
        self, indicator: Indicator, period: Period
    ) -> tuple[Published, Landscape] | None:
        """Return the newest figures up to a period, with the range of those just before them."""
        recent = self._recent(indicator, period)
        if not recent:
            return None
        newest = recent[0]
        country = Published(
            indicator=indicator,
            period=newest.period,
            neighbours=(),
            everyone=newest.everyone,
            lowest=min(float(one.value.min()) for one in recent),
            highest=max(float(one.value.max()) for one in recent),
            since=recent[-1].period,
            country=newest.country,
            phi=newest.phi,
        )
        return country, newest

    def _recent(self, indicator: Indicator, period: Period) -> list[Landscape]:
        snapshot = self._held
        codes = snapshot.periods_of(snapshot.indicator_codes[indicator.id])
        ids = [
            snapshot.periods[code].id
            for code in sorted(codes, reverse=True)
            if snapshot.periods[code].end <= period.end
            and snapshot.periods[code].kind == period.kind
        ]
        found = (self.landscape(indicator, one) for one in ids)
        return [one for one in found if one is not None and len(one.value)][:_PERIODS]

    def landscape(self, indicator: Indicator, period_id: str) -> Landscape | None:
        """Return the figures of an indicator in a period; None where the release has none."""
        key = (indicator.id, period_id)
        if key not in self._landscapes:
            self._landscapes[key] = self._read(indicator, period_id)
        return self._landscapes[key]

    def _read(self, indicator: Indicator, period_id: str) -> Landscape | None:
        snapshot = self._held
        total = snapshot.breakdown_codes.get(Breakdown())
        if period_id not in snapshot.period_codes or total is None:
            return None
        at = (snapshot.indicator_codes[indicator.id], snapshot.period_codes[period_id])
        names = [area.code for area in snapshot.places.authorities()]
        codes = [name for name in names if name in snapshot.area_codes]
        rows = snapshot.positions(*at, [snapshot.area_codes[code] for code in codes], total)
        is_ok = self._is_ok(rows)
        kept = rows[is_ok]
        shown = [code for code, ok in zip(codes, is_ok, strict=True) if ok]
        return Landscape(
            indicator,
            period_id,
            {code: place for place, code in enumerate(shown)},
            value=self._column("value", kept),
            numerator=self._column("numerator", kept),
            denominator=self._column("denominator", kept),
            country=self._country(at, total),
        )

    def _country(self, at: tuple[int, int], breakdown: int) -> float | None:
        snapshot = self._held
        code = snapshot.area_codes.get(snapshot.places.country.code)
        rows = np.empty(0, np.int64) if code is None else snapshot.positions(*at, [code], breakdown)
        kept = rows[self._is_ok(rows)]
        return float(self._column("value", kept)[0]) if len(kept) else None

    def _is_ok(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        ok = self._held.index.statuses.index(Status.OK)
        statuses = self._column("status", np.maximum(rows, 0))
        values = self._column("value", np.maximum(rows, 0))
        return np.asarray((rows >= 0) & (statuses == ok) & np.isfinite(values), dtype=np.bool_)

    def _column(self, name: str, rows: NDArray[np.int64]) -> NDArray[Any]:
        column = self._held.columns[name]
        return np.asarray(column[rows] if len(column) else np.empty(0), dtype=np.float64)

    def counts(self, authority: str, period_id: str) -> dict[Key, int]:
        """Return the counts of an authority that its published figures of a period are made of."""
        if self._snapshot is None:
            return {}
        counts: dict[Key, int] = {}
        for indicator in self._snapshot.indicators:
            fed = indicator.submission
            held = None if fed is None else self.landscape(indicator, period_id)
            if fed is None or held is None or authority not in held.places:
                continue
            place = held.places[authority]
            parts = [(fed.numerator, held.numerator)]
            if isinstance(fed.denominator, Counted):
                parts.append((fed.denominator, held.denominator))
            for counted, column in parts:
                number = float(column[place])
                if number.is_integer():
                    counts.setdefault(key_of(counted), int(number))
        return counts

"""Rows of rankings: where each authority stands among all, by our rules or by those of LAIT."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from api.area_choice import AreaChoice
from api.figures import Figures, figures_of
from api.opened import OpenRelease
from indicators.arithmetic import round_half_up
from indicators.as_lait import (
    NOTHING,
    Polarity,
    find_bands,
    find_changes,
    find_ranks,
    neighbour_mean,
    polarity_of,
)
from indicators.boundary_history import existed_during
from indicators.export_rows import shown_type
from indicators.position import (
    WORDS,
    Field,
    NoPosition,
    Order,
    Position,
    Positions,
    count_ahead,
    find_positions,
    order_of,
)

OWN_RULES, LAIT_RULES = "own", "lait"
NO_DIRECTION: Final = "no_direction"
"""Why LAIT ranks nothing: neither way is good."""

_NO_DIRECTION_WORDS: Final = "LAIT ranks nothing where neither way is good"
_PERCENTILE_DECIMALS: Final = 1
_RANK_ONE: Final = {Order.BEST_FIRST: "best", Order.HIGHEST_FIRST: "highest"}
_AT_THE_END: Final = 10**6

_NO_PLACE: Final[Mapping[str, Any]] = dict.fromkeys(
    ("rank", "ranked", "tied", "percentile", "quarter", "letter", "rank_from", "rank_to")
)
_NO_LAIT: Final[Mapping[str, Any]] = dict.fromkeys(
    ("change", "neighbour_mean", "neighbours_with_value")
)


def ranking_rows(
    release: OpenRelease, indicator: int, period: int, shown: AreaChoice, rules: str
) -> list[dict[str, Any]]:
    """Return the rows of one ranking by rank, then by code; `shown` narrows rows, not the field."""
    make = _own_rows if rules == OWN_RULES else _lait_rows
    rows = make(figures_of(release, indicator, period), shown)
    return sorted(rows, key=lambda row: (row["rank"] or _AT_THE_END, row["area_code"]))


def members_of(figures: Figures) -> tuple[int, ...]:
    """Return the authorities of a ranking: none from before it began or after it ended."""
    release = figures.release
    period = release.snapshot.periods[figures.period]
    return tuple(
        member
        for member in figures.authorities
        if existed_during(release.areas[member], period, figures.indicator.measured)
    )


def _own_rows(figures: Figures, shown: AreaChoice) -> list[dict[str, Any]]:
    release = figures.release
    members = members_of(figures)
    key = ("positions", figures.indicator.id, figures.period)
    positions = release.recall(key, lambda: _positions(figures, members))
    wanted = set(shown.codes.tolist())
    return [
        _own_row(figures, member, positions.of(place))
        for place, member in enumerate(members)
        if member in wanted and (release.areas[member].is_rankable or _is_named(shown, member))
    ]


def _is_named(shown: AreaChoice, area: int) -> bool:
    return shown.named is not None and bool(shown.named[area])


def _positions(figures: Figures, members: Sequence[int]) -> Positions:
    places = list(members)
    areas = figures.release.areas
    field = Field(
        is_rankable=np.asarray([areas[member].is_rankable for member in places], dtype=np.bool_),
        value=figures.value[places],
        numerator=figures.numerator[places],
        denominator=figures.denominator[places],
        lower=figures.ci_lower[places],
        upper=figures.ci_upper[places],
    )
    return find_positions(figures.indicator, field)


def _own_row(figures: Figures, area: int, position: Position) -> dict[str, Any]:
    place = {
        **_NO_PLACE,
        "rank": position.rank,
        "ranked": position.ranked,
        "tied": position.tied,
        "percentile": None
        if position.percentile is None
        else round_half_up(position.percentile, _PERCENTILE_DECIMALS),
        "quarter": position.quarter,
        "letter": position.band,
        "rank_from": position.rank_from,
        "rank_to": position.rank_to,
    }
    reason = position.reason
    why = (None, None) if reason is None else (reason.value, WORDS[reason])
    rank_one = _RANK_ONE[order_of(figures.indicator)]
    return _row(figures, area, OWN_RULES, rank_one, place, why, _NO_LAIT)


@dataclass(frozen=True)
class LaitField:
    """All authorities of one indicator and period as LAIT ranks them, the smallest too."""

    figures: Figures

    @cached_property
    def members(self) -> tuple[int, ...]:
        """The authorities of the field."""
        return members_of(self.figures)

    @cached_property
    def polarity(self) -> Polarity:
        """Which way is good."""
        return polarity_of(self.figures.indicator.direction.good)

    @cached_property
    def value(self) -> NDArray[np.float64]:
        """The values as published."""
        return self.figures.value[list(self.members)]

    @cached_property
    def change(self) -> NDArray[np.float64]:
        """The change from the period before that the release holds, however far apart."""
        release, now = self.figures.release, self.figures.period
        code = release.snapshot.indicator_codes[self.figures.indicator.id]
        periods = release.snapshot.periods
        held = [
            period
            for period in release.held(code)
            if periods[period].kind is periods[now].kind and period <= now
        ]
        latest = sorted(held)[-2:]
        members = list(self.members)
        table = [figures_of(release, code, period).value[members] for period in latest]
        return find_changes(np.transpose(table), [periods[period].id for period in latest])

    def neighbour_mean_of(self, member: int) -> tuple[float | None, int]:
        """Return the mean of the neighbours by the model that the release has as its default."""
        snapshot = self.figures.release.snapshot
        rows = snapshot.places.neighbours_of(self.figures.release.areas[member].code)
        codes = [snapshot.area_codes[row.neighbour] for row in rows]
        return neighbour_mean(self.figures.value[codes].tolist())


def _lait_rows(figures: Figures, shown: AreaChoice) -> list[dict[str, Any]]:
    field = LaitField(figures)
    ranks = find_ranks(field.value, field.polarity)
    bands = find_bands(field.value, field.polarity)
    _, equal = count_ahead(field.value)
    ranked = int(np.isfinite(field.value).sum())
    wanted = set(shown.codes.tolist())
    return [
        _lait_row(field, place, float(ranks[place]), bands[place], (ranked, int(equal[place])))
        for place, member in enumerate(field.members)
        if member in wanted
    ]


def _lait_row(
    field: LaitField, place: int, rank: float, band: str | None, counts: tuple[int, int]
) -> dict[str, Any]:
    why: tuple[str | None, str | None] = (None, None)
    found = dict(_NO_PLACE)
    if np.isfinite(rank):
        ranked, tied = counts
        letter = None if band == NOTHING else band
        found |= {"rank": int(rank), "ranked": ranked, "tied": tied, "letter": letter}
    elif not np.isfinite(field.value[place]):
        why = (NoPosition.NO_VALUE.value, WORDS[NoPosition.NO_VALUE])
    else:
        why = (NO_DIRECTION, _NO_DIRECTION_WORDS)
    member = field.members[place]
    mean, count = field.neighbour_mean_of(member)
    lait = {
        "change": field.figures.number(float(field.change[place])),
        "neighbour_mean": None if mean is None else field.figures.limit(mean),
        "neighbours_with_value": count,
    }
    rank_one = None if field.polarity is Polarity.NONE else _RANK_ONE[Order.BEST_FIRST]
    return _row(field.figures, member, LAIT_RULES, rank_one, found, why, lait)


def _row(
    figures: Figures,
    area: int,
    rules: str,
    rank_one: str | None,
    place: Mapping[str, Any],
    why: tuple[str | None, str | None],
    lait: Mapping[str, Any],
) -> dict[str, Any]:
    release, indicator = figures.release, figures.indicator
    return {
        "release": release.id,
        "indicator": indicator.id,
        "area_code": release.areas[area].code,
        "area_name": release.areas[area].name,
        "area_type": shown_type(release.areas[area]),
        "period": release.snapshot.index.periods[figures.period],
        "value": figures.number(figures.value[area]),
        "status": figures.status_name(area),
        "unit": indicator.unit,
        "rules": rules,
        "rank_one": rank_one,
        **place,
        "reason_code": why[0],
        "reason": why[1],
        **lait,
        "flags": figures.flag_list(area),
    }

"""Which figures a query means in parts: indicator, period, breakdown, and the parts in order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from api.opened import OpenRelease
from api.parameters import Parameter, Query, one_of
from api.period_choice import LATEST, choose_periods, latest_code
from api.problems import unknown_value
from api.rows import choose_indicators
from indicators.cells import BREAKDOWN_COLUMNS, TOTAL, Breakdown

FAMILY: Final = "family"
"""The word for the siblings of an indicator, which stand beside it and lie in no total."""

WAYS: Final = (*BREAKDOWN_COLUMNS, FAMILY)
WHOLE: Final = 0
"""The code of what is not broken down."""

BY: Final = Parameter(
    "by",
    f"Breakdowns: {', '.join(f'`{name}`' for name in BREAKDOWN_COLUMNS)}; or `{FAMILY}`, the "
    "indicators of one family side by side. Default: every breakdown that the indicator has.",
    "sex",
    form=one_of(*BREAKDOWN_COLUMNS, FAMILY),
)
PART_PERIOD: Final = Parameter(
    "period",
    "As for observations; `latest` (the default) is, for each breakdown, the last period up to "
    "the indicator's latest in which parts are held.",
    LATEST,
)


@dataclass(frozen=True)
class Divided:
    """One figure in one period by one breakdown; `parts` are codes, in the order of reading."""

    indicator: int
    period: int
    column: str
    parts: tuple[int, ...]


@dataclass
class PartChoice:
    """What is held in parts, by indicator and period, and what a reader must know of it.

    `crossed` names breakdowns that are held together, such as `sex,age`.
    """

    divided: list[Divided] = field(default_factory=list)
    siblings: list[tuple[int, int, int]] = field(default_factory=list)
    """Indicator, sibling, and the period of the sibling's figure."""

    warnings: list[str] = field(default_factory=list)
    crossed: set[str] = field(default_factory=set)

    def most_rows(self, areas: int) -> int:
        """Return how many rows so many areas have at most: total, parts and largest gap of each."""
        return areas * (sum(len(one.parts) + 2 for one in self.divided) + len(self.siblings))


def choose_parts(release: OpenRelease, query: Query) -> PartChoice:
    """Read `indicator`, `period` and `by`; raises ProblemError for anything unknown."""
    ways = _ways(query)
    choice = PartChoice()
    for indicator in choose_indicators(release, query):
        periods = choose_periods(release, query, [indicator])
        held = [period for _, period in periods.pairs]
        choice.warnings += periods.warnings
        columns = _columns_held(release, indicator)
        for column in ways or BREAKDOWN_COLUMNS:
            if column == FAMILY:
                choice.siblings += _siblings(release, query, indicator)
            elif column in columns:
                _add(release, query, choice, (indicator, column), held)
            elif ways and "indicator" in query:
                name = release.snapshot.indicators[indicator].id
                has = f"; it has {', '.join(columns)}" if columns else ""
                choice.warnings.append(f"{name} is not broken down by {column}{has}")
        choice.crossed |= _crossed(release, indicator, held)
    return choice


def _ways(query: Query) -> tuple[str, ...]:
    for name in query.all("by"):
        if name not in WAYS:
            raise unknown_value("by", name, WAYS, "a breakdown", f"use {', '.join(WAYS)}")
    return tuple(way for way in WAYS if way in query.all("by"))


def _add(
    release: OpenRelease,
    query: Query,
    choice: PartChoice,
    what: tuple[int, str],
    periods: Sequence[int],
) -> None:
    """Add the parts of an indicator by one breakdown, `latest` being the last period with any."""
    indicator, column = what
    definition = release.snapshot.indicators[indicator]
    latest = latest_code(release, definition.id)
    is_latest = LATEST in (query.all("period") or (LATEST,))
    found: dict[int, tuple[int, ...]] = {}
    for period in periods:
        parts = _parts(release, indicator, period, column)
        if parts:
            found[period] = parts
        elif is_latest and period == latest:
            found |= _last_held(release, indicator, period, column)
        else:
            when = release.snapshot.index.periods[period]
            choice.warnings.append(f"{definition.id} has no parts by {column} for {when}")
    choice.divided += [
        Divided(indicator, period, column, parts) for period, parts in sorted(found.items())
    ]


def _last_held(
    release: OpenRelease, indicator: int, until: int, column: str
) -> dict[int, tuple[int, ...]]:
    for period in sorted(release.held(indicator), reverse=True):
        if period < until and (parts := _parts(release, indicator, period, column)):
            return {period: parts}
    return {}


def _parts(release: OpenRelease, indicator: int, period: int, column: str) -> tuple[int, ...]:
    """Return the codes of the parts held, in the order of the indicator's titles."""
    breakdowns = release.snapshot.index.breakdowns
    order = list(release.snapshot.indicators[indicator].breakdown_titles.get(column, {}))
    held = release.held(indicator)[period] & _by_column(release)[column]
    named = [(getattr(breakdowns[code], column), code) for code in held]
    return tuple(
        code
        for _, code in sorted(
            named, key=lambda one: (order.index(one[0]) if one[0] in order else len(order), one[0])
        )
    )


def _columns_held(release: OpenRelease, indicator: int) -> list[str]:
    held = frozenset[int]().union(*release.held(indicator).values())
    return [column for column, codes in _by_column(release).items() if codes & held]


def _by_column(release: OpenRelease) -> dict[str, frozenset[int]]:
    """Return the codes of what is broken down in one way alone, by that way."""
    breakdowns = release.snapshot.index.breakdowns
    return release.recall(
        "parts by column",
        lambda: {
            column: frozenset(c for c, one in enumerate(breakdowns) if _ways_of(one) == (column,))
            for column in BREAKDOWN_COLUMNS
        },
    )


def _ways_of(breakdown: Breakdown) -> tuple[str, ...]:
    return tuple(name for name in BREAKDOWN_COLUMNS if getattr(breakdown, name) != TOTAL)


def _crossed(release: OpenRelease, indicator: int, periods: Iterable[int]) -> set[str]:
    breakdowns = release.snapshot.index.breakdowns
    held = frozenset[int]().union(*(release.held(indicator)[period] for period in periods))
    ways = {_ways_of(breakdowns[code]) for code in held}
    return {",".join(way) for way in ways if len(way) > 1}


def _siblings(release: OpenRelease, query: Query, indicator: int) -> Iterator[tuple[int, int, int]]:
    """Give every indicator of the family in its periods, the indicator itself among them."""
    indicators = release.snapshot.indicators
    family = indicators[indicator].family
    if not family:
        return
    for code, other in enumerate(indicators):
        if other.family == family:
            for _, period in choose_periods(release, query, [code]).pairs:
                yield indicator, code, period

"""From a query to rows: which cells it means, in order, with the reasons where none is held."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from api import area_choice, period_choice, row_choice
from api.area_choice import AreaChoice
from api.no_areas import why_no_areas
from api.opened import OpenRelease
from api.parameters import MOST_REMEMBERED, Parameter, Query, described
from api.problems import unknown_value
from api.row_choice import EVERY_ROW, RowChoice, read_row_choice
from indicators.cells import BREAKDOWN_COLUMNS, TOTAL

ALL: Final = "all"
NO_ROWS: Final = (
    "The release holds no figures for these areas in these periods: they did not exist then, or "
    "no figure is published for areas of their kind"
)
INDICATOR: Final = Parameter("indicator", "Indicator ids. Default: all.")
BREAKDOWNS: Final[Mapping[str, Parameter]] = described(
    Parameter(name, f"Codes of {name.replace('_', ' ')}, or `all`. Default: `{TOTAL}`.", TOTAL)
    for name in BREAKDOWN_COLUMNS
)
PARAMETERS: Final = {
    INDICATOR.name: INDICATOR,
    **area_choice.PARAMETERS,
    period_choice.PERIOD.name: period_choice.PERIOD,
    **BREAKDOWNS,
    **row_choice.PARAMETERS,
}
"""What chooses rows, in any question about them."""


@dataclass(frozen=True)
class Pair:
    """One indicator in one period, with the breakdowns asked for that it has there."""

    indicator: int
    period: int
    breakdowns: tuple[int, ...]


@dataclass(frozen=True)
class Run:
    """Pairs that follow on and have the same breakdowns."""

    pairs: tuple[Pair, ...]

    @property
    def breakdowns(self) -> tuple[int, ...]:
        """The breakdowns of every pair."""
        return self.pairs[0].breakdowns

    @cached_property
    def indicators(self) -> NDArray[np.int64]:
        """The indicator of each pair."""
        return np.asarray([pair.indicator for pair in self.pairs], dtype=np.int64)

    @cached_property
    def periods(self) -> NDArray[np.int64]:
        """The period of each pair."""
        return np.asarray([pair.period for pair in self.pairs], dtype=np.int64)


@dataclass(frozen=True)
class Selection:
    """What a query means in one release."""

    pairs: tuple[Pair, ...]
    areas: AreaChoice
    warnings: tuple[str, ...]
    latest_end: date | None = None
    """The end of the latest period shown: the day on which inspections are read."""

    judged_on: date | None = None
    """That day, where the query asks for inspections."""

    keeps: RowChoice = EVERY_ROW
    """Which rows are kept of all these."""

    laid_out: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """The rows of a short answer, once they were found."""

    def warnings_of(self, count: int) -> tuple[str, ...]:
        """Return what a reader must know of an answer of so many rows: never nothing of none."""
        return self.warnings if count or self.warnings else (NO_ROWS,)

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The pairs in order, those with the same breakdowns together."""
        runs = groupby(self.pairs, key=lambda pair: pair.breakdowns)
        return tuple(Run(tuple(pairs)) for _, pairs in runs)

    @cached_property
    def most_rows(self) -> int:
        """The number of rows if every area had its place in every pair."""
        return len(self.areas.codes) * sum(len(pair.breakdowns) for pair in self.pairs)


def selection_of(release: OpenRelease, query: Query, asked_as: str) -> Selection:
    """Return what a query means; remembered, for our own pages ask the same few over and over."""
    if len(asked_as) > MOST_REMEMBERED:
        return select(release, query)
    return release.recall(("selection", asked_as), lambda: select(release, query))


def select(release: OpenRelease, query: Query) -> Selection:
    """Read the parameters of rows; raises ProblemError for anything unknown."""
    indicators = choose_indicators(release, query)
    periods = period_choice.choose_periods(release, query, indicators)
    wanted = choose_breakdowns(release, query)
    pairs, warnings = _pairs(release, periods.pairs, wanted)
    on = latest_end(release, periods.pairs)
    areas = area_choice.narrow(release, query, area_choice.choose_areas(release, query), on)
    return Selection(
        pairs=tuple(pairs),
        areas=areas,
        warnings=(
            *periods.warnings,
            *warnings,
            *_absent(release, pairs, areas, is_asked="period" in query),
            *why_no_areas(release, query, areas, on),
        ),
        latest_end=on,
        judged_on=on if "ofsted" in query else None,
        keeps=read_row_choice(query),
    )


def choose_indicators(release: OpenRelease, query: Query) -> Sequence[int]:
    """Return the codes of the indicators meant, in catalogue order."""
    known = release.snapshot.indicator_codes
    ids = query.all("indicator")
    for name in ids:
        if name not in known:
            raise unknown_value("indicator", name, known, "an indicator of this release")
    return sorted(known[name] for name in ids) if ids else range(len(known))


def choose_breakdowns(release: OpenRelease, query: Query) -> frozenset[int]:
    """Return the codes of the breakdowns meant; raises ProblemError for an unknown code."""
    given = [name for name in BREAKDOWN_COLUMNS if name in query]
    if not given:
        return _TOTAL_ONLY
    breakdowns = release.snapshot.index.breakdowns
    for name in given:
        known = sorted({getattr(breakdown, name) for breakdown in breakdowns} | {TOTAL})
        for value in query.all(name):
            if value != ALL and value not in known:
                raise unknown_value(
                    name, value, (*known, ALL), f"a code of {name}", f"use {', '.join(known[:12])}"
                )
    allowed = [(name, set(query.all(name) or (TOTAL,))) for name in BREAKDOWN_COLUMNS]
    return frozenset(
        code
        for code, breakdown in enumerate(breakdowns)
        if all(ALL in codes or getattr(breakdown, name) in codes for name, codes in allowed)
    )


def latest_end(release: OpenRelease, pairs: Sequence[tuple[int, int]]) -> date | None:
    """Return the end of the latest period shown."""
    periods = release.snapshot.periods
    return max((periods[period].end for _, period in pairs), default=None)


_TOTAL_ONLY: Final = frozenset({0})
"""Not broken down: the total is the first breakdown of every release."""


def _pairs(
    release: OpenRelease, pairs: Sequence[tuple[int, int]], wanted: frozenset[int]
) -> tuple[list[Pair], list[str]]:
    kept: list[Pair] = []
    warnings: list[str] = []
    for indicator, period in pairs:
        found = tuple(sorted(release.held(indicator)[period] & wanted))
        if found:
            kept.append(Pair(indicator, period, found))
        else:
            name = release.snapshot.indicators[indicator].id
            when = release.snapshot.index.periods[period]
            warnings.append(f"{name} has no figures for {when} with this breakdown")
    return kept, warnings


def _absent(
    release: OpenRelease, pairs: Sequence[Pair], areas: AreaChoice, *, is_asked: bool
) -> Iterator[str]:
    """Say of each area named singly that it neither existed nor has a figure in the periods."""
    if areas.named is None or not pairs:
        return
    periods = sorted({pair.period for pair in pairs})
    ever: NDArray[np.bool_] = np.any(release.existed[periods], axis=0)
    for code in areas.codes[areas.named[areas.codes]].tolist():
        if not ever[code] and not _has_figure(release, pairs, code):
            area = release.areas[code]
            when = "in any of the periods asked for" if is_asked else "in the latest period"
            last = _last_with_figures(release, pairs, code)
            advice = f"; its last figures are for {', '.join(last)}" if last else ""
            advice += f": ask with period={last[0]}" if last else ""
            yield f"{area.name} ({area.code}) did not exist {when}{advice}"


def _last_with_figures(release: OpenRelease, pairs: Sequence[Pair], area: int) -> list[str]:
    """Return the last period of each kind with a figure, the kind of most indicators first."""
    index, keys = release.snapshot.index, release.snapshot.keys
    width = len(index.breakdowns)
    last: Counter[int] = Counter()
    for indicator in {pair.indicator for pair in pairs}:
        rows = release.snapshot.rows_of(indicator)
        places, areas = np.divmod(keys[rows] // width, len(index.areas))
        has_content = release.has_content[release.snapshot.columns["status"][rows]]
        held = np.unique(places[(areas == area) & has_content] % len(index.periods))
        if len(held):
            last[int(held[-1])] += 1
    periods = [release.snapshot.periods[code] for code, _ in last.most_common()]
    newest = {kind: max(p for p in periods if p.kind is kind) for kind in (p.kind for p in periods)}
    return [period.id for period in newest.values()]


def _has_figure(release: OpenRelease, pairs: Sequence[Pair], area: int) -> bool:
    """Say whether an area has a figure in any of the pairs, if only a withheld one."""
    snapshot, index = release.snapshot, release.snapshot.index
    width = len(index.breakdowns)
    wanted = np.asarray(
        [
            ((pair.indicator * len(index.periods) + pair.period) * len(index.areas) + area) * width
            + breakdown
            for pair in pairs
            for breakdown in pair.breakdowns
        ]
    )
    found = np.minimum(np.searchsorted(snapshot.keys, wanted), len(snapshot.keys) - 1)
    has_content = release.has_content[snapshot.columns["status"][found]]
    return bool(np.any((snapshot.keys[found] == wanted) & has_content))

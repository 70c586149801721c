"""Which two periods a pair is read in: those of one year, for their kinds may differ."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from api.opened import OpenRelease
from api.parameters import Parameter, Query
from api.period_choice import (
    ALL,
    LATEST,
    LATEST_PROVISIONAL,
    choose_periods,
    latest_code,
)
from api.problems import bad_value

ONE_YEAR: Final = Parameter(
    "period",
    "One period id of either indicator, or `latest` (the default) or `latest_provisional`: the "
    "latest year in which both have a period that ends. The other figure is of the period that "
    "ends in the same calendar year.",
    LATEST,
    is_list=False,
)


@dataclass(frozen=True)
class PairPeriods:
    """The periods of x and y by code; None with the reason where there are no such two."""

    x: int | None = None
    y: int | None = None
    warning: str = ""


def choose_pair_periods(release: OpenRelease, query: Query, x: int, y: int) -> PairPeriods:
    """Return the periods of a pair that a query means; raises ProblemError for a fault in it."""
    token = query.one("period") or LATEST
    if token == ALL or "," in token or ".." in token:
        detail = f"'{token[:40]}' is several; a pair is read in one year, such as {LATEST}"
        raise bad_value("period", detail, [LATEST])
    if token in {LATEST, LATEST_PROVISIONAL}:
        return _latest(release, x, y, provisional=token == LATEST_PROVISIONAL)
    found = dict(choose_periods(release, query, (x, y)).pairs)
    if not found:
        return PairPeriods(warning=f"{_both(release, x, y)} have no figures for {token}")
    year = _year(release, next(iter(found.values())))
    sides = {side: found.get(side, _last_of(release, release.held(side), year)) for side in (x, y)}
    return _paired(release, x, y, sides[x], sides[y], f"a period that ends in {year}")


def _latest(release: OpenRelease, x: int, y: int, *, provisional: bool) -> PairPeriods:
    held: dict[int, list[int]] = {}
    for side in (x, y):
        id = release.snapshot.indicators[side].id
        last = latest_code(release, id, provisional=provisional)
        if last is None:
            return PairPeriods(warning=f"{id} has no figures in this release")
        end = release.snapshot.periods[last].end
        held[side] = [p for p in release.held(side) if release.snapshot.periods[p].end <= end]
    years = [{_year(release, period) for period in held[side]} for side in (x, y)]
    year = max(years[0] & years[1], default=0)
    return _paired(
        release,
        x,
        y,
        _last_of(release, held[x], year),
        _last_of(release, held[y], year),
        "a period that ends in one and the same year",
    )


def _paired(
    release: OpenRelease, x: int, y: int, x_period: int | None, y_period: int | None, wanted: str
) -> PairPeriods:
    if x_period is None or y_period is None:
        return PairPeriods(warning=f"{_both(release, x, y)} have no figures for {wanted}")
    return PairPeriods(x_period, y_period)


def _last_of(release: OpenRelease, periods: Iterable[int], year: int) -> int | None:
    of_year = [period for period in periods if _year(release, period) == year]
    return max(of_year, key=lambda period: release.snapshot.periods[period].end, default=None)


def _year(release: OpenRelease, period: int) -> int:
    return release.snapshot.periods[period].end.year


def _both(release: OpenRelease, x: int, y: int) -> str:
    names = (release.snapshot.indicators[side].id for side in (x, y))
    return " and ".join(names) + " together"

"""The figures of one indicator in one period for every area, ready for statistics."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from api.columns import OK
from api.opened import OpenRelease
from indicators.arithmetic import plain_number, published_value
from indicators.cells import FLAGS, STATUSES, Flag, Status, flag_names
from indicators.comparison import FEW_MEMBERS, TOO_FEW_MEMBERS, Summary, summarise
from indicators.export_rows import INTERVAL_DECIMALS
from indicators.intervals import interval_of
from indicators.model import Arithmetic, Indicator

JOINT: Final = 1 << FLAGS.index(Flag.JOINT_RETURN)
NOT_AVAILABLE: Final = STATUSES.index(Status.NOT_AVAILABLE)

SUMMARY: Final = ("mean", "median", "q25", "q75")
NO_SUMMARY: Final = Summary(None, None, None, None)

Number = float | int | None


@dataclass(frozen=True)
class Figures:
    """Columns by area code: numbers are NaN unless the status is ok."""

    release: OpenRelease
    indicator: Indicator
    period: int
    status: NDArray[np.int64]
    flags: NDArray[np.int64]
    value: NDArray[np.float64]
    numerator: NDArray[np.float64]
    denominator: NDArray[np.float64]
    ci_lower: NDArray[np.float64]
    ci_upper: NDArray[np.float64]
    unit: NDArray[np.int64]
    """The area that stands for the return: two authorities that return jointly share one."""

    source: NDArray[np.int64]
    """The code of the source of each figure, -1 where there is no cell."""

    @property
    def is_ok(self) -> NDArray[np.bool_]:
        """Whether an area has a value."""
        return np.asarray(self.status == OK)

    @cached_property
    def is_there(self) -> NDArray[np.bool_]:
        """Whether an area counts: it existed on the last day of the period or has a figure in it.

        A figure that is withheld is one too: the rule by which /observations gives rows.
        """
        release = self.release
        return np.asarray(release.existed[self.period] | release.has_content[self.status])

    @cached_property
    def authorities(self) -> tuple[int, ...]:
        """The authorities that count."""
        codes = self.release.authorities
        return tuple(codes[self.is_there[codes]].tolist())

    def number(self, value: float) -> Number:
        """Return a value for an answer: None for NaN, whole where there are no decimals."""
        if np.isnan(value):
            return None
        number: Number = plain_number(float(value), self.indicator.decimals)
        return number

    def limit(self, value: float) -> float | None:
        """Return a limit of an interval, rounded for showing."""
        if not np.isfinite(value):
            return None
        return float(np.round(value, self.indicator.decimals + INTERVAL_DECIMALS))

    def flag_list(self, area: int) -> list[str]:
        """Return the flags of an area's figure."""
        return list(flag_names(int(self.flags[area])))

    @property
    def counts_authorities(self) -> bool:
        """Whether an authority is counted or not, and a group is how many of it are."""
        return self.indicator.arithmetic is Arithmetic.COUNT

    def source_id(self, area: int) -> str:
        """Return the id of the source of an area's figure, blank where there is no cell."""
        code = int(self.source[area])
        return "" if code < 0 else self.release.snapshot.source_ids[code]

    def status_name(self, area: int) -> str:
        """Return the status of an area's figure."""
        return str(STATUSES[int(self.status[area])])


@dataclass(frozen=True)
class Pooled:
    """A group taken together: the sums of its parts and what they come to."""

    numerator: float = float("nan")
    denominator: float = float("nan")
    value: Number = None
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class Statistics:
    """What a group of areas comes to, from those with a value; joint returns count once."""

    members: int
    with_data: int
    units: int
    coverage: float | None
    summary: Summary
    flags: tuple[str, ...]
    without_data: tuple[str, ...]


def figures_of(release: OpenRelease, indicator: int, period: int) -> Figures:
    """Return the figures of an indicator in a period, not broken down."""
    key = ("figures", indicator, period)
    return release.recall(key, lambda: _read(release, indicator, period))


def statistics(
    figures: Figures, members: Sequence[int], own: frozenset[int] = frozenset()
) -> Statistics:
    """Return the statistics of a group; `own` are members in the return of its subject."""
    key = ("statistics", figures.indicator.id, figures.period, tuple(members), own)
    return figures.release.recall(key, lambda: _statistics(figures, members, own))


def pooled(figures: Figures, members: Iterable[int], without: int | None = None) -> Pooled:
    """Return a group taken together; nothing of fewer than three returns."""
    left_out = None if without is None else int(figures.unit[without])
    places = [place for place in units_of(figures, members) if figures.unit[place] != left_out]
    top, bottom = figures.numerator[places], figures.denominator[places]
    has_parts = np.isfinite(top) & np.isfinite(bottom)
    if int(has_parts.sum()) < TOO_FEW_MEMBERS or not figures.indicator.arithmetic.adds_up:
        return Pooled()
    sums = [float(top[has_parts].sum())], [float(bottom[has_parts].sum())]
    value = float(published_value(figures.indicator, *sums)[0])
    lower, upper = interval_of(figures.indicator, *sums)
    return Pooled(
        numerator=sums[0][0],
        denominator=sums[1][0],
        value=figures.number(value),
        lower=figures.limit(float(lower[0])),
        upper=figures.limit(float(upper[0])),
    )


def summary_fields(figures: Figures, summary: Summary) -> dict[str, Number]:
    """Return a summary as fields of an answer."""
    held = {name: getattr(summary, name) for name in SUMMARY}
    return {name: None if v is None else figures.number(v) for name, v in held.items()}


def units_of(figures: Figures, members: Iterable[int]) -> list[int]:
    """Return the members with a value, one for each return."""
    is_ok = figures.is_ok
    first: dict[int, int] = {}
    for member in members:
        if is_ok[member]:
            first.setdefault(int(figures.unit[member]), member)
    return list(first.values())


def own_return(figures: Figures, area: int, members: Sequence[int]) -> frozenset[int]:
    """Return the members in the return of an area that is not among them, as its neighbours are.

    Their figure is the area's own. A group that the area belongs to counts that return once.
    """
    if not figures.flags[area] & JOINT or area in members:
        return frozenset()
    unit = figures.unit[area]
    return frozenset(m for m in members if figures.is_ok[m] and figures.unit[m] == unit)


def _statistics(figures: Figures, members: Sequence[int], own: frozenset[int]) -> Statistics:
    is_ok = figures.is_ok
    with_data = [member for member in members if is_ok[member] and member not in own]
    units = units_of(figures, with_data)
    values = figures.value[units].tolist()
    few = (Flag.FEW_MEMBERS.value,) if len(units) < FEW_MEMBERS else ()
    areas = figures.release.areas
    return Statistics(
        members=len(members),
        with_data=len(with_data),
        units=len(units),
        coverage=_coverage(figures, members, set(with_data)),
        summary=_summary(figures, values),
        flags=few,
        without_data=tuple(
            f"{areas[member].code} {figures.status_name(member)}"
            for member in members
            if not is_ok[member]
        )
        + tuple(f"{areas[member].code} {Flag.JOINT_RETURN}" for member in sorted(own)),
    )


def _summary(figures: Figures, values: Sequence[float]) -> Summary:
    """Return mean, median and quartiles; none of authorities that are counted or not."""
    if figures.counts_authorities:
        return NO_SUMMARY
    return summarise(values, figures.indicator.decimals)


def _coverage(figures: Figures, members: Sequence[int], with_data: set[int]) -> float | None:
    """Return the share of the members' children who live where there is a value.

    The children of an authority that had ended are those of its successors, counted once.
    """
    members, with_data = _footprint(figures, members, with_data)
    if not members:
        return None
    heads = _heads(figures.release, figures.period)
    weights = [heads[member] for member in members]
    if any(weight is None for weight in weights):
        return round(len(with_data) / len(members), 4)
    total = sum(weight or 0 for weight in weights)
    covered = sum(heads[member] or 0 for member in members if member in with_data)
    return round(covered / total, 4) if total else None


def _footprint(
    figures: Figures, members: Sequence[int], with_data: set[int]
) -> tuple[Sequence[int], set[int]]:
    """Put the successors among the members in the place of those that had ended."""
    release = figures.release
    existed = release.existed[figures.period]
    ended = [member for member in members if not existed[member]]
    if not ended:
        return members, with_data
    codes, places = release.snapshot.area_codes, release.snapshot.places
    after = {m: {codes[c] for c in places.successors_of(release.areas[m].code)} for m in ended}
    gone = {member for member in ended if after[member] & set(members)}
    covered = set().union(*(after[member] for member in gone & with_data))
    left = [member for member in members if member not in gone]
    return left, (with_data | covered) & set(left)


def _heads(release: OpenRelease, period: int) -> list[int | None]:
    """Return the children of each area at the mid-year that rates of a period use."""
    year = release.snapshot.periods[period].end.year - 1
    places = release.snapshot.places
    return release.recall(
        ("heads", year), lambda: [places.population_of(a.code, year) for a in release.areas]
    )


def _read(release: OpenRelease, indicator: int, period: int) -> Figures:
    snapshot = release.snapshot
    columns = snapshot.columns
    position = snapshot.positions(indicator, period, range(len(release.areas)))
    is_held = position >= 0
    status = np.where(is_held, columns["status"][position], NOT_AVAILABLE).astype(np.int64)
    flags = np.where(is_held, columns["flags"][position], 0).astype(np.int64)
    source = np.where(is_held, columns["source"][position], -1).astype(np.int64)

    def numbers(name: str) -> NDArray[np.float64]:
        return np.where(is_held & (status == OK), columns[name][position], np.nan)

    value, numerator, denominator = map(numbers, ("value", "numerator", "denominator"))
    return Figures(
        release=release,
        indicator=snapshot.indicators[indicator],
        period=period,
        status=status,
        flags=flags,
        value=value,
        numerator=numerator,
        denominator=denominator,
        ci_lower=numbers("ci_lower"),
        ci_upper=numbers("ci_upper"),
        unit=_units(flags, value, numerator, denominator),
        source=source,
    )


def _units(flags: NDArray[np.int64], *numbers: NDArray[np.float64]) -> NDArray[np.int64]:
    """Give each area its own unit, joint returns with the same figures one between them."""
    unit = np.arange(len(flags))
    first: dict[tuple[float, ...], int] = {}
    for place in np.flatnonzero(flags & JOINT).tolist():
        held = tuple(-1.0 if np.isnan(n[place]) else float(n[place]) for n in numbers)
        unit[place] = first.setdefault(held, place)
    return unit

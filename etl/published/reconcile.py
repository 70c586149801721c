"""Whether authorities add up to the published regions and country, as far as rounding lets them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.published.loaded import Difference, Reconciliation
from etl.published.stacked import Stacked
from indicators.cells import BREAKDOWN_COLUMNS, SYMBOL_STATUS, Status
from indicators.snapshot import Mismatch, TotalsCheck
from reference.areas import AreaKind
from reference.periods import parse_period
from reference.places import PlaceSet

SMALLEST_SUPPRESSED: Final = 0
LARGEST_SUPPRESSED: Final = 5
"""A suppressed count stands for 0 to 5: a nought may be suppressed to hide another count. Where a
total needs more, larger counts were suppressed as well and it cannot be checked."""

_ADD_UP: Final = frozenset({Status.SUPPRESSED, Status.NOT_APPLICABLE, Status.LOW})
"""A missing count of these statuses stands for a number that is known well enough."""

_GROUP: Final = ("source", "indicator", "period", *BREAKDOWN_COLUMNS)
_STEP_GROUP: Final = ("source", "indicator", "period")
_STEPS: Final = (10.0, 5.0, 1.0, 0.1, 0.01)

Places = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class _Sums:
    """What the authorities inside each whole of each group come to; `key` is sorted."""

    key: Places
    known: Numbers
    suppressed: Numbers
    spread: Numbers
    authorities: Places


@dataclass(frozen=True)
class _Compared:
    """Totals that have authorities: their rows, places among the sums, and the bounds."""

    at: Places
    found: Places
    key: Places
    lowest: Numbers
    highest: Numbers

    def taken(self, which: NDArray[np.bool_]) -> "_Compared":
        return _Compared(
            self.at[which], self.found[which], self.key[which],
            self.lowest[which], self.highest[which],
        )  # fmt: skip


def reconciled(every: Stacked, places: PlaceSet) -> Reconciliation:
    """Compare every published total that has a count with the authorities inside it.

    `every` are the numerators as the files have them, see count_columns. Suppressed
    authorities count as 0 to 5 each; those missing for another reason are named. A total that
    is larger although counts are suppressed cannot be checked: larger counts are suppressed too,
    so that others cannot be worked out.
    """
    if not len(every):
        return Reconciliation()
    every = every.taken(~pd.Series(every.key([*_GROUP, "area"])).duplicated().to_numpy())
    is_authority = every.looked_up("area", _is_authority(places), np.bool_)
    count = every.numbers["count"]
    group = every.key(_GROUP)
    total = ~is_authority & ~np.isnan(count)
    part = is_authority & ~_said_twice(every, group, is_authority)
    group, wholes = group * len(places.areas), _wholes(every, places)
    spread = steps_of(every.key(_STEP_GROUP), count, part)
    sums = _sums(every, group, part, np.where(spread == 1, 0.0, spread / 2), wholes)
    held = _with_parts(every, group, total, sums, places)
    is_hidden = (count[held.at] > held.highest) & (sums.suppressed[held.found] > 0)
    told = held.taken(~is_hidden)
    differs = (count[told.at] < told.lowest) | (count[told.at] > told.highest)
    off = told.taken(differs)
    rows = every.taken(_mask(off.at, len(every))).frame([*_STEP_GROUP, "area", "count"])
    missing = _missing(rows, places, *_unknown(every, group, part, wholes, off.key))
    return Reconciliation(
        compared=len(told.at),
        agreed=int((~differs).sum()),
        not_comparable=int(total.sum()) - len(held.at),
        hidden=int(is_hidden.sum()),
        differences=tuple(_differences(rows, off, sums.authorities[off.found], missing)),
        by_source=_by_source(every, told.at, differs),
    )


def _with_parts(
    every: Stacked, group: Places, total: NDArray[np.bool_], sums: _Sums, places: PlaceSet
) -> _Compared:
    """Return the totals that have authorities, and between which bounds they should lie."""
    step = steps_of(every.key(_STEP_GROUP), every.numbers["count"], total)
    at = np.flatnonzero(total)
    key = group[at] + every.looked_up("area", _place_of(places), np.int64)[at]
    found = np.minimum(np.searchsorted(sums.key, key), max(len(sums.key) - 1, 0))
    has_parts = sums.key[found] == key if len(sums.key) else np.zeros(len(at), dtype=bool)
    at, found, key = at[has_parts], found[has_parts], key[has_parts]
    slack = sums.spread[found] + np.where(step[at] == 1, 0.0, step[at] / 2) + 1e-6
    lowest = sums.known[found] + SMALLEST_SUPPRESSED * sums.suppressed[found] - slack
    highest = sums.known[found] + LARGEST_SUPPRESSED * sums.suppressed[found] + slack
    return _Compared(at, found, key, lowest, highest)


def _missing(
    rows: pd.DataFrame, places: PlaceSet, unknown: list[set[str]], held: list[set[str]]
) -> list[tuple[str, ...]]:
    """Return for each total the authorities whose count is not known or that have no row."""
    where = zip(rows["area"], rows["period"], strict=True)
    return [
        tuple(sorted(unknown[place] | (_expected(places, area, period) - held[place])))
        for place, (area, period) in enumerate(where)
    ]


def _is_authority(places: PlaceSet) -> Mapping[str, bool]:
    return {area.code: area.kind is AreaKind.AUTHORITY for area in places.areas}


def _place_of(places: PlaceSet) -> Mapping[str, int]:
    return {area.code: place for place, area in enumerate(places.areas)}


def _wholes(every: Stacked, places: PlaceSet) -> tuple[Places, ...]:
    """Return for each row the places of the region, subregion and country it lies in; -1 = none."""
    place = _place_of(places)
    country = place[places.country.code]
    return tuple(
        every.looked_up("area", of, np.int64)
        for of in (
            {area.code: place.get(area.region or "", -1) for area in places.areas},
            {area.code: place.get(area.subregion or "", -1) for area in places.areas},
            dict.fromkeys(place, country),
        )
    )


def _said_twice(every: Stacked, group: Places, is_authority: NDArray[np.bool_]) -> Any:
    """Tell the second of two authorities that return together and say the same."""
    at = np.flatnonzero(is_authority & every.numbers["is_joint"])
    held = pd.DataFrame(
        {
            "group": group[at],
            "count": every.numbers["count"][at],
            "symbol": every.codes["symbol"][at],
        }
    )
    return _mask(at[held.duplicated().to_numpy()], len(every))


def _mask(at: Places, count: int) -> NDArray[np.bool_]:
    mask = np.zeros(count, dtype=bool)
    mask[at] = True
    return mask


def steps_of(group: Places, numbers: Numbers, rows: NDArray[np.bool_]) -> Numbers:
    """Return the coarsest of 10, 5, 1, 0.1 and 0.01 that all numbers of a group are multiples of.

    Only the rows told are looked at; the step is given to every row of their group.
    """
    size = int(group.max(initial=0)) + 1
    held = rows & ~np.isnan(numbers)
    known, of = numbers[held], group[held]
    step = np.full(size, _STEPS[-1])
    for candidate in reversed(_STEPS):
        off = np.abs(known - np.round(known / candidate) * candidate) > candidate / 1000
        fits = np.bincount(of, weights=off, minlength=size) == 0
        step[fits] = candidate
    return step[group]


def _sums(
    every: Stacked,
    group: Places,
    part: NDArray[np.bool_],
    spread: Numbers,
    wholes: Sequence[Places],
) -> _Sums:
    """Add up the authorities under each whole that they belong to; `group` leaves it room."""
    at = np.flatnonzero(part)
    count = every.numbers["count"][at]
    hidden = every.looked_up("symbol", _symbols(every, {Status.SUPPRESSED}), np.float64)[at]
    inside = [whole[at] >= 0 for whole in wholes]
    keys = [(group[at] + whole[at])[held] for whole, held in zip(wholes, inside, strict=True)]
    distinct, codes = np.unique(np.concatenate(keys), return_inverse=True)

    def added(values: Numbers) -> Numbers:
        weights = np.concatenate([values[held] for held in inside])
        return np.bincount(codes, weights, len(distinct)).astype(np.float64)

    return _Sums(
        key=distinct,
        known=added(np.nan_to_num(count)),
        suppressed=added(np.isnan(count) * hidden),
        spread=added(spread[at]),
        authorities=added(np.ones(len(at))).astype(np.int64),
    )


def _symbols(every: Stacked, statuses: frozenset[Status] | set[Status]) -> Mapping[str, float]:
    """Return symbol to 1 where it stands for one of some statuses, else 0."""
    of = {text: SYMBOL_STATUS.get(text.casefold()) for text in every.texts["symbol"]}
    return {text: float(status in statuses) for text, status in of.items()}


def _unknown(
    every: Stacked,
    group: Places,
    part: NDArray[np.bool_],
    wholes: Sequence[Places],
    wanted: Places,
) -> tuple[list[set[str]], list[set[str]]]:
    """Return for each total wanted the authorities with no known count, and all with a row."""
    known_enough = every.looked_up("symbol", _symbols(every, _ADD_UP), np.float64) > 0
    is_unknown = np.isnan(every.numbers["count"]) & ~known_enough
    place = {int(key): number for number, key in enumerate(wanted)}
    unknown: list[set[str]] = [set() for _ in wanted]
    held: list[set[str]] = [set() for _ in wanted]
    at = np.flatnonzero(part)
    for whole in wholes:
        for row in at[np.isin(group[at] + whole[at], wanted) & (whole[at] >= 0)]:
            number = place[int(group[row] + whole[row])]
            area = every.texts["area"][every.codes["area"][row]]
            held[number].add(area)
            if is_unknown[row]:
                unknown[number].add(area)
    return unknown, held


def _expected(places: PlaceSet, whole: str, period: str) -> set[str]:
    """Return the authorities inside a whole in a period; a table may lack the row of one."""
    return {area.code for area in places.within(whole, on=parse_period(period).end)}


def _by_source(
    every: Stacked, at: Places, differs: NDArray[np.bool_]
) -> Mapping[str, tuple[int, int]]:
    """Return source id to how many totals were compared and how many agreed."""
    source, size = every.codes["source"][at], len(every.texts["source"])
    compared = np.bincount(source, minlength=size)
    agreed = np.bincount(source, weights=~differs, minlength=size)
    return {
        text: (int(compared[place]), int(agreed[place]))
        for place, text in enumerate(every.texts["source"])
        if compared[place]
    }


def totals_by_source(found: Reconciliation) -> Mapping[str, TotalsCheck]:
    """Return the result of each publication, differences of one indicator and period together."""
    grouped: dict[str, dict[tuple[str, str], list[Difference]]] = {}
    for one in found.differences:
        grouped.setdefault(one.source, {}).setdefault((one.indicator, one.period), []).append(one)
    return {
        source: TotalsCheck(
            *found.by_source[source],
            mismatches=tuple(
                Mismatch(
                    *key,
                    areas=tuple(sorted(one.area for one in same)),
                    missing=tuple(sorted({code for one in same for code in one.missing})),
                )
                for key, same in sorted(grouped.get(source, {}).items())
            ),
        )
        for source in found.by_source
    }


def _differences(
    rows: pd.DataFrame, off: _Compared, authorities: Places, missing: Sequence[tuple[str, ...]]
) -> Iterator[Difference]:
    for place, row in enumerate(rows.to_dict("records")):
        yield Difference(
            indicator=row["indicator"],
            period=row["period"],
            area=row["area"],
            source=row["source"],
            published=row["count"],
            lowest=round(max(float(off.lowest[place]), 0.0), 2),
            highest=round(float(off.highest[place]), 2),
            authorities=int(authorities[place]),
            missing=missing[place],
        )

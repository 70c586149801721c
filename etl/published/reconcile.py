"""Whether authorities add up to the published regions and country, as far as rounding lets them."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.published.loaded import Difference, Reconciliation
from indicators.cells import BREAKDOWN_COLUMNS, SYMBOL_STATUS, Status
from indicators.snapshot import Mismatch, TotalsCheck
from reference.areas import AreaKind
from reference.places import PlaceSet

SMALLEST_SUPPRESSED: Final = 1
LARGEST_SUPPRESSED: Final = 5
"""A suppressed count stands for 1 to 5; where more is hidden, the total differs and is listed."""

_ADD_UP: Final = frozenset({Status.SUPPRESSED, Status.NOT_APPLICABLE, Status.LOW})
"""A missing count of these statuses stands for a number that is known well enough."""

_GROUP: Final = ["source", "indicator", "period", *BREAKDOWN_COLUMNS]
_STEP_GROUP: Final = ["source", "indicator", "period"]
_STEPS: Final = (10.0, 5.0, 1.0, 0.1, 0.01)


def reconciled(counts: Sequence[pd.DataFrame], places: PlaceSet) -> Reconciliation:
    """Compare every published total that has a count with the authorities inside it.

    `counts` are the numerators as the files have them, see counts_frame. Suppressed
    authorities count as 1 to 5 each; those missing for another reason are named.
    """
    if not counts:
        return Reconciliation()
    every = pd.concat(counts, ignore_index=True).drop_duplicates([*_GROUP, "area"])
    kind = every["area"].map({area.code: area.kind for area in places.areas})
    totals = every[(kind != AreaKind.AUTHORITY) & every["count"].notna()]
    authorities = every[kind == AreaKind.AUTHORITY]
    again = authorities.duplicated([*_GROUP, "is_joint", "count", "symbol"])
    parts = _parts(authorities[~(again & authorities["is_joint"])], places)
    if totals.empty or parts.empty:
        return Reconciliation(not_comparable=len(totals))
    sums = parts.groupby([*_GROUP, "whole"], sort=False).agg(
        known=("count", "sum"),
        authorities=("area", "size"),
        suppressed=("is_suppressed", "sum"),
        spread=("spread", "sum"),
    )
    compared = totals.merge(
        sums, how="left", left_on=[*_GROUP, "area"], right_index=True
    ).reset_index(drop=True)
    compared["step"] = _steps(compared)
    return _result(compared, parts)


def _parts(authorities: pd.DataFrame, places: PlaceSet) -> pd.DataFrame:
    """Put every authority's count under each whole that it belongs to."""
    areas = {area.code: area for area in places.areas}
    status = authorities["symbol"].str.casefold().map(SYMBOL_STATUS)
    frame = authorities.assign(
        is_suppressed=authorities["count"].isna() & (status == Status.SUPPRESSED),
        is_missing=authorities["count"].isna() & ~status.isin(_ADD_UP),
        spread=_spreads(authorities),
    )
    wholes = [
        authorities["area"].map({code: area.region for code, area in areas.items()}),
        authorities["area"].map({code: area.subregion for code, area in areas.items()}),
        pd.Series(places.country.code, index=authorities.index),
    ]
    under = pd.concat([frame.assign(whole=whole) for whole in wholes], ignore_index=True)
    return under[under["whole"].notna()]


def _spreads(cells: pd.DataFrame) -> NDArray[np.float64]:
    """Return how far rounding may have moved each authority's count: half its step."""
    grouped = cells.groupby(_STEP_GROUP, sort=False)["count"]
    step = grouped.transform(lambda numbers: rounding_step(numbers.to_numpy()))
    return np.where(step == 1, 0.0, step.to_numpy() / 2)


def _steps(totals: pd.DataFrame) -> "pd.Series[float]":
    grouped = totals.groupby(_STEP_GROUP, sort=False)["count"]
    return grouped.transform(lambda numbers: rounding_step(numbers.to_numpy()))


def rounding_step(numbers: NDArray[np.float64]) -> float:
    """Return the coarsest of 10, 5, 1, 0.1 and 0.01 that all numbers are multiples of."""
    known = numbers[~np.isnan(numbers)]
    for step in _STEPS:
        if np.allclose(known, np.round(known / step) * step, rtol=0, atol=step / 1000):
            return step
    return _STEPS[-1]


def _result(compared: pd.DataFrame, parts: pd.DataFrame) -> Reconciliation:
    has_parts = compared["known"].notna()
    held = compared[has_parts]
    slack = held["spread"] + np.where(held["step"] == 1, 0.0, held["step"] / 2) + 1e-6
    lowest = held["known"] + SMALLEST_SUPPRESSED * held["suppressed"] - slack
    highest = held["known"] + LARGEST_SUPPRESSED * held["suppressed"] + slack
    differs = (held["count"] < lowest) | (held["count"] > highest)
    rows = held.assign(lowest=lowest, highest=highest)[differs]
    missing = parts[parts["is_missing"]].groupby([*_GROUP, "whole"], sort=False)["area"]
    names = {key: tuple(sorted(codes)) for key, codes in missing}
    return Reconciliation(
        compared=len(held),
        agreed=int((~differs).sum()),
        not_comparable=int((~has_parts).sum()),
        differences=tuple(_differences(rows, names)),
        by_source={
            str(source): (len(same), int((~same).sum()))
            for source, same in differs.groupby(held["source"])
        },
    )


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
    rows: pd.DataFrame, missing: Mapping[tuple[Hashable, ...], tuple[str, ...]]
) -> Iterator[Difference]:
    for row in rows.to_dict("records"):
        key = tuple(row[name] for name in (*_GROUP, "area"))
        yield Difference(
            indicator=row["indicator"],
            period=row["period"],
            area=row["area"],
            source=row["source"],
            published=row["count"],
            lowest=round(max(row["lowest"], 0.0), 2),
            highest=round(row["highest"], 2),
            authorities=int(row["authorities"]),
            missing=missing.get(key, ()),
        )

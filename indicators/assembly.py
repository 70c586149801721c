"""What a release holds: vintages, precedence and carried-forward figures put together, purely."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pandas as pd

from indicators.cell_frames import NUMBER_COLUMNS, as_cells, key_codes, no_cells
from indicators.cells import BREAKDOWN_COLUMNS, Flag, Status
from indicators.draft import DraftRelease, Redaction
from indicators.model import Indicator
from indicators.snapshot import ReleaseCard, Source
from indicators.totals import COMPUTED_SOURCE, add_totals
from indicators.vintages import HeldRange, newest_cells, ranges_of
from reference.places import PlaceSet

COMPUTED: Final = Source(
    id=COMPUTED_SOURCE,
    table="",
    vintage="",
    publisher="Computed by this service",
    title="Total over the authorities that responded, where the publisher gives none",
    published_on="",
)


class AssemblyError(ValueError):
    """The figures handed over cannot make a release; the message says which and why."""


@dataclass(frozen=True)
class PublishedLoad:
    """Published figures read from files: cells, their publications, and what the files cover.

    `cells` has CELL_COLUMNS and may have `is_computed`. `ranges` maps a source id to the first
    and last period of its files; a source it lacks covers the periods of its cells. A load
    that is not from files says in `held_ranges` what its publications cover.
    """

    cells: pd.DataFrame
    sources: tuple[Source, ...]
    ranges: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    held_ranges: tuple[HeldRange, ...] = ()


@dataclass(frozen=True)
class Base:
    """What the release before holds: its cells (STORED_COLUMNS), sources and their ranges."""

    cells: pd.DataFrame = field(default_factory=no_cells)
    sources: tuple[Source, ...] = ()
    ranges: tuple[HeldRange, ...] = ()


def assemble(
    base: Base,
    loads: Sequence[PublishedLoad],
    *,
    card: ReleaseCard,
    places: PlaceSet,
    indicators: tuple[Indicator, ...],
    redactions: Sequence[Redaction] = (),
    submitted: pd.DataFrame | None = None,
    submitted_sources: tuple[Source, ...] = (),
) -> DraftRelease:
    """Put a release together from the one before, new publications and accepted submissions.

    The newest publication wins cell by cell, whatever the order of loading; provisional and
    computed figures are worked out anew each time. Raises AssemblyError.
    """
    sources = known_sources(base.sources, *(load.sources for load in loads), submitted_sources)
    by_id = {indicator.id: indicator for indicator in indicators}
    frames = [_carried(base.cells, by_id)]
    for load in loads:
        cells = as_cells(load.cells)
        _check(cells, sources, by_id, places)
        frames.append(_without_reveals(cells))
    ranges = (*base.ranges, *(r for load in loads for r in ranges_of(load, places)))
    cells = newest_cells(frames, sources, ranges, places)
    cells = withheld(cells, redactions)
    cells = as_cells(add_totals(cells, by_id, places))
    cells = withheld(cells, redactions)
    parts: dict[str, Any] = {} if submitted is None else {"submitted": submitted}
    return DraftRelease(
        card=card,
        places=places,
        indicators=indicators,
        sources=tuple(sources[name] for name in sorted(sources)),
        cells=cells,
        redactions=tuple(redactions),
        **parts,
    )


def known_sources(*groups: Iterable[Source]) -> dict[str, Source]:
    """Return id to source; a later group says more than an earlier one."""
    every = {COMPUTED.id: COMPUTED}
    for group in groups:
        every.update({source.id: source for source in group})
    return every


def _carried(cells: pd.DataFrame, by_id: Mapping[str, Indicator]) -> pd.DataFrame:
    """Keep what is carried forward: neither provisional nor computed, and still catalogued."""
    is_provisional = cells["flags"].str.contains(str(Flag.PROVISIONAL), regex=False)
    is_total = cells["source"] == COMPUTED_SOURCE
    known = cells["indicator"].isin(list(by_id))
    return cells[~is_provisional & ~is_total & known].reset_index(drop=True)


def _without_reveals(cells: pd.DataFrame) -> pd.DataFrame:
    """Take out what stands beside a missing value and would reveal it."""
    revealing = ["value", "numerator", "ci_lower", "ci_upper", "ci_level"]
    hidden = cells["status"] != str(Status.OK)
    if not cells.loc[hidden, revealing].notna().to_numpy().any():
        return cells
    quiet = cells.copy()
    quiet.loc[hidden, revealing] = np.nan
    return quiet


def _check(
    cells: pd.DataFrame,
    sources: Mapping[str, Source],
    by_id: Mapping[str, Indicator],
    places: PlaceSet,
) -> None:
    """Refuse cells of an unknown indicator, area, source or status."""
    known = {
        "indicator": by_id,
        "area": places.by_code,
        "source": sources,
        "status": {str(status): status for status in Status},
    }
    for column, accepted in known.items():
        found = set(cells[column].unique()) - set(accepted)
        if found:
            msg = f"{column} '{min(found)}' is not known ({len(found)} such in the figures read)"
            raise AssemblyError(msg)
    empty = (cells["status"] == str(Status.OK)) & cells["value"].isna()
    if empty.any():
        row = cells[empty].iloc[0]
        msg = (
            f"{row['indicator']}, {row['area']}, {row['period']} from {row['source']} is 'ok' "
            "without a value; a missing value needs the status that says why"
        )
        raise AssemblyError(msg)
    repeated = cells.duplicated([*_KEY_AND_SOURCE])
    if repeated.any():
        row = cells[repeated].iloc[0]
        msg = (
            f"two figures for {row['indicator']}, {row['area']}, {row['period']} "
            f"from {row['source']}; a publication gives one figure for a cell"
        )
        raise AssemblyError(msg)


_KEY_AND_SOURCE: Final = ("indicator", "period", "area", *BREAKDOWN_COLUMNS, "source")


def withheld(cells: pd.DataFrame, redactions: Sequence[Redaction]) -> pd.DataFrame:
    """Take the numbers out of redacted cells and give them the status of the redaction."""
    if not redactions or cells.empty:
        return cells
    named = redaction_keys(redactions)
    codes, wanted = key_codes(cells, named)
    place = pd.Series(np.arange(len(named)), index=wanted)
    place = place[~place.index.duplicated(keep="last")]
    found = place.reindex(codes).to_numpy()
    hit = ~np.isnan(found)
    if not hit.any():
        return cells
    changed = cells.copy()
    changed.loc[hit, list(NUMBER_COLUMNS)] = np.nan
    changed.loc[hit, ["flags", "source_symbol"]] = ""
    changed.loc[hit, "status"] = named["status"].to_numpy()[found[hit].astype(int)]
    return changed


def redaction_keys(redactions: Sequence[Redaction]) -> pd.DataFrame:
    """Return the keys of redacted cells, and the status each is given."""
    rows = [(r.indicator, r.period, r.area, *r.breakdown.codes, str(r.status)) for r in redactions]
    return pd.DataFrame(
        rows, columns=["indicator", "period", "area", *BREAKDOWN_COLUMNS, "status"], dtype="str"
    )

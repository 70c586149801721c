"""Reading a release: integer-coded columns, mapped from disk and shared by all workers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pydantic import TypeAdapter

from indicators.cells import Breakdown, Flag, Status
from indicators.model import Indicator, Pair
from indicators.told_beside import Disclosure, ReleasedReturn, read_disclosure, read_returns
from reference.periods import Period, parse_period
from reference.places import PlaceSet

FORMAT: Final = 1
"""Rises when a reader of the older format could misread a snapshot."""

_CELLS: Final = "cells.arrow"

NUMBER_COLUMNS: Final = ("value", "numerator", "denominator", "ci_lower", "ci_upper")

CODE_COLUMNS: Final[Mapping[str, str]] = {
    "indicator": "int16",
    "period": "int16",
    "area": "int16",
    "breakdown": "int32",
    "ci_level": "float32",
    "status": "int8",
    "flags": "int32",
    "symbol": "int16",
    "source": "int16",
    "definition_version": "int16",
    "updated_release": "int16",
}
"""Column to type; each code is a position in the index of the same name."""


class SnapshotError(Exception):
    """A snapshot folder is missing, incomplete or of another format."""


@dataclass(frozen=True)
class SourceFile:
    """One file of a publication: its name and SHA-256 (unpacked), rows, and its own words.

    `columns` maps a canonical column to the name that it has in this file; `spellings` maps, by
    canonical column, today's spelling of a category to that of this file, where they differ.
    """

    name: str
    sha256: str = ""
    rows: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    spellings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Mismatch:
    """Published totals of one indicator and period that the authorities do not add up to.

    `areas` are the totals; `missing` are the authorities without a count, the likely cause.
    """

    indicator: str
    period: str
    areas: tuple[str, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class TotalsCheck:
    """How many published totals of a publication were compared with their authorities."""

    compared: int = 0
    agreed: int = 0
    mismatches: tuple[Mismatch, ...] = ()


NOT_CHECKED: Final = TotalsCheck()


@dataclass(frozen=True)
class Source:
    """One publication (or one authority's return) that cells come from."""

    id: str
    table: str
    vintage: str
    publisher: str
    title: str
    published_on: str
    designation: str = ""
    licence: str = ""
    url: str = ""
    files: tuple[SourceFile, ...] = ()
    totals: TotalsCheck = NOT_CHECKED
    published_on_basis: str = ""
    """`confirmed` or `not confirmed`, of the day; blank where nobody has said."""


@dataclass(frozen=True)
class ReleaseCard:
    """What a release says of itself; clock times stay outside, in releases.json."""

    id: str
    place_set: str
    kind: str = "release"
    policy: str = ""
    method_version: str = "1"
    note: str = ""
    has_submissions: bool = False


@dataclass(frozen=True)
class Change:
    """One cell that differs from the release before; no old number for a suppressed one."""

    indicator: str
    period: str
    area: str
    breakdown: Breakdown
    kind: str
    old_value: float | None
    new_value: float | None
    old_status: str
    new_status: str


@dataclass(frozen=True)
class SnapshotIndex:
    """What the integer codes of the cells stand for, in sort order."""

    format: int
    periods: tuple[str, ...]
    areas: tuple[str, ...]
    breakdowns: tuple[Breakdown, ...]
    symbols: tuple[str, ...]
    releases: tuple[str, ...]
    statuses: tuple[Status, ...]
    flags: tuple[Flag, ...]
    latest: Mapping[str, str]
    latest_provisional: Mapping[str, str]
    row_count: int


CARD: Final = TypeAdapter(ReleaseCard)
INDEX: Final = TypeAdapter(SnapshotIndex)
SOURCES: Final = TypeAdapter(tuple[Source, ...])
CATALOGUE: Final = TypeAdapter(tuple[Indicator, ...])
PLACES: Final = TypeAdapter(PlaceSet)


def cell_key(
    indicator: NDArray[Any],
    period: NDArray[Any],
    area: NDArray[Any],
    breakdown: NDArray[Any],
    index: SnapshotIndex,
) -> NDArray[np.int64]:
    """Pack four codes into one sortable key; the order of rows in every answer."""
    key = indicator.astype(np.int64)
    for codes, size in (
        (period, len(index.periods)),
        (area, len(index.areas)),
        (breakdown, len(index.breakdowns)),
    ):
        key = key * size + codes
    return key


@dataclass(frozen=True)
class Snapshot:
    """One release, open for reading; arrays are views of mapped memory, never written."""

    folder: Path
    digest: str
    card: ReleaseCard
    places: PlaceSet
    indicators: tuple[Indicator, ...]
    sources: tuple[Source, ...]
    index: SnapshotIndex
    columns: Mapping[str, NDArray[Any]]
    returns: tuple[ReleasedReturn, ...] = ()
    disclosure: Disclosure | None = None

    @cached_property
    def by_id(self) -> Mapping[str, Indicator]:
        """Indicator id to definition."""
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def pairs(self) -> Mapping[str, Pair]:
        """Pair id to pair, in catalogue order of x; none in releases from before there were any."""
        return {pair.id: pair for one in self.indicators for pair in one.pairs}

    @cached_property
    def indicator_codes(self) -> Mapping[str, int]:
        """Indicator id to its code in the cells (catalogue order)."""
        return {indicator.id: code for code, indicator in enumerate(self.indicators)}

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The periods, by end."""
        return tuple(parse_period(period_id) for period_id in self.index.periods)

    @cached_property
    def period_codes(self) -> Mapping[str, int]:
        """Period id to its code in the cells."""
        return {period_id: code for code, period_id in enumerate(self.index.periods)}

    @cached_property
    def area_codes(self) -> Mapping[str, int]:
        """Canonical area code to its code in the cells."""
        return {area: code for code, area in enumerate(self.index.areas)}

    @cached_property
    def breakdown_codes(self) -> Mapping[Breakdown, int]:
        """Breakdown to its code in the cells."""
        return {breakdown: code for code, breakdown in enumerate(self.index.breakdowns)}

    @cached_property
    def keys(self) -> NDArray[np.int64]:
        """The sorted key of every cell, for binary search."""
        key: NDArray[np.int64] = self.columns["key"]
        return key

    @cached_property
    def source_ids(self) -> tuple[str, ...]:
        """Source ids by code."""
        return tuple(source.id for source in self.sources)

    def rows_of(self, indicator: int, period: int | None = None) -> slice:
        """Return where the cells of an indicator (in one period) stand."""
        width = len(self.index.areas) * len(self.index.breakdowns)
        per_indicator = width * len(self.index.periods)
        first = indicator * per_indicator + (0 if period is None else period * width)
        last = first + (per_indicator if period is None else width)
        start, stop = np.searchsorted(self.keys, [first, last])
        return slice(int(start), int(stop))

    def periods_of(self, indicator: int) -> tuple[int, ...]:
        """Return the codes of the periods in which an indicator has any cell."""
        rows = self.rows_of(indicator)
        return tuple(int(code) for code in np.unique(self.columns["period"][rows]))

    def positions(
        self, indicator: int, period: int, areas: Sequence[int], breakdown: int = 0
    ) -> NDArray[np.int64]:
        """Return the row of each area's cell, or -1 where the release has none."""
        area = np.asarray(areas, dtype=np.int64)
        same = np.full(len(area), 1, dtype=np.int64)
        wanted = cell_key(same * indicator, same * period, area, same * breakdown, self.index)
        found = np.searchsorted(self.keys, wanted)
        found = np.minimum(found, max(len(self.keys) - 1, 0))
        hits = self.keys[found] == wanted if len(self.keys) else np.zeros(len(area), bool)
        return np.where(hits, found, -1)


def open_snapshot(folder: Path) -> Snapshot:
    """Open a snapshot folder (its name is its digest); raises SnapshotError."""
    try:
        index = INDEX.validate_json((folder / "index.json").read_bytes())
        if index.format != FORMAT:
            msg = f"snapshot {folder.name} has format {index.format}; this version reads {FORMAT}"
            raise SnapshotError(msg)
        return Snapshot(
            folder=folder,
            digest=folder.name,
            card=CARD.validate_json((folder / "release.json").read_bytes()),
            places=PLACES.validate_json((folder / "places.json").read_bytes()),
            indicators=CATALOGUE.validate_json((folder / "catalogue.json").read_bytes()),
            sources=SOURCES.validate_json((folder / "sources.json").read_bytes()),
            index=index,
            columns=_mapped(folder / _CELLS),
            returns=read_returns(folder),
            disclosure=read_disclosure(folder),
        )
    except FileNotFoundError as error:
        # Arrow does not say which file it missed.
        missing = Path(error.filename or _CELLS).name
        msg = f"snapshot {folder.name} is incomplete: {missing} is missing"
        raise SnapshotError(msg) from error


def _mapped(path: Path) -> Mapping[str, NDArray[Any]]:
    table = pa.ipc.open_file(pa.memory_map(str(path))).read_all()
    return {
        name: table.column(name).chunk(0).to_numpy(zero_copy_only=True)
        if table.num_rows
        else np.empty(0)
        for name in table.column_names
    }

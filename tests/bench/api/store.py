"""A home folder of modelled figures for made-up places, as large as one wants: no real place.

Whatever the size, one indicator of one period has the same rows and there are as many
indicators: a larger store has more periods and breakdowns, so answers of one period stay alike.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from indicators.arithmetic import published_value
from indicators.cells import FLAGS, STATUSES, TOTAL, Breakdown, Flag, Status, flag_bits
from indicators.export import OBSERVATIONS_PARQUET
from indicators.export_rows import Rows
from indicators.intervals import interval_of
from indicators.model import Indicator
from indicators.releases import ReleaseEntry, ReleaseList, write_releases
from indicators.snapshot import (
    CODE_COLUMNS,
    FORMAT,
    NUMBER_COLUMNS,
    ReleaseCard,
    Snapshot,
    SnapshotIndex,
    Source,
    cell_key,
)
from indicators.snapshot_writer import ReleaseContents, area_order, write_coded
from indicators.store import open_store
from reference.periods import parse_period
from reference.places import AreaKind, PlaceSet
from reference.placesets import load_place_set
from tests.indicators.definitions import an_indicator

RELEASE: Final = "2025-12-01"
PLACE_SET: Final = "made_up"
LAST_YEAR: Final = 2025
INDICATORS: Final = 127
_SEED: Final = 20_261_126
_CHILDREN: Final = {AreaKind.COUNTRY: 12e6, AreaKind.REGION: 1.3e6, AreaKind.SUBREGION: 9e5}
_AUTHORITY_CHILDREN: Final = 6e4

Columns = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Size:
    """How many indicators, periods and breakdowns (sex by age) a store has."""

    periods: int
    sexes: int
    ages: int
    indicators: int = INDICATORS

    @property
    def breakdowns(self) -> tuple[Breakdown, ...]:
        """The breakdowns, in the order of cells."""
        sexes = (TOTAL, *(f"S{number}" for number in range(1, self.sexes)))
        ages = (TOTAL, *(f"A{number:02}" for number in range(1, self.ages)))
        made = [Breakdown(sex=sex, age=age) for sex in sexes for age in ages]
        return tuple(sorted(made, key=lambda breakdown: breakdown.order))


SIZES: Final = {
    "0.5": Size(periods=4, sexes=2, ages=3),
    "5": Size(periods=12, sexes=4, ages=5),
    "20": Size(periods=24, sexes=4, ages=10),
}
"""By millions of figures: indicators by periods by breakdowns by some 165 areas."""


def write_home(home: Path, size: Size) -> int:
    """Write a home folder that is ready to be served; return how many figures it holds."""
    places = load_place_set(PLACE_SET)
    indicators = tuple(_indicator(number) for number in range(1, size.indicators + 1))
    index, columns = modelled(places, indicators, size)
    contents = ReleaseContents(
        card=ReleaseCard(id=RELEASE, place_set=PLACE_SET, note="Modelled: no figure is real"),
        places=places,
        indicators=indicators,
        sources=(_source(),),
        cells={},
    )
    home.mkdir(parents=True, exist_ok=True)
    # Opened first: a store that does not know a snapshot removes it.
    open_store("", home, places).close()
    digest = write_coded(home / "snapshots", contents, index, columns, _parquet_alone)
    _list_release(home, places, digest)
    return index.row_count


def modelled(
    places: PlaceSet, indicators: tuple[Indicator, ...], size: Size
) -> tuple[SnapshotIndex, Columns]:
    """Draw the cells of every indicator, coded and sorted."""
    years = range(LAST_YEAR - size.periods + 1, LAST_YEAR + 1)
    periods = tuple(f"RY{year}" for year in years)
    random = np.random.default_rng(_SEED)
    place = _places(places, periods, size)
    parts = [_drawn(one, code, place, random) for code, one in enumerate(indicators)]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    latest = {one.id: periods[-1] for one in indicators}
    index = SnapshotIndex(
        format=FORMAT,
        periods=periods,
        areas=area_order(places),
        breakdowns=size.breakdowns,
        symbols=("", "c", "x"),
        releases=(RELEASE,),
        statuses=STATUSES,
        flags=FLAGS,
        latest=latest,
        latest_provisional=latest,
        row_count=len(columns["value"]),
    )
    key = cell_key(
        columns["indicator"], columns["period"], columns["area"], columns["breakdown"], index
    )
    return index, {"key": key, **columns}


@dataclass(frozen=True)
class _Places:
    """Where the cells of one indicator stand, and how many children there are at each."""

    period: NDArray[np.int64]
    area: NDArray[np.int64]
    breakdown: NDArray[np.int64]
    children: NDArray[np.float64]
    is_authority: NDArray[np.bool_]


def _places(places: PlaceSet, periods: tuple[str, ...], size: Size) -> _Places:
    areas = [places.area(code) for code in area_order(places)]
    ends = [parse_period(period).end for period in periods]
    existed = np.asarray([[area.existed_on(end) for area in areas] for end in ends])
    random = np.random.default_rng(_SEED + 1)
    own = random.lognormal(np.log(_AUTHORITY_CHILDREN), 0.6, len(areas))
    children = np.asarray(
        [_CHILDREN.get(area.kind, some) for area, some in zip(areas, own, strict=True)]
    )
    shares = np.asarray(
        [
            (1 if one.sex == TOTAL else 1 / (size.sexes - 1))
            * (1 if one.age == TOTAL else 1 / (size.ages - 1))
            for one in size.breakdowns
        ]
    )
    there = np.repeat(existed[:, :, np.newaxis], len(shares), axis=2)
    period, area, breakdown = np.nonzero(there)
    is_authority = np.asarray([area.kind is AreaKind.AUTHORITY for area in areas])
    return _Places(
        period, area, breakdown, np.rint(children[area] * shares[breakdown]), is_authority[area]
    )


def _drawn(one: Indicator, code: int, at: _Places, random: np.random.Generator) -> Columns:
    """Draw the cells of one indicator: a few are suppressed or not available, a few revised."""
    count = len(at.area)
    is_share = one.unit == "%"
    share = random.uniform(0.05, 0.9) if is_share else random.uniform(0.001, 0.03)
    bottom = np.rint(at.children * 0.01) + 20 if is_share else at.children
    spread = np.clip(random.normal(1, 0.15, count), 0.5, 1.5)
    top = np.minimum(random.poisson(bottom * share * spread).astype(np.float64), bottom)
    chance = random.random(count)
    status = np.zeros(count, dtype=np.int8)
    status[at.is_authority & (chance < 0.04)] = STATUSES.index(Status.SUPPRESSED)
    status[at.is_authority & (chance < 0.01)] = STATUSES.index(Status.NOT_AVAILABLE)
    lower, upper = interval_of(one, top, bottom)
    is_ok = status == STATUSES.index(Status.OK)
    numbers = {
        "value": published_value(one, top, bottom), "numerator": top, "denominator": bottom,
        "ci_lower": lower, "ci_upper": upper,
    }  # fmt: skip
    codes: Columns = {
        "indicator": np.full(count, code), "period": at.period, "area": at.area,
        "breakdown": at.breakdown, "ci_level": np.full(count, 95.0), "status": status,
        "flags": np.where(chance > 0.98, flag_bits([Flag.REVISED]), 0),
        "symbol": np.where(is_ok, 0, np.where(chance < 0.01, 2, 1)),
        "source": np.zeros(count), "definition_version": np.ones(count),
        "updated_release": np.zeros(count),
    }  # fmt: skip
    drawn: Columns = {name: codes[name].astype(kind) for name, kind in CODE_COLUMNS.items()}
    hidden = {name: np.where(is_ok, numbers[name], np.nan) for name in NUMBER_COLUMNS}
    return {**drawn, **hidden, "denominator": bottom}


def _parquet_alone(folder: Path, snapshot: Snapshot) -> None:
    """Write the one file that is measured, as a release has it; the others take minutes."""
    folder.mkdir()
    path = folder / OBSERVATIONS_PARQUET
    pq.write_table(Rows(snapshot).table(), path, compression="zstd", store_schema=False)


def _indicator(number: int) -> Indicator:
    """Define an indicator nobody measures: shares and rates by turns, as the catalogue has them."""
    id = f"modelled_{number:03}"
    told = {"order": number, "title": f"Modelled indicator {number}", "measured": "snapshot"}
    if number % 2:
        return an_indicator(f"{id}_pct", **told, short_title=f"Modelled {number}, per cent")
    return an_indicator(
        f"{id}_rate_10k",
        **told,
        short_title=f"Modelled {number}, rate",
        arithmetic="rate_per_10000",
        unit="per 10,000",
        decimals=0,
        interval={"method": "poisson"},
    )


def _source() -> Source:
    return Source(
        id="modelled_a_table_2025", table="a_table", vintage="2025", publisher="Nobody",
        title="Modelled figures", published_on="2025-11-13",
    )  # fmt: skip


def _list_release(home: Path, places: PlaceSet, digest: str) -> None:
    """List the release as a store would that knows it, so that it is served without repair."""
    entry = ReleaseEntry(RELEASE, "release", f"{RELEASE}T09:00:00Z", RELEASE, digest)
    row = {
        "sequence": 1, "id": RELEASE, "kind": entry.kind, "published_at": entry.published_at,
        "published_on": entry.published_on, "digest": digest, "policy": "", "method_version": "1",
        "note": "", "has_submissions": 0, "places": "", "catalogue": "", "sources": "",
    }  # fmt: skip
    marks = ", ".join("?" * len(row))
    with closing(sqlite3.connect(home / "outcomes.sqlite")) as database, database:
        database.execute(
            f'insert into "release" ({", ".join(row)}) values ({marks})',
            tuple(row.values()),
        )
    write_releases(home / "releases.json", ReleaseList(places.id, RELEASE, (entry,)))

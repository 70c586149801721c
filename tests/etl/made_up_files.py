"""Published files of the made-up country: small, well-formed, and easily spoilt."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from etl.published.loaded import PublishedReading
from etl.published.reading import read_published
from etl.tables import load_tables
from indicators.catalogue import load_catalogue
from reference.places import PlaceSet
from reference.placesets import load_place_set

Row = dict[str, str]

REFERRALS = "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
RATES = "cla_number_and_rate_per_10k_children.csv"
WORKFORCE = "csww_indicators_2017_to_2025.csv"

COUNTRY = "X92000001"
REGION = "X12000001"
SUBREGION = "X13000001"
AUTHORITIES = tuple(f"X060000{number:02d}" for number in range(1, 13))
ENDED = "X10000022"
BEGUN_LATER = "X06000062"

_READ = frozenset(
    {
        "cin_rate_10k",
        "cla_31mar_rate_10k",
        "cla_3plus_placements_pct",
        "csc_spend_per_child_gbp",
        "rereferral_12m_pct",
        "sw_agency_fte_pct",
    }
)
"""One indicator of each made-up table, so that a row gives one cell and a fault one finding,
whatever else the catalogue comes to read from the same table. Commands read the whole catalogue:
their tests use referrals, whose rows have every column of the newest real file."""


@cache
def places() -> PlaceSet:
    return load_place_set("made_up")


def placed(code: str, period: str = "2025", **cells: object) -> Row:
    """Return a row for an area in the layout of the publishing standard."""
    area = places().resolve(code.split(" / ")[0])
    level = {"country": "National", "authority": "Local authority"}.get(area.kind, "Regional")
    row = dict.fromkeys(("region_code", "region_name", "old_la_code", "new_la_code", "la_name"), "")
    if level == "Regional":
        row.update(region_code=code, region_name=area.name)
    if level == "Local authority":
        numbers = [places().resolve(part).number for part in code.split(" / ")]
        row.update(
            region_code=area.subregion or area.region or "",
            new_la_code=code,
            la_name=area.name,
            old_la_code=" / ".join(map(str, numbers)),
        )
    start = {
        "time_period": period,
        "time_identifier": "Reporting year",
        "geographic_level": level,
        "country_code": COUNTRY,
        "country_name": "Made-up country",
    }
    return {**start, **row, **{name: str(cell) for name, cell in cells.items()}}


def referrals(code: str, period: str = "2025", again: object = 22, of: object = 100) -> Row:
    """Return a row of referrals with the columns of the 2025 file; shares follow from counts."""
    no_action, no_need = _part(of, 10), _part(of, 4)
    return placed(
        code,
        period,
        category="Referrals and Re-referrals",
        referral_count=of,
        rereferral_count=again,
        rereferral_percent=_share(again, of),
        no_further_action_count=no_action,
        no_further_action_percent=_share(no_action, of),
        not_in_need_count=no_need,
        not_in_need_percent=_share(no_need, of),
        referral_child_count=of,
        rereferral_child_count=again,
        rereferral_child_percent=_share(again, of),
    )


def _part(whole: object, divisor: int) -> object:
    """Return a part of a count; of a symbol the symbol."""
    return int(str(whole)) // divisor if str(whole).isdigit() else whole


def _share(part: object, whole: object) -> object:
    """Return a count as a percentage; of a symbol the symbol."""
    return f"{100 * int(str(part)) / int(str(whole)):g}" if str(part).isdigit() else part


def good_referrals(count: int = 1000) -> list[Row]:
    """Return two years of the country, a region, a subregion and (so many) authorities."""
    rows = []
    for period in ("2025", "2024"):
        rows += [referrals(COUNTRY, period, 2200, 10000), referrals(REGION, period, 220, 1000)]
        rows.append(referrals(SUBREGION, period, 110, 500))
        rows += [
            referrals(code, period, 20 + place % 12, 100)
            for place, code in enumerate(authorities()[:count])
        ]
    return rows


@cache
def authorities() -> tuple[str, ...]:
    """Return the authorities that existed in both years, AUTHORITIES first."""
    return tuple(sorted(area.code for area in places().authorities(date(2024, 3, 31))))


def cell_count() -> int:
    """Return how many cells the good referrals give one indicator."""
    return 2 * (3 + len(authorities()))


def as_csv(rows: Sequence[Row]) -> bytes:
    """Write rows under the header of the first."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def saved(folder: Path, content: bytes | Sequence[Row], name: str = REFERRALS) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else as_csv(content))
    return path


def read(*paths: Path, **more: Any) -> PublishedReading:
    """Read files of the made-up country for one indicator of each table."""
    indicators = [one for one in load_catalogue() if one.id in _READ]
    assert len(indicators) == len(_READ)
    return read_published(paths, places(), indicators, load_tables(), **more)


def changed(where: Callable[[Row], bool], **cells: str) -> list[Row]:
    """Return the good referrals with the first row that fits changed."""
    rows = good_referrals()
    row = next(row for row in rows if where(row))
    row.update(cells)
    return rows


def is_of(code: str, period: str = "2025") -> Callable[[Row], bool]:
    """Return whether a row is of that area and period."""

    def fits(row: Row) -> bool:
        codes = (row["new_la_code"] or row["region_code"] or row["country_code"],)
        return code in codes and row["time_period"] == period

    return fits

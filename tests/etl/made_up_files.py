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
    """Return a row of referrals; the percentage follows from the counts."""
    share = 100 * int(str(again)) / int(str(of)) if str(again).isdigit() else again
    return placed(
        code,
        period,
        category="Referrals and Re-referrals",
        referral_count=of,
        rereferral_count=again,
        rereferral_percent=f"{share:g}" if isinstance(share, float) else share,
    )


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
    """Return how many cells the good referrals give."""
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
    """Read files of the made-up country."""
    return read_published(paths, places(), load_catalogue(), load_tables(), **more)


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

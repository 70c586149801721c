"""Made-up counts as the packages that authorities send."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import orjson

from etl.practice.authority import Counts
from etl.practice.made_up_country import MadeUpCountry
from etl.submissions.manifest import build_manifest
from etl.submissions.wire import COLUMNS, WITHOUT_VALUE, WireRow, write_period
from indicators.measures import Collection, Key, Measures
from indicators.practice import PRACTICE_PLACES
from reference.periods import Period
from reference.places import Area, PlaceSet
from reference.placesets import load_place_set

PROFILE: Final = "practice 1"
"""The country that everybody practises with, unless they ask for another."""

Said = tuple[str, str]
"""What is said of a count beside its number: status and note."""

ACTUAL: Final[Said] = ("A", "")


@dataclass(frozen=True)
class Practice:
    """One made-up return: its name, the bytes of its table and of its manifest."""

    name: str
    table: bytes
    manifest: bytes


def practice_counts(
    area: Area, collection: Collection, period: Period, places: PlaceSet, profile: str
) -> Counts:
    """Return the made-up counts of one authority, collection and period."""
    if places.id != PRACTICE_PLACES:
        MadeUpCountry(places, profile)  # refuses them
    return made_up_country(profile).counts(area.code, collection.collection, period.end.year)


@lru_cache(maxsize=4)
def made_up_country(profile: str) -> MadeUpCountry:
    """Return the country of a profile, kept because its levels take a moment to draw."""
    return MadeUpCountry(load_place_set(PRACTICE_PLACES), profile)


def practice_returns(
    places: PlaceSet,
    measures: Measures,
    period: Period,
    *,
    profile: str = PROFILE,
    planted: Mapping[tuple[str, Key], int] | None = None,
) -> Iterator[Practice]:
    """Yield a return of every authority for every collection, without any story.

    `planted` replaces single counts by (authority, key); what it replaces must not be in a sum.
    """
    for area in places.authorities(period.end):
        for collection in measures.collections.values():
            counts = practice_counts(area, collection, period, places, profile)
            mine = {key: n for (code, key), n in (planted or {}).items() if code == area.code}
            counts.update({key: count for key, count in mine.items() if key in counts})
            yield as_package(area.code, collection, period, counts)


def as_package(
    authority: str,
    collection: Collection,
    period: Period,
    counts: Mapping[Key, int],
    *,
    said: Mapping[Key, Said] | None = None,
    number: int = 1,
    reason: str = "first",
    replaces: str | None = None,
) -> Practice:
    """Write counts as a package; what is not `said` otherwise is actual.

    A correction has a higher `number`, its `reason` and what it `replaces`.
    """
    kind, end = write_period(period)
    scope = (authority, collection.collection, kind, end)
    known = said or {}
    keys = [key for key in collection.keys(period) if key in counts]
    rows = [
        WireRow(place, *scope, *key, _value(counts[key], status), status, note)
        for place, key in enumerate(keys, 2)
        for status, note in [known.get(key, ACTUAL)]
    ]
    table = table_bytes(rows)
    name = f"AIS_{authority}_{collection.collection}_{end}_{number}"
    manifest = orjson.loads(build_manifest("data.csv", table, rows, collection.version))
    manifest |= {"submission_reason": reason, "replaces": replaces}
    return Practice(name, table, orjson.dumps(manifest, option=orjson.OPT_INDENT_2))


def _value(count: int, status: str) -> str:
    return "" if status in WITHOUT_VALUE else str(count)


def table_bytes(rows: list[WireRow]) -> bytes:
    """Write rows as the CSV that authorities send."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([getattr(row, name) for name in COLUMNS.values()] for row in rows)
    return out.getvalue().encode()

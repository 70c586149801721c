"""What every authority sends for one period: sound returns, and what the stories make of some."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from etl.practice.authority import Counts
from etl.practice.made_up_country import MadeUpCountry
from etl.practice.packages import Practice, Said, as_package
from etl.practice.stories import (
    CHILD_RECORDS,
    CORRECTED,
    LATE,
    MISSING,
    UNRELIABLE,
    Story,
)
from indicators.measures import ALL, TOTAL_TYPE, Collection, Key
from reference.areas import Area
from reference.periods import Period

_PRIOR: Final = {"CLA": "CLA_OPEN_PRIOR", "CIN": "CPP_OPEN_PRIOR"}
"""Counts of a year earlier, which a new authority does not have."""
_NO_PRIOR: Final[Said] = ("z", "")
_NEW_SYSTEM: Final[Said] = ("u", "Earlier referrals were lost with the old case system")
_CUT_SHORT: Final = 0.3

CHILD_FILE: Final = "episodes.csv"
_RECORDS: Final = """CHILD,SEX,DOB,DECOM,RNE,LS,PLACE,DEC,REC
SYN000001,F,2012-05-01,2024-06-01,S,C2,U4,,
SYN000002,M,2009-11-17,2024-08-12,S,C2,K2,2025-01-20,E4A
SYN000003,F,2016-02-29,2024-09-03,S,C2,U1,,
"""
"""Nobody's: made-up children in the shape of a return about children, to see it refused."""


@dataclass(frozen=True)
class Sending:
    """One return of one authority: its package, and what came before it or is odd about it.

    `first` is the version that the package corrects; `records` is a file that must be refused.
    """

    authority: str
    collection: str
    package: Practice
    first: Practice | None = None
    records: bytes | None = None
    is_late: bool = False


def sendings(
    country: MadeUpCountry, period: Period, stories: tuple[Story, ...]
) -> Iterator[Sending]:
    """Yield what comes in for a period; nothing comes where the story is that it is missing."""
    told = {(s.authority, s.collection, s.kind) for s in stories if s.period == period.id}
    for area in country.places.authorities(period.end):
        for collection in country.measures.collections.values():
            kinds = {
                kind
                for code, name, kind in told
                if (code, name) == (area.code, collection.collection)
            }
            if MISSING not in kinds:
                yield _sending(country, area, collection, period, kinds)


def _sending(
    country: MadeUpCountry, area: Area, collection: Collection, period: Period, kinds: set[str]
) -> Sending:
    counts = country.counts(area.code, collection.collection, period.end.year)
    said = _said(area, collection, period, is_unreliable=UNRELIABLE in kinds)
    written = (area.code, collection, period)
    is_corrected = CORRECTED in kinds
    package = as_package(*written, counts, said=said)
    return Sending(
        authority=area.code,
        collection=collection.collection,
        package=corrected(country, area.code, period) if is_corrected else package,
        first=as_package(*written, _cut_short(counts), said=said) if is_corrected else None,
        records=_RECORDS.encode() if CHILD_RECORDS in kinds else None,
        is_late=LATE in kinds,
    )


def corrected(
    country: MadeUpCountry, authority: str, period: Period, replaces: str | None = None
) -> Practice:
    """Return the second version of a corrected return; `replaces` is known once the first is in."""
    collection = country.measures.collection("CLA")
    counts = country.counts(authority, "CLA", period.end.year)
    return as_package(
        authority, collection, period, counts, number=2, reason="correction", replaces=replaces
    )


def _cut_short(counts: Counts) -> Counts:
    """Return counts with the teeth checks of an extract that stopped too early."""
    key = _total("OC2_DENT")
    return {**counts, key: int(counts[key] * _CUT_SHORT)}


def _said(
    area: Area, collection: Collection, period: Period, *, is_unreliable: bool
) -> Mapping[Key, Said]:
    """Return what is said of counts that are not plainly actual."""
    said: dict[Key, Said] = {}
    is_new = area.first_day is not None and area.first_day.year == period.end.year - 1
    if is_new and collection.collection in _PRIOR:
        said[_total(_PRIOR[collection.collection])] = _NO_PRIOR
    if is_unreliable:
        said[_total("REF_RE12")] = _NEW_SYSTEM
    return said


def _total(measure: str) -> Key:
    return (measure, TOTAL_TYPE, ALL)

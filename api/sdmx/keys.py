"""What a data query means: its flow, key, provider and times, as a selection of a release."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from api.opened import OpenRelease
from api.parameters import Query
from api.sdmx.codes import code_lists
from api.sdmx.errors import nothing, syntax, unknown
from api.sdmx.names import AGENCY, AREA, BREAKDOWNS, DIMENSIONS, FLOW, INDICATOR, VERSION
from api.sdmx.times import frequency, span_of
from reference.periods import Period

ALL: Final = "all"
VERSIONS: Final = frozenset({ALL, "latest", VERSION})
_IDS: Final = tuple(one.id for one in DIMENSIONS)

Key = Mapping[str, frozenset[str]]
"""By dimension the codes asked for; a dimension that is not in it is not narrowed."""


@dataclass(frozen=True)
class Asking:
    """The key and the times of a query, both ends included; None where it sets none."""

    key: Key
    first_day: date | None = None
    last_day: date | None = None

    def means(self, period: Period) -> bool:
        """Say whether a period is asked for: by its last day, its kind and its frequency."""
        kinds, frequencies = self.key.get("PERIOD_KIND"), self.key.get("FREQ")
        return (
            (self.first_day is None or period.end >= self.first_day)
            and (self.last_day is None or period.end <= self.last_day)
            and (kinds is None or str(period.kind) in kinds)
            and (frequencies is None or frequency(period.kind) in frequencies)
        )

    def without(self, dimension: str) -> "Asking":
        """Return the same without what it asks of one dimension."""
        key = {name: codes for name, codes in self.key.items() if name != dimension}
        return Asking(key, self.first_day, self.last_day)


def check_flow(text: str) -> None:
    """Check a reference to the flow, `ID`, `AGENCY,ID` or `AGENCY,ID,VERSION`; raises SdmxError."""
    parts = text.split(",")
    if len(parts) > 3 or not all(parts):
        raise syntax(f"'{text[:60]}' is not a dataflow; write {FLOW} or {AGENCY},{FLOW},{VERSION}")
    id = parts[0] if len(parts) == 1 else parts[1]
    if id != FLOW:
        raise unknown("dataflow", id, (FLOW,))
    if len(parts) > 1 and parts[0] not in {AGENCY, ALL}:
        raise unknown("agency", parts[0], (AGENCY,))
    if len(parts) > 2 and parts[2] not in VERSIONS:
        raise nothing(f"dataflow {FLOW} has version {VERSION}, not {parts[2][:20]}")


def check_provider(text: str) -> None:
    """Check who the data are from: this service gives its own alone; raises SdmxError."""
    given = {part.split(",")[-1] for part in text.split("+")}
    if not given & {ALL, AGENCY}:
        raise unknown("provider", text, (AGENCY, ALL))


def read_key(release: OpenRelease, text: str) -> Key:
    """Read `A..CODE+CODE.`; raises SdmxError for another number of parts or an unknown code."""
    if text in {"", ALL}:
        return {}
    parts = text.split(".")
    if len(parts) != len(_IDS):
        raise syntax(
            f"the key has {len(parts)} parts; write {len(_IDS)}, with a dot between each two and "
            f"nothing where all are meant: {'.'.join(_IDS)}. Or write {ALL}"
        )
    lists = code_lists(release)
    key: dict[str, frozenset[str]] = {}
    for one, part in zip(DIMENSIONS, parts, strict=True):
        if not part:
            continue
        codes = part.split("+")
        for code in codes:
            if not code:
                raise syntax(f"{one.id}: '{part[:60]}' has a + without a code beside it")
            if code not in lists[one.codes].ids:
                raise unknown(one.id, code, sorted(lists[one.codes].ids))
        key[one.id] = frozenset(codes)
    return key


def read_times(query: Query) -> tuple[date | None, date | None]:
    """Return the first and the last day on which a period may end; raises SdmxError."""
    first, last = query.one("startPeriod"), query.one("endPeriod")
    first_day = span_of("startPeriod", first)[0] if first else None
    last_day = span_of("endPeriod", last)[1] if last else None
    if first_day and last_day and first_day > last_day:
        raise syntax(f"startPeriod {first} is after endPeriod {last}")
    return first_day, last_day


def as_query(release: OpenRelease, asking: Asking) -> Query:
    """Return the query of /observations that means the same; raises SdmxError for no period."""
    snapshot = release.snapshot
    meant = [period.id for period in snapshot.periods if asking.means(period)]
    if not meant:
        raise nothing("no figure of this release is for a period that ends in that time")
    is_every = len(meant) == len(snapshot.periods)
    given = {"period": (ALL,) if is_every else tuple(meant)}
    for name, id in (("indicator", INDICATOR), ("area", AREA)):
        if id in asking.key:
            given[name] = tuple(sorted(asking.key[id]))
    for id in BREAKDOWNS:
        given[id.lower()] = tuple(sorted(asking.key.get(id, (ALL,))))
    return Query(given)

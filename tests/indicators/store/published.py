"""Short ways to publish made-up figures and to read what came out."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from indicators.assembly import PublishedLoad
from indicators.cells import FLAGS, STATUSES, TOTAL, Breakdown
from indicators.model import Indicator
from indicators.releases import ReleaseList, read_releases
from indicators.snapshot import Snapshot, open_snapshot
from indicators.store import ReleaseOutcome, Store, publish_load
from tests.indicators.definitions import an_indicator

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
INDICATORS = (an_indicator(), an_indicator("another_pct", order=2))

COUNTRY, REGION = "X92000001", "X12000001"
ALVERBY, BRENNOWCOMBE = "X06000001", "X06000002"
"""Two authorities; Alverby lies in REGION."""


def publish(
    store: Store,
    load: PublishedLoad,
    indicators: tuple[Indicator, ...] = INDICATORS,
    **how: Any,
) -> ReleaseOutcome:
    return publish_load(store, load, indicators, **{"now": NOW, **how})


def on(year: int) -> date:
    """The day on which the publication of a year came out."""
    return date(year, 11, 21)


def listed(store: Store) -> ReleaseList:
    found = read_releases(store.releases_file)
    assert found is not None
    return found


def folder_of(store: Store, release: str) -> Path:
    digests = {entry.id: entry.digest for entry in listed(store).releases}
    return store.snapshots / digests[release]


def opened(store: Store, release: str) -> Snapshot:
    return open_snapshot(folder_of(store, release))


def figure(
    snapshot: Snapshot,
    area: str,
    period: str,
    indicator: str = "an_indicator_pct",
    **codes: str,
) -> Mapping[str, Any] | None:
    """The cell of a snapshot as plain values; None if it has none."""
    breakdown = Breakdown(**{name: codes.get(name, TOTAL) for name in codes})
    if period not in snapshot.period_codes or breakdown not in snapshot.breakdown_codes:
        return None
    (row,) = snapshot.positions(
        snapshot.indicator_codes[indicator],
        snapshot.period_codes[period],
        [snapshot.area_codes[area]],
        snapshot.breakdown_codes[breakdown],
    )
    if row < 0:
        return None
    columns = {name: column[row].item() for name, column in snapshot.columns.items()}
    bits = columns["flags"]
    return {
        **columns,
        "status": str(STATUSES[columns["status"]]),
        "flags": [str(flag) for place, flag in enumerate(FLAGS) if bits >> place & 1],
        "source": snapshot.source_ids[columns["source"]],
        "updated_release": snapshot.index.releases[columns["updated_release"]],
    }


def value(snapshot: Snapshot, area: str, period: str, **more: Any) -> float:
    found = figure(snapshot, area, period, **more)
    assert found is not None
    number: float = found["value"]
    return number

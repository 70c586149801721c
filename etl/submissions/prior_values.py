"""What was published a year earlier for the counts of a return, for the person who fills it in."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import numpy as np

from etl.submissions.code_lists import Scope
from etl.submissions.wire import read_period, write_period
from indicators.cells import Status
from indicators.measures import Key
from indicators.model import Counted, Indicator
from indicators.releases import read_releases
from indicators.snapshot import Snapshot, open_snapshot
from reference.periods import Period

_SYMBOLS: Final[Mapping[Status, str]] = {
    Status.SUPPRESSED: "c",
    Status.NOT_AVAILABLE: "x",
    Status.NOT_APPLICABLE: "z",
    Status.UNRELIABLE_WITHHELD: "u",
    Status.WITHDRAWN: "x",
}


def latest_snapshot(home: Path) -> Snapshot | None:
    """Return the latest release that readers see, if there is any."""
    held = read_releases(home / "releases.json")
    if held is None or held.latest is None:
        return None
    entry = next(entry for entry in held.releases if entry.id == held.latest)
    return open_snapshot(home / "snapshots" / entry.digest)


def year_earlier(period: Period) -> Period:
    """Return the period of the same kind that ended a year before; raises PeriodError."""
    kind, _ = write_period(period)
    return read_period(kind, period.end.replace(year=period.end.year - 1).isoformat())


def prior_values(snapshot: Snapshot, scope: Scope) -> dict[Key, str]:
    """Return the published counts behind the indicators that a collection feeds, by key.

    Only what readers see: where a figure is suppressed its count is `c`.
    """
    area = snapshot.area_codes.get(scope.authority.code)
    period = snapshot.period_codes.get(year_earlier(scope.period).id)
    found: dict[Key, str] = {}
    if area is None or period is None:
        return found
    for code, indicator in enumerate(snapshot.indicators):
        row = int(snapshot.positions(code, period, [area])[0])
        if row >= 0:
            for key, text in _counts(snapshot, indicator, row, scope.collection.collection):
                # A number says more than why another indicator shows none.
                if key not in found or not found[key].isdigit():
                    found[key] = text
    return found


def _counts(
    snapshot: Snapshot, indicator: Indicator, row: int, collection: str
) -> Iterator[tuple[Key, str]]:
    fed = indicator.submission
    if fed is None or fed.collection != collection:
        return
    status = snapshot.index.statuses[int(snapshot.columns["status"][row])]
    for part, column in ((fed.numerator, "numerator"), (fed.denominator, "denominator")):
        if isinstance(part, Counted):
            number = float(snapshot.columns[column][row])
            key = (part.measure, part.breakdown_type, part.breakdown)
            if np.isfinite(number) and number.is_integer():
                yield key, str(int(number))
            elif status in _SYMBOLS and column == "numerator":
                yield key, _SYMBOLS[status]

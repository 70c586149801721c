"""Writing templates: for one authority, or for all of a place set."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from etl.findings import ExitCode, Place, as_text
from etl.submissions.calendar import load_calendar
from etl.submissions.code_lists import Scope, check_scope_codes
from etl.submissions.prior_values import latest_snapshot, prior_values
from etl.submissions.template_workbook import template_xlsx
from etl.submissions.templates import Beside, template_csv, template_json
from etl.submissions.wire import STANDARD, WireRow, write_period
from indicators.measures import load_measures
from indicators.releases import ReleasesError
from indicators.snapshot import Snapshot, SnapshotError
from reference.areas import UnknownAreaError
from reference.periods import PeriodError, parse_period
from reference.places import PlaceSet
from reference.placesets import load_place_set

_TEMPLATES: Final[Mapping[str, Callable[[Scope, Beside], bytes]]] = {
    "csv": template_csv,
    "xlsx": template_xlsx,
    "json": template_json,
}


@dataclass(frozen=True)
class Wanted:
    """Which templates: of which collection and period, in which format."""

    collection: str
    period: str
    format: str = "csv"


def template_command(
    authority: str,
    collection: str,
    period: str,
    *,
    format: str = "csv",
    places: PlaceSet | None = None,
    today: date | None = None,
    snapshot: Snapshot | None = None,
) -> tuple[bytes, str, ExitCode]:
    """Return the template's bytes and the name to save it under; or none and what is wrong."""
    held = places or load_place_set("england")
    if format not in _TEMPLATES:
        known = ", ".join(_TEMPLATES)
        return b"", f"'{format}' is not a format of templates; use one of {known}", ExitCode.USAGE
    try:
        kind, end = write_period(parse_period(period))
    except PeriodError as error:
        return b"", str(error), ExitCode.USAGE
    collection = collection.upper()
    row = WireRow(0, authority, collection, kind, end, "", "", "", "", "", "")
    # A template may be had before its period has ended; only sending waits for the end.
    after = max(today or datetime.now(UTC).date(), date.fromisoformat(end) + timedelta(days=1))
    scope, findings = check_scope_codes(
        Place("template"), row, held, load_measures(), load_calendar(), after
    )
    if scope is None:
        return b"", as_text(findings), ExitCode.USAGE
    name = f"{STANDARD}_{scope.authority.code}_{collection}_{end}_1.{format}"
    return _TEMPLATES[format](scope, _beside(scope, snapshot)), name, ExitCode.OK


def _beside(scope: Scope, snapshot: Snapshot | None) -> Beside:
    window = load_calendar().window(scope.collection.collection, scope.period)
    due_on = None if window is None else window.due_on
    if snapshot is None:
        return Beside(due_on=due_on)
    prior = prior_values(snapshot, scope)
    return Beside(prior, snapshot.card.id if prior else "", due_on)


def write_templates(
    authority: str, wanted: Wanted, folder: Path, places: PlaceSet, home: Path
) -> tuple[str, ExitCode]:
    """Write the template of an authority, or of every one where none is named, into a folder."""
    try:
        codes = (authority,) if authority else _everyone(wanted, places)
        # Only the workbook shows what was published before.
        snapshot = latest_snapshot(home) if wanted.format == "xlsx" else None
    except (PeriodError, UnknownAreaError) as error:
        return str(error), ExitCode.USAGE
    except (ReleasesError, SnapshotError) as error:
        return str(error), ExitCode.UNREADABLE
    folder.mkdir(parents=True, exist_ok=True)
    for code in codes:
        body, name, exit_code = template_command(
            code,
            wanted.collection,
            wanted.period,
            format=wanted.format,
            places=places,
            snapshot=snapshot,
        )
        if exit_code:
            return name, exit_code
        (folder / name).write_bytes(body)
    if authority:
        return f"written: {folder / name}", ExitCode.OK
    return f"written: {len(codes):,} templates into {folder}", ExitCode.OK


def _everyone(wanted: Wanted, places: PlaceSet) -> tuple[str, ...]:
    end = parse_period(wanted.period).end
    return tuple(area.code for area in places.authorities(end))

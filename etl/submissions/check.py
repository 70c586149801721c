"""From a path to a checked return: every rule is called from here, in the order of the stages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from etl.file_kinds import RefusedFileError
from etl.findings import Finding
from etl.submissions.arithmetic import (
    check_bounds,
    check_denominators,
    check_scores,
    check_sums,
    with_numbers,
)
from etl.submissions.calendar import Calendar, load_calendar
from etl.submissions.code_lists import (
    Scope,
    check_codes,
    check_final,
    check_scope_codes,
    check_size,
    check_values,
)
from etl.submissions.manifest import (
    Manifest,
    check_file,
    check_totals,
    missing_manifest,
    read_manifest,
)
from etl.submissions.package import Package, open_package
from etl.submissions.privacy import ChildRecordsError, Incident
from etl.submissions.rules import finding
from etl.submissions.structure import (
    check_columns,
    check_complete,
    check_keys,
    check_plain_text,
    check_scope,
    check_template,
    check_widths,
    wire_rows,
)
from etl.submissions.table import Sheet, read_table
from etl.submissions.wire import WireRow, canonical_digest
from indicators.measures import Measures, load_measures
from reference.places import PlaceSet


@dataclass(frozen=True)
class Setting:
    """What a return is checked against."""

    places: PlaceSet
    today: date
    measures: Measures = field(default_factory=load_measures)
    calendar: Calendar = field(default_factory=load_calendar)


@dataclass(frozen=True)
class Return:
    """One authority's counts for one collection and period, as sent."""

    scope: Scope
    rows: tuple[WireRow, ...]
    digest: str


@dataclass(frozen=True)
class CheckedReturn:
    """What came of checking one package: `sent` is None unless it can be taken."""

    name: str
    findings: tuple[Finding, ...]
    sent: Return | None = None
    incident: Incident | None = None
    has_manifest: bool = True


def check_package(path: Path, setting: Setting, *, without_manifest: bool = False) -> CheckedReturn:
    """Check the package at a path; whatever is wrong with it is in the findings."""
    try:
        return check_opened(open_package(path), setting, without_manifest=without_manifest)
    except ChildRecordsError as error:
        return CheckedReturn(path.name, error.findings, incident=error.incident)
    except RefusedFileError as error:
        return CheckedReturn(path.name, error.findings)


def check_opened(
    package: Package, setting: Setting, *, without_manifest: bool = False
) -> CheckedReturn:
    """Check a package held in memory; raises RefusedFileError where it cannot be read."""
    manifest, findings = _manifest(package, without_manifest=without_manifest)
    sheet = read_table(package)
    findings += tuple(_shape(package, sheet))
    if any(found.stops for found in findings):
        return CheckedReturn(package.name, findings)
    rows = wire_rows(sheet)
    if not rows:
        return CheckedReturn(package.name, (*findings, finding("S10", package.table_place)))
    scope, scope_findings = check_scope_codes(
        package.table_place,
        rows[0],
        setting.places,
        setting.measures,
        setting.calendar,
        setting.today,
    )
    findings += (*_whole(package, rows, manifest), *scope_findings)
    if scope is None:
        return CheckedReturn(package.name, findings)
    carried = sheet.template_id or (manifest.template_id if manifest else "")
    findings += tuple(
        check_template(package.table_place, carried, scope.collection, rows[0])
    ) + tuple(_content(package, rows, scope, setting))
    if any(found.stops for found in findings):
        return CheckedReturn(package.name, findings)
    sent = Return(scope, rows, canonical_digest(rows))
    return CheckedReturn(package.name, findings, sent, has_manifest=manifest is not None)


def _manifest(
    package: Package, *, without_manifest: bool
) -> tuple[Manifest | None, tuple[Finding, ...]]:
    """Return the manifest, if there is one, and whether the data is what it was made for."""
    place = package.manifest_place
    if package.manifest is None:
        missing = package.table_place if package.is_loose else place
        return None, () if without_manifest else (missing_manifest(missing),)
    manifest, faults = read_manifest(place, package.manifest)
    if manifest is None:
        return None, faults
    return manifest, tuple(check_file(place, manifest, package.table_name, package.table))


def _shape(package: Package, sheet: Sheet) -> Iterator[Finding]:
    place = package.table_place
    yield from check_columns(place, sheet)
    yield from check_widths(place, sheet)
    yield from check_plain_text(place, sheet)


def _whole(
    package: Package, rows: Sequence[WireRow], manifest: Manifest | None
) -> Iterator[Finding]:
    """Check what the rows are together, apart from what they count."""
    yield from check_keys(package.table_place, rows)
    yield from check_scope(package.table_place, rows, manifest)
    if manifest is not None:
        yield from check_totals(package.table_place, manifest, rows)


def _content(
    package: Package, rows: Sequence[WireRow], scope: Scope, setting: Setting
) -> Iterator[Finding]:
    place, collection = package.table_place, scope.collection
    yield from check_codes(place, rows, scope)
    yield from check_values(place, rows, scope)
    yield from check_complete(place, rows, collection, scope.period)
    yield from check_final(place, rows, scope, setting.calendar, setting.today)
    yield from check_size(place, rows, scope, setting.places)
    numbers = with_numbers(rows)
    yield from check_sums(place, numbers, collection)
    yield from check_bounds(place, numbers, collection)
    yield from check_scores(place, numbers, collection)
    yield from check_denominators(place, numbers, collection)

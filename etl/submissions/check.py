"""From a path to a checked return: every rule is called from here, in the order of the stages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from etl.file_kinds import RefusedFileError
from etl.findings import Finding, Place
from etl.sandbox import Sandbox
from etl.submissions.across import (
    check_across,
    check_copies,
    check_fallen,
    compared,
    figures_of_rows,
)
from etl.submissions.arithmetic import (
    check_bounds,
    check_denominators,
    check_scores,
    check_sums,
    with_numbers,
)
from etl.submissions.beside_others import check_beside_others
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
from etl.submissions.notes import check_notes
from etl.submissions.package import Package, open_package
from etl.submissions.past import NO_HISTORY, Figures, HeldReturn, History, Past
from etl.submissions.privacy import ChildRecordsError, Incident
from etl.submissions.process import (
    NOTHING_REPLACED,
    Replacing,
    check_again,
    check_sender,
    check_source_errors,
    replacing_of,
)
from etl.submissions.rules import (
    FOLDER,
    Ruleset,
    finding,
    in_force,
    newest_rules,
    ruleset_for,
)
from etl.submissions.settling import settled
from etl.submissions.small_groups import check_small
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
from etl.submissions.terms import Numbers
from etl.submissions.wire import WireRow, canonical_digest
from etl.submissions.yearly import check_changes, check_restated, keys_that_moved
from indicators.measures import Measures, load_measures
from reference.places import PlaceSet


@dataclass(frozen=True)
class Setting:
    """What a return is checked against.

    `sender` is the authority that somebody is signed in for, '' where nobody is; `replacing` is
    what the sender typed of the version to be replaced; `reader` opens workbooks, one for many.
    """

    places: PlaceSet
    today: date
    measures: Measures = field(default_factory=load_measures)
    calendar: Calendar = field(default_factory=load_calendar)
    history: History = NO_HISTORY
    sender: str = ""
    replacing: Replacing = NOTHING_REPLACED
    reader: Sandbox | None = None
    rulesets: Path = FOLDER


@dataclass(frozen=True)
class Return:
    """One authority's counts for one collection and period, as sent."""

    scope: Scope
    rows: tuple[WireRow, ...]
    digest: str


@dataclass(frozen=True)
class CheckedReturn:
    """What came of checking one package: `sent` is None unless it can be taken.

    `figures` are the figures that were read, also of a return that cannot be taken, and `previous`
    is the version of the same return that was held before.
    """

    name: str
    findings: tuple[Finding, ...]
    sent: Return | None = None
    incident: Incident | None = None
    has_manifest: bool = True
    ruleset: str = ""
    scope: Scope | None = None
    figures: Figures = field(default_factory=dict)
    previous: HeldReturn | None = None


def check_package(path: Path, setting: Setting, *, without_manifest: bool = False) -> CheckedReturn:
    """Check the package at a path; whatever is wrong with it is in the findings."""
    try:
        return check_opened(open_package(path), setting, without_manifest=without_manifest)
    except ChildRecordsError as error:
        return _refused(path.name, error.findings, error.incident)
    except RefusedFileError as error:
        return _refused(path.name, error.findings)


def _refused(
    name: str, findings: tuple[Finding, ...], incident: Incident | None = None
) -> CheckedReturn:
    return CheckedReturn(name, findings, incident=incident, ruleset=newest_rules().id)


def check_opened(
    package: Package, setting: Setting, *, without_manifest: bool = False
) -> CheckedReturn:
    """Check a package held in memory; raises RefusedFileError where it cannot be read."""
    manifest, findings = _manifest(package, without_manifest=without_manifest)
    sheet = read_table(package, setting.reader)
    findings += tuple(_shape(package, sheet))
    if any(found.stops for found in findings):
        return _refused(package.name, findings)
    rows = wire_rows(sheet)
    if not rows:
        return _refused(package.name, (*findings, finding("S10", package.table_place)))
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
        return _refused(package.name, findings)
    read = _Read(package, manifest, rows, scope, sheet.template_id)
    return _checked(read, findings, setting)


@dataclass(frozen=True)
class _Read:
    """A package of which it is known whose return it is, of what and for when."""

    package: Package
    manifest: Manifest | None
    rows: tuple[WireRow, ...]
    scope: Scope
    template_id: str

    @property
    def place(self) -> Place:
        """Where findings about the table point to."""
        return self.package.table_place


def _checked(read: _Read, findings: tuple[Finding, ...], setting: Setting) -> CheckedReturn:
    """Apply the rules of the period to a return, and those about other returns to a sound one."""
    rules = ruleset_for(read.scope.period, setting.rulesets)
    past = setting.history.past(read.scope)
    figures = figures_of_rows(read.rows)
    with in_force(rules):
        findings += tuple(_content(read, setting))
        if not any(found.stops for found in findings):
            findings += tuple(_compared(read, figures, past, rules, setting))
    findings = settled(findings, read.rows, rules)
    is_taken = not any(found.stops for found in findings)
    return CheckedReturn(
        read.package.name,
        findings,
        Return(read.scope, read.rows, canonical_digest(read.rows)) if is_taken else None,
        has_manifest=read.manifest is not None,
        ruleset=rules.id,
        scope=read.scope,
        figures=figures,
        previous=past.previous,
    )


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


def _content(read: _Read, setting: Setting) -> Iterator[Finding]:
    """Check a return by itself."""
    place, rows, scope = read.place, read.rows, read.scope
    collection = scope.collection
    carried = read.template_id or (read.manifest.template_id if read.manifest else "")
    yield from check_template(place, carried, collection, scope.period, rows)
    yield from check_sender(place, scope, setting.sender, setting.places)
    yield from check_codes(place, rows, scope)
    yield from check_values(place, rows, scope)
    yield from check_notes(place, rows)
    yield from check_complete(place, rows, collection, scope.period)
    yield from check_final(place, rows, scope, setting.calendar, setting.today)
    yield from check_size(place, rows, scope, setting.places)
    yield from check_source_errors(place, read.manifest)
    numbers = with_numbers(rows)
    yield from check_sums(place, numbers, collection)
    yield from check_bounds(place, numbers, collection)
    yield from check_scores(place, numbers, collection)
    yield from check_denominators(place, numbers, collection)


def _compared(
    read: _Read, figures: Figures, past: Past, rules: Ruleset, setting: Setting
) -> Iterator[Finding]:
    """Compare a return that is sound by itself with what is held and published."""
    place = read.place
    replacing = replacing_of(read.manifest, setting.replacing)
    yield from check_again(place, figures, past, replacing)
    one = compared(place, with_numbers(read.rows), read.scope, past)
    yield from check_small(one, rules)
    yield from check_across(one, rules)
    yield from check_copies(place, figures, read.scope, past, rules)
    yield from check_fallen(one, past, rules)
    changes = tuple(check_changes(one, rules))
    yield from changes
    yield from check_restated(one, Numbers(past.published, {}), rules)
    yield from check_beside_others(
        one, setting.history.published(read.scope), setting.places, keys_that_moved(changes), rules
    )

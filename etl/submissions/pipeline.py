"""From a receipt to a version of a return: what the worker does with whatever a channel stored.

It knows nothing of channels. Done again, it changes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Final

from etl.file_kinds import RefusedFileError
from etl.findings import Finding, Place, Severity, capped
from etl.submissions.aids import Aids, Before, aids_for
from etl.submissions.calendar import Calendar, Window, load_calendar
from etl.submissions.check import CheckedReturn, Return, Setting, check_opened
from etl.submissions.code_lists import Scope, check_scope_codes
from etl.submissions.manifest import Manifest, read_manifest
from etl.submissions.package import Package, package_of
from etl.submissions.process import Replacing, replacing_of
from etl.submissions.rules import finding
from etl.submissions.structure import simple
from etl.submissions.table import read_table
from etl.submissions.wire import WireRow
from indicators.store import Store
from indicators.store.explaining import FindingEntry
from indicators.store.keeping import CheckedUpload, SentCount, keep_checked
from indicators.store.occasions import Occasion
from indicators.store.receiving import (
    ReceiptEntry,
    ReceiptState,
    list_receipts,
    read_bytes,
)
from indicators.store.slots import list_extensions, list_rounds
from indicators.store.steps import reached

_KEPT_PER_RULE: Final = 200


@dataclass(frozen=True)
class Processed:
    """A receipt as it stands now; `checked` is what the rules said, if they were asked just now."""

    receipt: ReceiptEntry
    checked: CheckedReturn | None = None


def process_pending(store: Store, at: Occasion) -> Iterator[Processed]:
    """Deal with everything that waits, the oldest first, whichever way it came in."""
    with aids_for(store) as aids:
        for entry in list_receipts(store, at.actor, state=ReceiptState.RECEIVED):
            yield process(store, entry, at, aids)


def process(store: Store, entry: ReceiptEntry, at: Occasion, aids: Aids) -> Processed:
    """Check what was received and keep it as a version of a return, or as failed."""
    if entry.state != ReceiptState.RECEIVED:
        return Processed(entry)
    checked, upload = _checked(store, entry, at, aids)
    reached("load:checked")
    return Processed(keep_checked(store, entry.id, upload, at), checked)


def recalled(store: Store, entry: ReceiptEntry, at: Occasion) -> CheckedReturn:
    """Return what the rules say today of something that was received before."""
    with aids_for(store) as aids:
        then = replace(aids, history=Before(aids.history, entry.source))
        return _checked(store, entry, at, then)[0]


def _checked(
    store: Store, entry: ReceiptEntry, at: Occasion, aids: Aids
) -> tuple[CheckedReturn, CheckedUpload]:
    body = read_bytes(store, entry, at.actor)
    setting = setting_for(store, entry, at, aids)
    try:
        package = package_of(entry.name, body)
        checked = check_opened(package, setting, without_manifest=entry.without_manifest)
        scope = checked.sent.scope if checked.sent else told_scope(package, setting)
    except RefusedFileError as error:
        checked = CheckedReturn(entry.name, error.findings)
        return checked, CheckedUpload(False, findings=_kept(checked), detail=_detail(checked))
    if scope is not None:
        checked = _of_the_sender(checked, package, scope, entry, setting)
    return checked, _as_upload(checked, package, scope, entry)


def setting_for(store: Store, entry: ReceiptEntry, at: Occasion, aids: Aids) -> Setting:
    """Return what a return is checked against: places, the day, the rounds, what is held."""
    return Setting(
        store.places,
        at.today,
        calendar=_calendar(store, entry, at),
        history=aids.history,
        replacing=Replacing(entry.submission_reason, entry.replaces),
        reader=aids.reader,
    )


def _calendar(store: Store, entry: ReceiptEntry, at: Occasion) -> Calendar:
    """Return when collections are open: as rounds say, longer for whom it was extended."""
    held = load_calendar()
    rounds = [r for r in list_rounds(store) if r.opens_on and r.due_on and r.closes_on]
    if not rounds:
        return held
    until: dict[tuple[str, str], str] = {}
    for (authority, *scope), day in list_extensions(store).items():
        if entry.for_authority in ("", authority):
            key = (scope[0], scope[1])
            until[key] = max(until.get(key, ""), day)
    windows = tuple(
        Window(
            collection=r.collection,
            period=r.period,
            opens_on=date.fromisoformat(r.opens_on),
            due_on=date.fromisoformat(r.due_on),
            closes_on=date.fromisoformat(max(r.closes_on, until.get((r.collection, r.period), ""))),
        )
        for r in rounds
    )
    return held.model_copy(update={"windows": (*windows, *held.windows)})


_SCOPE: Final = ("la_code", "collection", "period_type", "period_end")


def told_scope(package: Package, setting: Setting) -> Scope | None:
    """Return whose return a table with errors is, of what and for when, if its first row says so.

    Raises RefusedFileError where the table cannot be read.
    """
    sheet = read_table(package)
    names = [simple(name) for name in sheet.header]
    if not sheet.rows or not set(_SCOPE) <= set(names):
        return None
    number, cells = sheet.rows[0]
    if len(cells) < len(names):
        return None
    said = [cells[names.index(name)].strip() for name in _SCOPE]
    row = WireRow(number, *said, *[""] * 6)
    scope, _ = check_scope_codes(
        package.table_place, row, setting.places, setting.measures, setting.calendar, setting.today
    )
    return scope


def _of_the_sender(
    checked: CheckedReturn, package: Package, scope: Scope, entry: ReceiptEntry, setting: Setting
) -> CheckedReturn:
    """Hold a return to whoever sends it (C02); of another's return nothing else is said."""
    found = ""
    if entry.for_authority not in ("", scope.authority.code):
        found = f"{scope.authority.name} ({scope.authority.code})"
        sender = setting.places.area(entry.for_authority).name
    elif entry.for_collection not in ("", scope.collection.collection):
        found = f"the collection {scope.collection.collection}"
        sender = f"the collection {entry.for_collection}"
    if not found:
        return checked
    place = Place(package.table_place.file, column="la_code")
    fault = finding("C02", place, authority=found, sender=sender)
    return replace(checked, findings=(fault,), sent=None)


def _as_upload(
    checked: CheckedReturn, package: Package, scope: Scope | None, entry: ReceiptEntry
) -> CheckedUpload:
    found = _kept(checked)
    is_anothers = any(one.rule == "C02" for one in found)
    if scope is None or is_anothers:
        return CheckedUpload(False, findings=found, detail=_detail(checked))
    typed = Replacing(entry.submission_reason, entry.replaces)
    replacing = replacing_of(_manifest(package), typed)
    return CheckedUpload(
        is_taken=checked.sent is not None,
        authority=scope.authority.code,
        collection=scope.collection.collection,
        period=scope.period.id,
        title=f"{scope.collection.title}, {scope.period.label}",
        counts=_counts(checked.sent),
        findings=found,
        submission_reason=replacing.reason,
        replaces=replacing.source,
        ruleset=checked.ruleset,
        detail="" if checked.sent else _detail(checked),
    )


def _manifest(package: Package) -> Manifest | None:
    if package.manifest is None:
        return None
    return read_manifest(package.manifest_place, package.manifest)[0]


def _counts(sent: Return | None) -> tuple[SentCount, ...]:
    if sent is None:
        return ()
    return tuple(
        SentCount(
            row.measure,
            row.breakdown_type,
            row.breakdown,
            None if row.number is None else float(row.number),
            row.status,
            row.note,
        )
        for row in sent.rows
    )


def _kept(checked: CheckedReturn) -> tuple[FindingEntry, ...]:
    """Return findings as the store keeps them, the most serious first."""
    by_weight = sorted(checked.findings, key=lambda f: list(Severity).index(f.severity))
    return tuple(map(_entry, range(1, len(by_weight) + 1), capped(by_weight, _KEPT_PER_RULE)))


def _entry(place: int, found: Finding) -> FindingEntry:
    return FindingEntry(
        place=place,
        rule=found.rule,
        severity=found.severity.value,
        file=found.place.file,
        sheet=found.place.sheet,
        row=found.place.row,
        column=found.place.column,
        measure=found.measure,
        breakdown_type=found.breakdown_type,
        breakdown=found.breakdown,
        found=found.found,
        expected=found.expected,
        advice=found.advice,
        key=found.key or _key(found),
    )


def _key(found: Finding) -> str:
    """Return what stays the same while a rule finds the same, wherever in the file."""
    text = "|".join((found.rule, found.place.sheet, found.place.column, found.found))
    return sha256(text.encode()).hexdigest()[:16]


def _detail(checked: CheckedReturn) -> str:
    rules = sorted({found.rule for found in checked.findings if found.stops})
    return f"broke {', '.join(rules)}" if rules else ""

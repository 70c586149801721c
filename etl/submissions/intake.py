"""The way in, the same for every channel: what was sent stays in memory until it has been screened.

Then it is stored and receipted, or dropped with only a fingerprint kept. Nothing here writes a
file; the worker reads what was stored and does the rest.
"""

import shlex
import subprocess
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from etl.file_kinds import RefusedFileError, megabytes
from etl.findings import Place, printable
from etl.submissions.beyond_table import beside_the_counts, screen_parts
from etl.submissions.check import CheckedReturn
from etl.submissions.package import MAX_BYTES, Package, is_zip, package_of
from etl.submissions.privacy import ChildRecordsError, screen_text
from etl.submissions.process import NOTHING_REPLACED, Replacing
from etl.submissions.rules import finding
from etl.submissions.structure import check_columns, simple
from etl.submissions.table import Sheet, read_table
from etl.submissions.wire import COLUMNS
from indicators.permissions import OWN_ONLY, Action, require
from indicators.store import Store, StoreError
from indicators.store.occasions import Occasion
from indicators.store.receiving import ReceiptEntry, Upload, note_incident, receive

COMMAND_LINE: Final = "command_line"
FOLDER: Final = "folder"

_SCAN_SECONDS: Final = 120
_MOST_OF_A_HEADER: Final = 6
_NO_SCANNER: Final = "check OUTCOMES_SCANNER; until it works nothing is taken"


class ScannerError(StoreError):
    """The scanner cannot be run, so that nothing can be taken."""


@dataclass(frozen=True)
class Entrance:
    """How something comes in: the channel, and for whom by its credential or folder.

    `scanner` is a command that gets the bytes on standard input and fails for what is harmful.
    """

    channel: str
    for_authority: str = ""
    for_collection: str = ""
    without_manifest: bool = False
    scanner: str = ""
    replacing: Replacing = NOTHING_REPLACED


@dataclass(frozen=True)
class Taken:
    """What came of it: a receipt, or the reasons why nothing was stored."""

    receipt: ReceiptEntry | None = None
    refused: CheckedReturn | None = None


def take_in(store: Store, body: bytes, name: str, entrance: Entrance, at: Occasion) -> Taken:
    """Store and receipt what was sent, or drop it: too large, no return, harmful, or of children.

    Whoever acts for one authority sends for that one. Raises NotPermittedError, and ScannerError
    where a scanner is set and cannot be run.
    """
    authority = entrance.for_authority
    if not authority and at.actor.role in OWN_ONLY:
        authority = at.actor.authority
    require(at.actor, Action.SUBMIT, authority)
    known = _name_to_keep(name)
    try:
        screen_text(Place(known), name.encode(errors="replace"))
        _screen(known, body)
        _scan(known, body, entrance.scanner)
    except ChildRecordsError as error:
        signs = ", ".join(error.incident.signals)
        _note(store, body, signs, entrance, authority, at)
        # Names of files inside may tell as much as what they hold.
        found = tuple(replace(one, place=Place(known)) for one in error.findings)
        return Taken(refused=CheckedReturn(known, found, incident=error.incident))
    except RefusedFileError as error:
        rules = {found.rule for found in error.findings}
        if rules & _HARMFUL:
            _note(store, body, f"broke {', '.join(sorted(rules))}", entrance, authority, at)
        return Taken(refused=CheckedReturn(known, error.findings))
    upload = Upload(
        body,
        known,
        entrance.channel,
        authority,
        entrance.for_collection,
        entrance.without_manifest,
        entrance.replacing.reason,
        entrance.replacing.source,
    )
    return Taken(receipt=receive(store, upload, at))


def _name_to_keep(name: str) -> str:
    """Return the name for reports and receipts; one that shows signs of records is left out."""
    known = printable(name)
    try:
        screen_text(Place("a name"), name.encode(errors="replace"))
    except ChildRecordsError:
        return "a file whose name is left out"
    return known


_HARMFUL: Final = frozenset({"S02", "S03"})


def _screen(name: str, body: bytes) -> None:
    """Look at all that was sent, unpacked in memory; raises RefusedFileError unless it may stay."""
    if len(body) > MAX_BYTES:
        limit = f"at most {megabytes(MAX_BYTES)}"
        found = finding("S01", Place(name), what=megabytes(len(body)), advice=f"send {limit}")
        raise RefusedFileError(found)
    package = package_of(name, body)
    for packed in (body, package.table):
        if is_zip(packed):
            screen_parts(package.table_place, packed)
    # A name is kept and shown, so it is held to the same as what the file holds.
    screen_text(package.table_place, package.table_name.encode(errors="replace"))
    sheet = _table_or_start(package)
    beside = tuple(beside_the_counts(package.table_place, sheet))
    if beside:
        raise RefusedFileError(*beside)
    if not _has_our_header(sheet):
        faults = tuple(found for found in check_columns(package.table_place, sheet) if found.stops)
        raise RefusedFileError(*faults)


def _table_or_start(package: Package) -> Sheet:
    """Return the table, so that every sheet of a workbook is screened; of a faulty one the header.

    A table with faults that its sender can mend is stored, for its report to be found again.
    """
    try:
        return read_table(package)
    except ChildRecordsError:
        raise
    except RefusedFileError as error:
        start = Sheet(_first_cells(package.table), ())
        if package.is_workbook or not _has_our_header(start):
            raise
        if any(found.rule in _NOTHING_LEFT for found in error.findings):
            raise
        return start


_NOTHING_LEFT: Final = frozenset({"S01", "S02", "S03", "S10"})


def _first_cells(content: bytes) -> tuple[str, ...]:
    line = content.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0]
    return tuple(cell.strip(' "\r') for cell in line.decode("utf-8", "replace").split(","))


def _has_our_header(sheet: Sheet) -> bool:
    """Say whether a table is one of counts at all: of any other nothing is kept."""
    names = {simple(name) for name in sheet.header}
    return len(names & COLUMNS.keys()) >= _MOST_OF_A_HEADER


def _scan(name: str, body: bytes, scanner: str) -> None:
    """Hand the bytes to the scanner, if there is one; raises RefusedFileError if it fails them."""
    if not scanner:
        return
    try:
        done = subprocess.run(  # noqa: S603 - the operator names the program
            shlex.split(scanner),
            input=body,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SCAN_SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        msg = f"the scanner did not answer ({type(error).__name__}); {_NO_SCANNER}"
        raise ScannerError(msg) from error
    if done.returncode:
        what = "a file that the scanner takes to be harmful"
        raise RefusedFileError(finding("S03", Place(name), what=what))


def _note(
    store: Store, body: bytes, signs: str, entrance: Entrance, authority: str, at: Occasion
) -> None:
    digest = sha256(body).hexdigest()
    note_incident(
        store,
        reference=digest[:12],
        sha256=digest,
        size=len(body),
        signals=signs,
        channel=entrance.channel,
        for_authority=authority,
        at=at,
    )

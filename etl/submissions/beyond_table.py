"""What is sent beside the ten columns: looked at before anything is stored, as it would be kept.

A file is stored byte for byte, so records about children must not hide where no rule looks: in
parts of a workbook or archive that are no table, in columns that are passed over, in notes.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from etl.file_kinds import RefusedFileError
from etl.findings import Finding, Place, Severity
from etl.submissions.notes import personal
from etl.submissions.privacy import screen_text
from etl.submissions.rules import finding
from etl.submissions.structure import simple
from etl.submissions.table import Sheet
from etl.submissions.wire import COLUMNS, PASSED_OVER, whole_number

_END_OF_ARCHIVE: Final = b"PK\x05\x06"
_END_LENGTH: Final = 22
_MOST_OF_A_PART: Final = 25_000_000
_NOTE: Final = "note"


def check_archive_ends(place: Place, content: bytes) -> None:
    """Refuse an archive with a comment, or with anything behind its end (S02)."""
    if content.rfind(_END_OF_ARCHIVE) + _END_LENGTH != len(content):
        what, limit = "an archive with more than files in it", "an archive without a comment"
        raise RefusedFileError(finding("S02", place, what=what, limit=limit))


def screen_parts(place: Place, content: bytes) -> None:
    """Refuse an archive or workbook of which any part, unpacked, shows records about children.

    Raises ChildRecordsError; damaged parts are the reader's to refuse.
    """
    check_archive_ends(place, content)
    screen_text(place, content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                with archive.open(part) as stream:
                    screen_text(place, stream.read(_MOST_OF_A_PART))
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError):
        return


def beside_the_counts(place: Place, sheet: Sheet) -> Iterator[Finding]:
    """Yield S06, S07 and D02 for words that would be kept though they are no part of a return."""
    names = [simple(name) for name in sheet.header]
    strange = [place for place, name in enumerate(names) if name not in {*COLUMNS, *PASSED_OVER}]
    note = names.index(_NOTE) if _NOTE in names else None
    for number, cells in sheet.rows:
        at = replace(place, row=number)
        # The last row may be cut short: that is a fault to report, not something else to keep.
        is_cut = number == sheet.rows[-1][0] and len(cells) < len(names)
        if len(cells) != len(names) and not is_cut:
            found, expected = f"{len(cells)} cells", f"{len(names)} cells, as in the header"
            yield finding("S07", at, what=found, expected=expected)
        if any(_is_words(cells[column]) for column in strange if column < len(cells)):
            yield finding(
                "S06",
                at,
                column="with words in it",
                hint="; take the column out, for a file is kept as it was sent",
                severity=Severity.ERROR,
            )
        what = personal(cells[note]) if note is not None and note < len(cells) else ""
        if what:
            yield finding("D02", replace(at, column=_NOTE), what=what)


def _is_words(cell: str) -> bool:
    return bool(cell.strip()) and whole_number(cell.strip()) is None

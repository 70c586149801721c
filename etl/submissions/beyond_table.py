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
from etl.findings import Finding, Place
from etl.submissions.notes import check_note
from etl.submissions.privacy import screen_text
from etl.submissions.rules import finding
from etl.submissions.structure import check_columns, check_widths, simple
from etl.submissions.table import Sheet

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
    shape = (*check_columns(place, sheet), *check_widths(place, sheet))
    yield from (found for found in shape if found.rule in _KEPT_BESIDE and found.stops)
    names = [simple(name) for name in sheet.header]
    note = names.index(_NOTE) if _NOTE in names else len(names)
    for number, cells in sheet.rows:
        yield from check_note(replace(place, row=number), "".join(cells[note : note + 1]))


_KEPT_BESIDE: Final = frozenset({"S06", "S07"})

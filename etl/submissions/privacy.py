"""Telling records about children from counts of them, before anything of a file is kept (D01)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from etl.file_kinds import RefusedFileError
from etl.findings import Place
from etl.submissions.rules import finding

MAX_ROWS: Final = 5_000
"""A return has some hundreds of counts; more rows than this are rows about something else."""

_COLUMN_WORDS: Final = """
    child childid childcode lachildid childuniqueid upn uniquepupilnumber formerupn ulearnnumber
    dob dateofbirth birthdate personbirthdate expectedpersonbirthdate persondeathdate mcdob
    nhsnumber nhsno nhs postcode homepost plpost surname familyname lastname forename forenames
    givenname firstname childname decom cinreferraldate socialworker swid
"""
_CHILD_COLUMNS: Final = frozenset(_COLUMN_WORDS.split())
_UPN: Final = re.compile(r"(?<![A-Z0-9])[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z](?![A-Z0-9])", re.I)
_POSTCODE: Final = re.compile(r"(?<![A-Z0-9])[A-Z]{1,2}\d[A-Z0-9]? \d[A-Z]{2}(?![A-Z0-9])")
_TEN_DIGITS: Final = re.compile(r"(?<!\d)(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?!\d)")
_DATE: Final = re.compile(r"(?<!\d)(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})(?!\d)")
_ELEMENT: Final = re.compile(
    r"<\s*(?:\w+:)?(?:Message|Children|Child|ChildIdentifiers|CINdetails|LAchildID|UPN"
    r"|PersonBirthDate)\b"
)
_COLUMNS: Final = "column names of records"
_ELEMENTS: Final = "elements of a census file"
_PUPILS: Final = "unique pupil numbers"
SURE_SIGNS: Final = frozenset({_COLUMNS, _ELEMENTS, _PUPILS})
"""Signs that no published table shows."""

_JSON: Final = re.compile(r"[\ufeff\ufffd\s]*[{\[]")
_OPENING: Final = re.compile(r"[{\[]")
_ESCAPED: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
"""A letter as JSON may write it."""

_CELL_ENDS: Final = re.compile(r'[,;\t|"]')
_HEADER_LINES: Final = 5
_FEW: Final = 3
_DATED_SHARE: Final = 0.2


@dataclass(frozen=True)
class Incident:
    """All that is kept of a file that seems to hold records about children."""

    reference: str
    sha256: str
    size: int
    signals: tuple[str, ...]


class ChildRecordsError(RefusedFileError):
    """A file that seems to hold records about children; of it only `incident` is kept."""

    def __init__(self, place: Place, incident: Incident) -> None:
        signals = ", ".join(incident.signals)
        super().__init__(finding("D01", place, signals=signals, reference=incident.reference))
        self.incident = incident


def screen_table(place: Place, content: bytes, rows: Sequence[Sequence[str]] | None = None) -> None:
    """Refuse a file with signs of records about children; `rows` are those of a workbook.

    Raises ChildRecordsError, which says nothing of what the file holds.
    """
    lines = _lines(content) if rows is None else [",".join(row) for row in rows]
    signs = (*_table_signals(lines), *_text_signals("\n".join(lines)))
    _refuse(place, content, signs)


def screen_text(place: Place, content: bytes) -> None:
    """Refuse a file that is no table, such as a manifest; raises ChildRecordsError."""
    _refuse(place, content, tuple(_text_signals("\n".join(_lines(content)))))


def _refuse(place: Place, content: bytes, signs: tuple[str, ...]) -> None:
    if signs:
        digest = sha256(content).hexdigest()
        raise ChildRecordsError(place, Incident(digest[:12], digest, len(content), signs))


def _lines(content: bytes) -> list[str]:
    # Bytes that are no UTF-8, or two bytes for each letter, must not hide a record.
    text = content.replace(b"\0", b"").decode("utf-8", errors="replace")
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    if _JSON.match(text):
        # One object of JSON is what one line of a table is, however it is laid out.
        return [" ".join(part.split()) for part in _OPENING.split(text)]
    return text.splitlines()


def _table_signals(lines: Sequence[str]) -> Iterator[str]:
    heads = {_simple(cell) for line in lines[:_HEADER_LINES] for cell in _CELL_ENDS.split(line)}
    if heads & _CHILD_COLUMNS:
        yield _COLUMNS
    if len(lines) - 1 > MAX_ROWS:
        yield f"more than {MAX_ROWS:,} rows"
    if _is_full_of_dates(lines[: MAX_ROWS + 1]):
        yield "many different dates"


def _text_signals(text: str) -> Iterator[str]:
    if _ELEMENT.search(text):
        yield _ELEMENTS
    if _UPN.search(text):
        yield _PUPILS
    if _has_few(match[0] for match in _POSTCODE.finditer(text)):
        yield "postcodes"
    if _has_few(digits for match in _TEN_DIGITS.finditer(text) if _is_nhs(digits := _join(match))):
        yield "health service numbers"


def _is_full_of_dates(lines: Sequence[str]) -> bool:
    """Say whether many rows hold dates other than the one that all rows share."""
    dated = [set(_DATE.findall(line)) for line in lines]
    counted = Counter(day for days in dated for day in days)
    if len(counted) <= _FEW:
        return False
    usual = counted.most_common(1)[0][0]
    return sum(bool(days - {usual}) for days in dated) >= _DATED_SHARE * len(lines)


def _has_few(found: Iterable[str]) -> bool:
    distinct: set[str] = set()
    for text in found:
        distinct.add(text)
        if len(distinct) >= _FEW:
            return True
    return False


def _join(match: re.Match[str]) -> str:
    return "".join(match.groups())


def _is_nhs(digits: str) -> bool:
    """Check the last digit by modulus 11, as the number's issuer defines it."""
    weighted = sum(int(d) * w for d, w in zip(digits[:9], range(10, 1, -1), strict=True))
    check = 11 - weighted % 11
    return digits[9] == str(0 if check == 11 else check) and check != 10


def _simple(cell: str) -> str:
    return re.sub(r"[^a-z0-9]", "", cell.lower())

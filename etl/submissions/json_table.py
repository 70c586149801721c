"""The table of a return as JSON: the same ten columns, one object for each row."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from etl.file_kinds import RefusedFileError
from etl.findings import Place
from etl.submissions.rules import finding
from etl.submissions.strict_json import JsonFaultError, NumberText, load_strict
from etl.submissions.wire import STANDARD, STANDARD_VERSION

ROWS: Final = "rows"
_ENVELOPE: Final = frozenset({"standard", "version", "template_id", ROWS})
_NUMBERED: Final = "value"

Lines = tuple[tuple[int, tuple[str, ...]], ...]


def is_json(content: bytes) -> bool:
    """Say whether text begins as JSON does; no header of a table begins like that."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def json_table(place: Place, text: str) -> tuple[tuple[str, ...], Lines, str]:
    """Return header, rows numbered from 1, and the template's id; raises RefusedFileError.

    What would be too many cells in a CSV file is a row with other names here.
    """
    try:
        held = load_strict(text)
    except JsonFaultError as error:
        raise _fault(place, str(error), "well-formed JSON") from None
    rows, template = _unwrapped(place, held)
    if not rows:
        raise RefusedFileError(finding("S10", place))
    header = tuple(rows[0])
    lines = tuple(
        (number, _cells(Place(place.file, number), header, row))
        for number, row in enumerate(rows, 1)
    )
    return header, lines, template


def _unwrapped(place: Place, held: Any) -> tuple[Sequence[Mapping[str, Any]], str]:
    """Take the rows out of what stands around them, if anything does."""
    template = ""
    if isinstance(held, dict):
        _check_envelope(place, held)
        template = str(held.get("template_id", ""))
        held = held[ROWS]
    if not isinstance(held, list) or not all(isinstance(row, dict) for row in held):
        raise _fault(place, "something else than a list of rows", "a list of objects")
    return held, template


def _check_envelope(place: Place, held: Mapping[str, Any]) -> None:
    unknown = sorted(held.keys() - _ENVELOPE)
    if unknown or ROWS not in held:
        what = f"the name '{unknown[0][:40]}'" if unknown else "no rows"
        raise _fault(place, what, f"{', '.join(sorted(_ENVELOPE))} around the rows")
    said = (held.get("standard", STANDARD), held.get("version", STANDARD_VERSION))
    if said != (STANDARD, STANDARD_VERSION):
        raise _fault(place, "data of another standard or version", f"{STANDARD} {STANDARD_VERSION}")


def _cells(place: Place, header: Sequence[str], row: Mapping[str, Any]) -> tuple[str, ...]:
    if row.keys() != set(header):
        odd = sorted(set(header) ^ row.keys())
        what = f"a row that differs in '{odd[0][:40]}'"
        raise _fault(place, what, "the same names in every row, as in the first")
    return tuple(_cell(place, name, row[name]) for name in header)


def _cell(place: Place, name: str, held: Any) -> str:
    """Return a cell as text: a number only where one belongs, null for an empty one."""
    is_number = isinstance(held, NumberText)
    if held is None:
        return ""
    if not isinstance(held, str) or (is_number and name != _NUMBERED):
        expected = "digits, a whole number or null" if name == _NUMBERED else "text"
        what = f"{'a number' if is_number else _WORDS.get(type(held), 'a list')} in {name[:40]}"
        raise _fault(place, what, expected)
    return str(held)


_WORDS: Final[Mapping[type, str]] = {bool: "true or false", dict: "an object"}


def _fault(place: Place, what: str, expected: str) -> RefusedFileError:
    return RefusedFileError(finding("S07", place, what=what, expected=expected))

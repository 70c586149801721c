"""What the first sheet of a template workbook says to the person who fills it in."""

from collections.abc import Iterator

from etl.submissions.code_lists import Scope
from etl.submissions.templates import Beside
from etl.submissions.wire import NOTE_LENGTH, STATUSES, WITH_NOTE, WITHOUT_VALUE

Line = tuple[str, str]
"""A label and a text; a label alone is a heading."""


def read_me(scope: Scope, beside: Beside) -> Iterator[Line]:
    """Yield the lines: what this is, how to fill it in, statuses, and what must not be in it."""
    yield f"{scope.collection.title}, {scope.period.label}", ""
    yield "Authority", f"{scope.authority.name} ({scope.authority.code})"
    yield "Template", f"{scope.collection.collection}, version {scope.collection.version}"
    if beside.due_on is not None:
        yield "Due", f"{beside.due_on.day} {beside.due_on:%B %Y}"
    yield "How to fill it in", ""
    yield from _steps(beside)
    yield "Statuses", ""
    for code, meaning in STATUSES.items():
        yield code, f"{meaning}{_needs(code)}"
    yield "Privacy", ""
    yield (
        "Counts only",
        (
            "Send counts of children and events, never a row, name, number, date of birth or "
            "postcode of one child, not in a note either. A file with such records is refused "
            "and not kept."
        ),
    )
    yield (
        "Small counts",
        (
            "Send the true count, however small, and 0 for none. Do not write c, k, * or -. Small "
            "numbers are protected by the service before anything is published."
        ),
    )


def _needs(code: str) -> str:
    parts = [
        "leave the value empty" if code in WITHOUT_VALUE else "",
        "say why in the note" if code in WITH_NOTE else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f" ({said})" if said else ""


def _steps(beside: Beside) -> Iterator[Line]:
    yield (
        "1",
        (
            "On the sheet 'data', type a whole number into the column value of every row, and "
            "choose a status. The other columns are fixed. Yellow cells are required and empty."
        ),
    )
    yield (
        "2",
        (
            "The column counted_how says what each row counts. Rows that begin with 'Optional.' "
            "may be left empty altogether."
        ),
    )
    yield "3", _prior(beside)
    yield (
        "4",
        (
            "Where a count is estimated, missing or of low reliability, say why in the note "
            f"(at most {NOTE_LENGTH} characters)."
        ),
    )
    yield (
        "5",
        (
            "The sheet 'checks' says what is still empty and what does not add up; cells concerned "
            "turn red and bold. Paste values, not formulas, into the sheet 'data'."
        ),
    )
    yield (
        "6",
        (
            "Save the workbook as .xlsx and send it. Only the sheet 'data' is read; the columns "
            "prior_value and counted_how are passed over."
        ),
    )


def _prior(beside: Beside) -> str:
    if not beside.prior_release:
        return "The column prior_value is empty: no release holds figures of a year earlier."
    return (
        "The column prior_value shows the count that was published for a year earlier (release "
        f"{beside.prior_release}): c means suppressed, x not available, z not applicable; empty "
        "where none is published. It is there to compare with and is not sent."
    )

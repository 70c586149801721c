"""The ten columns that authorities send, and what they are called and mean inside the project."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from indicators.measures import Key
from reference.periods import Period, PeriodError, PeriodKind, parse_period

STANDARD: Final = "AIS"
STANDARD_VERSION: Final = "1.0"

COLUMNS: Final[Mapping[str, str]] = {
    "la_code": "authority",
    "collection": "collection",
    "period_type": "period_kind",
    "period_end": "period_end",
    "measure": "measure",
    "breakdown_type": "breakdown_type",
    "breakdown": "breakdown",
    "value": "value",
    "status": "status",
    "note": "note",
}
"""Column on the wire to our name for it, in the order of the file."""

PASSED_OVER: Final = ("prior_value", "counted_how")
"""Columns of the workbook template that are there to be read by people and are not sent."""

PERIOD_KINDS: Final[Mapping[str, PeriodKind]] = {
    "FYE": PeriodKind.REPORTING_YEAR,
    "QTR": PeriodKind.QUARTER,
}

STATUSES: Final[Mapping[str, str]] = {
    "A": "actual",
    "P": "provisional",
    "E": "estimated",
    "z": "not applicable",
    "x": "not available",
    "u": "of low reliability",
}
WITHOUT_VALUE: Final = frozenset({"z", "x"})
WITH_NOTE: Final = frozenset({"E", "x", "u"})

SYMBOLS: Final = frozenset({"c", "k", "low", ":", "-", "~", "..", "null", "n/a", "na", "*"})
"""What publishers write for hidden or missing figures; an authority sends true counts."""

NOTE_LENGTH: Final = 300


@dataclass(frozen=True)
class WireRow:
    """One row as sent: our column names, text without blanks around it, and its row number."""

    row: int
    authority: str
    collection: str
    period_kind: str
    period_end: str
    measure: str
    breakdown_type: str
    breakdown: str
    value: str
    status: str
    note: str

    @property
    def key(self) -> Key:
        """Measure, breakdown type and breakdown."""
        return (self.measure, self.breakdown_type, self.breakdown)

    @property
    def scope(self) -> tuple[str, str, str, str]:
        """What is the same in every row of one package."""
        return (self.authority, self.collection, self.period_kind, self.period_end)

    @property
    def number(self) -> int | None:
        """The value as a whole number; None where there is none or it is not one."""
        return whole_number(self.value)


def whole_number(text: str) -> int | None:
    """Return a count of at most nine plain digits; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def read_period(kind: str, end: str) -> Period:
    """Return the period that a kind and its last day name; raises PeriodError."""
    if kind not in PERIOD_KINDS:
        msg = f"'{kind[:20]}' is not a kind of period; use {' or '.join(PERIOD_KINDS)}"
        raise PeriodError(msg)
    try:
        day = date.fromisoformat(end)
    except ValueError:
        msg = f"'{end[:20]}' is not a date like 2025-03-31"
        raise PeriodError(msg) from None
    period = _period_around(kind, day)
    if period is None or period.end != day or end != day.isoformat():
        msg = f"no {PERIOD_KIND_WORDS[kind]} ends on {day.isoformat()}"
        raise PeriodError(msg)
    return period


PERIOD_KIND_WORDS: Final[Mapping[str, str]] = {"FYE": "reporting year", "QTR": "quarter"}


def _period_around(kind: str, day: date) -> Period | None:
    if PERIOD_KINDS[kind] is PeriodKind.REPORTING_YEAR:
        return parse_period(f"RY{day.year:04d}")
    quarters = {6: 1, 9: 2, 12: 3, 3: 4}
    if day.month not in quarters:
        return None
    year = day.year if day.month == 3 else day.year + 1
    return parse_period(f"RY{year:04d}Q{quarters[day.month]}")


def write_period(period: Period) -> tuple[str, str]:
    """Return the kind and last day of a period as they are sent; raises PeriodError."""
    for word, kind in PERIOD_KINDS.items():
        if kind is period.kind:
            return word, period.end.isoformat()
    msg = f"{period.id} is not a period of submissions; use one like RY2025 or RY2025Q3"
    raise PeriodError(msg)


def canonical_digest(rows: Iterable[WireRow]) -> str:
    """Return `sha256:…` of what the rows say, whatever their order, format or notes.

    Over the sorted lines `la|coll|ptype|pend|measure|btype|b|value|status`, each with LF, in UTF-8.
    """
    lines = sorted("|".join((*row.scope, *row.key, _plain(row.value), row.status)) for row in rows)
    return "sha256:" + sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def _plain(value: str) -> str:
    """Write a number without leading zeros, so that 007 and 7 are one value."""
    number = whole_number(value)
    return value if number is None else str(number)


def template_id(version: str, authority: str, collection: str, period_end: str) -> str:
    """Return the id that a template carries: a stale template is recognised by it."""
    text = "|".join((version, authority, collection, period_end))
    return "sha256:" + sha256(text.encode()).hexdigest()

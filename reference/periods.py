"""Periods of time that figures belong to: reporting, academic, financial and calendar years."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Literal

Measured = Literal["snapshot", "during"]

_QUARTER_ENDS = {1: (6, 30), 2: (9, 30), 3: (12, 31), 4: (3, 31)}


class PeriodKind(StrEnum):
    """What sort of year (or part of one) a period id names."""

    REPORTING_YEAR = "RY"
    ACADEMIC_YEAR = "AY"
    FINANCIAL_YEAR = "FY"
    CALENDAR_YEAR = "CY"
    QUARTER = "RYQ"
    SEPTEMBER = "SEP"


class PeriodError(ValueError):
    """A period id that this service does not know how to read."""


@dataclass(frozen=True, order=True)
class Period:
    """One period: `start` and `end` are the first and the last day of the whole year."""

    end: date
    start: date
    id: str
    kind: PeriodKind
    label: str

    def bounds(self, measured: Measured) -> tuple[date, date]:
        """Return first and last day; a snapshot is taken on the last day alone."""
        return (self.end, self.end) if measured == "snapshot" else (self.start, self.end)

    def label_for(self, measured: Measured) -> str:
        """Return the words a reader sees, such as `31 March 2025` for a snapshot."""
        return day_in_words(self.end) if measured == "snapshot" else self.label


def day_in_words(day: date) -> str:
    """Return `31 March 2025` for that day."""
    return f"{day.day} {day:%B} {day.year}"


@lru_cache(maxsize=1024)
def parse_period(period_id: str) -> Period:
    """Read an id such as `RY2025`, `AY2024-25`, `FY2024-25`, `CY2024`, `RY2025Q3`, `SEP2025`.

    Raises PeriodError when the id has another shape or its two years do not follow on.
    """
    for pattern, build in _READERS:
        found = re.fullmatch(pattern, period_id)
        if found:
            return build(period_id, *(int(part) for part in found.groups()))
    msg = f"'{period_id}' is not a period; use one like RY2025, AY2024-25, FY2024-25 or SEP2025"
    raise PeriodError(msg)


def _reporting_year(period_id: str, year: int) -> Period:
    return Period(
        id=period_id,
        kind=PeriodKind.REPORTING_YEAR,
        label=f"year ending 31 March {year}",
        start=date(year - 1, 4, 1),
        end=date(year, 3, 31),
    )


def _september(period_id: str, year: int) -> Period:
    return Period(
        id=period_id,
        kind=PeriodKind.SEPTEMBER,
        label=f"year ending 30 September {year}",
        start=date(year - 1, 10, 1),
        end=date(year, 9, 30),
    )


def _calendar_year(period_id: str, year: int) -> Period:
    return Period(
        id=period_id,
        kind=PeriodKind.CALENDAR_YEAR,
        label=f"calendar year {year}",
        start=date(year, 1, 1),
        end=date(year, 12, 31),
    )


def _academic_year(period_id: str, first: int, second: int) -> Period:
    return Period(
        id=period_id,
        kind=PeriodKind.ACADEMIC_YEAR,
        label=f"academic year {_two_years(period_id, first, second)}",
        start=date(first, 9, 1),
        end=date(first + 1, 8, 31),
    )


def _financial_year(period_id: str, first: int, second: int) -> Period:
    return Period(
        id=period_id,
        kind=PeriodKind.FINANCIAL_YEAR,
        label=f"financial year {_two_years(period_id, first, second)}",
        start=date(first, 4, 1),
        end=date(first + 1, 3, 31),
    )


def _quarter(period_id: str, year: int, quarter: int) -> Period:
    month, day = _QUARTER_ENDS[quarter]
    end = date(year if quarter == 4 else year - 1, month, day)
    return Period(
        id=period_id,
        kind=PeriodKind.QUARTER,
        label=f"quarter {quarter} of the year ending 31 March {year}",
        start=date(end.year, month - 2, 1),
        end=end,
    )


def _two_years(period_id: str, first: int, second: int) -> str:
    if (first + 1) % 100 != second:
        msg = f"'{period_id}' is not a period: {second:02d} does not follow {first}"
        raise PeriodError(msg)
    return f"{first}-{second:02d}"


_READERS = (
    (r"RY(\d{4})", _reporting_year),
    (r"RY(\d{4})Q([1-4])", _quarter),
    (r"AY(\d{4})-(\d{2})", _academic_year),
    (r"FY(\d{4})-(\d{2})", _financial_year),
    (r"CY(\d{4})", _calendar_year),
    (r"SEP(\d{4})", _september),
)

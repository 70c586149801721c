"""Periods as SDMX has them: the year in which they end, their kind, and times of a query."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from api.sdmx.errors import syntax
from reference.periods import Period, PeriodError, PeriodKind, parse_period

YEARLY: Final = "A"
QUARTERLY: Final = "Q"
KIND_NAMES: Final[Mapping[PeriodKind, str]] = {
    PeriodKind.REPORTING_YEAR: "Reporting year, ending 31 March (or that day)",
    PeriodKind.ACADEMIC_YEAR: "Academic year, ending 31 August",
    PeriodKind.FINANCIAL_YEAR: "Financial year, ending 31 March",
    PeriodKind.CALENDAR_YEAR: "Calendar year",
    PeriodKind.QUARTER: "Quarter",
    PeriodKind.SEPTEMBER: "Year ending 30 September (or that day)",
}

Span = tuple[date, date]


def frequency(kind: PeriodKind) -> str:
    """Return the code of FREQ of a kind of period."""
    return QUARTERLY if kind is PeriodKind.QUARTER else YEARLY


def time_of(period: Period) -> str:
    """Return TIME_PERIOD: with the kind of period it names one period and no other."""
    if period.kind is PeriodKind.QUARTER:
        return f"{period.end.year}-Q{(period.end.month + 2) // 3}"
    return str(period.end.year)


def span_of(name: str, text: str) -> Span:
    """Return first and last day of a time as SDMX or this service writes it.

    An id of ours stands for its last day, for it is by their last day that periods are found.
    Raises SdmxError for what cannot be read.
    """
    for pattern, read in _READERS:
        found = re.fullmatch(pattern, text)
        if found:
            try:
                return read(*found.groups())
            except ValueError:
                break
    try:
        end = parse_period(text).end
    except (PeriodError, ValueError):
        raise syntax(
            f"{name}: '{text[:40]}' is not a time; write a year (2025), a quarter (2025-Q1), a "
            "month (2025-03), a day (2025-03-31) or an id of a period (RY2025, AY2024-25)"
        ) from None
    return end, end


def _year(year: str) -> Span:
    return date(int(year), 1, 1), date(int(year), 12, 31)


def _two_years(first: str, second: str) -> Span:
    """Read `2024-25` or `2024/25`: the year in which it ends."""
    if (int(first) + 1) % 100 != int(second):
        raise ValueError
    return _year(str(int(first) + 1))


def _months(year: str, part: str, size: int) -> Span:
    last = int(part) * size
    first_day = date(int(year), last - size + 1, 1)
    return first_day, date(int(year), last, monthrange(int(year), last)[1])


def _month(year: str, month: str) -> Span:
    try:
        return _months(year, month, 1)
    except ValueError:
        return _two_years(year, month)


def _week(year: str, week: str) -> Span:
    return date.fromisocalendar(int(year), int(week), 1), date.fromisocalendar(
        int(year), int(week), 7
    )


def _day(text: str) -> Span:
    day = datetime.fromisoformat(text).date()
    return day, day


_READERS: Final[tuple[tuple[str, Callable[..., Span]], ...]] = (
    (r"(\d{4})(?:-A1)?", _year),
    (r"(\d{4})/(\d\d)", _two_years),
    (r"(\d{4})-(\d\d)", _month),
    (r"(\d{4})-M(\d\d)", _month),
    (r"(\d{4})-Q([1-4])", lambda year, part: _months(year, part, 3)),
    (r"(\d{4})-T([1-3])", lambda year, part: _months(year, part, 4)),
    (r"(\d{4})-S([12])", lambda year, part: _months(year, part, 6)),
    (r"(\d{4})-W(\d\d)", _week),
    (r"(\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?)", _day),
)

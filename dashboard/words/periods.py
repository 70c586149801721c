"""Periods as a reader sees them, from the ids and dates that the API gives."""

import re
from datetime import date
from typing import Final

_YEARS: Final = {"AY": "academic year", "FY": "financial year", "CY": "calendar year"}
_ENDS: Final = {"RY": "31 March", "SEP": "30 September"}


def day(text: str | None) -> str:
    """Return `31 March 2025` for 2025-03-31, other text unchanged, and nothing for nothing."""
    if not text:
        return ""
    try:
        found = date.fromisoformat(text[:10])
    except ValueError:
        return text
    return f"{found.day} {found:%B %Y}"


def month_of_year(text: str) -> str:
    """Return `May 2022` for 2022-05-09."""
    return f"{date.fromisoformat(text[:10]):%b %Y}"


def label(period: str, measured: str) -> str:
    """Return `31 March 2025` for a snapshot, `year ending 31 March 2025` for a whole year."""
    kind, year, rest = _parts(period)
    if kind in _ENDS and not rest:
        end = f"{_ENDS[kind]} {year}"
        return end if measured == "snapshot" else f"year ending {end}"
    if kind in _ENDS:
        return f"quarter {rest[1:]} of the year ending {_ENDS[kind]} {year}"
    return f"{_YEARS[kind]} {year}{rest}" if kind in _YEARS else period


def when(period: str, measured: str) -> str:
    """Return the words of time in a sentence: `on 31 March 2025`, `in the year ending …`."""
    said = label(period, measured)
    if said == period:
        return f"in {said}"
    return f"on {said}" if measured == "snapshot" and said[0].isdigit() else f"in the {said}"


def short(period: str) -> str:
    """Return the period in few characters, for the axis of a chart: `2025`, `2024-25`."""
    kind, year, rest = _parts(period)
    return f"{year}{rest}" if kind else period


def _parts(period: str) -> tuple[str, str, str]:
    found = re.fullmatch(r"(RY|SEP|AY|FY|CY)(\d{4})(Q\d|-\d{2})?", period)
    return (found[1], found[2], found[3] or "") if found else ("", period, "")


def end_year(period: str) -> int | None:
    """Return the year in which a period ends, as its id tells it: 2025 for `AY2024-25`."""
    kind, year, rest = _parts(period)
    if not kind:
        return None
    return int(year) + 1 if rest.startswith("-") else int(year)


def month(text: str) -> str:
    """Return `March` for 2025-03-31, nothing for what is no day."""
    try:
        return f"{date.fromisoformat(text[:10]):%B}"
    except ValueError:
        return ""

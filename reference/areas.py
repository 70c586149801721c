"""What an area is: one footprint with its codes, number and spellings over time."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AreaKind(StrEnum):
    """The levels that figures are published at, from the whole to its parts."""

    COUNTRY = "country"
    REGION = "region"
    SUBREGION = "subregion"
    AUTHORITY = "authority"


class UnknownAreaError(LookupError):
    """No area of this place set has that code, number or name (at that date)."""

    def __init__(self, message: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.suggestions = suggestions


class AreaNotThenError(UnknownAreaError):
    """The area is known, but it did not exist on the day that was asked about."""

    def __init__(self, message: str, area: "Area", suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message, suggestions)
        self.area = area


@dataclass(frozen=True)
class DatedCode:
    """One official code of an area with its first and last day (None = open)."""

    code: str
    first_day: date | None = None
    last_day: date | None = None

    def held_on(self, day: date) -> bool:
        """Say whether the code was in force on that day."""
        return _spans(self.first_day, self.last_day, day)


@dataclass(frozen=True)
class Area:
    """One footprint with one canonical code; abolished authorities have a `last_day`."""

    code: str
    name: str
    kind: AreaKind
    type: str | None = None
    number: str | None = None
    region: str | None = None
    subregion: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    codes: tuple[DatedCode, ...] = ()
    spellings: tuple[str, ...] = ()
    is_rankable: bool = True

    def existed_on(self, day: date) -> bool:
        """Say whether the area existed on that day."""
        return _spans(self.first_day, self.last_day, day)


def code_in_force(area: Area, on: date) -> str | None:
    """Return the official code that the area had on a day; None when it did not exist then."""
    if not area.existed_on(on):
        return None
    return next((dated.code for dated in area.codes if dated.held_on(on)), area.code)


def _spans(first_day: date | None, last_day: date | None, day: date) -> bool:
    return (first_day is None or first_day <= day) and (last_day is None or day <= last_day)

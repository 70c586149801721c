"""What the API answers: rows with their release, the lists of a release, or a refusal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from api.contract import AreaCard, GroupingCard, IndicatorCard, Meta

T = TypeVar("T")


class ApiError(Exception):
    """The API refused a request: its problem in words, and its HTTP status."""

    def __init__(self, status: int, title: str, detail: str, suggestions: Sequence[str]) -> None:
        super().__init__(f"{status} {title}: {detail}")
        self.status = status
        self.title = title
        self.detail = detail
        self.suggestions = tuple(suggestions)


@dataclass(frozen=True)
class Reply(Generic[T]):
    """One answer: what the release is, the rows, and the address that gives the same again."""

    meta: Meta
    data: T
    address: str


@dataclass(frozen=True)
class Library:
    """The lists that one release keeps for as long as it is the same bytes."""

    release: str
    areas: Mapping[str, AreaCard]
    indicators: Mapping[str, IndicatorCard]
    groupings: tuple[GroupingCard, ...]

    @property
    def country(self) -> AreaCard:
        """The one area that is the whole."""
        return next(area for area in self.areas.values() if area["kind"] == "country")

    @property
    def authorities(self) -> tuple[AreaCard, ...]:
        """The authorities of today, by name."""
        held = (a for a in self.areas.values() if a["kind"] == "authority" and not a["last_day"])
        return tuple(sorted(held, key=lambda area: area["name"]))

"""What a return is compared with: earlier returns of the authority, and published figures."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final, Protocol

from etl.submissions.code_lists import Scope
from indicators.measures import Key
from indicators.model import Indicator

Figures = Mapping[Key, tuple[int | None, str]]
"""Value (None = none) and status by count."""

_YEAR: Final = re.compile(r"\d{4}")


@dataclass(frozen=True)
class HeldFinding:
    """One finding of an earlier version: its rule, key and weight, and the count it is about."""

    rule: str
    key: str
    severity: str
    about: Key = ("", "", "")


@dataclass(frozen=True)
class HeldReturn:
    """One version of a return that is held already; `explained` are keys of its findings."""

    source: str
    version: int
    received_on: str
    figures: Figures
    is_accepted: bool = False
    is_published: bool = False
    findings: tuple[HeldFinding, ...] = ()
    explained: frozenset[str] = frozenset()

    @property
    def counts(self) -> Mapping[Key, int]:
        """The counts that were sent."""
        return {key: value for key, (value, _) in self.figures.items() if value is not None}


@dataclass(frozen=True)
class Past:
    """What is held of an authority apart from the return itself; empty where nothing is known.

    `before` are counts of a year earlier and `beside` those of the same period, both from returns
    of every collection; `earlier` those of the years before, newest first. `published` are the
    counts inside published figures of the same period. `copies` says by digest which other return
    has the very same figures.
    """

    versions: tuple[HeldReturn, ...] = ()
    before: Mapping[Key, int] = field(default_factory=dict)
    beside: Mapping[Key, int] = field(default_factory=dict)
    earlier: tuple[Mapping[Key, int], ...] = ()
    published: Mapping[Key, int] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)

    @property
    def current(self) -> HeldReturn | None:
        """The accepted version that a new one would take the place of."""
        accepted = [held for held in self.versions if held.is_accepted]
        return accepted[-1] if accepted else None

    @property
    def previous(self) -> HeldReturn | None:
        """The version before, accepted or not."""
        return self.versions[-1] if self.versions else None


NOTHING_KNOWN: Final = Past()


@dataclass(frozen=True)
class Published:
    """What is published of one indicator, as one authority may be shown it.

    `neighbours` are its neighbours' figures and `everyone` those of all authorities in `period`;
    `lowest` and `highest` are of all authorities in the periods `since`. `phi` is by how much
    authorities vary beyond chance.
    """

    indicator: Indicator
    period: str
    neighbours: tuple[float, ...]
    everyone: tuple[float, ...]
    lowest: float
    highest: float
    since: str
    country: float | None = None
    phi: float = 1.0


class History(Protocol):
    """Where facts about earlier returns and published figures come from."""

    def past(self, scope: Scope) -> Past:
        """Return what is held of the authority of a return."""
        ...

    def published(self, scope: Scope) -> tuple[Published, ...]:
        """Return what is published of the indicators that a return feeds."""
        ...


@dataclass(frozen=True)
class NoHistory:
    """Nothing is known; the rules that need it pass over."""

    def past(self, scope: Scope) -> Past:
        """Return nothing."""
        return NOTHING_KNOWN

    def published(self, scope: Scope) -> tuple[Published, ...]:
        """Return nothing."""
        return ()


NO_HISTORY: Final = NoHistory()


def years_before(period_id: str, years: int = 1) -> str:
    """Return the same period so many years earlier: RY2024Q3 of RY2025Q3."""
    return _YEAR.sub(lambda found: f"{int(found[0]) - years:04d}", period_id, count=1)


def figures_digest(figures: Figures) -> str:
    """Return what two returns share if all their figures are the same, whosever they are."""
    lines = sorted(f"{'|'.join(key)}|{value}|{status}" for key, (value, status) in figures.items())
    return sha256("\n".join(lines).encode()).hexdigest()

"""How all areas stand in one indicator and period: which way they go, and who is unusual."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from api.contract import COUNTRY_WORD, ComparisonRow, Outcome, TrendRow
from dashboard.words.outcomes import outcome_of

UNUSUAL_AGAINST: Final = COUNTRY_WORD
_TOLD: Final = ("marker", "better_or_worse", "reason", "first_period")


@dataclass(frozen=True)
class Standing:
    """What is the same whatever the reader chooses, so that it can be held."""

    trends: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Code of an area to which way it goes."""

    unusual: Mapping[str, list[str]] = field(default_factory=dict)
    """Outcome to the codes of the authorities that have it, beyond what many tests bring about."""

    able: int = 0
    """Authorities that can be compared with the country."""

    reason: str = ""
    """Why none can be."""

    trends_address: str = ""
    address: str = ""
    """The address of the comparisons."""


def standing_of(
    trends: Sequence[TrendRow],
    trends_address: str,
    compared: Sequence[ComparisonRow],
    address: str,
) -> Standing:
    """Return what is told of trends, and of the comparison of every authority with the country."""
    unusual: dict[str, list[str]] = {}
    able = [row for row in compared if outcome_of(row) != Outcome.CANNOT_COMPARE]
    for row in able:
        if outcome_of(row) != Outcome.SIMILAR:
            unusual.setdefault(outcome_of(row), []).append(row["area_code"])
    given: Mapping[str, Mapping[str, Any]] = {row["area_code"]: {**row} for row in trends}
    return Standing(
        {code: {name: row[name] for name in _TOLD} for code, row in given.items()},
        unusual,
        len(able),
        "" if able else next(filter(None, (row["reason"] for row in compared)), ""),
        trends_address,
        address,
    )

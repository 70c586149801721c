"""How all areas stand in one indicator and period: which way they go, and who is unusual."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from api.contract import COUNTRY_WORD, ComparisonRow, Outcome, TrendRow
from dashboard.words.outcomes import outcome_of

UNUSUAL_AGAINST: Final = COUNTRY_WORD
_TOLD: Final = ("marker", "better_or_worse", "reason", "first_period", "breaks")
LIMITS: Final = (
    "funnel_lower_95", "funnel_upper_95", "funnel_lower_998", "funnel_upper_998",
    "wide_funnel_lower_95", "wide_funnel_upper_95", "wide_funnel_lower_998",
    "wide_funnel_upper_998",
)  # fmt: skip
"""The columns of a comparison that say within what an authority of its size is usual."""


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

    limits: Mapping[str, tuple[float | None, ...]] = field(default_factory=dict)
    """Code of an authority to the numbers of LIMITS, for those that have any."""

    outcomes: Mapping[str, str] = field(default_factory=dict)
    """Code of an authority to how it differs from the country."""

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
        trends={code: {name: row[name] for name in _TOLD} for code, row in given.items()},
        unusual=unusual,
        able=len(able),
        reason="" if able else next(filter(None, (row["reason"] for row in compared)), ""),
        limits=_limits(compared),
        outcomes={row["area_code"]: outcome_of(row) for row in able},
        trends_address=trends_address,
        address=address,
    )


def _limits(compared: Sequence[ComparisonRow]) -> Mapping[str, tuple[float | None, ...]]:
    rows: Sequence[Mapping[str, Any]] = [{**row} for row in compared]
    held = {row["area_code"]: tuple(row.get(name) for name in LIMITS) for row in rows}
    return {code: limits for code, limits in held.items() if any(limits)}

"""How an indicator is worked out and shown, in words and for programs."""

import re
from typing import Any, Final

from api.disclosures import disclosure_card
from api.opened import OpenRelease
from indicators.model import Arithmetic, Indicator, IntervalMethod
from reference.periods import PeriodKind

LEVEL: Final = 95
"""Per cent of the intervals that this service works out or shows."""

_SIGNS: Final = {"%": "percent", "£": "pounds"}
_NOT_A_WORD: Final = re.compile(r"[^a-z0-9]+")

_PUBLISHERS: Final = (
    "Publishers hide small counts by rules of their own; what they hide is `suppressed` here, with "
    "their symbol, and no count, interval or comparison that would reveal it."
)


def unit_card(indicator: Indicator) -> dict[str, Any]:
    """Return the unit of an indicator; `multiplier` is null where parts do not make the value."""
    return {
        "code": unit_code(indicator.unit),
        "label": indicator.unit,
        "decimals": indicator.decimals,
        "multiplier": indicator.arithmetic.multiplier,
    }


def unit_code(unit: str) -> str:
    """Return the token of a unit: `%` is `percent`, `per 10,000` is `per_10000`."""
    text = _SIGNS.get(unit, unit).casefold().replace(",", "")
    return _NOT_A_WORD.sub("_", text).strip("_")


def formula(indicator: Indicator) -> str:
    """Return how the value follows from its parts."""
    if indicator.arithmetic is Arithmetic.PUBLISHED_ONLY:
        return "as published; its parts are not"
    if indicator.arithmetic is Arithmetic.COUNT:
        return "numerator"
    multiplier = indicator.arithmetic.multiplier or 1
    times = "" if multiplier == 1 else f" * {multiplier:.0f}"
    return f"numerator / denominator{times}"


def rounding(indicator: Indicator) -> str:
    """Return how the value is rounded."""
    places = f"{indicator.decimals} decimal{'' if indicator.decimals == 1 else 's'}"
    return f"as published, else half up to {places}"


def interval_level(indicator: Indicator) -> int | None:
    """Return the level of its intervals in per cent, None where it has none."""
    return None if indicator.interval.method is IntervalMethod.NONE else LEVEL


def frequency(indicator: Indicator) -> str:
    """Return how often there is a new period: `Q` each quarter, `A` each year."""
    return "Q" if indicator.period_kind == PeriodKind.QUARTER.value else "A"


def suppression(release: OpenRelease, indicator: Indicator) -> dict[str, str]:
    """Return why a figure of an indicator may be hidden in a release."""
    told = disclosure_card(release)
    is_ours = bool(told["policy"]) and indicator.submission is not None
    ours = f" Figures from returns of authorities: {told['title']}." if is_ours else ""
    return {"policy": told["policy"] if is_ours else "", "says": f"{_PUBLISHERS}{ours}"}

"""The words of codes, for readers: titles, periods, parts, statuses, flags, units, sources."""

from collections.abc import Mapping
from typing import Final

from indicators.cells import TOTAL, Flag, Status
from indicators.model import Indicator
from indicators.snapshot import Source

STATUS_LABELS: Final[Mapping[Status, str]] = {
    Status.OK: "figure",
    Status.LOW: "rounds to zero",
    Status.SUPPRESSED: "suppressed",
    Status.NOT_AVAILABLE: "not available",
    Status.NOT_APPLICABLE: "not applicable",
    Status.NOT_COLLECTED: "not collected",
    Status.UNRELIABLE_WITHHELD: "withheld as unreliable",
    Status.WITHDRAWN: "withdrawn",
}
UNIT_LABELS: Final[Mapping[str, str]] = {"%": "per cent", "£": "pounds"}
"""Of units that are signs; all others are words already."""


def flag_label(flag: str) -> str:
    """Return a flag in words."""
    return Flag(flag).replace("_", " ")


def unit_label(unit: str) -> str:
    """Return a unit in words."""
    return UNIT_LABELS.get(unit, unit)


def part_label(indicator: Indicator, column: str, code: str) -> str:
    """Return the words of a breakdown's code as its indicator has them."""
    titles = indicator.breakdown_titles.get(column, {})
    return titles.get(code) or ("All" if code == TOTAL else code)


def source_label(source: Source) -> str:
    """Return publisher, title and edition of a source."""
    return f"{source.publisher}: {source.title} ({source.vintage})"

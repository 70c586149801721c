"""The words of codes, for readers: parts, units, sources."""

from collections.abc import Mapping
from typing import Final

from indicators.cells import TOTAL
from indicators.model import Indicator
from indicators.snapshot import Source

UNIT_LABELS: Final[Mapping[str, str]] = {"%": "per cent", "£": "pounds"}
"""Of units that are signs; all others are words already."""


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

"""Terse builders of definitions for tests."""

from typing import Any

from indicators.model import Indicator


def an_indicator(id: str = "an_indicator_pct", **changes: Any) -> Indicator:
    """Return a complete percentage indicator, changed as named."""
    parts: dict[str, Any] = {
        "id": id,
        "order": 1,
        "version": 1,
        "title": "A percentage",
        "short_title": "Percentage",
        "definition": "A share of children.",
        "why_it_matters": "It shows a share.",
        "numerator": "Children with it",
        "denominator": "Children",
        "arithmetic": "percentage",
        "unit": "%",
        "decimals": 1,
        "direction": {"good": "lower_is_better", "reason": "It harms", "source": "A source"},
        "kind": "performance",
        "stage": "in_care",
        "is_core": True,
        "period_kind": "RY",
        "measured": "during",
        "interval": {"method": "wilson"},
        "designation": "official statistics",
        "publisher": "A publisher",
        "review": {"reviewed_on": "2026-11-01", "due_on": "2027-11-01"},
        "sources": [{"table": "a_table"}],
    }
    return Indicator.model_validate({**parts, **changes})

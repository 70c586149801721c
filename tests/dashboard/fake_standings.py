"""What is counted of a made-up release: authorities that differ, figures of each status."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

WORDS = ("better", "similar", "worse", "higher", "lower", "cannot_compare")


def standing_row(held: Mapping[str, Any], compared: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return one row of /standings."""
    counts = Counter(row["outcome_adjusted_for_many"] or row["outcome"] for row in compared)
    alone = Counter(row["outcome"] for row in compared)
    different = ("better", "worse", "higher", "lower")
    return {
        **{key: held[key] for key in ("title", "short_title", "kind", "stage")},
        "indicator": held["id"],
        "period": held["latest"],
        "with": "england",
        "model": None,
        "areas": len(compared),
        "without_value": sum(row["value"] is None for row in compared),
        **{word: counts[word] for word in WORDS},
        "differ": sum(counts[word] for word in different),
        "differ_alone": sum(alone[word] for word in different),
        "reason": None,
    }


CODES = {
    "status": {"ok": 1000, "suppressed": 8, "low": 4},
    "flags": {"break": 3},
    "source_symbol": {"c": 8, "": 1000, "k": 4},
}


def codes_of(dimension: str) -> list[dict[str, Any]]:
    """Return the rows of /dimensions/{dimension}."""
    return [
        {"dimension": dimension, "code": code, "label": code, "about": "made up", "cells": cells}
        for code, cells in CODES[dimension].items()
    ]

"""Words about how a conclusion hangs on the choice of others to compare with."""

from collections.abc import Mapping
from typing import Any


def agreement_words(agreement: Mapping[str, Any]) -> str:
    """Return on how many comparators a conclusion rests; nothing where only one could be made."""
    said: str = agreement["sentence"] or ""
    if agreement["comparators"] < 2:
        return ""
    if len(agreement["outcomes"]) == 1:
        return f"{said[0].upper()}{said[1:]}."
    return f"Depends on the comparator: {said}."

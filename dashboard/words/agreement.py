"""Words about how a conclusion hangs on the choice of others to compare with."""

from collections.abc import Mapping
from typing import Any


def agreement_words(agreement: Mapping[str, Any]) -> str:
    """Return on how many comparators a conclusion rests; nothing where only one could be made."""
    outcomes: Mapping[str, int] = agreement["outcomes"]
    total = agreement["comparators"]
    if total < 2:
        return ""
    if len(outcomes) == 1:
        return f"{next(iter(outcomes)).capitalize()} under all {total} comparators."
    most_first = sorted(outcomes.items(), key=lambda held: -held[1])
    parts = [f"{word} under {count}" for word, count in most_first]
    said = f"{', '.join(parts[:-1])} and {parts[-1]} of {total} comparators"
    return f"Depends on the comparator: {said}."

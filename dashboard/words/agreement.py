"""Words about how a conclusion hangs on the choice of others to compare with."""

from collections.abc import Mapping

from api.contract import Outcome


def agreement_words(outcomes: Mapping[str, int]) -> str:
    """Return on how many comparators a conclusion rests; nothing where only one could be made.

    `outcomes` counts the words of the comparisons.
    """
    told = {word: count for word, count in outcomes.items() if word != Outcome.CANNOT_COMPARE}
    total = sum(told.values())
    if total < 2:
        return ""
    if len(told) == 1:
        return f"{next(iter(told)).capitalize()} under all {total} comparators."
    most_first = sorted(told.items(), key=lambda held: -held[1])
    parts = [f"{word} under {count}" for word, count in most_first]
    said = f"{', '.join(parts[:-1])} and {parts[-1]} of {total} comparators"
    return f"Depends on the comparator: {said}."

"""Words about how a conclusion hangs on the choice of others to compare with."""

from collections.abc import Mapping, Sequence

from api.contract import Outcome
from dashboard.words.outcomes import join_words

_SIMILAR = Outcome.SIMILAR.value


def agreement_words(outcomes: Mapping[str, Sequence[str]]) -> str:
    """Return which comparators a conclusion rests on; nothing where only one could be made.

    `outcomes` names under each word of a comparison whom it is with, in words.
    """
    told = {word: names for word, names in outcomes.items() if word != Outcome.CANNOT_COMPARE}
    total = sum(map(len, told.values()))
    if total < 2:
        return ""
    if len(told) == 1:
        return f"{next(iter(told)).capitalize()} under all {total} comparators."
    most_first = sorted(told.items(), key=lambda held: -len(held[1]))
    parts = [
        f"{word} {'to' if word == _SIMILAR else 'than'} {join_words(names)}"
        for word, names in most_first
    ]
    return f"Depends on the comparator: {'; '.join(parts)}."

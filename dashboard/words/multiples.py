"""Words of small multiples: the last value of each and which way it has been going."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from dashboard.words.numbers import plural
from dashboard.words.outcomes import join_words

WAYS: Final = {
    "increasing": "increasing",
    "decreasing": "decreasing",
    "no_change": "no change beyond chance",
}
_MOST_NAMED: Final = 5
NO_TREND: Final = "no trend can be told"


def way_words(trend: Mapping[str, Any] | None) -> str:
    """Return which way a series goes, in few words; blank where nothing is worked out."""
    if trend is None:
        return ""
    word = WAYS.get(trend["marker"] or "", NO_TREND)
    return f"{word} ({trend['better_or_worse']})" if trend["better_or_worse"] else word


def ways_sentence(trends: Iterable[Mapping[str, Any]], one: str, many: str) -> str:
    """Return how many series go which way; blank where there is none."""
    counts = Counter(WAYS.get(trend["marker"] or "", NO_TREND) for trend in trends)
    if not counts:
        return ""
    if set(counts) == {NO_TREND}:
        return f"No trend can be told of {plural(counts.total(), one, many)}."
    told = [
        f"{counts[word]} {'is' if counts[word] == 1 else 'are'} {word}"
        for word in ("increasing", "decreasing")
        if counts[word]
    ]
    if counts[WAYS["no_change"]]:
        held = counts[WAYS["no_change"]]
        told.append(f"{held} {'shows' if held == 1 else 'show'} no change beyond chance")
    if counts[NO_TREND]:
        told.append(f"of {counts[NO_TREND]} no trend can be told")
    return f"Of {plural(counts.total(), one, many)}, {join_words(told)}."


def named_sentence(trends: Mapping[str, Mapping[str, Any]]) -> str:
    """Return which series, by name, go which way; the others are counted.

    The same reason for having no trend is said once.
    """
    told: dict[str, list[str]] = {}
    for name, trend in trends.items():
        told.setdefault(WAYS.get(trend["marker"] or "", NO_TREND), []).append(name)
    if set(told) == {NO_TREND}:
        reasons = {(trend["reason"] or "").rstrip(".") for trend in trends.values()}
        why = f": {lower_first(reasons.pop())}" if len(reasons) == 1 and "" not in reasons else ""
        return f"No trend can be told here{why}."
    said = [
        f"{word.capitalize()}: {_listed(told[word])}."
        for word in ("increasing", "decreasing")
        if word in told
    ]
    if WAYS["no_change"] in told:
        said.append(f"No change beyond chance: {_listed(told[WAYS['no_change']])}.")
    if NO_TREND in told:
        said.append(f"No trend can be told of {len(told[NO_TREND])}.")
    return " ".join(said)


def _listed(names: list[str]) -> str:
    return join_words(names) if len(names) <= _MOST_NAMED else str(len(names))


def lower_first(words: str) -> str:
    """Return words with a small first letter."""
    return f"{words[:1].lower()}{words[1:]}"

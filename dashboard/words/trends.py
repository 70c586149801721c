"""Words about which way a figure has been going."""

from collections.abc import Mapping
from typing import Any, Final

from api.contract import ComparisonRow, Outcome
from dashboard.words.names import with_article
from dashboard.words.outcomes import join_words, outcome_of
from dashboard.words.periods import label

_SHORT_REASONS: Final = {
    "too_few_points": "fewer than five years",
    "no_interval": "no interval",
    "overlapping_periods": "periods overlap",
    "not_yearly": "not yearly",
    "break_inside": "break in the series",
    "zero_width_interval": "an interval has no width",
}
_WAYS: Final = {"increasing": "rising", "decreasing": "falling"}


def trend_words(trend: Mapping[str, Any], measured: str) -> str:
    """Return the trend in a few words with when it begins; nothing where nobody can say."""
    if trend["marker"] is None:
        return ""
    first = label(trend["first_period"], measured)
    since = first if first[:1].isdigit() else f"the {first}"
    if trend["marker"] not in _WAYS:
        return f"no clear trend since {since}"
    judged = f", which is {trend['better_or_worse']}" if trend["better_or_worse"] else ""
    return f"{_WAYS[trend['marker']]} since {since}{judged}"


def trend_cell(trend: Mapping[str, Any]) -> str:
    """Return the trend in a word or two, for the cell of a table."""
    if trend["marker"] is None:
        return "none"
    word = _WAYS.get(trend["marker"], "no clear trend")
    return f"{word} ({trend['better_or_worse']})" if trend["better_or_worse"] else word


def short_trend_reason(trend: Mapping[str, Any]) -> str:
    """Return why there is no trend in a few words, for the cell of a table."""
    return _SHORT_REASONS.get(trend["reason_code"] or "", trend_reason(trend))


def trend_reason(trend: Mapping[str, Any]) -> str:
    """Return why there is no trend, in words that follow a colon; nothing where one is told."""
    reason = (trend["reason"] or "").rstrip(".")
    return f"{reason[:1].lower()}{reason[1:]}"


def trend_sentences(trends: Mapping[str, Mapping[str, Any]], measured: str) -> list[str]:
    """Return one sentence of each area's trend by its name; areas of which the same holds share."""
    told: dict[str, list[str]] = {}
    for name, trend in trends.items():
        going = trend_words(trend, measured) or "no trend can be told"
        told.setdefault(": ".join(filter(None, [going, trend_reason(trend)])), []).append(name)
    said = [(join_words(list(map(with_article, names))), words) for words, names in told.items()]
    return [f"{whose[:1].upper()}{whose[1:]}: {words}." for whose, words in said]


def beyond_chance(past: ComparisonRow) -> str:
    """Return whether the change since the period before is more than chance, in a sentence."""
    outcome = outcome_of(past)
    if outcome == Outcome.CANNOT_COMPARE:
        reason = (past["reason"] or "").rstrip(".")
        why = f": {reason[:1].lower()}{reason[1:]}" if reason else ""
        return f"Whether that is more than chance cannot be said{why}."
    if outcome != Outcome.SIMILAR:
        return f"That is more than chance explains, and counts as {outcome}."
    if past["outcome"] == Outcome.SIMILAR:
        return "That is no more than chance explains."
    return (
        "Alone that would be more than chance explains; among all the indicators of the "
        "authority it is not."
    )

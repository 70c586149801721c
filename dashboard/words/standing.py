"""Words for how the country goes and how many authorities differ, indicator by indicator."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from dashboard.words.numbers import plural
from dashboard.words.outcomes import join_words
from dashboard.words.trends import short_trend_reason

DIFFERENT: Final = ("better", "worse", "higher", "lower")
_WAYS: Final = {"increasing": "rising", "decreasing": "falling", "no_change": "no clear trend"}
_ARROWS: Final = {"increasing": "↗", "decreasing": "↘", "no_change": "→"}
GOOD, BAD, OTHER, STEADY, UNTOLD = "better", "worse", "other", "steady", "untold"


def arrow(trend: Mapping[str, Any] | None) -> str:
    """Return the arrow of a trend; a dash where nobody can say."""
    return _ARROWS.get((trend or {}).get("marker") or "", "–")


def way_words(trend: Mapping[str, Any] | None) -> str:
    """Return which way a figure goes in two words, or why nobody can say."""
    if trend is None:
        return "no figures"
    if trend["marker"] is None:
        return f"not known: {short_trend_reason(trend)}"
    judged = f", {trend['better_or_worse']}" if trend["better_or_worse"] else ""
    return f"{_WAYS[trend['marker']]}{judged}"


def way(trend: Mapping[str, Any] | None) -> str:
    """Return under which of five ways a trend is counted."""
    if trend is None or trend["marker"] is None:
        return UNTOLD
    if trend["marker"] == "no_change":
        return STEADY
    return trend["better_or_worse"] or OTHER


def ways_sentence(country: str, trends: Iterable[Mapping[str, Any] | None]) -> str:
    """Return how many indicators of the country go which way beyond chance."""
    counts = Counter(map(way, trends))
    good, bad, other, steady = (counts[one] for one in (GOOD, BAD, OTHER, STEADY))
    said = (
        f"Of {plural(counts.total(), 'indicator')} for {country}, {_are(good)} getting better "
        f"beyond chance and {bad or 'none'} worse"
    )
    rest = [
        f"{_are(other)} moving where neither way is good" if other else "",
        f"{steady} {'shows' if steady == 1 else 'show'} no clear trend" if steady else "",
        f"for {counts[UNTOLD]} the trend is not known" if counts[UNTOLD] else "",
    ]
    told = list(filter(None, rest))
    return f"{said}; {join_words(told)}." if told else f"{said}."


def _are(count: int) -> str:
    return f"{count or 'none'} {'is' if count <= 1 else 'are'}"


def able(standing: Mapping[str, Any]) -> int:
    """Return how many authorities can be compared."""
    return int(standing["areas"] - standing["cannot_compare"])


def differ_words(standing: Mapping[str, Any] | None) -> str:
    """Return how many authorities differ and which way."""
    if standing is None:
        return "no figures"
    if not able(standing):
        return "no test"
    said = [f"{standing[word]} {word}" for word in DIFFERENT if standing[word]]
    return ", ".join(said) or "none"


def of_words(standing: Mapping[str, Any] | None) -> str:
    """Return of how many authorities that is; nothing where none can be compared."""
    return f" of {able(standing)}" if standing is not None and able(standing) else ""


def differ_sentence(country: str, standings: Iterable[Mapping[str, Any]]) -> str:
    """Return how many figures of authorities differ from the country beyond chance, of all."""
    held = list(standings)
    differ, of = sum(row["differ"] for row in held), sum(map(able, held))
    alone = sum(row["differ_alone"] for row in held)
    untested = sum(not able(row) for row in held)
    if not of:
        return f"No figure of an authority can be compared with {country}."
    said = (
        f"Of {of:,} figures of authorities that can be compared with {country}, {differ:,} differ "
        "beyond chance and ordinary variation when all of an authority are seen together "
        f"({alone:,} when each is looked at alone)."
    )
    if not untested:
        return said
    kind = plural(untested, "indicator has", "indicators have")
    return f"{said} {kind} no test."

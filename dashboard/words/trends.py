"""Words about which way a figure has been going."""

from collections.abc import Mapping
from typing import Any, Final

from dashboard.words.periods import label

_WAYS: Final = {"increasing": "rising", "decreasing": "falling"}


def trend_words(trend: Mapping[str, Any], measured: str) -> str:
    """Return the trend in a few words with when it begins; nothing where nobody can say."""
    if trend["marker"] is None:
        return ""
    since = label(trend["first_period"], measured)
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

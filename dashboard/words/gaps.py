"""Why a place of the framework is empty, in words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from dashboard.words.numbers import plural

NOBODY: Final = "nobody"
NOT_BY_AUTHORITY: Final = "not_by_authority"

_SHORT: Final[Mapping[str, str]] = {
    NOBODY: "Nobody measures this",
    NOT_BY_AUTHORITY: "Measured, not published by authority",
    "not_here": "Published, not held here",
}
_COUNTED: Final[Mapping[str, str]] = {
    NOBODY: "not measured by anybody",
    NOT_BY_AUTHORITY: "measured, and not published by authority",
    "not_here": "published, and not held here",
}


def gap_words(gap: str) -> str:
    """Return why a place is empty, in few words."""
    return _SHORT.get(gap, "Empty")


def gaps_sentence(gaps: Iterable[str]) -> str:
    """Return how many places are empty and why; nothing where none is."""
    counts = Counter(gap for gap in gaps if gap)
    if not counts:
        return ""
    told = [f"{counts[gap]} {words}" for gap, words in _COUNTED.items() if counts[gap]]
    return f"{plural(counts.total(), 'place is', 'places are')} empty ({'; '.join(told)})."

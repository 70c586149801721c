"""Words about parts of a figure against their own total: what differs, and why none can be told."""

from collections.abc import Iterable, Sequence
from typing import Final

from api.contract import InequalityRow, Outcome, Status
from dashboard.words.numbers import number, signed, span, unit_word
from dashboard.words.outcomes import Measure, join_words

LEAST_DECIMALS: Final = 1
"""Of gaps and their limits: parts are small, and `0 (0 to 0)` would say nothing."""

_MOST_NAMED: Final = 4
_DIFFERENT: Final = (Outcome.BETTER, Outcome.WORSE, Outcome.HIGHER, Outcome.LOWER)
_SHORT: Final = {
    "no_interval": "no interval",
    "shares_denominator": "share of all",
    "counts_unknown": "counts not known",
    "other_edition": "total revised",
    "nothing_else": "nearly all",
    "not_inside": "rounded counts",
    "rest_withheld": "rest withheld",
    "few": "few counted",
    "total_missing": "no total",
}

Part = tuple[str, InequalityRow]
"""A title and the row of its part."""


def has_gap(row: InequalityRow | None) -> bool:
    """Say whether a row has a gap, whether or not it is beyond chance."""
    return row is not None and row["difference"] is not None


def gap_word(row: InequalityRow) -> str:
    """Return the word of a gap, all parts looked at together."""
    return row["outcome_adjusted_for_many"] or row["outcome"]


def gap_figures(row: InequalityRow, measure: Measure) -> str:
    """Return a gap with its interval: `+10.7 (9.1 to 12.2)`."""
    places = _decimals(measure)
    limits = (row["difference_lower"], row["difference_upper"])
    return f"{signed(row['difference'], places)} ({_span(*limits, places)})"


def short_reason(row: InequalityRow) -> str:
    """Return why a part has no gap in a word or two; blank where it has no figure either."""
    return _SHORT.get(row["reason_code"] or "", "") if row["status"] == Status.OK else ""


def gaps_sentence(parts: Iterable[Part], measure: Measure) -> str:
    """Return which parts of one area differ from their total beyond chance, and which do not."""
    held: dict[str, list[Part]] = {}
    for title, row in parts:
        if has_gap(row):
            held.setdefault(gap_word(row), []).append((title, row))
    unit = unit_of_gap(measure)
    differing = []
    for word in filter(held.__contains__, _DIFFERENT):
        named = [_sized(part, measure, unit if not n else "") for n, part in enumerate(held[word])]
        differing.append(f"{word} for {_listed(named)}")
        unit = ""  # said once
    similar = _listed([f"“{title}”" for title, _ in held.get(Outcome.SIMILAR, [])])
    if not differing:
        return f"Against all together, similar: {similar}." if similar else ""
    told = f"Against all together, beyond chance: {'; '.join(differing)}."
    return f"{told} Similar: {similar}." if similar else told


def _sized(part: Part, measure: Measure, unit: str) -> str:
    title, row = part
    size = signed(row["difference"], _decimals(measure))
    return f"“{title}” ({' '.join(filter(None, [size, unit]))})"


def largest_sentence(row: InequalityRow | None, titles: Sequence[str], measure: Measure) -> str:
    """Return the gap between the highest and the lowest part; `titles` are of those two."""
    if row is None or not has_gap(row):
        return ""
    places = _decimals(measure)
    size = number(row["difference"], places)
    interval = _span(row["difference_lower"], row["difference_upper"], places)
    two = " and ".join(f"“{title}”" for title in titles)
    figures = " ".join(filter(None, [size, unit_of_gap(measure)]))
    chance = "no more" if gap_word(row) == Outcome.SIMILAR else "more"
    return (
        f"The largest gap of parts that can be compared is {figures} ({interval}), between {two}: "
        f"{chance} than chance gives, allowing for their being picked as the farthest apart."
    )


def reasons_sentence(parts: Iterable[Part]) -> str:
    """Return why parts that have a figure have no gap, each reason once."""
    reasons = dict.fromkeys(
        (row["reason"] or "").rstrip(".")
        for _, row in parts
        if row["status"] == Status.OK and not has_gap(row)
    )
    return " ".join(f"{reason}." for reason in reasons if reason)


def unit_of_gap(measure: Measure) -> str:
    """Return what a gap is counted in."""
    return "percentage points" if measure.unit == "%" else unit_word(measure.unit)


def _decimals(measure: Measure) -> int:
    return max(measure.decimals, LEAST_DECIMALS)


def _span(lower: float | None, upper: float | None, places: int) -> str:
    return span(lower, upper, "", places)


def _listed(named: Sequence[str]) -> str:
    """Return a few names, or of many how many they are."""
    if len(named) > _MOST_NAMED:
        return f"{len(named)} parts"
    return join_words(named) if named else ""

"""Sentences about the parts of a figure: what they are, whether they add up, what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from api.contract import InequalityRow, Status
from dashboard.words.names import opening, with_article
from dashboard.words.numbers import number, plural
from dashboard.words.outcomes import Measure, join_words
from dashboard.words.statuses import status_reason

NEARLY: Final = 0.01
"""Counts that differ by less than this share differ by rounding."""

_MOST_NAMED: Final = 4
_SHORT: Final = 3
"""Letters of a code up to which it is an abbreviation, kept as it is."""

Part = tuple[str, InequalityRow]
"""A title and the row of its part."""


def column_words(column: str) -> str:
    """Return what a figure is broken down by: `by school phase`."""
    return f"by {column.replace('_', ' ')}"


def part_title(code: str, title: str) -> str:
    """Return the title of a part; where none is known, its code in words."""
    if title and title != code:
        return title
    pieces = code.split("_")
    if len(pieces) > 1 and all(piece.isdigit() for piece in pieces):
        return " to ".join(pieces)
    if len(code) <= _SHORT:
        return code
    words = " ".join(pieces).lower()
    return words[:1].upper() + words[1:]


def parts_sentence(
    name: str,
    whole: InequalityRow | None,
    parts: Sequence[Part],
    measure: Measure,
    *,
    adds_up: bool,
) -> str:
    """Return what an area's parts say: the largest share, or how far parts lie apart."""
    known = [(title, row) for title, row in parts if row["status"] == Status.OK]
    if not known:
        return f"{opening(name)}: no part has a figure."
    if adds_up and whole and whole["numerator"] is not None:
        title, row = max(known, key=lambda part: part[1]["numerator"] or 0)
        share = f"{number(row['numerator'])} of {number(whole['numerator'])}"
        return f"{opening(name)}: the largest part is “{title}”, {share}."
    if len(known) == 1:
        title, row = known[0]
        return f"{opening(name)}: {measure.amount(row['value'])} ({title})."
    low, high = (pick(known, key=lambda part: part[1]["value"] or 0) for pick in (min, max))
    if low[1]["value"] == high[1]["value"]:
        return f"{opening(name)}: {measure.amount(low[1]['value'])} in every part."
    first = f"{measure.quantity(low[1]['value'])} ({low[0]})"
    last = f"{measure.amount(high[1]['value'])} ({high[0]})"
    held = whole and whole["status"] == Status.OK
    beside = f", and {measure.quantity(whole['value'])} all together" if whole and held else ""
    return f"{opening(name)}: from {first} to {last}{beside}."


def silent_sentence(name: str, status: str) -> str:
    """Return why none of the parts of an area has a figure."""
    return f"No part has a figure for {with_article(name)}: {status_reason(status)}."


def missing_parts_sentences(name: str, parts: Iterable[Part]) -> list[str]:
    """Return which parts of an area have no figure and why, a sentence for each reason."""
    by_status: dict[str, list[str]] = {}
    count = 0
    for title, row in parts:
        count += 1
        if row["status"] != Status.OK:
            by_status.setdefault(row["status"], []).append(f"“{title}”")
    return [
        f"{opening(name)} has no figure for {_named(titles, count)}: {status_reason(status)}."
        for status, titles in by_status.items()
    ]


def _named(titles: Sequence[str], count: int) -> str:
    if len(titles) > _MOST_NAMED:
        return f"{len(titles)} of {plural(count, 'part')}"
    return join_words(titles)


def whole_sentence(
    *,
    has_counts: bool,
    shares_denominator: bool,
    overlaps: bool,
    sums: Mapping[str, tuple[float | None, float | int | None]],
) -> str:
    """Return how parts make up the whole.

    `sums` holds by name of an area what its parts add up to, None where one is missing, and the
    numerator of its whole.
    """
    if not has_counts:
        return "The source gives no counts behind the parts, and such figures do not add up."
    if not shares_denominator:
        return "Each part has a denominator of its own, so parts do not add up to the whole."
    if overlaps:
        return (
            "All parts are counted over the denominator of the whole. Some hold one another, so "
            "they come to more than it."
        )
    told = [_added(name, added, whole) for name, (added, whole) in sums.items()]
    said = " ".join(filter(None, told))
    if said:
        return f"All parts are counted over the denominator of the whole. {said}"
    return (
        "All parts are counted over the denominator of the whole, so they add up to it, but for "
        "rounding."
    )


def _added(name: str, added: float | None, whole: float | int | None) -> str:
    if added is None or whole is None or added >= whole * (1 - NEARLY):
        return ""
    told = f"{number(added)} of {number(whole)}"
    return f"{opening(name)}: parts come to {told}; the rest stands in none."

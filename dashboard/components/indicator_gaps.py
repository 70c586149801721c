"""The gap of each part to its own total: a cell of the table, a sentence, and why there is none."""

from collections.abc import Sequence
from typing import Final

from api.contract import InequalityRow
from dashboard.components.table import Column
from dashboard.components.text import outcome_tag
from dashboard.page import Node, node
from dashboard.views.indicator_parts import Breakdown, Side
from dashboard.words.inequalities import (
    gap_figures,
    gap_word,
    gaps_sentence,
    has_gap,
    largest_sentence,
    reasons_sentence,
    short_reason,
)
from dashboard.words.numbers import NO_VALUE
from dashboard.words.outcomes import Measure
from dashboard.words.parts import Part

HEAD: Final = "Against all together"


def gap_column(of: Node) -> Column:
    """Return the head of the column of gaps; `of` names the area, to be heard."""
    return Column([HEAD, of], is_number=True)


def gap_cell(row: InequalityRow | None, measure: Measure) -> Node:
    """Return the word of a gap with its size and interval, or in short why there is none."""
    if row is None:
        return NO_VALUE
    if has_gap(row):
        figures = node("Span", gap_figures(row, measure), className="under")
        return [outcome_tag(gap_word(row)), " ", figures]
    return short_reason(row) or NO_VALUE


def gap_words(side: Side, titled: Sequence[Part], measure: Measure) -> str:
    """Return what the gaps of one area say, then the largest gap between two of its parts."""
    said = [gaps_sentence(titled, measure)]
    if side.largest and len(titled) > len(_TWO):
        names = {row["part"]: title for title, row in titled}
        ends = [names.get(side.largest[end], "") for end in _TWO]
        said.append(largest_sentence(side.largest, ends, measure))
    return " ".join(filter(None, said))


_TWO: Final = ("part", "against")
"""Of two parts alone, the gap between them says nothing new."""


def gap_notes(breakdown: Breakdown) -> list[str]:
    """Return why parts with a figure have no gap, or what shares of a whole do not say."""
    if breakdown.shares_denominator:
        return [_SHARES]
    rows = [("", row) for side in breakdown.shown for row in side.rows.values()]
    said = reasons_sentence(rows)
    if not said:
        return []
    return [f"{_SOME_WITHOUT if breakdown.has_gaps else _NONE}: {said}"]


_SOME_WITHOUT: Final = "Why some parts are not compared with all together"
_NONE: Final = "No part is compared with all together"
_SHARES: Final = (
    "They say what the figure is made up of, and not whether one group has it more often than "
    "another: for that the size of each group would be needed."
)

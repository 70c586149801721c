"""Gaps of parts to their own total: the cell, the sentence, and why there is none."""

from typing import Any, cast

from api.contract import InequalityRow
from dashboard.words.inequalities import (
    gaps_sentence,
    largest_sentence,
    reasons_sentence,
    short_reason,
)
from tests.dashboard.reading import AUTHORITY, text_of
from tests.dashboard.test_parts import PAGE, SHARES, part, row, table

GAP = "lower   −1.5 (−2.5 to −0.5)"


def test_a_part_with_a_denominator_of_its_own_has_its_gap_as_a_word_with_an_interval() -> None:
    head, first, *_ = table("by school phase", PAGE)
    assert first[2] == GAP
    assert len(head) == 4  # the interval of a figure stands under it


def test_the_gap_of_a_chosen_area_is_to_its_own_total_and_stands_beside_that_of_the_country() -> (
    None
):
    rows = table("by school phase", f"{PAGE}&area={AUTHORITY}")
    assert all(len(cells) == 7 for cells in rows)
    assert rows[1][2] == rows[1][5] == GAP
    assert rows[-1][5] == "–"  # suppressed: no word and no number


def test_a_sentence_says_which_parts_differ_beyond_chance_and_which_do_not() -> None:
    words = text_of(part("by-school-phase", PAGE))
    assert "Made-up country: against all together, beyond chance: lower for “" in words
    assert "(−1.5 per 10,000)" in words
    assert "A word does not say why" in text_of(part("broken-down", f"{PAGE}&by=school_phase"))


def test_shares_of_a_whole_have_no_gap_and_say_what_they_do_not_say() -> None:
    assert len(table("by sex", PAGE)[0]) == 4
    words = text_of(part("by-sex", PAGE))
    assert "Against all together" not in words
    assert "not whether one group has it more often than another" in words


def gap(difference: float | None, word: str = "higher", **more: Any) -> InequalityRow:
    limits = {"difference_lower": -1.0, "difference_upper": 3.0, "outcome": word}
    made = row(5.0) | {"difference": difference, "outcome_adjusted_for_many": word} | limits
    return cast("InequalityRow", made | more)


def test_the_unit_of_gaps_is_said_once_and_similar_parts_are_named_without_a_size() -> None:
    parts = [("A", gap(1.25)), ("B", gap(-2.0, "lower")), ("C", gap(0.1, "similar"))]
    assert gaps_sentence(parts, SHARES) == (
        "Against all together, beyond chance: higher for “A” (+1.3 percentage points); "
        "lower for “B” (−2.0). Similar: “C”."
    )
    assert gaps_sentence(parts[2:], SHARES) == "Against all together, similar: “C”."
    assert gaps_sentence([("D", row(5.0))], SHARES) == ""


def test_the_largest_gap_is_said_to_have_been_picked() -> None:
    said = largest_sentence(gap(18.4), ["A", "B"], SHARES)
    assert said.startswith(
        "The largest gap of parts that can be compared is 18.4 percentage points"
    )
    assert "more than chance gives, allowing for their being picked" in said
    assert "no more than chance" in largest_sentence(gap(2.0, "similar"), ["A", "B"], SHARES)
    assert largest_sentence(row(None), ["A", "B"], SHARES) == ""


def test_why_a_part_has_no_gap_is_said_in_short_and_once_in_full() -> None:
    few = gap(None, "cannot_compare", reason_code="few", reason="Few are counted")
    assert short_reason(few) == "few counted"
    assert short_reason(row(None)) == ""
    assert reasons_sentence([("A", few), ("B", few), ("C", gap(1.0))]) == "Few are counted."

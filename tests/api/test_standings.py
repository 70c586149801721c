"""How many areas differ: comparisons, counted indicator by indicator."""

from collections import Counter

import pytest

from api.contract import StandingRow
from tests.api import world
from tests.api.conftest import Ask

WORDS = ("better", "similar", "worse", "higher", "lower", "cannot_compare")


def test_a_row_has_the_promised_columns_in_their_order(rows: Ask) -> None:
    assert tuple(rows("standings")[0]) == tuple(StandingRow.__annotations__)


@pytest.mark.parametrize("token", ["england", "neighbours", "own_past", "england,type"])
def test_the_counts_are_those_of_the_comparisons(rows: Ask, token: str) -> None:
    asked = {"area": "authority", "period": "latest", "with": token}
    compared = rows("comparisons", **asked)
    counted = Counter(
        (row["indicator"], row["with"], row["outcome_adjusted_for_many"]) for row in compared
    )
    alone = Counter(
        (row["indicator"], row["with"])
        for row in compared
        if row["outcome"] not in {"similar", "cannot_compare"}
    )
    found = rows("standings", **asked)
    assert sum(row["areas"] for row in found) == len(compared)
    for row in found:
        key = row["indicator"], row["with"]
        assert {word: row[word] for word in WORDS} == {word: counted[*key, word] for word in WORDS}
        assert row["differ"] == sum(row[word] for word in ("better", "worse", "higher", "lower"))
        assert row["differ_alone"] == alone[key]


def test_every_area_has_one_word_and_those_without_a_figure_cannot_be_compared(rows: Ask) -> None:
    found = rows("standings")
    assert any(row["without_value"] for row in found)
    for row in found:
        assert sum(row[word] for word in WORDS) == row["areas"]
        assert row["without_value"] <= row["cannot_compare"]
        assert (row["reason"] is None) == (row["without_value"] == row["cannot_compare"])


def test_without_words_it_is_every_authority_against_the_country_at_the_latest(rows: Ask) -> None:
    asked = {"area": "authority", "period": "latest", "with": "england"}
    assert rows("standings") == rows("standings", **asked)


def test_periods_and_comparators_have_a_row_each(rows: Ask) -> None:
    found = rows(
        "standings", indicator="a_share_pct", period="RY2024,RY2025", **{"with": "england,region"}
    )
    assert [(row["period"], row["with"]) for row in found] == [
        ("RY2024", "england"), ("RY2024", "region"), ("RY2025", "england"), ("RY2025", "region"),
    ]  # fmt: skip


def test_areas_can_be_narrowed_and_an_unknown_comparator_is_refused(
    rows: Ask, problem: Ask
) -> None:
    (row,) = rows("standings", indicator="a_share_pct", area=world.TOWN)
    assert row["areas"] == 1
    assert problem("standings", **{"with": "friends"})["parameter"] == "with"

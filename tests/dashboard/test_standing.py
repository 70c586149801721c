"""How all areas stand: which way a figure goes, who is unusual, and what the order says."""

import asyncio
from typing import Any, cast

import pytest

from api.contract import ComparisonRow
from dashboard.client import ApiClient
from dashboard.routing import render
from dashboard.views.standing import standing_of
from dashboard.words.trends import beyond_chance, trend_sentences
from tests.dashboard.fake_api import RATE, SCORE, SHARE, FakeApi
from tests.dashboard.reading import AUTHORITY, rendered, text_of

RISING = {"marker": "increasing", "better_or_worse": "worse", "reason": None,
          "first_period": "RY2020"}  # fmt: skip
FEW = {"marker": None, "better_or_worse": None, "reason": "Fewer than five yearly figures",
       "first_period": None}  # fmt: skip
STEADY = {"marker": "no_change", "better_or_worse": None, "first_period": "RY2020",
          "reason": "The movement is no more than chance explains"}  # fmt: skip


def row(outcome: str, adjusted: str, reason: str | None = None) -> ComparisonRow:
    given = {"outcome": outcome, "outcome_adjusted_for_many": adjusted, "reason": reason}
    return cast("ComparisonRow", given | {"area_code": f"X-{outcome}"})


def test_the_trend_is_told_or_why_there_is_none() -> None:
    assert trend_sentences({"Ever": RISING, "Alton": STEADY}, "snapshot") == [
        "Ever: rising since 31 March 2020, which is worse.",
        "Alton: no clear trend since 31 March 2020: the movement is no more than chance explains.",
    ]
    (during,) = trend_sentences({"Ever": RISING}, "during")
    assert during == "Ever: rising since the year ending 31 March 2020, which is worse."
    assert trend_sentences({"Ever": FEW, "Isles of Alton": FEW}, "snapshot") == [
        "Ever and the Isles of Alton: no trend can be told: fewer than five yearly figures."
    ]


@pytest.mark.parametrize(
    ("past", "words"),
    [
        (row("better", "better"), "That is more than chance explains, and counts as better."),
        (row("similar", "similar"), "That is no more than chance explains."),
        (row("worse", "similar"), "among all the indicators of the authority it is not"),
        (
            row("cannot_compare", "cannot_compare", "No valid interval."),
            "Whether that is more than chance cannot be said: no valid interval.",
        ),
    ],
)
def test_a_change_says_whether_it_is_more_than_chance(past: ComparisonRow, words: str) -> None:
    assert words in beyond_chance(past)


def test_the_page_tells_the_trend_of_the_country_and_of_the_chosen_authority() -> None:
    words = text_of(rendered(f"/indicators/{RATE}?area={AUTHORITY}").content)
    assert "Made-up country: rising since" in words
    assert "Brennowcombe: no trend can be told: fewer than five yearly figures" in words


def test_another_choice_of_authority_does_not_ask_again_how_all_stand() -> None:
    fake = FakeApi()
    client = ApiClient(fake.client)

    async def twice() -> list[str]:
        await render(client, f"/indicators/{SHARE}", f"area={AUTHORITY}")
        before = len(fake.asked)
        await render(client, f"/indicators/{SHARE}", "area=X06000003")
        return fake.asked[before:]

    assert not [asked for asked in asyncio.run(twice()) if "/trends" in asked]


def test_only_what_remains_among_many_tests_is_unusual() -> None:
    found = standing_of([], "", [row("worse", "similar"), row("better", "better")], "")
    assert found.unusual == {"better": ["X-better"]}
    assert found.able == 2


def test_the_unusual_are_named_or_the_reason_why_nobody_can_be() -> None:
    fake = FakeApi()
    words = text_of(rendered(f"/indicators/{RATE}?view=ranked", fake).content)
    row_of: Any = fake.figures.comparison
    (card,) = (one for one in fake.cards if one["id"] == RATE)
    today = [area for area in fake.places.authorities() if area.last_day is None]
    higher = [
        area for area in today if row_of(card, area, "RY2025", "england")["outcome"] == "higher"
    ]
    assert higher
    assert f"{len(higher)} of " in words
    assert "beyond chance and ordinary variation" in words
    sentence = words[words.index("beyond chance and ordinary") : words.index("which authorities")]
    named = sorted(area.name for area in higher)
    assert all(name in sentence for name in named[:20])
    assert (f" and {len(named) - 20} more" in sentence) is (len(named) > 20)
    score = text_of(rendered(f"/indicators/{SCORE}?view=ranked").content)
    assert "Which authorities are unusual cannot be said: no valid interval" in score


def test_the_order_says_which_end_is_good_by_the_direction_of_the_indicator() -> None:
    fake = FakeApi()
    (card,) = (one for one in fake.cards if one["id"] == RATE)
    for direction, words in (
        ("higher_is_better", "Highest first: here higher is better."),
        ("lower_is_better", "which here is worst first"),
        ("none", "no way is said to be good"),
    ):
        fake.cards = [one for one in fake.cards if one["id"] != RATE]
        fake.cards.append({**card, "direction": direction})
        assert words in text_of(rendered(f"/indicators/{RATE}?view=ranked", fake).content)

"""Intervention beside need: how an authority lies among those as deprived, without blame."""

from typing import Any

import pytest

from dashboard.charts.charting import CHARTS
from dashboard.prerender import to_html
from dashboard.words.need import level_sentence, need_sentence, together_sentence
from dashboard.words.outcomes import Measure
from tests.dashboard.reading import tables_of, text_of
from tests.dashboard.real import RealPages
from tests.dashboard.real_paths import KENT, LONDON_CITY

RATE = Measure("per 10,000", 0, "snapshot")
ROW: dict[str, Any] = {
    "value": 53, "pooled": 67, "median": 64, "difference": -14, "outcome": "lower",
    "outcome_adjusted_for_many": "lower", "reason": None,
}  # fmt: skip
BLAMING = ("too many", "too few", "excess", "failing", "because", "worse", "better")


def said(**changes: Any) -> str:
    row: Any = ROW | changes
    return level_sentence("Vale", row, RATE)


def test_a_rate_is_set_beside_those_taken_together_and_the_middle_one() -> None:
    assert said() == (
        "Vale, 53 per 10,000, is lower by more than chance than the authorities about as "
        "deprived: 67 taken together, 64 for the middle one."
    )


def test_what_chance_explains_is_not_called_higher_or_lower() -> None:
    found = said(outcome="lower", outcome_adjusted_for_many="similar")
    assert "differs by no more than chance" in found
    assert "lower" not in found


def test_a_missing_rate_says_why() -> None:
    found = said(value=None, reason="Vale has no value: suppressed")
    assert found.startswith("Vale has no figure here.")
    assert "suppressed" in found


def test_the_sentence_joins_rates_of_which_the_same_holds() -> None:
    rows: Any = [("Referral rate", ROW | {"difference": 9}), ("Need rate", ROW), ("Care", ROW)]
    assert need_sentence("Vale", "middle fifth", rows) == (
        "Vale against the authorities about as deprived, the middle fifth: higher by more than "
        "chance in referral rate; lower by more than chance in need rate and care."
    )


def test_rates_are_said_to_go_together_only_where_every_interval_leaves_out_nought() -> None:
    pair: Any = {"correlation": 0.5, "correlation_lower": 0.3, "correlation_upper": 0.6}
    weak = pair | {"correlation": 0.1, "correlation_lower": -0.1}
    assert "tend to have higher rates" in together_sentence([("A", pair), ("B", pair)])
    assert "tend to" not in together_sentence([("A", pair), ("B", weak)])


def test_the_page_shows_each_rate_and_how_kent_lies_in_it(real: RealPages) -> None:
    page = real.page(f"/proportionality?area={KENT}")
    rows = tables_of(page)["Each rate, and how it goes with deprivation"]
    assert {row[0].partition(" ")[0] for row in rows} == {"Referrals", "Children"}
    assert {row[4] for row in rows} <= {"higher", "lower", "similar"}
    assert to_html(page.content).count('class="band"') == len(rows)
    words = text_of(page.content)
    assert "no verdict" in words
    assert not [word for word in BLAMING if word in page.description.lower()]


def test_without_an_authority_the_page_says_how_rates_go_with_deprivation(real: RealPages) -> None:
    page = real.page("/proportionality")
    assert "rank correlation with deprivation" in page.description
    assert 'class="band"' not in to_html(page.content)


@pytest.mark.parametrize("area", [LONDON_CITY, "E10000021", "E12000008", "E92000001"])
def test_an_area_that_cannot_be_set_beside_others_says_why(real: RealPages, area: str) -> None:
    page = real.page(f"/proportionality?area={area}")
    assert page.status == 200
    assert "cannot be set beside" in page.description or "no figure" in text_of(page.content)


def test_one_update_asks_for_little(real: RealPages) -> None:
    real.page(f"/proportionality?area={KENT}")
    dear = [url for url in real.asked if "/comparisons" in url or "/releases" in url]
    assert len(dear) == 2


def test_it_stands_first_on_the_list_of_pairs(real: RealPages) -> None:
    words = text_of(real.page(f"/pairs?area={KENT}").content)
    assert words.index("Intervention beside need") < words.index("A rank correlation says")


def test_it_is_a_chart_by_itself() -> None:
    assert {"pair", "scatter", "proportionality"} <= set(CHARTS)

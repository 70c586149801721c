"""The list of indicators: by place of the framework, filtered, with the filters in the address."""

import pytest

from dashboard.page import Page
from dashboard.prerender import to_html
from dashboard.words.spelling import corrected, nearest
from dashboard.words.standing import differ_sentence, differ_words, way_words, ways_sentence
from tests.dashboard.fake_api import COUNT, EMPTY, RATE, SCORE, SHARE, FakeApi
from tests.dashboard.fake_cards import CARDS
from tests.dashboard.reading import nodes_of, rendered, tables_of, text_of
from tests.dashboard.real import RealPages


def rows_of(page: Page) -> list[list[str]]:
    return [row for rows in tables_of(page).values() for row in rows]


def shown(page: Page) -> set[str]:
    text = to_html(page.content)
    return {id for id in (RATE, SHARE, SCORE, COUNT, EMPTY) if f'href="/indicators/{id}"' in text}


def test_every_indicator_stands_once_with_figure_period_direction_and_how_many_differ() -> None:
    rows = rows_of(rendered("/indicators"))
    assert len(rows) == len({row[0] for row in rows}) == len(CARDS)
    (rate,) = (row for row in rows if row[0].startswith("Rate of children in care"))
    assert "per 10,000" in rate[1]
    assert rate[2].startswith("31 March 2025")
    assert "rising, worse" in rate[3]
    assert "higher of" in rate[4]


def test_an_indicator_without_figures_says_so() -> None:
    (heard,) = (row for row in rows_of(rendered("/indicators")) if "heard" in row[0])
    assert [cell.strip(" –") for cell in heard[1:]] == ["no figure", "none", "no figures", "no figures"]  # fmt: skip  # noqa: E501


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("kind=performance", {SHARE}),
        ("stage=in_care&kind=outcome", {SCORE}),
        ("q=placements", {SHARE}),
        ("only=core&kind=performance", set()),
    ],
)
def test_filters_combine_and_stand_in_the_address(query: str, ids: set[str]) -> None:
    fake = FakeApi()
    fake.not_core = {SHARE}
    page = rendered(f"/indicators?{query}", fake)
    assert shown(page) == ids
    if not ids:
        assert "No indicator meets all of it" in text_of(page.content)
        assert 'href="/indicators">Show all indicators' in to_html(page.content)


def test_empty_places_stand_in_the_whole_list_with_their_reason_and_in_no_filtered_one() -> None:
    whole = text_of(rendered("/indicators").content)
    assert "Feeling helped: Nobody measures this. Nobody asks families." in " ".join(whole.split())
    assert "Nobody counts it." in whole
    assert "Nobody asks families" not in text_of(rendered("/indicators?kind=outcome").content)


def test_a_short_list_is_open_and_of_a_long_one_the_first_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def opened() -> list[bool]:
        page = rendered("/indicators")
        return [n["props"]["open"] for n in nodes_of(page.content) if n["type"] == "Details"]

    assert all(opened())
    monkeypatch.setattr("dashboard.components.indicator_list.FEW", 0)
    assert opened()[0]
    assert not any(opened()[1:])


def test_the_title_says_what_is_shown() -> None:
    assert rendered("/indicators?only=core&kind=outcome&stage=in_care").title == (
        "Core set of indicators, outcome for children and families, in care"
    )
    assert rendered("/indicators?q=moved").title == "Indicators with “moved”"


def test_an_abbreviation_finds_what_it_stands_for_and_a_typo_is_answered(real: RealPages) -> None:
    text = to_html(real.page("/indicators?q=LAC").content)
    assert "/indicators/cla_31mar_rate_10k" in text
    wrong = to_html(real.page("/indicators?q=care+leavr").content)
    assert "Look for “care leaver”" in wrong
    assert 'href="/indicators?q=care%20leaver"' in wrong


def test_the_core_set_that_ships_is_of_25_with_outcomes_and_performance(real: RealPages) -> None:
    page = real.page("/indicators?only=core")
    kinds = [row[0].partition(",")[0].split()[-1] for row in rows_of(page)]
    assert len(rows_of(page)) == 25
    assert len(kinds) == 25
    text = text_of(page.content)
    assert all(f" {kind}, " in text for kind in ("outcome", "performance", "context"))


def test_what_goes_no_way_is_left_out_of_the_sentence() -> None:
    rising = {"marker": "increasing", "better_or_worse": "better", "reason_code": None}
    assert ways_sentence("X", [rising]) == (
        "Of 1 indicator for X, 1 is getting better beyond chance and none worse."
    )
    steady = {"marker": "no_change", "better_or_worse": None, "reason_code": "within_chance"}
    moved = {**rising, "better_or_worse": None}
    assert ways_sentence("X", [rising, steady, moved, moved, None]) == (
        "Of 5 indicators for X, 1 is getting better beyond chance and none worse; 2 are moving "
        "where neither way is good, 1 shows no clear trend and for 1 the trend is not known."
    )
    assert way_words(moved) == "rising"


def test_words_of_a_standing_never_hide_that_there_is_no_test() -> None:
    none = dict.fromkeys(("better", "worse", "higher", "lower", "differ", "differ_alone"), 0)
    untested = {**none, "areas": 9, "cannot_compare": 9}
    assert differ_words(untested) == "no test"
    assert differ_words({**untested, "cannot_compare": 2}) == "none"
    assert differ_sentence("X", [untested]) == ("No figure of an authority can be compared with X.")


def test_a_word_that_is_spelt_nearly_right_is_understood() -> None:
    assert corrected("Care leavr", ["leaver"]) == ["care leaver"]
    assert nearest("Mancester", ["Manchester", "Leicester", "Kent"]) == ["Manchester"]
    assert nearest("Sout Tynside", ["South Tyneside", "North Tyneside"])[0] == "South Tyneside"
    assert nearest("", ["Kent"]) == []
    assert nearest("zzzz", ["Kent"]) == []

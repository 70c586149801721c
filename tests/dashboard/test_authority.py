"""The page of an authority: what is unlike others, the core set, and what is folded."""

import math
import re
from collections.abc import Mapping
from typing import Any

import pytest

from api.contract import Outcome
from api.judging import TOO_FEW
from dashboard.components.authority_differences import in_order
from dashboard.page import Node, Page
from dashboard.prerender import to_html
from dashboard.words.agreement import agreement_words
from dashboard.words.differences import UNNAMED_REASON, is_between, short_reason
from indicators.catalogue import load_catalogue
from indicators.comparison import can_test, why_not
from tests.dashboard.fake_api import COUNT, RATE, SCORE, SHARE, FakeApi
from tests.dashboard.fake_pairs import PAIR
from tests.dashboard.reading import AUTHORITY, nodes_of, rendered, tables_of, text_of
from tests.indicators.singly import against_group, against_value

ADDRESS = f"/areas/{AUTHORITY}"
HIGH, PLAIN = 99.0, 10.0


def fake_with(values: Mapping[str, float], not_core: set[str] | None = None) -> FakeApi:
    fake = FakeApi()
    fake.not_core = not_core or set()
    for id in (RATE, SHARE):
        fake.figures.values[(id, "RY2025", fake.places.country.code)] = PLAIN
        fake.figures.values[(id, "RY2025", AUTHORITY)] = values.get(id, PLAIN)
    return fake


def section_of(page: Page, id: str) -> Node:
    return next(
        (
            found
            for found in nodes_of(page.content)
            if found["type"] == "Section" and found["props"]["aria-labelledby"] == id
        ),
        None,
    )


def part(page: Page, id: str) -> dict[str, Any]:
    return next(dict(f) for f in nodes_of(page.content) if f["props"].get("id") == id)


def test_what_differs_is_said_first_with_whom_it_differs_from_and_a_link() -> None:
    page = rendered(ADDRESS, fake_with({SHARE: HIGH}))
    unlike = section_of(page, "unlike")
    words = re.sub(r"\s+", " ", text_of(unlike))
    assert "worse than Made-up country (10.0%) and neighbours (median 10.0%; 9 of 10" in words
    assert "In 1 of the 2 indicators that can be compared" in words
    assert f'href="/indicators/{SHARE}?area={AUTHORITY}"' in to_html(unlike)
    assert 'href="/sources/' in to_html(unlike)
    first = next(found for found in nodes_of(page.content) if found["type"] == "Section")
    assert first["props"]["aria-labelledby"] == "unlike"


def test_outcomes_that_differ_stand_beside_performance_and_an_empty_side_says_so() -> None:
    unlike = section_of(rendered(ADDRESS, fake_with({SHARE: HIGH})), "unlike")
    columns = [text_of(found) for found in nodes_of(unlike) if found["type"] == "Col"]
    assert columns[0] == "Outcomes None differs."
    assert columns[1].startswith("Performance Moved often")


def test_context_that_differs_is_folded_and_given_no_judgement() -> None:
    unlike = section_of(rendered(ADDRESS, fake_with({RATE: HIGH})), "unlike")
    fold = next(found for found in nodes_of(unlike) if found["type"] == "Details")
    words = re.sub(r"\s+", " ", text_of(fold))
    assert words.startswith("1 indicator of context that differs Children in care")
    assert "higher than" in words
    assert "open" not in fold["props"]


def test_nothing_is_said_of_differences_where_there_is_none() -> None:
    page = rendered(ADDRESS, fake_with({}))
    assert section_of(page, "unlike") is None
    assert "#unlike" not in to_html(page.content)


def test_no_more_than_six_lines_stand_open_on_a_side(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = fake_with({SHARE: HIGH})
    plain = fake.figures.profile_row
    names = [f"Moved {n}" for n in range(9)]

    def profile(given: dict[str, str], code: str) -> list[dict[str, Any]]:
        held = next(card for card in fake.cards if card["id"] == SHARE)
        row = plain(held, fake.places.area(code))
        return [
            row | {"indicator": f"moved_{n}", "short_title": title} for n, title in enumerate(names)
        ]

    monkeypatch.setattr(fake, "_profile", profile)
    unlike = section_of(rendered(ADDRESS, fake), "unlike")
    fold = next(found for found in nodes_of(unlike) if found["type"] == "Details")
    assert text_of(fold).startswith("3 more measures of performance that differ")
    assert [name for name in names if name in text_of(fold)] == names[6:]
    assert all(name in text_of(unlike) for name in names)


def test_what_differs_from_both_comes_first_and_then_the_surest() -> None:
    fake = fake_with({})
    held = {card["id"]: card for card in fake.cards}
    area = fake.places.area(AUTHORITY)

    def row(id: str, rank: int, *outcomes: str) -> Any:
        made = fake.figures.profile_row(held[id], area)
        withs = ("england", "neighbours")
        compared = [
            fake.figures.comparison(held[id], area, "RY2025", named) | {"outcome": outcome}
            for named, outcome in zip(withs, outcomes, strict=True)
        ]
        standing = [
            {"with": "own_past", "rank": 1, "certainty": "certain", "difference": 9.0, "size": 9.0},
            {
                "with": "neighbours",
                "rank": rank,
                "certainty": "certain",
                "difference": 1.0,
                "size": 1.0,
            },
        ]
        return made | {"comparisons": compared, "stands_out": standing}

    rows = [
        row(RATE, 2, Outcome.SIMILAR, Outcome.HIGHER),
        row(COUNT, 1, Outcome.SIMILAR, Outcome.LOWER),
        row(SHARE, 3, Outcome.WORSE, Outcome.BETTER),
    ]
    assert [found["indicator"] for found in in_order(rows)] == [SHARE, COUNT, RATE]


def a_change(fake: FakeApi, monkeypatch: pytest.MonkeyPatch, **more: Any) -> None:
    """Let one indicator have changed since the year before, and go up for five years."""
    plain = fake.figures.profile_row
    trend = {"marker": "increasing", "better_or_worse": "worse", "first_period": "RY2021"}

    def profile(given: dict[str, str], code: str) -> list[dict[str, Any]]:
        assert given["with"].split(",")[-1] == "own_past"
        area = fake.places.area(code)
        held = next(card for card in fake.cards if card["id"] == SHARE)
        row = plain(held, area)
        past = fake.figures.comparison(held, area, "RY2025", "england") | {
            "with": "own_past", "group": "RY2024", "outcome": "worse", "p": 0.001,
            "comparator_value": 12.3,
        }  # fmt: skip
        standing = {"with": "own_past", "rank": 1, "certainty": "certain", "difference": 2.0, "size": 1.0}  # fmt: skip  # noqa: E501
        return [
            row
            | {"comparisons": [*row["comparisons"], past], "stands_out": [standing]}
            | {"trend": row["trend"] | trend}
            | more
        ]

    monkeypatch.setattr(fake, "_profile", profile)


def test_what_changed_by_more_than_chance_has_a_part_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fake = fake_with({})
    a_change(fake, monkeypatch)
    page = rendered(ADDRESS, fake)
    words = re.sub(r"\s+", " ", text_of(section_of(page, "changed")))
    assert "In 1 of the 1 indicator whose two latest figures can be compared" in words
    assert "Moved often" in words
    assert "worse than in the year ending 31 March 2024 (12.3%)" in words
    assert "rising since the year ending 31 March 2021, which is worse" in words
    assert 'href="#changed"' in to_html(page.content)
    heads = text_of(part(page, "profile-table"))
    assert "Own past" not in heads  # the past is no column beside the comparators


def test_where_nothing_changed_there_is_no_such_part() -> None:
    assert section_of(rendered(ADDRESS, fake_with({})), "changed") is None


def test_a_card_names_the_comparators_on_which_its_conclusion_rests(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fake = fake_with({})
    held = {"worse": ["neighbours:2020", "type"], "similar": ["england", "region", "neighbours"]}
    agreement = {"outcomes": held, "comparators": 5, "sentence": ""}
    a_change(fake, monkeypatch, agreement=agreement)
    cards = [text_of(found) for found in nodes_of(rendered(ADDRESS, fake).content) if found["type"] == "Article"]  # fmt: skip  # noqa: E501
    assert "Depends on the comparator: similar to Made-up country, " in cards[0]
    assert " and neighbours; worse than neighbours of 2020 and its type." in cards[0]


def test_one_conclusion_under_all_comparators_is_said_as_such() -> None:
    alike = {"worse": ["A", "B", "C"], "cannot_compare": ["D"]}
    assert agreement_words(alike) == "Worse under all 3 comparators."
    assert agreement_words({"worse": ["A"], "cannot_compare": ["B", "C"]}) == ""
    assert agreement_words({}) == ""


def test_the_core_set_has_cards_and_the_others_are_folded_lines() -> None:
    page = rendered(ADDRESS, fake_with({}, not_core={SHARE, COUNT}))
    cards = [found["props"]["id"] for found in nodes_of(page.content) if found["type"] == "Article"]
    assert cards == [SCORE, RATE]
    fold = part(page, "more-in_care")
    assert fold["type"] == "Details"
    assert "open" not in fold["props"]
    assert text_of(fold).startswith("1 more on children in care  – 1 of performance")
    lines = [f["props"]["id"] for f in nodes_of(fold) if f["props"].get("className") == "line"]
    assert lines == [SHARE]
    assert f"/sources/office_children_2025?area={AUTHORITY}" in to_html(fold)


def test_an_empty_side_leads_to_what_is_folded() -> None:
    page = rendered(ADDRESS, fake_with({}, not_core={SHARE}))
    empty = next(f for f in nodes_of(page.content) if f["props"].get("className") == "empty")
    assert text_of(empty) == "No indicator of performance is in the core set;  1 further down ."
    assert 'href="#more-in_care"' in to_html(empty)


def test_a_stage_without_a_core_set_is_not_folded() -> None:
    page = rendered(ADDRESS, fake_with({}, not_core={COUNT}))
    fold = part(page, "more-system")
    assert fold["props"]["open"] is True
    assert text_of(fold).startswith("1 on the system")


def test_a_reason_is_said_once_on_the_page_and_every_figure_leads_to_it() -> None:
    page = rendered(ADDRESS)
    text = to_html(page.content)
    assert text.lower().count("the spread is not published") == 1
    assert text_of(part(page, "cannot-compare")).count("Wellbeing score") == 1
    card = part(page, SCORE)
    assert 'href="#cannot-compare"' in to_html(card)
    assert "cannot compare: no interval" in text_of(card)


def test_the_table_says_the_unit_once_and_how_many_have_data_only_where_some_have_none() -> None:
    page = rendered(ADDRESS, fake_with({SHARE: HIGH}))
    tables = tables_of(page)
    rows = next(rows for caption, rows in tables.items() if "beside their comparators" in caption)
    row = next(row for row in rows if row[0] == "Moved often")
    assert row[2:4] == ["99.0", "per cent"]
    assert "%" not in "".join(row)
    assert row[-2] == "none  fewer than five years"  # the trend
    assert row[-3].split() == ["10.0", "(10.0)", "worse", "9", "of", "10", "with", "data"]
    assert "with data" not in "".join(row[5:7])
    assert [len(tables), part(page, "profile-table")["type"]] == [3, "Details"]


def test_every_reason_of_a_test_has_its_short_words() -> None:
    indicator = next(held for held in load_catalogue() if not can_test(held))
    unknown = (math.nan, math.nan)
    verdicts = [against_value(math.nan, 1.0), against_group(indicator, unknown, unknown)]
    reasons = [why_not(indicator), TOO_FEW, *(verdict.reason for verdict in verdicts)]
    assert UNNAMED_REASON not in map(short_reason, reasons)
    assert short_reason("Quite another reason") == UNNAMED_REASON


def test_a_value_between_median_and_all_together_is_known() -> None:
    row: Any = {"value": 26.8, "median": 19.3, "pooled": 31.7}
    assert is_between(row)
    assert not is_between(row | {"pooled": 21.0})
    assert not is_between(row | {"pooled": None})
    assert is_between(row | {"value": 19.3})
    assert not is_between(row | {"value": 19.3, "pooled": 19.3})


def test_where_there_is_no_trend_card_and_table_say_why() -> None:
    page = rendered(ADDRESS)
    assert "Trend: none can be told: fewer than five yearly figures" in text_of(page.content)
    (rows,) = (rows for caption, rows in tables_of(page).items() if "all indicators" in caption)
    assert {row[-2] for row in rows} == {"none  fewer than five years"}


def test_an_authority_leads_to_the_pairs_and_the_pairs_keep_it() -> None:
    assert f'href="/pairs?area={AUTHORITY}"' in to_html(
        section_of(rendered(ADDRESS), "read-together")
    )
    pairs = to_html(rendered(f"/pairs?area={AUTHORITY}").content)
    assert f'href="/pairs/{PAIR}?area={AUTHORITY}"' in pairs
    back = to_html(rendered(f"/pairs/{PAIR}?area={AUTHORITY}").content)
    assert f'href="/pairs?area={AUTHORITY}"' in back


def test_authorities_that_ended_stand_in_a_fold_with_their_day_and_successors() -> None:
    (rows,) = (
        rows
        for caption, rows in tables_of(rendered("/areas")).items()
        if caption == "Authorities that ended"
    )
    assert ["Galdenshire", "31 March 2021", "North Galdenshire West Galdenshire"] in rows

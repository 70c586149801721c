"""The page of an authority: what stands out, the balance of its figures, and its switches."""

import math
import re
from collections.abc import Mapping
from typing import Any

import pytest

from api.contract import Outcome
from api.judging import TOO_FEW
from dashboard.answers import Library
from dashboard.page import Node, Page
from dashboard.prerender import to_html
from dashboard.report.lines import Maker
from dashboard.report.profile import in_order
from dashboard.words.differences import UNNAMED_REASON, short_reason
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


def list_of(page: Page, id: str) -> Node:
    """Return the list under a heading of what stands out."""
    return next(
        found
        for found in nodes_of(section_of(page, "stands-out"))
        if any(
            isinstance(child, Mapping) and child["props"].get("id") == id
            for child in found["props"].get("children") or ()
        )
    )


def said_in(content: Node) -> str:
    return re.sub(r"\s+", " ", text_of(content)).strip()


def test_what_differs_is_said_first_with_whom_it_differs_from_and_a_link() -> None:
    page = rendered(ADDRESS, fake_with({SHARE: HIGH}))
    unlike = list_of(page, "unlike")
    words = said_in(unlike)
    assert "worse than Made-up country (10.0%) and neighbours (10.0%)" in words
    assert "1 of 2 comparable indicators differ" in said_in(section_of(page, "stands-out"))
    assert f'href="/indicators/{SHARE}?area={AUTHORITY}"' in to_html(unlike)
    first = next(found for found in nodes_of(page.content) if found["type"] == "Section")
    assert first["props"]["aria-labelledby"] == "stands-out"


def test_context_stands_in_what_stands_out_only_where_there_is_nothing_else() -> None:
    both = list_of(rendered(ADDRESS, fake_with({RATE: HIGH, SHARE: HIGH})), "unlike")
    assert "Moved often" in text_of(both)
    assert "Children in care" not in text_of(both)
    alone = list_of(rendered(ADDRESS, fake_with({RATE: HIGH})), "unlike")
    assert "Children in care" in text_of(alone)
    assert "higher than" in said_in(alone)


def test_nothing_is_said_of_differences_where_there_is_none() -> None:
    assert section_of(rendered(ADDRESS, fake_with({})), "stands-out") is None


def test_what_stands_out_is_few_and_leads_to_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
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
    unlike = section_of(rendered(ADDRESS, fake), "stands-out")
    assert [name for name in names if name in text_of(unlike)] == names[:3]
    assert f'href="{ADDRESS}?only=beyond_chance"' in to_html(unlike)
    every = rendered(f"{ADDRESS}?only=beyond_chance", fake)
    assert all(name in text_of(section_of(every, "stage-in_care")) for name in names)


def test_only_what_differs_or_changed_is_left_where_that_is_asked_for() -> None:
    page = rendered(f"{ADDRESS}?only=beyond_chance", fake_with({SHARE: HIGH}))
    rows = [found["props"]["id"] for found in nodes_of(page.content) if found["type"] == "Tbody" and "id" in found["props"]]  # fmt: skip  # noqa: E501
    assert rows == [SHARE]


def test_choices_that_leave_nothing_say_so_and_lead_back() -> None:
    page = rendered(f"{ADDRESS}?stage=leaving_care", fake_with({}))
    assert "No indicator is left by these choices." in text_of(page.content)
    assert f'href="{ADDRESS}?view=all"' in to_html(page.content)


def a_line(fake: FakeApi, id: str, rank: int, *outcomes: str) -> Any:
    """Return a line that compares in some way with country and neighbours."""
    held = next(card for card in fake.cards if card["id"] == id)
    area = fake.places.area(AUTHORITY)
    made = fake.figures.profile_row(held, area)
    withs = ("england", "neighbours")
    compared = [
        fake.figures.comparison(held, area, "RY2025", named) | {"outcome": outcome}
        for named, outcome in zip(withs, outcomes, strict=True)
    ]
    past = {"with": "own_past", "rank": 1, "certainty": "certain", "difference": 9.0, "size": 9.0}
    standing = [past, past | {"with": "neighbours", "rank": rank}]
    row: Any = made | {"comparisons": compared, "stands_out": standing}
    country: Any = fake.where.card(fake.places.country)
    detail: Any = fake.where.detail(area)
    library = Library("r", {country["code"]: country}, {}, ())
    maker = Maker(detail, library, ["england", "region", "neighbours"])
    return maker.lines([row])[0]


def test_what_differs_from_both_comes_first_and_then_the_surest() -> None:
    fake = fake_with({})
    lines = [
        a_line(fake, RATE, 2, Outcome.SIMILAR, Outcome.HIGHER),
        a_line(fake, COUNT, 1, Outcome.SIMILAR, Outcome.LOWER),
        a_line(fake, SHARE, 3, Outcome.WORSE, Outcome.BETTER),
    ]
    assert [line.indicator for line in in_order(lines)] == [SHARE, COUNT, RATE]


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


def test_what_changed_by_more_than_chance_has_a_list_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fake = fake_with({})
    a_change(fake, monkeypatch)
    page = rendered(ADDRESS, fake)
    assert "1 of 1 changed since the period before" in said_in(section_of(page, "stands-out"))
    words = said_in(list_of(page, "changed"))
    assert words == "Unlike its own past Moved often 10.0% worse than in 2024 (12.3%)"
    row = part(page, SHARE)
    assert "↗ rising since 2023 (worse)" in said_in(row)
    assert "12.3" not in text_of(row)  # the past is no column beside the comparators


def test_a_row_that_differs_names_the_comparators_on_which_that_rests(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fake = fake_with({})
    held = {"worse": ["neighbours:2020", "type"], "similar": ["england", "region", "neighbours"]}
    a_change(fake, monkeypatch, agreement={"outcomes": held, "comparators": 5, "sentence": ""})
    words = said_in(part(rendered(f"{ADDRESS}?only=beyond_chance", fake), SHARE))
    assert "Depends on the comparator: similar to Made-up country, " in words
    assert " and neighbours; worse than neighbours of 2020 and its type." in words


def rows_of(page: Page) -> list[str]:
    """Return the indicators that have a row, in the order of the page."""
    bodies = (found for found in nodes_of(page.content) if found["type"] == "Tbody")
    return [found["props"]["id"] for found in bodies if "id" in found["props"]]


def test_the_core_set_comes_first_and_all_are_a_link_away() -> None:
    fake = fake_with({}, not_core={SHARE, COUNT})
    page = rendered(ADDRESS, fake)
    assert rows_of(page) == [SCORE, RATE]
    assert f'href="{ADDRESS}?view=all"' in to_html(part(page, "indicators"))
    assert "Core set (2)" in text_of(part(page, "indicators"))
    assert set(rows_of(rendered(f"{ADDRESS}?view=all", fake))) == {SCORE, SHARE, COUNT, RATE}


def test_each_indicator_has_one_row_with_its_source() -> None:
    page = rendered(ADDRESS)
    assert len(set(rows_of(page))) == len(rows_of(page)) == 4
    assert f"/sources/office_children_2025?area={AUTHORITY}" in to_html(part(page, SHARE))


def test_an_empty_side_leads_to_what_is_beyond_the_core_set() -> None:
    page = rendered(ADDRESS, fake_with({}, not_core={SHARE}))
    empty = next(f for f in nodes_of(page.content) if f["props"].get("className") == "empty")
    assert text_of(empty).startswith("No indicator of performance is in the core set;")
    assert f'href="{ADDRESS}?view=all&amp;stage=in_care"' in to_html(empty)


def test_without_a_core_set_all_are_shown() -> None:
    page = rendered(ADDRESS, fake_with({}, not_core={SHARE, COUNT, RATE, SCORE}))
    assert len(rows_of(page)) == 4
    assert "Core set" not in text_of(part(page, "indicators"))


def test_a_reason_is_said_once_on_the_page_and_every_figure_leads_to_it() -> None:
    page = rendered(ADDRESS)
    text = to_html(page.content)
    assert text.lower().count("the spread is not published") == 1
    assert text_of(part(page, "cannot-compare")).count("Wellbeing score") == 1
    row = part(page, SCORE)
    assert 'href="#cannot-compare"' in to_html(row)
    assert text_of(row).count("cannot compare: no interval") == 1


def test_the_wide_table_is_a_view_and_says_the_unit_once() -> None:
    assert "profile-table" not in to_html(rendered(ADDRESS).content)
    page = rendered(f"{ADDRESS}?view=table", fake_with({SHARE: HIGH}))
    assert rows_of(page) == []
    (rows,) = (rows for caption, rows in tables_of(page).items() if "beside their comp" in caption)
    row = next(row for row in rows if row[0] == "Moved often")
    assert row[4:6] == ["99.0", "per cent"]
    assert row[-2] == "none  fewer than five years"  # the trend
    assert row[-3].split() == ["10.0", "worse", "mean", "10.0%,", "9", "of", "10"]


def test_mean_and_number_of_neighbours_stand_with_the_median() -> None:
    words = said_in(part(rendered(ADDRESS, fake_with({SHARE: HIGH})), SHARE))
    assert "10.0% worse mean 10.0%, 9 of 10" in words


def test_every_reason_of_a_test_has_its_short_words() -> None:
    indicator = next(held for held in load_catalogue() if not can_test(held))
    unknown = (math.nan, math.nan)
    verdicts = [against_value(math.nan, 1.0), against_group(indicator, unknown, unknown)]
    reasons = [why_not(indicator), TOO_FEW, *(verdict.reason for verdict in verdicts)]
    assert UNNAMED_REASON not in map(short_reason, reasons)
    assert short_reason("Quite another reason") == UNNAMED_REASON


def test_where_there_is_no_trend_row_and_table_say_why() -> None:
    assert "no trend: fewer than five years" in text_of(part(rendered(ADDRESS), SHARE))
    page = rendered(f"{ADDRESS}?view=table")
    (rows,) = (rows for caption, rows in tables_of(page).items() if "beside their" in caption)
    assert {row[-2] for row in rows} == {"none  fewer than five years"}


def test_an_authority_leads_to_the_pairs_and_the_pairs_keep_it() -> None:
    assert f'href="/pairs?area={AUTHORITY}"' in to_html(
        section_of(rendered(ADDRESS), "read-together")
    )
    pairs = to_html(rendered(f"/pairs?area={AUTHORITY}").content)
    assert f'href="/pairs/{PAIR}?area={AUTHORITY}"' in pairs
    back = to_html(rendered(f"/pairs/{PAIR}?area={AUTHORITY}").content)
    assert f'href="/pairs?area={AUTHORITY}"' in back

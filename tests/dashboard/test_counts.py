"""Indicators that count authorities: yes or no for one, so many of so many for the others."""

from typing import Any, cast

import pytest

from api.contract import ComparisonRow
from dashboard.prerender import to_html
from dashboard.words.counts import (
    compared_count,
    counted_change,
    counted_of,
    counted_sentence,
    own_amount,
)
from dashboard.words.outcomes import Measure
from tests.dashboard.fake_api import COUNT, FakeApi
from tests.dashboard.reading import AUTHORITY, rendered, tables_of, text_of

COUNTED = "X06000003"
MEASURE = Measure("authorities", 0, "snapshot")
PAGE = f"/indicators/{COUNT}"


def row(**changes: Any) -> ComparisonRow:
    held = {
        "statistic_shown": "pooled",
        "model": "2024",
        "status": "ok",
        "units_counted": 10,
        "comparator_value": 3,
        "reason": "No valid interval: a full count has none",
    }
    return cast("ComparisonRow", held | changes)


def test_an_authority_is_counted_or_not() -> None:
    assert own_amount(1, "authorities", 0) == "Yes"
    assert own_amount(0, "authorities", 0) == "No"
    assert own_amount(12, "authorities", 0, is_authority=False) == "12 authorities"
    assert own_amount(1, "per 10,000", 0) == "1 per 10,000"


@pytest.mark.parametrize(
    ("value", "of", "said"),
    [
        (3, 10, "3 of 10 authorities"),
        (0, 1, "0 of 1 authority"),
        (1, None, "1 authority"),
        (None, 10, "–"),
    ],
)
def test_a_group_is_so_many_of_so_many(value: int | None, of: int | None, said: str) -> None:
    assert counted_of(value, of) == said


def test_an_authority_is_left_out_of_its_own_group_and_of_its_size() -> None:
    assert compared_count(row()) == "3 of 10 authorities"
    assert compared_count(row(model=None)) == "3 of 9 authorities"
    assert compared_count(row(model=None, status="not_available")) == "3 of 10 authorities"
    assert compared_count(row(model=None, statistic_shown="value")) == "3 of 10 authorities"


def test_the_sentence_of_a_count_says_yes_or_no_and_why_nothing_is_compared() -> None:
    said = counted_sentence("Kent", 1, "RY2025", MEASURE, [("its statistical neighbours", row())])
    assert said == (
        "Kent: yes on 31 March 2025. Its statistical neighbours: 3 of 10 authorities. "
        "No valid interval: a full count has none."
    )


@pytest.mark.parametrize(
    ("value", "before", "is_authority", "said"),
    [
        (1, 1, True, "Yes, as on 31 March 2024."),
        (0, 1, True, "No, and yes on 31 March 2024."),
        (45, 40, False, "45 authorities, and 40 on 31 March 2024."),
        (None, 1, True, "No change can be given: there is no figure for the latest period."),
        (1, None, True, "No change can be given: there is no figure on 31 March 2024."),
    ],
)
def test_a_count_stands_beside_the_one_before(
    value: int | None, before: int | None, is_authority: bool, said: str
) -> None:
    found = counted_change(value, before, "RY2024", MEASURE, is_authority=is_authority)
    assert found == said


def test_a_page_of_a_count_calls_nothing_a_mean_or_a_median() -> None:
    asked = ("", f"area={AUTHORITY}", f"area={AUTHORITY}&compare=area_type")
    views = ("", "map", "trend", "groups", "table", "about")
    for address in (f"{PAGE}?view={view}&{query}" for query in asked for view in views):
        page = rendered(address)
        words = text_of(page.content).lower() + to_html(page.content).lower()
        assert "median" not in words
        assert not {" mean ", "(mean", "mean)"} & set(words.split())


def test_the_table_of_a_count_says_yes_and_no_and_sums_for_the_whole() -> None:
    rows = next(
        rows
        for caption, rows in tables_of(rendered(f"{PAGE}?view=table")).items()
        if "all areas" in caption
    )
    country, authorities = rows[0], rows[10:]
    assert {row[1] for row in authorities} == {"Yes", "No"}
    count = sum(row[1] == "Yes" for row in authorities)
    assert country[1] == f"{count} of {len(authorities)} authorities"


def test_groups_of_a_count_say_how_many_of_how_many() -> None:
    tables = tables_of(rendered(f"{PAGE}?view=groups"))
    rows = tables["Judged good, Region"]
    assert all(len(row) == 3 for row in rows)
    assert all(" of " in row[1] and row[1].endswith("authorities") for row in rows)


def test_comparisons_of_a_count_have_no_difference() -> None:
    tables = tables_of(rendered(f"{PAGE}?area={COUNTED}"))
    rows = next(rows for caption, rows in tables.items() if "compared" in caption)
    assert all(len(row) == 3 for row in rows)
    assert all("cannot compare" in row[1] for row in rows)


def test_a_count_is_not_put_in_order_nor_drawn_as_two_values() -> None:
    text = to_html(rendered(f"{PAGE}?area={COUNTED}").content)
    assert "svg" in text  # the map stays
    assert "Corveldale: Yes" in text  # its hexagon
    assert "view=ranked" not in text
    for view in ("", "trend", "ranked", "distribution", "funnel", "groups"):
        shown = to_html(rendered(f"{PAGE}?area={COUNTED}&view={view}").content)
        assert 'class="drawing dots ranked"' not in shown
        assert 'class="drawing dots"' not in shown
        assert 'class="course chosen"' not in shown
    assert "authorities have no order" in text_of(rendered(f"{PAGE}?view=ranked").content)


def test_an_authority_reads_yes_or_no_on_its_page() -> None:
    for code, said in ((COUNTED, "Yes"), (AUTHORITY, "No")):
        tables = tables_of(rendered(f"/areas/{code}?view=table"))
        rows = next(rows for caption, rows in tables.items() if "beside their comp" in caption)
        (own,) = [row for row in rows if row[0] == "Judged good"]
        assert own[4] == said
        assert "median" not in " ".join(own)


def test_a_counted_figure_is_traced_to_the_word_in_the_file() -> None:
    address = f"/sources/office_children_2025?indicator={COUNT}&period=RY2025&area={COUNTED}"
    page = rendered(address, FakeApi())
    assert page.description == (
        "Corveldale: yes on 31 March 2025, because column “Group of children” of the file "
        "children_2025.csv (Made-up statistics office, 20 November 2025) says “Looked after”."
    )
    other = rendered(address.replace(COUNTED, AUTHORITY))
    assert other.description.startswith("Brennowcombe: no on 31 March 2025, because column ")
    assert "does not say" in other.description

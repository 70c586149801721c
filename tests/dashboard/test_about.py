"""About the data: sources by publication, how totals compare, what is missing, what went wrong."""

from typing import Any

from dashboard.components.publications import (
    by_publication,
    publications_table,
    totals_by_publication,
    totals_sentence,
)
from dashboard.pages.sources import opening_sentence
from dashboard.prerender import to_html
from tests.dashboard.fake_cards import COMPUTED, RATE, RELEASE, SOURCE
from tests.dashboard.reading import rendered, tables_of, text_of


def source(title: str, vintage: str, published: str, **more: Any) -> Any:
    return {**SOURCE, "id": f"{title}_{vintage}", "title": title, "vintage": vintage,
            "published_on": published, "published_on_basis": "confirmed", **more}  # fmt: skip


def test_the_page_lists_publications_with_dates_designation_and_licence() -> None:
    tables = tables_of(rendered("/sources"))
    (row,) = tables["Publications in this release"]
    assert row[0] == "Children in care 2025 Made-up statistics office"
    assert row[1].startswith("2025: 20 November 2025, day not confirmed")
    assert row[2] == "Accredited official statistics OGL v3.0"


def test_each_publication_names_the_indicators_that_are_read_of_it() -> None:
    text = to_html(rendered("/sources").content)
    part = text[text.index('id="indicators"') : text.index('id="tables"')]
    assert f'href="/indicators/{RATE}"' in part


def test_tables_of_one_publication_stand_together_the_newest_vintage_first() -> None:
    sources = [
        source("Care: Rates", "2024", "2024-11-14"),
        source("Care: Rates", "2025", "2025-11-26"),
        source("Care: Moves", "2025", "2025-11-26"),
        source("Spending: Outturn", "2024_25", "2025-12-04", published_on_basis="not confirmed"),
        COMPUTED,
    ]
    assert [(name, len(held)) for name, held in by_publication(sources)] == [
        ("Care", 3),
        ("Spending", 1),
    ]
    text = text_of(publications_table(sources))
    assert text.index("2025: 26 November 2025  (2 tables)") < text.index("2024: 14 November 2024")
    assert "2024-25: 4 December 2025, day not confirmed" in text
    assert text.count("day not confirmed") == 1


def test_a_difference_of_totals_names_period_and_missing_authorities() -> None:
    tables = tables_of(rendered("/sources"))
    (row,) = tables[f"{SOURCE['title']}: totals that differ"]
    assert row[0] == "31 March 2025"
    assert row[1] == "1"
    assert "and" not in row[2]
    assert "10 published totals" in text_of(rendered("/sources").content)


def test_of_many_missing_authorities_the_first_are_named_and_the_rest_counted() -> None:
    codes = [f"X0600000{place}" for place in range(1, 10)]
    areas: Any = {code: {"name": f"Area {code[-1]}"} for code in codes}
    held = {"indicator": RATE, "period": "RY2024", "areas": [], "missing": codes}
    totals = {"compared": 3, "agreed": 2, "mismatches": [held]}
    folds = totals_by_publication([{**SOURCE, "totals": totals}], areas, {})  # type: ignore[typeddict-item]
    assert "Area 1, Area 2, Area 3, Area 4, Area 5, Area 6 and 3 more" in text_of(folds)
    assert "2 of 3 agree" in text_of(folds)


def test_without_any_comparison_of_totals_the_page_says_so() -> None:
    assert "No published totals were compared" in totals_sentence([COMPUTED])  # type: ignore[list-item]


def test_a_known_problem_names_areas_periods_and_what_totals_hold() -> None:
    tables = tables_of(rendered("/about"))
    one, everywhere = tables["Figures that are missing or not what they seem"]
    assert one[0].startswith("Brennowcombe")
    assert one[1].startswith("Year ending 31 March 2024")
    assert one[3] == "The year before."
    assert everywhere[0] == "All"
    assert everywhere[1].startswith("Academic year 2019-20 to academic year 2020-21")


def test_each_table_leads_to_its_files() -> None:
    assert f'href="/sources/{SOURCE["id"]}"' in to_html(rendered("/sources").content)


def test_the_page_about_the_data_leads_to_where_each_thing_is_told() -> None:
    text = to_html(rendered("/about").content)
    for path in ("sources", "missing", "methods", "definitions", "releases", "accessibility"):
        assert f'href="/{path}"' in text
    for id in ("sources", "missing", "method", "problems", "licence"):  # older links lead here
        assert f'id="{id}"' in text


def returns_of(*authorities: str) -> list[Any]:
    return [source("A return", "1", "", kind="submission", publisher=name) for name in authorities]


card: Any = {"id": RELEASE}


def test_a_release_of_returns_says_how_many_of_how_many_authorities() -> None:
    told = opening_sentence(card, returns_of("One", "One", "Two"))
    assert told == f"Release {RELEASE} is made from 3 returns of 2 authorities."


def test_a_release_of_both_says_both() -> None:
    both = [source("Care: Rates", "2025", "2025-11-26"), *returns_of("One")]
    told = opening_sentence(card, both)
    assert "made from 1 table of 1 publication and 1 return of 1 authority" in told
    assert told.endswith("the newest table of 26 November 2025 and the oldest of 26 November 2025.")

"""An authority that has ended: when, what took its place, and its last figures."""

from dataclasses import replace
from datetime import date

from reference.placesets import load_place_set
from tests.dashboard.fake_api import RATE, SHARE, FakeApi
from tests.dashboard.reading import nodes_of, rendered, tables_of, text_of

FORMER = "X10000022"


def fake_with_former(last_day: date) -> FakeApi:
    places = load_place_set("made_up")
    areas = (
        replace(area, last_day=last_day) if area.code == FORMER else area for area in places.areas
    )
    fake = FakeApi(replace(places, areas=tuple(areas)))
    for period in ("RY2023", "RY2024"):
        fake.figures.values |= {(id, period, FORMER): 40.0 for id in (RATE, SHARE)}
    return fake


def test_its_page_says_when_it_ended_and_leads_to_what_took_its_place() -> None:
    page = rendered(f"/areas/{FORMER}", fake_with_former(date(2024, 3, 31)))
    assert page.description == (
        "Galdenshire ended on 31 March 2024; other authorities took its place."
    )
    links = [found["props"]["href"] for found in nodes_of(page.content) if found["type"] == "A"]
    assert {"/areas/X06000062", "/areas/X06000063"} <= set(links)
    assert any("period=all" in address and "format=csv" in address for address in links)


def test_its_page_holds_its_last_figures_and_no_cards() -> None:
    page = rendered(f"/areas/{FORMER}", fake_with_former(date(2024, 3, 31)))
    rows = next(rows for caption, rows in tables_of(page).items() if "last figure" in caption)
    assert [row[2] for row in rows][:2] == ["31 March 2024", "year ending 31 March 2024"]
    assert "figure-card" not in str(page.content)


def test_its_figures_beyond_the_core_set_are_folded_by_stage() -> None:
    fake = fake_with_former(date(2024, 3, 31))
    fake.not_core = {SHARE}
    page = rendered(f"/areas/{FORMER}", fake)
    fold = next(found for found in nodes_of(page.content) if found["type"] == "Details")
    assert text_of(fold).startswith("1 more on children in care")
    assert "Moved often" in text_of(fold)
    assert "open" not in fold["props"]


def test_its_page_says_plainly_where_no_figures_of_it_are_held() -> None:
    page = rendered(f"/areas/{FORMER}", fake_with_former(date(2021, 3, 31)))
    assert "No figures of it are held." in text_of(page.content)


def test_an_indicator_says_that_it_had_ended_before_the_period() -> None:
    page = rendered(f"/indicators/{RATE}?area={FORMER}", fake_with_former(date(2024, 3, 31)))
    assert page.description == (
        "Galdenshire ended on 31 March 2024, before the period shown (31 March 2025); its last "
        "figure held is 40 per 10,000 on 31 March 2024."
    )
    assert not [caption for caption in tables_of(page) if "compared" in caption]
    choice = next(found for found in nodes_of(page.content) if found["props"].get("id") == "area")[
        "props"
    ]
    (option,) = [one for one in choice["children"] if one["props"].get("selected")]
    assert option["props"]["value"] == FORMER
    assert text_of(option) == "Galdenshire (until 31 March 2024)"


def test_it_is_compared_in_a_period_in_which_it_was_there() -> None:
    page = rendered(
        f"/indicators/{RATE}?area={FORMER}&period=RY2024", fake_with_former(date(2024, 3, 31))
    )
    assert page.description.startswith("Galdenshire, 40 per 10,000 on 31 March 2024, is ")


def test_neighbours_are_left_out_where_there_are_none() -> None:
    fake = fake_with_former(date(2024, 3, 31))
    fake.figures.without_neighbours = {FORMER}
    page = rendered(f"/indicators/{RATE}?area={FORMER}&period=RY2024", fake)
    assert "neighbours" not in page.description
    reason = "Galdenshire has no statistical neighbours in model 2024."
    assert text_of(page.content).count(reason) == 1


def test_authorities_that_ended_stand_in_a_fold_with_their_day_and_successors() -> None:
    (rows,) = (
        rows
        for caption, rows in tables_of(rendered("/areas")).items()
        if caption == "Authorities that ended"
    )
    assert ["Galdenshire", "31 March 2021", "North Galdenshire West Galdenshire"] in rows

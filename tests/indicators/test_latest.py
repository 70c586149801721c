"""The latest period of an indicator is one for all areas."""

import pytest

from indicators.latest import latest_periods
from reference.places import PlaceSet
from reference.placesets import load_place_set
from tests.builders import Row, a_cell, cells_of

ALVERBY, COUNTRY = "X06000001", "X92000001"


@pytest.fixture(scope="module")
def places() -> PlaceSet:
    return load_place_set("made_up")


def latest(places: PlaceSet, *rows: Row) -> tuple[str | None, str | None]:
    cells = cells_of(*rows)
    published, provisional = latest_periods({str(n): cells[n].to_list() for n in cells}, places)
    return published.get("an_indicator_pct"), provisional.get("an_indicator_pct")


def authorities(places: PlaceSet, period: str, share: float, **more: str) -> list[Row]:
    from reference.periods import parse_period

    held = places.authorities(parse_period(period).end)
    return [a_cell(area.code, period, 1, **more) for area in held[: round(len(held) * share)]]


def test_it_is_the_last_with_a_figure_for_the_country(places: PlaceSet) -> None:
    rows = (a_cell(COUNTRY, "RY2024", 1), a_cell(ALVERBY, "RY2025", 1))
    assert latest(places, *rows) == ("RY2024", "RY2024")


@pytest.mark.parametrize(("share", "period"), [(0.95, "RY2025"), (0.5, "RY2024")])
def test_or_the_last_with_figures_for_nine_in_ten_authorities(
    places: PlaceSet, share: float, period: str
) -> None:
    rows = (a_cell(COUNTRY, "RY2024", 1), *authorities(places, "RY2025", share))
    assert latest(places, *rows)[0] == period


def test_a_symbol_for_the_country_is_not_a_figure(places: PlaceSet) -> None:
    rows = (a_cell(COUNTRY, "RY2024", 1), a_cell(COUNTRY, "RY2025"))
    assert latest(places, *rows)[0] == "RY2024"


def test_a_breakdown_does_not_make_a_period_the_latest(places: PlaceSet) -> None:
    rows = (a_cell(COUNTRY, "RY2024", 1), a_cell(COUNTRY, "RY2025", 1, age="5_9"))
    assert latest(places, *rows)[0] == "RY2024"


def test_where_no_period_is_full_it_is_the_last_with_any_figure(places: PlaceSet) -> None:
    rows = (a_cell(ALVERBY, "RY2023", 1), a_cell(ALVERBY, "RY2024", 1), a_cell(ALVERBY, "RY2025"))
    assert latest(places, *rows)[0] == "RY2024"


def test_where_there_is_no_figure_it_is_the_last_with_any_cell(places: PlaceSet) -> None:
    assert latest(places, a_cell(ALVERBY, "RY2024"), a_cell(ALVERBY, "RY2025"))[0] == "RY2025"


def test_provisional_figures_have_a_latest_of_their_own(places: PlaceSet) -> None:
    rows = (
        a_cell(COUNTRY, "RY2024", 1),
        *authorities(places, "RY2025", 1, flags="provisional"),
    )
    assert latest(places, *rows) == ("RY2024", "RY2025")


def test_an_indicator_without_cells_has_none(places: PlaceSet) -> None:
    assert latest(places) == (None, None)

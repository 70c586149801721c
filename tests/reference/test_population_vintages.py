from reference.places import Area, AreaKind, PlaceSet, Population

PLACES = PlaceSet(
    id="two",
    title="Two estimates",
    areas=(Area("X1", "One", AreaKind.AUTHORITY),),
    area_types={},
    populations=(
        Population("X1", 2023, "2024-07-15", 100),
        Population("X1", 2023, "2025-10-30", 110),
    ),
)


def test_the_newest_estimate_known_on_a_day_is_meant() -> None:
    assert PLACES.population_known_on("X1", 2023, "2024-10-31") == 100
    assert PLACES.population_known_on("X1", 2023, "2025-10-30") == 110


def test_before_the_first_estimate_the_oldest_is_meant() -> None:
    assert PLACES.population_known_on("X1", 2023, "2023-01-01") == 100


def test_an_area_without_an_estimate_has_none() -> None:
    assert PLACES.population_known_on("X1", 2019, "2025-10-30") is None

"""The committed tables are what their builders make."""

from pathlib import Path

import pytest

import reference
from reference import build_england, build_made_up
from reference.fifths import fifths
from reference.places import PlaceSet

TABLES = Path(reference.__file__).parent


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.csv")}


def test_the_tables_of_england_are_made_from_the_published_files(
    published_dir: Path, tmp_path: Path
) -> None:
    assert build_england.main(["--from", str(published_dir), "--to", str(tmp_path)]) == 0
    committed = files_of(TABLES / "england")
    del committed["hexagons.csv"]  # made by reference.layout
    del committed["framework.csv"], committed["known_problems.csv"]  # kept by hand
    assert files_of(tmp_path) == committed


def test_missing_published_files_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build_england.main(["--from", str(tmp_path), "--to", str(tmp_path / "out")]) == 3
    assert "local_authorities.csv: not found" in capsys.readouterr().err


def test_the_tables_of_the_made_up_place_set_are_made_from_nothing(tmp_path: Path) -> None:
    build_made_up.build(tmp_path)
    assert files_of(tmp_path) == files_of(TABLES / "made_up")


def test_a_tie_never_separates_equals() -> None:
    groups, cuts = fifths(dict.fromkeys("abcdefghij", 1.0) | {"k": 2.0}, is_highest_first=False)
    assert {groups[area] for area in "abcdefghij"} == {"1"}
    assert groups["k"] == "5"
    assert cuts == (1.0,)


def test_the_first_fifth_begins_at_the_end_that_is_asked_for() -> None:
    scores = {str(score): float(score) for score in range(10)}
    highest, cuts = fifths(scores, is_highest_first=True)
    assert (highest["9"], highest["0"]) == ("1", "5")
    assert cuts == (8.0, 6.0, 4.0, 2.0)


def test_the_made_up_country_has_nothing_of_england(made_up: PlaceSet, england: PlaceSet) -> None:
    names = {area.name for area in england.areas}
    assert names.isdisjoint(area.name for area in made_up.areas)
    codes = {code.code for area in made_up.areas for code in area.codes}
    assert {code[0] for code in codes | set(made_up.by_code)} == {"X"}
    assert set(made_up.area_types).isdisjoint(england.area_types)
    assert set(made_up.neighbour_models).isdisjoint(england.neighbour_models)


def test_the_made_up_country_has_every_kind_of_area_that_england_has(made_up: PlaceSet) -> None:
    current = [area for area in made_up.authorities() if area.last_day is None]
    assert len(current) == 153
    assert sum(not area.is_rankable for area in current) == 2
    assert [len(made_up.neighbours_of(area.code)) for area in current] == [10] * 153
    assert len({area.region for area in current}) == 9
    assert {area.subregion for area in current} == {None, "X13000001", "X13000002"}
    assert made_up.resolve("X10000023").code == "X06000061"
    assert made_up.predecessors_of("X06000063") == ("X10000022",)


def test_made_up_wholes_are_the_sums_of_their_parts(made_up: PlaceSet) -> None:
    for year in range(2012, 2025):
        parts = [made_up.population_of(a.code, year) or 0 for a in made_up.authorities()]
        assert sum(parts) == made_up.population_of(made_up.country.code, year)

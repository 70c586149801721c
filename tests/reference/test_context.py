"""What authorities are like: each value as published, with unit, date and source."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import reference
from reference.checks import check_place_set
from reference.context import LOG_SCALE, OWN
from reference.places import PlaceSet
from reference.placesets import from_json, read_place_set, to_json
from reference.tables import TableError

Lines = list[dict[str, str]]
Reader = Callable[[str], Lines]
TABLES = Path(reference.__file__).parent
CITY_OF_LONDON, CUMBRIA = "E09000001", "E10000006"


def test_every_variable_has_unit_date_source_and_the_reason_of_its_scale(
    england: PlaceSet, made_up: PlaceSet
) -> None:
    for places in (england, made_up):
        for variable in places.context_variables:
            assert variable.unit
            assert variable.as_at
            assert variable.source
            assert variable.scale_reason
    assert [v.id for v in england.context_variables if v.weight] == [
        "children", "density", "deprivation",
    ]  # fmt: skip


def test_the_values_are_the_published_ones(england: PlaceSet, published_table: Reader) -> None:
    for row in published_table("local_authorities"):
        code = row["la_code"]
        assert england.context_of("children", code) == int(row["population_0_17_mid_2024"])
        assert england.context_of("population", code) == int(row["population_all_ages_mid_2023"])
        assert england.context_of("area_km2", code) == pytest.approx(
            float(row["area_sq_km"]), abs=0.00501
        )
    for row in published_table("deprivation"):
        code = row["la_code"]
        assert england.context_of("deprivation", code) == float(row["imd2025_average_score"])
        income, child = row["income2025_average_score"], row["idaci2025_approx"]
        assert england.context_of("income_deprivation", code) == pytest.approx(float(income) * 100)
        found = england.context_of("child_income_deprivation", code)
        assert (found is None) == (child == "")
        assert found is None or found == pytest.approx(float(child) * 100)
    for row in published_table("rural_urban"):
        share = float(row["ruc2021_pct_population_in_rural_districts"])
        assert england.context_of("rural_population", row["la_code"]) == share


def test_density_is_worked_out_and_not_held(england: PlaceSet) -> None:
    assert not [row for row in england.context if row.variable in {"density", "children"}]
    people = england.context_of("population", "E08000035")
    square = england.context_of("area_km2", "E08000035")
    assert people
    assert square
    assert england.context_of("density", "E08000035") == people / square


def test_what_is_not_known_is_none_and_never_0(england: PlaceSet, made_up: PlaceSet) -> None:
    assert england.context_of("child_income_deprivation", CITY_OF_LONDON) is None
    for variable in england.context_variables:
        assert england.context_of(variable.id, CUMBRIA) is None  # abolished: no value of today
    assert made_up.context_of("child_income_deprivation", "X09000001") is None
    assert made_up.context_of("no_such_variable", "X09000001") is None


def test_whatever_is_compared_as_a_logarithm_is_above_nothing(england: PlaceSet) -> None:
    for variable in england.context_variables:
        if variable.scale == LOG_SCALE:
            held = [england.context_of(variable.id, a.code) for a in england.authorities()]
            assert min(value for value in held if value is not None) > 0


def test_an_approximate_value_says_so_and_how_far(england: PlaceSet) -> None:
    approximate = [row for row in england.context if row.variable == "child_income_deprivation"]
    held = next(row for row in approximate if row.area == "E09000020")
    assert held.basis == "approximate; no count for 19 of 101 neighbourhoods"
    (card,) = [v for v in england.context_variables if v.id == "child_income_deprivation"]
    assert card.note.startswith("Approximate")


def test_a_release_from_before_these_tables_is_read_without_them(made_up: PlaceSet) -> None:
    content = json.loads(to_json(made_up))
    del content["context_variables"], content["context"]
    older = from_json(json.dumps(content).encode())
    assert (older.context_variables, older.context) == ((), ())
    assert older.context_of("children", "X06000001") is None
    check_place_set(older)


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("context", "population,X06000001,", "popluation,X06000001,", "unknown variable pop"),
        ("context", "population,X06000001,", "density,X06000001,", "unknown variable density"),
        ("context", "population,X06000001,", "population,X06000002,", "X06000002 has population"),
        ("context", "population,X06000001,", "population,X06000099,", "unknown area X06000099"),
        ("context_variables", "ratio:population/area_km2", "ratio:population/acres",
         "density comes from 'ratio:population/acres', not held"),
        ("context_variables", "score:deprivation", "score:hardship", "comes from 'score:hardship'"),
        ("context_variables", ",log,", ",square,", "expected one of plain, log"),
        ("context_variables", ",own,", ",thin air,", "comes from 'thin air', not held"),
    ],
)  # fmt: skip
def test_tables_that_do_not_fit_are_refused(
    tmp_path: Path, table: str, old: str, new: str, message: str
) -> None:
    folder = shutil.copytree(TABLES / "made_up", tmp_path / "made_up")
    path = folder / f"{table}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(TableError, match=message):
        read_place_set("made_up", folder)


def test_only_variables_of_their_own_have_lines_in_the_table(england: PlaceSet) -> None:
    own = {variable.id for variable in england.context_variables if variable.origin == OWN}
    assert {row.variable for row in england.context} == own

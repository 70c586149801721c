"""Place sets load from their tables, check them, and go into releases as JSON."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import reference
from reference.placesets import (
    from_json,
    load_place_set,
    place_set_ids,
    read_place_set,
    to_json,
)
from reference.tables import TableError

TABLES = Path(reference.__file__).parent


def test_the_place_sets_that_ship_are_england_and_a_made_up_one() -> None:
    assert place_set_ids() == ("england", "made_up")


@pytest.mark.parametrize("name", place_set_ids())
def test_a_place_set_survives_the_way_through_json(name: str) -> None:
    places = load_place_set(name)
    assert from_json(to_json(places)) == places


@pytest.mark.parametrize("name", place_set_ids())
def test_the_same_place_set_always_gives_the_same_bytes(name: str) -> None:
    places = load_place_set(name)
    assert to_json(from_json(to_json(places))) == to_json(read_place_set(name, TABLES / name))


def test_an_unknown_place_set_is_refused_with_the_known_ones() -> None:
    with pytest.raises(LookupError, match="'wales' is not a place set; use one of england, made"):
        load_place_set("wales")


def test_loading_england_imports_no_data_frames_and_no_pydantic() -> None:
    heavy = {"pandas", "geopandas", "shapely", "numpy", "scipy", "openpyxl", "pydantic"}
    program = (
        "import sys; from reference.placesets import load_place_set; load_place_set('england');"
        "import reference.inspections;"
        "print(' '.join(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=TABLES.parent,
        check=True,
        capture_output=True,
        text=True,
    )
    assert heavy.isdisjoint(run.stdout.split())


@pytest.fixture
def spoilt(tmp_path: Path) -> Callable[[str, str, str], str]:
    """Return the message for a copy of the made-up place set with one text replaced."""
    shutil.copytree(TABLES / "made_up", tmp_path / "spoilt")

    def spoil(table: str, old: str, new: str) -> str:
        path = tmp_path / "spoilt" / f"{table}.csv"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(TableError) as refusal:
            read_place_set("spoilt", tmp_path / "spoilt")
        return str(refusal.value)

    return spoil


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("about", "default_judgement", "judgement", "no line for 'default_judgement'"),
        ("about", "leadership", "charm", "default judgement charm is not in labels"),
        ("about", "2024", "2031", "no rows for the default model 2031"),
        ("areas", "X92000001,Made-up country,country", "X92000001,Made-up country,region",
         "expected exactly one area of kind country"),
        ("areas", ",town,", ",hamlet,", "areas: unknown type hamlet"),
        ("areas", ",town,", ",,", "authority X06000001 has no type or no region"),
        ("areas", ",borough,", ",town,X12,", "found 11 cells, expected 10"),
        ("codes", "X10000023", "X10000022", "code X10000022 belongs to two areas"),
        ("changes", "X10000022,X06000062", "X10000099,X06000062", "unknown area X10000099"),
        ("neighbours", "X", "Y", "neighbours: unknown area Y"),
        ("inspections", "leadership:", "charm:", "inspections: unknown judgement charm"),
        ("inspections", "leadership:good", "leadership:fair", "inspections: unknown grade fair"),
        ("classes", "rural_urban,X06000001", "rural_urban,X06000002",
         "classes: X06000002 has rural_urban twice"),
        ("classes", "deprivation,X06000001,", "deprivation,X06000001,9", "has unknown value 9"),
        ("populations", "X92000001", "X92000009", "populations: unknown area X92000009"),
        ("hexagons", ",0,0", ",1,0", "hexagons: two areas at column 1, row 0"),
    ],
)  # fmt: skip
def test_tables_that_disagree_are_refused(
    spoilt: Callable[[str, str, str], str], table: str, old: str, new: str, message: str
) -> None:
    assert message in spoilt(table, old, new)


def test_a_neighbour_without_its_closeness_is_refused(
    spoilt: Callable[[str, str, str], str],
) -> None:
    message = spoilt("neighbours", "_close\n", "_close very_close\n")
    assert "column closeness" in message
    assert "expected 10 words, one for each neighbour" in message


def test_an_authority_is_never_its_own_neighbour(spoilt: Callable[[str, str, str], str]) -> None:
    nearest = load_place_set("made_up").neighbours_of("X06000001")[0].neighbour
    message = spoilt("neighbours", f"2024,X06000001,{nearest} ", "2024,X06000001,X06000001 ")
    assert "model 2024 of X06000001 names X06000001 twice, or itself" in message

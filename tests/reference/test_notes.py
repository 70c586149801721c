"""The framework, and what is known to be wrong with figures, are tables of the place set."""

import csv
import json
import shutil
from pathlib import Path

import pytest

import reference
from indicators.catalogue import load_catalogue
from reference.notes import GAPS
from reference.periods import parse_period
from reference.places import PlaceSet
from reference.placesets import from_json, read_place_set, to_json
from reference.tables import TableError

TABLES = Path(reference.__file__).parent


def test_every_framework_place_of_the_catalogue_is_in_the_table(england: PlaceSet) -> None:
    known = {(place.area, part.domain) for place in england.framework for part in place.domains}
    used = {
        (indicator.framework.area, indicator.framework.domain)
        for indicator in load_catalogue()
        if indicator.framework.area
    }
    assert used <= known


def test_outcomes_stand_before_enablers_and_what_concerns_all_stands_last(
    england: PlaceSet,
) -> None:
    kinds = [place.kind for place in england.framework]
    assert kinds == ["outcome"] * 4 + ["enabler"] * 3 + ["across"]


def test_every_empty_place_says_why_and_what_kind_of_gap_it_is(england: PlaceSet) -> None:
    told = [(place.description, place.gap, place.why_empty) for place in england.framework]
    told += [
        (part.description, part.gap, part.why_empty)
        for place in england.framework
        for part in place.domains
    ]
    assert all(description for description, _, _ in told)
    assert {gap for _, gap, _ in told} == {"", *GAPS}
    assert all(bool(gap) == bool(reason) for _, gap, reason in told)


def test_a_known_problem_has_periods_in_order_and_a_source(england: PlaceSet) -> None:
    assert len(england.known_problems) >= 20
    for problem in england.known_problems:
        first, last = parse_period(problem.first_period), parse_period(problem.last_period)
        assert (first.kind, first.end <= last.end) == (last.kind, True)
        assert problem.source


def test_a_place_set_of_an_older_release_has_neither(england: PlaceSet) -> None:
    held = json.loads(to_json(england))
    del held["framework"], held["known_problems"]
    older = from_json(json.dumps(held).encode())
    assert (older.framework, older.known_problems) == ((), ())
    assert older.areas == england.areas


def test_practice_has_the_framework_of_the_catalogue(england: PlaceSet, made_up: PlaceSet) -> None:
    assert made_up.framework == england.framework
    assert made_up.known_problems != england.known_problems


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("framework", ",outcome,", ",outcom,", "expected one of outcome, enabler, across"),
        ("framework", ",nobody,", ",,", "expected a reason where there is a gap"),
        ("framework", "Family stability", "School stability", "stands there twice"),
        ("framework", "Outcome 1: ", "Outcome 9: ", "expected it below the line of that place"),
        ("known_problems", "X06000001", "X06000999", "known_problems: unknown area X06000999"),
        ("known_problems", "RY2024", "2024", "column first_period: found '2024', expected a per"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(
    tmp_path: Path, table: str, old: str, new: str, message: str
) -> None:
    folder = tmp_path / "spoilt"
    shutil.copytree(TABLES / "made_up", folder)
    path = folder / f"{table}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(TableError, match=message):
        read_place_set("spoilt", folder)


def test_no_reason_of_the_framework_is_longer_than_a_reader_will_read() -> None:
    with (TABLES / "england" / "framework.csv").open(encoding="utf-8", newline="") as file:
        reasons = [row["why_empty"] for row in csv.DictReader(file)]
    assert max(map(len, reasons)) < 200

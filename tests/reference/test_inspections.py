"""The judgement in force on a day, as Ofsted's own snapshots had it."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from reference.inspections import areas_by_grade, inspection_in_force, judgement_in_force
from reference.places import PlaceSet

MARCH_2024, MARCH_2025 = date(2024, 3, 31), date(2025, 3, 31)
GRADES = ("outstanding", "good", "requires_improvement", "inadequate", "none")
# The last five columns of Ofsted's tables; the titles differ from year to year.
JUDGEMENTS = ("overall", "leadership", "help_and_protection", "in_care", "leaving_care")


@pytest.mark.parametrize(
    ("on", "judgement", "counts"),
    [
        (MARCH_2024, "leadership", (40, 54, 41, 16, 2)),
        (MARCH_2025, "overall", (36, 67, 31, 19, 0)),
        (MARCH_2025, "leadership", (45, 60, 33, 15, 0)),
        (MARCH_2025, "help_and_protection", (22, 71, 45, 15, 0)),
        (MARCH_2025, "in_care", (37, 75, 30, 11, 0)),
        (MARCH_2025, "leaving_care", (27, 43, 26, 7, 50)),
    ],
)
def test_the_numbers_of_ofsted_s_snapshots_come_out(
    england: PlaceSet, on: date, judgement: str, counts: tuple[int, ...]
) -> None:
    groups = areas_by_grade(england, judgement, on)
    assert tuple(groups) == GRADES
    assert tuple(len(codes) for codes in groups.values()) == counts


def snapshot(path: Path, sheet: str) -> Iterator[tuple[str, date | None, dict[str, str]]]:
    """Yield name, inspection date and grades of each authority of a published snapshot."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    start = next(i for i, row in enumerate(rows) if "Overall effectiveness" in row)
    name, inspected = (
        rows[start].index(title) for title in ("Local authority name", "Inspection date")
    )
    for row in rows[start + 1 :]:
        day = row[inspected]
        grades = dict(zip(JUDGEMENTS, map(str, row[-5:]), strict=True))
        yield (
            str(row[name]),
            day.date() if isinstance(day, datetime) else None,
            {judgement: words for judgement, words in grades.items() if words},
        )


@pytest.mark.parametrize(
    ("file", "sheet", "on", "inspected", "revised"),
    [
        # Ofsted's later table moved one inspection by a day and changed one judgement.
        (
            "March_2024",
            "Inspections_31_March_2024",
            MARCH_2024,
            151,
            {"Isles of Scilly", "Staffordshire"},
        ),
        ("31_March_2025", "Inspections_as_at_31_March", MARCH_2025, 153, set()),
    ],
)
def test_every_authority_of_a_snapshot_has_its_inspection_and_grades(
    england: PlaceSet,
    published_dir: Path,
    file: str,
    sheet: str,
    on: date,
    inspected: int,
    revised: set[str],
) -> None:
    path = published_dir / "published" / "ofsted" / f"LA_Inspection_Outcomes_as_at_{file}.ods"
    rows = list(snapshot(path, sheet))
    assert len(rows) == 153
    assert sum(day is not None for _, day, _ in rows) == inspected
    differing = set()
    for name, day, published in rows:
        inspection = inspection_in_force(england, england.resolve(name, on).code, on)
        grades = inspection.grades.items() if inspection else ()
        found = {judgement: england.grades[grade] for judgement, grade in grades}
        if not inspection:
            assert day is None
        elif (inspection.inspected_on, found) != (day, published):
            differing.add(name)
    assert differing == revised


def test_a_report_that_came_later_than_61_days_does_not_count(england: PlaceSet) -> None:
    inspection = next(
        i
        for i in england.inspections
        if i.inspected_on and (i.published_on - i.inspected_on).days > 62
    )
    assert inspection.inspected_on is not None
    held = inspection_in_force(england, inspection.area, inspection.inspected_on)
    assert held != inspection
    assert inspection_in_force(england, inspection.area, inspection.published_on) == inspection


def test_successors_inherit_no_judgement(england: PlaceSet) -> None:
    cumbria, cumberland = "E10000006", "E06000063"
    last_day, first_day = date(2023, 3, 31), date(2023, 4, 1)
    assert judgement_in_force(england, cumbria, "leadership", last_day) is not None
    assert judgement_in_force(england, cumbria, "leadership", first_day) is None
    assert judgement_in_force(england, cumberland, "leadership", first_day) is None


def test_an_authority_with_another_code_since_keeps_its_judgement(england: PlaceSet) -> None:
    held = judgement_in_force(england, england.resolve("Somerset").code, "overall", MARCH_2024)
    assert held is not None
    assert held.inspected_on == date(2022, 7, 18)


def test_a_judgement_that_the_latest_inspection_did_not_make_is_not_taken_from_an_older_one(
    england: PlaceSet,
) -> None:
    barnet = england.resolve("Barnet").code
    assert judgement_in_force(england, barnet, "leaving_care", date(2018, 3, 31)) is not None
    assert judgement_in_force(england, barnet, "leaving_care", date(2020, 3, 31)) is None


def test_the_overall_judgement_ends_where_ofsted_no_longer_gives_it(england: PlaceSet) -> None:
    brent, day = england.resolve("Brent").code, date(2026, 6, 18)
    assert judgement_in_force(england, brent, "overall", day) is None
    held = judgement_in_force(england, brent, "leadership", day)
    assert held is not None
    assert held.basis == "machine_read"


def test_machine_read_judgements_are_in_no_group_unless_asked_for(england: PlaceSet) -> None:
    day = date(2026, 6, 30)
    official = areas_by_grade(england, "leadership", day)
    everything = areas_by_grade(england, "leadership", day, include_machine_read=True)
    machine_read = {
        area.code
        for area in england.authorities(day)
        if (held := judgement_in_force(england, area.code, "leadership", day))
        and held.basis == "machine_read"
    }
    assert len(machine_read) == 44
    assert machine_read.isdisjoint(code for codes in official.values() for code in codes)
    assert sum(map(len, everything.values())) == 153


def test_an_unknown_judgement_is_refused_with_the_known_ones(england: PlaceSet) -> None:
    with pytest.raises(KeyError, match="'charm' is not a judgement here; use one of overall, lead"):
        areas_by_grade(england, "charm", MARCH_2025)


def test_the_made_up_place_set_follows_the_same_rule(made_up: PlaceSet) -> None:
    groups = areas_by_grade(made_up, made_up.default_judgement, MARCH_2025)
    assert tuple(groups) == GRADES
    assert all(len(groups[grade]) > 20 for grade in GRADES[:4])

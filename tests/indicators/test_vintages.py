"""The newest publication wins cell by cell; what it lacks is carried forward or withdrawn."""

from itertools import permutations
from math import isnan

import pytest

from indicators.cell_frames import cells_digest
from reference.placesets import load_place_set
from tests.builders import a_cell, a_load, a_source, vintage
from tests.indicators.assembling import (
    ALVERBY,
    BRENNOWCOMBE,
    COUNTRY,
    Assembler,
    cell,
    computed,
    published,
)


@pytest.fixture(scope="module")
def made() -> Assembler:
    return Assembler(load_place_set("made_up"))


def test_the_newest_publication_wins_cell_by_cell(made: Assembler) -> None:
    old = vintage(2024, a_cell(ALVERBY, "RY2024", 10), a_cell(BRENNOWCOMBE, "RY2024", 20))
    new = vintage(2025, a_cell(ALVERBY, "RY2024", 11), a_cell(BRENNOWCOMBE, "RY2024", 20))
    cells = made.together(old, new).cells
    assert cell(cells)["value"] == 11
    assert cell(cells, BRENNOWCOMBE)["source"] == "a_table_2025"


def test_a_newer_symbol_wins_over_an_older_number(made: Assembler) -> None:
    old = vintage(2024, a_cell(ALVERBY, "RY2024", 10))
    new = vintage(2025, a_cell(ALVERBY, "RY2024", status="not_available", source_symbol="x"))
    found = cell(made.together(new, old).cells)
    assert (found["status"], found["source_symbol"]) == ("not_available", "x")
    assert isnan(float(found["value"]))


def test_publications_give_the_same_release_in_whatever_order_they_are_loaded(
    made: Assembler,
) -> None:
    loads = (
        vintage(2023, published(ALVERBY, "RY2022", 9, 8), published(ALVERBY, "RY2023", 10, 9)),
        vintage(
            2024,
            published(ALVERBY, "RY2023", 10.5, 9),
            published(ALVERBY, "RY2024", 12, 11),
            a_cell(BRENNOWCOMBE, "RY2023", 4),
        ),
        vintage(
            2025,
            computed(ALVERBY, "RY2023", 10.7, 9),
            computed(ALVERBY, "RY2024", 12.2, 12),
            a_cell(BRENNOWCOMBE, "RY2024"),
        ),
    )
    digests = {cells_digest(made.one_by_one(*order)) for order in permutations(loads)}
    digests |= {cells_digest(made.together(*order).cells) for order in permutations(loads)}
    assert len(digests) == 1


def test_a_published_rate_stays_while_newer_files_give_only_the_same_count(
    made: Assembler,
) -> None:
    old = vintage(2024, published(ALVERBY, "RY2024", 100.1, 9))
    new = vintage(2025, computed(ALVERBY, "RY2024", 100.4, 9))
    found = cell(made.together(old, new).cells)
    assert (found["value"], found["source"], found["denominator"]) == (100.1, "a_table_2024", 900)
    assert found["held_in"] == "a_table_2025"
    assert found["flags"] == ""


def test_a_published_rate_goes_when_a_newer_file_changes_its_count(made: Assembler) -> None:
    old = vintage(2024, published(ALVERBY, "RY2024", 100.1, 9))
    new = vintage(2025, computed(ALVERBY, "RY2024", 110.4, 10))
    found = cell(made.together(old, new).cells)
    assert (found["value"], found["source"]) == (110.4, "a_table_2025")
    assert found["flags"] == "revised"


def test_a_published_rate_goes_when_a_newer_file_gives_another(made: Assembler) -> None:
    old = vintage(2024, published(ALVERBY, "RY2024", 100.1, 9))
    new = vintage(2025, published(ALVERBY, "RY2024", 100.4, 9))
    assert cell(made.together(old, new).cells)["value"] == 100.4


def test_a_rate_that_stays_is_not_taken_for_one_that_the_newer_file_lacks(
    made: Assembler,
) -> None:
    old = vintage(2024, published(ALVERBY, "RY2024", 100.1, 9))
    new = vintage(2025, computed(ALVERBY, "RY2024", 100.4, 9))
    base = made.base(old, new)
    assert cell(made.together(base=base).cells)["status"] == "ok"


def test_a_cell_outside_the_newer_files_periods_is_carried_forward(made: Assembler) -> None:
    old = vintage(2024, a_cell(ALVERBY, "RY2019", 10), a_cell(ALVERBY, "RY2024", 10))
    new = vintage(2025, a_cell(ALVERBY, "RY2024", 10), covers=("RY2020", "RY2025"))
    assert cell(made.together(old, new).cells, period="RY2019")["value"] == 10


@pytest.mark.parametrize("in_one_go", [True, False])
def test_a_cell_that_a_newer_file_covers_and_lacks_is_withdrawn(
    made: Assembler, in_one_go: bool
) -> None:
    old = vintage(2024, a_cell(ALVERBY, "RY2021", 10), a_cell(ALVERBY, "RY2024", 10))
    new = vintage(2025, a_cell(ALVERBY, "RY2024", 10), covers=("RY2020", "RY2025"))
    cells = made.together(new, old).cells if in_one_go else made.one_by_one(new, old)
    found = cell(cells, period="RY2021")
    assert (found["status"], found["source"]) == ("withdrawn", "a_table_2025")
    assert isnan(float(found["value"]))


def test_a_withdrawn_cell_comes_back_with_the_next_publication_that_has_it(
    made: Assembler,
) -> None:
    loads = (
        vintage(2023, a_cell(ALVERBY, "RY2022", 10), a_cell(ALVERBY, "RY2023", 10)),
        vintage(2024, a_cell(ALVERBY, "RY2023", 10), covers=("RY2020", "RY2024")),
        vintage(2025, a_cell(ALVERBY, "RY2022", 10.5), a_cell(ALVERBY, "RY2023", 10)),
    )
    assert cell(made.one_by_one(*loads), period="RY2022")["value"] == 10.5


def test_a_file_of_authorities_withdraws_nothing_of_the_country(made: Assembler) -> None:
    old = vintage(2024, a_cell(COUNTRY, "RY2024", 10), a_cell(ALVERBY, "RY2024", 10))
    new = vintage(2025, a_cell(ALVERBY, "RY2024", 10), covers=("RY2020", "RY2025"))
    assert cell(made.together(old, new).cells, COUNTRY)["status"] == "ok"


def test_an_indicator_read_for_the_first_time_withdraws_nothing_of_others(
    made: Assembler,
) -> None:
    new = vintage(2025, a_cell(ALVERBY, "RY2024", 10))
    old = vintage(2024, a_cell(ALVERBY, "RY2024", 5, indicator="another_pct"))
    cells = made.one_by_one(new, old)
    assert set(cells["status"]) == {"ok"}


def test_another_tables_publication_withdraws_nothing(made: Assembler) -> None:
    ours = vintage(2024, a_cell(ALVERBY, "RY2023", 10))
    theirs = vintage(2025, a_cell(BRENNOWCOMBE, "RY2023", 10), table="b_table")
    assert cell(made.together(ours, theirs).cells, period="RY2023")["status"] == "ok"


def test_a_second_file_of_the_same_publication_adds_to_the_first(made: Assembler) -> None:
    first = vintage(2025, a_cell(ALVERBY, "RY2024", 10))
    second = vintage(2025, a_cell(BRENNOWCOMBE, "RY2024", 20))
    cells = made.one_by_one(first, second)
    assert [cell(cells, area)["value"] for area in (ALVERBY, BRENNOWCOMBE)] == [10, 20]


def test_a_publication_loaded_again_replaces_its_own_cells(made: Assembler) -> None:
    cells = made.one_by_one(
        vintage(2025, a_cell(ALVERBY, "RY2024", 10)), vintage(2025, a_cell(ALVERBY, "RY2024", 12))
    )
    assert (cell(cells)["value"], cell(cells)["flags"]) == (12, "")


def test_a_value_that_a_newer_publication_changed_is_flagged_revised_from_then_on(
    made: Assembler,
) -> None:
    loads = [vintage(y, a_cell(ALVERBY, "RY2022", v)) for y, v in ((2023, 1), (2024, 2), (2025, 2))]
    flags = [cell(made.one_by_one(*loads[:n]), period="RY2022")["flags"] for n in (1, 2, 3)]
    assert flags == ["", "revised", "revised"]


def test_flags_of_the_publication_are_kept_beside_revised(made: Assembler) -> None:
    old = vintage(2024, a_cell(ALVERBY, "RY2024", 1))
    new = vintage(2025, a_cell(ALVERBY, "RY2024", 2, flags="break;joint_return"))
    assert cell(made.together(old, new).cells)["flags"] == "break;joint_return;revised"


def test_a_number_after_a_symbol_is_not_a_revision(made: Assembler) -> None:
    old = vintage(2024, a_cell(ALVERBY, "RY2024"))
    new = vintage(2025, a_cell(ALVERBY, "RY2024", 2))
    assert cell(made.together(old, new).cells)["flags"] == ""


def test_on_the_same_day_the_source_id_decides(made: Assembler) -> None:
    same_day = "2025-11-20"
    loads = [
        a_load(
            a_cell(ALVERBY, "RY2024", value, source=f"{table}_2025"),
            sources=(a_source("2025", table, published_on=same_day),),
        )
        for table, value in (("a_table", 1), ("b_table", 2))
    ]
    for order in permutations(loads):
        assert cell(made.together(*order).cells)["value"] == 2

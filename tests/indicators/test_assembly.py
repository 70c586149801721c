"""How figures combine: vintages, precedence, withdrawal, and what is carried forward."""

from dataclasses import replace
from itertools import permutations
from math import isnan, nan

import pandas as pd
import pytest

from indicators.assembly import (
    AssemblyError,
    Base,
    PublishedLoad,
    assemble,
    known_sources,
)
from indicators.cell_frames import as_cells, cells_digest, key_codes, stacked
from indicators.cells import Breakdown, Status
from indicators.draft import DraftRelease, Redaction
from indicators.snapshot import ReleaseCard
from indicators.vintages import ranges_of
from reference.places import PlaceSet
from reference.placesets import load_place_set
from tests.builders import Row, a_cell, a_load, a_source, cells_of, vintage
from tests.indicators.definitions import an_indicator

ALVERBY, BRENNOWCOMBE, COUNTRY = "X06000001", "X06000002", "X92000001"
INDICATORS = (an_indicator(), an_indicator("another_pct", order=2))
CARD = ReleaseCard(id="", place_set="made_up")


@pytest.fixture(scope="module")
def places() -> PlaceSet:
    return load_place_set("made_up")


@pytest.fixture
def made(places: PlaceSet) -> "Assembler":
    return Assembler(places)


class Assembler:
    """Loads one publication after the other, each onto what came of those before."""

    def __init__(self, places: PlaceSet) -> None:
        self.places = places

    def together(self, *loads: PublishedLoad, base: Base | None = None) -> DraftRelease:
        return assemble(base or Base(), loads, card=CARD, places=self.places, indicators=INDICATORS)

    def base(self, *loads: PublishedLoad) -> Base:
        base = Base()
        for load in loads:
            drafted = self.together(load, base=base)
            sources = known_sources(base.sources, load.sources)
            base = Base(
                cells=drafted.cells,
                sources=tuple(sources.values()),
                ranges=(*base.ranges, *ranges_of(load, self.places)),
            )
        return base

    def one_by_one(self, *loads: PublishedLoad) -> pd.DataFrame:
        return self.base(*loads).cells


def cell(cells: pd.DataFrame, area: str = ALVERBY, period: str = "RY2024") -> Row:
    found = cells[(cells["area"] == area) & (cells["period"] == period)]
    assert len(found) == 1, f"{len(found)} cells"
    return {str(name): value for name, value in found.iloc[0].items()}


def computed(area: str, period: str, value: float, count: float) -> Row:
    """A rate that a file without rates has from its count alone."""
    return a_cell(area, period, value, numerator=count, denominator=1000, is_computed=True)


def published(area: str, period: str, value: float, count: float) -> Row:
    return a_cell(area, period, value, numerator=count, denominator=900)


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


def test_a_stewards_redaction_wins_over_every_publication(made: Assembler) -> None:
    redaction = Redaction("an_indicator_pct", "RY2024", ALVERBY, status=Status.WITHDRAWN)
    drafted = assemble(
        Base(),
        [vintage(2025, a_cell(ALVERBY, "RY2024", 2, numerator=1, denominator=50))],
        card=CARD,
        places=made.places,
        indicators=INDICATORS,
        redactions=(redaction,),
    )
    found = cell(drafted.cells)
    assert found["status"] == "withdrawn"
    assert all(isnan(float(found[name])) for name in ("value", "numerator", "denominator"))
    assert COUNTRY not in set(drafted.cells["area"]), "the total would give the cell away"


def test_a_redaction_of_one_breakdown_leaves_the_others(made: Assembler) -> None:
    redaction = Redaction("an_indicator_pct", "RY2024", ALVERBY, Breakdown(age="5_9"))
    drafted = assemble(
        Base(),
        [vintage(2025, *(a_cell(ALVERBY, "RY2024", 2, age=age) for age in ("5_9", "10_15")))],
        card=CARD,
        places=made.places,
        indicators=INDICATORS,
        redactions=(redaction,),
    )
    by_age = dict(zip(drafted.cells["age"], drafted.cells["status"], strict=True))
    assert by_age == {"5_9": "suppressed", "10_15": "ok"}


def test_provisional_figures_are_not_carried_forward_as_published(made: Assembler) -> None:
    base = made.base(vintage(2025, a_cell(ALVERBY, "RY2024", 10)))
    base.cells.loc[0, "flags"] = "provisional"
    assert made.together(base=base).cells.empty


def test_totals_are_computed_anew_from_what_is_held(made: Assembler) -> None:
    one = vintage(2025, a_cell(ALVERBY, "RY2024", 50, numerator=1, denominator=2))
    two = vintage(2025, a_cell(BRENNOWCOMBE, "RY2024", 100, numerator=2, denominator=2))
    totals = [cell(made.one_by_one(*loads), COUNTRY)["value"] for loads in ([one], [one, two])]
    assert totals == [50, 75]


def test_an_unknown_source_area_indicator_or_status_is_refused_by_name(made: Assembler) -> None:
    for fault in (
        {"source": "b_table_2025"},
        {"area": "X00000000"},
        {"indicator": "no_such_pct"},
        {"status": "fine"},
    ):
        load = replace(vintage(2025), cells=cells_of({**a_cell(ALVERBY, "RY2024", 1), **fault}))
        ((column, found),) = fault.items()
        with pytest.raises(AssemblyError, match=f"{column} '{found}' is not known"):
            made.together(load)


def test_two_figures_of_one_publication_for_one_cell_are_refused(made: Assembler) -> None:
    load = vintage(2025, a_cell(ALVERBY, "RY2024", 1), a_cell(ALVERBY, "RY2024", 2))
    with pytest.raises(AssemblyError, match="two figures for an_indicator_pct, X06000001, RY2024"):
        made.together(load)


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


def test_the_digest_of_cells_does_not_depend_on_their_order_but_on_every_figure() -> None:
    rows = [a_cell(ALVERBY, value=1), a_cell(BRENNOWCOMBE, value=nan, numerator=3)]
    digest = cells_digest(cells_of(*rows))
    assert cells_digest(cells_of(*reversed(rows))) == digest
    assert cells_digest(as_cells(cells_of(*rows))) == digest
    assert cells_digest(cells_of(rows[0], {**rows[1], "numerator": 4.0})) != digest
    assert cells_digest(cells_of(rows[0], {**rows[1], "flags": "break"})) != digest


def test_the_same_cell_has_the_same_code_in_each_frame() -> None:
    one = cells_of(a_cell(ALVERBY, value=1), a_cell(BRENNOWCOMBE, value=2, age="5_9"))
    two = cells_of(a_cell(BRENNOWCOMBE, value=5, age="5_9"), a_cell(BRENNOWCOMBE, value=5))
    first, second = key_codes(one, two)
    assert first[1] == second[0]
    assert len({*first, *second}) == 3


def test_stacking_nothing_gives_nothing() -> None:
    assert stacked([as_cells(cells_of())]).empty

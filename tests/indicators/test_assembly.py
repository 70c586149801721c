"""What a release is put together from: precedence, redactions, totals, and what is refused."""

from dataclasses import replace
from math import isnan, nan

import pytest

from indicators.assembly import AssemblyError, Base, assemble
from indicators.cell_frames import as_cells, cells_digest, key_codes, stacked
from indicators.cells import Breakdown, Status
from indicators.draft import Redaction
from reference.placesets import load_place_set
from tests.builders import a_cell, cells_of, vintage
from tests.indicators.assembling import (
    ALVERBY,
    BRENNOWCOMBE,
    CARD,
    COUNTRY,
    INDICATORS,
    Assembler,
    cell,
)


@pytest.fixture(scope="module")
def made() -> Assembler:
    return Assembler(load_place_set("made_up"))


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


def test_ok_without_a_value_is_refused(made: Assembler) -> None:
    load = vintage(2025, a_cell(ALVERBY, "RY2024", status="ok"))
    with pytest.raises(AssemblyError, match="is 'ok' without a value"):
        made.together(load)


def test_nothing_stands_beside_a_missing_value_that_would_reveal_it(made: Assembler) -> None:
    load = vintage(2025, a_cell(ALVERBY, "RY2024", numerator=3, denominator=20, ci_lower=1))
    found = cell(made.together(load).cells)
    assert isnan(float(found["numerator"]))
    assert isnan(float(found["ci_lower"]))
    assert found["denominator"] == 20


def test_two_figures_of_one_publication_for_one_cell_are_refused(made: Assembler) -> None:
    load = vintage(2025, a_cell(ALVERBY, "RY2024", 1), a_cell(ALVERBY, "RY2024", 2))
    with pytest.raises(AssemblyError, match="two figures for an_indicator_pct, X06000001, RY2024"):
        made.together(load)


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

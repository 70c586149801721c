from typing import Any

import pytest

from etl.crosscheck.declared import Case, Explanation, Measure, Proof
from etl.crosscheck.explained import FEWEST_FOR_ALL
from tests.etl.crosscheck.made_up_lait import (
    COUNT,
    FIRST,
    RATE,
    SECOND,
    check_of,
    long_row,
    our_cell,
    pairs_of,
)
from tests.etl.made_up_files import AUTHORITIES, BEGUN_LATER, ENDED, SUBREGION, places

HELD = long_row("1", SECOND), our_cell(1.0, SECOND)
DIFFERS = long_row("85"), our_cell(70.0)


def because(**fields: Any) -> Explanation:
    given = {"id": "made_up", "kind": "made up", "reason": "Made up.", "case": tuple(Case)}
    return Explanation.model_validate({**given, **fields})


def explanation_of(
    explanation: Explanation,
    row: dict[str, object] = DIFFERS[0],
    cell: dict[str, object] | None = DIFFERS[1],
    *,
    measures: tuple[Measure, ...] = (RATE,),
    more: tuple[dict[str, object], ...] = (),
) -> str:
    """Explain one pair of FIRST, or of the area that the row or the cell is of."""
    check = check_of(*measures, explanations=[explanation])
    cells = [HELD[1]] if cell is None else [HELD[1], cell]
    pairs = pairs_of(check, [HELD[0], row, *more], cells)
    found = pairs[(pairs["case"] != "") & (pairs["measure"] == "CIN")]
    assert len(found) == 1
    return str(found["explanation"].iloc[0])


@pytest.mark.parametrize(
    "field",
    [
        {},
        {"measures": ("CIN",)},
        {"parts": ("value",)},
        {"periods": ("RY2024", "RY2025")},
        {"areas": (places().area(FIRST).name,)},
        {"levels": ("authority",)},
        {"status": ("ok",)},
        {"is_computed": False},
        {"shown": 85.0},
        {"at_most": 15.0},
    ],
)
def test_an_explanation_fits_where_each_of_its_fields_does(field: dict[str, Any]) -> None:
    assert explanation_of(because(**field)) == "made_up"


@pytest.mark.parametrize(
    "field",
    [
        {"case": (Case.ONLY_WE_SHOW,)},
        {"measures": ("Other",)},
        {"parts": ("numerator",)},
        {"periods": ("RY2024",)},
        {"areas": (places().area(SECOND).name,)},
        {"levels": ("region",)},
        {"status": ("suppressed",)},
        {"is_computed": True},
        {"shown": 84.0},
        {"at_most": 14.9},
    ],
)
def test_an_explanation_does_not_fit_where_one_field_does_not(field: dict[str, Any]) -> None:
    assert explanation_of(because(**field)) == ""


def test_the_first_explanation_that_fits_is_taken() -> None:
    both = [because(id="first", periods=("RY2024",)), because(id="second"), because(id="third")]
    pairs = pairs_of(check_of(explanations=both), [DIFFERS[0]], [DIFFERS[1]])
    assert list(pairs["explanation"]) == ["second"]


def test_equal_figures_need_no_explanation() -> None:
    pairs = pairs_of(check_of(explanations=[because()]), [HELD[0]], [HELD[1]])
    assert list(pairs["explanation"]) == [""]


def test_what_was_seen_and_not_understood_stays_unexplained() -> None:
    pairs = pairs_of(check_of(explanations=[because(is_open=True)]), [DIFFERS[0]], [DIFFERS[1]])
    assert list(pairs["explanation"]) == ["made_up"]
    assert list(pairs["is_explained"]) == [False]


def test_a_sum_of_ours_is_told_from_a_published_figure() -> None:
    row, cell = long_row("-", SUBREGION), our_cell(5.0, SUBREGION, source="computed")
    assert explanation_of(because(is_computed=True), row, cell) == "made_up"


def rate_of(count: int, area: str = FIRST) -> str:
    population = places().population_of(area, 2024)
    assert population is not None
    return f"{count * 10_000 / population:.1f}"


def test_a_rate_of_the_newest_population_is_worked_out_and_not_believed() -> None:
    rule = because(proof=Proof.NEWEST_POPULATION)
    cell = our_cell(1.0, numerator=345.0)
    assert explanation_of(rule, long_row(rate_of(345)), cell) == "made_up"
    assert explanation_of(rule, long_row(rate_of(352)), cell) == ""


def test_without_a_population_a_rate_is_not_proven() -> None:
    rule, cell = because(proof=Proof.NEWEST_POPULATION), our_cell(1.0, ENDED, numerator=3.0)
    assert explanation_of(rule, long_row("85", ENDED), cell) == ""


@pytest.mark.parametrize(("count", "id"), [("345", "made_up"), ("346", ""), ("-", "")])
def test_their_own_count_can_show_that_only_the_population_differs(count: str, id: str) -> None:
    rule = because(proof=Proof.SAME_COUNT)
    row = long_row(count, measure="CINnum")
    cell = our_cell(70.0, numerator=345.0)
    assert explanation_of(rule, cell=cell, measures=(RATE, COUNT), more=(row,)) == id


@pytest.mark.parametrize(("others", "id"), [("85", "made_up"), ("84", ""), ("-", "")])
def test_one_number_for_every_area_is_no_figure_of_any(others: str, id: str) -> None:
    rule = because(proof=Proof.SAME_FOR_ALL)
    areas = AUTHORITIES[:FEWEST_FOR_ALL]
    rows = [long_row("85" if area == FIRST else others, area) for area in areas]
    cells = [our_cell(70.0), *(our_cell(85.0, area) for area in areas[1:])]
    pairs = pairs_of(check_of(explanations=[rule]), rows, cells).set_index("area")
    assert pairs.at[FIRST, "explanation"] == id


def test_one_number_for_a_few_areas_can_be_chance() -> None:
    rule = because(proof=Proof.SAME_FOR_ALL)
    areas = AUTHORITIES[: FEWEST_FOR_ALL - 1]
    cells = [our_cell(70.0, area) for area in areas]
    pairs = pairs_of(check_of(explanations=[rule]), [long_row("85", a) for a in areas], cells)
    assert set(pairs["explanation"]) == {""}


@pytest.mark.parametrize(("figure", "id"), [("60", "made_up"), ("85", "")])
def test_a_narrower_measure_is_never_above_ours(figure: str, id: str) -> None:
    assert explanation_of(because(proof=Proof.NOT_ABOVE_OURS), long_row(figure)) == id


@pytest.mark.parametrize(("label", "id"), [("2020", "made_up"), ("2025", "")])
def test_a_figure_of_a_time_before_an_authority_began_is_cast_back(label: str, id: str) -> None:
    rule = because(proof=Proof.BEFORE_IT_BEGAN)
    pairs = pairs_of(
        check_of(explanations=[rule]),
        [long_row("85", BEGUN_LATER, label), long_row("1", label=label)],
        [our_cell(1.0, period=f"RY{label}")],
    ).set_index("area")
    assert pairs.at[BEGUN_LATER, "explanation"] == id


@pytest.mark.parametrize(("area", "id"), [(ENDED, "made_up"), (FIRST, "")])
def test_an_authority_that_has_ended_is_told_from_one_that_has_not(area: str, id: str) -> None:
    assert explanation_of(because(proof=Proof.HAS_ENDED), long_row("85", area), None) == id


@pytest.mark.parametrize(("label", "id"), [("2026", "made_up"), ("2024", "")])
def test_a_newer_edition_shows_by_a_later_period(label: str, id: str) -> None:
    rule = because(proof=Proof.NEWER_EDITION)
    assert explanation_of(rule, more=(long_row("85", label=label),)) == id

from pathlib import Path

import pytest

from etl.crosscheck.counted import (
    counted_by_explanation,
    counted_by_measure,
    counted_left_out,
)
from etl.crosscheck.declared import Case, CrossCheckError, Explanation, load_cross_check
from indicators.catalogue import load_catalogue
from reference.places import PlaceSet
from tests.etl.crosscheck.made_up_lait import (
    COUNT,
    RATE,
    SECOND,
    check_of,
    long_row,
    our_cell,
    pairs_of,
)
from tests.etl.made_up_files import places

GOOD = """\
title: Made-up tool
measures:
  - {measure: CIN, indicator: cin_rate_10k}
explanations:
  - {id: made_up, kind: made up, reason: Made up., case: [differs], measures: [CIN]}
not_compared: []
"""


def faults_of(folder: Path, old: str, new: str) -> str:
    assert old in GOOD
    file = folder / "check.yaml"
    file.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(CrossCheckError) as raised:
        load_cross_check(places(), load_catalogue(), file)
    return str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("cin_rate_10k}", "cin_rate_10}", "did you mean 'cin_rate_10k'"),
        ("10k}", "10k, breakdown: {sexx: F}}", "did you mean 'sex'"),
        ("10k}", "10k}\n  - {measure: CIN, indicator: cin_rate_10k}", "'CIN' stands twice"),
        ("[CIN]}", "[CINN]}", "check.yaml:5: explanations[1].measures: 'CINN' is not compared"),
        ("[CIN]}", "[CIN], periods: ['2025']}", "'2025' is not a period"),
        ("[CIN]}", "[CIN], areas: [Nowhere at all]}", "'Nowhere at all' is not"),
        ("[CIN]}", "[CIN], proof: luck}", "'luck' is not one of"),
        ("[differs]", "[often]", "'often' is not one of"),
    ],
)
def test_faults_of_a_declaration_are_placed(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert told in faults_of(tmp_path, old, new)


def test_the_declaration_of_lait_fits_catalogue_and_places(england: PlaceSet) -> None:
    check = load_cross_check(england, load_catalogue())
    assert len(check.measures) > 60
    ids = [one.id for one in check.explanations]
    assert len(ids) == len(set(ids))


def test_pairs_are_counted_by_measure_and_by_explanation() -> None:
    rule = {"id": "made_up", "kind": "made up", "reason": "Made up.", "case": (Case.DIFFERS,)}
    unused = Explanation.model_validate({**rule, "id": "unused"})
    check = check_of(explanations=[Explanation.model_validate(rule), unused])
    rows = [
        long_row("1"), long_row("2", SECOND), long_row("3", label="2024"),
        long_row("3", label="2016"), long_row("-", label="2015"),
    ]  # fmt: skip
    cells = [
        our_cell(1.0), our_cell(5.0, SECOND), our_cell(None, period="RY2024"),
        our_cell(1.0, SECOND, "RY2024"), our_cell(1.0, period="RY2015"),
    ]  # fmt: skip
    pairs = pairs_of(check, rows, cells)
    [counted] = counted_by_measure(pairs, check)
    assert (counted.compared, counted.equal, counted.explained) == (4, 1, 1)
    assert (counted.not_explained, counted.only_theirs, counted.only_ours) == (2, 1, 1)
    assert [(one.id, count) for one, count in counted_by_explanation(pairs, check)] == [
        ("made_up", 1),
        ("unused", 0),
    ]


def test_a_measure_without_any_figure_is_refused() -> None:
    check = check_of(RATE, COUNT)
    pairs = pairs_of(check, [long_row("1")], [our_cell(1.0)])
    with pytest.raises(CrossCheckError, match="CINnum"):
        counted_by_measure(pairs, check)


LEFT_OUT = (
    {"reason": "by topic", "topics": ("Schools",)},
    {"reason": "by name", "measures": ("PriFSM",)},
)
TOPICS = {
    "CIN": frozenset({"Need"}),
    "KS2": frozenset({"Schools"}),
    "PriFSM": frozenset({"Schools"}),
}


def test_a_measure_that_is_named_belongs_there_whatever_its_topic() -> None:
    groups = counted_left_out(TOPICS, TOPICS, check_of(not_compared=LEFT_OUT))
    assert [members for _, members in groups] == [("KS2",), ("PriFSM",)]


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ({"CIN", "KS2", "New"}, "New: neither compared nor left out"),
        ({"KS2"}, "CIN: compared, but their file does not hold it"),
    ],
)
def test_every_measure_is_compared_or_left_out_for_a_reason(held: set[str], told: str) -> None:
    with pytest.raises(CrossCheckError, match=told):
        counted_left_out(held, TOPICS, check_of(not_compared=LEFT_OUT))


def test_a_measure_is_not_left_out_for_two_reasons() -> None:
    twice = (*LEFT_OUT, {"reason": "again", "measures": ("PriFSM",)})
    with pytest.raises(CrossCheckError, match="PriFSM: left out for 2 reasons"):
        counted_left_out(TOPICS, TOPICS, check_of(not_compared=twice))

"""Rules about what must add up inside one return: A01 to A18, each broken by one count."""

from pathlib import Path

import pytest

from etl.submissions.rules import without_figures
from indicators.measures import Bound, Identity, load_measures
from tests.etl.submissions.returns import changed, checked_rows, is_measure, rows_of, rules_of

BOUNDS = [(c.collection, bound) for c in load_measures().collections.values() for bound in c.bounds]
SUMS = [
    (c.collection, identity)
    for c in load_measures().collections.values()
    for identity in c.identities
    if identity.rule != "A10"
]


def named(pair: tuple[str, Bound | Identity]) -> str:
    _, rule = pair
    key = rule.whole if isinstance(rule, Identity) else rule.smaller[0]
    return f"{rule.rule}-{'-'.join(key)}"


def value_of(collection: str, key: tuple[str, str, str]) -> int:
    return next(row.number or 0 for row in rows_of(collection) if row.key == key)


@pytest.mark.parametrize("pair", BOUNDS, ids=named)
def test_a_part_larger_than_its_whole_breaks_its_rule(
    tmp_path: Path, pair: tuple[str, Bound]
) -> None:
    collection, bound = pair
    others = sum(value_of(collection, key) for key in bound.smaller[1:])
    limit = sum(value_of(collection, key) for key in bound.larger) - others
    above = rows_of(collection, {bound.smaller[0]: limit + 1})
    assert bound.rule in rules_of(checked_rows(tmp_path, above))
    same_rule = [b for c, b in BOUNDS if c == collection and b.rule == bound.rule]
    if len(same_rule) == 1:
        at_limit = rows_of(collection, {bound.smaller[0]: limit})
        assert bound.rule not in rules_of(checked_rows(tmp_path, at_limit))


@pytest.mark.parametrize("pair", SUMS, ids=named)
def test_parts_that_do_not_add_up_break_their_rule(
    tmp_path: Path, pair: tuple[str, Identity]
) -> None:
    collection, identity = pair
    first = identity.parts[0]
    more = rows_of(collection, {first: value_of(collection, first) + 1})
    assert identity.rule in rules_of(checked_rows(tmp_path, more))


def test_a_sum_with_a_missing_part_is_passed_over(tmp_path: Path) -> None:
    rows = changed(
        rows_of(), is_measure("CLA_PL", "FOSTER"), value="", status="x", note="Not recorded"
    )
    assert checked_rows(tmp_path, rows).findings == ()


def test_an_optional_breakdown_must_add_up_to_its_total(tmp_path: Path) -> None:
    opened = value_of("CLA", ("CLA_OPEN", "TOTAL", "ALL"))
    keys = [("CLA_OPEN", "sex", code) for code in ("F", "M", "U")]
    short = rows_of("CLA", dict(zip(keys, (0, opened - 1, 0), strict=True)))
    assert "A10" in rules_of(checked_rows(tmp_path, short))
    whole = rows_of("CLA", dict(zip(keys, (0, opened, 0), strict=True)))
    assert "A10" not in rules_of(checked_rows(tmp_path, whole))


def test_a_score_total_above_the_highest_possible_is_refused(tmp_path: Path) -> None:
    scored = value_of("CLA", ("SDQ_N", "TOTAL", "ALL"))
    total = ("SDQ_SUM", "TOTAL", "ALL")
    assert "A12" in rules_of(checked_rows(tmp_path, rows_of("CLA", {total: 40 * scored + 1})))
    assert "A12" not in rules_of(checked_rows(tmp_path, rows_of("CLA", {total: 40 * scored})))


def test_an_average_sent_as_a_score_total_is_queried(tmp_path: Path) -> None:
    result = checked_rows(tmp_path, rows_of("CLA", {("SDQ_SUM", "TOTAL", "ALL"): 15}))
    assert rules_of(result) == {"A14"}
    assert result.sent is not None


def test_an_empty_denominator_is_a_warning(tmp_path: Path) -> None:
    changes = {(name, "TOTAL", "ALL"): 0 for name in ("CONV", "CONV_DEN")}
    result = checked_rows(tmp_path, rows_of("CLA", changes))
    assert rules_of(result) == {"A18"}
    assert result.sent is not None


def test_a_report_for_others_holds_no_figures(tmp_path: Path) -> None:
    result = checked_rows(tmp_path, rows_of("CIN", {("REF_RE12", "TOTAL", "ALL"): 87654321}))
    assert "87,654,321" in str(result.findings[0])
    assert "87" not in "".join(str(without_figures(found)) for found in result.findings)

"""A fault in a definition is placed by file, line and field, and told in plain words."""

from pathlib import Path

import pytest

from tests.indicators.faulty import SIBLING, TEXT, Change, alone, line_with, problems_of, replaced


@pytest.mark.parametrize(
    ("change", "at", "said"),
    [
        (
            replaced("decimals: 1", "decimal: 1"),
            "decimal: 1",
            "decimal: no such field; did you mean 'decimals'?",
        ),
        (replaced("decimals: 1\n", ""), "id: ", "decimals: is missing; add it to this block"),
        (
            replaced("  reason: Fewer", "  raison: Fewer"),
            "  raison",
            "direction.raison: no such field; did you mean 'reason'?",
        ),
        (
            replaced("  good: lower_is_better\n", ""),
            "direction:",
            "direction.good: is missing; add it to this block",
        ),
        (
            replaced("lower_is_better", "lower_is_beter"),
            "lower_is_beter",
            "direction.good: 'lower_is_beter' is not one of higher_is_better, lower_is_better, "
            "none; did you mean 'lower_is_better'?",
        ),
        (
            replaced("period_kind: RY", "period_kind: RX"),
            "period_kind",
            "period_kind: 'RX' is not one of RY, AY, FY, CY, RYQ, SEP",
        ),
        (
            replaced("order: 2", "order: two"),
            "order",
            "order: expected a whole number, found 'two'",
        ),
        (replaced("order: 2", "order: 0"), "order", "order: expected at least 1, found 0"),
        (
            replaced("decimals: 1", "decimals: 7"),
            "decimals",
            "decimals: expected at most 3, found 7",
        ),
        (
            replaced("is_core: true", "is_core: maybe"),
            "is_core",
            "is_core: expected true or false, found 'maybe'",
        ),
        (
            replaced('unit: "%"', "unit:"),
            "unit",
            "unit: is empty; write a value or remove the line",
        ),
        (
            replaced('unit: "%"', "unit: [a, b]"),
            "unit",
            "unit: expected text, found a list",
        ),
        (
            replaced("synonyms: [", "synonyms: some # ["),
            "synonyms",
            "synonyms: expected a list, found some",
        ),
        (
            replaced("interval: {method: wilson}", "interval: wilson"),
            "interval",
            "interval: expected a block of fields, found wilson",
        ),
        (
            replaced("{method: wilson}", "{method: none}"),
            "interval",
            "interval: an indicator without an interval must give the reason",
        ),
        (
            replaced("{method: wilson}", "{method: poisson}"),
            "interval",
            "interval.method: interval poisson is for arithmetic rate_per_10000",
        ),
        (
            replaced("{method: wilson}", "{method: published}"),
            "  - table: dfe_cin_referrals",
            "sources[1]: interval published needs 'ci_lower' and 'ci_upper' of every source",
        ),
        (
            replaced('reviewed_on: "2026-11-23"', 'reviewed_on: "2026-13-45"'),
            "reviewed_on",
            "review.reviewed_on: expected a date like 2025-11-26, found '2026-13-45'",
        ),
        (
            replaced('due_on: "2027-11-23"', 'due_on: "2026-11-23"'),
            "reviewed_on",
            "review.due_on: must come after reviewed_on",
        ),
        (
            replaced("    value: rereferral_percent", "    valu: rereferral_percent"),
            "valu:",
            "sources[1].valu: no such field; did you mean 'value'?",
        ),
        (
            replaced("    denominator: referral_count", "    denominator: population_0_17"),
            "    denominator: population_0_17",
            "sources[1].denominator: a percentage has another denominator than the population",
        ),
        (
            replaced("    denominator: referral_count\n", "    denominator_rows: {a: [b]}\n"),
            "denominator_rows",
            "sources[1].denominator_rows: 'denominator_rows' needs the column that is read "
            "there; name it in 'denominator'",
        ),
        (
            replaced("    denominator: referral_count\n", ""),
            "  - table",
            "sources[1]: interval wilson needs 'numerator' and 'denominator' of every source",
        ),
        (
            replaced("    value: rereferral_percent\n    numerator: rereferral_count\n", ""),
            "  - table",
            "sources[1]: give 'value', or 'numerator' and 'denominator'",
        ),
        (
            replaced("    numerator: r", "    first_period: RY2o20\n    numerator: r"),
            "first_period",
            "sources[1].first_period: 'RY2o20' is not a period; use one like RY2025, AY2024-25, "
            "FY2024-25 or SEP2025",
        ),
        (
            replaced("    numerator: r", "    last_period: AY2024-25\n    numerator: r"),
            "last_period",
            "sources[1].last_period: 'AY2024-25' is of kind AY; the indicator's periods are of "
            "kind RY",
        ),
        (
            replaced("    numerator: r", "    flags: [estimate]\n    numerator: r"),
            "flags",
            "sources[1].flags[1]: no flag 'estimate'; did you mean 'estimated'?",
        ),
        (
            replaced("    numerator: r", "    levels: [county]\n    numerator: r"),
            "levels",
            "sources[1].levels[1]: 'county' is not one of country, region, subregion, authority; "
            "did you mean 'country'?",
        ),
        (
            replaced("denominator: {measure: REF}", "denominator: population"),
            "denominator: population",
            "submission.denominator: 'population' is not one of population_0_17; did you mean "
            "'population_0_17'?",
        ),
        (
            replaced("denominator: {measure: REF}", "denominator: {measur: REF}"),
            "measur:",
            "submission.denominator.measur: no such field; did you mean 'measure'?",
        ),
        (
            replaced("version: 1", "version: 1\nversion: 2"),
            "version: 2",
            "'version' is given twice, first on line 4; keep one",
        ),
        (
            replaced("{method: wilson}", "{method: wilson"),
            "designation",
            "not YAML: did not find expected ',' or '}'",
        ),
    ],
)
def test_a_fault_is_placed_by_file_line_and_field(
    tmp_path: Path, change: Change, at: str, said: str
) -> None:
    text = change(alone(TEXT))
    expected = f"{SIBLING}.yaml:{line_with(text, at)}: {said}"
    assert expected in problems_of(tmp_path, text)


def test_a_missing_field_points_at_the_block_that_lacks_it(tmp_path: Path) -> None:
    source = "sources:\n  - table: a_table\n    value: a\n  - value: b\n"
    before, _, _ = alone(TEXT).partition("sources:\n")
    found = problems_of(tmp_path, before + source)
    line = line_with(before + source, "  - value: b")
    assert found == [f"{SIBLING}.yaml:{line}: sources[2].table: is missing; add it to this block"]

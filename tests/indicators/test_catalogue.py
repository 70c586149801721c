"""A faulty definition is answered with file, line, field and advice, all faults at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from indicators.catalogue import (
    DEFINITIONS,
    CatalogueError,
    check_definitions,
    load_catalogue,
)

SIBLING = "rereferral_12m_pct"
TEXT = (DEFINITIONS / f"{SIBLING}.yaml").read_text(encoding="utf-8")
BROKEN_DOWN = "injury_admissions_0_14_rate_10k"

Change = Callable[[str], str]


def written(folder: Path, name: str, text: str) -> Path:
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def replaced(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


def alone(text: str) -> str:
    """The text of a definition without its mentions of others."""
    before, _, rest = text.partition("read_with:\n")
    return before + rest[rest.index("synonyms:") :]


def line_with(text: str, words: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if words in line)


def problems_of(folder: Path, text: str, name: str = SIBLING) -> list[str]:
    return [str(problem) for problem in check_definitions(written(folder, name, text))]


def test_our_definitions_load_in_catalogue_order() -> None:
    orders = [one.order for one in load_catalogue()]
    assert orders == sorted(orders)
    assert len(orders) == len(list(DEFINITIONS.glob("*.yaml"))) >= 10


def test_our_definitions_have_no_problem() -> None:
    assert check_definitions() == ()


def test_the_catalogue_is_read_once() -> None:
    assert load_catalogue() is load_catalogue()


def test_a_copy_of_a_file_is_one_indicator_more(tmp_path: Path) -> None:
    written(tmp_path, SIBLING, alone(TEXT))
    assert [one.id for one in load_catalogue(tmp_path)] == [SIBLING]
    copy = alone(TEXT).replace(f"id: {SIBLING}", "id: a_copy_pct").replace("order: 2", "order: 3")
    written(tmp_path, "a_copy_pct", copy)
    assert [one.id for one in load_catalogue(tmp_path)] == [SIBLING, "a_copy_pct"]


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
            "'version' is given twice, first on line 3; keep one",
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


def test_an_unknown_breakdown_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    text = alone((DEFINITIONS / f"{BROKEN_DOWN}.yaml").read_text(encoding="utf-8"))
    changed = replaced("      sex:\n", "      sexe:\n")(text)
    line = line_with(changed, "sexe")
    assert problems_of(tmp_path, changed, BROKEN_DOWN) == [
        f"{BROKEN_DOWN}.yaml:{line}: sources[1].breakdowns.sexe: no such breakdown; known are "
        "sex, age, ethnicity, need, placement, reason, role, school_phase; did you mean 'sex'?"
    ]


def test_an_id_must_be_the_name_of_its_file(tmp_path: Path) -> None:
    found = problems_of(tmp_path, alone(TEXT), "another_pct")
    assert found == [
        f"another_pct.yaml:1: id: '{SIBLING}' is not the name of the file; expected 'another_pct'"
    ]


def test_two_indicators_cannot_have_the_same_place(tmp_path: Path) -> None:
    written(tmp_path, SIBLING, alone(TEXT))
    found = problems_of(tmp_path, alone(TEXT).replace(SIBLING, "zz_pct"), "zz_pct")
    assert found == [f"zz_pct.yaml:2: order: 2 is taken by {SIBLING}.yaml; give each its own place"]


def test_read_with_names_other_indicators_that_exist(tmp_path: Path) -> None:
    itself = "read_with:\n  - {indicator: rereferral_12m_pct, reason: a}\n"
    wrong = "  - {indicator: rereferral_12m_pc, reason: b}\n"
    text = alone(TEXT).replace("synonyms:", f"{itself}{wrong}synonyms:")
    line = line_with(text, "reason: a")
    assert problems_of(tmp_path, text) == [
        f"{SIBLING}.yaml:{line}: read_with[1].indicator: an indicator is not read with itself; "
        "remove this entry",
        f"{SIBLING}.yaml:{line + 1}: read_with[2].indicator: no indicator 'rereferral_12m_pc'; "
        "did you mean 'rereferral_12m_pct'?",
    ]


def test_all_problems_of_all_files_come_in_one_error(tmp_path: Path) -> None:
    text = alone(TEXT).replace("order: 2", "order: x").replace("kind: performance", "kind: good")
    written(tmp_path, SIBLING, text)
    written(tmp_path, "zz_pct", "id: zz_pct\n")
    (tmp_path / "binary.yaml").write_bytes(b"id: a\ntitle: \xff\n")
    with pytest.raises(CatalogueError) as refusal:
        load_catalogue(tmp_path)
    lines = str(refusal.value).splitlines()
    assert [str(problem) for problem in refusal.value.problems] == lines
    assert lines[0] == "binary.yaml:2: not UTF-8 text; save the file as UTF-8"
    assert sum(line.startswith(f"{SIBLING}.yaml:") for line in lines) == 2
    assert sum("is missing" in line for line in lines) > 15
    assert not any("Value error" in line or "pydantic" in line for line in lines)


def test_a_folder_without_definitions_says_so(tmp_path: Path) -> None:
    assert [str(problem) for problem in check_definitions(tmp_path / "none")] == [
        "none:1: no definitions (*.yaml) in this folder"
    ]


def test_an_indicator_that_nothing_feeds_is_refused(tmp_path: Path) -> None:
    text, _, _ = alone(TEXT).partition("sources:\n")
    assert problems_of(tmp_path, text) == [
        f"{SIBLING}.yaml:1: an indicator needs at least one source or a submission"
    ]

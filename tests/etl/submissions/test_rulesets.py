"""Rules by year: a set inherits the one before and says only what changes."""

import shutil
from pathlib import Path

import pytest

from etl.findings import Place, Severity
from etl.submissions.checks import Near
from etl.submissions.rules import (
    FOLDER,
    finding,
    in_force,
    load_rules,
    load_rulesets,
    newest_rules,
    ruleset_for,
)
from etl.submissions.terms import spelt_out
from reference.periods import parse_period

NEXT = """
rules:
  X01:
    severity: warning
    checks:
      - {kind: near, value: [CLA_OPEN_PRIOR], expected: [CLA_OPEN], within: {count: 50}}
  X14: {found: "another message: {part}"}
  A09: {valid_to: RY2025}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "rulesets"
    shutil.copytree(FOLDER, target)
    (target / "2026").mkdir()
    card = 'id: "2026.1"\nfirst_period: RY2026\ndeletes: [X15]\n'
    (target / "2026" / "ruleset.yaml").write_text(card, "utf-8")
    (target / "2026" / "across.yaml").write_text(NEXT, "utf-8")
    return target


def test_a_period_is_held_to_its_own_year_and_earlier_ones_to_the_first(folder: Path) -> None:
    ids = [ruleset_for(parse_period(p), folder).id for p in ("RY2019", "RY2025", "RY2026")]
    assert ids == ["2025.1", "2025.1", "2026.1"]


def test_a_year_adds_replaces_and_deletes_and_inherits_the_rest(folder: Path) -> None:
    old, new = load_rulesets(folder)
    assert "X15" in old.rules
    assert "X15" not in new.rules
    assert new.rules["X01"].severity is Severity.WARNING
    assert new.rules["X01"].says == old.rules["X01"].says
    [check] = new.rules["X01"].checks
    assert isinstance(check, Near)
    assert check.within.count == 50
    assert new.rules["Y01"] == old.rules["Y01"]


def test_a_rule_that_has_ended_does_not_hold_any_more(folder: Path) -> None:
    assert "A09" in ruleset_for(parse_period("RY2025"), folder).rules
    assert "A09" not in ruleset_for(parse_period("RY2026"), folder).rules


def test_findings_are_worded_by_the_set_in_force(folder: Path) -> None:
    facts = {"part": "P", "a": "1", "share": "2", "whole": "W", "range": "R", "b": "3"}
    with in_force(ruleset_for(parse_period("RY2026"), folder)):
        assert finding("X14", Place("f"), **facts).found == "another message: P"  # type: ignore[arg-type]
    assert finding("X14", Place("f"), **facts).found.startswith("P: 1")  # type: ignore[arg-type]


def test_a_fault_in_a_set_is_placed(folder: Path) -> None:
    (folder / "2026" / "across.yaml").write_text("rules: {X01: {severity: grave}}", "utf-8")
    load_rulesets.cache_clear()
    with pytest.raises(ValueError, match=r"2026/across.yaml: X01.severity"):
        load_rulesets(folder)
    load_rulesets.cache_clear()


def test_every_term_of_a_check_names_counts() -> None:
    for rule in load_rules().values():
        for check in rule.checks:
            assert all(spelt_out(term).keys for term in check.terms)


def test_the_newest_set_has_a_name() -> None:
    assert newest_rules().id == "2025.1"

"""Every rule of the register has a return in which it holds and one that breaks it alone."""

from collections.abc import Sequence

import pytest

from etl.findings import Finding
from etl.submissions.rules import load_rules
from tests.etl.submissions.fixtures.cases import findings_of, yaml_rules
from tests.etl.submissions.fixtures.files import FILES

YAML = yaml_rules()
BY_COUNT = ("A", "X", "Y", "N")
ABOUT_THE_WHOLE = {"X17"}


def case(rule: str, which: str) -> Sequence[Finding]:
    if rule in FILES:
        passing, failing = FILES[rule]
        return passing() if which == "passing" else failing()
    told = YAML[rule]
    return findings_of(told.get("collection", "CLA"), told[which])


def test_every_rule_has_both_fixtures() -> None:
    assert set(YAML) | set(FILES) == set(load_rules())
    assert set(YAML) & set(FILES) == set()
    assert [rule for rule, told in YAML.items() if not {"passing", "failing"} <= set(told)] == []


@pytest.mark.parametrize("rule", load_rules())
def test_a_return_in_which_a_rule_holds_has_no_finding(rule: str) -> None:
    also = set(YAML.get(rule, {}).get("passing", {}).get("also", ()))
    assert {found.rule for found in case(rule, "passing")} == also


@pytest.mark.parametrize("rule", load_rules())
def test_a_return_that_breaks_a_rule_is_told_where_what_and_what_to_do(rule: str) -> None:
    findings = case(rule, "failing")
    assert {found.rule for found in findings} == {rule, *YAML.get(rule, {}).get("also", ())}
    for found in findings:
        assert found.place.file
        assert found.found
        assert found.expected
        assert found.advice
        if found.rule.startswith(BY_COUNT) and found.rule not in ABOUT_THE_WHOLE:
            assert found.place.row > 1
            assert found.place.column == "value"
            assert found.measure

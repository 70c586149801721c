"""The register of rules: every one has its messages, and holds against anything."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.file_kinds import RefusedFileError
from etl.findings import Finding, Place, Severity
from etl.submissions.check import check_opened
from etl.submissions.package import package_of
from etl.submissions.rules import finding, load_rules, without_figures
from tests.etl.submissions.returns import rows_of, setting, sound_table, zipped

HOW_MANY = {"S": 15, "C": 12, "A": 18, "X": 18, "Y": 11, "N": 4, "D": 8, "P": 6}


def test_every_rule_of_the_standard_is_here() -> None:
    expected = {f"{letter}{n:02}" for letter, last in HOW_MANY.items() for n in range(1, last + 1)}
    assert set(load_rules()) == expected
    assert len(expected) == 92


@pytest.mark.parametrize("rule_id", load_rules())
def test_a_message_says_what_was_found_expected_and_to_be_done(rule_id: str) -> None:
    facts: dict[str, Any] = dict.fromkeys(load_rules()[rule_id].facts, "12345")
    found = finding(rule_id, Place("data.csv", 7, "value"), **facts)
    assert found.found
    assert found.expected
    assert found.advice
    assert "{" not in str(found)
    assert "12345" not in without_figures(found).found or not load_rules()[rule_id].shows_figures


def test_a_finding_of_another_register_is_left_as_it_is() -> None:
    other = Finding("elsewhere", Severity.ERROR, Place("a"), "found", "expected", "advice")
    assert without_figures(other) is other


TABLE = sound_table()
ARCHIVE = zipped({"data.csv": TABLE})


def outcome(content: bytes) -> tuple[tuple[Finding, ...], bool]:
    """What is found in a file, and whether it can be taken."""
    try:
        package = package_of("data.csv", content)
        result = check_opened(package, setting(), without_manifest=True)
    except RefusedFileError as error:
        return error.findings, False
    return result.findings, result.sent is not None


@settings(max_examples=150)
@given(st.sampled_from([TABLE, ARCHIVE]), st.data())
def test_no_damage_to_a_file_ends_in_anything_but_findings(
    whole: bytes, data: st.DataObject
) -> None:
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 40))
        content[place : place + length] = data.draw(st.binary(max_size=40))
        if not content:
            return
    found, is_taken = outcome(bytes(content))
    assert is_taken != any(finding.stops for finding in found)


@pytest.mark.unmeasured
@settings(max_examples=60)
@given(st.lists(st.lists(st.text(max_size=12), min_size=10, max_size=10), max_size=8))
def test_no_table_of_texts_ends_in_anything_but_findings(cells: list[list[str]]) -> None:
    header = TABLE.partition(b"\r\n")[0].decode()
    quoted = [",".join('"' + c.replace('"', '""') + '"' for c in row) for row in cells]
    first = ",".join((*rows_of()[0].scope, "CLA_OPEN", "TOTAL", "ALL", "7", "A", ""))
    text = "\n".join((header, first, *quoted))
    found, is_taken = outcome(text.encode())
    assert is_taken != any(finding.stops for finding in found)

"""What the commands say: to the sender with figures, in few lines, never a traceback."""

import json
from pathlib import Path

from etl.findings import ExitCode
from etl.practice.packages import table_bytes
from etl.submissions.commands import Answer, check_submission
from tests.etl.submissions.returns import TODAY, changed, places, rows_of, sound_table, written


def check(path: Path, format: str = "text") -> Answer:
    return check_submission(path, format=format, places=places(), today=TODAY)


def test_a_sound_return_is_said_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(sound_table())
    text, code = check(path)
    assert code == ExitCode.OK
    assert "X06000001" in text
    assert "can be taken" in text
    assert "--without-manifest" in text


def test_the_sender_sees_the_figures_that_break_a_rule(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(table_bytes(rows_of("CLA", {("CLA_PLC3", "TOTAL", "ALL"): 7654321})))
    text, code = check(path)
    assert code == ExitCode.REFUSED
    assert "7,654,321" in text


def test_many_findings_of_one_rule_are_few_lines(tmp_path: Path) -> None:
    rows = changed(rows_of("CIN"), lambda row: True, value="many")
    path = tmp_path / "data.csv"
    path.write_bytes(table_bytes(rows))
    text, code = check(path)
    assert code == ExitCode.REFUSED
    assert len(text.splitlines()) < 12
    assert "more)" in text


def test_a_report_can_be_read_by_a_program(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(table_bytes(rows_of("CLA", {("SDQ_SUM", "TOTAL", "ALL"): 15})))
    text, code = check(path, "json")
    [report] = json.loads(text)["returns"]
    assert code == ExitCode.OK
    assert report["accepted"] is True
    assert report["digest"].startswith("sha256:")
    assert [found["rule"] for found in report["findings"]] == ["A14"]


def test_every_package_of_a_folder_is_reported(tmp_path: Path) -> None:
    written(tmp_path, sound_table())
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04")
    text, code = check(tmp_path)
    assert code == ExitCode.UNREADABLE
    assert "broken.zip: not taken" in text
    assert "package: " in text

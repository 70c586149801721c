"""Reports of a return that was sent before: every format, and nothing for other eyes."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.findings import ExitCode
from etl.practice.packages import table_bytes
from etl.submissions.check import CheckedReturn
from etl.submissions.commands import check_submission
from etl.submissions.differences import differences_of
from etl.submissions.past import HeldFinding, HeldReturn
from etl.submissions.report import FORMATS, report_file
from tests.etl.submissions.returns import TODAY, checked_rows, places, rows_of

PLANTED = 1399


@pytest.fixture
def one(tmp_path: Path) -> CheckedReturn:
    """A return with queries, sent before with one other figure; one finding was explained."""
    changes = {"SDQ_SUM": PLANTED, "CLA_12M": 353, "AWAY_INC": 41}
    rows = rows_of("CLA", {(name, "TOTAL", "ALL"): n for name, n in changes.items()})
    checked = checked_rows(tmp_path, rows)
    keys = {found.rule: found.key for found in checked.findings}
    assert set(keys) == {"A14", "X09"}
    held = HeldReturn(
        "submission_one",
        1,
        "2025-08-01",
        {**checked.figures, ("AWAY_INC", "TOTAL", "ALL"): (38, "A")},
        findings=(
            HeldFinding("A14", keys["A14"], "query"),
            HeldFinding("X10", "gone", "query", ("CLA_ANY", "TOTAL", "ALL")),
        ),
        explained=frozenset({keys["A14"]}),
    )
    return replace(checked, previous=held)


def test_what_changed_is_told_figure_by_figure_and_finding_by_finding(one: CheckedReturn) -> None:
    found = differences_of(one)
    assert found is not None
    [change] = found.figures
    assert (change.key[0], change.before, change.now) == ("AWAY_INC", "38", "41")
    assert [f.rule for f in found.explained] == ["A14"]
    assert [f.rule for f in found.new] == ["X09"]
    assert [f.rule for f in found.gone] == ["X10"]


def test_a_key_stays_while_the_figures_do_and_changes_with_them(tmp_path: Path) -> None:
    def key(total: int, other: int) -> str:
        counts = {("SDQ_SUM", "TOTAL", "ALL"): total, ("AWAY_INC", "TOTAL", "ALL"): other}
        [found] = checked_rows(tmp_path, rows_of("CLA", counts)).findings
        return found.key

    assert key(1400, 40) == key(1400, 41) != key(1401, 40)


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_for_others_shows_no_figure(one: CheckedReturn, form: str) -> None:
    mine, others = (report_file(one, form, with_figures=own) for own in (True, False))
    texts = [_text(body, form) for body in (mine, others)]
    assert "1,399" in texts[0]
    assert "1,399" not in texts[1]
    assert "353" not in texts[1]
    for found in one.findings:
        assert found.key not in texts[1]


def _text(body: bytes, form: str) -> str:
    if form != "xlsx":
        return body.decode()
    book = load_workbook(io.BytesIO(body))
    return "\n".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row)


def test_the_page_needs_nothing_else_and_runs_nothing(one: CheckedReturn) -> None:
    page = report_file(one, "html", with_figures=True).decode()
    assert not re.search(r"<script|<link|src=|https?://|onclick", page)
    assert page.count("<h1>") == 1
    assert '<html lang="en-GB">' in page
    assert "What changed against version 1" in page


def test_the_workbook_has_a_header_row_and_no_merged_cells(one: CheckedReturn) -> None:
    book = load_workbook(io.BytesIO(report_file(one, "xlsx", with_figures=True)))
    assert book.sheetnames == ["about", "findings", "changes"]
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes == "A2"
        assert all(cell.value for cell in sheet[1])


def test_the_csv_has_a_row_for_each_finding_and_no_formula(one: CheckedReturn) -> None:
    text = report_file(one, "csv", with_figures=True).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["rule"] for row in rows] == ["X09", "A14"]
    assert {row["against_version_before"] for row in rows} == {"new", "explained"}
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())


def test_reports_of_many_returns_go_into_a_folder(tmp_path: Path) -> None:
    sent = tmp_path / "sent"
    for name in ("a", "b"):
        (sent / name).mkdir(parents=True)
        (sent / name / "data.csv").write_bytes(table_bytes(rows_of()))
    how = {"places": places(), "today": TODAY}
    text, code = check_submission(sent, format="html", to=tmp_path / "out", **how)  # type: ignore[arg-type]
    assert code is ExitCode.OK
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.html", "b.html"]
    assert len(text.splitlines()) == 2
    _, code = check_submission(sent, format="csv", **how)  # type: ignore[arg-type]
    assert code is ExitCode.USAGE
    told, _ = check_submission(sent, format="json", **how)  # type: ignore[arg-type]
    assert {report["ruleset"] for report in json.loads(told)["returns"]} == {"2025.1"}


@pytest.mark.parametrize("form", ["text", "html"])
def test_a_figure_that_stands_out_prompts_its_sender_to_comment(
    one: CheckedReturn, form: str
) -> None:
    unusual = replace(one.findings[0], rule="N01")
    told = replace(one, findings=(*one.findings, unusual))
    assert b"outcomes commentary add" in report_file(told, form, with_figures=True)
    assert b"outcomes commentary add" not in report_file(told, form, with_figures=False)
    assert b"outcomes commentary add" not in report_file(one, form, with_figures=True)

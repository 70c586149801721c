"""Records about children are refused before anything of a file is kept: D01."""

import io
import os
import random
from pathlib import Path

import pytest
import xlsxwriter

from etl.findings import ExitCode, exit_code
from tests.etl.submissions.returns import (
    changed,
    checked,
    checked_rows,
    checked_text,
    is_measure,
    rows_of,
    rules_of,
    sound_table,
    the_finding,
    written,
    zipped,
)

EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE\nSYN0001,01/04/2024,S,C2,N1,U1\n"
HEADER = "Child ID;Date of Birth;Sex\nSYN0001;01/02/2010;F\n"
CENSUS = (
    "<?xml version='1.0'?>\n<Message><Header/><Children><Child><ChildIdentifiers>"
    "<LAchildID>SYN0001</LAchildID></ChildIdentifiers></Child></Children></Message>"
)
PUPILS = "a,b\nA12345678901B,1\n"
POSTCODES = "a,b\nZZ1 1ZZ,1\nZZ2 2ZZ,2\nZZ99 9ZZ,3\n"
HEALTH = "a\n943 476 5919\n9434765870\n943-476-5889\n"


def dated(rows: int) -> str:
    draw = random.Random(1)
    days = (f"{draw.randrange(2005, 2020)}-{draw.randrange(1, 13):02}-01" for _ in range(rows))
    return "a,b\n" + "".join(f"{place},{day}\n" for place, day in enumerate(days))


RECORDS = {
    "episodes": EPISODES,
    "another header": HEADER,
    "census XML": CENSUS,
    "pupil numbers": PUPILS,
    "postcodes": POSTCODES,
    "health numbers": HEALTH,
    "dates of birth": dated(20),
    "many rows": "a,b\n" + "1,2\n" * 5_001,
}


def workbook(text: str) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("cover").write_row(0, 0, ["Nothing", "here"])
        sheet = book.add_worksheet("list")
        for row, line in enumerate(text.splitlines()):
            sheet.write_row(row, 0, line.replace(";", ",").split(","))
    return out.getvalue()


@pytest.mark.parametrize("records", RECORDS.values(), ids=RECORDS)
@pytest.mark.parametrize("name", ["data.csv", "return.txt", "data.xlsx"])
def test_a_file_of_records_is_refused_whatever_its_name(
    tmp_path: Path, name: str, records: str
) -> None:
    result = checked_text(tmp_path, records, name)
    assert rules_of(result) == {"D01"}
    assert result.incident is not None
    assert result.incident.size == len(records)


@pytest.mark.parametrize("records", RECORDS.values(), ids=RECORDS)
def test_a_file_of_records_is_refused_inside_a_package(tmp_path: Path, records: str) -> None:
    content = zipped({"data.csv": records.encode(), "manifest.json": b"{}"})
    assert rules_of(checked_text(tmp_path, content, "package.zip")) == {"D01"}
    assert rules_of(checked(written(tmp_path, records.encode()))) == {"D01"}


def test_a_package_of_several_record_files_is_refused_as_such(tmp_path: Path) -> None:
    content = zipped({"header.csv": HEADER.encode(), "episodes.csv": EPISODES.encode()})
    assert rules_of(checked_text(tmp_path, content, "ssda903.zip")) == {"D01"}


@pytest.mark.parametrize("kind", ["episodes", "another header", "pupil numbers", "postcodes"])
def test_a_workbook_of_records_is_refused(tmp_path: Path, kind: str) -> None:
    assert rules_of(checked_text(tmp_path, workbook(RECORDS[kind]), "data.xlsx")) == {"D01"}


def test_records_in_utf_16_are_refused_as_records(tmp_path: Path) -> None:
    assert rules_of(checked_text(tmp_path, EPISODES.encode("utf-16"))) == {"D01"}


def test_the_message_gives_a_reference_and_repeats_nothing_of_the_file(tmp_path: Path) -> None:
    result = checked_text(tmp_path, PUPILS)
    found = the_finding(result, "D01")
    assert result.incident is not None
    assert result.incident.reference in found.advice
    assert "data protection officer" in found.advice
    assert "A12345678901B" not in str(found) + repr(result)
    assert exit_code(result.findings) == ExitCode.REFUSED


def test_nothing_is_written_while_a_file_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.setenv("TMPDIR", str(tmp_path / "elsewhere"))
    for name in ("data.csv", "data.xlsx"):
        content = workbook(EPISODES) if name.endswith("xlsx") else EPISODES
        checked_text(tmp_path, content, name)
    assert os.listdir(tmp_path / "elsewhere") == []  # noqa: PTH208 - a bare list is the point


def test_a_return_with_a_few_dates_in_its_notes_is_no_file_of_records(tmp_path: Path) -> None:
    rows = rows_of()
    for place, day in enumerate(("2024-05-01", "2024-06-01", "2024-07-01", "2024-08-01")):
        where = is_measure(rows[place].measure)
        rows = changed(rows, where, note=f"Extract of {day}")
    assert checked_rows(tmp_path, rows).findings == ()


def test_a_return_is_no_file_of_records(tmp_path: Path) -> None:
    for collection in ("CLA", "CIN", "CL"):
        assert checked_text(tmp_path, sound_table(collection)).sent is not None

"""Templates: pre-filled keys that load again once the values are filled in."""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from etl.findings import ExitCode
from etl.submissions.template_commands import template_command
from tests.etl.submissions.returns import (
    AUTHORITY,
    checked_text,
    places,
    rows_of,
    rules_of,
)

TODAY = date(2025, 9, 1)


def template(collection: str = "CLA", format: str = "csv") -> tuple[bytes, str]:
    content, name, code = template_command(
        AUTHORITY, collection, "RY2025", format=format, places=places(), today=TODAY
    )
    assert code == ExitCode.OK
    return content, name


def values(collection: str) -> dict[tuple[str, str, str], str]:
    return {row.key: row.value for row in rows_of(collection)}


@pytest.mark.parametrize("collection", ["CLA", "CIN", "CL"])
def test_a_filled_csv_template_is_a_sound_return(tmp_path: Path, collection: str) -> None:
    content, name = template(collection)
    assert name == f"AIS_{AUTHORITY}_{collection}_2025-03-31_1.csv"
    counts = values(collection)
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(rows[0])
    for row in rows[1:]:
        value = counts.get((row[4], row[5], row[6]), "")
        writer.writerow([*row[:7], value, "A" if value else "", ""])
    result = checked_text(tmp_path, out.getvalue())
    assert result.findings == ()
    assert result.sent is not None


def filled(content: bytes, sheet_template_id: str | None = None) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["data"]
    counts = values("CLA")
    for row in sheet.iter_rows(min_row=2):
        key = (str(row[4].value), str(row[5].value), str(row[6].value))
        if key in counts:
            row[7].value, row[8].value = int(counts[key]), "A"
    if sheet_template_id is not None:
        book["template"]["A1"].value = sheet_template_id
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_filled_workbook_template_is_a_sound_return(tmp_path: Path) -> None:
    content, _ = template(format="xlsx")
    assert checked_text(tmp_path, filled(content), "data.xlsx").findings == ()


def test_an_old_workbook_template_is_told_from_the_current_one(tmp_path: Path) -> None:
    content, _ = template(format="xlsx")
    result = checked_text(tmp_path, filled(content, "sha256:old"), "data.xlsx")
    assert rules_of(result) == {"S14"}


def test_a_workbook_template_locks_keys_and_checks_values() -> None:
    content, _ = template(format="xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet2.xml").decode()
    assert "<sheetProtection" in sheet
    assert 'type="whole"' in sheet
    assert 'type="list"' in sheet


def test_a_template_may_be_had_before_its_period_has_ended() -> None:
    _, name, code = template_command(
        AUTHORITY, "CLA", "RY2026", places=places(), today=date(2025, 9, 1)
    )
    assert (name, code) == (f"AIS_{AUTHORITY}_CLA_2026-03-31_1.csv", ExitCode.OK)


@pytest.mark.parametrize(
    ("authority", "collection", "period", "format", "words"),
    [
        ("X06999999", "CLA", "RY2025", "csv", "unknown code"),
        (AUTHORITY, "ABC", "RY2025", "csv", "CLA"),
        (AUTHORITY, "CLA", "RY25", "csv", "RY2025"),
        (AUTHORITY, "CLA", "AY2024-25", "csv", "RY2025"),
        (AUTHORITY, "CLA", "RY2025", "pdf", "csv, xlsx, json"),
    ],
)
def test_a_template_that_cannot_be_made_says_why(
    authority: str, collection: str, period: str, format: str, words: str
) -> None:
    content, text, code = template_command(
        authority, collection, period, format=format, places=places(), today=TODAY
    )
    assert (content, code) == (b"", ExitCode.USAGE)
    assert words in text

"""Templates: pre-filled keys that load again once the values are filled in."""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import orjson
import pytest
from typer.testing import CliRunner

from etl.findings import ExitCode, Place
from etl.submissions.structure import check_template
from etl.submissions.template_commands import Wanted, template_command, write_templates
from etl.submissions.wire import template_id
from indicators.measure_sections import Edition
from indicators.measures import load_measures
from outcomes import app
from tests.etl.submissions.returns import (
    AUTHORITY,
    PERIOD,
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


@pytest.mark.parametrize("collection", ["CLA", "CIN", "CL"])
def test_a_filled_json_template_is_a_sound_return(tmp_path: Path, collection: str) -> None:
    content, _ = template(collection, "json")
    held, counts = orjson.loads(content), values(collection)
    for row in held["rows"]:
        key = (row["measure"], row["breakdown_type"], row["breakdown"])
        if key in counts:
            row["value"], row["status"] = int(counts[key]), "A"
    assert checked_text(tmp_path, orjson.dumps(held), "data.json").findings == ()


def test_an_old_template_of_a_known_version_says_what_changed() -> None:
    held = load_measures().collection("CL")
    old = Edition(version="2024.1", says="Before.")
    new = Edition(version="2025.1", says="Now.", measures=("CL_EET", "CL_NEET"))
    collection = held.model_copy(update={"changes": (old, new)})
    rows = rows_of("CL")
    authority, code, _, period_end = rows[0].scope
    carried = template_id("2024.1", authority, code, period_end)
    [finding] = check_template(Place("data.xlsx"), carried, collection, PERIOD, rows)
    assert "2 measures have changed: CL_EET, CL_NEET" in str(finding)


def test_a_template_is_written_for_every_authority(tmp_path: Path) -> None:
    text, code = write_templates("", Wanted("CL", "RY2025"), tmp_path, places(), tmp_path)
    everyone = [area.code for area in places().authorities(date(2025, 3, 31))]
    assert (text, code) == (f"written: {len(everyone)} templates into {tmp_path}", ExitCode.OK)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == sorted(f"AIS_{area}_CL_2025-03-31_1.csv" for area in everyone)


def test_templates_for_all_of_no_period_say_why(tmp_path: Path) -> None:
    text, code = write_templates("", Wanted("CL", "RY25"), tmp_path, places(), tmp_path)
    assert code == ExitCode.USAGE
    assert "RY2025" in text


@pytest.mark.parametrize("more", [[], ["--all", "--authority", AUTHORITY]])
def test_a_template_is_for_one_authority_or_for_all(more: list[str]) -> None:
    asked = ["template", "--collection", "CL", "--period", "RY2025", *more]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == ExitCode.USAGE

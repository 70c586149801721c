"""One return in three renditions, alone, in a folder or zipped: the same rows, the same digest."""

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
import xlsxwriter

from etl.file_kinds import RefusedFileError
from etl.submissions.check import CheckedReturn
from etl.submissions.manifest import build_manifest
from etl.submissions.package import media_type_of, package_of
from etl.submissions.strict_json import MAX_DEPTH, JsonFaultError, load_strict, whole
from etl.submissions.table import read_table
from etl.submissions.wire import COLUMNS, WireRow, canonical_digest
from tests.etl.submissions.returns import (
    changed,
    checked,
    checked_text,
    is_measure,
    rows_of,
    rules_of,
    the_finding,
    zipped,
)

NOTE = 'Counted by hand, "late"; 2 records\nstill in question'


def sent_rows() -> list[WireRow]:
    return changed(rows_of("CL"), is_measure("CL_EET"), status="E", note=NOTE)


def texts(rows: Sequence[WireRow]) -> list[list[str]]:
    return [[getattr(row, name) for name in COLUMNS.values()] for row in rows]


def as_csv(rows: Sequence[WireRow], line_end: str = "\r\n", mark: str = "") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=line_end).writerows([list(COLUMNS), *texts(rows)])
    return (mark + out.getvalue()).encode()


def as_objects(rows: Sequence[WireRow]) -> list[dict[str, object]]:
    return [dict(zip(COLUMNS, cells, strict=True)) for cells in texts(rows)]


def as_list(rows: Sequence[WireRow]) -> bytes:
    return orjson.dumps(as_objects(rows))


def as_json(rows: Sequence[WireRow], *, digits: bool = False) -> bytes:
    numbered = as_objects(rows)
    for row in numbered:
        row["value"] = row["value"] if digits else int(str(row["value"]))
    held = {"standard": "AIS", "version": "1.0", "rows": numbered}
    return orjson.dumps(held, option=orjson.OPT_INDENT_2)


def as_xlsx(rows: Sequence[WireRow]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("data")
        sheet.write_row(0, 0, list(COLUMNS))
        for place, cells in enumerate(texts(rows), 1):
            sheet.write_row(place, 0, [*cells[:7], int(cells[7]), *cells[8:]])
    return out.getvalue()


RENDITIONS: dict[str, Callable[[Sequence[WireRow]], bytes]] = {
    "csv": as_csv,
    "csv with LF": lambda rows: as_csv(rows, "\n"),
    "csv with a mark": lambda rows: as_csv(rows, mark="\ufeff"),
    "xlsx": as_xlsx,
    "json": as_json,
    "json of digits": lambda rows: as_json(rows, digits=True),
    "list": as_list,
    "json with a mark": lambda rows: b"\xef\xbb\xbf" + as_json(rows),
}


Told = tuple[str, dict[tuple[str, str, str, str, str, str, str], tuple[str, str, str]]]


def told(result: CheckedReturn) -> Told:
    """The digest, and value, status and note by key."""
    assert result.findings == ()
    assert result.sent is not None
    rows = {(*r.scope, *r.key): (r.value, r.status, r.note) for r in result.sent.rows}
    return result.sent.digest, rows


@pytest.mark.parametrize("rendition", RENDITIONS)
def test_every_rendition_holds_the_same_rows_and_digest(tmp_path: Path, rendition: str) -> None:
    rows = sent_rows()
    expected = told(checked_text(tmp_path, as_csv(rows)))
    shuffled = random.Random(5).sample(rows, len(rows))
    content = RENDITIONS[rendition](shuffled)
    manifest = build_manifest("data", content, shuffled, "2025.1")
    members = {"data": content, "manifest.json": manifest}
    assert told(checked_text(tmp_path, content, "any name")) == expected
    assert told(checked_text(tmp_path, zipped(members), "p.zip")) == expected


@pytest.mark.parametrize("name", ["data.csv", "data.xlsx", "data.json"])
def test_a_folder_of_any_rendition_is_the_same_return(tmp_path: Path, name: str) -> None:
    rows = sent_rows()
    content = RENDITIONS[name.removeprefix("data.")](rows)
    folder = tmp_path / "return"
    folder.mkdir()
    (folder / name).write_bytes(content)
    (folder / "manifest.json").write_bytes(build_manifest(name, content, rows, "2025.1"))
    assert told(checked(folder))[0] == canonical_digest(rows)


@pytest.mark.parametrize("rendition", RENDITIONS)
def test_a_note_comes_through_whole(tmp_path: Path, rendition: str) -> None:
    _, rows = told(checked_text(tmp_path, RENDITIONS[rendition](sent_rows()), "data"))
    assert {note for _, status, note in rows.values() if status == "E"} == {NOTE}


def test_a_fraction_in_json_is_found_at_its_row(tmp_path: Path) -> None:
    rows = as_objects(sent_rows())
    rows[2]["value"] = 12.0
    finding = the_finding(checked_text(tmp_path, orjson.dumps(rows), "data.json"), "C06")
    assert (finding.place.row, finding.found) == (3, "'12.0'")


def text_with(**cells: object) -> str:
    rows = as_objects(sent_rows())
    rows[1] |= cells
    return orjson.dumps(rows).decode()


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        (text_with(value=True), "S07", "true or false in value"),
        (text_with(value=[1]), "S07", "a list in value"),
        (text_with(la_code=6000001), "S07", "a number in la_code"),
        (text_with(note="nul \0"), "S07", "control character"),
        (text_with(more=""), "S07", "'more'"),
        (text_with()[:-2], "S07", "breaks off"),
        ('[{"la_code": "a", "la_code": "b"}]', "S07", "'la_code' twice"),
        ('[{"value": NaN}]', "S07", "NaN"),
        ("[" * 4_000, "S07", "nested"),
        ('{"standard": "AIS", "version": "9", "rows": []}', "S07", "another standard"),
        ('{"standard": "AIS", "version": "1.0"}', "S07", "no rows"),
        ('{"rows": [], "extra": 1}', "S07", "'extra'"),
        ("[]", "S10", "no data rows"),
        ('"text"', "S05", ""),
    ],
    ids=lambda value: str(value)[-40:],
)
def test_json_that_could_be_read_in_two_ways_is_refused(
    tmp_path: Path, text: str, rule: str, words: str
) -> None:
    result = checked_text(tmp_path, text, "data.json")
    assert rules_of(result) >= {rule}
    assert words in str(next(found for found in result.findings if found.rule == rule))


def test_half_a_character_in_json_is_refused(tmp_path: Path) -> None:
    text = text_with(note="HALF").replace("HALF", "\\ud800")
    assert rules_of(checked_text(tmp_path, text, "data.json")) == {"S07"}


def test_a_row_of_json_without_all_columns_is_refused(tmp_path: Path) -> None:
    rows = as_objects(sent_rows())
    del rows[4]["note"]
    finding = the_finding(checked_text(tmp_path, orjson.dumps(rows), "data.json"), "S07")
    assert finding.place.row == 5
    assert "'note'" in finding.found


def test_an_empty_value_may_be_null(tmp_path: Path) -> None:
    rows = changed(rows_of("CL"), is_measure("CL_N"), value="", status="x", note="system down")
    objects = [{**row, "value": row["value"] or None} for row in as_objects(rows)]
    assert told(checked_text(tmp_path, orjson.dumps(objects)))[0] == canonical_digest(rows)


@pytest.mark.parametrize("indent", [None, 2])
def test_records_of_children_in_json_are_refused_before_anything_else(
    tmp_path: Path, indent: int | None
) -> None:
    rows = [{"a": n, "b": 1, "c": 1, "d": 1, "e": 1, "DOB": f"2011-02-{n:02}"} for n in range(1, 9)]
    option = orjson.OPT_INDENT_2 if indent else None
    result = checked_text(tmp_path, orjson.dumps(rows, option=option), "data.json")
    assert rules_of(result) == {"D01"}
    assert result.incident is not None
    assert result.incident.signals == ("column names of records", "many different dates")


def test_a_broken_record_of_a_child_in_json_is_no_less_a_record(tmp_path: Path) -> None:
    assert rules_of(checked_text(tmp_path, '[{"UPN": "x", "UPN": 1.5', "a.json")) == {"D01"}


def test_a_very_long_text_that_never_ends_is_read_in_one_go() -> None:
    with pytest.raises(JsonFaultError):
        load_strict('["' + '\\"' * 1_000_000)


def test_nesting_is_counted_outside_texts_only() -> None:
    assert load_strict('["' + "[" * 50 + '"]') == ["[" * 50]
    assert load_strict("[" * MAX_DEPTH + "]" * MAX_DEPTH) is not None


@pytest.mark.parametrize("written", ["1.0", "1e3", "1" * 16])
def test_only_whole_numbers_of_ordinary_length_are_numbers(written: str) -> None:
    with pytest.raises(JsonFaultError):
        load_strict(f"[{written}]", number=whole)


def sheets_of(*sheets: tuple[str, list[list[object]], str]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows, formula in sheets:
            sheet = book.add_worksheet(name)
            for place, cells in enumerate(rows):
                sheet.write_row(place, 0, cells)
            if formula:
                sheet.write_formula(40, 0, formula)
    return out.getvalue()


def table_rows() -> list[list[object]]:
    return [
        list(COLUMNS),
        *([*cells[:7], int(cells[7]), *cells[8:]] for cells in texts(sent_rows())),
    ]


@pytest.mark.parametrize("name", ["data", "My & figures"])
def test_formulas_on_other_sheets_of_a_workbook_do_no_harm(tmp_path: Path, name: str) -> None:
    words: list[list[object]] = [["How to fill this in"]]
    book = sheets_of(("read me", words, "=1+1"), (name, table_rows(), ""), ("sums", [], "=2+2"))
    assert told(checked_text(tmp_path, book, "data.xlsx"))[0] == canonical_digest(sent_rows())


def test_a_formula_among_the_counts_is_still_refused(tmp_path: Path) -> None:
    book = sheets_of(("read me", [["words"]], ""), ("data", table_rows(), "=1+1"))
    assert "S08" in rules_of(checked_text(tmp_path, book, "data.xlsx"))


def test_a_package_knows_its_media_type_by_content() -> None:
    rows = sent_rows()
    found = {media_type_of(make(rows)) for make in (as_csv, as_xlsx, as_json)}
    assert len(found) == 3


def test_a_json_file_reads_with_the_numbers_of_its_rows() -> None:
    sheet = read_table(package_of("data.json", as_json(sent_rows())))
    assert [row for row, _ in sheet.rows] == list(range(1, len(sent_rows()) + 1))


def test_a_damaged_json_file_says_where() -> None:
    with pytest.raises(RefusedFileError, match="line 1, character"):
        read_table(package_of("data.json", b'[{"la_code" "X"}]'))


def test_zeros_before_a_number_make_no_other_return() -> None:
    rows = sent_rows()
    padded = [replace(row, value=f"00{row.value}") for row in rows]
    assert canonical_digest(padded) == canonical_digest(rows)

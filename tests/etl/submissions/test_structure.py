"""Rules about the shape of a return: S04 to S15."""

import hashlib
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from etl.practice.packages import table_bytes
from etl.submissions.manifest import build_manifest
from tests.etl.submissions.returns import (
    AUTHORITY,
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
)

HEADER = (
    "la_code,collection,period_type,period_end,measure,breakdown_type,breakdown,value,status,note"
)


@pytest.mark.parametrize("collection", ["CLA", "CIN", "CL"])
def test_a_sound_return_breaks_no_rule(tmp_path: Path, collection: str) -> None:
    result = checked_rows(tmp_path, rows_of(collection))
    assert result.findings == ()
    assert result.sent is not None
    assert result.sent.scope.authority.code == AUTHORITY


def test_text_that_is_not_utf_8_is_refused_with_its_row(tmp_path: Path) -> None:
    table = sound_table().replace(b"A,\r\n", b"A,\xe9\r\n", 1)
    found = the_finding(checked_text(tmp_path, table), "S04")
    assert found.place.row == 2
    assert "UTF-8" in found.advice


def test_utf_16_is_refused(tmp_path: Path) -> None:
    table = sound_table().decode().encode("utf-16")
    assert rules_of(checked_text(tmp_path, table)) == {"S04"}


def test_a_byte_order_mark_is_allowed(tmp_path: Path) -> None:
    assert checked_text(tmp_path, b"\xef\xbb\xbf" + sound_table()).sent is not None


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    table = sound_table().replace(b"value", b"count", 1)
    result = checked_text(tmp_path, table)
    assert "value" in the_finding(result, "S05").found
    assert "count" in the_finding(result, "S06").found


def test_a_repeated_column_is_named(tmp_path: Path) -> None:
    lines = sound_table().decode().splitlines()
    table = "\n".join(
        f"{line},{'value' if place == 0 else '1'}" for place, line in enumerate(lines)
    )
    assert "value twice" in the_finding(checked_text(tmp_path, table), "S05").found


@pytest.mark.parametrize(("sign", "word"), [(";", "semicolons"), ("\t", "tabs")])
def test_another_delimiter_is_named(tmp_path: Path, sign: str, word: str) -> None:
    table = sound_table().decode().replace(",", sign)
    assert word in the_finding(checked_text(tmp_path, table), "S05").found


def test_an_unknown_column_is_ignored_with_a_warning(tmp_path: Path) -> None:
    lines = sound_table().decode().splitlines()
    table = "\n".join(
        f"{line},{'region' if place == 0 else ''}" for place, line in enumerate(lines)
    )
    result = checked_text(tmp_path, table)
    assert rules_of(result) == {"S06"}
    assert result.sent is not None


def test_columns_may_stand_in_any_order_and_case(tmp_path: Path) -> None:
    lines = [line.split(",") for line in sound_table().decode().splitlines()]
    lines[0] = [name.upper() for name in lines[0]]
    table = "\n".join(",".join(reversed(cells)) for cells in lines)
    assert checked_text(tmp_path, table).sent is not None


def test_a_row_with_a_stray_comma_is_placed(tmp_path: Path) -> None:
    table = sound_table().replace(b"A,\r\n", b"A,,\r\n", 1)
    found = the_finding(checked_text(tmp_path, table), "S07")
    assert (found.place.row, found.found) == (2, "11 cells")


def test_a_file_cut_off_within_a_row_is_noticed(tmp_path: Path) -> None:
    assert "S07" in rules_of(checked_text(tmp_path, sound_table()[:-30]))


def test_a_quotation_mark_without_its_pair_is_refused(tmp_path: Path) -> None:
    table = sound_table().replace(b"A,\r\n", b'A,"open\r\n', 1)
    assert rules_of(checked_text(tmp_path, table)) == {"S07"}


@pytest.mark.parametrize("cell", ["=1+1", "+2", "@SUM(A1)", "<script>alert(1)</script>"])
def test_formulas_and_markup_are_refused(tmp_path: Path, cell: str) -> None:
    rows = changed(rows_of(), is_measure("CLA_OPEN", "ALL"), note=cell)
    found = the_finding(checked_rows(tmp_path, rows), "S08")
    assert found.place.column == "note"
    assert cell not in str(found)


def test_a_count_given_twice_is_refused_and_differences_are_said(tmp_path: Path) -> None:
    rows = rows_of()
    twice = [*rows, replace(rows[0], value="123456")]
    assert "another value" in the_finding(checked_rows(tmp_path, twice), "S09").found


@pytest.mark.parametrize("text", ["", "\n\n", HEADER, f"{HEADER}\n"])
def test_a_file_without_rows_is_refused(tmp_path: Path, text: str) -> None:
    result = checked_text(tmp_path, text)
    assert rules_of(result) <= {"S01", "S10"}
    assert result.sent is None


def test_a_template_that_was_not_filled_in_is_refused(tmp_path: Path) -> None:
    rows = [replace(row, value="", status="") for row in rows_of()]
    assert rules_of(checked_text(tmp_path, table_bytes(rows))) == {"S10"}


def test_a_package_without_its_manifest_is_refused_unless_asked_for(tmp_path: Path) -> None:
    package = written(tmp_path, sound_table())
    assert "--without-manifest" in the_finding(checked(package), "S11").advice
    assert checked(package, without_manifest=True).sent is not None


def test_a_file_changed_after_its_manifest_is_refused(tmp_path: Path) -> None:
    rows = rows_of()
    table = table_bytes(rows)
    manifest = build_manifest("data.csv", table, rows, "2025.1")
    result = checked(written(tmp_path, table + b"\r\n", manifest))
    assert rules_of(result) == {"S11"}


def test_a_manifest_that_is_not_json_is_refused(tmp_path: Path) -> None:
    assert rules_of(checked(written(tmp_path, sound_table(), b"{not json"))) == {"S11"}


def test_a_file_with_fewer_rows_than_declared_is_refused(tmp_path: Path) -> None:
    rows = rows_of()
    table = table_bytes(rows[:-1])
    manifest = orjson.loads(build_manifest("data.csv", table, rows, "2025.1"))
    manifest["files"][0]["sha256"] = hashlib.sha256(table).hexdigest()
    result = checked(written(tmp_path, table, orjson.dumps(manifest)))
    assert f"{len(rows)} rows" in the_finding(result, "S12").expected


def test_a_row_of_another_authority_is_refused(tmp_path: Path) -> None:
    rows = rows_of()
    mixed = [*rows[:-1], replace(rows[-1], authority="X06000002")]
    assert the_finding(checked_rows(tmp_path, mixed), "S13").place.column == "la_code"


def test_a_manifest_of_another_period_is_refused(tmp_path: Path) -> None:
    rows = rows_of()
    table = table_bytes(rows)
    manifest = orjson.loads(build_manifest("data.csv", table, rows, "2025.1"))
    manifest["period_end"] = "2024-03-31"
    result = checked(written(tmp_path, table, orjson.dumps(manifest)))
    assert "S13" in rules_of(result)


def test_an_old_template_is_a_warning(tmp_path: Path) -> None:
    rows = rows_of()
    table = table_bytes(rows)
    result = checked(written(tmp_path, table, build_manifest("data.csv", table, rows, "2024.9")))
    assert rules_of(result) == {"S14"}
    assert result.sent is not None


def test_missing_required_counts_are_counted_in_one_finding(tmp_path: Path) -> None:
    rows = [row for row in rows_of() if row.measure not in ("SDQ_N", "CONV")]
    found = the_finding(checked_rows(tmp_path, rows), "S15")
    assert found.found.startswith("2 required counts are missing, the first SDQ_N")


def test_an_optional_count_may_be_left_out(tmp_path: Path) -> None:
    rows = [row for row in rows_of() if row.measure != "CLA_GT20_OUT"]
    assert checked_rows(tmp_path, rows).findings == ()


def test_a_table_of_very_many_columns_is_one_finding(tmp_path: Path) -> None:
    table = ",".join(f"column{place}" for place in range(5_000)) + "\n"
    assert the_finding(checked_text(tmp_path, table), "S05").found == "5,000 columns"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("standard", "XYZ", "another standard"),
        ("files", [], "files"),
        ("control_totals", {"rows": -1, "sum_value": 0}, "control_totals.rows"),
        ("files", [{"name": "other.csv", "bytes": 1, "sha256": "0"}], "does not list data.csv"),
        ("canonical_digest", "sha256:0", "another digest"),
    ],
)
def test_a_manifest_that_does_not_fit_says_where(
    tmp_path: Path, field: str, value: object, words: str
) -> None:
    rows = rows_of()
    table = table_bytes(rows)
    manifest = {**orjson.loads(build_manifest("data.csv", table, rows, "2025.1")), field: value}
    found = the_finding(checked(written(tmp_path, table, orjson.dumps(manifest))), "S11")
    assert words in found.found


def test_a_nul_character_is_placed(tmp_path: Path) -> None:
    table = sound_table().replace(b"A,\r\n", b"A,\0\r\n", 1)
    assert the_finding(checked_text(tmp_path, table), "S04").place.row == 2

"""Manifests: what they must say, what is compared with the data, and making one by command."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from typer.testing import CliRunner

from etl.findings import ExitCode
from etl.practice.packages import table_bytes
from etl.submissions.check import CheckedReturn
from etl.submissions.manifest import ManifestSource, Stated, build_manifest
from etl.submissions.manifest_commands import NOT_STATED, Typed, manifest_command
from outcomes import app
from tests.etl.submissions.returns import (
    AUTHORITY,
    checked,
    checked_text,
    rows_of,
    rules_of,
    the_finding,
    written,
)

TABLE = table_bytes(rows_of("CL"))
TOTAL = sum(int(row.value) for row in rows_of("CL"))
ATTESTED = Typed(is_attested=True)


def manifest_with(change: Callable[[dict[str, Any]], object]) -> bytes:
    said = orjson.loads(build_manifest("data.csv", TABLE, rows_of("CL"), "2025.1"))
    change(said)
    return orjson.dumps(said)


def sent_with(folder: Path, change: Callable[[dict[str, Any]], object]) -> CheckedReturn:
    return checked(written(folder, TABLE, manifest_with(change)))


def put(*path: str, value: object) -> Callable[[dict[str, Any]], object]:
    def change(said: dict[str, Any]) -> None:
        *parents, last = path
        for name in parents:
            said = said[name]
        said[last] = value

    return change


@pytest.mark.parametrize("value", [False, None, "true", 1])
def test_a_package_without_the_statement_about_children_is_refused(
    tmp_path: Path, value: object
) -> None:
    result = sent_with(tmp_path, put("attestations", "no_child_level_data", value=value))
    assert rules_of(result) == {"S11"}
    assert "no_child_level_data" in str(result.findings[0])


def test_a_manifest_without_any_statement_is_refused(tmp_path: Path) -> None:
    result = sent_with(tmp_path, lambda said: said.pop("attestations"))
    assert "state it" in the_finding(result, "S11").advice


@pytest.mark.parametrize(
    ("change", "found", "expected"),
    [
        (put("control_totals", "rows", value=23), "24 rows that", "23 rows that"),
        (put("control_totals", "rows_with_value", value=9), "24 rows with a value", "9, as"),
        (put("control_totals", "by_status", value={"A": 23, "E": 1}), "statuses A 24", "A 23, E 1"),
        (
            put("control_totals", "sections", "COHORT", "rows", value=3),
            "in section COHORT 2 rows",
            "3 rows",
        ),
        (
            put("control_totals", "sections", "OTHER", value={"rows": 1, "sum": 1}),
            "in section OTHER 0 rows",
            "1 rows",
        ),
    ],
)
def test_totals_that_are_not_those_of_the_data_are_an_error(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], found: str, expected: str
) -> None:
    finding = the_finding(sent_with(tmp_path, change), "S12")
    assert finding.found.startswith(found)
    assert finding.expected.startswith(expected)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (put("submission_reason", value="because"), "submission_reason"),
        (put("source", "cin_export_date", value="summer"), "cin_export_date"),
        (
            lambda said: said["files"].append({"name": "b.csv", "bytes": 1, "sha256": "x"}),
            "lists b.csv",
        ),
        (lambda said: said["files"][0].update(media_type="application/json"), "application/json"),
        (lambda said: said["files"][0].update(sha256="0" * 64, bytes=9), "9 bytes"),
    ],
)
def test_a_manifest_that_says_something_else_than_is_there_is_refused(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], words: str
) -> None:
    assert words in str(the_finding(sent_with(tmp_path, change), "S11"))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b'"version":"1.0"', b'"version":"1.0","version":"1.0"', "twice"),
        (b'"replaces":null', b'"replaces":1.5', "fraction"),
        (b'"replaces":null', b'"replaces":"\\u0000"', "control character"),
        (b'"replaces":null', b'"replaces":\xff', "UTF-8"),
    ],
)
def test_a_manifest_that_could_be_read_in_two_ways_is_refused(
    tmp_path: Path, old: bytes, new: bytes, words: str
) -> None:
    content = manifest_with(lambda said: None)
    assert old in content
    result = checked(written(tmp_path, TABLE, content.replace(old, new)))
    assert words in the_finding(result, "S11").found


def data_file(folder: Path, table: bytes = TABLE) -> Path:
    path = folder / "leavers.csv"
    path.write_bytes(table)
    return path


def test_the_command_writes_a_manifest_with_which_the_folder_is_a_package(tmp_path: Path) -> None:
    source = ManifestSource(system="case system", records_excluded=2)
    stated = Stated("correction", "submission_1", source)
    typed = Typed(len(rows_of("CL")), TOTAL, is_attested=True)
    text, code = manifest_command(data_file(tmp_path), stated, typed)
    assert (text, code) == (f"written: {tmp_path / 'manifest.json'}", ExitCode.OK)
    assert checked(tmp_path).findings == ()
    said = orjson.loads((tmp_path / "manifest.json").read_bytes())
    assert (said["submission_reason"], said["replaces"]) == ("correction", "submission_1")
    assert said["source"]["records_excluded"] == 2


def test_the_command_writes_a_package_and_never_over_another(tmp_path: Path) -> None:
    path = data_file(tmp_path)
    for number in (1, 2):
        manifest_command(path, Stated(), ATTESTED, zipped=True)
        package = tmp_path / f"AIS_{AUTHORITY}_CL_2025-03-31_{number}.zip"
        assert checked(package).findings == ()
    with zipfile.ZipFile(io.BytesIO(package.read_bytes())) as archive:
        assert archive.namelist() == ["data.csv", "manifest.json"]
    assert package.read_bytes() == (tmp_path / f"AIS_{AUTHORITY}_CL_2025-03-31_1.zip").read_bytes()


@pytest.mark.parametrize("typed", [Typed(25, None, True), Typed(None, TOTAL + 1, True)])
def test_no_manifest_is_made_for_a_file_that_was_cut_short(tmp_path: Path, typed: Typed) -> None:
    text, code = manifest_command(data_file(tmp_path), Stated(), typed)
    assert code == ExitCode.REFUSED
    assert "S12" in text
    assert not (tmp_path / "manifest.json").exists()


def test_no_manifest_is_made_without_the_statement(tmp_path: Path) -> None:
    assert manifest_command(data_file(tmp_path), Stated(), Typed()) == (NOT_STATED, ExitCode.USAGE)
    assert not (tmp_path / "manifest.json").exists()


def test_no_manifest_is_made_for_records_of_children(tmp_path: Path) -> None:
    path = data_file(tmp_path, b"CHILD,DOB\nSYN1,2011-01-01\n")
    text, code = manifest_command(path, Stated(), ATTESTED)
    assert "D01" in text
    assert code != ExitCode.OK
    assert not (tmp_path / "manifest.json").exists()


def test_the_manifest_of_another_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}")
    text, code = manifest_command(data_file(tmp_path), Stated(), ATTESTED)
    assert code == ExitCode.USAGE
    assert "--zip" in text
    assert (tmp_path / "manifest.json").read_text() == "{}"


@pytest.mark.parametrize(
    ("table", "rule"),
    [
        (b"la_code,value\nX,1\n", "S05"),
        (TABLE.replace(b",CL,", b",ABC,"), "C04"),
        (TABLE + TABLE.splitlines()[1] + b"\r\n", "S09"),
        (TABLE.splitlines()[0] + b"\r\n", "S10"),
    ],
)
def test_no_manifest_is_made_for_a_table_that_cannot_be_sent(
    tmp_path: Path, table: bytes, rule: str
) -> None:
    text, code = manifest_command(data_file(tmp_path, table), Stated(), ATTESTED)
    assert code == ExitCode.REFUSED
    assert f"[{rule}]" in text


def test_a_code_in_a_file_cannot_lead_its_package_elsewhere(tmp_path: Path) -> None:
    table = TABLE.replace(AUTHORITY.encode(), b"../../elsewhere")
    manifest_command(data_file(tmp_path, table), Stated(), ATTESTED, zipped=True)
    assert [path.name for path in tmp_path.glob("*.zip")] == ["AIS_elsewhere_CL_2025-03-31_1.zip"]


def test_the_command_takes_what_the_sender_types(tmp_path: Path) -> None:
    typed = ["--rows", "24", "--sum", str(TOTAL), "--ssda903-export", "2025-07-04", "--zip"]
    path = str(data_file(tmp_path))
    result = CliRunner().invoke(app, ["manifest", path, "--no-child-level-data", *typed])
    assert result.exit_code == ExitCode.OK, result.output
    assert len(list(tmp_path.glob("*.zip"))) == 1
    unknown = CliRunner().invoke(app, ["manifest", path, "--reason", "because"])
    assert unknown.exit_code == ExitCode.USAGE


def test_a_file_of_another_kind_gets_no_manifest(tmp_path: Path) -> None:
    path = data_file(tmp_path, b"%PDF-1.7")
    assert manifest_command(path, Stated(), ATTESTED)[1] == ExitCode.UNREADABLE
    nowhere = manifest_command(tmp_path / "nowhere.csv", Stated(), ATTESTED)
    assert nowhere[1] == ExitCode.UNREADABLE
    assert rules_of(checked_text(tmp_path, TABLE)) == set()

"""What may be handed in as a package, and what is refused before it is read: S01 to S03."""

import gzip
import io
import stat
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from etl.findings import ExitCode, exit_code
from etl.practice.packages import table_bytes
from etl.submissions.commands import looks_like_submission
from etl.submissions.manifest import build_manifest
from etl.submissions.package import MAX_BYTES, find_packages
from etl.submissions.wire import COLUMNS
from tests.etl.submissions.returns import (
    checked,
    checked_text,
    rows_of,
    rules_of,
    sound_table,
    written,
    zipped,
)


def sound_members() -> dict[str, bytes]:
    rows = rows_of()
    table = table_bytes(rows)
    return {
        "data.csv": table,
        "manifest.json": build_manifest("data.csv", table, rows, "2025.1"),
    }


def sheet_of(rows: list[list[str | int]], formula: str = "") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("data")
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
        if formula:
            sheet.write_formula(1, 7, formula, None, 7)
    return out.getvalue()


def sound_sheet(formula: str = "") -> bytes:
    rows = [[getattr(row, name) for name in COLUMNS.values()] for row in rows_of()]
    typed = [[*row[:7], int(row[7]), *row[8:]] for row in rows]
    return sheet_of([list(COLUMNS), *typed], formula)


def test_a_zip_package_gives_the_same_digest_as_its_folder(tmp_path: Path) -> None:
    members = sound_members()
    folder = checked(written(tmp_path, members["data.csv"], members["manifest.json"]))
    archive = checked_text(tmp_path, zipped(members), "package.zip")
    assert folder.sent is not None
    assert archive.sent is not None
    assert folder.sent.digest == archive.sent.digest


def test_a_package_zipped_with_its_folder_is_taken(tmp_path: Path) -> None:
    members = {f"my return/{name}": content for name, content in sound_members().items()}
    litter = {"__MACOSX/my return/._data.csv": b"x", "my return/.DS_Store": b"x"}
    assert checked_text(tmp_path, zipped({**members, **litter}), "p.zip").sent is not None


def test_a_workbook_gives_the_same_digest_as_the_csv(tmp_path: Path) -> None:
    from_sheet = checked_text(tmp_path, sound_sheet(), "data.xlsx")
    from_text = checked_text(tmp_path, sound_table())
    assert from_sheet.sent is not None
    assert from_text.sent is not None
    assert from_sheet.sent.digest == from_text.sent.digest


def test_a_formula_in_a_workbook_is_refused(tmp_path: Path) -> None:
    assert "S08" in rules_of(checked_text(tmp_path, sound_sheet("=1+6"), "data.xlsx"))


def test_a_workbook_with_macros_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO(sound_sheet())
    with zipfile.ZipFile(out, "a") as book:
        book.writestr("xl/vbaProject.bin", b"x")
    assert rules_of(checked_text(tmp_path, out.getvalue(), "data.xlsm")) == {"S03"}


def test_a_workbook_with_links_to_others_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO(sound_sheet())
    with zipfile.ZipFile(out, "a") as book:
        book.writestr("xl/externalLinks/externalLink1.xml", b"<x/>")
    assert rules_of(checked_text(tmp_path, out.getvalue(), "data.xlsx")) == {"S03"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("data.csv", b""),
        ("data.csv", b"  \n "),
        ("data.csv", b"<!DOCTYPE html><html><body>Sign in</body></html>"),
        ("data.csv", b"%PDF-1.7 ..."),
        ("data.csv", b"\xd0\xcf\x11\xe0 old workbook"),
        ("data.csv.gz", gzip.compress(b"a,b\n1,2\n", mtime=0)),
        ("data.xlsx", b"PK\x03\x04 cut off"),
    ],
)
def test_a_file_of_another_kind_is_unreadable(tmp_path: Path, name: str, content: bytes) -> None:
    result = checked_text(tmp_path, content, name)
    assert rules_of(result) == {"S01"}
    assert exit_code(result.findings) == ExitCode.UNREADABLE


@pytest.mark.parametrize("name", ["data.csv", "return", "data.json", "manifest.txt"])
def test_what_a_file_is_is_told_by_its_content_and_not_by_its_name(
    tmp_path: Path, name: str
) -> None:
    assert checked_text(tmp_path, sound_sheet(), name).findings == ()
    assert checked_text(tmp_path, zipped({name: sound_sheet()}), "p.zip").findings == ()


def test_a_path_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    assert rules_of(checked(tmp_path / "nowhere.csv")) == {"S01"}


def test_a_large_file_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as out:
        out.truncate(200_000_000)
    assert rules_of(checked(path, without_manifest=True)) == {"S02"}


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    bomb = zipped({"data.csv": b"\0" * (MAX_BYTES + 1)})
    assert len(bomb) < 10_000
    assert rules_of(checked_text(tmp_path, bomb, "package.zip")) == {"S02"}


def test_an_archive_inside_an_archive_is_refused(tmp_path: Path) -> None:
    inner = zipped({"data.csv": sound_table()})
    assert rules_of(checked_text(tmp_path, zipped({"inner.zip": inner}), "p.zip")) == {"S02"}


@pytest.mark.parametrize("name", ["../data.csv", "/etc/data.csv", "C:\\data.csv", "a/../../b.csv"])
def test_a_name_that_leads_out_of_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    content = zipped({name: sound_table()})
    assert rules_of(checked_text(tmp_path, content, "package.zip")) == {"S02"}


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("data.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "elsewhere.csv")
    assert rules_of(checked_text(tmp_path, out.getvalue(), "package.zip")) == {"S02"}


def test_a_package_of_two_tables_is_refused(tmp_path: Path) -> None:
    members = {**sound_members(), "more.csv": sound_table("CIN")}
    assert rules_of(checked_text(tmp_path, zipped(members), "package.zip")) == {"S02"}


def test_a_damaged_archive_is_unreadable(tmp_path: Path) -> None:
    content = bytearray(zipped(sound_members()))
    content[60:80] = b"\0" * 20
    assert rules_of(checked_text(tmp_path, bytes(content), "package.zip")) == {"S01"}


def test_a_folder_of_packages_is_taken_apart(tmp_path: Path) -> None:
    (tmp_path / "one.zip").write_bytes(zipped(sound_members()))
    written(tmp_path, sound_table())
    assert [path.name for path in find_packages(tmp_path)] == ["one.zip", "package"]


def test_returns_are_told_from_published_files(tmp_path: Path) -> None:
    package = written(tmp_path, sound_table())
    assert looks_like_submission(package)
    assert looks_like_submission(package / "data.csv")
    assert looks_like_submission(tmp_path)
    archive = tmp_path / "p.zip"
    archive.write_bytes(zipped(sound_members()))
    assert looks_like_submission(archive)
    sheet = tmp_path / "data.xlsx"
    sheet.write_bytes(sound_sheet())
    assert looks_like_submission(sheet)
    records = tmp_path / "records.csv"
    records.write_text("CHILD,DOB\nSYN1,2010-01-01\n")
    assert looks_like_submission(records)
    published = tmp_path / "published.csv"
    published.write_text("time_period,geographic_level,new_la_code\n2025,National,\n")
    assert not looks_like_submission(published)


def test_no_published_file_is_taken_for_a_return(published_dir: Path) -> None:
    files = [path for path in (published_dir / "published").rglob("*") if path.is_file()]
    assert [path.name for path in files if looks_like_submission(path)] == []


def test_a_damaged_workbook_is_unreadable(tmp_path: Path) -> None:
    content = zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<broken"})
    assert rules_of(checked_text(tmp_path, content, "data.xlsx")) == {"S01"}


def test_an_empty_workbook_has_no_rows(tmp_path: Path) -> None:
    assert "S10" in rules_of(checked_text(tmp_path, sheet_of([]), "data.xlsx"))


def test_an_archive_packed_in_a_rare_way_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("data.csv", sound_table())
    assert rules_of(checked_text(tmp_path, out.getvalue(), "package.zip")) == {"S02"}


def test_an_archive_with_a_password_is_refused(tmp_path: Path) -> None:
    content = bytearray(zipped({"data.csv": sound_table()}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    assert rules_of(checked_text(tmp_path, bytes(content), "package.zip")) == {"S02"}

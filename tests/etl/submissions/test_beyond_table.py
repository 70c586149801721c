"""Records about children do not stay in corners of a file that no rule looks at."""

import io
import zipfile

import pytest

from etl.file_kinds import RefusedFileError
from etl.findings import Place
from etl.submissions.beyond_table import beside_the_counts, check_archive_ends, screen_parts
from etl.submissions.privacy import ChildRecordsError
from etl.submissions.table import Sheet
from etl.submissions.wire import COLUMNS

PLACE = Place("data.csv")
PUPIL = "A123456789012"
HEADER = tuple(COLUMNS)
ROW = ("X1", "CLA", "FYE", "2025-03-31", "CLA_OPEN", "TOTAL", "ALL", "7", "A", "")


def archive(name: str = "data.csv", text: str = "plain", comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(name, text)
        book.comment = comment
    return out.getvalue()


def rules(header: tuple[str, ...], *rows: tuple[str, ...]) -> list[str]:
    sheet = Sheet(header, tuple(enumerate(rows, 2)))
    return [found.rule for found in beside_the_counts(PLACE, sheet)]


@pytest.mark.parametrize("body", [archive(comment=b"more"), archive() + b"more"])
def test_an_archive_holds_files_and_nothing_else(body: bytes) -> None:
    with pytest.raises(RefusedFileError):
        check_archive_ends(PLACE, body)


@pytest.mark.parametrize("name", ["__MACOSX/x.csv", "xl/comments1.xml", "docProps/core.xml"])
def test_every_part_of_an_archive_is_screened(name: str) -> None:
    with pytest.raises(ChildRecordsError):
        screen_parts(PLACE, archive(name, f"<t>{PUPIL}</t>"))
    screen_parts(PLACE, archive(name))


def test_words_in_columns_that_are_passed_over_are_not_kept() -> None:
    assert rules((*HEADER, "kid"), (*ROW, "a name")) == ["S06"]
    assert rules((*HEADER, "kid"), (*ROW, "12")) == []


@pytest.mark.parametrize("row", [ROW[:3], (*ROW, "more")])
def test_rows_of_another_width_are_not_kept(row: tuple[str, ...]) -> None:
    assert rules(HEADER, ROW, row) == ["S07"]


def test_a_note_about_a_person_is_not_kept() -> None:
    assert rules(HEADER, (*ROW[:9], "a boy aged 7 called Tom")) == ["D02"]

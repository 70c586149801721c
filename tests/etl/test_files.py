import gzip

import pytest

from etl.files import FileContent, Limits, RefusedFileError, read_content
from etl.findings import ExitCode, Finding, Severity, exit_code
from tests.etl.files import GOOD, archive, csv_of, gzip_bomb, workbook

LIMITS = Limits()


def read(content: bytes, name: str = "file.csv", limits: Limits = LIMITS) -> FileContent:
    return read_content(name, content, limits)[0]


def refusal(content: bytes, name: str = "file.csv", limits: Limits = LIMITS) -> Finding:
    """Return the one finding that a file is refused with."""
    with pytest.raises(RefusedFileError) as caught:
        read_content(name, content, limits)
    findings = caught.value.findings
    assert len(findings) == 1
    finding = findings[0]
    assert finding.place.file == name
    assert finding.found
    assert "Traceback" not in str(finding)
    assert exit_code(findings) in (ExitCode.UNREADABLE, ExitCode.REFUSED)
    return finding


def rows_of(content: FileContent) -> list[tuple[str, ...]]:
    table = content.tables[0]
    return [table.row(row) for row in range(table.height)]


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        b"\xef\xbb\xbf" + GOOD,
        GOOD.replace(b"\n", b"\r\n"),
        gzip.compress(GOOD, mtime=0),
        gzip.compress(GOOD[:30], mtime=0) + gzip.compress(GOOD[30:], mtime=0),
        GOOD.replace(b",here,", b',"here",'),
        GOOD.rstrip(b"\n"),
    ],
    ids=["plain", "bom", "crlf", "gzip", "two gzip members", "quoted", "no last line end"],
)
def test_the_same_table_is_read_whatever_its_wrapping(content: bytes) -> None:
    read_file = read(content)
    assert read_file.tables[0].names == ("time_period", "area", "value")
    assert rows_of(read_file) == [("2025", "here", "1"), ("2024", "there", "c")]


def test_a_comma_or_a_line_end_inside_quotes_belongs_to_the_text() -> None:
    content = csv_of("name,value", '"Bristol, City of",1', '"two\nlines",2')
    assert rows_of(read(content)) == [("Bristol, City of", "1"), ("two\nlines", "2")]


def test_blank_cells_stay_blank_and_words_like_null_stay_words() -> None:
    assert rows_of(read(csv_of("a,b", ",NA", 'null,""'))) == [("", "NA"), ("null", "")]


def test_blank_lines_are_passed_over_and_row_numbers_still_count_them() -> None:
    table = read(csv_of("a,b", "1,2", "", "3,4", ",", "5,6")).tables[0]
    assert [table.row(row) for row in range(3)] == [("1", "2"), ("3", "4"), ("5", "6")]
    assert [table.row_number(row) for row in range(3)] == [2, 4, 6]


def test_a_missing_last_line_end_is_a_warning() -> None:
    _, warnings = read_content("file.csv", GOOD.rstrip(b"\n"), LIMITS)
    assert [(w.rule, w.severity, w.place.row) for w in warnings] == [
        ("no_line_end", Severity.WARNING, 3)
    ]


@pytest.mark.parametrize(
    ("content", "rule", "said"),
    [
        (b"", "empty_file", "0 bytes"),
        (b"  \n \n", "empty_file", "only blanks"),
        (gzip.compress(b"", mtime=0), "empty_file", "nothing"),
        (GOOD.replace(b",", b";"), "wrong_delimiter", "semicolons"),
        (GOOD.replace(b",", b"\t"), "wrong_delimiter", "tabs"),
        (GOOD.replace(b",", b"|"), "wrong_delimiter", "upright strokes"),
        (csv_of("just words", "more words"), "wrong_delimiter", "one column"),
        (GOOD.replace(b"here", b"Orl\xe9ans"), "wrong_encoding", "row 2"),
        (GOOD.decode().encode("utf-16"), "not_a_table", "UTF-16"),
        (GOOD.replace(b"there", b"th\0re"), "not_text", "row 3"),
        (GOOD.replace(b"2024,there,c", b"2024,there,c,d"), "ragged_row", "4 cells"),
        (GOOD.replace(b"2025,here,1", b"2025,here"), "ragged_row", "2 cells"),
        (GOOD.removesuffix(b",c\n"), "truncated_file", "row 3"),
        (GOOD.replace(b"there", b'"there'), "bad_quotes", "row 3"),
        (csv_of("a,b,A", "1,2,3"), "duplicate_column", "2 times"),
        (csv_of("a,,b", "1,2,3"), "blank_column_name", "column 2"),
        (b"<!DOCTYPE html>\n<html><body>Not found</body></html>", "not_a_table", "web page"),
        (b'\n <?xml version="1.0"?><a/>', "not_a_table", "web page"),
        (b"%PDF-1.7 ...", "not_a_table", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not_a_table", "old Excel"),
        (b"PAR1....", "not_a_table", "Parquet"),
        (workbook(("a", "b"), (1, 2)), "workbook_named_csv", "workbook"),
        (workbook(("a", "b"), (1, 2))[:-60], "truncated_file", "breaks off"),
        (archive(readme=b"x"), "not_a_table", "archive"),
        (gzip.compress(GOOD * 999, mtime=0)[:-30], "truncated_file", "ends too early"),
        (gzip.compress(GOOD, mtime=0)[:-12] + b"123456789012", "damaged_gzip", "gzip"),
        (b"\x1f\x8b rubbish", "damaged_gzip", "gzip"),
    ],
)
def test_a_bad_file_is_refused_with_one_message_that_says_what_was_found(
    content: bytes, rule: str, said: str
) -> None:
    finding = refusal(content)
    assert finding.rule == rule
    assert said in str(finding)


def test_many_ragged_rows_give_the_first_five_and_the_number_of_others() -> None:
    content = csv_of("a,b", *["1,2,3"] * 40, "1,2")
    with pytest.raises(RefusedFileError) as caught:
        read(content)
    findings = caught.value.findings
    assert [f.place.row for f in findings] == [2, 3, 4, 5, 6]
    assert findings[-1].more == 35


def test_a_file_over_the_limit_is_refused_by_its_size() -> None:
    finding = refusal(b"x" * 101, limits=Limits(packed_bytes=100))
    assert finding.rule == "too_large"


def test_a_gzip_bomb_is_refused_at_the_limit() -> None:
    finding = refusal(gzip_bomb(20_000_000), limits=Limits(unpacked_bytes=5_000_000))
    assert finding.rule == "too_large_unpacked"


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_opened() -> None:
    bomb = archive(**{"xl/workbook.xml": b"0" * 200_000})
    finding = refusal(bomb, "book.xlsx", Limits(unpacked_bytes=100_000))
    assert finding.rule == "too_large_unpacked"


def test_a_workbook_gives_its_sheets_with_numbers_as_they_are_held() -> None:
    content = read(workbook(("title",), ("a", "b"), (1.0, 379205.76), title="Data"), "b.xlsx")
    table = content.tables[0]
    assert table.sheet == "Data"
    below = table.with_header(1)
    assert below.names == ("a", "b")
    assert below.row(0) == ("1", "379205.76")
    assert below.row_number(0) == 3


def test_a_header_of_too_many_columns_is_refused() -> None:
    names = ",".join(f"c{number}" for number in range(30))
    assert refusal(csv_of(names), limits=Limits(columns=20)).rule == "too_many_columns"

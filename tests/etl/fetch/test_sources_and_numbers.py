"""The list of sources, numbers of versions, waits, and what a file holds."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.fetch.contents import unpack
from etl.fetch.faults import FetchError, TryAgainError
from etl.fetch.limits import FetchLimits
from etl.fetch.retries import seconds_asked_for, seconds_before
from etl.fetch.sources import SourceError, is_safe_file_name, load_sources
from etl.fetch.versions import Version, allowed_major, pin_to_ask
from etl.tables import load_tables
from tests.etl.fetch.conftest import API_FILE, SOURCES, TITLE

NOW = datetime(2026, 1, 5, 10, tzinfo=UTC)


def faults_of(tmp_path: Path, text: str) -> str:
    path = tmp_path / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as error:
        load_sources(path)
    return str(error.value)


def test_every_source_names_the_publication_that_its_table_names() -> None:
    sources = load_sources()
    assert {source.publication.name for source in sources} >= {"children_in_need", "workforce"}
    for source in sources:
        if source.table:
            assert source.publication.publisher == source.table.publisher
            assert source.table.url.endswith(f"/{source.publication.slug}")
            assert source.publication.title == source.table.publication


def test_every_table_is_fed_by_one_source_at_most() -> None:
    fed = [source.table.id for source in load_sources() if source.table]
    assert len(fed) == len(set(fed))
    assert set(fed) <= {table.id for table in load_tables() if table.layout == "ees"}


def test_only_an_id_that_is_known_to_be_real_is_written_down() -> None:
    entries = [source.entry for source in load_sources()]
    assert {entry.data_set_id for entry in entries} - {None} == {
        "019a9c62-aca8-772e-b92b-8678622ec297"
    }
    assert {entry.data_set_file_id for entry in entries} == {None}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("dfe_cin_referrals", "dfe_cin_referal", "did you mean 'dfe_cin_referrals'?"),
        ('version: "1.*"', "note: none", "needs 'version' (like 1.*) and 'file'"),
        ('"1.*"', "latest", "publications[1].sources[1].version"),
        (API_FILE, "../x.csv", "is not a plain file name that ends in .csv"),
        (API_FILE, "other.csv", "dfe_cin_referrals knows files named c1_"),
        ("name: listed", "name: versioned", "the name 'versioned' is given 2 times"),
        ("name: listed", 'name: listed\n        version: "1.*"', "has no 'version'"),
        (f"data_set_title: {TITLE}", "data_set_id: 12", "data_set_id"),
        ("slug: made-up-referrals", "slug: made/up", "slug"),
        ("publisher:", "publishr:", "no such field; did you mean 'publisher'?"),
    ],
)
def test_a_fault_in_the_list_is_placed(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert fault in faults_of(tmp_path, SOURCES.replace(old, new))


@pytest.mark.parametrize(
    "name", ["../a.csv", "a/b.csv", "a\\b.csv", ".a.csv", "a.exe", "a..csv", "C:a.csv", "a.csv\n"]
)
def test_a_name_that_could_be_another_place_is_not_safe(name: str) -> None:
    assert not is_safe_file_name(name)


def test_a_part_of_a_version_that_is_missing_is_0() -> None:
    assert Version.parse("1.1") == Version.parse("v1.1.0") < Version.parse("1.1.1")
    with pytest.raises(ValueError, match="is not a version like"):
        Version.parse("1.x")


@pytest.mark.parametrize(
    ("pin", "held", "allowed", "accepted", "asked"),
    [
        ("1.*", None, 1, None, "1.*"),
        ("1.*", "1.1", 1, None, "1.*"),
        ("1.*", "2.0", 2, None, "2.*"),
        ("1.*", "1.1", 1, 2, "2.*"),
        ("1.2.*", "1.2.1", 1, None, "1.2.*"),
        ("*", None, None, None, "*"),
        ("*", "1.3", 1, None, "1.*"),
        ("2.*", "1.0", 2, None, "2.*"),
        ("1.1", "1.0", 1, None, "1.1"),
    ],
)
def test_a_pin_moves_with_what_was_accepted_and_never_by_itself(
    pin: str, held: str | None, allowed: int | None, accepted: int | None, asked: str
) -> None:
    version = Version.parse(held) if held else None
    assert allowed_major(pin, version) == allowed
    assert pin_to_ask(pin, version, accepted) == asked


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        ("Mon, 05 Jan 2026 10:00:30 GMT", 30.0),
        ("Mon, 05 Jan 2026 09:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
        ("-5", None),
    ],
)
def test_a_wait_is_asked_for_in_seconds_or_as_a_date(header: str, seconds: float | None) -> None:
    assert seconds_asked_for(header, NOW) == seconds


def test_a_wait_is_never_shorter_than_the_back_off() -> None:
    assert [seconds_before(attempt, None) for attempt in (2, 3, 4)] == [1.0, 2.0, 4.0]
    assert seconds_before(4, 1.0) == 4.0


def rows_of(tmp_path: Path, content: bytes) -> int:
    part = tmp_path / "x.part"
    part.write_bytes(content)
    return unpack(part, tmp_path / "x.csv", "x", FetchLimits()).rows


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n1,2\n3,4\n",
        b"\xef\xbb\xbfa,b\r\n1,2\r\n3,4",
        b'a,b\n1,"of two\nlines"\n3,4\n\n',
        gzip.compress(b"a,b\n1,2\n3,4\n", mtime=0),
        gzip.compress(b"a,b\n1,2\n", mtime=0) + gzip.compress(b"3,4\n", mtime=0) + b"\0\0",
    ],
)
def test_rows_are_counted_as_a_reader_of_csv_sees_them(tmp_path: Path, content: bytes) -> None:
    assert rows_of(tmp_path, content) == 2


def test_damaged_gzip_is_tried_again_and_a_workbook_is_refused(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(b"a,b\n" + bytes(range(256)) * 20))
    packed[40] ^= 255
    with pytest.raises(TryAgainError, match="damaged"):
        rows_of(tmp_path, bytes(packed))
    with pytest.raises(FetchError, match="expected the CSV file"):
        rows_of(tmp_path, b"PK\x03\x04 a, workbook")

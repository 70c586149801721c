"""The files of a release: the same figures as the snapshot, safe to open in a spreadsheet."""

import csv
import gzip
import hashlib
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from indicators.cells import ROW_COLUMNS
from indicators.export import export_release
from indicators.export_rows import csv_line, csv_text, number_text
from indicators.snapshot import ReleaseCard, Source, open_snapshot
from indicators.snapshot_writer import ReleaseContents, write_snapshot
from reference.places import PlaceSet
from reference.placesets import load_place_set
from tests.builders import Row, a_cell, a_source, cells_of
from tests.indicators.definitions import an_indicator

ALVERBY, COUNTRY = "X06000001", "X92000001"
INDICATORS = (
    an_indicator(),
    an_indicator("a_rate_10k", order=2, decimals=0, measured="snapshot", title="=SUM(A1)"),
)


@pytest.fixture(scope="module")
def places() -> PlaceSet:
    return load_place_set("made_up")


def written(root: Path, places: PlaceSet, *rows: Row, source: Source | None = None) -> Path:
    cells = cells_of(*rows).assign(updated_release="now")
    contents = ReleaseContents(
        card=ReleaseCard(id="now", place_set=places.id),
        places=places,
        indicators=INDICATORS,
        sources=(source or a_source(),),
        cells={str(name): cells[name].to_list() for name in cells},
    )
    return root / write_snapshot(root, contents)


def observations(folder: Path) -> list[dict[str, str]]:
    text = gzip.decompress((folder / "files" / "observations.csv.gz").read_bytes()).decode()
    return list(csv.DictReader(StringIO(text, newline="")))


def table(folder: Path, name: str) -> list[dict[str, str]]:
    text = (folder / "files" / name).read_bytes().decode()
    return list(csv.DictReader(StringIO(text, newline="")))


def one_row(folder: Path) -> dict[str, str]:
    (row,) = observations(folder)
    return row


def test_the_csv_has_the_columns_of_every_row_in_their_order(
    tmp_path: Path, places: PlaceSet
) -> None:
    row = one_row(written(tmp_path, places, a_cell(ALVERBY, value=22.6)))
    assert tuple(row) == ROW_COLUMNS


def test_a_row_says_what_it_is(tmp_path: Path, places: PlaceSet) -> None:
    cell = a_cell(ALVERBY, value=22.6, age="5_9", flags="break;revised", numerator=7)
    row = one_row(written(tmp_path, places, cell))
    assert {name: row[name] for name in ("release", "area_name", "area_type", "age", "sex")} == {
        "release": "now",
        "area_name": "Alverby",
        "area_type": "town",
        "age": "5_9",
        "sex": "_T",
    }
    assert (row["flags"], row["unit"], row["source"]) == ("break;revised", "%", "a_table_2025")
    assert (row["period_start"], row["period_end"]) == ("2024-04-01", "2025-03-31")


def test_a_snapshot_measure_starts_and_ends_on_its_day(tmp_path: Path, places: PlaceSet) -> None:
    row = one_row(written(tmp_path, places, a_cell(COUNTRY, value=67, indicator="a_rate_10k")))
    assert (row["period_start"], row["period_end"]) == ("2025-03-31", "2025-03-31")
    assert row["area_type"] == "country"


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        (67.0, 0, "67"),
        (67.0, 1, "67.0"),
        (22.6, 1, "22.6"),
        (0.0, 0, "0"),
        (-0.0, 0, "0"),
        (-3.5, 1, "-3.5"),
        (379205.76, 0, "379205.76"),
        (1234567890123.0, 0, "1234567890123"),
        (0.00001, 1, "0.00001"),
        (1e22, 0, "10000000000000000000000"),
    ],
)
def test_numbers_are_short_and_plain(number: float, decimals: int, text: str) -> None:
    assert number_text(number, decimals) == text


def test_numbers_stand_in_the_file_as_they_should(tmp_path: Path, places: PlaceSet) -> None:
    cell = a_cell(ALVERBY, value=0.1 + 0.2, numerator=3, denominator=1000.5, ci_lower=0.12345,
                  ci_upper=1, ci_level=95)  # fmt: skip
    row = one_row(written(tmp_path, places, cell))
    shown = ("value", "numerator", "denominator", "ci_lower", "ci_upper", "ci_level")
    assert [row[name] for name in shown] == ["0.3", "3", "1000.5", "0.12", "1.0", "95"]


def test_a_suppressed_row_is_empty_where_a_number_would_reveal_it(
    tmp_path: Path, places: PlaceSet
) -> None:
    cell = a_cell(ALVERBY, numerator=3, ci_lower=1, ci_upper=2, ci_level=95)
    row = one_row(written(tmp_path, places, cell))
    assert [row[n] for n in ("value", "numerator", "ci_lower", "ci_upper", "ci_level")] == [""] * 5
    assert (row["status"], row["source_symbol"]) == ("suppressed", "c")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\tx", "\rx", '=HYPERLINK("x")'])
def test_no_text_begins_with_what_a_spreadsheet_runs(text: str) -> None:
    (field,) = next(csv.reader(StringIO(csv_text(text), newline="")))
    assert field == f"'{text}"


def test_definitions_with_a_formula_in_them_are_made_harmless(
    tmp_path: Path, places: PlaceSet
) -> None:
    folder = written(tmp_path, places, a_cell(ALVERBY, value=1))
    rows = table(folder, "indicators.csv")
    assert [row["title"] for row in rows] == ["A percentage", "'=SUM(A1)"]
    assert [row["latest"] for row in rows] == ["RY2025", ""]


def test_a_negative_number_stays_a_number() -> None:
    assert csv_line([-3.5, None, True, "a,b"]) == '-3.5,,true,"a,b"\r\n'


def test_parquet_holds_the_same_rows_with_types(tmp_path: Path, places: PlaceSet) -> None:
    cells = [
        a_cell(ALVERBY, value=22.6, numerator=7, flags="break;revised"),
        a_cell(COUNTRY, "RY2024", age="5_9"),
        a_cell(COUNTRY, value=67, indicator="a_rate_10k"),
    ]
    folder = written(tmp_path, places, *cells)
    found = pq.read_table(folder / "files" / "observations.parquet")
    assert tuple(found.column_names) == ROW_COLUMNS
    typed: list[dict[str, Any]] = found.to_pylist()
    for row, text in zip(typed, observations(folder), strict=True):
        assert {name: _as_text(name, row) for name in ROW_COLUMNS} == text


def _as_text(name: str, row: dict[str, Any]) -> str:
    found = row[name]
    if found is None:
        return ""
    if name == "flags":
        return ";".join(found)
    if name == "value" and row["indicator"] == "an_indicator_pct":
        return str(found)
    return str(found).removesuffix(".0")


def test_areas_list_every_code_they_ever_had(tmp_path: Path, places: PlaceSet) -> None:
    folder = written(tmp_path, places, a_cell(ALVERBY, value=1))
    rows = table(folder, "areas.csv")
    assert len(rows) == len(places.areas)
    recoded = next(area for area in places.areas if len(area.codes) > 1)
    row = next(row for row in rows if row["code"] == recoded.code)
    assert set(row["codes"].split(";")) >= {dated.code for dated in recoded.codes}


def test_areas_have_the_code_that_was_in_force_at_the_end_of_the_latest_period(
    tmp_path: Path,
) -> None:
    england = load_place_set("england")
    folder = written(tmp_path, england, a_cell("E92000001", "RY2026", 1))
    held = {row["name"]: row for row in table(folder, "areas.csv")}
    assert (held["Sheffield"]["code"], held["Sheffield"]["code_in_force"]) == (
        "E08000019", "E08000039",
    )  # fmt: skip
    assert held["Kent"]["code_in_force"] == held["Kent"]["code"]
    assert held["Cumbria"]["code_in_force"] == ""


def test_files_are_copied_out_as_they_are(tmp_path: Path, places: PlaceSet) -> None:
    folder = written(tmp_path / "root", places, a_cell(ALVERBY, value=1))
    for path in export_release(folder, tmp_path / "out"):
        assert path.read_bytes() == (folder / "files" / path.name).read_bytes()


def test_checksums_are_those_of_the_files(tmp_path: Path, places: PlaceSet) -> None:
    files = written(tmp_path, places, a_cell(ALVERBY, value=1)) / "files"
    lines = (files / "checksums.sha256").read_text().splitlines()
    named = {line.partition("  ")[2]: line.partition("  ")[0] for line in lines}
    assert named == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files.iterdir()
        if path.name != "checksums.sha256"
    }


def test_the_same_content_gives_the_same_bytes_whatever_the_order_of_rows(
    tmp_path: Path, places: PlaceSet
) -> None:
    cells = [
        a_cell(code, period, value, indicator=name, age=age)
        for name in ("an_indicator_pct", "a_rate_10k")
        for code in (ALVERBY, COUNTRY)
        for period in ("RY2024", "RY2025")
        for age, value in (("_T", 10), ("5_9", None))
    ]
    digests = {
        written(tmp_path / str(turn), places, *order).name
        for turn, order in enumerate((cells, cells[::-1], cells[::2] + cells[1::2]))
    }
    assert len(digests) == 1


def test_an_empty_release_can_be_written_and_opened(tmp_path: Path, places: PlaceSet) -> None:
    folder = written(tmp_path, places)
    assert open_snapshot(folder).index.row_count == 0
    assert observations(folder) == []

"""The package of a release: others' programs read it, and everything in it is described."""

import gzip
import json
import shutil
from pathlib import Path
from typing import Any, cast
from zipfile import ZIP_STORED, ZipFile

import csvw
import pyarrow.parquet as pq
import pytest

from indicators.cells import FLAGS, ROW_COLUMNS, STATUSES
from indicators.export import export_release
from indicators.file_tables import TABLES
from indicators.package_zip import write_zip
from indicators.packing import Packer
from indicators.row_words import FLAG_TEXTS, ROW_TEXTS, STATUS_TEXTS
from indicators.snapshot import ReleaseCard, Source
from indicators.snapshot_writer import ReleaseContents, write_snapshot
from reference.placesets import load_place_set
from tests.builders import a_cell, a_source, cells_of
from tests.frictionless_reader import package_faults, package_rows
from tests.indicators.definitions import an_indicator

ALVERBY, COUNTRY = "X06000001", "X92000001"
TITLES = {"age": {"_T": "All ages", "5_9": "Five to nine"}}
INDICATORS = (
    an_indicator(breakdown_titles=TITLES, caveats=['Says "so", they say', "And so on"]),
    an_indicator("a_rate_10k", order=2, decimals=0, measured="snapshot"),
)
SOURCES = (
    a_source(licence="Open Government Licence v3.0", url="https://example.org/a"),
    Source("computed", "", "", "This service", "Worked out here", ""),
)


def written(root: Path, release: str = "now") -> Path:
    """Write a release and take its files away; return the folder that holds them."""
    places = load_place_set("made_up")
    cells = cells_of(
        a_cell(ALVERBY, value=22.6, numerator=7, flags="break;revised", source=SOURCES[0].id),
        a_cell(COUNTRY, "RY2024", age="5_9", source=SOURCES[0].id),
        a_cell(COUNTRY, value=67, indicator="a_rate_10k", source="computed"),
    ).assign(updated_release=release)
    contents = ReleaseContents(
        card=ReleaseCard(id=release, place_set=places.id),
        places=places,
        indicators=INDICATORS,
        sources=SOURCES,
        cells={str(name): cells[name].to_list() for name in cells},
    )
    folder = root / write_snapshot(root, contents)
    target = root / "taken"
    export_release(folder, target)
    return target


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("release"))


def descriptor(folder: Path, name: str = "datapackage.json") -> dict[str, Any]:
    return cast(dict[str, Any], json.loads((folder / name).read_bytes()))


def faults(source: Path) -> list[Any]:
    return package_faults(str(source))


def test_frictionless_finds_no_fault_in_the_package(folder: Path) -> None:
    assert faults(folder / "datapackage.json") == []


def test_frictionless_finds_no_fault_in_the_package_as_one_file(folder: Path) -> None:
    assert faults(folder / "datapackage.zip") == []


def test_frictionless_notices_a_file_that_was_changed(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (copy / "periods.csv").write_bytes((copy / "periods.csv").read_bytes().replace(b"RY", b"QY"))
    assert {kind for kind, _ in faults(copy / "datapackage.json")} >= {"hash-count", "foreign-key"}


def test_frictionless_reads_every_figure_with_its_type(folder: Path) -> None:
    rows = package_rows(str(folder / "datapackage.json"), "observations")
    found = {(row["indicator"], row["area_code"]): row for row in rows}
    assert float(found["an_indicator_pct", ALVERBY]["value"]) == 22.6
    assert found["an_indicator_pct", COUNTRY]["value"] is None
    assert found["a_rate_10k", COUNTRY]["period_end"].isoformat() == "2025-03-31"


def unpacked(folder: Path, target: Path) -> Path:
    """Copy a folder and unpack the figures in it, as its reader is told to."""
    shutil.copytree(folder, target)
    packed = target / "observations.csv.gz"
    packed.with_suffix("").write_bytes(gzip.decompress(packed.read_bytes()))
    return target


def test_csvw_reads_every_table_of_the_folder_once_the_figures_are_unpacked(
    folder: Path, tmp_path: Path
) -> None:
    home = unpacked(folder, tmp_path / "copy")
    group = csvw.TableGroup.from_file(home / "observations.csv-metadata.json")
    rows = {table.local_name: list(table.iterdicts()) for table in group.tables}
    assert set(rows) == {"observations.csv", *(f"{table.name}.csv" for table in TABLES)}
    assert [row["value"] for row in rows["observations.csv"]] == [None, 22.6, 67.0]
    assert group.check_referential_integrity()


def test_csvw_finds_the_metadata_beside_the_figures(folder: Path, tmp_path: Path) -> None:
    home = unpacked(folder, tmp_path / "copy")
    read = csvw.CSVW(str(home / "observations.csv"))
    assert read.is_valid
    assert len(read.tables) == 1 + len(TABLES)


def test_the_descriptions_have_every_column_in_its_order_with_its_meaning(folder: Path) -> None:
    fields = descriptor(folder)["resources"][0]["schema"]["fields"]
    columns = descriptor(folder, "observations.csv-metadata.json")["tables"][0]["tableSchema"]
    assert [field["name"] for field in fields] == list(ROW_COLUMNS)
    assert [column["name"] for column in columns["columns"]] == list(ROW_COLUMNS)
    assert all(field["description"] == ROW_TEXTS[field["name"]] for field in fields)


def test_words_are_given_for_every_column_status_and_flag() -> None:
    assert tuple(ROW_TEXTS) == ROW_COLUMNS
    assert set(STATUS_TEXTS) == set(STATUSES)
    assert set(FLAG_TEXTS) == set(FLAGS)


def test_the_package_says_its_release_licence_publications_and_publishers(folder: Path) -> None:
    told = descriptor(folder)
    assert (told["name"], told["version"]) == ("childrens-social-care-outcomes", "now")
    assert [licence["name"] for licence in told["licenses"]] == ["OGL-UK-3.0"]
    assert told["licenses"][0]["path"].startswith("https://")
    assert [source["path"] for source in told["sources"]] == ["https://example.org/a"]
    assert [one["title"] for one in told["contributors"]] == [SOURCES[0].publisher]


def test_metadata_holds_the_card_of_every_indicator_and_every_code(folder: Path) -> None:
    told = descriptor(folder, "metadata.json")
    assert [card["id"] for card in told["indicators"]] == [one.id for one in INDICATORS]
    assert told["indicators"][0]["latest"] == "RY2025"
    assert {"breakdown": "age", "code": "5_9", "title": "Five to nine"} in told["breakdowns"]
    assert [row["id"] for row in told["periods"]] == ["RY2024", "RY2025"]
    assert set(told["statuses"]) == set(map(str, STATUSES))


def test_json_lines_hold_the_same_rows_as_the_csv(folder: Path) -> None:
    text = gzip.decompress((folder / "observations.jsonl.gz").read_bytes()).decode()
    rows = [json.loads(line) for line in text.splitlines()]
    typed = package_rows(str(folder / "datapackage.json"), "observations")
    for row, other in zip(rows, typed, strict=True):
        assert list(row) == list(ROW_COLUMNS)
        assert row == {name: _plain(name, value) for name, value in other.items()}


def _plain(name: str, value: Any) -> Any:
    if name == "flags":
        return value.split(";") if value else []
    if name in {"value", "numerator", "denominator", "ci_lower", "ci_upper", "ci_level"}:
        return None if value is None else float(value)
    if name.startswith("period_"):
        return value.isoformat()
    return "" if value is None else value


def test_the_zip_holds_the_files_and_packs_nothing_twice(folder: Path) -> None:
    with ZipFile(folder / "datapackage.zip") as archive:
        held = {entry.filename: entry for entry in archive.infolist()}
        for name in held:
            assert archive.read(name) == (folder / name).read_bytes()
    assert held["observations.csv.gz"].compress_type == ZIP_STORED
    left_out = {"observations.jsonl.gz", "datapackage.zip", "checksums.sha256"}
    assert {path.name for path in folder.iterdir()} - set(held) == left_out


def test_a_zip_of_the_same_files_has_the_same_bytes_at_any_time(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a" * 1000)
    write_zip(tmp_path / "one.zip", {"a": tmp_path / "a"})
    (tmp_path / "a").touch()
    write_zip(tmp_path / "two.zip", {"a": tmp_path / "a"})
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_package_of_practice_says_so_in_name_title_and_every_path(tmp_path: Path) -> None:
    folder = written(tmp_path, "practice-now")
    told = descriptor(folder, "practice-datapackage.json")
    assert told["name"].startswith("practice-")
    assert told["title"].startswith("PRACTICE")
    assert all(one["path"].startswith("practice-") for one in told["resources"])
    assert faults(folder / "practice-datapackage.json") == []
    assert faults(folder / "practice-datapackage.zip") == []
    csv_paths = descriptor(folder, "practice-observations.csv-metadata.json")["tables"]
    assert all(table["url"].startswith("practice-") for table in csv_paths)


def test_the_citation_stands_beside_the_figures_and_in_the_parquet_file(folder: Path) -> None:
    assert 'version: "now"' in (folder / "CITATION.cff").read_text()
    metadata = pq.read_metadata(folder / "observations.parquet").metadata or {}
    assert metadata[b"release"] == b"now"
    assert metadata[b"licence"] == b"Open Government Licence v3.0"


def test_what_goes_wrong_while_packing_is_raised(tmp_path: Path) -> None:
    with pytest.raises(TypeError), Packer(tmp_path / "a.gz") as packer:
        packer.pack(cast(bytes, "text"))

"""The files that people take away with a release: the same figures in several forms, described.

The same release always gives the same bytes. No field begins with what a spreadsheet runs.
"""

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson
import pyarrow.parquet as pq

from indicators.cells import ROW_COLUMNS
from indicators.citation import as_cff, as_key_values, cite
from indicators.export_rows import CHUNK_ROWS, Rows, csv_line
from indicators.file_tables import TABLES
from indicators.hidden_figures import hidden_of_returns
from indicators.metadata_file import metadata_of
from indicators.package import PackedFile, describe_csvw, describe_package
from indicators.package_zip import write_zip
from indicators.packing import Packer
from indicators.practice import NOTICE, RELEASE_PREFIX, is_practice_release
from indicators.snapshot import Snapshot
from indicators.told_beside import disclosure_lines

FOLDER: Final = "files"
OBSERVATIONS_CSV: Final = "observations.csv.gz"
OBSERVATIONS_UNPACKED: Final = "observations.csv"
"""Not among the files, being large; readers have it by unpacking the one above."""
OBSERVATIONS_JSONL: Final = "observations.jsonl.gz"
OBSERVATIONS_PARQUET: Final = "observations.parquet"
DESCRIPTOR: Final = "datapackage.json"
CSVW: Final = "observations.csv-metadata.json"
METADATA: Final = "metadata.json"
PACKAGE: Final = "datapackage.zip"
CHECKSUMS: Final = "checksums.sha256"
CITATION: Final = "CITATION.cff"
DISCLOSURE_TEXT: Final = "disclosure.txt"
PRACTICE_README: Final = "README-practice.txt"
"""Only beside made-up figures; their files begin with `practice-` as well."""

WITH_FIGURES: Final = (OBSERVATIONS_CSV, OBSERVATIONS_JSONL, OBSERVATIONS_PARQUET)
ABOUT_FILES: Final[Mapping[str, str]] = {
    OBSERVATIONS_CSV: "All figures as CSV, packed: pandas, R and DuckDB read it as it is.",
    OBSERVATIONS_UNPACKED: "The same, unpacked as it is sent: for what cannot unpack, and csvw.",
    OBSERVATIONS_JSONL: "All figures as JSON Lines, packed: one object a line.",
    OBSERVATIONS_PARQUET: "All figures with their types: the smallest, and the fastest to read.",
    **{f"{table.name}.csv": f"{table.title}." for table in TABLES},
    METADATA: "All definitions, and what every column, code, status and flag means.",
    DESCRIPTOR: "The data package (Frictionless): every table, its columns, types and keys.",
    CSVW: "The same for CSV on the Web, beside observations.csv.",
    PACKAGE: "The package with its tables as one file; without JSON Lines.",
    CITATION: "How to cite the release, as reference managers read it.",
    DISCLOSURE_TEXT: "How small counts of returns are protected in this release.",
    PRACTICE_README: "That every place and figure is made up.",
    CHECKSUMS: "The SHA-256 of every other file: sha256sum --check.",
}
"""By the name of the file, without the mark of practice: what each is for."""

_README_MORE: Final = (
    "These files are for training and tests. The id of the release begins with "
    f"'{RELEASE_PREFIX}' in every row of figures, and the names of the files begin so too."
)


@dataclass(frozen=True)
class _Target:
    """A folder, and what the name of every file in it begins with."""

    folder: Path
    mark: str

    def path(self, name: str) -> Path:
        return self.folder / f"{self.mark}{name}"

    def write(self, name: str, content: bytes) -> None:
        self.path(name).write_bytes(content)

    def write_json(self, name: str, content: Mapping[str, Any]) -> None:
        self.write(name, orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n")

    def described(self, name: str, rows: int | None = None) -> PackedFile:
        path = self.path(name)
        return PackedFile(path.name, path.stat().st_size, _sha256(path), rows)


def write_files(folder: Path, snapshot: Snapshot) -> None:
    """Write the files of a release into a folder that does not exist yet."""
    folder.mkdir()
    is_practice = is_practice_release(snapshot.card.id)
    to = _Target(folder, RELEASE_PREFIX if is_practice else "")
    _write_figures(to, snapshot)
    for table in TABLES:
        to.write(f"{table.name}.csv", "".join(map(csv_line, table.lines(snapshot))).encode())
    to.write_json(METADATA, metadata_of(snapshot))
    to.write(CITATION, as_cff(cite(snapshot)).encode())
    if snapshot.disclosure is not None:
        told = disclosure_lines(snapshot.disclosure, hidden_of_returns(snapshot))
        to.write(DISCLOSURE_TEXT, "".join(f"{line}\n" for line in told).encode())
    if is_practice:
        text = f"{NOTICE}\n{_README_MORE}\n"
        (folder / PRACTICE_README).write_text(text, encoding="utf-8")
    _write_package(to, snapshot)
    to.write(CHECKSUMS, _checksums(folder).encode())


def _write_figures(to: _Target, snapshot: Snapshot) -> None:
    rows = Rows(snapshot)
    with Packer(to.path(OBSERVATIONS_CSV)) as lines, Packer(to.path(OBSERVATIONS_JSONL)) as json:
        lines.pack(csv_line(ROW_COLUMNS).encode())
        for start in range(0, rows.count, CHUNK_ROWS):
            lines.pack(rows.lines(start))
            json.pack(rows.json_lines(start))
        table, path = rows.table(), to.path(OBSERVATIONS_PARQUET)
        with pq.ParquetWriter(
            path, table.schema, compression="zstd", store_schema=False
        ) as parquet:
            parquet.write_table(table)
            parquet.add_key_value_metadata(dict(as_key_values(cite(snapshot))))


def _write_package(to: _Target, snapshot: Snapshot) -> None:
    """Describe the files and put them together as one, without the figures as JSON Lines."""
    files = {table.name: to.described(f"{table.name}.csv") for table in TABLES}
    files["observations"] = to.described(OBSERVATIONS_CSV, snapshot.index.row_count)
    files["parquet"] = to.described(OBSERVATIONS_PARQUET, snapshot.index.row_count)
    to.write_json(DESCRIPTOR, describe_package(snapshot, files, to.mark))
    to.write_json(CSVW, describe_csvw(snapshot, to.mark))
    left_out = to.path(OBSERVATIONS_JSONL)
    parts = {path.name: path for path in sorted(to.folder.iterdir()) if path != left_out}
    # A package is known by the name of its descriptor, so that one is never marked.
    parts[DESCRIPTOR] = parts.pop(to.path(DESCRIPTOR).name)
    write_zip(to.path(PACKAGE), parts)


def export_release(snapshot_folder: Path, target: Path) -> tuple[Path, ...]:
    """Copy the files of a release into a folder; return what was written."""
    target.mkdir(parents=True, exist_ok=True)
    found = sorted((snapshot_folder / FOLDER).iterdir())
    return tuple(Path(shutil.copyfile(path, target / path.name)) for path in found)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _checksums(folder: Path) -> str:
    return "".join(f"{_sha256(path)}  {path.name}\n" for path in sorted(folder.iterdir()))

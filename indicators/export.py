"""The files that people take away with a release: the same figures as CSV and Parquet.

The same release always gives the same bytes. No field begins with what a spreadsheet runs.
"""

import gzip
import hashlib
import shutil
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq

from indicators.cells import ROW_COLUMNS
from indicators.export_rows import CHUNK_ROWS, Rows, csv_line
from indicators.hidden_figures import hidden_of_returns
from indicators.practice import NOTICE, RELEASE_PREFIX, is_practice_release
from indicators.snapshot import Snapshot
from indicators.told_beside import disclosure_lines

FOLDER: Final = "files"
OBSERVATIONS_CSV: Final = "observations.csv.gz"
OBSERVATIONS_PARQUET: Final = "observations.parquet"
CHECKSUMS: Final = "checksums.sha256"
PRACTICE_README: Final = "README-practice.txt"
"""Only beside made-up figures; their files begin with `practice-` as well."""

_README_MORE: Final = (
    "These files are for training and tests. The id of the release begins with "
    f"'{RELEASE_PREFIX}' in every row of figures, and the names of the files begin so too."
)
DISCLOSURE_TEXT: Final = "disclosure.txt"

_GZIP_LEVEL: Final = 4
"""Level 6 takes twice as long for files five per cent smaller."""


def write_files(folder: Path, snapshot: Snapshot) -> None:
    """Write the files of a release into a folder that does not exist yet."""
    folder.mkdir()
    rows = Rows(snapshot)
    # Packing leaves Python's lock: it goes on while the next lines and the other file are made.
    with ThreadPoolExecutor(max_workers=1) as packer:
        packing = _write_csv_gz(folder / OBSERVATIONS_CSV, rows, packer)
        pq.write_table(
            rows.table(), folder / OBSERVATIONS_PARQUET, compression="zstd", store_schema=False
        )
        packing.result()
    for name, lines in (
        ("indicators.csv", indicator_lines(snapshot)),
        ("areas.csv", area_lines(snapshot)),
        ("sources.csv", source_lines(snapshot)),
    ):
        (folder / name).write_bytes("".join(map(csv_line, lines)).encode())
    if snapshot.disclosure is not None:
        told = disclosure_lines(snapshot.disclosure, hidden_of_returns(snapshot))
        (folder / DISCLOSURE_TEXT).write_bytes("".join(f"{line}\n" for line in told).encode())
    mark = RELEASE_PREFIX if is_practice_release(snapshot.card.id) else ""
    if mark:
        _mark_for_practice(folder)
    (folder / f"{mark}{CHECKSUMS}").write_bytes(_checksums(folder).encode())


def _mark_for_practice(folder: Path) -> None:
    """Name every file as one of made-up figures, and say so in one that people read first."""
    for path in sorted(folder.iterdir()):
        path.rename(path.with_name(f"{RELEASE_PREFIX}{path.name}"))
    (folder / PRACTICE_README).write_text(f"{NOTICE}\n{_README_MORE}\n", encoding="utf-8")


def export_release(snapshot_folder: Path, target: Path) -> tuple[Path, ...]:
    """Copy the files of a release into a folder; return what was written."""
    target.mkdir(parents=True, exist_ok=True)
    found = sorted((snapshot_folder / FOLDER).iterdir())
    return tuple(Path(shutil.copyfile(path, target / path.name)) for path in found)


def indicator_lines(snapshot: Snapshot) -> list[Sequence[object]]:
    """Return the definitions as rows, a header first."""
    header = (
        "id", "title", "short_title", "definition", "why_it_matters", "numerator", "denominator",
        "arithmetic", "unit", "decimals", "direction", "direction_reason", "kind", "stage",
        "is_core", "framework_area", "framework_domain", "family", "period_kind", "measured",
        "interval", "interval_reason", "designation", "publisher", "caveats", "version", "latest",
    )  # fmt: skip
    rows: list[Sequence[object]] = [header]
    for one in snapshot.indicators:
        rows.append(
            (
                one.id, one.title, one.short_title, one.definition, one.why_it_matters,
                one.numerator, one.denominator, str(one.arithmetic), one.unit, one.decimals,
                str(one.direction.good), one.direction.reason, str(one.kind), str(one.stage),
                one.is_core, one.framework.area, one.framework.domain, one.family,
                one.period_kind, one.measured, str(one.interval.method), one.interval.reason,
                one.designation, one.publisher, " ".join(one.caveats), one.version,
                snapshot.index.latest.get(one.id),
            )
        )  # fmt: skip
    return rows


def area_lines(snapshot: Snapshot) -> list[Sequence[object]]:
    """Return the areas as rows, a header first; all codes an area ever had stand in one field."""
    header = (
        "code", "name", "kind", "type", "number", "region", "subregion", "first_day", "last_day",
        "is_rankable", "codes",
    )  # fmt: skip
    rows: list[Sequence[object]] = [header]
    for code in snapshot.index.areas:
        area = snapshot.places.area(code)
        days = (day.isoformat() if day else None for day in (area.first_day, area.last_day))
        codes = ";".join(dict.fromkeys((area.code, *(dated.code for dated in area.codes))))
        rows.append(
            (area.code, area.name, str(area.kind), area.type, area.number, area.region,
             area.subregion, *days, area.is_rankable, codes)
        )  # fmt: skip
    return rows


def source_lines(snapshot: Snapshot) -> list[Sequence[object]]:
    """Return the publications as rows, a header first."""
    plain = (
        "id", "table", "vintage", "publisher", "title", "published_on", "designation", "licence",
        "url",
    )  # fmt: skip
    rows: list[Sequence[object]] = [(*plain, "files")]
    for one in snapshot.sources:
        names = ";".join(file.name for file in one.files)
        rows.append((*(getattr(one, name) for name in plain), names))
    return rows


def _write_csv_gz(path: Path, rows: Rows, packer: ThreadPoolExecutor) -> "Future[None]":
    """Hand the lines to the packer as they are made; the last thing it does closes the file."""
    file = path.open("wb")
    packed = gzip.GzipFile(filename="", mode="wb", compresslevel=_GZIP_LEVEL, fileobj=file, mtime=0)
    written = [packer.submit(packed.write, csv_line(ROW_COLUMNS).encode())]
    for start in range(0, rows.count, CHUNK_ROWS):
        written.append(packer.submit(packed.write, rows.lines(start)))

    def close() -> None:
        for part in written:
            part.result()  # raises what went wrong in writing it
        packed.close()
        file.close()

    return packer.submit(close)


def _checksums(folder: Path) -> str:
    lines = []
    for path in sorted(folder.iterdir()):
        lines.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n")
    return "".join(lines)

"""Checking returns and storing nothing: each command gives text and a code."""

import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from etl.findings import ExitCode, Place
from etl.submissions.check import CheckedReturn, Setting, check_package
from etl.submissions.package import MANIFEST_NAME, find_packages
from etl.submissions.privacy import SURE_SIGNS, ChildRecordsError, screen_table
from etl.submissions.report import (
    ENDINGS,
    report_file,
    report_json,
    report_text,
    verdict,
    worst_exit,
)
from etl.submissions.structure import simple
from etl.submissions.table import workbook_reader
from etl.submissions.wire import COLUMNS
from reference.places import PlaceSet
from reference.placesets import load_place_set

Answer = tuple[str, ExitCode]

_LOOK_AT: Final = 200_000
_MOST_OF_A_HEADER: Final = 6
_MOST_SHEETS: Final = 6
_TABLE_SHEET: Final = "xl/workbook.xml"
_OPEN_DOCUMENT: Final = "content.xml"


def check_submission(
    path: Path,
    *,
    format: str = "text",
    without_manifest: bool = True,
    places: PlaceSet | None = None,
    today: date | None = None,
    to: Path | None = None,
) -> Answer:
    """Check one package, or each in a folder, and store nothing; figures are in the report.

    A return without a manifest is checked all the same; the report says that it has none. With
    `to` each report goes into a file of that folder, and the answer says what came of each.
    """
    setting = Setting(places or load_place_set("england"), today or _today())
    checked = _checked([path], setting, without_manifest=without_manifest)
    if to is not None:
        return _written(checked, format, to), worst_exit(checked)
    if format == "json":
        return report_json(checked), worst_exit(checked)
    if format not in ("text", "json"):
        return _alone(checked, format)
    texts = [report_text(one, with_figures=True) for one in checked]
    return "\n\n".join(texts), worst_exit(checked)


def _alone(checked: Sequence[CheckedReturn], format: str) -> Answer:
    """Return the one report in a format of text; a workbook, or many, need a folder."""
    if len(checked) != 1 or format == "xlsx":
        return f"reports as {format} go into a folder; name one with --to", ExitCode.USAGE
    body = report_file(checked[0], format, with_figures=True)
    return body.decode("utf-8-sig").rstrip(), worst_exit(checked)


def _written(checked: Sequence[CheckedReturn], format: str, to: Path) -> str:
    """Write a report for each return into a folder; returns a line for each."""
    to.mkdir(parents=True, exist_ok=True)
    lines = []
    for place, one in enumerate(checked, 1):
        name = f"{_file_name(one.name) or place}.{ENDINGS[format]}"
        (to / name).write_bytes(report_file(one, format, with_figures=True))
        lines.append(f"{to / name}: {verdict(one.findings)}")
    return "\n".join(lines)


def _file_name(name: str) -> str:
    """Return a name that leads nowhere else and that every file system takes."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "_", name).strip("._")[:120]


def _checked(
    paths: Iterable[Path], setting: Setting, *, without_manifest: bool
) -> list[CheckedReturn]:
    packages = [package for path in paths for package in find_packages(path)]
    with workbook_reader() as reader:
        shared = replace(setting, reader=reader)
        return [check_package(path, shared, without_manifest=without_manifest) for path in packages]


def looks_like_submission(path: Path) -> bool:
    """Say whether a path holds authorities' returns rather than published statistics.

    A file of records about children counts as one: it must be refused, and said so.
    """
    try:
        if path.is_dir():
            return any(map(_is_return, _some(find_packages(path), 3)))
        return _is_return(path)
    except OSError:
        return False


def _some(paths: Iterable[Path], limit: int) -> list[Path]:
    return [path for path, _ in zip(paths, range(limit), strict=False)]


def _is_return(path: Path) -> bool:
    if not path.is_dir() and not path.is_file():
        return False
    if path.is_dir():
        has_manifest = (path / MANIFEST_NAME).is_file()
        return has_manifest or any(_is_return(file) for file in sorted(path.glob("*.csv"))[:3])
    with path.open("rb") as stream:
        start = stream.read(_LOOK_AT)
    if start[:2] == b"PK":
        return _is_package_or_template(path)
    is_json = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    if is_json and _named(start) >= _MOST_OF_A_HEADER:
        return True
    return _has_our_header(start) or _has_records(path, start)


def _is_package_or_template(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if _OPEN_DOCUMENT in names:
                return False
            if _TABLE_SHEET not in names:
                return any(name.endswith((".csv", ".json", ".xlsx", ".xml")) for name in names)
            # Texts stand in a part of their own, or inside the sheets, as the program likes.
            parts = [n for n in names if n.startswith(("xl/sharedStrings", "xl/worksheets/sheet"))]
            text = b"".join(archive.read(part)[:_LOOK_AT] for part in parts[:_MOST_SHEETS])
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return False
    return _named(text) >= _MOST_OF_A_HEADER


def _named(text: bytes) -> int:
    """Count the columns of ours that a text names."""
    return sum(column.encode() in text for column in COLUMNS)


def _has_our_header(start: bytes) -> bool:
    line = start.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].decode("utf-8", "replace")
    cells = line.replace(";", ",").replace("\t", ",").split(",")
    names = {simple(cell.strip('"')) for cell in cells}
    return len(names & COLUMNS.keys()) >= _MOST_OF_A_HEADER


def _has_records(path: Path, start: bytes) -> bool:
    """Say whether a file's beginning shows records; published files have dates and many rows."""
    try:
        screen_table(Place(path.name), start)
    except ChildRecordsError as error:
        return bool(SURE_SIGNS.intersection(error.incident.signals))
    return False


def _today() -> date:
    return datetime.now(UTC).date()

"""Terse builders of returns for tests: a sound one, and one changed in a single place."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from pathlib import Path

from etl.findings import Finding
from etl.practice.packages import as_package, table_bytes
from etl.submissions.check import CheckedReturn, Setting, check_package
from etl.submissions.manifest import build_manifest
from etl.submissions.package import Package, open_package
from etl.submissions.structure import wire_rows
from etl.submissions.table import read_table
from etl.submissions.wire import WireRow
from indicators.measures import Key, load_measures
from reference.periods import parse_period
from reference.places import PlaceSet
from reference.placesets import load_place_set
from tests.etl.submissions.good import good_counts

AUTHORITY = "X06000001"
PERIOD = parse_period("RY2025")
TODAY = date(2025, 9, 1)


def places() -> PlaceSet:
    """The made-up place set."""
    return load_place_set("made_up")


@lru_cache(maxsize=1)
def setting() -> Setting:
    """What returns are checked against: made-up places, a fixed day."""
    return Setting(places(), TODAY)


def rows_of(collection: str = "CLA", counts: Mapping[Key, int] | None = None) -> list[WireRow]:
    """The rows of a sound return, with some counts changed."""
    held = load_measures().collection(collection)
    practice = as_package(AUTHORITY, held, PERIOD, {**good_counts(held), **(counts or {})})
    package = Package("sound", "data.csv", practice.table, practice.manifest, False, False)
    return list(wire_rows(read_table(package)))


def written(folder: Path, table: bytes, manifest: bytes | None = None) -> Path:
    """Write a package folder and return its path."""
    target = folder / "package"
    target.mkdir(exist_ok=True)
    (target / "data.csv").write_bytes(table)
    if manifest is not None:
        (target / "manifest.json").write_bytes(manifest)
    return target


def checked_rows(folder: Path, rows: Sequence[WireRow]) -> CheckedReturn:
    """Check rows as a package with a manifest made for them."""
    table = table_bytes(list(rows))
    return checked(written(folder, table, build_manifest("data.csv", table, rows, "2025.1")))


def checked_text(folder: Path, text: str | bytes, name: str = "data.csv") -> CheckedReturn:
    """Check a loose file without a manifest."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return checked(path, without_manifest=True)


def checked(path: Path, *, without_manifest: bool = False) -> CheckedReturn:
    """Check what is at a path."""
    return check_package(path, setting(), without_manifest=without_manifest)


def changed(
    rows: Iterable[WireRow], where: Callable[[WireRow], bool], **changes: str
) -> list[WireRow]:
    """Return rows with some columns of the chosen ones changed."""
    return [WireRow(**{**asdict(row), **changes}) if where(row) else row for row in rows]


def is_measure(code: str, breakdown: str = "") -> Callable[[WireRow], bool]:
    """Choose the rows of a measure."""
    return lambda row: row.measure == code and breakdown in ("", row.breakdown)


def rules_of(result: CheckedReturn) -> set[str]:
    """The rules that a return breaks."""
    return {finding.rule for finding in result.findings}


def the_finding(result: CheckedReturn, rule: str) -> Finding:
    """The only finding of a rule."""
    [found] = [finding for finding in result.findings if finding.rule == rule]
    return found


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive of some members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def sound_table(collection: str = "CLA") -> bytes:
    """The CSV of a sound return."""
    return table_bytes(rows_of(collection))


def reopened(path: Path) -> Package:
    """Open a package."""
    return open_package(path)

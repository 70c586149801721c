"""The commands about authorities' returns: check and load; each gives text and a code."""

import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from etl.findings import ExitCode, Place
from etl.settings import Settings
from etl.submissions.check import CheckedReturn, Return, Setting, check_package
from etl.submissions.package import MANIFEST_NAME, find_packages
from etl.submissions.privacy import SURE_SIGNS, ChildRecordsError, Incident, screen_table
from etl.submissions.report import report_json, report_text, worst_exit
from etl.submissions.structure import simple
from etl.submissions.wire import COLUMNS
from indicators.store import Receipt, Store, StoreError, accept_submission, open_store
from indicators.store.auditing import note
from indicators.store.occasions import Occasion
from reference.places import PlaceSet
from reference.placesets import load_place_set

Answer = tuple[str, ExitCode]

_LOOK_AT: Final = 200_000
_MOST_OF_A_HEADER: Final = 6
_TABLE_SHEET: Final = "xl/workbook.xml"
_OPEN_DOCUMENT: Final = "content.xml"


def check_submission(
    path: Path,
    *,
    format: str = "text",
    without_manifest: bool = True,
    places: PlaceSet | None = None,
    today: date | None = None,
) -> Answer:
    """Check one package, or each in a folder, and store nothing; figures are in the report.

    A return without a manifest is checked all the same; the report says that it has none.
    """
    setting = Setting(places or load_place_set("england"), today or _today())
    checked = _checked([path], setting, without_manifest=without_manifest)
    if format == "json":
        return report_json(checked), worst_exit(checked)
    texts = [report_text(one, with_figures=True) for one in checked]
    return "\n\n".join(texts), worst_exit(checked)


def load_submission(
    paths: Sequence[Path],
    settings: Settings,
    *,
    without_manifest: bool = False,
    today: date | None = None,
    now: datetime | None = None,
) -> Answer:
    """Check every package and store those without errors; the report holds no figures.

    A refused return leaves nothing behind but, if it held records of children, its fingerprint.
    """
    places = load_place_set(settings.place_set)
    try:
        store = open_store(settings.database_url, settings.home, places)
    except StoreError as error:
        return str(error), ExitCode.UNREADABLE
    try:
        setting = Setting(places, today or _today())
        checked = _checked(paths, setting, without_manifest=without_manifest)
        return _loaded(store, checked, now or datetime.now(UTC))
    finally:
        store.close()


def _loaded(store: Store, checked: Sequence[CheckedReturn], now: datetime) -> Answer:
    lines: list[str] = []
    stored = duplicates = 0
    for one in checked:
        if one.incident is not None:
            _note_incident(store, one.incident, now)
        receipt = _stored(store, one, now)
        if one.findings or len(checked) == 1:
            lines.append(report_text(one, with_figures=False))
        if receipt is not None:
            stored += not receipt.is_duplicate
            duplicates += receipt.is_duplicate
            if len(checked) == 1:
                lines.append(_said(receipt))
    refused = len(checked) - stored - duplicates
    lines.append(
        f"Returns: {len(checked):,}; stored {stored:,}, held already {duplicates:,}, "
        f"refused {refused:,}."
    )
    return "\n".join(lines), worst_exit(checked)


def _said(receipt: Receipt) -> str:
    if receipt.is_duplicate:
        return f"We have exactly this return already (version {receipt.version}); nothing changed."
    return f"Stored as version {receipt.version} ({receipt.source})."


def _stored(store: Store, checked: CheckedReturn, now: datetime) -> Receipt | None:
    if checked.sent is None:
        return None
    scope = checked.sent.scope
    return accept_submission(
        store,
        stored_values(checked.sent),
        authority=scope.authority.code,
        collection=scope.collection.collection,
        period=scope.period.id,
        title=f"{scope.collection.title}, {scope.period.label}: return of the authority",
        now=now,
    )


def stored_values(sent: Return) -> pd.DataFrame:
    """Return the counts of a return as the store keeps them; NaN where there is none."""
    return pd.DataFrame(
        {
            "measure": [row.measure for row in sent.rows],
            "breakdown_type": [row.breakdown_type for row in sent.rows],
            "breakdown": [row.breakdown for row in sent.rows],
            "value": [np.nan if row.number is None else float(row.number) for row in sent.rows],
            "status": [row.status for row in sent.rows],
        }
    )


def _note_incident(store: Store, incident: Incident, now: datetime) -> None:
    detail = f"sha256 {incident.sha256}, {incident.size} bytes: {', '.join(incident.signals)}"
    with store.writing() as connection:
        note(connection, Occasion(now), "refuse records of children", incident.reference, detail)


def _checked(
    paths: Iterable[Path], setting: Setting, *, without_manifest: bool
) -> list[CheckedReturn]:
    packages = [package for path in paths for package in find_packages(path)]
    return [check_package(path, setting, without_manifest=without_manifest) for path in packages]


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
    return _has_our_header(start) or _has_records(path, start)


def _is_package_or_template(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if _OPEN_DOCUMENT in names:
                return False
            if _TABLE_SHEET not in names:
                return any(name.endswith((".csv", ".json", ".xlsx", ".xml")) for name in names)
            shared = [name for name in names if name == "xl/sharedStrings.xml"]
            text = archive.read(shared[0])[:_LOOK_AT] if shared else b""
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return False
    return sum(column.encode() in text for column in COLUMNS) >= _MOST_OF_A_HEADER


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

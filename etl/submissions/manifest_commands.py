"""Making the manifest of a data file, for people whose own system writes none."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from etl.file_kinds import RefusedFileError
from etl.findings import ExitCode, Finding, Place, as_text, quoted
from etl.submissions.control_totals import differences, totals_of
from etl.submissions.manifest import Stated, build_manifest, read_manifest
from etl.submissions.package import MANIFEST_NAME, MEDIA_TYPES, Package, media_type_of, open_package
from etl.submissions.rules import finding
from etl.submissions.structure import (
    check_columns,
    check_keys,
    check_plain_text,
    check_scope,
    check_widths,
    wire_rows,
)
from etl.submissions.table import Sheet, read_table
from etl.submissions.wire import STANDARD, WireRow
from indicators.measures import Measures, load_measures

Answer = tuple[str, ExitCode]

NOT_STATED: Final = (
    "nothing was written: state with --no-child-level-data that the file holds counts only and "
    "nothing about one child"
)
_OLDEST: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Typed:
    """What the sender typed: totals from the source system, and whether the statement is made."""

    rows: int | None = None
    sum_value: int | None = None
    is_attested: bool = False


def manifest_command(path: Path, stated: Stated, typed: Typed, *, zipped: bool = False) -> Answer:
    """Write the manifest of a data file beside it, or both together as a ZIP package."""
    if not typed.is_attested:
        return NOT_STATED, ExitCode.USAGE
    if not path.is_file():
        return f"{path}: not a file; name the data file", ExitCode.UNREADABLE
    try:
        package = open_package(path)
        if not package.is_loose:
            return f"{path.name} is a package already; name the data file", ExitCode.USAGE
        sheet = read_table(package)
    except RefusedFileError as error:
        return as_text(error.findings), ExitCode.UNREADABLE
    measures = load_measures()
    findings = tuple(_faults(package, sheet, measures, typed))
    if any(found.stops for found in findings):
        return f"{as_text(findings)}\nno manifest was written", ExitCode.REFUSED
    return _written(path, package, sheet, stated, zipped=zipped)


def _faults(package: Package, sheet: Sheet, measures: Measures, typed: Typed) -> Iterator[Finding]:
    """Check what a manifest is made of: the shape, one scope, and the totals that were typed."""
    place = package.table_place
    shape = (
        *check_columns(place, sheet),
        *check_widths(place, sheet),
        *check_plain_text(place, sheet),
    )
    yield from shape
    if any(found.stops for found in shape):
        return
    rows = wire_rows(sheet)
    if not rows:
        yield finding("S10", place)
        return
    if rows[0].collection not in measures.collections:
        known = " or ".join(measures.collections)
        found = f"of the collection {quoted(rows[0].collection)}"
        yield finding("C04", place, found=found, collection=f"the collection {known}", hint="")
    yield from check_keys(place, rows)
    yield from check_scope(place, rows, None)
    yield from _unlike_typed(package, rows, measures, typed)


def _unlike_typed(
    package: Package, rows: Sequence[WireRow], measures: Measures, typed: Typed
) -> Iterator[Finding]:
    """Yield S12 if the file does not hold what the source system holds."""
    found = totals_of(rows, measures)
    declared = found.model_copy(
        update={
            "rows": found.rows if typed.rows is None else typed.rows,
            "sum_value": found.sum_value if typed.sum_value is None else typed.sum_value,
        }
    )
    for what, expected in differences(declared, found):
        yield finding("S12", package.table_place, what=what, expected=expected)


def _written(path: Path, package: Package, sheet: Sheet, stated: Stated, *, zipped: bool) -> Answer:
    rows = wire_rows(sheet)
    version = load_measures().collection(rows[0].collection).version
    said = replace(stated, template=sheet.template_id)
    if zipped:
        ending = _ENDINGS[media_type_of(package.table)]
        name = f"data.{ending}"
        manifest = build_manifest(name, package.table, rows, version, said)
        target = _free_name(path.parent, rows[0])
        target.write_bytes(_archive({name: package.table, MANIFEST_NAME: manifest}))
        return f"written: {target}", ExitCode.OK
    target = path.with_name(MANIFEST_NAME)
    if target.exists() and not _is_about(target, path.name):
        text = f"{target} is there already and is not about {path.name}; use --zip, or a folder"
        return f"{text} of its own for each return", ExitCode.USAGE
    target.write_bytes(build_manifest(path.name, package.table, rows, version, said))
    return f"written: {target}", ExitCode.OK


_ENDINGS: Final[Mapping[str, str]] = {kind: ending for ending, kind in MEDIA_TYPES.items()}


def _is_about(manifest: Path, name: str) -> bool:
    """Say whether a manifest that is there was made for this very file, and may be replaced."""
    held, _ = read_manifest(Place(manifest.name), manifest.read_bytes())
    return held is not None and [file.name for file in held.files] == [name]


def _free_name(folder: Path, row: WireRow) -> Path:
    number = 1
    # What the file says of itself names a file only after all but letters and digits went.
    parts = (re.sub(r"[^A-Za-z0-9-]", "", part) for part in (row.authority, row.period_end))
    authority, period_end = parts
    while True:
        name = f"{STANDARD}_{authority}_{row.collection}_{period_end}_{number}.zip"
        if not (folder / name).exists():
            return folder / name
        number += 1


def _archive(members: Mapping[str, bytes]) -> bytes:
    """Pack members without the time of day, so that the same return is the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, _OLDEST), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()

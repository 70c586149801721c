"""The manifest of a package: who sends what, and what the data must add up to."""

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Annotated

import orjson
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from etl.findings import Finding, Place
from etl.submissions.rules import finding
from etl.submissions.wire import (
    STANDARD,
    STANDARD_VERSION,
    WireRow,
    canonical_digest,
    template_id,
)

Line = Annotated[str, StringConstraints(max_length=200)]


class _Said(BaseModel):
    """A part of a manifest; what it says beyond the standard is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ManifestFile(_Said):
    """One file of the package and its fingerprint."""

    name: Line
    bytes: int = Field(ge=0)
    sha256: Line
    media_type: Line = ""


class ControlTotals(_Said):
    """What the data must add up to, so that a file cut short is noticed."""

    rows: int = Field(ge=0)
    sum_value: int = Field(ge=0)
    rows_with_value: int | None = None


class ManifestSource(_Said):
    """Which extracts the counts were made from, and what is known to be wrong with them."""

    system: Line = ""
    unresolved_errors: int = Field(default=0, ge=0)
    records_excluded: int = Field(default=0, ge=0)


class Manifest(_Said):
    """What a package says of itself."""

    standard: Line
    version: Line
    la_code: Line
    collection: Line
    period_end: Line
    files: tuple[ManifestFile, ...] = Field(min_length=1, max_length=10)
    control_totals: ControlTotals
    canonical_digest: Line = ""
    catalogue_version: Line = ""
    template_id: Line = ""
    source: ManifestSource = ManifestSource()
    submission_reason: Line = ""
    """`first`, `correction`, `restatement` or `steward_request`."""
    replaces: Line | None = None
    """The source id of the accepted version that this one is to take the place of."""


def read_manifest(place: Place, content: bytes) -> tuple[Manifest | None, tuple[Finding, ...]]:
    """Return the manifest, or None and what is wrong with it (S11)."""
    try:
        manifest = Manifest.model_validate(orjson.loads(content))
    except orjson.JSONDecodeError as error:
        return None, (_fault(place, f"text that is not JSON (line {error.lineno})"),)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(map(str, first["loc"])) or "the manifest"
        return None, (_fault(place, f"{field}: {first['msg'].lower()}"),)
    if (manifest.standard, manifest.version) != (STANDARD, STANDARD_VERSION):
        return None, (_fault(place, "a manifest of another standard or version"),)
    return manifest, ()


def _fault(place: Place, what: str) -> Finding:
    expected = f"a manifest of {STANDARD} {STANDARD_VERSION}"
    return finding("S11", place, what=what, expected=expected, advice="rebuild the package")


def missing_manifest(place: Place) -> Finding:
    """Return the finding for a package without a manifest."""
    return finding(
        "S11",
        place,
        what="no manifest.json",
        expected="a manifest beside the data",
        advice="build it with your tool, or use --without-manifest to go without its checks",
    )


def check_file(place: Place, manifest: Manifest, name: str, content: bytes) -> Iterator[Finding]:
    """Yield S11 if the data is not the file that the manifest was made for."""
    told = next((file for file in manifest.files if file.name == name), None)
    if told is None:
        yield finding(
            "S11",
            place,
            what=f"a manifest that does not list {name}",
            expected="the name of the data file",
            advice="rebuild the package",
        )
    elif told.sha256.removeprefix("sha256:").lower() != sha256(content).hexdigest():
        yield finding(
            "S11",
            place,
            what=f"another {name} than the one the manifest was made for",
            expected="the same bytes",
            advice="the file changed after its manifest was made; rebuild and resend",
        )


def check_totals(place: Place, manifest: Manifest, rows: Sequence[WireRow]) -> Iterator[Finding]:
    """Yield S12 if rows or sum differ from what is declared, S11 if the digest does."""
    totals = manifest.control_totals
    total = sum(row.number or 0 for row in rows)
    if (totals.rows, totals.sum_value) != (len(rows), total):
        yield finding(
            "S12",
            place,
            rows=f"{len(rows):,}",
            total=f"{total:,}",
            declared_rows=f"{totals.rows:,}",
            declared_total=f"{totals.sum_value:,}",
        )
    elif manifest.canonical_digest and manifest.canonical_digest != canonical_digest(rows):
        yield finding(
            "S11",
            place,
            what="figures with another digest than the manifest's",
            expected="the figures that the manifest was made for",
            advice="rebuild and resend",
        )


def build_manifest(name: str, content: bytes, rows: Sequence[WireRow], version: str) -> bytes:
    """Return the manifest of a data file, as a sender's tool makes it."""
    authority, collection, _, period_end = rows[0].scope
    said = {
        "standard": STANDARD,
        "version": STANDARD_VERSION,
        "catalogue_version": version,
        "template_id": template_id(version, authority, collection, period_end),
        "la_code": authority,
        "collection": collection,
        "period_end": period_end,
        "files": [
            {
                "name": name,
                "media_type": "text/csv",
                "bytes": len(content),
                "sha256": sha256(content).hexdigest(),
            }
        ],
        "canonical_digest": canonical_digest(rows),
        "control_totals": {
            "rows": len(rows),
            "rows_with_value": sum(row.number is not None for row in rows),
            "sum_value": sum(row.number or 0 for row in rows),
            "by_status": dict(Counter(row.status for row in rows)),
        },
        "submission_reason": "first",
        "replaces": None,
        "attestations": {"no_child_level_data": True},
    }
    return orjson.dumps(said, option=orjson.OPT_INDENT_2)

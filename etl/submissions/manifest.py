"""The manifest of a package: who sends what, and what the data must add up to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Annotated, Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints, ValidationError

from etl.findings import Finding, Place
from etl.submissions.control_totals import ControlTotals, differences, totals_of
from etl.submissions.package import MANIFEST_NAME, media_type_of
from etl.submissions.rules import finding
from etl.submissions.strict_json import JsonFaultError, load_strict, whole
from etl.submissions.wire import (
    STANDARD,
    STANDARD_VERSION,
    WireRow,
    canonical_digest,
    template_id,
)
from indicators.measures import Measures, load_measures

Line = Annotated[str, StringConstraints(max_length=200)]
Reason = Literal["first", "correction", "restatement", "steward_request", ""]


class _Said(BaseModel):
    """A part of a manifest; what it says beyond the standard is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ManifestFile(_Said):
    """One file of the package and its fingerprint."""

    name: Line
    bytes: int = Field(ge=0)
    sha256: Line
    media_type: Line = ""


class ManifestSource(_Said):
    """Which extracts the counts were made from, and what is known to be wrong with them."""

    system: Line = ""
    ssda903_export_date: date | None = None
    cin_export_date: date | None = None
    validator: Line = Field(default="", description="The checking tool used before, with version.")
    unresolved_errors: int = Field(default=0, ge=0)
    records_excluded: int = Field(default=0, ge=0)


class Attestations(_Said):
    """What the sender states."""

    no_child_level_data: StrictBool = Field(
        default=False, description="Must be true: nothing in the package is about one child."
    )


class Manifest(_Said):
    """What a package says of itself."""

    standard: Line
    version: Line
    la_code: Line
    collection: Line
    period_end: Line
    files: tuple[ManifestFile, ...] = Field(min_length=1, max_length=10)
    control_totals: ControlTotals
    attestations: Attestations = Attestations()
    canonical_digest: Line = ""
    catalogue_version: Line = ""
    template_id: Line = ""
    source: ManifestSource = ManifestSource()
    submission_reason: Reason = ""
    replaces: Line | None = None
    """The source id of the accepted version that this one is to take the place of."""


@dataclass(frozen=True)
class Stated:
    """What a manifest says that cannot be read off the data; `template` None: the current one."""

    reason: str = "first"
    replaces: str | None = None
    source: ManifestSource = field(default_factory=ManifestSource)
    template: str | None = None


def read_manifest(place: Place, content: bytes) -> tuple[Manifest | None, tuple[Finding, ...]]:
    """Return the manifest, or None and what is wrong with it (S11)."""
    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
        manifest = Manifest.model_validate(load_strict(text, number=whole))
    except UnicodeDecodeError:
        return None, (_fault(place, "text that is not UTF-8"),)
    except JsonFaultError as error:
        return None, (_fault(place, str(error)),)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        at = ".".join(map(str, first["loc"])) or "the manifest"
        return None, (_fault(place, f"{at}: {first['msg'].lower()}"),)
    if (manifest.standard, manifest.version) != (STANDARD, STANDARD_VERSION):
        return None, (_fault(place, "a manifest of another standard or version"),)
    if not manifest.attestations.no_child_level_data:
        return None, (_not_attested(place),)
    return manifest, ()


def _fault(place: Place, what: str) -> Finding:
    expected = f"a manifest of {STANDARD} {STANDARD_VERSION}"
    return finding("S11", place, what=what, expected=expected, advice="rebuild the package")


def _not_attested(place: Place) -> Finding:
    return finding(
        "S11",
        place,
        what="no statement that nothing in the package is about one child",
        expected="no_child_level_data: true under attestations",
        advice="look through the data, state it, and rebuild the package",
    )


def missing_manifest(place: Place) -> Finding:
    """Return the finding for a package without a manifest."""
    return finding(
        "S11",
        place,
        what="no manifest.json",
        expected="a manifest beside the data",
        advice="make one (outcomes manifest), or use --without-manifest to go without its checks",
    )


def check_file(place: Place, manifest: Manifest, name: str, content: bytes) -> Iterator[Finding]:
    """Yield S11 if the data is not the file that the manifest was made for."""
    told = next((file for file in manifest.files if file.name == name), None)
    others = [file.name for file in manifest.files if file.name not in (name, MANIFEST_NAME)]
    if told is None:
        what, expected = f"a manifest that does not list {name}", "the name of the data file"
        yield finding("S11", place, what=what, expected=expected, advice="rebuild the package")
        return
    if others:
        what = f"a manifest that lists {others[0][:60]}, which is not here"
        yield finding(
            "S11", place, what=what, expected="the one data file", advice="rebuild the package"
        )
    if told.sha256.removeprefix("sha256:").lower() != sha256(content).hexdigest():
        yield _other_file(place, name, told.bytes, len(content))
    elif told.media_type and _plain_type(told.media_type) != media_type_of(content):
        yield finding(
            "S11",
            place,
            what=f"{name} listed as {told.media_type[:60]}",
            expected=media_type_of(content),
            advice="rebuild the package",
        )


def _plain_type(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def _other_file(place: Place, name: str, told: int, size: int) -> Finding:
    sizes = "the same bytes" if told == size else f"{told:,} bytes; {size:,} came"
    return finding(
        "S11",
        place,
        what=f"another {name} than the one the manifest was made for",
        expected=sizes,
        advice="the file changed after its manifest was made; rebuild and resend",
    )


def check_totals(
    place: Place, manifest: Manifest, rows: Sequence[WireRow], measures: Measures | None = None
) -> Iterator[Finding]:
    """Yield S12 where totals differ from what is declared, S11 if only the digest does."""
    found = totals_of(rows, measures or load_measures())
    unlike = tuple(differences(manifest.control_totals, found))
    for what, expected in unlike:
        yield finding("S12", place, what=what, expected=expected)
    if not unlike and manifest.canonical_digest not in ("", canonical_digest(rows)):
        yield finding(
            "S11",
            place,
            what="figures with another digest than the manifest's",
            expected="the figures that the manifest was made for",
            advice="rebuild and resend",
        )


def build_manifest(
    name: str, content: bytes, rows: Sequence[WireRow], version: str, stated: Stated | None = None
) -> bytes:
    """Return the manifest of a data file, as a sender's tool makes it."""
    said = stated or Stated()
    authority, collection, _, period_end = rows[0].scope
    current = template_id(version, authority, collection, period_end)
    manifest = Manifest.model_validate(
        {
            "standard": STANDARD,
            "version": STANDARD_VERSION,
            "catalogue_version": version,
            "template_id": current if said.template is None else said.template,
            "la_code": authority,
            "collection": collection,
            "period_end": period_end,
            "files": (_file(name, content),),
            "canonical_digest": canonical_digest(rows),
            "control_totals": totals_of(rows, load_measures()),
            "source": said.source,
            "submission_reason": said.reason,
            "replaces": said.replaces,
            "attestations": Attestations(no_child_level_data=True),
        }
    )
    return orjson.dumps(manifest.model_dump(mode="json"), option=orjson.OPT_INDENT_2)


def _file(name: str, content: bytes) -> ManifestFile:
    return ManifestFile(
        name=name,
        media_type=media_type_of(content),
        bytes=len(content),
        sha256=sha256(content).hexdigest(),
    )

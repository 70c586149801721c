"""Rules about who sends and signs, and what a return takes the place of (C02, P01 to P04, P06)."""

from collections.abc import Iterator
from dataclasses import dataclass

from etl.findings import Finding, Place
from etl.submissions.code_lists import Scope
from etl.submissions.manifest import Manifest
from etl.submissions.past import Figures, Past, figures_digest
from etl.submissions.rules import finding
from indicators.permissions import folded
from reference.places import PlaceSet

FIRST = "first"
"""The reason that a manifest gives for a return that takes no other's place."""


@dataclass(frozen=True)
class Replacing:
    """Why a return is sent again, and the source id of the version that it replaces."""

    reason: str = ""
    source: str = ""


NOTHING_REPLACED = Replacing()


def check_sender(place: Place, scope: Scope, sender: str, places: PlaceSet) -> Iterator[Finding]:
    """Yield C02 if a return is of another authority than the one that sends it."""
    if sender and sender != scope.authority.code:
        yield finding(
            "C02",
            place,
            authority=f"{scope.authority.name} ({scope.authority.code})",
            sender=f"{places.area(sender).name} ({sender})",
        )


def replacing_of(manifest: Manifest | None, typed: Replacing) -> Replacing:
    """Return what a return is to replace: as typed by its sender, else as its manifest says."""
    if typed != NOTHING_REPLACED or manifest is None:
        return typed
    return Replacing(manifest.submission_reason, manifest.replaces or "")


def check_again(
    place: Place, figures: Figures, past: Past, replacing: Replacing
) -> Iterator[Finding]:
    """Yield P02 for figures that are held already, P01 for others without reason or target."""
    digest = figures_digest(figures)
    same = next((held for held in past.versions if figures_digest(held.figures) == digest), None)
    if same is not None:
        yield finding("P02", place, basis=(digest,), version=same.version, day=same.received_on)
        return
    current = past.current
    if current is None:
        return
    what = _what_is_missing(replacing, current.source)
    if what:
        yield finding("P01", place, what=what, current=current.source, version=current.version)


def _what_is_missing(replacing: Replacing, current: str) -> str:
    if replacing.source and replacing.source != current:
        return f"a return that replaces {replacing.source}"
    if not replacing.source:
        return "a return that does not say which version it replaces"
    is_first = replacing.reason in ("", FIRST)
    return "a return that does not say why it comes again" if is_first else ""


def check_source_errors(place: Place, manifest: Manifest | None) -> Iterator[Finding]:
    """Yield P06 if the manifest says that the source return has errors left."""
    count = 0 if manifest is None else manifest.source.unresolved_errors
    if count:
        yield finding("P06", place, basis=(count,), count=f"{count:,}")


def check_signatory(
    place: Place, *, submitted_by: str, signed_by: str, may_sign: bool
) -> Iterator[Finding]:
    """Yield P03 unless somebody signs who may, and who did not send the return."""
    if not may_sign:
        yield finding("P03", place, what="a sign-off by somebody who is no approver of it")
    elif folded(signed_by) == folded(submitted_by):
        yield finding("P03", place, what="a sign-off by whoever sent the return")


def check_signed_digest(place: Place, *, signed: str, current: str) -> Iterator[Finding]:
    """Yield P04 if a sign-off is of other figures than those held now."""
    if signed != current:
        yield finding("P04", place)

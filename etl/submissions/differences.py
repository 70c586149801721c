"""What changed against the version of a return that was held before: figures and findings."""

from collections.abc import Mapping
from dataclasses import dataclass

from etl.findings import Finding
from etl.submissions.check import CheckedReturn
from etl.submissions.past import HeldFinding, HeldReturn
from indicators.measures import Key


@dataclass(frozen=True)
class ChangedFigure:
    """One count that differs; '' where a version has no such row."""

    key: Key
    before: str
    now: str


@dataclass(frozen=True)
class Differences:
    """What changed since `version`; findings that were explained stay explained while they stand.

    `gone` are findings of the version before only; the others are those of the return.
    """

    version: int
    source: str
    figures: tuple[ChangedFigure, ...]
    new: tuple[Finding, ...]
    still: tuple[Finding, ...]
    explained: tuple[Finding, ...]
    gone: tuple[HeldFinding, ...]


def differences_of(checked: CheckedReturn) -> Differences | None:
    """Return what changed since the version before; None where there is none."""
    held = checked.previous
    if held is None or checked.scope is None:
        return None
    known = {_identity(one) for one in held.findings}
    mine = {_identity_of(found) for found in checked.findings}
    stands = [found for found in checked.findings if _identity_of(found) in known]
    return Differences(
        version=held.version,
        source=held.source,
        figures=_figures(checked, held),
        new=tuple(found for found in checked.findings if _identity_of(found) not in known),
        still=tuple(found for found in stands if found.key not in held.explained),
        explained=tuple(found for found in stands if found.key in held.explained),
        gone=tuple(one for one in held.findings if _identity(one) not in mine),
    )


def _identity(found: HeldFinding) -> tuple[str, ...]:
    return (found.rule, found.key or "|".join(found.about))


def _identity_of(found: Finding) -> tuple[str, ...]:
    about = (found.measure, found.breakdown_type, found.breakdown)
    return (found.rule, found.key or "|".join(about))


def _figures(checked: CheckedReturn, held: HeldReturn) -> tuple[ChangedFigure, ...]:
    before, now = _written(held.figures), _written(checked.figures)
    keys = dict.fromkeys((*now, *before))
    return tuple(
        ChangedFigure(key, before.get(key, ""), now.get(key, ""))
        for key in keys
        if before.get(key, "") != now.get(key, "")
    )


def _written(figures: Mapping[Key, tuple[int | None, str]]) -> dict[Key, str]:
    """Write a figure as a reader sees it: its number, and its status unless it is actual."""
    return {
        key: " ".join(
            part for part in ("" if n is None else f"{n:,}", "" if s == "A" else s) if part
        )
        for key, (n, s) in figures.items()
    }

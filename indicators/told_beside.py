"""What a release tells beside its figures: the returns in it, and how it protects small counts.

Written only where a release has submissions; one without them, or older, reads as having none.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter

_RETURNS: Final = "returns.json"
_DISCLOSURE: Final = "disclosure.json"


@dataclass(frozen=True)
class ReleasedReturn:
    """One authority's return as a release holds it: days and roles, never a name or a figure.

    A day is blank where it is not known.
    """

    authority: str
    collection: str
    period: str
    version: int
    source: str
    received_on: str
    signed_off_on: str
    signed_off_by_role: str
    accepted_on: str
    accepted_by_role: str
    rows_received: int


@dataclass(frozen=True)
class Statement:
    """One thing that a disclosure policy protects, or does not protect, in words."""

    id: str
    title: str
    is_protected: bool
    says: str


@dataclass(frozen=True)
class Disclosure:
    """The disclosure policy of a release; `reason` is the publisher's for choosing it."""

    policy: str
    title: str
    statements: tuple[Statement, ...] = ()
    reason: str = ""


RETURNS: Final = TypeAdapter(tuple[ReleasedReturn, ...])
DISCLOSURE: Final = TypeAdapter(Disclosure)


def read_returns(folder: Path) -> tuple[ReleasedReturn, ...]:
    """Return the returns in the release of a snapshot folder."""
    body = _body(folder / _RETURNS)
    return () if body is None else RETURNS.validate_json(body)


def read_disclosure(folder: Path) -> Disclosure | None:
    """Return what the release of a snapshot folder says of its disclosure policy."""
    body = _body(folder / _DISCLOSURE)
    return None if body is None else DISCLOSURE.validate_json(body)


def write_told_beside(
    folder: Path, returns: tuple[ReleasedReturn, ...], disclosure: Disclosure | None
) -> None:
    """Write what there is into a snapshot folder."""
    if returns:
        (folder / _RETURNS).write_bytes(RETURNS.dump_json(returns))
    if disclosure is not None:
        (folder / _DISCLOSURE).write_bytes(DISCLOSURE.dump_json(disclosure))


def disclosure_lines(disclosure: Disclosure, hidden: int) -> list[str]:
    """Return what a release says of its disclosure policy as lines of plain text."""
    lines = [f"Disclosure policy {disclosure.policy}: {disclosure.title}."]
    if disclosure.reason:
        lines.append(f"Why this policy was chosen: {disclosure.reason}")
    lines.append(f"Figures worked out from authorities' returns and hidden: {hidden}.")
    for protects, heading in ((True, "It protects:"), (False, "It does not protect:")):
        held = [one for one in disclosure.statements if one.is_protected is protects]
        lines += [heading, *(f"- {one.title}: {one.says}" for one in held)] if held else []
    return lines


def _body(path: Path) -> Any:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None

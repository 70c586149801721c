"""What is wrong with a file, where, and what to do about it: findings and how they are shown."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from enum import IntEnum, StrEnum
from typing import Any, Final

SHOWN_PER_RULE: Final = 5
"""So many findings of one rule are shown for one file; the rest are counted."""

_FOUND_LENGTH: Final = 60
_NAME_LENGTH: Final = 200


class Severity(StrEnum):
    """How much a finding matters; those in STOPPING keep a file from being taken.

    `critical` is an error after which nothing of the file may be kept.
    """

    UNREADABLE = "unreadable"
    CRITICAL = "critical"
    ERROR = "error"
    QUERY = "query"
    WARNING = "warning"
    NOTE = "note"


STOPPING: Final = frozenset({Severity.UNREADABLE, Severity.CRITICAL, Severity.ERROR})


class ExitCode(IntEnum):
    """How a command ends."""

    OK = 0
    REFUSED = 1
    USAGE = 2
    UNREADABLE = 3


@dataclass(frozen=True, order=True)
class Place:
    """Where in which file; `row` counts as a spreadsheet or editor does, from 1, 0 = none."""

    file: str
    row: int = 0
    column: str = ""
    sheet: str = ""

    def __str__(self) -> str:
        """Write `file.csv, row 12, column value`, leaving out what is not known."""
        parts = [
            printable(self.file),
            f"sheet {printable(self.sheet)}" if self.sheet else "",
            f"row {self.row:,}" if self.row else "",
            f"column {printable(self.column)}" if self.column else "",
        ]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Finding:
    """One thing found: the rule, where, what was found, what was expected, what to do.

    `more` says how many further places break the same rule in the same file. `measure` and the
    two after it name the count that it is about, where it is about one. `key` stays the same while
    rule, count and figures do; it could be guessed from, so it is for the sender only.
    """

    rule: str
    severity: Severity
    place: Place
    found: str
    expected: str = ""
    advice: str = ""
    more: int = 0
    measure: str = ""
    breakdown_type: str = ""
    breakdown: str = ""
    key: str = ""
    is_unreadable: bool = False
    """Whether nothing could be read at all, so that a command ends with another code."""

    @property
    def stops(self) -> bool:
        """Whether the file cannot be taken because of this."""
        return self.severity in STOPPING

    def __str__(self) -> str:
        """Write the finding in one line for the person who has the file."""
        parts = [
            f"found {self.found}" if self.found else "",
            f"expected {self.expected}" if self.expected else "",
            self.advice,
        ]
        more = f" (and {self.more:,} more)" if self.more else ""
        return f"{self.place}: {'; '.join(part for part in parts if part)} [{self.rule}]{more}"


def printable(text: str) -> str:
    """Return a file's own text cut short and without characters that could steer a terminal."""
    if text.isprintable() and len(text) <= _NAME_LENGTH:
        return text
    plain = "".join(c if c.isprintable() else "�" for c in text[:_NAME_LENGTH])
    return f"{plain}{'…' if len(text) > _NAME_LENGTH else ''}"


def quoted(text: str) -> str:
    """Return a file's own text between quotes, cut shorter."""
    cut = "…" if len(text) > _FOUND_LENGTH else ""
    return f"'{printable(text[:_FOUND_LENGTH])}{cut}'"


def exit_code(findings: Iterable[Finding]) -> ExitCode:
    """Return 3 if a file could not be read, 1 if one was refused, else 0."""
    held = tuple(findings)
    severities = {finding.severity for finding in held}
    if Severity.UNREADABLE in severities or any(finding.is_unreadable for finding in held):
        return ExitCode.UNREADABLE
    return ExitCode.REFUSED if severities & STOPPING else ExitCode.OK


def capped(findings: Iterable[Finding], limit: int = SHOWN_PER_RULE) -> tuple[Finding, ...]:
    """Keep the first few findings of each rule and file; the last kept counts the others."""
    kept: dict[tuple[str, str], list[Finding]] = {}
    left_out: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        key = (finding.rule, finding.place.file)
        group = kept.setdefault(key, [])
        if len(group) < limit:
            group.append(finding)
            left_out[key] += finding.more
        else:
            left_out[key] += 1 + finding.more
    return tuple(
        replace(finding, more=left_out[key] if place == len(group) - 1 else 0)
        for key, group in kept.items()
        for place, finding in enumerate(group)
    )


def as_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain data for `--format json`."""
    return {**asdict(finding), "severity": str(finding.severity)}


def as_text(findings: Sequence[Finding]) -> str:
    """Return findings as lines, the most serious first, no rule and file more than five times."""
    by_weight = sorted(findings, key=lambda finding: list(Severity).index(finding.severity))
    return "\n".join(f"{finding.severity.upper()}: {finding}" for finding in capped(by_weight))

"""What reading published files gives: cells by source, what each file held, what was wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.findings import ExitCode, Finding, exit_code
from indicators.assembly import PublishedLoad


@dataclass(frozen=True)
class FileRecord:
    """One file: the table and publication it belongs to, or why it was not used."""

    path: str
    table: str = ""
    source: str = ""
    rows: int = 0
    cells: int = 0
    not_used: str = ""
    passed_over: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_used(self) -> bool:
        """Whether cells were read from it."""
        return not self.not_used


@dataclass(frozen=True)
class Difference:
    """A published total that the authorities' figures do not add up to, within rounding."""

    indicator: str
    period: str
    area: str
    source: str
    published: float
    lowest: float
    highest: float
    authorities: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reconciliation:
    """How many published totals were compared with their authorities, and those that differ."""

    compared: int = 0
    agreed: int = 0
    not_comparable: int = 0
    hidden: int = 0
    """Totals larger than suppressed counts of 0 to 5 allow: larger ones are suppressed as well."""
    differences: tuple[Difference, ...] = ()
    by_source: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Source id to totals compared and agreed."""


@dataclass(frozen=True)
class LoadReport:
    """What was read, in what time; `seconds` is the only thing that differs between two runs."""

    files: tuple[FileRecord, ...] = ()
    seconds: float = 0.0
    reconciliation: Reconciliation = Reconciliation()

    @property
    def rows(self) -> int:
        """How many rows were read of the files used."""
        return sum(record.rows for record in self.files)


@dataclass(frozen=True)
class PublishedReading(PublishedLoad):
    """Everything that was read from published files, before it is merged into a release.

    `cells` has CELL_COLUMNS and `is_computed`, once per cell and source. With a stopping
    finding nothing of it must be stored.
    """

    report: LoadReport = LoadReport()
    findings: tuple[Finding, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """Return 0 where all can be stored, 1 where refused, 3 where unreadable."""
        return exit_code(self.findings)

    @property
    def is_refused(self) -> bool:
        """Whether nothing of this may be stored."""
        return any(finding.stops for finding in self.findings)

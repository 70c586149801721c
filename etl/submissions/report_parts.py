"""A report as parts that every format shows: what the return is, its findings, what changed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from etl.findings import Finding, Severity, printable
from etl.submissions.check import CheckedReturn
from etl.submissions.differences import Differences, differences_of
from etl.submissions.verdicts import headline, shown_findings, verdict

FINDING_COLUMNS = (
    "severity",
    "rule",
    "measure",
    "breakdown_type",
    "breakdown",
    "file",
    "sheet",
    "row",
    "column",
    "found",
    "expected",
    "how_to_fix",
    "against_version_before",
    "key",
)
PROMPT = (
    "Some figures stand out from last year's or from similar authorities'. If they are right, say "
    "what lies behind them, a thing that goes well as readily as a problem: it is shown beside the "
    "figure once that is published (outcomes commentary add)."
)
_STANDS_OUT = frozenset("YN")
"""Groups of rules about change and about others: a figure that breaks one is an exception."""

CHANGE_COLUMNS = ("measure", "breakdown_type", "breakdown", "before", "now")


@dataclass(frozen=True)
class Report:
    """One return's report; without figures there is nothing in it that the sender alone may see."""

    headline: str
    verdict: str
    ruleset: str
    findings: tuple[Finding, ...]
    differences: Differences | None
    with_figures: bool

    @property
    def counted(self) -> dict[Severity, int]:
        """How many findings there are of each severity, the most serious first."""
        counts = Counter(found.severity for found in self.findings)
        return {severity: counts[severity] for severity in Severity if counts[severity]}

    @property
    def prompt(self) -> str:
        """What to do about figures that stand out and are right; empty where none does."""
        stands_out = any(found.rule[0] in _STANDS_OUT for found in self.findings)
        return PROMPT if self.with_figures and stands_out else ""

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of one severity, by measure."""
        held = [found for found in self.findings if found.severity is severity]
        return tuple(sorted(held, key=lambda f: (f.measure, f.breakdown, f.rule, f.place)))


def report_of(checked: CheckedReturn, *, with_figures: bool) -> Report:
    """Return the report of a checked return, for its sender or for anyone else."""
    findings = shown_findings(checked, with_figures=with_figures)
    return Report(
        printable(headline(checked)),
        verdict(findings),
        checked.ruleset,
        findings,
        differences_of(checked) if with_figures else None,
        with_figures,
    )


def standing(report: Report, found: Finding) -> str:
    """Say how a finding stands against the version before: new, still there or explained."""
    held = report.differences
    if held is None:
        return ""
    if found in held.new:
        return "new"
    return "explained" if found in held.explained else "still there"


def finding_rows(report: Report) -> list[tuple[str, ...]]:
    """Return the findings as rows of FINDING_COLUMNS, the most serious first."""
    return [
        (
            str(found.severity),
            found.rule,
            found.measure,
            found.breakdown_type,
            found.breakdown,
            printable(found.place.file),
            printable(found.place.sheet),
            str(found.place.row or ""),
            printable(found.place.column),
            found.found,
            found.expected,
            found.advice,
            standing(report, found),
            found.key,
        )
        for severity in report.counted
        for found in report.of(severity)
    ]


def change_rows(report: Report) -> list[tuple[str, ...]]:
    """Return the figures that changed as rows of CHANGE_COLUMNS."""
    held = report.differences
    if held is None:
        return []
    return [(*map(printable, one.key), one.before, one.now) for one in held.figures]


def change_lines(report: Report, shown: int) -> Sequence[str]:
    """Return what changed against the version before, in a few lines."""
    held = report.differences
    if held is None:
        return ()
    figures = f"{len(held.figures):,} {'figure' if len(held.figures) == 1 else 'figures'}"
    lines = [
        f"Against version {held.version}: {figures} changed; findings: {len(held.new):,} new, "
        f"{len(held.gone):,} gone, {len(held.still):,} still there, "
        f"{len(held.explained):,} still explained."
    ]
    for one in held.figures[:shown]:
        name = " / ".join(map(printable, one.key))
        lines.append(f"  {name}: {one.before or 'not sent'} → {one.now or 'not sent'}")
    if len(held.figures) > shown:
        lines.append(f"  and {len(held.figures) - shown:,} more")
    return lines

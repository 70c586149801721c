"""What is said about checked and loaded returns: to the sender with figures, to others without."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import orjson

from etl.findings import ExitCode, Finding, Severity, as_json, as_text, capped, exit_code
from etl.submissions.check import CheckedReturn
from etl.submissions.rules import without_figures


def report_text(checked: CheckedReturn, *, with_figures: bool) -> str:
    """Return the report of one return as lines: what it is, what was found, and the verdict."""
    findings = _shown(checked, with_figures=with_figures)
    lines = [headline(checked), as_text(findings), verdict(findings)]
    if with_figures and not checked.has_manifest:
        lines.append("It has no manifest: load it with --without-manifest.")
    return "\n".join(line for line in lines if line)


def report_json(checked: Sequence[CheckedReturn]) -> str:
    """Return the reports for `--format json`."""
    reports = [
        {
            "name": one.name,
            "accepted": one.sent is not None,
            "has_manifest": one.has_manifest,
            **_about(one),
            "findings": [as_json(finding) for finding in capped(one.findings)],
        }
        for one in checked
    ]
    return orjson.dumps({"returns": reports}, option=orjson.OPT_INDENT_2).decode()


def _about(checked: CheckedReturn) -> dict[str, object]:
    if checked.sent is None:
        return {}
    scope = checked.sent.scope
    return {
        "authority": scope.authority.code,
        "collection": scope.collection.collection,
        "period": scope.period.id,
        "rows": len(checked.sent.rows),
        "digest": checked.sent.digest,
    }


def headline(checked: CheckedReturn) -> str:
    """Return one line that says what a return is."""
    if checked.sent is None:
        return f"{checked.name}: not taken"
    scope, rows = checked.sent.scope, checked.sent.rows
    return (
        f"{checked.name}: {scope.authority.name} ({scope.authority.code}), "
        f"{scope.collection.title}, {scope.period.label}, {len(rows):,} rows"
    )


def verdict(findings: Sequence[Finding]) -> str:
    """Return what the findings come to."""
    counted = Counter(finding.severity for finding in findings)
    listed = ", ".join(
        f"{counted[s]:,} {_WORDS[s][counted[s] > 1]}" for s in Severity if counted[s]
    )
    if any(finding.stops for finding in findings):
        return f"Findings: {listed}. The return cannot be taken."
    return f"Findings: {listed or 'none'}. The return can be taken."


_WORDS: Final[Mapping[Severity, tuple[str, str]]] = {
    Severity.UNREADABLE: ("unreadable file", "unreadable files"),
    Severity.CRITICAL: ("critical", "critical"),
    Severity.ERROR: ("error", "errors"),
    Severity.QUERY: ("query", "queries"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.NOTE: ("note", "notes"),
}


def worst_exit(checked: Sequence[CheckedReturn]) -> ExitCode:
    """Return the exit code of all returns together: the most serious."""
    return exit_code(finding for one in checked for finding in one.findings)


def _shown(checked: CheckedReturn, *, with_figures: bool) -> tuple[Finding, ...]:
    if with_figures:
        return checked.findings
    return tuple(without_figures(finding) for finding in checked.findings)

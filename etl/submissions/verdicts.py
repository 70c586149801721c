"""What is said about checked returns: to the sender with figures, to others without."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import orjson

from etl.findings import ExitCode, Finding, Severity, as_json, capped, exit_code
from etl.submissions.check import CheckedReturn
from etl.submissions.differences import differences_of
from etl.submissions.rules import without_figures


def report_json(checked: Sequence[CheckedReturn], *, with_figures: bool = True) -> str:
    """Return the reports for `--format json`."""
    reports = [_as_data(one, with_figures=with_figures) for one in checked]
    return orjson.dumps({"returns": reports}, option=orjson.OPT_INDENT_2).decode()


def _as_data(one: CheckedReturn, *, with_figures: bool) -> dict[str, object]:
    shown = shown_findings(one, with_figures=with_figures)
    return {
        "name": one.name,
        "accepted": one.sent is not None,
        "has_manifest": one.has_manifest,
        "ruleset": one.ruleset,
        "verdict": verdict(shown),
        **_about(one),
        "findings": [as_json(finding) for finding in capped(shown)],
        **({"changes": _changes(one)} if with_figures and one.previous is not None else {}),
    }


def _changes(one: CheckedReturn) -> dict[str, object]:
    held = differences_of(one)
    if held is None:
        return {}
    named = ("new", "still", "explained", "gone")
    return {
        "against_version": held.version,
        "figures": [
            {"count": list(change.key), "before": change.before, "now": change.now}
            for change in held.figures
        ],
        **{name: [[f.rule, f.key] for f in getattr(held, name)] for name in named},
    }


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


def shown_findings(checked: CheckedReturn, *, with_figures: bool) -> tuple[Finding, ...]:
    """Return the findings for the sender, or for anyone else without figures."""
    if with_figures:
        return checked.findings
    return tuple(without_figures(finding) for finding in checked.findings)

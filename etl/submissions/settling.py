"""Findings as they are kept: of rules in force, with the count they are about and their key."""

from collections.abc import Sequence
from dataclasses import replace

from etl.findings import Finding, Severity, printable
from etl.submissions.rules import Ruleset, finding_key
from etl.submissions.wire import WireRow


def settled(
    findings: tuple[Finding, ...], rows: Sequence[WireRow], rules: Ruleset
) -> tuple[Finding, ...]:
    """Leave out rules that do not hold in the period; name the counts, and give keys."""
    by_row = {row.row: row for row in rows}
    return tuple(
        _with_key(found, by_row.get(found.place.row))
        for found in findings
        if found.rule in rules.rules
    )


def _with_key(found: Finding, row: WireRow | None) -> Finding:
    """Say which count a finding is about, and give what is to be explained its key."""
    if row is not None and not found.measure:
        measure, kind, code = map(printable, row.key)
        found = replace(found, measure=measure, breakdown_type=kind, breakdown=code)
    if found.key or found.severity not in (Severity.QUERY, Severity.WARNING):
        return found
    about = (found.measure, found.breakdown_type, found.breakdown)
    basis = (row.value,) if row is not None else (found.found,)
    return replace(found, key=finding_key(found.rule, about, basis))

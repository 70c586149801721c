"""Rules about change from year to year (Y01 to Y11) and of published figures (P05).

A change counts only if it is more than is usual among authorities and more than chance gives.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Final

from etl.findings import Finding, Severity
from etl.submissions.across import Compared
from etl.submissions.checks import Change
from etl.submissions.rules import Ruleset, finding
from etl.submissions.terms import Numbers
from indicators.measures import Key

_ERRORS: Final = 3
"""Standard errors that a change must exceed."""
_UNITS: Final = {"percent": "%", "points": "percentage points", "score": "points"}
_FEW: Final = {Severity.QUERY: 20, Severity.WARNING: 10}


@dataclass(frozen=True)
class Moved:
    """How a count, share or score changed: both values, the change, and what chance gives."""

    before: float
    now: float
    change: float
    is_beyond_chance: bool


def check_changes(one: Compared, rules: Ruleset) -> Iterator[Finding]:
    """Yield Y01 to Y11 for what changed more than is usual, the first query or warning of each."""
    for rule_id, check in _changes(rules):
        about = one.first(check.part)
        if about is None or one.scope.period.id in check.except_periods:
            continue
        moved = moved_since(one.numbers, Numbers(one.numbers.before, {}), check)
        severity = _severity(moved, check)
        if moved is None or severity is None:
            continue
        yield finding(
            rule_id,
            one.at(about),
            about=about,
            basis=one.numbers.basis(check.terms),
            severity=severity,
            title=check.title,
            before=_written(moved.before, check),
            now=_written(moved.now, check),
            change=change_in_words(moved.change, check),
            few=_FEW[severity],
        )


def check_restated(one: Compared, published: Numbers, rules: Ruleset) -> Iterator[Finding]:
    """Yield P05 where a published figure would change by more than part of a year's change."""
    if "P05" not in rules.rules:
        return
    share = rules.limit("P05", "share_of_yearly_change")
    for _, check in _changes(rules):
        about = one.first(check.part)
        moved = None if about is None else moved_since(one.numbers, published, check)
        if about is None or moved is None or abs(moved.change) <= share * check.query:
            continue
        yield finding(
            "P05",
            one.at(about),
            about=about,
            basis=one.numbers.basis(check.terms),
            title=check.title,
            before=_written(moved.before, check),
            now=_written(moved.now, check),
            change=change_in_words(moved.change, check),
            most=f"{share * check.query:g} {_UNITS[check.unit]}",
        )


def _changes(rules: Ruleset) -> Iterator[tuple[str, Change]]:
    for rule_id, rule in rules.rules.items():
        for check in rule.checks:
            if isinstance(check, Change):
                yield rule_id, check


def moved_since(now: Numbers, before: Numbers, check: Change) -> Moved | None:
    """Return how something changed; None where a count is missing or there is no share."""
    tops = now.of(check.part), before.of(check.part)
    if tops[0] is None or tops[1] is None:
        return None
    if check.unit == "percent":
        return _moved_count(tops[0], tops[1])
    wholes = now.of(check.whole), before.of(check.whole)
    if not wholes[0] or not wholes[1]:
        return None
    sides = ((tops[0], wholes[0]), (tops[1], wholes[1]))
    return _moved_score(sides, check) if check.unit == "score" else _moved_share(sides)


def _moved_count(now: int, before: int) -> Moved | None:
    if not before:
        return None
    is_beyond = abs(now - before) > _ERRORS * sqrt(now + before)
    return Moved(before, now, 100 * (now - before) / before, is_beyond)


Sides = tuple[tuple[int, int], tuple[int, int]]
"""Part and whole, now and before."""


def _moved_share(sides: Sides) -> Moved:
    (top, whole), (top_before, whole_before) = sides
    now, before = top / whole, top_before / whole_before
    pooled = (top + top_before) / (whole + whole_before)
    error = sqrt(max(pooled * (1 - pooled), 0) * (1 / whole + 1 / whole_before))
    is_beyond = abs(now - before) > _ERRORS * error
    return Moved(100 * before, 100 * now, 100 * (now - before), is_beyond)


def _moved_score(sides: Sides, check: Change) -> Moved:
    (top, whole), (top_before, whole_before) = sides
    now, before = top / whole, top_before / whole_before
    error = check.deviation * sqrt(1 / whole + 1 / whole_before)
    return Moved(before, now, now - before, abs(now - before) > _ERRORS * error)


def _severity(moved: Moved | None, check: Change) -> Severity | None:
    if moved is None or not moved.is_beyond_chance:
        return None
    if abs(moved.change) > check.query:
        return Severity.QUERY
    return Severity.WARNING if abs(moved.change) > check.warning else None


def _written(value: float, check: Change) -> str:
    if check.unit == "percent":
        return f"{value:,.0f}"
    return f"{value:.1f} %" if check.unit == "points" else f"{value:.1f}"


def change_in_words(change: float, check: Change) -> str:
    """Write a change with its sign and unit."""
    return f"{change:+.1f} {_UNITS[check.unit]}"


def keys_that_moved(findings: tuple[Finding, ...]) -> frozenset[Key]:
    """Return the counts that findings of change are about."""
    return frozenset(
        (found.measure, found.breakdown_type, found.breakdown)
        for found in findings
        if found.rule.startswith("Y")
    )

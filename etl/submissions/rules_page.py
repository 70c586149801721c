"""The page of all rules, written from the rules themselves."""

from collections.abc import Iterator

from etl.submissions.checks import Change, Check, Margin, Near, Nothing, Ratio
from etl.submissions.rules import Rule, Ruleset, load_rulesets

_GROUPS = {
    "S": "The file and the shape of its table",
    "C": "Codes, values and statuses",
    "A": "What must add up inside one return",
    "X": "Between measures, between returns, between years",
    "Y": "Change from year to year",
    "N": "Beside other authorities",
    "D": "Children and small counts",
    "P": "How a return comes in and is signed off",
}
_TOP = """# The rules of returns

Written from `etl/submissions/rulesets` by `python -m etl.documents`; do not edit this page.

Every return is held to these rules: critical, nothing of it is stored; error, it must be mended;
query, mend it or explain; warning, for information. Words in braces are the facts of the case. A
message that repeats a figure goes to the authority that sent it and to nobody else. A rule that
needs facts which are not held (last year's return, published figures) passes over.

A year's folder inherits the rules of the year before and says only what changes, so a return is
held to the rules of its own period; the report names the set.
"""


def rules_page() -> str:
    """Return the page of the newest set, and of what each later set changed."""
    sets = load_rulesets()
    newest = sets[-1]
    names = ", ".join(f"`{one.id}`" for one in sets)
    lines = [_TOP, f"Sets of rules: {names}. Below is `{newest.id}`, {len(newest.rules)} rules.\n"]
    for letter, title in _GROUPS.items():
        lines += [f"## {letter}: {title}\n", *_group(newest, letter)]
    return "\n".join(lines)


def _group(rules: Ruleset, letter: str) -> Iterator[str]:
    for rule_id, rule in rules.rules.items():
        if rule_id.startswith(letter):
            yield "\n".join(_rule(rule_id, rule)) + "\n"


def _rule(rule_id: str, rule: Rule) -> Iterator[str]:
    yield f"### {rule_id} ({rule.severity}): {rule.says}\n"
    yield f"- found: {rule.found}"
    yield f"- expected: {rule.expected}"
    yield f"- how to fix: {rule.advice}"
    for check in rule.checks:
        yield f"- checks: {in_words(check)}"
    if rule.limits:
        listed = ", ".join(f"{name.replace('_', ' ')} {n:g}" for name, n in rule.limits.items())
        yield f"- limits: {listed}"
    if rule.valid_from or rule.valid_to:
        yield f"- holds from {rule.valid_from or 'the first period'} to {rule.valid_to or 'now'}"


def in_words(check: Check) -> str:
    """Write what a check compares."""
    if isinstance(check, Near):
        words = (
            f"{_sum(check.value)} against {_sum(check.expected)}, within {_margin(check.within)}"
        )
        more = check.error_beyond
        words += f" of {_sum(check.of)}" if check.of else ""
        words += ", never above" if check.never_above else ""
        return words + (f"; an error beyond {_margin(more)}" if more else "")
    if isinstance(check, Ratio):
        return _ratio(check)
    if isinstance(check, Nothing):
        return f"{_sum(check.count)} is 0 while {_sum(check.beside)} is above {check.above}"
    return _change(check)


def _ratio(check: Ratio) -> str:
    part = f"every code of `{check.each}`" if check.each else _sum(check.part)
    least = f"at least {check.at_least:g} %" if check.at_least else ""
    most = f"at most {check.at_most:g} %" if check.at_most is not None else ""
    limits = " and ".join(word for word in (least, most) if word)
    from_whole = f", where that is {check.least_whole:g} or more" if check.least_whole > 1 else ""
    return f"{part} is {limits} of {_sum(check.whole)}{from_whole}"


def _change(check: Change) -> str:
    unit = {"percent": "%", "points": "percentage points", "score": "points"}[check.unit]
    share = f" over {_sum(check.whole)}" if check.whole else ""
    periods = f"; not in {', '.join(check.except_periods)}" if check.except_periods else ""
    return (
        f"{check.title}, {_sum(check.part)}{share}: query beyond {check.query:g} {unit}, warning "
        f"beyond {check.warning:g} {unit}{periods}"
    )


def _sum(terms: tuple[str, ...]) -> str:
    first, *others = (f"`{term.removeprefix('-')}`" for term in terms)
    signs = ["minus" if term.startswith("-") else "plus" for term in terms[1:]]
    return " ".join((first, *(f"{s} {o}" for s, o in zip(signs, others, strict=True))))


def _margin(margin: Margin) -> str:
    parts = [
        f"{margin.count:g}" if margin.count else "",
        f"{margin.percent:g} %" if margin.percent else "",
    ]
    listed = [part for part in parts if part]
    return listed[0] if len(listed) == 1 else f"{listed[0]} or {listed[1]}, whichever is more"

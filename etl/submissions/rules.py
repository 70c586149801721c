"""The rules that submissions are held to: severities and messages are data in `rules.yaml`.

Each rule is a small function in `structure`, `code_lists`, `arithmetic` or `privacy` that yields
findings under its id; `check` is where they are called.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Annotated, Final, Self

from pydantic import StringConstraints, model_validator

from etl.findings import Finding, Place, Severity
from indicators.checked_files import read_checked
from indicators.parts import Part, Text

_FILE: Final = Path(__file__).parent / "rules.yaml"

RuleId = Annotated[str, StringConstraints(pattern=r"^[A-Z]\d\d$")]


class Rule(Part):
    """One rule: how much it matters, what it says, and its message with the facts in braces."""

    severity: Severity
    says: Text
    found: Text
    expected: Text
    advice: Text
    shows_figures: bool = False

    @property
    def facts(self) -> frozenset[str]:
        """The facts that the message needs."""
        texts = (self.found, self.expected, self.advice)
        named = (name for text in texts for _, name, _, _ in Formatter().parse(text))
        return frozenset(name for name in named if name)


class Rules(Part):
    """All rules by id."""

    rules: Mapping[RuleId, Rule]

    @model_validator(mode="after")
    def _messages_can_be_written(self) -> Self:
        for rule in self.rules.values():
            _ = rule.facts
        return self


@lru_cache(maxsize=1)
def load_rules() -> Mapping[str, Rule]:
    """Read the rules; raises ValueError with the faults of the file."""
    checked, problems = read_checked(_FILE, Rules)
    if checked is None:
        raise ValueError("\n".join(map(str, problems)))
    return checked.model.rules


def finding(rule_id: str, place: Place, **facts: object) -> Finding:
    """Make the finding of a rule at a place."""
    rule = load_rules()[rule_id]
    return Finding(
        rule=rule_id,
        severity=rule.severity,
        place=place,
        found=rule.found.format(**facts),
        expected=rule.expected.format(**facts),
        advice=rule.advice.format(**facts),
    )


def without_figures(found: Finding) -> Finding:
    """Return a finding with the rule instead of the figures, for anyone but the sender."""
    rule = load_rules().get(found.rule)
    if rule is None or not rule.shows_figures:
        return found
    return replace(found, found="figures that break the rule", expected=rule.says)

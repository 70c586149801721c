"""The rules that submissions are held to, as data by year in `rulesets`.

A year's folder inherits the rules of the year before and says only what it adds, replaces or
deletes. What a rule cannot say as data is a small function that yields findings under its id;
`check` is where they are called.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Final, TypeVar

from pydantic import Field, StringConstraints, ValidationError

from etl.findings import Finding, Place, Severity
from etl.submissions.checks import Check
from indicators.checked_files import read_checked
from indicators.measures import Key
from indicators.parts import Part, Text
from reference.periods import Period, parse_period

FOLDER: Final = Path(__file__).parent / "rulesets"
_CARD: Final = "ruleset.yaml"

Model = TypeVar("Model", bound=Part)
RuleId = Annotated[str, StringConstraints(pattern=r"^[A-Z]\d\d$")]


class Rule(Part):
    """One rule: how much it matters, what it says, and its message with the facts in braces.

    Where a message repeats a figure, `shows_figures` is true: such a message is for the authority
    that sent the figure, and is left out of every other report.
    """

    severity: Severity
    says: Text
    found: Text
    expected: Text
    advice: Text
    shows_figures: bool = False
    is_unreadable: bool = False
    valid_from: str = ""
    valid_to: str = ""
    limits: Mapping[str, float] = Field(default_factory=dict)
    checks: tuple[Check, ...] = ()

    @property
    def facts(self) -> frozenset[str]:
        """The facts that the message needs."""
        texts = (self.found, self.expected, self.advice)
        named = (name for text in texts for _, name, _, _ in Formatter().parse(text))
        return frozenset(name for name in named if name)

    def is_valid_in(self, period: Period) -> bool:
        """Say whether the rule holds for returns of a period."""
        is_begun = not self.valid_from or parse_period(self.valid_from).end <= period.end
        return is_begun and (not self.valid_to or period.end <= parse_period(self.valid_to).end)


class _Card(Part):
    """What a folder says of itself; `first_period` is the first that it is for."""

    id: Text
    first_period: str = ""
    deletes: tuple[RuleId, ...] = ()


class _Written(Part):
    """The rules of one file: whole ones, or of an inherited one the fields that change."""

    rules: Mapping[RuleId, Mapping[str, Any]]


@dataclass(frozen=True)
class Ruleset:
    """All rules that hold for a period, by id."""

    id: str
    rules: Mapping[str, Rule]
    first_period: str = ""

    def begins_by(self, period: Period) -> bool:
        """Say whether the set is for a period or for earlier ones already."""
        return not self.first_period or parse_period(self.first_period).end <= period.end

    def limit(self, rule_id: str, name: str) -> float:
        """Return a number that a rule goes by."""
        return self.rules[rule_id].limits[name]


@lru_cache(maxsize=4)
def load_rulesets(folder: Path = FOLDER) -> tuple[Ruleset, ...]:
    """Read every set, oldest first; raises ValueError with the faults of the files."""
    held: list[Ruleset] = []
    for year in sorted(path for path in folder.iterdir() if path.is_dir()):
        held.append(_inheriting(year, held[-1].rules if held else {}))
    return tuple(held)


def _inheriting(folder: Path, before: Mapping[str, Rule]) -> Ruleset:
    card = _read(folder / _CARD, _Card)
    rules = {key: rule for key, rule in before.items() if key not in card.deletes}
    for path in sorted(folder.glob("*.yaml")):
        if path.name != _CARD:
            for key, said in _read(path, _Written).rules.items():
                rules[key] = _merged(path, key, rules.get(key), said)
    return Ruleset(card.id, dict(sorted(rules.items())), card.first_period)


def _read(path: Path, model: type[Model]) -> Model:
    checked, problems = read_checked(path, model)
    if checked is None:
        raise ValueError("\n".join(map(str, problems)))
    return checked.model


def _merged(path: Path, key: str, inherited: Rule | None, said: Mapping[str, Any]) -> Rule:
    fields = {} if inherited is None else inherited.model_dump(exclude_unset=True)
    try:
        return Rule.model_validate({**fields, **said})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(map(str, (key, *first["loc"])))
        msg = f"{path.parent.name}/{path.name}: {field}: {first['msg'].lower()}"
        raise ValueError(msg) from None


def ruleset_for(period: Period, folder: Path = FOLDER) -> Ruleset:
    """Return the newest set that is for a period, without the rules that do not hold in it."""
    sets = load_rulesets(folder)
    begun = [one for one in sets if one.begins_by(period)]
    chosen = begun[-1] if begun else sets[0]
    return replace(
        chosen, rules={key: r for key, r in chosen.rules.items() if r.is_valid_in(period)}
    )


def newest_rules() -> Ruleset:
    """Return the newest set, which holds until it is known what period a return is for."""
    return load_rulesets()[-1]


def load_rules() -> Mapping[str, Rule]:
    """Return the rules of the newest set."""
    return newest_rules().rules


_IN_FORCE: ContextVar[Ruleset | None] = ContextVar("ruleset", default=None)


@contextmanager
def in_force(rules: Ruleset) -> Iterator[None]:
    """Word findings by a set of rules, within the block."""
    token = _IN_FORCE.set(rules)
    try:
        yield
    finally:
        _IN_FORCE.reset(token)


def finding(
    rule_id: str,
    place: Place,
    *,
    about: Key = ("", "", ""),
    basis: tuple[object, ...] = (),
    severity: Severity | None = None,
    **facts: object,
) -> Finding:
    """Make the finding of a rule at a place, `about` a count.

    `basis` are the figures that it rests on: while they stay, an explanation of it stands.
    """
    held = _IN_FORCE.get()
    rule = (held.rules.get(rule_id) if held else None) or load_rules()[rule_id]
    return Finding(
        rule=rule_id,
        severity=severity or rule.severity,
        place=place,
        found=rule.found.format(**facts),
        expected=rule.expected.format(**facts),
        advice=rule.advice.format(**facts),
        measure=about[0],
        breakdown_type=about[1],
        breakdown=about[2],
        key=finding_key(rule_id, about, basis) if basis else "",
        is_unreadable=rule.is_unreadable,
    )


def finding_key(rule_id: str, about: Key, basis: tuple[object, ...]) -> str:
    """Return what stays the same while rule, count and figures do."""
    text = "|".join(map(str, (rule_id, *about, *basis)))
    return sha256(text.encode()).hexdigest()[:16]


def without_figures(found: Finding) -> Finding:
    """Return a finding with the rule instead of the figures, for anyone but the sender.

    The key goes too: a count could be guessed until its key comes out.
    """
    rule = load_rules().get(found.rule)
    if rule is None:
        return found
    if not rule.shows_figures:
        return replace(found, key="")
    return replace(found, found="figures that break the rule", expected=rule.says, key="")

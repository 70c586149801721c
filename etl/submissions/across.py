"""Rules between measures, returns and years (X01 to X18); what is not known is passed over."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from etl.findings import Finding, Place, Severity
from etl.submissions.arithmetic import Rows
from etl.submissions.checks import Check, Near, Nothing, Ratio
from etl.submissions.code_lists import Scope
from etl.submissions.past import Figures, Past, figures_digest
from etl.submissions.rules import Ruleset, finding
from etl.submissions.terms import Numbers, in_words, keys_in
from etl.submissions.wire import WireRow
from indicators.measures import Key, Measures, load_measures


@dataclass(frozen=True)
class Compared:
    """One return with the numbers that it is compared with."""

    place: Place
    rows: Rows
    scope: Scope
    numbers: Numbers

    @property
    def measures(self) -> Measures:
        """Every collection, for the words of other returns' counts."""
        return load_measures()

    def at(self, key: Key) -> Place:
        """Return where a count of this return stands."""
        return replace(self.place, row=self.rows[key].row, column="value")

    def first(self, terms: Iterable[str]) -> Key | None:
        """Return the first count of this return among terms."""
        return next((key for key in keys_in(terms) if key in self.rows), None)


def compared(place: Place, rows: Rows, scope: Scope, past: Past) -> Compared:
    """Put a return beside what is held."""
    now = {key: row.number for key, row in rows.items() if row.number is not None}
    return Compared(place, rows, scope, Numbers({**past.beside, **now}, past.before))


def check_across(one: Compared, rules: Ruleset) -> Iterator[Finding]:
    """Yield X01 to X16 for what does not fit together."""
    for rule_id, rule in rules.rules.items():
        if rule_id.startswith("X"):
            for check in rule.checks:
                yield from _checked(one, rule_id, check)


def _checked(one: Compared, rule_id: str, check: Check) -> Iterator[Finding]:
    about = one.first(check.terms)
    if about is None:
        return
    if isinstance(check, Near):
        yield from _near(one, rule_id, check, about)
    elif isinstance(check, Ratio):
        yield from _ratios(one, rule_id, check)
    elif isinstance(check, Nothing):
        yield from _nothing(one, rule_id, check)


def _near(one: Compared, rule_id: str, check: Near, about: Key) -> Iterator[Finding]:
    value, expected = one.numbers.of(check.value), one.numbers.of(check.expected)
    whole = one.numbers.of(check.of or check.expected)
    if value is None or expected is None or whole is None:
        return
    difference, allowed = value - expected, check.within.of(whole)
    is_above = check.never_above and difference > 0
    if abs(difference) <= allowed and not is_above:
        return
    beyond = check.error_beyond
    is_error = beyond is not None and abs(difference) > beyond.of(whole)
    yield finding(
        rule_id,
        one.at(about),
        about=about,
        basis=one.numbers.basis(check.terms),
        severity=Severity.ERROR if is_error else None,
        left=in_words(check.value, one.measures),
        right=in_words(check.expected, one.measures),
        a=f"{value:,}",
        b=f"{expected:,}",
        allowed=f"{allowed:,.0f}",
    )


def _ratios(one: Compared, rule_id: str, check: Ratio) -> Iterator[Finding]:
    for part in _parts(check):
        about = one.first((*part, *check.whole))
        if about is not None:
            yield from _ratio(one, rule_id, check, part, about)


def _parts(check: Ratio) -> Sequence[tuple[str, ...]]:
    if not check.each:
        return (check.part,)
    return tuple((".".join(key),) for key in keys_in((f"{check.each}.*",)))


def _ratio(
    one: Compared, rule_id: str, check: Ratio, part: tuple[str, ...], about: Key
) -> Iterator[Finding]:
    top, whole = one.numbers.of(part), one.numbers.of(check.whole)
    if top is None or whole is None or whole < check.least_whole:
        return
    most = None if check.at_most is None else check.at_most * whole
    if check.at_least * whole <= 100 * top and (most is None or 100 * top <= most):
        return
    yield finding(
        rule_id,
        one.at(about),
        about=about,
        basis=one.numbers.basis((*part, *check.whole)),
        part=in_words(part, one.measures),
        whole=in_words(check.whole, one.measures),
        a=f"{top:,}",
        b=f"{whole:,}",
        share=f"{100 * top / whole:,.1f}" if whole else "more than 100",
        high="" if most is None else f"{int(most / 100):,}",
        range=_range(check),
    )


def _range(check: Ratio) -> str:
    if check.at_most is None:
        return f"at least {check.at_least:g} %"
    if not check.at_least:
        return f"at most {check.at_most:g} %"
    return f"{check.at_least:g} to {check.at_most:g} %"


def _nothing(one: Compared, rule_id: str, check: Nothing) -> Iterator[Finding]:
    count, beside = one.numbers.of(check.count), one.numbers.of(check.beside)
    about = one.first(check.count)
    if about is None or count != 0 or beside is None or beside <= check.above:
        return
    yield finding(
        rule_id,
        one.at(about),
        about=about,
        basis=one.numbers.basis(check.terms),
        count=in_words(check.count, one.measures),
        beside=in_words(check.beside, one.measures),
        b=f"{beside:,}",
    )


def check_copies(
    place: Place, figures: Figures, scope: Scope, past: Past, rules: Ruleset
) -> Iterator[Finding]:
    """Yield X17 for a return that has exactly the figures of another one."""
    if "X17" not in rules.rules:
        return
    told = sum(bool(value) for value, _ in figures.values())
    digest = figures_digest(figures)
    other = past.copies.get(digest)
    if other and told >= rules.limit("X17", "least_counts"):
        yield finding("X17", place, basis=(digest,), other=other, period=scope.period.label)


def check_fallen(one: Compared, past: Past, rules: Ruleset) -> Iterator[Finding]:
    """Yield X18 for a required count of 0 that was never small in the years before."""
    if "X18" not in rules.rules:
        return
    above, years = rules.limit("X18", "above"), int(rules.limit("X18", "years"))
    collection = one.scope.collection
    if len(past.earlier) < years:
        return
    for key in collection.keys(one.scope.period, required_only=True):
        if one.numbers.now.get(key) == 0 and _was_above(past.earlier[:years], key, above):
            yield finding(
                "X18",
                one.at(key),
                about=key,
                basis=(0,),
                measure=f"{key[0]} ({collection.title_of(key)})",
                above=f"{above:g}",
                years=years,
            )


def _was_above(earlier: Sequence[Mapping[Key, int]], key: Key, above: float) -> bool:
    return all(counts.get(key, 0) > above for counts in earlier)


def figures_of_rows(rows: Iterable[WireRow]) -> Figures:
    """Return the figures of a return by count."""
    return {row.key: (row.number, row.status) for row in rows}

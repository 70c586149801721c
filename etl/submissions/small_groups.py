"""Rules about small counts in a return (D03, D04, D06): what will be hidden, and what wavers."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from etl.findings import Finding, Place
from etl.submissions.across import Compared
from etl.submissions.rules import Ruleset, finding
from etl.submissions.terms import named
from indicators.catalogue import load_catalogue
from indicators.disclosure.figures import key_of
from indicators.measures import Key
from indicators.model import Arithmetic, Counted


def check_small(one: Compared, rules: Ruleset) -> Iterator[Finding]:
    """Yield D03, D04 and D06 for small counts, small rests and small wholes."""
    counts = {key: row.number for key, row in one.rows.items() if row.number is not None}
    pairs = shares_of(one.scope.collection.collection)
    if "D03" in rules.rules:
        yield from _small_counts(one, counts, rules)
    if "D04" in rules.rules:
        yield from _small_rests(one, counts, pairs, rules)
    if "D06" in rules.rules:
        yield from _small_wholes(one, counts, pairs, rules)


@lru_cache(maxsize=16)
def shares_of(collection: str) -> tuple[tuple[Key, Key], ...]:
    """Return part and whole of every share that is made of a collection, each once."""
    pairs = {
        (key_of(fed.numerator), key_of(fed.denominator)): None
        for indicator in load_catalogue()
        if (fed := indicator.submission) is not None
        and fed.collection == collection
        and indicator.arithmetic is Arithmetic.PERCENTAGE
        and isinstance(fed.denominator, Counted)
    }
    return tuple(pairs)


def _range(rules: Ruleset, rule_id: str) -> range:
    return range(int(rules.limit(rule_id, "least")), int(rules.limit(rule_id, "most")) + 1)


def _small_counts(one: Compared, counts: Mapping[Key, int], rules: Ruleset) -> Iterator[Finding]:
    small = _range(rules, "D03")
    measures = one.scope.collection.measures
    # A sum of scores is no count of people; it is hidden with the count that it belongs to.
    hidden = [
        key for key, count in counts.items() if count in small and not _is_tied(measures, key)
    ]
    if hidden:
        yield finding(
            "D03",
            _whole(one.place),
            basis=tuple(hidden),
            count=f"{len(hidden):,}",
            least=small[0],
            most=small[-1],
        )


def _is_tied(measures: Mapping[str, object], key: Key) -> bool:
    return bool(getattr(measures.get(key[0]), "hidden_with", ""))


def _small_rests(
    one: Compared, counts: Mapping[Key, int], pairs: Sequence[tuple[Key, Key]], rules: Ruleset
) -> Iterator[Finding]:
    small = _range(rules, "D04")
    known = [(part, whole) for part, whole in pairs if part in counts and whole in counts]
    found = [(part, whole) for part, whole in known if counts[whole] - counts[part] in small]
    if found:
        part, whole = found[0]
        yield finding(
            "D04",
            _whole(one.place),
            basis=tuple(found),
            count=f"{len(found):,}",
            smaller=_named(one, part),
            larger=_named(one, whole),
            least=small[0],
            most=small[-1],
        )


def _small_wholes(
    one: Compared, counts: Mapping[Key, int], pairs: Sequence[tuple[Key, Key]], rules: Ruleset
) -> Iterator[Finding]:
    fewest = rules.limit("D06", "fewest")
    for whole in dict.fromkeys(whole for _, whole in pairs):
        count = counts.get(whole, 0)
        if 0 < count < fewest:
            yield finding(
                "D06",
                one.at(whole),
                about=whole,
                basis=(count,),
                larger=_named(one, whole),
                b=f"{count:,}",
                fewest=f"{fewest:g}",
                points=f"{100 / count:.1f}",
            )


def _named(one: Compared, key: Key) -> str:
    return named(one.scope.collection.title_of(key), key)


def _whole(place: Place) -> Place:
    return Place(place.file, column="value", sheet=place.sheet)

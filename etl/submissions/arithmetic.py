"""Rules about what must add up inside one return (A01 to A18); missing counts are passed over."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from etl.findings import Finding, Place
from etl.submissions.rules import finding
from etl.submissions.wire import WireRow
from indicators.measures import ALL, TOTAL_TYPE, Bound, Collection, Identity, Key, Score

Rows = Mapping[Key, WireRow]

_NOT_DIVIDED: Final = frozenset({"A17"})
"""Limits between counts of which no share is made."""


def with_numbers(rows: Sequence[WireRow]) -> Rows:
    """Return the rows that hold a count, by key."""
    return {row.key: row for row in rows if row.number is not None}


def _sum(rows: Rows, keys: Sequence[Key]) -> int | None:
    """Add up counts; None if one is missing, for then nothing can be said."""
    numbers = [rows[key].number for key in keys if key in rows]
    return None if len(numbers) < len(keys) else sum(number or 0 for number in numbers)


def _at(place: Place, rows: Rows, key: Key) -> Place:
    return replace(place, row=rows[key].row, column="value")


def check_sums(place: Place, rows: Rows, collection: Collection) -> Iterator[Finding]:
    """Yield A02 to A08, A10 and A16 where parts do not add up to their whole."""
    for identity in collection.identities:
        whole, parts = _sum(rows, [identity.whole]), _sum(rows, identity.parts)
        if whole is not None and parts is not None and whole != parts:
            yield _unequal(_at(place, rows, identity.whole), identity, parts, whole, collection)


def _unequal(
    place: Place, identity: Identity, parts: int, whole: int, collection: Collection
) -> Finding:
    return finding(
        identity.rule,
        place,
        a=f"{parts:,}",
        b=f"{whole:,}",
        whole=_named(collection, identity.whole),
        parts=" + ".join(key[0] for key in identity.parts),
        list=identity.parts[0][1],
        difference=f"{abs(parts - whole):,}",
        relation="exactly",
    )


def check_bounds(place: Place, rows: Rows, collection: Collection) -> Iterator[Finding]:
    """Yield A01, A05, A09, A11, A13, A15 and A17 where a part is larger than its whole."""
    for bound in collection.bounds:
        # An optional part that was not sent leaves the others to be compared.
        smaller, larger = _sum(rows, _sent(rows, bound)), _sum(rows, bound.larger)
        if smaller is not None and larger is not None and smaller > larger:
            yield _too_large(place, rows, bound, (smaller, larger), collection)


def _sent(rows: Rows, bound: Bound) -> list[Key]:
    return [key for key in bound.smaller if key in rows]


def _too_large(
    place: Place, rows: Rows, bound: Bound, sums: tuple[int, int], collection: Collection
) -> Finding:
    smaller, larger = sums
    sent = _sent(rows, bound)
    names = " + ".join(_named(collection, key) for key in sent)
    whole = " + ".join(_named(collection, key) for key in bound.larger)
    return finding(
        bound.rule,
        _at(place, rows, sent[0]),
        smaller=names,
        larger=whole,
        parts=names,
        whole=whole,
        relation="at most",
        a=f"{smaller:,}",
        b=f"{larger:,}",
    )


def check_scores(place: Place, rows: Rows, collection: Collection) -> Iterator[Finding]:
    """Yield A12 for an impossible total of scores, A14 for one that does not fit the bands."""
    for score in collection.scores:
        total, counted = (_sum(rows, [_total(code)]) for code in (score.total, score.counted))
        if total is None or counted is None:
            continue
        at = _at(place, rows, _total(score.total))
        if total > score.highest * counted:
            yield finding("A12", at, a=f"{total:,}", n=f"{counted:,}", highest=score.highest)
        else:
            yield from _check_bands(at, rows, score, total, counted)


def _check_bands(
    place: Place, rows: Rows, score: Score, total: int, counted: int
) -> Iterator[Finding]:
    high, border = (_sum(rows, [_total(code)]) for code in (score.high, score.border))
    if high is None or border is None or high + border > counted:
        return
    rest = counted - high - border
    lowest = score.high_from * high + score.border_from * border
    most = score.highest * high + (score.high_from - 1) * border + (score.border_from - 1) * rest
    if not lowest <= total <= most:
        yield finding("A14", place, a=f"{total:,}", low=f"{lowest:,}", high=f"{most:,}")


def check_denominators(place: Place, rows: Rows, collection: Collection) -> Iterator[Finding]:
    """Yield A18 once for each whole that is 0 while its parts were sent."""
    empty = {
        bound.larger[0]: None
        for bound in collection.bounds
        if bound.rule not in _NOT_DIVIDED
        and len(bound.larger) == 1
        and _sent(rows, bound)
        and _sum(rows, bound.larger) == 0
    }
    for key in empty:
        yield finding("A18", _at(place, rows, key), larger=_named(collection, key))


def _total(code: str) -> Key:
    return (code, TOTAL_TYPE, ALL)


def _named(collection: Collection, key: Key) -> str:
    return f"{key[0]} ({collection.title_of(key)})"

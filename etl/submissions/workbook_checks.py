"""The live checks of a template workbook: what must hold in a collection, as formulas.

They repeat the rules about one return (`arithmetic`); what counts is still what `check` says.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from indicators.measures import ALL, TOTAL_TYPE, Collection, Key, Score
from reference.periods import Period

Terms = tuple[tuple[int, Key], ...]
"""Counts with how often each is taken: a sum, or points for each child of a band."""

EQUAL: Final = "equals"
AT_MOST: Final = "at most"
NOT_FILLED: Final = "not filled in"
OK: Final = "OK"
EMPTY: Final = "still empty"

_MOST_NAMED: Final = 4


@dataclass(frozen=True)
class Check:
    """One thing that must hold; `needs_all` unless an optional part may be left out."""

    rule: str
    left: Terms
    relation: str
    right: Terms
    needs_all: bool = True

    @property
    def keys(self) -> tuple[Key, ...]:
        """Every count that takes part."""
        return tuple(dict.fromkeys(key for _, key in (*self.left, *self.right)))


@dataclass(frozen=True)
class Columns:
    """Where the sheet of counts holds what: letters of its columns, row by key."""

    rows: Mapping[Key, int]
    sheet: str = "data!"
    value: str = "H"
    status: str = "I"
    note: str = "J"

    def ranges(self, keys: Iterable[Key], letter: str = "") -> tuple[str, ...]:
        """Return the cells of counts, neighbours joined: `data!$H$2:$H$9`."""
        column = letter or self.value
        rows = sorted({self.rows[key] for key in keys})
        runs = groupby(enumerate(rows), lambda pair: pair[1] - pair[0])
        spans = [[row for _, row in run] for _, run in runs]
        return tuple(self._range(column, span[0], span[-1]) for span in spans)

    def _range(self, column: str, first: int, last: int) -> str:
        cell = f"{self.sheet}${column}${first}"
        return cell if first == last else f"{cell}:${column}${last}"


def checks_of(collection: Collection, period: Period) -> tuple[Check, ...]:
    """Return every sum, limit and score that the counts of a period must keep to."""
    held = set(collection.keys(period))
    checks = (
        *(_sum(i.rule, i.whole, i.parts) for i in collection.identities),
        *(_limit(b.rule, b.smaller, b.larger) for b in collection.bounds),
        *(check for score in collection.scores for check in _score(score)),
    )
    return tuple(check for check in checks if held.issuperset(check.keys))


def _sum(rule: str, whole: Key, parts: Sequence[Key]) -> Check:
    return Check(rule, _once([whole]), EQUAL, _once(parts))


def _limit(rule: str, smaller: Sequence[Key], larger: Sequence[Key]) -> Check:
    return Check(rule, _once(smaller), AT_MOST, _once(larger), needs_all=False)


def _once(keys: Iterable[Key]) -> Terms:
    return tuple((1, key) for key in keys)


def _score(score: Score) -> Iterator[Check]:
    total, counted, high, border = (
        (code, TOTAL_TYPE, ALL) for code in (score.total, score.counted, score.high, score.border)
    )
    yield Check("A12", _once([total]), AT_MOST, ((score.highest, counted),))
    bands = ((score.high_from, high), (score.border_from, border))
    yield Check("A14", bands, AT_MOST, _once([total]))
    rest = score.border_from - 1
    most = ((score.highest - rest, high), (score.high_from - 1 - rest, border), (rest, counted))
    yield Check("A14", _once([total]), AT_MOST, most)


def amount(terms: Terms, at: Columns) -> str:
    """Return the formula of what terms come to: `SUM(…)` or `17*SUM(…)+14*SUM(…)`."""
    factors = dict.fromkeys(factor for factor, _ in terms)
    sums = []
    for factor in factors:
        cells = ",".join(at.ranges(key for own, key in terms if own == factor))
        sums.append(f"SUM({cells})" if factor == 1 else f"{factor}*SUM({cells})")
    return "+".join(sums)


def is_open(check: Check, at: Columns) -> str:
    """Return the formula that is true while too little is filled in to say anything."""
    if check.needs_all:
        return f"COUNT({','.join(at.ranges(check.keys))})<{len(check.keys)}"
    left, right = ([key for _, key in side] for side in (check.left, check.right))
    some, every = ",".join(at.ranges(left)), ",".join(at.ranges(right))
    return f"OR(COUNT({some})=0,COUNT({every})<{len(right)})"


def result(check: Check, at: Columns, left: str, right: str) -> str:
    """Return the formula of a check's words, `left` and `right` being cells with the two sides."""
    holds, words = _relation(check, left, right)
    return f'=IF({is_open(check, at)},"{NOT_FILLED}",IF({holds},"{OK}",{words}))'


def _relation(check: Check, left: str, right: str) -> tuple[str, str]:
    if check.relation == EQUAL:
        return f"{left}={right}", f'"differs by "&ABS({left}-{right})'
    return f"{left}<={right}", f'"too large by "&({left}-{right})'


def is_broken(check: Check, at: Columns) -> str:
    """Return the formula that is true on the cells of a check that does not hold."""
    sign = "<>" if check.relation == EQUAL else ">"
    left, right = amount(check.left, at), amount(check.right, at)
    return f"=AND(NOT({is_open(check, at)}),{left}{sign}{right})"


def still_empty(keys: Sequence[Key], at: Columns) -> str:
    """Return the formula that counts required values that are neither given nor explained."""
    values, statuses = at.ranges(keys), at.ranges(keys, at.status)
    return "+".join(
        f'SUMPRODUCT(({value}="")*({status}<>"z")*({status}<>"x"))'
        for value, status in zip(values, statuses, strict=True)
    )


def as_text_count(keys: Sequence[Key], at: Columns) -> str:
    """Return the formula that counts values that are text and no numbers."""
    [cells] = at.ranges(keys)
    return f"COUNTA({cells})-COUNT({cells})"


def status_count(keys: Sequence[Key], at: Columns) -> str:
    """Return the formula that counts rows whose value and status do not go together."""
    [value], [status] = at.ranges(keys), at.ranges(keys, at.status)
    reason = f'(({status}="z")+({status}="x"))'
    return (
        f'SUMPRODUCT(({value}<>"")*(({status}="")+{reason}))'
        f'+SUMPRODUCT(({value}="")*({status}<>"")*(1-{reason}))'
    )


def note_count(keys: Sequence[Key], at: Columns) -> str:
    """Return the formula that counts rows whose status needs a note that is not there."""
    [status], [note] = at.ranges(keys, at.status), at.ranges(keys, at.note)
    return f'SUMPRODUCT((({status}="E")+({status}="x")+({status}="u"))*({note}=""))'


def named(terms: Terms) -> str:
    """Return the words for one side of a check."""
    lists = {(key[0], key[1]) for _, key in terms}
    if len(terms) > _MOST_NAMED and len(lists) == 1:
        [(measure, list_id)] = lists
        return f"{measure}, all {len(terms)} codes of {list_id}"
    return " + ".join(
        f"{'' if factor == 1 else f'{factor} × '}{_short(key)}" for factor, key in terms
    )


def _short(key: Key) -> str:
    measure, list_id, part = key
    return measure if list_id == TOTAL_TYPE else f"{measure} {part}"

"""A reader with a solver of another kind, who sees the cells of a release and nothing else of it.

It shares no code with the audit: it reads the table that goes out, the rules of the returns and
the words of the policy, and asks z3 whether hidden counts can be what the policy says they can.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any, Final

import z3

from indicators.draft import DraftRelease
from indicators.measures import Key, load_measures
from indicators.model import Arithmetic, Counted, Indicator

SMALL: Final = range(1, 6)
TOTAL_STEP: Final = 10
Counts = Mapping[str, Mapping[Key, int]]
NOT_KNOWN: Final = {"CL_ACT_NK", "CL_ACC_NK", "CLA_DIST_NK"}
SCORES: Final = {"SDQ_SUM"}


@dataclass(frozen=True)
class Rules:
    """What the words of a policy come to."""

    step: int
    base: int
    covers_everything: bool


RULES: Final = {
    "dfe-csc-2025": Rules(step=1, base=0, covers_everything=False),
    "strict": Rules(step=5, base=10, covers_everything=True),
}


@dataclass(frozen=True)
class Pinned:
    """A hidden count that a reader can know too much of: it cannot be `cannot_be`."""

    area: str
    what: str
    cannot_be: int


class Reader:
    """What one who holds a release can conclude about the counts of one collection."""

    def __init__(self, draft: DraftRelease, policy: str, code: str, counts: Counts) -> None:
        self.rules, self.counts, self.draft = RULES[policy], counts, draft
        self.collection = load_measures().collection(code)
        sent = set[Key]().union(*counts.values())
        self.fed = [
            one
            for one in draft.indicators
            if one.submission and one.submission.collection == code
            if {key for key in self._sides(one) if key} <= sent
        ]
        self.solver = z3.Solver()
        self.solver.set("timeout", 20_000)
        self.unknown = {
            (area, key): z3.Int(f"{area} {' '.join(key)}")
            for area, sent in counts.items()
            for key in sent
        }
        self.solver.add(*(unknown >= 0 for unknown in self.unknown.values()))
        for area in counts:
            self.solver.add(*self._rules_of_a_return(area))
        columns = ("indicator", "area", "value", "numerator", "denominator", "status")
        self.cells = {
            (one[0], one[1]): one[2:]
            for one in zip(*(draft.cells[name] for name in columns), strict=True)
        }
        for indicator in self.fed:
            for area in counts:
                self.solver.add(*self._own(indicator, area))
            self.solver.add(*self._totals(indicator))

    def _of(self, area: str, key: Key) -> Any:
        return self.unknown[area, key]

    def _rules_of_a_return(self, area: str) -> Iterator[Any]:
        sent = self.counts[area]
        for sum_ in self.collection.identities:
            if set(sum_.keys) <= sent.keys():
                yield self._of(area, sum_.whole) == z3.Sum([self._of(area, k) for k in sum_.parts])
        for limit in self.collection.bounds:
            if {*limit.smaller, *limit.larger} <= sent.keys():
                smaller, larger = (
                    z3.Sum([self._of(area, key) for key in side])
                    for side in (limit.smaller, limit.larger)
                )
                yield smaller <= larger
        yield from self._scores(area)

    def _scores(self, area: str) -> Iterator[Any]:
        names = ("SDQ_SUM", "SDQ_N", "SDQ_HIGH", "SDQ_BORDER")
        keys = [(name, "TOTAL", "ALL") for name in names]
        if set(keys) <= self.counts[area].keys():
            total, scored, high, border = (self._of(area, key) for key in keys)
            yield total >= 17 * high + 14 * border
            yield total <= 40 * high + 16 * border + 13 * (scored - high - border)

    def _sides(self, indicator: Indicator) -> tuple[Key, Key | None]:
        fed = indicator.submission
        assert fed is not None
        bottom = fed.denominator
        return _key(fed.numerator), _key(bottom) if isinstance(bottom, Counted) else None

    def _own(self, indicator: Indicator, area: str) -> Iterator[Any]:
        cell = self.cells.get((indicator.id, area))
        if cell is None:
            return
        value, top, bottom, status = cell
        over, under = self._sides(indicator)
        n = self._of(area, over)
        if under is not None and not isnan(bottom):
            d = self._of(area, under)
            yield from self._shown(d, bottom)
            is_share = indicator.arithmetic is Arithmetic.PERCENTAGE
            if status == "ok" and is_share:
                yield d >= self.rules.base
        if over[0] in SCORES and not isnan(top):
            yield from self._mean(n, self._of(area, under or over), value, top)
        elif not isnan(top):
            yield from self._shown(n, top)
        if status == "low":
            yield n >= SMALL.stop

    def _shown(self, unknown: Any, number: float) -> Iterator[Any]:
        if number == 0:
            yield unknown == 0
        elif self.rules.step == 1:
            yield unknown == int(number)
        else:
            yield z3.And(unknown >= max(int(number) - 2, SMALL.stop), unknown <= int(number) + 2)

    def _mean(self, total: Any, scored: Any, value: float, top: float) -> Iterator[Any]:
        if self.rules.step == 1:
            yield total == int(top)
        else:
            tenths = round(value * 10)
            # A shown mean follows from rounded numbers, which move it by a tenth at most.
            yield 20 * total >= (2 * tenths - 3) * scored
            yield 20 * total <= (2 * tenths + 3) * scored

    def _totals(self, indicator: Indicator) -> Iterator[Any]:
        over, under = self._sides(indicator)
        for (name, area), (_, top, bottom, status) in self.cells.items():
            if name != indicator.id or area in self.counts:
                continue
            inside = [
                one.code
                for one in self.draft.places.within(area)
                if one.code in self.counts and self.cells[name, one.code][3] != "not_applicable"
            ]
            sides = ((over, top), (under, bottom))
            for key, number in sides:
                if key is not None and not isnan(number):
                    yield from _rounded(z3.Sum([self._of(code, key) for code in inside]), number)
            if status == "low":
                yield z3.Sum([self._of(code, over) for code in inside]) >= 1

    def pinned(self) -> list[Pinned]:
        """Return the small counts that cannot be all the policy promises."""
        found = []
        for area in self.counts:
            self.solver.push()
            self.solver.add(*self._zeros_are_shown(area))
            for what, unknown, least in self._secrets(area):
                for number in (least, SMALL.stop - 1):
                    if self.solver.check(unknown == number) != z3.sat:
                        found.append(Pinned(area, what, number))
            self.solver.pop()
        return found

    def _secrets(self, area: str) -> Iterator[tuple[str, Any, int]]:
        """Yield the unknowns that must stay open, and the least that each must be able to be."""
        sent = self.counts[area]
        for key, count in sent.items():
            is_kept = self.rules.covers_everything or (
                key in self._used() and key[0] not in NOT_KNOWN
            )
            if count in SMALL and key[0] not in SCORES and is_kept:
                yield " ".join(key), self._of(area, key), max(self._least(area, key), SMALL.start)
        for indicator in self.fed if self.rules.covers_everything else ():
            over, under = self._sides(indicator)
            is_share = indicator.arithmetic is Arithmetic.PERCENTAGE
            if is_share and under and sent[under] - sent[over] in SMALL:
                rest = self._of(area, under) - self._of(area, over)
                least = max(self._least_beside(area, over, under), SMALL.start)
                yield f"not in {indicator.id}", rest, least

    def _used(self) -> set[Key]:
        return {key for indicator in self.fed for key in self._sides(indicator) if key}

    def _zeros_are_shown(self, area: str) -> Iterator[Any]:
        """Yield what follows from a count being hidden: it is not zero, or it would be shown."""
        for key, count in self.counts[area].items():
            if key in self._used() and count > 0:
                yield self._of(area, key) >= 1

    def _least_beside(self, area: str, part: Key, whole: Key) -> int:
        """Return the least that the other parts of a whole must be together, zeros being shown."""
        sent = self.counts[area]
        rows = [i.parts for i in self.collection.identities if i.whole == whole and part in i.parts]
        return max(
            (sum(self._least(area, k) for k in row if k in sent and k != part) for row in rows),
            default=0,
        )

    def _least(self, area: str, key: Key) -> int:
        """Return the least that a count must be because zeros are shown, which nothing can help.

        A whole of hidden parts is at least as many as they are.
        """
        sent = self.counts[area]
        parts = [i.parts for i in self.collection.identities if i.whole == key]
        parts += [limit.smaller for limit in self.collection.bounds if limit.larger == (key,)]
        sums = [sum(self._least(area, part) for part in some if part in sent) for some in parts]
        return max([int(key in self._used() and sent[key] > 0), *sums])


def _key(counted: Counted) -> Key:
    return (counted.measure, counted.breakdown_type, counted.breakdown)


def _rounded(total: Any, number: float) -> Iterator[Any]:
    yield total >= int(number) - TOTAL_STEP // 2
    yield total <= int(number) + TOTAL_STEP // 2 - 1

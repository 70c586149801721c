"""The audit: whether what a reader knows leaves every hidden small count open.

Each secret is first moved within its own return, all other returns standing as they are: what is
possible so is possible. Only what is not is asked of everything together.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indicators.disclosure.programme import Programme, Room
from indicators.disclosure.unknowns import Row, Secret, System

OTHERS = 2
"""So many other returns are tried with one count before everything is."""


@dataclass(frozen=True)
class Unsafe:
    """A secret that is not open enough; `in_return` if its own return alone gives it away."""

    secret: Secret
    room: Room
    in_return: bool


@dataclass(frozen=True)
class Audited:
    """What is open for each secret, by column, and those for which it is not enough."""

    rooms: dict[int, Room]
    unsafe: tuple[Unsafe, ...]


def audit(auditor: "Auditor", secrets: Iterable[Secret]) -> Audited:
    """Find out for every secret what a reader can know of it."""
    rooms: dict[int, Room] = {}
    unsafe: list[Unsafe] = []
    for secret in secrets:
        room, in_return = auditor.room_of(secret)
        rooms[secret.column] = room
        if not room.covers(secret.low, secret.high):
            unsafe.append(Unsafe(secret, room, in_return))
    return Audited(rooms, tuple(unsafe))


class Auditor:
    """Answers for one system; programmes that were built once are asked again."""

    def __init__(self, system: System) -> None:
        self.system = system
        self._parts: dict[int, tuple[int, ...]] = {}
        self._within: dict[tuple[int, ...], Programme] = {}
        self._few: dict[tuple[int, ...], Programme] = {}
        self._wide: dict[tuple[int, ...], Programme] = {}

    def room_of(self, secret: Secret) -> tuple[Room, bool]:
        """Return what is open for a secret, and whether its own return decides that."""
        if not self.system.is_open(secret.column):
            value = int(self.system.truth[secret.column])
            return Room(value, value), True
        need = (secret.low, secret.high)
        alone = self._alone(secret)
        if alone.covers(*need):
            return alone, False
        part = self.part_of(secret.column)
        if self._near(part, with_totals=True).covers(secret.column, *need):
            return Room(*need), False
        own = self._near(part, with_totals=False).room_of(secret.column, *need)
        if not own.covers(*need):
            return own, True
        if self._with_others(part).covers(secret.column, *need):
            return Room(*need), False
        return self._everything(secret.column).room_of(secret.column, *need), False

    def _alone(self, secret: Secret) -> Room:
        """Return what is open if nothing else moves."""
        system, column = self.system, secret.column
        true = system.truth[column]
        least, most = float(secret.low), float(secret.high)
        least, most = max(least, system.low[column]), min(most, system.high[column])
        for number in system.rows_of[column]:
            row = system.rows[number]
            factor = row.factors[row.columns.index(column)]
            ends = [(end - self.at_truth[number]) / factor for end in (row.low, row.high)]
            least, most = max(least, true + min(ends)), min(most, true + max(ends))
        return Room(int(np.ceil(least - 1e-9)), int(np.floor(most + 1e-9)))

    @cached_property
    def at_truth(self) -> list[float]:
        """What every row comes to with the true counts."""
        return [self.system.at_truth(row) for row in self.system.rows]

    def part_of(self, column: int) -> tuple[int, ...]:
        """Return the unknowns of a return that move together with one, in order."""
        if column not in self._parts:
            part = tuple(sorted(self._reached(column, within_return=True)))
            self._parts.update(dict.fromkeys(part, part))
        return self._parts[column]

    def _reached(self, column: int, *, within_return: bool) -> set[int]:
        system = self.system
        found, waiting = {column}, [column]
        while waiting:
            for number in system.rows_of[waiting.pop()]:
                row = system.rows[number]
                if row.unit is not None or not within_return:
                    fresh = {c for c in row.columns if system.is_open(c)} - found
                    found |= fresh
                    waiting += sorted(fresh)
        return found

    def _near(self, part: tuple[int, ...], *, with_totals: bool) -> Programme:
        """Return the programme of one return; totals bound each unknown, all others unmoved."""
        if part not in self._within:
            rows = self._rows_of(part, within_return=True)
            self._within[part] = Programme(self.system, part, rows)
        programme = self._within[part]
        for column in part:
            programme.limit(column, *self.limits(column, with_totals=with_totals))
        return programme

    def _with_others(self, part: tuple[int, ...]) -> Programme:
        """Return the programme of a return and of a few others that can move against it."""
        if part not in self._few:
            columns = set(part)
            for column in part:
                for other in self._movable_with(column):
                    columns.update(self.part_of(other))
            ordered = tuple(sorted(columns))
            rows = self._rows_of(ordered, within_return=False)
            self._few[part] = Programme(self.system, ordered, rows)
        return self._few[part]

    def _movable_with(self, column: int) -> list[int]:
        """Return the unknowns of the narrowest total around one that can move furthest."""
        system = self.system
        row = next(tightened(self, column), None)
        others = (
            () if row is None else (c for c in row.columns if c != column and system.is_open(c))
        )
        return sorted(others, key=lambda c: (system.low[c] - system.high[c], c))[:OTHERS]

    def limits(self, column: int, *, with_totals: bool) -> tuple[float, float]:
        """Return what an unknown can be, with or without the totals that it is in."""
        system = self.system
        low, high = float(system.low[column]), float(system.high[column])
        for number in system.rows_of[column] if with_totals else ():
            row = system.rows[number]
            if row.unit is None:
                true, at = float(system.truth[column]), self.at_truth[number]
                low, high = max(low, true + row.low - at), min(high, true + row.high - at)
        return low, high

    def _rows_of(self, columns: Sequence[int], *, within_return: bool) -> list[Row]:
        numbers = {n for column in columns for n in self.system.rows_of[column]}
        rows = (self.system.rows[number] for number in sorted(numbers))
        return [row for row in rows if row.unit is not None or not within_return]

    def _everything(self, column: int) -> Programme:
        for known, programme in self._wide.items():
            if column in known:
                return programme
        reached = tuple(sorted(self._reached(column, within_return=False)))
        rows = self._rows_of(reached, within_return=False)
        self._wide[reached] = Programme(self.system, reached, rows)
        return self._wide[reached]

    def passes_without_totals_of(self, secret: Secret, freed: int) -> bool:
        """Say whether a secret would be open if one unknown were in no total."""
        part = self.part_of(secret.column)
        programme = self._near(part, with_totals=True)
        programme.limit(freed, *self.limits(freed, with_totals=False))
        return programme.covers(secret.column, secret.low, secret.high)


def tightened(auditor: Auditor, column: int) -> Iterator[Row]:
    """Yield the totals that leave an unknown least room, those over the fewest returns first."""
    system = auditor.system
    totals = [(n, system.rows[n]) for n in system.rows_of[column] if system.rows[n].unit is None]
    low, high = auditor.limits(column, with_totals=True)
    for number, row in sorted(totals, key=lambda one: (len(one[1].columns), one[1].columns)):
        true, at = float(system.truth[column]), auditor.at_truth[number]
        if true + row.low - at >= low or true + row.high - at <= high:
            yield row

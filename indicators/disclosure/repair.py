"""What to hide in addition, so that a secret which the audit found unsafe is open again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indicators.disclosure.audit import Auditor, Unsafe, tightened
from indicators.disclosure.figures import CountId
from indicators.disclosure.showing import Reason, TotalId, Why
from indicators.disclosure.unknowns import Row, Secret, System

BESIDE = "the next smallest count in a row with a hidden one"
IN_TOTAL = "the next smallest count in a total with a hidden one"
COMPLEMENT = "it would tell that few people are not in the group"
ENOUGH = 4
"""From 1 to 5 a count moves by so much."""
TOTAL = "the total would give a hidden count in it away"


@dataclass(frozen=True)
class Repair:
    """Counts and totals to hide."""

    counts: Mapping[CountId, Why]
    totals: Mapping[TotalId, Why]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left that could be hidden."""
        return not self.counts and not self.totals


def repair(auditor: Auditor, unsafe: Iterable[Unsafe], *, is_late: bool) -> Repair:
    """Choose what to hide for each unsafe secret; `is_late`: all totals it is in as well."""
    mending = _Mending(auditor)
    for one in unsafe:
        found = _beside(auditor, one.secret) if one.in_return else None
        if found is not None:
            mending.hide_beside(one.secret, found)
        else:
            mending.open_totals(one, is_late=is_late)
    return Repair(mending.counts, mending.totals)


class _Mending:
    """What has been chosen so far for the secrets of one round."""

    def __init__(self, auditor: Auditor) -> None:
        self.auditor = auditor
        self.counts: dict[CountId, Why] = {}
        self.totals: dict[TotalId, Why] = {}
        self._names = {place: name for name, place in auditor.system.unknowns.names.items()}

    def hide_beside(self, secret: Secret, column: int) -> None:
        """Hide a count in the secret's own return."""
        why = Why(Reason.SECONDARY, BESIDE)
        if secret.is_complement:
            why = Why(Reason.COMPLEMENT, COMPLEMENT)
        self.counts[self._names[column][:2]] = why

    def open_totals(self, one: Unsafe, *, is_late: bool) -> None:
        """Open the totals that hold a secret; if the audit names none, those around its return."""
        binding = [row for row in one.room.binding if row.unit is None]
        self._open(one.secret, binding)
        for column in () if binding and not is_late else _through(self.auditor, one.secret):
            self._open(one.secret, list(tightened(self.auditor, column)))
            if is_late:
                self.totals.update(_totals_of(self.auditor.system, column))

    def _open(self, secret: Secret, rows: Sequence[Row]) -> None:
        """Hide the next smallest count in one of some totals, or a total if there is no count.

        One in the same areas as the secret is best: it is cover in all their totals at once.
        """
        system = self.auditor.system
        able = sorted({c for row in rows for c in row.columns if can_hide(system, c)})
        held = [row.total for row in rows if row.total is not None]
        if able:
            areas = self._areas(self.auditor.part_of(secret.column))
            ranked = (
                (
                    _is_stuck(self.auditor, column),
                    -len(areas & self._areas((column,))),
                    system.truth[column],
                    self._names[column][0],
                    column,
                )
                for column in able
            )
            self.counts[self._names[min(ranked)[-1]][:2]] = Why(Reason.SECONDARY, IN_TOTAL)
        elif held:
            self.totals[held[0]] = Why(Reason.TOTAL, TOTAL)

    def _areas(self, columns: Sequence[int]) -> frozenset[str]:
        """Return the areas whose totals hold any of some unknowns."""
        numbers = {n for column in columns for n in self.auditor.system.totals_of[column]}
        rows = (self.auditor.system.rows[number].total for number in numbers)
        return frozenset(total[-1] for total in rows if total is not None)


def can_hide(system: System, column: int) -> bool:
    """Say whether a count is shown here and nowhere else; zeros stay, they describe nobody."""
    unknowns = system.unknowns
    return column in unknowns.shown and column not in unknowns.public and system.truth[column] > 0


def _beside(auditor: Auditor, secret: Secret) -> int | None:
    """Return the smallest count that can be hidden in a row with the secret; parts before wholes.

    If there is none, in the rows of what is hidden with it, further and further away.
    """
    system = auditor.system
    found, edge = {secret.column}, [secret.column]
    while edge:
        ranked: list[tuple[bool, float, int]] = []
        reached: list[int] = []
        for row in _rows_in_return(system, edge):
            for column, factor in zip(row.columns, row.factors, strict=True):
                if can_hide(system, column):
                    ranked.append((factor > 0, float(system.truth[column]), -column))
                elif column not in found and system.is_open(column):
                    found.add(column)
                    reached.append(column)
        if ranked:
            return -min(ranked)[2]
        edge = reached
    return None


def _rows_in_return(system: System, columns: Iterable[int]) -> Iterator[Row]:
    for column in columns:
        for number in system.rows_of[column]:
            if system.rows[number].unit is not None:
                yield system.rows[number]


def _through(auditor: Auditor, secret: Secret) -> list[int]:
    """Return the unknowns through whose totals a secret is given away: one, if one is enough."""
    part = auditor.part_of(secret.column)
    with_totals = [c for c in part if next(tightened(auditor, c), None) is not None]
    shown = auditor.system.unknowns.shown
    ordered = sorted(with_totals, key=lambda c: (c != secret.column, c in shown, c))
    for column in ordered:
        if auditor.passes_without_totals_of(secret, column):
            return [column]
    return ordered


def _is_stuck(auditor: Auditor, column: int) -> bool:
    """Say whether the rest of its return would tell a count anyway, so that hiding it is idle."""
    system = auditor.system
    return not all(_has_room(system, row, column) for row in system.rows_with.get(column, ()))


def _has_room(system: System, row: Row, column: int) -> bool:
    """Say whether the other counts of a row let one go up and down by as much as is asked for."""
    at = system.at_truth(row)
    up, down = row.high - at, at - row.low
    own = 1.0
    for other, factor in zip(row.columns, row.factors, strict=True):
        if other == column:
            own = factor
            continue
        rise = (system.high[other] - system.truth[other]) * abs(factor)
        fall = (system.truth[other] - system.low[other]) * abs(factor)
        up, down = up + (fall if factor > 0 else rise), down + (rise if factor > 0 else fall)
    if own < 0:
        up, down = down, up
    return min(up, down) >= ENOUGH


def _totals_of(system: System, column: int) -> dict[TotalId, Why]:
    rows = (system.rows[number] for number in system.rows_of[column])
    return {row.total: Why(Reason.TOTAL, TOTAL) for row in rows if row.total is not None}

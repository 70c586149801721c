"""What a release pins: for every expected return one accepted version or one decision."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
import sqlalchemy as sa

from indicators.draft import SUBMITTED_COLUMNS, Decision, SlotDecision
from indicators.store.drafts import IN_DRAFT
from indicators.store.errors import StoreError
from indicators.store.return_tables import (
    collection_round,
    release_member,
    return_slot,
    submission,
    submission_value,
    suppression_decision,
)
from indicators.store.returns import ReturnState
from reference.periods import Period, parse_period

OLDEST_IMPUTED_YEARS: Final = 2
"""A count older than this stands for no other year."""

_FIRST_NAMED: Final = 3

Slot = tuple[str, str, str]
"""Authority, collection and period: one return."""


@dataclass(frozen=True, order=True)
class Member:
    """What stands for one expected return: a version of it, a decision, or a version by decision.

    `digest` is that of the version; an imputed one is of an earlier period.
    """

    authority: str
    collection: str
    period: str
    source: str = ""
    decision: str = ""
    digest: str = ""

    @property
    def slot(self) -> Slot:
        """The return that it stands for."""
        return self.authority, self.collection, self.period


def find_members(connection: sa.Connection) -> tuple[Member, ...]:
    """Return one member for every return that is expected or accepted, in their order.

    A round counts once anything of it was accepted or decided. Raises StoreError where a return
    is neither there nor decided about, or where nothing can be put in its place.
    """
    accepted = _newest_accepted(connection)
    decided = _decided(connection)
    missing = sorted(_expected(connection, accepted, decided) - accepted.keys() - decided.keys())
    if missing:
        raise StoreError(_told_missing(missing))
    members = [
        _member(slot, accepted, decided.get(slot, ""))
        for slot in sorted(accepted.keys() | decided.keys())
    ]
    return tuple(members)


def _newest_accepted(connection: sa.Connection) -> "dict[Slot, sa.Row[Any]]":
    query = sa.select(submission).where(submission.c.state == ReturnState.ACCEPTED.value)
    rows = connection.execute(query.order_by(submission.c.version))
    return {(row.authority, row.collection, row.period): row for row in rows}


def _decided(connection: sa.Connection) -> dict[Slot, str]:
    query = sa.select(return_slot).where(return_slot.c.decision != "")
    return {
        (row.authority, row.collection, row.period): row.decision
        for row in connection.execute(query)
    }


def _expected(
    connection: sa.Connection, accepted: Iterable[Slot], decided: Iterable[Slot]
) -> set[Slot]:
    """Return the slots of all rounds of which anything was accepted or decided."""
    begun = {slot[1:] for slot in (*accepted, *decided)}
    joined = return_slot.join(
        collection_round,
        (return_slot.c.collection == collection_round.c.collection)
        & (return_slot.c.period == collection_round.c.period),
    )
    columns = (return_slot.c.authority, return_slot.c.collection, return_slot.c.period)
    rows = connection.execute(sa.select(*columns).select_from(joined))
    return {tuple(row) for row in rows if tuple(row)[1:] in begun}


def _told_missing(missing: Sequence[Slot]) -> str:
    first = "; ".join(" ".join(slot) for slot in missing[:_FIRST_NAMED])
    more = f" and {len(missing) - _FIRST_NAMED} more" if len(missing) > _FIRST_NAMED else ""
    return (
        f"{len(missing)} expected returns are neither accepted nor decided about: {first}{more}; "
        "wait for them, extend the round, or decide with `outcomes collection decide`"
    )


def _member(slot: Slot, accepted: "dict[Slot, sa.Row[Any]]", decision: str) -> Member:
    """Return what stands for a return; a decision about it comes before what was sent."""
    if decision in ("", Decision.UNRELIABLE):
        found = accepted.get(slot)
    elif decision == Decision.IMPUTED:
        found = _last_before(slot, accepted)
    else:
        found = None
    if found is None:
        return Member(*slot, decision=decision)
    return Member(*slot, source=found.source, decision=decision, digest=found.digest)


def _last_before(slot: Slot, accepted: "dict[Slot, sa.Row[Any]]") -> "sa.Row[Any]":
    """Return the last accepted return of an authority before a period; raises StoreError."""
    authority, collection, period = slot
    wanted = parse_period(period)
    earlier = [
        (parse_period(row.period).end, row)
        for (whose, what, _), row in accepted.items()
        if (whose, what) == (authority, collection)
        and _may_stand_for(parse_period(row.period), wanted)
    ]
    if not earlier:
        msg = (
            f"nothing can be imputed for {authority} {collection} {period}: no accepted return of "
            f"it is at most {OLDEST_IMPUTED_YEARS} years older; decide otherwise about it"
        )
        raise StoreError(msg)
    return max(earlier, key=lambda one: one[0])[1]


def _may_stand_for(earlier: Period, wanted: Period) -> bool:
    end = wanted.end
    day = min(end.day, 28) if end.month == 2 else end.day  # 29 February has no twin each year
    oldest = date(end.year - OLDEST_IMPUTED_YEARS, end.month, day)
    return earlier.kind == wanted.kind and oldest <= earlier.end < end


def pin(connection: sa.Connection, members: Sequence[Member]) -> None:
    """Write down what the draft pins."""
    connection.execute(sa.delete(release_member).where(release_member.c.release == IN_DRAFT))
    rows = [{"release": IN_DRAFT, **asdict(member)} for member in members]
    if rows:
        connection.execute(sa.insert(release_member), rows)


def pinned(connection: sa.Connection, release: int = IN_DRAFT) -> tuple[Member, ...]:
    """Return what a release pinned, in order; the draft without a number."""
    columns = (release_member.c[name] for name in Member.__dataclass_fields__)
    rows = connection.execute(sa.select(*columns).where(release_member.c.release == release))
    return tuple(sorted(Member(*row) for row in rows))


def give_pins_to(connection: sa.Connection, sequence: int) -> None:
    """Say that what the draft pinned and decided came out with a release."""
    for table in (release_member, suppression_decision):
        connection.execute(
            sa.update(table).where(table.c.release == IN_DRAFT).values(release=sequence)
        )


def decisions_of(members: Iterable[Member]) -> tuple[SlotDecision, ...]:
    """Return the decisions among members."""
    return tuple(
        SlotDecision(*member.slot, Decision(member.decision))
        for member in members
        if member.decision
    )


def pinned_counts(connection: sa.Connection, members: Sequence[Member]) -> pd.DataFrame:
    """Return the counts of pinned versions (SUBMITTED_COLUMNS), each under what it stands for.

    Raises StoreError where a version is not the one that was pinned.
    """
    frames = [_counts_of(connection, member) for member in members if member.source]
    if not frames:
        return pd.DataFrame(columns=list(SUBMITTED_COLUMNS))
    frame = pd.concat(frames, ignore_index=True)
    frame["value"] = frame["value"].to_numpy(dtype=np.float64, na_value=np.nan)
    return frame


def _counts_of(connection: sa.Connection, member: Member) -> pd.DataFrame:
    digest = connection.scalar(
        sa.select(submission.c.digest).where(submission.c.source == member.source)
    )
    if digest != member.digest:
        msg = f"{member.source} is not the version that was pinned; reopen the release"
        raise StoreError(msg)
    names = SUBMITTED_COLUMNS[4:]
    keys = ("measure", "breakdown_type", "breakdown")
    rows = connection.execute(
        sa.select(*(submission_value.c[name] for name in names))
        .where(submission_value.c.source == member.source)
        .order_by(*(submission_value.c[name] for name in keys))
    ).all()
    place = (member.source, *member.slot)
    return pd.DataFrame([(*place, *row) for row in rows], columns=list(SUBMITTED_COLUMNS))

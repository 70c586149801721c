"""What happened to what an authority sent, from slot to release, for those who may know it.

No figure stands in it: counts of rows, findings and cells, days, states and reasons.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from indicators.permissions import Action, require
from indicators.store.connect import Store
from indicators.store.occasions import Occasion
from indicators.store.return_tables import (
    collection_round,
    explanation,
    finding,
    release_member,
    return_slot,
    submission,
)
from indicators.store.tables import cell, release


@dataclass(frozen=True)
class VersionStory:
    """One version of a return: when it went through which hands, and where it came out."""

    source: str
    version: int
    state: str
    received_on: str
    channel: str
    rows: int
    findings: Mapping[str, int]
    explained: int
    signed_off_on: str
    reviewed_on: str
    review_reason: str
    releases: tuple[str, ...]
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class SlotStory:
    """One return that is expected of an authority, or that came unasked, with its versions."""

    collection: str
    period: str
    due_on: str
    extended_to: str
    decision: str
    decision_reason: str
    versions: tuple[VersionStory, ...] = ()

    def is_late(self, today: str) -> bool:
        """Say whether nothing has been signed off though the day has gone by."""
        until = self.extended_to or self.due_on
        is_done = any(version.signed_off_on for version in self.versions)
        return bool(until) and until < today and not is_done and not self.decision


def tell_story(store: Store, authority: str, at: Occasion) -> tuple[SlotStory, ...]:
    """Return the story of each return of an authority, the newest period first.

    To those of the authority and to stewards alone; raises NotPermittedError.
    """
    code = store.places.resolve(authority).code
    require(at.actor, Action.READ_RETURN, code)
    with store.reading() as connection:
        slots = _slots(connection, code)
        versions = _versions(connection, code)
    known = sorted({*slots, *versions}, key=lambda scope: (scope[1], scope[0]), reverse=True)
    return tuple(_story(scope, slots, versions.get(scope, ())) for scope in known)


_Scope = tuple[str, str]


def _story(
    scope: _Scope, slots: Mapping[_Scope, "sa.Row[Any]"], versions: tuple[VersionStory, ...]
) -> SlotStory:
    slot = slots.get(scope)
    collection, period = scope
    return SlotStory(
        collection,
        period,
        due_on=(slot.due_on or "") if slot else "",
        extended_to=slot.extended_to if slot else "",
        decision=slot.decision if slot else "",
        decision_reason=slot.decision_reason if slot else "",
        versions=versions,
    )


def _slots(connection: sa.Connection, authority: str) -> dict[_Scope, "sa.Row[Any]"]:
    same = sa.and_(
        return_slot.c.collection == collection_round.c.collection,
        return_slot.c.period == collection_round.c.period,
    )
    query = (
        sa.select(return_slot, collection_round.c.due_on)
        .join_from(return_slot, collection_round, same, isouter=True)
        .where(return_slot.c.authority == authority)
    )
    return {(row.collection, row.period): row for row in connection.execute(query)}


def _versions(connection: sa.Connection, authority: str) -> dict[_Scope, tuple[VersionStory, ...]]:
    query = sa.select(submission).where(submission.c.authority == authority)
    found: dict[_Scope, tuple[VersionStory, ...]] = {}
    for row in connection.execute(query.order_by(submission.c.version)).all():
        scope = (row.collection, row.period)
        found[scope] = (*found.get(scope, ()), _version(connection, row))
    return found


def _version(connection: sa.Connection, row: "sa.Row[Any]") -> VersionStory:
    return VersionStory(
        source=row.source,
        version=row.version,
        state=row.state,
        received_on=row.received_at[:10],
        channel=row.channel,
        rows=row.row_count,
        findings=_findings(connection, row.receipt),
        explained=_explained(connection, row.source),
        signed_off_on=row.signed_off_at[:10],
        reviewed_on=row.reviewed_at[:10],
        review_reason=row.review_reason,
        releases=_releases(connection, row.source),
        indicators=_indicators(connection, row.source),
    )


def _findings(connection: sa.Connection, receipt: str) -> dict[str, int]:
    if not receipt:
        return {}
    query = (
        sa.select(finding.c.severity, sa.func.count())
        .where(finding.c.receipt == receipt)
        .group_by(finding.c.severity)
        .order_by(finding.c.severity)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _explained(connection: sa.Connection, source: str) -> int:
    keys = sa.func.count(sa.distinct(explanation.c.key))
    return connection.scalar(sa.select(keys).where(explanation.c.source == source)) or 0


def _releases(connection: sa.Connection, source: str) -> tuple[str, ...]:
    query = (
        sa.select(release.c.id)
        .join(release_member, release_member.c.release == release.c.sequence)
        .where(release_member.c.source == source)
        .order_by(release.c.sequence)
    )
    return tuple(connection.scalars(query))


def _indicators(connection: sa.Connection, source: str) -> tuple[str, ...]:
    query = sa.select(cell.c.indicator).where(cell.c.source == source).distinct()
    return tuple(sorted(connection.scalars(query)))

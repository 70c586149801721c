"""Facts from the store that returns are compared with: earlier returns, and the latest release.

Nothing here goes into another authority's report but published figures; of returns of others only
digests are kept, to notice a copy.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

import sqlalchemy as sa

from etl.submissions.code_lists import Scope
from etl.submissions.past import (
    Figures,
    HeldFinding,
    HeldReturn,
    Past,
    Published,
    figures_digest,
    years_before,
)
from etl.submissions.published_facts import PublishedFacts
from indicators.measures import Key
from indicators.releases import read_releases
from indicators.snapshot import Snapshot, open_snapshot
from indicators.store.connect import Store
from indicators.store.return_tables import (
    explanation,
    finding,
    submission,
    submission_value,
)
from indicators.store.returns import ReturnState
from reference.periods import parse_period

_YEARS: Final = 3

Row = Any
"""A row of the database."""


class StoreHistory:
    """What one store knows; made for a run, in which what is the same for all is read once.

    What an authority sent itself is read anew each time, so that a return that was just stored
    counts for the next one.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._others: dict[tuple[str, str], Mapping[str, tuple[tuple[str, str], ...]]] = {}

    @cached_property
    def _facts(self) -> PublishedFacts:
        return PublishedFacts(_latest(self._store))

    def published(self, scope: Scope) -> tuple[Published, ...]:
        """Return what is published of the indicators that a return feeds."""
        return self._facts.published(scope)

    def past(self, scope: Scope) -> Past:
        """Return what is held of the authority of a return, and which returns look like it."""
        authority, period = scope.authority.code, scope.period.id
        with self._store.reading() as connection:
            held = _returns_of(connection, authority)
            mine = _in(held, scope.collection.collection, period)
            versions = tuple(_with_findings(connection, mine))
            copies = self._copies(connection, scope)
        ago = [years_before(period, years) for years in range(1, _YEARS + 1)]
        current = next((one for one in reversed(versions) if one.is_accepted), None)
        out = current.counts if current is not None and current.is_published else {}
        return Past(
            versions=versions,
            before={**self._facts.counts(authority, ago[0]), **_all_counts(held, ago[0])},
            beside={
                key: count
                for key, count in _all_counts(held, period, only_accepted=False).items()
                if key[0] not in scope.collection.measures
            },
            earlier=tuple(
                {**self._facts.counts(authority, one), **_all_counts(held, one)} for one in ago
            ),
            published={**self._facts.counts(authority, period), **out},
            copies=copies,
        )

    def _copies(self, connection: sa.Connection, scope: Scope) -> dict[str, str]:
        """Return digests of this year's and last year's returns, whoever sent them."""
        mine = (scope.authority.code, scope.period.id)
        found: dict[str, str] = {}
        for period in (scope.period.id, years_before(scope.period.id)):
            for digest, slots in self._digests(connection, scope, period).items():
                for authority, when in slots:
                    if (authority, when) != mine:
                        found.setdefault(digest, _which(authority == mine[0], when))
        return found

    def _digests(
        self, connection: sa.Connection, scope: Scope, period: str
    ) -> Mapping[str, tuple[tuple[str, str], ...]]:
        key = (scope.collection.collection, period)
        if key not in self._others:
            wanted = (submission.c.collection == key[0]) & (submission.c.period == period)
            slots: dict[str, list[tuple[str, str]]] = defaultdict(list)
            for row, figures in _read(connection, wanted):
                slots[figures_digest(figures)].append((row.authority, row.period))
            self._others[key] = {digest: tuple(held) for digest, held in slots.items()}
        return self._others[key]


def _latest(store: Store) -> Snapshot | None:
    """Open the newest release; None where nothing is published yet."""
    listed = read_releases(store.releases_file)
    if listed is None or listed.latest is None:
        return None
    digest = next(entry.digest for entry in listed.releases if entry.id == listed.latest)
    return open_snapshot(store.snapshots / digest)


def _which(is_own: bool, period: str) -> str:
    label = parse_period(period).label
    return f"your return for {label}" if is_own else "another authority's return"


Held = tuple[Row, Figures]
"""The row of a return, and its figures."""


def _returns_of(connection: sa.Connection, authority: str) -> list[Held]:
    return _read(connection, submission.c.authority == authority)


def _read(connection: sa.Connection, wanted: sa.ColumnElement[bool]) -> list[Held]:
    """Return the returns that are wanted with their figures, those withdrawn left out."""
    stands = wanted & (submission.c.state != ReturnState.WITHDRAWN)
    query = sa.select(submission).where(stands).order_by(submission.c.version)
    rows = connection.execute(query).all()
    figures: dict[str, dict[Key, tuple[int | None, str]]] = {row.source: {} for row in rows}
    joined = submission_value.join(submission, submission.c.source == submission_value.c.source)
    value = submission_value.c
    key = (value.measure, value.breakdown_type, value.breakdown)
    values = sa.select(value.source, *key, value.value, value.status).select_from(joined)
    for source, measure, kind, code, number, status in connection.execute(values.where(stands)):
        count = None if number is None else int(number)
        figures[source][measure, kind, code] = (count, status)
    return [(row, figures[row.source]) for row in rows]


def _in(held: Iterable[Held], collection: str, period: str) -> list[Held]:
    return [one for one in held if (one[0].collection, one[0].period) == (collection, period)]


def _all_counts(held: Sequence[Held], period: str, *, only_accepted: bool = True) -> dict[Key, int]:
    """Return the counts of the newest return of each collection for a period."""
    counts: dict[Key, int] = {}
    for row, figures in held:
        if row.period == period and (row.state == ReturnState.ACCEPTED or not only_accepted):
            counts |= {key: value for key, (value, _) in figures.items() if value is not None}
    return counts


def _with_findings(connection: sa.Connection, held: Sequence[Held]) -> list[HeldReturn]:
    """Return the versions of one return, with what was found in each and what was explained."""
    receipts = [row.receipt for row, _ in held if row.receipt]
    sources = [row.source for row, _ in held]
    found: dict[str, list[HeldFinding]] = defaultdict(list)
    of_receipts = sa.select(finding).where(finding.c.receipt.in_(receipts))
    for row in connection.execute(of_receipts.order_by(finding.c.receipt, finding.c.place)):
        about = (row.measure, row.breakdown_type, row.breakdown)
        found[row.receipt].append(HeldFinding(row.rule, row.key, row.severity, about))
    explained: dict[str, set[str]] = defaultdict(set)
    query = sa.select(explanation.c.source, explanation.c.key)
    for source, key in connection.execute(query.where(explanation.c.source.in_(sources))):
        explained[source].add(key)
    return [
        HeldReturn(
            source=row.source,
            version=row.version,
            received_on=row.received_at[:10],
            figures=figures,
            is_accepted=row.state == ReturnState.ACCEPTED,
            is_published=row.release is not None,
            findings=tuple(found[row.receipt]),
            explained=frozenset(explained[row.source]),
        )
        for row, figures in held
    ]

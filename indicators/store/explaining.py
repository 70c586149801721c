"""Explanations: what an authority says of a count that a rule asked about.

They belong to a key that stays the same while rule, count and value do, so that nobody explains
the same thing twice.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from indicators.permissions import Action, Actor, Role, require
from indicators.store.auditing import note
from indicators.store.connect import Store
from indicators.store.occasions import Occasion, next_number
from indicators.store.receiving import receipt_in
from indicators.store.return_tables import explanation, finding, submission
from indicators.store.returns import (
    ReturnEntry,
    ReturnError,
    ReturnState,
    Step,
    check_step,
    others_of,
    return_in,
    set_state,
)

SHORTEST: Final = 20
LONGEST: Final = 1_000
QUERY: Final = "query"
"""The severity of what must be mended or explained."""


class Reason(StrEnum):
    """Why a figure is right although a rule asked about it."""

    SYSTEM_CHANGE = "system_change"
    PRACTICE_CHANGE = "practice_change"
    GENUINE = "genuine"
    DEFINITION = "definition"
    OTHER = "other"


@dataclass(frozen=True)
class FindingEntry:
    """One thing that a rule found in a file; `place` is its number in the report, from 1."""

    place: int
    rule: str
    severity: str
    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""
    measure: str = ""
    breakdown_type: str = ""
    breakdown: str = ""
    found: str = ""
    expected: str = ""
    advice: str = ""
    key: str = ""


@dataclass(frozen=True)
class Explanation:
    """What was said of the findings with one key; the newest of a key stands."""

    source: str
    key: str
    rule: str
    reason: str
    text: str
    made_by: str
    made_at: str
    carried_from: str
    decision: str


_FINDING: Final = tuple(FindingEntry.__dataclass_fields__)
_EXPLANATION: Final = tuple(Explanation.__dataclass_fields__)


def keep_findings(
    connection: sa.Connection, receipt_id: str, found: tuple[FindingEntry, ...]
) -> None:
    """Keep what the rules found in something that was received, numbered from 1."""
    for place, one in enumerate(found, 1):
        values = {**vars(one), "place": place, "receipt": receipt_id}
        connection.execute(sa.insert(finding).values(**values))


def findings_in(connection: sa.Connection, receipt_id: str) -> tuple[FindingEntry, ...]:
    """Return what the rules found in something that was received, in the order of the report."""
    query = (
        sa.select(*(finding.c[name] for name in _FINDING))
        .where(finding.c.receipt == receipt_id)
        .order_by(finding.c.place)
    )
    return tuple(FindingEntry(*row) for row in connection.execute(query))


def read_findings(store: Store, receipt_id: str, at: Occasion) -> tuple[FindingEntry, ...]:
    """Return findings, figures included, to whoever may read that authority's returns.

    What a steward reads of an authority is noted. Raises NotPermittedError.
    """
    with store.reading() as connection:
        whose = receipt_in(connection, receipt_id).whose
        found = findings_in(connection, receipt_id)
    require(at.actor, Action.READ_RETURN, whose)
    note_reading(store, receipt_id, whose, at)
    return found


def note_reading(store: Store, subject: str, authority: str, at: Occasion) -> None:
    """Note in the audit that a steward reads the figures of an authority."""
    if at.actor.role is Role.STEWARD:
        with store.writing() as connection:
            note(connection, at, "read a return", subject, authority)


def standing_explanations(connection: sa.Connection, source: str) -> dict[str, Explanation]:
    """Return, by key, what was said last of the findings of one version."""
    query = (
        sa.select(*(explanation.c[name] for name in _EXPLANATION))
        .where(explanation.c.source == source)
        .order_by(explanation.c.id)
    )
    return {row.key: Explanation(*row) for row in connection.execute(query)}


def read_explanations(store: Store, entry: ReturnEntry, actor: Actor) -> dict[str, Explanation]:
    """Return, by key, what stands as explained of a version; raises NotPermittedError."""
    require(actor, Action.READ_RETURN, entry.authority)
    with store.reading() as connection:
        return standing_explanations(connection, entry.source)


def open_queries(connection: sa.Connection, source: str, receipt_id: str) -> tuple[str, ...]:
    """Return the keys of the queries of a version that nobody has explained yet."""
    explained = standing_explanations(connection, source)
    asked = (one for one in findings_in(connection, receipt_id) if one.severity == QUERY)
    return tuple(dict.fromkeys(one.key for one in asked if one.key not in explained))


def explain(
    store: Store, source: str, place: int, at: Occasion, *, reason: str = "", text: str = ""
) -> ReturnState:
    """Explain one query of a version, named by its number in the report, and say how it stands.

    Takes a reason out of the list or at least 20 characters; `other` alone says nothing. Raises
    NotPermittedError or ReturnError.
    """
    with store.writing() as connection:
        entry = return_in(connection, source)
        require(at.actor, Action.EXPLAIN, entry.authority)
        check_step(entry, Step.EXPLAIN)
        said = _checked(reason, text)
        one = _query_at(connection, entry, place)
        _keep(connection, Explanation(source, one.key, one.rule, *said, *_by(at), "", ""))
        is_done = not open_queries(connection, source, entry.receipt)
        state = ReturnState.READY if is_done else ReturnState.NEEDS_EXPLANATION
        set_state(connection, entry, Step.EXPLAIN, state)
        note(connection, at, "explain a finding", source, f"finding {place}, rule {one.rule}")
    return state


def _by(at: Occasion) -> tuple[str, str]:
    return at.actor.name, at.moment


def _checked(reason: str, text: str) -> tuple[str, str]:
    """Return reason and text; raises ReturnError for what explains nothing."""
    if reason and reason not in set(Reason):
        msg = f"'{reason}' is not a reason; use one of {', '.join(Reason)}"
        raise ReturnError(msg)
    text = " ".join(text.split())
    if len(text) > LONGEST:
        msg = f"the explanation has {len(text):,} characters; at most {LONGEST:,} are kept"
        raise ReturnError(msg)
    if reason in ("", Reason.OTHER) and len(text) < SHORTEST:
        msg = (
            f"give a reason ({', '.join(list(Reason)[:-1])}) "
            f"or explain in at least {SHORTEST} characters"
        )
        raise ReturnError(msg)
    return reason, text


def _query_at(connection: sa.Connection, entry: ReturnEntry, place: int) -> FindingEntry:
    asked = [one for one in findings_in(connection, entry.receipt) if one.severity == QUERY]
    for one in asked:
        if one.place == place:
            return one
    numbers = ", ".join(str(one.place) for one in asked) or "none"
    msg = f"finding {place} of {entry.source} is no query; its queries have the numbers {numbers}"
    raise ReturnError(msg)


def _keep(connection: sa.Connection, said: Explanation) -> None:
    number = next_number(connection, explanation.c.id)
    connection.execute(sa.insert(explanation).values(id=number, **vars(said)))


def carry_over(connection: sa.Connection, entry: ReturnEntry) -> int:
    """Take over what was explained in earlier versions of the same return; return how many."""
    taken = 0
    for key in open_queries(connection, entry.source, entry.receipt):
        said = _said_before(connection, entry, key)
        if said is not None:
            origin = said.carried_from or said.source
            values = {**vars(said), "source": entry.source, "carried_from": origin}
            _keep(connection, Explanation(**{**values, "decision": ""}))
            taken += 1
    return taken


def _said_before(connection: sa.Connection, entry: ReturnEntry, key: str) -> Explanation | None:
    for other in reversed(others_of(connection, entry)):
        found = standing_explanations(connection, other.source).get(key)
        if found is not None:
            return found
    return None


def state_by_queries(connection: sa.Connection, source: str) -> ReturnState:
    """Return whether a version is ready to be signed off or still has open queries."""
    query = sa.select(submission.c.receipt).where(submission.c.source == source)
    receipt_id = connection.scalar(query) or ""
    is_open = bool(open_queries(connection, source, receipt_id))
    return ReturnState.NEEDS_EXPLANATION if is_open else ReturnState.READY

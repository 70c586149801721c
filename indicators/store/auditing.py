"""The audit log: insert only, each line chained to the one before, its head kept outside.

Whoever changes or removes a line breaks the chain; whoever replaces the whole chain no longer
fits the heads that were written beside the database at each release.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from indicators.lasting_files import append_to_file
from indicators.permissions import Action, Actor, require
from indicators.store.connect import Store
from indicators.store.errors import StoreError
from indicators.store.occasions import Occasion, next_number
from indicators.store.tables import audit

HEADS_NAME: Final = "audit-heads.txt"
_SEPARATOR: Final = "\x1f"


class BrokenAuditError(StoreError):
    """The audit log is not what it was; the message says where it stops to fit."""


@dataclass(frozen=True)
class AuditLine:
    """One line of the log: when, who in which role, what was done to what."""

    number: int
    happened_at: str
    action: str
    subject: str
    detail: str
    actor: str
    role: str


@dataclass(frozen=True)
class AuditHead:
    """Number and hash of the last line at one moment, as kept outside the database."""

    number: int
    hash: str


def note(connection: sa.Connection, at: Occasion, action: str, subject: str, detail: str) -> None:
    """Write a line of the audit; `detail` never holds a figure."""
    actor = at.actor
    number = next_number(connection, audit.c.id)
    previous = _hash_of(connection, number - 1)
    line = (number, at.moment, action, subject, detail, actor.name, actor.role.value)
    connection.execute(
        sa.insert(audit).values(
            id=number,
            happened_at=at.moment,
            action=action,
            subject=subject,
            detail=detail,
            actor=actor.name,
            role=actor.role.value,
            previous=previous,
            hash=_hash(line, previous),
        )
    )


def _hash(line: Iterable[object], previous: str) -> str:
    text = _SEPARATOR.join(str(value) for value in (*line, previous))
    return hashlib.sha256(text.encode()).hexdigest()


def _hash_of(connection: sa.Connection, number: int) -> str:
    return connection.scalar(sa.select(audit.c.hash).where(audit.c.id == number)) or ""


def keep_head(store: Store, connection: sa.Connection) -> None:
    """Write number and hash of the last line beside the database, unless they stand there."""
    query = sa.select(audit.c.id, audit.c.hash).order_by(audit.c.id.desc()).limit(1)
    last = connection.execute(query).one_or_none()
    heads = read_heads(_heads_file(store))
    if last is not None and (not heads or heads[-1].number != last.id):
        append_to_file(_heads_file(store), f"{last.id} {last.hash}\n".encode())


def keep_head_of(store: Store) -> None:
    """Write the head of the log beside the database as it stands now."""
    with store.reading() as connection:
        keep_head(store, connection)


def _heads_file(store: Store) -> Path:
    return store.home / HEADS_NAME


def check_audit(store: Store) -> None:
    """Raise BrokenAuditError unless the chain is whole and every head kept outside fits it."""
    with store.reading() as connection:
        rows = connection.execute(sa.select(audit).order_by(audit.c.id)).all()
    check_rows(rows, read_heads(_heads_file(store)))


def check_rows(rows: Sequence[Any], heads: Iterable[AuditHead]) -> None:
    """Raise BrokenAuditError unless the lines follow from each other and every head fits them."""
    hashes = _checked_chain(rows)
    for head in heads:
        if hashes.get(head.number) != head.hash:
            msg = (
                f"line {head.number} of the audit log is not the one that {HEADS_NAME} was written "
                "for: the log was changed or the database replaced; restore a backup and look "
                "into it"
            )
            raise BrokenAuditError(msg)


def _checked_chain(rows: Iterable[Any]) -> dict[int, str]:
    hashes: dict[int, str] = {}
    previous = ""
    for number, row in enumerate(rows, 1):
        line = (row.id, row.happened_at, row.action, row.subject, row.detail, row.actor, row.role)
        if row.id != number or row.previous != previous or row.hash != _hash(line, previous):
            msg = (
                f"line {number} of the audit log does not follow from the lines before it: "
                "it was changed or one was removed; restore a backup and look into it"
            )
            raise BrokenAuditError(msg)
        previous = row.hash
        hashes[number] = previous
    return hashes


def read_heads(path: Path) -> list[AuditHead]:
    """Return the heads that were kept; a line that broke off half way says nothing."""
    try:
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        return []
    whole = [line for line in text.splitlines(keepends=True) if line.endswith("\n")]
    parts = [line.split() for line in whole]
    return [AuditHead(int(number), digest) for number, digest in parts]


def read_audit(store: Store, actor: Actor) -> tuple[AuditLine, ...]:
    """Return the whole log, oldest first; raises NotPermittedError."""
    require(actor, Action.READ_AUDIT)
    with store.reading() as connection:
        rows = connection.execute(sa.select(audit).order_by(audit.c.id)).all()
    return tuple(
        AuditLine(r.id, r.happened_at, r.action, r.subject, r.detail, r.actor, r.role) for r in rows
    )

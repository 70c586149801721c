"""Receiving: what was sent and a row about it, kept in one transaction; then a receipt is given.

Whoever has a receipt can rely on it: the bytes are on disk. What becomes of them is the worker's.
"""

import hashlib
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from indicators.permissions import OWN_ONLY, Action, Actor, require
from indicators.store.auditing import note
from indicators.store.connect import Store
from indicators.store.errors import StoreError
from indicators.store.occasions import Occasion, next_number
from indicators.store.return_tables import incident, receipt, received_file
from indicators.store.steps import reached

MAX_BYTES: Final = 5_000_000


class ReceiptError(StoreError):
    """Something cannot be received, or there is no such receipt; the message says why."""


class ReceiptState(StrEnum):
    """What became of something that was sent; a return itself has states of its own."""

    RECEIVED = "received"
    STORED = "stored"
    DUPLICATE = "duplicate"
    FAILED = "failed"


@dataclass(frozen=True)
class Upload:
    """What somebody sends: the bytes, what they call it, and for whom by their credential.

    `for_authority` and `for_collection` come from the token or the folder, never from a file
    name; empty means that the channel does not say.
    """

    body: bytes
    name: str
    channel: str
    for_authority: str = ""
    for_collection: str = ""
    without_manifest: bool = False
    submission_reason: str = ""
    replaces: str = ""


@dataclass(frozen=True)
class ReceiptEntry:
    """One time that something was sent; `source` is the return that it turned out to be.

    `authority`, `collection` and `period` are those that the file gives, once it has been read.
    """

    id: str
    sha256: str
    size: int
    name: str
    channel: str
    submitted_by: str
    for_authority: str
    for_collection: str
    without_manifest: bool
    received_at: str
    state: str
    source: str = ""
    detail: str = ""
    authority: str = ""
    collection: str = ""
    period: str = ""
    submission_reason: str = ""
    replaces: str = ""

    @property
    def whose(self) -> str:
        """The authority that it belongs to as far as is known."""
        return self.for_authority or self.authority


@dataclass(frozen=True)
class IncidentEntry:
    """All that is kept of a file that was dropped: its fingerprint and what it showed."""

    reference: str
    sha256: str
    size: int
    signals: str
    channel: str
    submitted_by: str
    for_authority: str
    happened_at: str


_INCIDENT_COLUMNS: Final = tuple(IncidentEntry.__dataclass_fields__)


def receive(store: Store, upload: Upload, at: Occasion) -> ReceiptEntry:
    """Keep the bytes and give a receipt, which is returned only once both are on disk.

    Raises NotPermittedError, or ReceiptError for a file that is empty or too large.
    """
    require(at.actor, Action.SUBMIT, upload.for_authority)
    size = len(upload.body)
    if not 0 < size <= MAX_BYTES:
        msg = f"{size:,} bytes were sent; a return has 1 to {MAX_BYTES:,}: send the data file alone"
        raise ReceiptError(msg)
    entry = _entry_of(upload, at)
    with store.writing() as connection:
        _keep_bytes(connection, entry.sha256, upload.body, at)
        reached("receive:file")
        connection.execute(sa.insert(receipt).values(**vars(entry)))
        what = f"sha256 {entry.sha256}, {size} bytes by {entry.channel}"
        note(connection, at, "receive a file", entry.id, what)
        reached("receive:row")
    reached("receive:committed")
    return entry


def _entry_of(upload: Upload, at: Occasion) -> ReceiptEntry:
    return ReceiptEntry(
        id=f"receipt_{secrets.token_hex(8)}",
        sha256=hashlib.sha256(upload.body).hexdigest(),
        size=len(upload.body),
        name=upload.name,
        channel=upload.channel,
        submitted_by=at.actor.name,
        for_authority=upload.for_authority,
        for_collection=upload.for_collection,
        without_manifest=upload.without_manifest,
        received_at=at.moment,
        state=ReceiptState.RECEIVED,
        submission_reason=upload.submission_reason,
        replaces=upload.replaces,
    )


def _keep_bytes(connection: sa.Connection, digest: str, body: bytes, at: Occasion) -> None:
    """Keep a file once, whoever sends it and however often."""
    held = connection.scalar(
        sa.select(received_file.c.size).where(received_file.c.sha256 == digest)
    )
    if held is None:
        connection.execute(
            sa.insert(received_file).values(
                sha256=digest, size=len(body), stored_at=at.moment, body=body
            )
        )


def note_incident(
    store: Store,
    *,
    reference: str,
    sha256: str,
    size: int,
    signals: str,
    channel: str,
    for_authority: str,
    at: Occasion,
) -> None:
    """Keep the fingerprint of a file that was dropped, and nothing else of it."""
    require(at.actor, Action.SUBMIT, for_authority)
    with store.writing() as connection:
        connection.execute(
            sa.insert(incident).values(
                id=next_number(connection, incident.c.id),
                reference=reference,
                sha256=sha256,
                size=size,
                signals=signals,
                channel=channel,
                submitted_by=at.actor.name,
                for_authority=for_authority,
                happened_at=at.moment,
            )
        )
        detail = f"sha256 {sha256}, {size} bytes: {signals}"
        note(connection, at, "drop a file", reference, detail)


def read_incidents(store: Store, actor: Actor) -> tuple[IncidentEntry, ...]:
    """Return every incident, oldest first; raises NotPermittedError."""
    require(actor, Action.READ_INCIDENTS)
    query = sa.select(*(incident.c[name] for name in _INCIDENT_COLUMNS)).order_by(incident.c.id)
    with store.reading() as connection:
        return tuple(IncidentEntry(*row) for row in connection.execute(query))


def find_receipt(store: Store, identifier: str, actor: Actor) -> ReceiptEntry:
    """Return a receipt; raises ReceiptError, also to those whose authority it is not."""
    with store.reading() as connection:
        entry = receipt_in(connection, identifier)
    if actor.role in OWN_ONLY and actor.authority != entry.whose:
        raise _unknown(identifier)
    return entry


def _unknown(identifier: str) -> ReceiptError:
    msg = f"there is no receipt '{identifier}'; `outcomes submission list` names them"
    return ReceiptError(msg)


def receipt_in(connection: sa.Connection, identifier: str) -> ReceiptEntry:
    """Return a receipt; raises ReceiptError when there is none of that id."""
    found = connection.execute(sa.select(receipt).where(receipt.c.id == identifier)).one_or_none()
    if found is None:
        raise _unknown(identifier)
    return as_receipt(found)


def as_receipt(row: "sa.Row[Any]") -> ReceiptEntry:
    """Return a row of receipts as an entry."""
    return ReceiptEntry(**row._mapping)


def list_receipts(
    store: Store, actor: Actor, *, state: str = "", authority: str = ""
) -> tuple[ReceiptEntry, ...]:
    """Return what was sent, oldest first; whoever acts for one authority sees its own alone."""
    query = sa.select(receipt).order_by(receipt.c.received_at, receipt.c.id)
    if state:
        query = query.where(receipt.c.state == state)
    wanted = actor.authority if actor.role in OWN_ONLY else authority
    with store.reading() as connection:
        entries = map(as_receipt, connection.execute(query))
        return tuple(entry for entry in entries if not wanted or entry.whose == wanted)


def read_bytes(store: Store, entry: ReceiptEntry, actor: Actor) -> bytes:
    """Return what was sent, to whoever may send for that authority or read its returns.

    Raises StoreError if it is not what was received.
    """
    if not actor.may(Action.READ_RETURN, entry.whose):
        require(actor, Action.SUBMIT, entry.for_authority)
    query = sa.select(received_file.c.body).where(received_file.c.sha256 == entry.sha256)
    with store.reading() as connection:
        body = connection.scalar(query)
    if body is None or hashlib.sha256(body).hexdigest() != entry.sha256:
        msg = f"{entry.id}: the file that was received is damaged; restore a backup"
        raise StoreError(msg)
    return bytes(body)

"""Comments of authorities on their figures: written, versioned, moderated, published as a file.

A comment awaits a steward's decision; a new version of an accepted one leaves that visible until
the new one is accepted. Only accepted comments on figures that the latest release holds go out.
"""

import secrets
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from indicators.comment_screening import CommentError, check_words
from indicators.commentary import (
    CommentKind,
    CommentReason,
    Figure,
    Words,
    breakdown_text,
    read_breakdown,
)
from indicators.permissions import OWN_ONLY, Action, require, require_other
from indicators.store.auditing import note
from indicators.store.commented_figures import check_figure, is_fully_shown
from indicators.store.connect import Store
from indicators.store.errors import StoreError
from indicators.store.occasions import Occasion
from indicators.store.published_comments import write_commentary
from indicators.store.return_tables import commentary
from indicators.store.steps import reached


class CommentState(StrEnum):
    """Where one version of a comment stands."""

    AWAITING = "awaiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


OPEN: Final = (CommentState.AWAITING, CommentState.ACCEPTED)
"""States of versions that are still to be read, or are read."""


@dataclass(frozen=True)
class CommentEntry:
    """One version of a comment with its state, for those who may see it."""

    id: str
    version: int
    figure: Figure
    words: Words
    author_role: str
    made_by: str
    made_at: str
    state: CommentState
    moderated_at: str
    moderation_reason: str


def add_comment(
    store: Store, figure: Figure, words: Words, at: Occasion, *, new_version_of: str = ""
) -> CommentEntry:
    """Keep what an authority says of its figure until a steward has read it.

    Raises StoreError for a figure that cannot be, or for words that no comment may hold.
    """
    area = store.places.resolve(figure.area)
    figure = replace(figure, area=area.code)
    require(at.actor, Action.COMMENT, area.code)
    with store.writing() as connection:
        check_figure(store, connection, figure)
        words = _checked(connection, figure, words)
        id, version = _numbered(connection, figure, new_version_of)
        _set_state(connection, id, (CommentState.AWAITING,), CommentState.REPLACED)
        connection.execute(
            sa.insert(commentary).values(
                id=id,
                version=version,
                indicator=figure.indicator,
                area=figure.area,
                period=figure.period,
                breakdown=breakdown_text(figure.breakdown),
                kind=words.kind.value,
                reason=words.reason.value,
                text=words.text,
                link=words.link,
                author_role=at.actor.role.value,
                made_by=at.actor.name,
                made_at=at.moment,
                state=CommentState.AWAITING.value,
            )
        )
        note(connection, at, "comment", f"{id} version {version}", str(figure))
        return _entry(_row(connection, id, version))


def moderate_comment(
    store: Store, id: str, at: Occasion, *, accepted: bool, reason: str = ""
) -> CommentEntry:
    """Accept or decline the version that awaits a decision; raises StoreError.

    Whoever declines says why; the authority reads it.
    """
    require(at.actor, Action.MODERATE)
    if not accepted and not reason.strip():
        msg = "give the reason for declining; the authority is told it"
        raise StoreError(msg)
    with store.writing() as connection:
        row = _awaiting(connection, id)
        require_other(at.actor, row.made_by, Action.MODERATE)
        entry = _entry(row)
        if accepted:
            _checked(connection, entry.figure, entry.words)
            _set_state(connection, id, (CommentState.ACCEPTED,), CommentState.REPLACED)
        state = CommentState.ACCEPTED if accepted else CommentState.DECLINED
        connection.execute(
            sa.update(commentary)
            .where(commentary.c.id == id, commentary.c.version == row.version)
            .values(
                state=state.value,
                moderated_by=at.actor.name,
                moderated_at=at.moment,
                moderation_reason=reason.strip(),
            )
        )
        note(connection, at, f"comment {state}", f"{id} version {row.version}", str(entry.figure))
        decided = _entry(_row(connection, id, row.version))
    reached("commentary:committed")
    write_commentary(store)
    return decided


def withdraw_comment(store: Store, id: str, at: Occasion) -> None:
    """Take a comment back in every version; the authority that wrote it may. Raises StoreError."""
    with store.writing() as connection:
        row = _newest(connection, id)
        require(at.actor, Action.COMMENT, row.area)
        if not _set_state(connection, id, OPEN, CommentState.WITHDRAWN):
            msg = f"comment {id} is {row.state} already; there is nothing to take back"
            raise StoreError(msg)
        note(connection, at, "comment withdrawn", id, str(_entry(row).figure))
    reached("commentary:committed")
    write_commentary(store)


def list_comments(store: Store, at: Occasion, authority: str = "") -> tuple[CommentEntry, ...]:
    """Return every version with its state: of one's own authority, or to a steward of any.

    Raises NotPermittedError.
    """
    if at.actor.role in OWN_ONLY:
        authority = authority or at.actor.authority
        require(at.actor, Action.COMMENT, store.places.resolve(authority).code)
    else:
        require(at.actor, Action.MODERATE)
    query = sa.select(commentary).order_by(
        commentary.c.area,
        commentary.c.indicator,
        commentary.c.period,
        commentary.c.made_at,
        commentary.c.id,
        commentary.c.version,
    )
    if authority:
        query = query.where(commentary.c.area == store.places.resolve(authority).code)
    with store.reading() as connection:
        return tuple(map(_entry, connection.execute(query)))


def _checked(connection: sa.Connection, figure: Figure, words: Words) -> Words:
    try:
        return check_words(words, is_hidden=not is_fully_shown(connection, figure))
    except CommentError as error:
        raise StoreError(str(error)) from error


def _numbered(connection: sa.Connection, figure: Figure, new_version_of: str) -> tuple[str, int]:
    """Return id and version of what is to be added."""
    if not new_version_of:
        return f"c{secrets.token_hex(5)}", 1
    row = _newest(connection, new_version_of)
    held = _entry(row)
    if held.figure != figure:
        msg = f"comment {row.id} is on {held.figure}, not on {figure}; write a comment of its own"
        raise StoreError(msg)
    if held.state is CommentState.WITHDRAWN:
        msg = f"comment {row.id} was withdrawn; write a comment of its own"
        raise StoreError(msg)
    return held.id, held.version + 1


def _newest(connection: sa.Connection, id: str) -> "sa.Row[Any]":
    query = sa.select(commentary).where(commentary.c.id == id)
    row = connection.execute(query.order_by(commentary.c.version.desc()).limit(1)).one_or_none()
    if row is None:
        msg = f"there is no comment '{id}'; `outcomes commentary list` names them"
        raise StoreError(msg)
    return row


def _awaiting(connection: sa.Connection, id: str) -> "sa.Row[Any]":
    row = _newest(connection, id)
    if row.state != CommentState.AWAITING:
        msg = f"comment {id} awaits no decision: its newest version is {row.state}"
        raise StoreError(msg)
    return row


def _row(connection: sa.Connection, id: str, version: int) -> "sa.Row[Any]":
    query = sa.select(commentary).where(commentary.c.id == id, commentary.c.version == version)
    return connection.execute(query).one()


def _set_state(
    connection: sa.Connection, id: str, before: tuple[CommentState, ...], after: CommentState
) -> int:
    """Change the state of those versions of a comment that are in certain states; count them."""
    changed = connection.execute(
        sa.update(commentary)
        .where(commentary.c.id == id, commentary.c.state.in_([state.value for state in before]))
        .values(state=after.value)
    )
    return changed.rowcount


def _entry(row: "sa.Row[Any]") -> CommentEntry:
    return CommentEntry(
        id=row.id,
        version=row.version,
        figure=Figure(row.indicator, row.area, row.period, read_breakdown(row.breakdown)),
        words=Words(CommentKind(row.kind), CommentReason(row.reason), row.text, row.link),
        author_role=row.author_role,
        made_by=row.made_by,
        made_at=row.made_at,
        state=CommentState(row.state),
        moderated_at=row.moderated_at,
        moderation_reason=row.moderation_reason,
    )

"""The accepted comments as the public process reads them: a file that follows the database."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from indicators.comment_screening import holds_number
from indicators.commentary import (
    FILE_NAME,
    Comment,
    Commentary,
    CommentaryError,
    CommentKind,
    CommentReason,
    Figure,
    read_breakdown,
    read_commentary,
    write_commentary_file,
)
from indicators.store.commented_figures import is_fully_shown, is_held
from indicators.store.connect import Store
from indicators.store.return_tables import commentary

_ACCEPTED = "accepted"


def commentary_file(store: Store) -> Path:
    """Return where the public process finds the comments."""
    return store.home / FILE_NAME


def write_commentary(store: Store) -> bool:
    """Write the file anew if it is not what the database says; say whether that was needed."""
    with store.reading() as connection:
        if _held(store) == _wanted(store, connection):
            return False
    # One writer at a time, or an older state could be written over a newer one.
    with store.writing() as connection:
        wanted = _wanted(store, connection)
        write_commentary_file(commentary_file(store), wanted)
    return True


def _held(store: Store) -> Commentary | None:
    try:
        return read_commentary(commentary_file(store))
    except CommentaryError:
        return None


def _wanted(store: Store, connection: sa.Connection) -> Commentary:
    query = sa.select(commentary).where(commentary.c.state == _ACCEPTED)
    rows = connection.execute(
        query.order_by(
            commentary.c.indicator,
            commentary.c.period,
            commentary.c.area,
            commentary.c.made_at,
            commentary.c.id,
        )
    ).all()
    return Commentary(store.places.id, tuple(_publishable(connection, rows)))


def _publishable(connection: sa.Connection, rows: Iterable["sa.Row[Any]"]) -> Iterable[Comment]:
    """Give the comments whose figure is published, and whose numbers still may be read.

    A figure can be hidden after its comment was accepted: then one that holds a number stays in.
    """
    for row in rows:
        figure = Figure(row.indicator, row.area, row.period, read_breakdown(row.breakdown))
        if not is_held(connection, figure):
            continue
        if is_fully_shown(connection, figure) or not holds_number(f"{row.text} {row.link}"):
            yield _comment(row)


def _comment(row: "sa.Row[Any]") -> Comment:
    return Comment(
        id=row.id,
        version=row.version,
        indicator=row.indicator,
        area=row.area,
        period=row.period,
        breakdown=row.breakdown,
        kind=CommentKind(row.kind),
        reason=CommentReason(row.reason),
        text=row.text,
        link=row.link,
        author_role=row.author_role,
        written_on=row.made_at[:10],
        checked_on=row.moderated_at[:10],
    )

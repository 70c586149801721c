"""Small rows of the store: publications, loads, redactions, and the next release's name."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

import sqlalchemy as sa
from pydantic import TypeAdapter

from indicators.cells import BREAKDOWN_COLUMNS, Breakdown, Status
from indicators.draft import Redaction
from indicators.snapshot import NOT_CHECKED, Source, SourceFile, TotalsCheck
from indicators.store.errors import StoreError, UnknownReleaseError
from indicators.store.occasions import Occasion, next_number
from indicators.store.practising import marked_release
from indicators.store.rows import insert_rows
from indicators.store.tables import (
    breakdown,
    load,
    load_range,
    redaction,
    release,
    source,
)
from indicators.vintages import HeldRange

STEWARD: Final = "steward"
PUBLISHER: Final = "publisher"

_RELEASE_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_RESERVED: Final = {"latest"}
_SOURCE_COLUMNS: Final = tuple(column.name for column in source.c)


@dataclass(frozen=True)
class _Details:
    """What is kept of a publication beside its columns, as JSON."""

    files: tuple[SourceFile, ...] = ()
    totals: TotalsCheck = NOT_CHECKED
    published_on_basis: str = ""


_DETAILS: Final = TypeAdapter(_Details)
_DETAIL_FIELDS: Final = tuple(f.name for f in fields(_Details))
_PLAIN_FIELDS: Final = tuple(f.name for f in fields(Source) if f.name not in _DETAIL_FIELDS)


def store_sources(connection: sa.Connection, sources: Iterable[Source]) -> None:
    """Keep publications; one that is known already takes the newer description."""
    rows = {one.id: _source_row(one) for one in sources}
    if rows:
        held = set(connection.scalars(sa.select(source.c.id).where(source.c.id.in_(list(rows)))))
        for key in sorted(held):
            values = dict(zip(_SOURCE_COLUMNS, rows[key], strict=True))
            connection.execute(sa.update(source).where(source.c.id == key).values(**values))
        new = [row for key, row in sorted(rows.items()) if key not in held]
        insert_rows(connection, source, _SOURCE_COLUMNS, new)


def _source_row(one: Source) -> tuple[str, ...]:
    details = _DETAILS.dump_json(
        _Details(*(getattr(one, name) for name in _DETAIL_FIELDS))
    ).decode()
    return (*(getattr(one, name) for name in _PLAIN_FIELDS), details)


def read_sources(connection: sa.Connection) -> tuple[Source, ...]:
    """Return all publications held, by id."""
    return tuple(
        Source(
            **dict(zip(_PLAIN_FIELDS, row[:-1], strict=True)),
            **vars(_DETAILS.validate_json(row[-1])),
        )
        for row in connection.execute(
            sa.select(*(source.c[name] for name in _SOURCE_COLUMNS)).order_by(source.c.id)
        )
    )


def store_load(
    connection: sa.Connection, ranges: Sequence[HeldRange], cells: int, at: Occasion
) -> None:
    """Note that files were read and what they cover; they belong to a draft until published."""
    number = next_number(connection, load.c.id)
    connection.execute(
        sa.insert(load).values(id=number, loaded_at=at.moment, release=None, cells=cells)
    )
    columns = ("load", "source", "indicator", "first_period", "last_period", "levels")
    rows = [
        (number, r.source, r.indicator, r.first_period, r.last_period, ";".join(r.levels))
        for r in ranges
    ]
    insert_rows(connection, load_range, columns, rows)


def give_loads_to(connection: sa.Connection, sequence: int) -> None:
    """Say that the loads of the draft came out with a release."""
    connection.execute(sa.update(load).where(load.c.release.is_(None)).values(release=sequence))


def forget_pending_loads(connection: sa.Connection) -> None:
    """Drop the loads of a draft that is given up."""
    pending = sa.select(load.c.id).where(load.c.release.is_(None))
    connection.execute(sa.delete(load_range).where(load_range.c.load.in_(pending)))
    connection.execute(sa.delete(load).where(load.c.release.is_(None)))


def read_ranges(connection: sa.Connection, *, with_pending: bool) -> tuple[HeldRange, ...]:
    """Return what the publications of standing releases (and of the draft) cover."""
    stands = sa.select(load.c.id).join(release).where(release.c.withdrawn_on.is_(None))
    wanted: sa.ColumnElement[bool] = load_range.c.load.in_(stands)
    if with_pending:
        pending = sa.select(load.c.id).where(load.c.release.is_(None))
        wanted = sa.or_(wanted, load_range.c.load.in_(pending))
    rows = connection.execute(
        sa.select(
            load_range.c.source,
            load_range.c.indicator,
            load_range.c.first_period,
            load_range.c.last_period,
            load_range.c.levels,
        ).where(wanted)
    )
    return tuple(HeldRange(*row[:4], levels=tuple(row.levels.split(";"))) for row in rows)


def has_pending_loads(connection: sa.Connection) -> bool:
    """Say whether files were loaded into the draft only."""
    query = sa.select(load.c.id).where(load.c.release.is_(None)).limit(1)
    return connection.scalar(query) is not None


def read_redactions(connection: sa.Connection) -> tuple[Redaction, ...]:
    """Return the cells that a steward withheld, in the order in which that was done."""
    joined = redaction.join(breakdown, breakdown.c.id == redaction.c.breakdown)
    rows = connection.execute(
        sa.select(
            redaction.c.indicator,
            redaction.c.period,
            redaction.c.area,
            redaction.c.status,
            redaction.c.reason,
            *(breakdown.c[name] for name in BREAKDOWN_COLUMNS),
        )
        .select_from(joined)
        .where(redaction.c.made_by == STEWARD)
        .order_by(redaction.c.id)
    )
    return tuple(
        Redaction(
            row.indicator,
            row.period,
            row.area,
            Breakdown(*row[5:]),
            status=Status(row.status),
            reason=row.reason,
        )
        for row in rows
    )


def find_release(connection: sa.Connection, release_id: str) -> "sa.Row[tuple[object, ...]]":
    """Return the row of a release; raises UnknownReleaseError."""
    row = connection.execute(sa.select(release).where(release.c.id == release_id)).one_or_none()
    if row is None:
        msg = f"there is no release '{release_id}'; `outcomes release list` names them"
        raise UnknownReleaseError(msg)
    return row


def name_release(connection: sa.Connection, wanted: str | None, today: date) -> str:
    """Return the id for a new release: the one wanted, or today's date, then that and `.1`.

    Raises StoreError when the wanted id is taken or cannot be an id.
    """
    taken = set(connection.scalars(sa.select(release.c.id)))
    if wanted is None:
        day, count = today.isoformat(), 0
        while (name := marked_release(connection, _numbered(day, count))) in taken:
            count += 1
        return name
    if not _RELEASE_ID.fullmatch(wanted) or wanted in _RESERVED:
        msg = f"'{wanted}' cannot be a release id: use letters, digits, dots, dashes; not 'latest'"
        raise StoreError(msg)
    wanted = marked_release(connection, wanted)
    if wanted in taken:
        msg = f"release '{wanted}' exists already; a release never changes, choose another id"
        raise StoreError(msg)
    return wanted


def _numbered(day: str, count: int) -> str:
    return f"{day}.{count}" if count else day

"""Whether a figure can be commented on, and whether all of it is shown in the latest release."""

from typing import Any

import sqlalchemy as sa

from indicators.cells import BREAKDOWN_COLUMNS, Status
from indicators.commentary import Figure
from indicators.store.connect import Store
from indicators.store.contents import standing_releases
from indicators.store.documents import read_document
from indicators.store.errors import StoreError
from indicators.store.tables import breakdown, cell
from reference.areas import AreaKind
from reference.periods import parse_period


def check_figure(store: Store, connection: sa.Connection, figure: Figure) -> None:
    """Raise StoreError for a figure that there is none of; one that is not published yet may be."""
    area = store.places.area(figure.area)
    if area.kind is not AreaKind.AUTHORITY:
        msg = f"{area.name} is a {area.kind}; comments are of authorities on their own figures"
        raise StoreError(msg)
    standing = standing_releases(connection)
    if not standing:
        msg = "there is no release yet, and so no figure to comment on"
        raise StoreError(msg)
    catalogue = read_document(connection, "catalogue", standing[-1].catalogue)
    found = next((one for one in catalogue if one.id == figure.indicator), None)
    if found is None:
        msg = (
            f"release {standing[-1].id} has no indicator '{figure.indicator}'; "
            "`outcomes indicators list` names them"
        )
        raise StoreError(msg)
    kind = parse_period(figure.period).kind
    if kind != found.period_kind:
        msg = f"{found.id} has periods of the kind {found.period_kind}, not {figure.period}"
        raise StoreError(msg)


def is_fully_shown(connection: sa.Connection, figure: Figure) -> bool:
    """Say whether the latest release shows the figure, and hides no part of it.

    The parts are all cells of the indicator for that area and period: a number said of the total
    could give a hidden part away, and one said of a part the total.
    """
    rows = _cells(connection, figure)
    codes, ok = figure.breakdown.codes, Status.OK.value
    is_shown = any(_codes(row) == codes and row.status == ok for row in rows)
    return is_shown and not any(row.status in _HIDDEN for row in rows)


def is_held(connection: sa.Connection, figure: Figure) -> bool:
    """Say whether the latest release has the figure, shown or hidden."""
    return any(_codes(row) == figure.breakdown.codes for row in _cells(connection, figure))


_HIDDEN = frozenset(
    status.value
    for status in (Status.LOW, Status.SUPPRESSED, Status.UNRELIABLE_WITHHELD, Status.WITHDRAWN)
)
"""Statuses behind which somebody knows a number."""


def _codes(row: "sa.Row[Any]") -> tuple[str, ...]:
    return tuple(getattr(row, name) for name in BREAKDOWN_COLUMNS)


def _cells(connection: sa.Connection, figure: Figure) -> list["sa.Row[Any]"]:
    """Return the cells of an indicator, area and period in the latest release."""
    standing = standing_releases(connection)
    if not standing:
        return []
    at = standing[-1].sequence
    query = (
        sa.select(cell.c.status, *(breakdown.c[name] for name in BREAKDOWN_COLUMNS))
        .join_from(cell, breakdown, cell.c.breakdown == breakdown.c.id)
        .where(
            cell.c.indicator == figure.indicator,
            cell.c.period == figure.period,
            cell.c.area == figure.area,
            cell.c.from_release <= at,
            sa.or_(cell.c.to_release.is_(None), cell.c.to_release > at),
        )
    )
    return list(connection.execute(query))

"""What a release is made of, read back from the database; the same every time."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import sqlalchemy as sa

from indicators.cells import BREAKDOWN_COLUMNS
from indicators.change_table import FIRST, ChangeSummary, count_changes
from indicators.changes import RowOrder, changes_between
from indicators.model import Indicator
from indicators.policy_words import disclosure_of
from indicators.snapshot import Change, ReleaseCard, Source
from indicators.snapshot_writer import ReleaseContents, area_order
from indicators.store.documents import read_document
from indicators.store.history import UPDATED, cells_at, release_ids
from indicators.store.released_returns import released_returns
from indicators.store.rows import select_frame, with_breakdowns
from indicators.store.tables import redaction, release
from reference.places import PlaceSet

ReleaseFacts = sa.Row[Any]


def contents_of(connection: sa.Connection, facts: ReleaseFacts) -> ReleaseContents:
    """Return all that a release's snapshot is written from; `facts` is its row."""
    return make_contents(
        connection,
        facts,
        places=read_document(connection, "places", facts.places),
        indicators=read_document(connection, "catalogue", facts.catalogue),
        sources=read_document(connection, "sources", facts.sources),
        cells=cells_at(connection, facts.sequence),
        previous=cells_at(connection, facts.previous),
    )


def make_contents(
    connection: sa.Connection,
    facts: ReleaseFacts,
    *,
    places: PlaceSet,
    indicators: tuple[Indicator, ...],
    sources: tuple[Source, ...],
    cells: pd.DataFrame,
    previous: pd.DataFrame,
) -> ReleaseContents:
    """Return the contents of a release whose parts are at hand."""
    names = release_ids(connection)
    changes: tuple[Change, ...] = ()
    summary = FIRST
    if facts.previous is not None:
        order = row_order(indicators, places)
        withheld = withheld_with(connection, facts.sequence)
        changes = changes_between(previous, cells, withheld, order)
        summary = ChangeSummary(
            since=names[facts.previous],
            counts=count_changes(changes),
            new_indicators=_new(cells, previous, "indicator", (one.id for one in indicators)),
            new_sources=_new(cells, previous, "source", (source.id for source in sources)),
        )
    used = set(cells["source"].unique())
    return ReleaseContents(
        card=card_of(facts, places),
        places=places,
        indicators=indicators,
        sources=tuple(source for source in sources if source.id in used),
        cells=_columns(cells.assign(**{UPDATED: cells[UPDATED].map(names)})),
        changes=changes,
        summary=summary,
        returns=released_returns(connection, facts.sequence),
        disclosure=disclosure_of(facts.policy, facts.policy_reason)
        if facts.has_submissions
        else None,
    )


def _new(
    cells: pd.DataFrame, previous: pd.DataFrame, column: str, ordered: Iterable[str]
) -> tuple[str, ...]:
    """Return the ids, in their order, that cells have and the cells before had not."""
    added = set(cells[column].unique()) - set(previous[column].unique())
    return tuple(id for id in ordered if id in added)


def _columns(cells: pd.DataFrame) -> Mapping[str, Any]:
    return {str(name): cells[name] for name in cells.columns}


def row_order(indicators: tuple[Indicator, ...], places: PlaceSet) -> RowOrder:
    """Return the order of rows for a catalogue and a place set."""
    return RowOrder(
        indicators={indicator.id: place for place, indicator in enumerate(indicators)},
        areas={code: place for place, code in enumerate(area_order(places))},
    )


def card_of(facts: ReleaseFacts, places: PlaceSet) -> ReleaseCard:
    """Return what a release says of itself."""
    return ReleaseCard(
        id=facts.id,
        place_set=places.id,
        kind=facts.kind,
        policy=facts.policy,
        method_version=facts.method_version,
        note=facts.note,
        has_submissions=bool(facts.has_submissions),
    )


def withheld_with(connection: sa.Connection, sequence: int) -> pd.DataFrame:
    """Return the keys of the cells that were withheld with a release."""
    names = ("indicator", "period", "area", "breakdown")
    query = (
        sa.select(*(redaction.c[name] for name in names))
        .where(redaction.c.release == sequence)
        .distinct()
    )
    rows = with_breakdowns(connection, select_frame(connection, query))
    return rows[["indicator", "period", "area", *BREAKDOWN_COLUMNS]]


def standing_releases(connection: sa.Connection) -> list[ReleaseFacts]:
    """Return the rows of the releases that were not withdrawn, oldest first."""
    query = sa.select(release).where(release.c.withdrawn_on.is_(None)).order_by(release.c.sequence)
    return list(connection.execute(query))

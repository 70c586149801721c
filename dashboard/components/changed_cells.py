"""The figures that differ between two releases, one line each: before, now, and where from."""

from typing import Final

from api.contract import BREAKDOWN_COLUMNS, TOTAL, ChangeRow, Paths, SourceCard
from dashboard.asking import filled
from dashboard.client import ApiClient
from dashboard.components.figures import same_numbers
from dashboard.components.table import Column, Row, table
from dashboard.components.text import bullets
from dashboard.page import Node, link, node
from dashboard.release_view import ReleaseView, asked, key_of
from dashboard.state import State, release_address, source_address
from dashboard.words.changes import KINDS, MEANINGS, change_words, shown
from dashboard.words.numbers import plural
from dashboard.words.parts import part_title
from dashboard.words.periods import day, short

MOST_SHOWN: Final = 100


def cells_table(client: ApiClient, view: ReleaseView) -> Node:
    """Return the figures of a choice that differ, with the links to all of them."""
    rows = view.rows
    if not rows:
        return None
    state = view.state
    columns = [
        Column("Period"),
        *([] if state.indicator else [Column("Indicator")]),
        *([] if state.area else [Column("Area")]),
        Column("Part"),
        Column("Before", is_number=True),
        Column("In this release", is_number=True),
        Column("Change", is_number=True),
        Column("What happened"),
        *([Column("From which publication")] if view.sources is not None else []),
    ]
    more = f"The first {MOST_SHOWN} of " if len(rows) > MOST_SHOWN else ""
    caption = (
        f"{more}{plural(len(rows), 'figure')} that {'differs' if len(rows) == 1 else 'differ'}"
    )
    return [
        table(caption, columns, [_row(view, row) for row in rows[:MOST_SHOWN]], look="cells"),
        same_numbers(_address(client, view), "these changes"),
        _kinds(view),
    ]


def _address(client: ApiClient, view: ReleaseView) -> str:
    return client.address_of(filled(Paths.RELEASE_CHANGES, release=view.id), **asked(view))


def _row(view: ReleaseView, row: ChangeRow) -> Row:
    state, measure = view.state, view.measure(row["indicator"])
    return (
        short(row["period"]),
        *([] if state.indicator else [_indicator(view, row)]),
        *([] if state.area else [_area(view, row)]),
        _part(row),
        shown(row, "old", measure),
        shown(row, "new", measure),
        change_words(row, measure),
        KINDS[row["kind"]],
        *([_sources(view, row)] if view.sources is not None else []),
    )


def _indicator(view: ReleaseView, row: ChangeRow) -> Node:
    """Return the way to the changes of an indicator in the area."""
    return link(view.title(row["indicator"]), _chosen(view, indicator=row["indicator"]))


def _area(view: ReleaseView, row: ChangeRow) -> Node:
    return link(row["area_name"], _chosen(view, area=row["area_code"]))


def _chosen(view: ReleaseView, **choices: str) -> str:
    return release_address(view.id, view.state, subject="", **choices)


def _part(row: ChangeRow) -> str:
    held = {**row}
    parts = [part_title(str(held[n]), "") for n in BREAKDOWN_COLUMNS if held[n] != TOTAL]
    return ", ".join(parts) or "All"


def _sources(view: ReleaseView, row: ChangeRow) -> Node:
    """Return from which publications both figures come: the newer one stands."""
    held = view.sources or {}
    key = key_of({**row})
    old, new = held.get((view.since, key), ""), held.get((view.id, key), "")
    if not old or old == new:
        return _source(view, new, row)
    return [
        node("Div", "Now: ", _source(view, new, row)),
        node("Div", "Before: ", _source(view, old, row)),
    ]


def _source(view: ReleaseView, id: str, row: ChangeRow) -> Node:
    if not id:
        return "none"
    card = next((one for one in view.release["sources"] if one["id"] == id), None)
    state = State(
        indicator=row["indicator"],
        area=row["area_code"],
        period=row["period"],
        release=view.id,
    )
    return link(_edition(card) if card else id, source_address(id, state))


def _edition(card: SourceCard) -> str:
    name = card["title"].partition(": ")[0]
    return f"{name}, published on {day(card['published_on'])}"


def _kinds(view: ReleaseView) -> Node:
    told = [kind for kind in KINDS if view.counts.get(kind)]
    said = [f"{KINDS[kind].capitalize()}: {MEANINGS[kind]}." for kind in told]
    why = (
        "Publishers seldom say why a single figure was revised. Of two publications that give a "
        "figure, the newer one stands."
    )
    return node("Div", bullets(said), node("P", why), className="note")

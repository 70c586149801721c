"""The figures that differ between two releases, one line each: before, now, and where from."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from api.contract import BREAKDOWN_COLUMNS, TOTAL, ChangeRow, Paths, SourceCard
from dashboard.asking import filled
from dashboard.client import ApiClient
from dashboard.components.figures import same_numbers
from dashboard.components.table import Column, table
from dashboard.components.text import bullets
from dashboard.page import Node, link, node
from dashboard.state import State, release_address, source_address
from dashboard.views.release_view import ReleaseView, asked, key_of
from dashboard.words.changes import KINDS, MEANINGS, change_words, shown
from dashboard.words.numbers import plural
from dashboard.words.parts import part_title
from dashboard.words.periods import day, short

MOST_SHOWN: Final = 60
NEW: Final = "new"
_WHOLE: Final = "All"
Cell = Callable[[ChangeRow], Node]


def cells_table(client: ApiClient, view: ReleaseView) -> Node:
    """Return the figures of a choice that differ, with the links to all of them."""
    told = [row for row in view.rows if row["kind"] != NEW]
    new = [row for row in view.rows if row["kind"] == NEW]
    if not view.rows:
        return None
    return [
        _table(view, told) if told else None,
        _new(view, new, is_open=not told) if new else None,
        same_numbers(_address(client, view), "these changes"),
        _kinds(view),
    ]


def _new(view: ReleaseView, rows: Sequence[ChangeRow], *, is_open: bool) -> Node:
    """Return the figures that were not there before, folded where others come first."""
    words = plural(len(rows), "new figure")
    return node(
        "Details",
        node("Summary", node("Span", words, className="fold-title")),
        _table(view, rows),
        open=is_open or None,
        className="fold",
    )


def _table(view: ReleaseView, rows: Sequence[ChangeRow]) -> Node:
    state = view.state
    is_new, has_parts = rows[0]["kind"] == NEW, any(_part(row) != _WHOLE for row in rows)
    held: list[tuple[Column, Cell | None]] = [
        (Column("Period"), lambda row: short(row["period"])),
        (Column("Indicator"), None if state.indicator else partial(_indicator, view)),
        (Column("Area"), None if state.area else partial(_area, view)),
        (Column("Part"), _part if has_parts else None),
        (Column("Before", is_number=True), None if is_new else partial(_value, view, "old")),
        (Column("In this release", is_number=True), partial(_value, view, "new")),
        (Column("Change", is_number=True), None if is_new else partial(_change, view)),
        (Column("What happened"), None if is_new else _kind),
        (Column("From which publication"), partial(_sources, view) if view.sources else None),
    ]
    kept = [(column, cell) for column, cell in held if cell is not None]
    more = f"The first {MOST_SHOWN} of " if len(rows) > MOST_SHOWN else ""
    words = ("new figure",) if is_new else ("figure that differs", "figures that differ")
    return table(
        f"{more}{plural(len(rows), *words)}",
        [column for column, _ in kept],
        [tuple(cell(row) for _, cell in kept) for row in rows[:MOST_SHOWN]],
        look="cells",
    )


def _value(view: ReleaseView, side: str, row: ChangeRow) -> str:
    return shown(row, side, view.measure(row["indicator"]))


def _change(view: ReleaseView, row: ChangeRow) -> str:
    return change_words(row, view.measure(row["indicator"]))


def _kind(row: ChangeRow) -> str:
    return KINDS[row["kind"]]


def _address(client: ApiClient, view: ReleaseView) -> str:
    return client.address_of(filled(Paths.RELEASE_CHANGES, release=view.id), **asked(view))


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
    return ", ".join(parts) or _WHOLE


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

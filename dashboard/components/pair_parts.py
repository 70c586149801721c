"""The parts of the page of a pair: choices, chart, words of the quadrants, table."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from api.contract import IndicatorCard, PairRow
from dashboard.components import controls
from dashboard.components.chart_card import chart_card
from dashboard.components.figures import same_numbers
from dashboard.components.pair_chart import pair_chart
from dashboard.components.table import Column, Row, sort_choice, table
from dashboard.components.text import section, sentence_case, stage_place, stage_words, tag
from dashboard.page import Node, link, node
from dashboard.views.pair_view import SCATTER, PairView
from dashboard.words import periods
from dashboard.words.counts import counts_authorities
from dashboard.words.numbers import plural
from dashboard.words.pairs import (
    CONTEXT,
    QUADRANTS,
    chance_words,
    figure_words,
    is_context,
    quadrant_words,
)


def choices(view: PairView) -> Node:
    """Return the form: authority and period, and of a free pair the two figures."""
    state = view.state
    authorities = {area["code"]: area["name"] for area in view.library.authorities}
    if view.chosen:
        authorities[view.chosen["code"]] = view.chosen["name"]
    return controls.form(
        SCATTER if view.is_free else f"/pairs/{view.card['id']}",
        *(_two(view) if view.is_free else ()),
        controls.select(
            "area", "Authority", [("", "None chosen"), *authorities.items()], state.area
        ),
        controls.select("period", "Period", _periods(view), state.period)
        if view.measured
        else None,
        controls.kept("release", state.release),
        controls.kept("model", state.model),
        controls.kept("sort", state.sort),
        button="Show",
        label="Choose what is shown",
    )


def _two(view: PairView) -> tuple[Node, Node]:
    options = [
        *((f"{CONTEXT}{one['id']}", f"Context: {one['title']}") for one in view.variables),
        *(
            (card["id"], f"{stage_words(card['stage'])}: {card['short_title']}")
            for card in sorted(view.library.indicators.values(), key=_by_stage)
            if card["latest"] and not counts_authorities(card["unit"])
        ),
    ]
    return (
        controls.select("x", "Across", options, view.card["x"]),
        controls.select("y", "Upwards", options, view.card["y"]),
    )


def _by_stage(card: IndicatorCard) -> tuple[int, str]:
    return stage_place(card["stage"]), card["short_title"]


def _periods(view: PairView) -> list[tuple[str, str]]:
    """Return the periods to choose from; the shown one is the usual, unless one was asked for."""
    asked, card = view.state.period, view.card
    side, shown = (
        (view.y, card["y_period"]) if is_context(card["x"]) else (view.x, card["x_period"])
    )
    held = [
        ("" if period == shown and not asked else period,
         periods.label(period, side.measure.measured))
        for period in view.periods
    ]  # fmt: skip
    if not any(value == asked for value, _ in held):
        held.insert(0, (asked, asked or "The latest year of both"))
    return held


def chart_section(view: PairView) -> Node:
    """Return the chart; the reason alone where no year has both."""
    heading = node("H2", "Chart of both figures", id="chart", className="visually-hidden")
    made = [node("P", view.card["sentence"])]
    if view.card["x_period"] is not None:
        made = [chart_card(pair_chart(view))]
    return node("Section", heading, *made, aria_labelledby="chart")


def words_section(view: PairView) -> Node:
    """Return what can be said in each quadrant and what to ask, with the number of authorities."""
    card = view.card
    row = view.chosen_row
    own = row["quadrant"] if row else None
    counts = {
        "higher_higher": card["authorities_higher_higher"],
        "higher_lower": card["authorities_higher_lower"],
        "lower_higher": card["authorities_lower_higher"],
        "lower_lower": card["authorities_lower_lower"],
    }
    said = {
        "higher_higher": card["higher_higher"],
        "higher_lower": card["higher_lower"],
        "lower_higher": card["lower_higher"],
        "lower_lower": card["lower_lower"],
    }
    name = view.chosen["name"] if view.chosen else ""
    lines: list[Row] = [
        (
            [quadrant_words(quadrant), " ", tag(name, "chosen") if quadrant == own else None],
            str(counts[quadrant]),
            said[quadrant],
        )
        for quadrant in QUADRANTS
    ]
    columns = [
        Column(f"{view.x.short_title}, then {view.y.short_title}"),
        Column("Authorities", is_number=True),
        Column("What it says, and what to ask"),
    ]
    level = card["authorities_on_a_line"]
    return section(
        "quadrants-in-words",
        "What each quadrant says",
        table("The quadrants in words", columns, lines, look="wide-end", is_headed=True),
        node(
            "P",
            f"{plural(level, 'authority has', 'authorities have')} the very figure of the line in "
            "one of the two and stand in no quadrant. Two that return jointly count once."
            if level
            else "Two authorities that return jointly count once.",
            className="note",
        ),
    )


def table_section(view: PairView) -> Node:
    """Return the table of all authorities, the chosen one and its neighbours before the others."""
    rows = _sorted(view)
    first = [row for row in rows if _stands_out(view, row)]
    if not view.state.sort:
        first.sort(key=lambda row: row["area_code"] != view.state.area)
    others = [row for row in rows if not _stands_out(view, row)]
    columns = [
        _sortable(view, "name", "Authority", is_number=False),
        _sortable(view, "x", view.x.short_title),
        _sortable(view, "y", view.y.short_title),
        _sortable(view, "quadrant", "Quadrant", is_number=False),
        Column("More than chance"),
    ]
    name = view.chosen["name"] if view.chosen else ""
    caption = f"Both figures of {name} and its neighbours" if len(first) > 1 else "Both figures"
    near = table(caption, columns, [_line(view, row) for row in first], look="wide-end")
    far = table(
        "Both figures of each other authority" if first else "Both figures of each authority",
        columns,
        [_line(view, row) for row in others],
        look="wide-end",
        id=ALL,
        is_headed=True,
    )
    said = f"{'The other' if first else 'All'} {plural(len(others), 'authority', 'authorities')}"
    return section(
        "authorities",
        "Table of authorities",
        node("P", _about_table(view)) if None not in (view.x.line, view.y.line) else None,
        near if first else None,
        node(
            "Details",
            node("Summary", node("Span", said, className="fold-title")),
            far,
            className="fold",
            open=bool(view.state.sort) or None,
        ),
        same_numbers(view.rows.address, "the table"),
    )


def _about_table(view: PairView) -> str:
    country = view.library.country["name"]
    lines = f"{sentence_case(view.x.line_name)} and {view.y.line_name} part higher from lower."
    if len(view.measured) == len(QUADRANTS) // 2:
        return f"{lines} “More than chance” is against {country}, each figure by itself."
    if view.measured:
        return (
            f"{lines} “More than chance” is of the indicator against {country}; a context variable "
            "is not tested."
        )
    return f"{lines} Context variables are not tested."


ALL: Final = "all-authorities"
"""The table of all but the chosen authority and its neighbours."""
_SORTS: Final[Mapping[str, Callable[[PairRow], Any]]] = {
    "name": lambda row: row["area_name"],
    "x": lambda row: row["x_value"],
    "y": lambda row: row["y_value"],
    "quadrant": lambda row: row["quadrant"],
}


def _sorted(view: PairView) -> list[PairRow]:
    """Return the rows in the order asked for; those without what is sorted by come last."""
    rows = sorted(view.rows.data, key=_SORTS["name"])
    key = _SORTS.get(view.state.sort.removeprefix("-"))
    if key is None:
        return rows
    known = [row for row in rows if key(row) is not None]
    ordered = sorted(known, key=key, reverse=view.state.sort.startswith("-"))
    return [*ordered, *(row for row in rows if key(row) is None)]


def _sortable(view: PairView, sort: str, title: str, *, is_number: bool = True) -> Column:
    following, current = sort_choice(view.state.sort, sort)
    return Column(title, is_number, f"{view.place(sort=following)}#authorities", current)


def _stands_out(view: PairView, row: PairRow) -> bool:
    return row["area_code"] == view.state.area or row["area_code"] in view.neighbours


def _line(view: PairView, row: PairRow) -> Row:
    mark = None
    if row["area_code"] == view.state.area:
        mark = tag("chosen", "chosen")
    elif row["area_code"] in view.neighbours:
        mark = tag("neighbour")
    head = [link(row["area_name"], view.address_of(row["area_code"])), " ", mark]
    return (
        head,
        figure_words(row["x_value"], row["x_status"], view.x),
        figure_words(row["y_value"], row["y_status"], view.y),
        quadrant_words(row["quadrant"], row["reason_code"]),
        chance_words(row),
    )

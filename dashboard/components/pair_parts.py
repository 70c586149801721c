"""The parts of the page of a pair: choices, chart, words of the quadrants, table."""

from api.contract import PairRow
from dashboard.components import controls
from dashboard.components.figures import drawing, same_numbers
from dashboard.components.table import Column, Row, table
from dashboard.components.text import section, tag
from dashboard.page import Node, link, node
from dashboard.pair_view import PairView
from dashboard.svg.quadrant import Point, Way, key_symbol, quadrant_chart
from dashboard.words import periods
from dashboard.words.numbers import plural
from dashboard.words.pairs import (
    QUADRANTS,
    Side,
    beyond_words,
    figure_words,
    quadrant_words,
)


def choices(view: PairView) -> Node:
    """Return the form: authority and period."""
    state = view.state
    authorities = {area["code"]: area["name"] for area in view.library.authorities}
    if view.chosen:
        authorities[view.chosen["code"]] = view.chosen["name"]
    shown = view.card["x_period"]
    held = [
        ("" if period == shown and not state.period else period,
         periods.label(period, view.x.measure.measured))
        for period in view.periods
    ]  # fmt: skip
    if not any(value == state.period for value, _ in held):
        held.insert(0, (state.period, state.period or "The latest year of both"))
    return controls.form(
        f"/pairs/{view.card['id']}",
        controls.select(
            "area", "Authority", [("", "None chosen"), *authorities.items()], state.area
        ),
        controls.select("period", "Period", held, state.period),
        controls.kept("release", state.release),
        controls.kept("model", state.model),
        button="Show",
        label="Choose what is shown",
    )


def chart_section(view: PairView) -> Node:
    """Return the chart with its key and its sentence; the reason alone where no year has both."""
    if view.card["x_period"] is None:
        return section("chart", "Chart of both figures", node("P", view.card["sentence"]))
    return section(
        "chart",
        "Chart of both figures",
        node("P", _how_to_read(view)),
        node(
            "Figure",
            drawing(_chart(view), "quadrant-place"),
            node("Figcaption", _key(view)),
            className="quadrant-figure",
        ),
        node("P", view.card["sentence"]),
        same_numbers(view.rows.address, "the chart", with_sources=""),
    )


def _how_to_read(view: PairView) -> str:
    x, y = view.x, view.y
    return (
        f"Across: {x.title}, {x.time}. Upwards: {y.title}, {y.time}. The lines are "
        f"{_both_lines(view)}. Axes span the figures, so they need not begin at nought. A darker "
        "dot is several authorities."
    )


def _both_lines(view: PairView) -> str:
    x, y = view.x, view.y
    if x.line is None or y.line is None:
        return "left out, as neither the country nor the authorities have enough figures"
    whose = x.whose if x.whose == y.whose else f"{x.whose} across and {y.whose} upwards"
    return f"the figures of {whose}"


def _chart(view: PairView) -> str:
    points = [
        _point(view, row)
        for row in view.rows.data
        if row["x_value"] is not None
        and row["y_value"] is not None
        and row["reason_code"] != "not_rankable"
    ]
    description = (
        f"Each of {plural(len(points), 'authority', 'authorities')} by both figures. "
        f"{view.card['sentence']} The table below holds the same."
    )
    return quadrant_chart(
        "quadrants", view.card["title"], description, points, _way(view.x), _way(view.y)
    )


def _way(side: Side) -> Way:
    return Way(side.short_title, side.measure.unit, side.line, side.line_name)


def _point(view: PairView, row: PairRow) -> Point:
    is_chosen = row["area_code"] == view.state.area
    figures = (
        figure_words(row["x_value"], row["x_status"], view.x),
        figure_words(row["y_value"], row["y_status"], view.y),
    )
    return Point(
        label=f"{row['area_name']}: {figures[0]}, {figures[1]}",
        x=float(row["x_value"] or 0),
        y=float(row["y_value"] or 0),
        name=row["area_name"] if is_chosen else "",
        is_chosen=is_chosen,
        is_neighbour=row["area_code"] in view.neighbours,
    )


def _key(view: PairView) -> Node:
    kinds = [("other", "an authority")]
    if view.chosen:
        kinds = [
            ("chosen", view.chosen["name"]),
            ("neighbour", "its statistical neighbours"),
            ("other", "another authority"),
        ]
    items = [
        node("Li", drawing(key_symbol(kind), "key-drawing"), node("Span", words))
        for kind, words in kinds
    ]
    return node("Ul", *items, className="key")


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
    rows = sorted(view.rows.data, key=lambda row: row["area_name"])
    first = [row for row in rows if _stands_out(view, row)]
    first.sort(key=lambda row: row["area_code"] != view.state.area)
    others = [row for row in rows if not _stands_out(view, row)]
    columns = [
        Column("Authority"),
        Column(view.x.short_title, is_number=True),
        Column(view.y.short_title, is_number=True),
        Column("Quadrant"),
        Column("More than chance"),
    ]
    return section(
        "authorities",
        "Table of authorities",
        node(
            "P",
            f"{view.x.line_name} and {view.y.line_name} part higher from lower. “More than chance” "
            f"is against {view.library.country['name']}, each figure by itself.",
        )
        if view.x.line is not None and view.y.line is not None
        else None,
        table(
            "Both figures of each authority",
            columns,
            [_line(view, row) for row in first],
            [_line(view, row) for row in others],
            look="wide-end",
            is_headed=True,
        ),
        same_numbers(view.rows.address, "the table"),
    )


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
        beyond_words(row["beyond_chance"]),
    )

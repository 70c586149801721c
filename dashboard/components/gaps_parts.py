"""The parts of the page of gaps: choices, and each area in words and in a table."""

from api.contract import InequalityRow, Status
from dashboard.components import controls
from dashboard.components.gaps_chart import time_of
from dashboard.components.indicator_gaps import gap_cell, gap_words
from dashboard.components.table import Column, Row, table
from dashboard.components.text import section, sentence_case, stage_place, stage_words
from dashboard.page import Node, link, node
from dashboard.state import State, indicator_address
from dashboard.views.gaps_view import GAPS, GapsView
from dashboard.views.indicator_parts import FAMILY, Side
from dashboard.words import periods
from dashboard.words.inequalities import gaps_sentence
from dashboard.words.multiples import lower_first
from dashboard.words.numbers import NO_VALUE, span
from dashboard.words.parts import (
    Part,
    column_words,
    missing_parts_sentences,
    part_title,
    parts_sentence,
    silent_sentence,
)
from dashboard.words.statuses import status_word

OTHERS = "Same for other groups"
_OPEN = 2
"""Areas up to which all tables are open."""
_LEAST_DECIMALS = 1


def choices(view: GapsView) -> Node:
    """Return the form."""
    state = view.state
    held = [
        card
        for card in view.library.indicators.values()
        if card["latest"] and (card["breakdowns"] or card["family"])
    ]
    held.sort(key=lambda card: (stage_place(card["stage"]), card["short_title"]))
    indicators = [(c["id"], f"{stage_words(c['stage'])}: {c['short_title']}") for c in held]
    if not any(id == view.indicator["id"] for id, _ in indicators):
        indicators.insert(0, (view.indicator["id"], view.indicator["short_title"]))
    ways = [(name, sentence_case(column_words(name))) for name in view.indicator["breakdowns"]]
    ways += [(FAMILY, OTHERS)] if view.siblings else []
    areas = [("", view.library.country["name"])]
    areas += [(area["code"], area["name"]) for area in view.library.authorities]
    if view.chosen and not any(code == state.area for code, _ in areas):
        areas.append((view.chosen["code"], view.chosen["name"]))
    return controls.form(
        GAPS,
        controls.select("indicator", "Indicator", indicators, view.indicator["id"]),
        controls.select("by", "Parts", ways or [("", "None held")], view.by),
        controls.select("area", "Area", areas, state.area),
        controls.kept("areas", state.areas),
        controls.kept("period", state.period),
        controls.kept("release", state.release),
        button="Show",
        label="Choose what is shown",
    )


def titled_parts(view: GapsView, side: Side) -> list[Part]:
    """Return the parts of an area with their titles."""
    titles = view.now.titles if view.now else {}
    return [(part_title(c, t), side.rows[c]) for c, t in titles.items() if c in side.rows]


def opening_sentence(view: GapsView, side: Side) -> str:
    """Return which parts of an area differ from all together, beginning with its name."""
    said = gaps_sentence(titled_parts(view, side), view.measure)
    return f"{side.area['name']}: {lower_first(said)}" if said else _of_parts(view, side)


def _gap_sentence(view: GapsView, side: Side) -> str:
    """Return what the gaps of an area say; what its parts say where none is compared."""
    return gap_words(side, titled_parts(view, side), view.measure) or _of_parts(view, side)


def _of_parts(view: GapsView, side: Side) -> str:
    adds_up = view.now.adds_up if view.now else False
    titled = titled_parts(view, side)
    return parts_sentence(side.area["name"], side.whole, titled, view.measure, adds_up=adds_up)


def area_sections(view: GapsView) -> Node:
    """Return the table twin: each area with its sentence, and the reason where it has no parts."""
    if view.is_family:
        return section("table", "Each group in figures", _family_table(view))
    if view.now is None:
        return None
    made = [_area(view, side) for side in view.now.shown]
    silent = [
        node("P", silent_sentence(side.area["name"], side.common_status))
        for side in view.now.sides
        if side.common_status
    ]
    more = [_folded(side, body) for side, body in zip(view.now.shown, made, strict=True)][_OPEN:]
    return section("table", "Each part in figures", _about_years(view), made[:_OPEN], more, silent)


def _about_years(view: GapsView) -> Node:
    if view.before is None or view.now is None or not view.now.has_gaps:
        return None
    return node(
        "P",
        f"Two years stand side by side, {time_of(view, view.now.period)} and "
        f"{time_of(view, view.before.period)}. Whether a gap became wider or narrower is not "
        "tested: where the two intervals overlap much, chance may be all of it.",
    )


def _folded(side: Side, body: Node) -> Node:
    name = node("Span", side.area["name"], className="fold-title")
    return node("Details", node("Summary", name), body, className="fold")


def _area(view: GapsView, side: Side) -> Node:
    name = side.area["name"]
    titled = titled_parts(view, side)
    missing = missing_parts_sentences(name, titled)
    return node(
        "Div",
        node("H3", name),
        node("P", _gap_sentence(view, side)),
        table(
            f"{name}, {column_words(view.by)}",
            _columns(view),
            _rows(view, side),
            look="parts-table gaps",
        ),
        node("P", " ".join(missing), className="note") if missing else None,
    )


def _columns(view: GapsView) -> list[Column]:
    now = time_of(view, view.now.period) if view.now else ""
    columns = [
        Column("Part"),
        Column(f"Figure, {now}", is_number=True),
        Column("95% interval", is_number=True),
        Column("Against all together", is_number=True),
    ]
    if view.before is None:
        return columns
    before = time_of(view, view.before.period)
    return [
        *columns,
        Column(f"Figure, {before}", is_number=True),
        Column("Against all together then", is_number=True),
    ]


def _rows(view: GapsView, side: Side) -> list[Row]:
    earlier = _earlier(view, side)
    titles = view.now.titles if view.now else {}
    whole = view.now.whole_title if view.now else ""
    rows = [_row(view, whole, side.whole, earlier.whole if earlier else None)]
    for code, title in titles.items():
        if code in side.rows:
            then = earlier.rows.get(code) if earlier else None
            rows.append(_row(view, part_title(code, title), side.rows[code], then))
    return rows


def _earlier(view: GapsView, side: Side) -> Side | None:
    sides = view.before.sides if view.before else ()
    return next((one for one in sides if one.area["code"] == side.area["code"]), None)


def _row(view: GapsView, name: str, now: InequalityRow | None, then: InequalityRow | None) -> Row:
    cells = [name, _figure(view, now), _interval(view, now), gap_cell(now, view.measure)]
    if view.before is None:
        return cells
    return [*cells, _figure(view, then), gap_cell(then, view.measure)]


def _figure(view: GapsView, row: InequalityRow | None) -> str:
    if row is None:
        return NO_VALUE
    ok = row["status"] == Status.OK
    return view.measure.quantity(row["value"]) if ok else status_word(row["status"])


def _interval(view: GapsView, row: InequalityRow | None) -> str:
    if row is None or row["ci_lower"] is None:
        return NO_VALUE
    places = max(view.measure.decimals, _LEAST_DECIMALS)
    return span(row["ci_lower"], row["ci_upper"], "", places)


def _family_table(view: GapsView) -> Node:
    columns = [Column("Group")]
    for area in view.areas:
        columns += [Column(area["name"], is_number=True), Column("95% interval", is_number=True)]
    held = {
        area["code"]: {r["part"]: r for r in view.of_family(area["code"])} for area in view.areas
    }
    parts = dict.fromkeys(part for rows in held.values() for part in rows)
    return table(
        "The same for each group",
        columns,
        [_family_row(view, part or "", [held[a["code"]].get(part) for a in view.areas])
         for part in parts],
        is_headed=True,
    )  # fmt: skip


def _family_row(view: GapsView, part: str, rows: list[InequalityRow | None]) -> Row:
    card = view.library.indicators.get(part)
    kept = State(area=view.state.area, release=view.state.release)
    head: Node = link(card["title"], indicator_address(part, kept)) if card else part
    cells: list[Node] = []
    for row in rows:
        figure = _figure(view, row)
        is_older = row is not None and row["period"] != view.indicator["latest"]
        dated = f" ({periods.short(row['period'])})" if row and is_older else ""
        cells += [f"{figure}{dated}", _interval(view, row)]
    return [head, *cells]

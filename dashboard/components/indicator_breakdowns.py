"""A figure broken down: its parts for the country and the chosen area, in words, table, drawing."""

from collections.abc import Iterable

from api.contract import ObservationRow, Status
from dashboard.components.figures import drawing, same_numbers
from dashboard.components.sources import figure_source_link
from dashboard.components.table import Column, Row, table
from dashboard.components.text import between, hidden, section, sentence_case
from dashboard.indicator_parts import Breakdown, Side, breakdowns_of, crossed
from dashboard.indicator_view import IndicatorView
from dashboard.page import Node, bootstrap, link, node
from dashboard.svg.parts import Line, Mark, part_lines
from dashboard.words import periods
from dashboard.words.numbers import NO_VALUE, number, span, unit_heading
from dashboard.words.outcomes import join_words
from dashboard.words.parts import (
    Part,
    column_words,
    missing_parts_sentences,
    part_title,
    parts_sentence,
    silent_sentence,
    whole_sentence,
)
from dashboard.words.statuses import flag_words, status_word

_LEAST_DECIMALS = 1
"""Of the limits of intervals: parts are small, and `0 to 0` would say nothing."""

_FEW = 2
"""Columns up to which a table is kept narrow, so that a figure stands near its part."""

SECTION = ("broken-down", "Broken down")
"""Its id and its title."""


def broken_down(view: IndicatorView) -> Node:
    """Return the section of all breakdowns; nothing where the indicator has none."""
    if not view.indicator["breakdowns"]:
        return None
    country, shown = view.library.country, view.shown_area
    areas = [country] if shown["code"] == country["code"] else [country, shown]
    periods_shown = [view.period, *([view.previous] if view.previous else [])]
    found = breakdowns_of(view.beside, view.indicator, periods_shown, areas)
    is_rounded = view.measure.decimals < _LEAST_DECIMALS and any(map(_has_intervals, found))
    each = {_earlier(view, breakdown) for breakdown in found}
    earlier = each.pop() if len(each) == 1 else ""
    before_rounding = _BEFORE_ROUNDING if is_rounded else ""
    return section(
        *SECTION,
        node("P", f"{_NO_TESTS}{before_rounding}" if found else _NONE_HELD),
        node("P", earlier) if earlier else None,
        [_breakdown(view, breakdown, said_above=bool(earlier)) for breakdown in found],
        _crossed(view),
        same_numbers(view.beside.parts_address, "the parts" if found else "earlier parts"),
    )


def _crossed(view: IndicatorView) -> Node:
    columns = crossed(view.beside, view.indicator["id"])
    if not columns:
        return None
    by = column_words(columns[0]) + "".join(
        f" and {name.replace('_', ' ')}" for name in columns[1:]
    )
    return node("P", f"Parts {by} together are not shown here; the file of the parts has them.")


_NONE_HELD = "No part of this figure is held of the period shown, nor of the one before."
_NO_TESTS = (
    "The same figure in parts. Parts are not tested against each other: some of what differs is "
    "chance, most of all where few are counted."
)
_BEFORE_ROUNDING = " An interval is of the figure before it was rounded."


def _breakdown(view: IndicatorView, breakdown: Breakdown, *, said_above: bool) -> Node:
    of_table, of_drawing = _widths(breakdown)
    said = [_of(side, view, breakdown) for side in breakdown.sides]
    if not said_above:
        said.insert(0, _earlier(view, breakdown))
    return section(
        f"by-{breakdown.column.replace('_', '-')}",
        sentence_case(column_words(breakdown.column)),
        node("P", " ".join(filter(None, said))),
        bootstrap(
            "Row",
            bootstrap("Col", _table(view, breakdown), xs=12, xl=of_table),
            bootstrap("Col", _drawing(view, breakdown), xs=12, xl=of_drawing),
            class_name="g-4",
        ),
        _notes(breakdown),
        _sources(view, breakdown),
        level=3,
    )


def _widths(breakdown: Breakdown) -> tuple[int, int]:
    """Return of how many twelfths of a wide page table and drawing take, beside or below it."""
    if len(breakdown.shown) > 1 and breakdown.has_counts and not breakdown.shares_denominator:
        return 12, 6
    return (8, 4) if len(breakdown.shown) > 1 or breakdown.has_counts else (5, 5)


def _earlier(view: IndicatorView, breakdown: Breakdown) -> str:
    if breakdown.period == view.period:
        return ""
    measured = view.measure.measured
    shown, held = (periods.when(period, measured) for period in (view.period, breakdown.period))
    return f"No part is held {shown}; these are the parts {held}."


def _of(side: Side, view: IndicatorView, breakdown: Breakdown) -> str:
    if side.common_status:
        return silent_sentence(side.area["name"], side.common_status)
    titled = [(_in_sentence(breakdown, title), row) for title, row in _parts(breakdown, side)]
    return parts_sentence(
        side.area["name"], side.whole, titled, view.measure, adds_up=breakdown.adds_up
    )


def _in_sentence(breakdown: Breakdown, title: str) -> str:
    """Return the title of a part so that it cannot be taken for another number."""
    is_age = breakdown.column == "age"
    return f"age {title[:1].lower()}{title[1:]}" if is_age else title


def _parts(breakdown: Breakdown, side: Side) -> list[Part]:
    return [
        (part_title(code, title), side.rows[code])
        for code, title in breakdown.titles.items()
        if code in side.rows
    ]


def _table(view: IndicatorView, breakdown: Breakdown) -> Node:
    by = column_words(breakdown.column)
    time = periods.label(breakdown.period, view.measure.measured)
    columns = [Column(f"Part ({unit_heading(view.measure.unit)})")]
    for side in breakdown.shown:
        columns += _columns(breakdown, side)
    whole: Row = [
        breakdown.whole_title,
        *_cells(breakdown, [side.whole for side in breakdown.shown], view),
    ]
    rows: list[Row] = [
        [
            part_title(code, title),
            *_cells(breakdown, [side.rows.get(code) for side in breakdown.shown], view),
        ]
        for code, title in breakdown.titles.items()
    ]
    caption = f"{view.indicator['short_title']} {by}, {time}"
    look = "parts-table" if len(columns) > _FEW else "parts-table narrow"
    return table(caption, columns, [whole], rows, look=look, is_headed=True)


def _columns(breakdown: Breakdown, side: Side) -> list[Column]:
    of = hidden(f" of {side.area['name']}")
    columns = [Column(side.area["name"], is_number=True)]
    if _has_intervals(breakdown):
        columns.append(Column(["95% interval", of], is_number=True))
    if breakdown.has_counts:
        columns.append(Column(["Counted", of], is_number=True))
    return columns


def _has_intervals(breakdown: Breakdown) -> bool:
    rows = [row for side in breakdown.shown for row in side.rows.values()]
    return any(row["ci_lower"] is not None for row in rows)


def _cells(
    breakdown: Breakdown, rows: Iterable[ObservationRow | None], view: IndicatorView
) -> list[Node]:
    measure, cells = view.measure, []
    for row in rows:
        cells.append(_figure(row, view))
        if _has_intervals(breakdown):
            limits = (row["ci_lower"], row["ci_upper"]) if row else (None, None)
            cells.append(span(*limits, measure.unit, max(measure.decimals, _LEAST_DECIMALS)))
        if breakdown.has_counts:
            cells.append(_counted(row, of_own=not breakdown.shares_denominator))
    return cells


def _figure(row: ObservationRow | None, view: IndicatorView) -> str:
    if row is None:
        return NO_VALUE
    ok = row["status"] == Status.OK
    return view.measure.quantity(row["value"]) if ok else status_word(row["status"])


def _counted(row: ObservationRow | None, *, of_own: bool) -> str:
    if row is None or row["numerator"] is None:
        return NO_VALUE
    top = number(row["numerator"])
    is_share = of_own and row["denominator"] is not None
    return f"{top} of {number(row['denominator'])}" if is_share else top


def _drawing(view: IndicatorView, breakdown: Breakdown) -> Node:
    kinds = [_kind(view, side) for side in breakdown.shown]
    names = [side.area["name"] for side in breakdown.shown]
    lines = [
        Line(part_title(code, title), _marks(view, breakdown, code))
        for code, title in breakdown.titles.items()
    ]
    if not breakdown.adds_up:
        whole = tuple(_mark(view, side, side.whole) for side in breakdown.shown)
        lines.insert(0, Line(breakdown.whole_title, whole, is_whole=True))
    by = column_words(breakdown.column)
    description = (
        f"A line for each part with the figure of {join_words(names)}"
        f"{', each with its 95% interval' if _has_intervals(breakdown) else ''}. "
        "The table beside it has the same figures."
    )
    return drawing(
        part_lines(
            f"parts-{breakdown.column.replace('_', '-')}",
            f"{view.indicator['short_title']} {by}",
            description,
            lines,
            list(zip(kinds, names, strict=True)),
            view.measure.unit,
        )
    )


def _kind(view: IndicatorView, side: Side) -> str:
    return "country" if side.area["code"] == view.library.country["code"] else "chosen"


def _marks(view: IndicatorView, breakdown: Breakdown, code: str) -> tuple[Mark, ...]:
    return tuple(_mark(view, side, side.rows.get(code)) for side in breakdown.shown)


def _mark(view: IndicatorView, side: Side, row: ObservationRow | None) -> Mark:
    kind, figure = _kind(view, side), _figure(row, view)
    if row is None or row["status"] != Status.OK or row["value"] is None:
        return Mark(kind, None, None, None, figure)
    return Mark(kind, float(row["value"]), row["ci_lower"], row["ci_upper"], figure)


def _notes(breakdown: Breakdown) -> Node:
    said = [
        whole_sentence(
            has_counts=breakdown.has_counts,
            shares_denominator=breakdown.shares_denominator,
            overlaps=breakdown.overlaps,
            sums={
                side.area["name"]: (side.sum, side.whole["numerator"] if side.whole else None)
                for side in breakdown.shown
            },
        )
    ]
    for side in breakdown.shown:
        said += missing_parts_sentences(side.area["name"], _parts(breakdown, side))
    return node("P", " ".join(said), _flags(breakdown), className="note parts-notes")


def _flags(breakdown: Breakdown) -> Node:
    rows = [row for side in breakdown.shown for row in side.rows.values()]
    flags = sorted({flag for row in rows for flag in row["flags"]})
    return [" Marked as ", link(flag_words(flags), "/about#missing"), "."] if flags else None


def _sources(view: IndicatorView, breakdown: Breakdown) -> Node:
    """Return the way to each source of the parts, with the areas whose parts come from it."""
    names: dict[str, dict[str, None]] = {}
    for side in breakdown.shown:
        for row in side.rows.values():
            if row["source"]:
                names.setdefault(row["source"], {})[side.area["name"]] = None
    ways = [
        figure_source_link(
            source,
            view.indicator["id"],
            "",
            breakdown.period,
            view.state.release,
            f"parts of {join_words(list(of))}" if len(names) > 1 else "all parts",
        )
        for source, of in names.items()
    ]
    by = hidden(f" {column_words(breakdown.column)}")
    return node("P", "Source", by, ": ", between(ways, ", "), ".", className="same-numbers")

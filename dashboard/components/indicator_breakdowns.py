"""A figure broken down: its parts for the country and the chosen area, in words, table, drawing."""

from collections.abc import Sequence

from dashboard.asking import csv_address
from dashboard.charts.chart import Chart
from dashboard.components.chart_card import chart_card
from dashboard.components.figures import same_numbers
from dashboard.components.indicator_chart import chart_of
from dashboard.components.indicator_gaps import gap_notes, gap_words
from dashboard.components.indicator_part_lines import part_drawing
from dashboard.components.indicator_part_table import LEAST_DECIMALS, part_table, table_id
from dashboard.components.sources import figure_source_link
from dashboard.components.text import between, hidden, section, sentence_case
from dashboard.page import Node, bootstrap, link, node
from dashboard.state import indicator_address
from dashboard.views.indicator_parts import Breakdown, Side, breakdowns_of
from dashboard.views.indicator_view import IndicatorView
from dashboard.words import periods
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
from dashboard.words.statuses import flag_words

SECTION = ("broken-down", "Broken down")
"""Its id and its title."""


def broken_down(view: IndicatorView) -> Node:
    """Return the section of one breakdown with links to the others; nothing where none is."""
    if not view.indicator["breakdowns"]:
        return None
    found = _found(view)
    shown = _shown(view, found)
    is_rounded = view.measure.decimals < LEAST_DECIMALS and any(one.has_intervals for one in found)
    before_rounding = _BEFORE_ROUNDING if is_rounded else ""
    return section(
        *SECTION,
        _switch(view, found, shown),
        _opening([shown] if shown else [], before_rounding),
        _breakdown(view, shown) if shown else None,
        _crossed(view),
        same_numbers(view.beside.parts_address, "the parts" if found else "earlier parts"),
    )


def _found(view: IndicatorView) -> list[Breakdown]:
    country, shown = view.library.country, view.shown_area
    areas = [country] if shown["code"] == country["code"] else [country, shown]
    periods_shown = [view.period, *([view.previous] if view.previous else [])]
    return breakdowns_of(view.beside, view.indicator, periods_shown, areas)


def _shown(view: IndicatorView, found: Sequence[Breakdown]) -> Breakdown | None:
    """Return the breakdown that was asked for, else the first."""
    asked = (one for one in found if one.column == view.state.by)
    return next(asked, found[0] if found else None)


def _switch(view: IndicatorView, found: Sequence[Breakdown], shown: Breakdown | None) -> Node:
    if len(found) < len(_TWO):
        return None
    links = [
        link(
            sentence_case(column_words(one.column)),
            indicator_address(view.indicator["id"], view.state, by=one.column, subject=""),
            aria_current="true" if one is shown else None,
        )
        for one in found
    ]
    items = node("Ul", *[node("Li", one) for one in links])
    return node("Nav", items, className="switch", aria_label="Breakdowns")


_TWO = "ab"


def parts_chart(view: IndicatorView) -> Chart | None:
    """Return the chart of one breakdown; None where no part is held."""
    shown = _shown(view, _found(view))
    return _chart(view, shown) if shown else None


def _chart(view: IndicatorView, breakdown: Breakdown) -> Chart:
    by = column_words(breakdown.column)
    when = periods.label(breakdown.period, view.measure.measured)
    said = [_of(side, view, breakdown)[0] for side in breakdown.sides]
    return chart_of(
        view,
        "parts",
        f"{view.indicator['short_title']} {by}, {when}",
        " ".join(filter(None, said)),
        part_drawing(view, breakdown),
        rows_address=view.beside.parts_address,
        table_address=f"#{table_id(breakdown)}",
        width=_DRAWN,
    )


_DRAWN = 480
"""Pixels up to which the drawing grows."""


def _crossed(view: IndicatorView) -> Node:
    columns = view.beside.crossed
    if not columns:
        return None
    by = column_words(columns[0]) + "".join(
        f" and {name.replace('_', ' ')}" for name in columns[1:]
    )
    way = link("the file of all figures", csv_address(view.beside.crossed_address))
    return node("P", f"Parts {by} together are not shown here; ", way, " has them.")


def _opening(found: list[Breakdown], before_rounding: str) -> Node:
    """Return what the section says of its parts before any of them."""
    if not found:
        return node("P", _NONE_HELD)
    is_tested = any(breakdown.has_gaps for breakdown in found)
    return node("P", f"{_TESTS if is_tested else _NO_TESTS}{before_rounding}")


_NONE_HELD = "No part of this figure is held of the period shown, nor of the one before."
_NO_TESTS = (
    "The same figure in parts. Parts are not tested against each other: some of what differs is "
    "chance, most of all where few are counted."
)
_TESTS = (
    "The same figure in parts, each against all together in the same area. A word other than "
    "“similar” says that the two differ by more than chance explains. All parts of a breakdown are "
    "looked at together, so that one may be “similar” although its interval just leaves out 0. A "
    "word does not say why: groups differ in age, need and history, and in how they are recorded."
)
_BEFORE_ROUNDING = " An interval is of the figure before it was rounded."


def _breakdown(view: IndicatorView, breakdown: Breakdown) -> Node:
    of_table, of_drawing = _widths(breakdown)
    earlier = _earlier(view, breakdown)
    gaps = [words for side in breakdown.sides if (words := _of(side, view, breakdown)[1])]
    return section(
        f"by-{breakdown.column.replace('_', '-')}",
        sentence_case(column_words(breakdown.column)),
        node("P", earlier) if earlier else None,
        [node("P", words) for words in gaps],
        bootstrap(
            "Row",
            bootstrap("Col", chart_card(_chart(view, breakdown)), xs=12, xl=of_drawing),
            bootstrap("Col", part_table(view, breakdown), xs=12, xl=of_table),
            class_name="g-4",
        ),
        _notes(breakdown),
        _sources(view, breakdown),
        level=3,
    )


def _widths(breakdown: Breakdown) -> tuple[int, int]:
    """Return of how many twelfths of a wide page table and drawing take, beside or below it."""
    if len(breakdown.shown) > 1 and breakdown.has_counts and not breakdown.shares_denominator:
        return 12, 8
    return (7, 5) if len(breakdown.shown) > 1 or breakdown.has_counts else (6, 6)


def _earlier(view: IndicatorView, breakdown: Breakdown) -> str:
    if breakdown.period == view.period:
        return ""
    measured = view.measure.measured
    shown, held = (periods.when(period, measured) for period in (view.period, breakdown.period))
    return f"No part is held {shown}; these are the parts {held}."


def _of(side: Side, view: IndicatorView, breakdown: Breakdown) -> tuple[str, str]:
    """Return what the parts of an area say, and what their gaps to its total do."""
    if side.common_status:
        return silent_sentence(side.area["name"], side.common_status), ""
    titled = [(_in_sentence(breakdown, title), row) for title, row in _parts(breakdown, side)]
    said = parts_sentence(
        side.area["name"], side.whole, titled, view.measure, adds_up=breakdown.adds_up
    )
    gaps = gap_words(side, titled, view.measure)
    return said, f"{side.area['name']}: {gaps[:1].lower()}{gaps[1:]}" if gaps else ""


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
    said += gap_notes(breakdown)
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

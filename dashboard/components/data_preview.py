"""The first rows of a selection, with words beside codes."""

import csv
from collections.abc import Mapping, Sequence
from typing import Any, Final

from api.contract import BREAKDOWN_COLUMNS, IndicatorCard, Status
from dashboard.components.sources import figure_source_link
from dashboard.components.table import Column, Row, table
from dashboard.components.text import bullets, hidden, sentence_case
from dashboard.page import Node, link, node
from dashboard.state import State, indicator_address
from dashboard.views.selection import Selection
from dashboard.words.numbers import number, plural, span
from dashboard.words.outcomes import Measure
from dashboard.words.statuses import flag_words, status_word

MOST_SHOWN: Final = 20
MOST_ACROSS: Final = 12
_STATUS: Final = "_status"
_NOT_SHOWN: Final = ("release", "area_code", "area_type", "period_start", "period_end")

Cells = Mapping[str, Any]
"""A row of the API with the words of each code, as `labels=both` gives it."""


def preview(selection: Selection, rows: Sequence[Cells], total: int) -> Node:
    """Return the table of the first rows."""
    if not rows:
        return None
    one_indicator = len({row["indicator"] for row in rows}) == 1 and len(selection.ids) == 1
    columns = [
        Column("Area"),
        *([] if one_indicator else [Column("Indicator")]),
        Column("Period"),
        *(Column(sentence_case(name.replace("_", " "))) for name in selection.columns),
        Column("Value", is_number=True),
        Column("95% interval", is_number=True),
        Column("Count", is_number=True),
        Column("Out of", is_number=True),
        Column("Notes"),
        Column("Where from"),
    ]
    cards = selection.library.indicators
    return table(
        _caption(rows, total, cards if one_indicator else {}),
        columns,
        [_row(selection, row, is_named=not one_indicator) for row in rows],
        look="preview",
    )


def _caption(rows: Sequence[Cells], total: int, cards: Mapping[str, IndicatorCard]) -> str:
    card = cards.get(rows[0]["indicator"])
    what = f": {card['title']}" if card else ""
    if total > len(rows):
        return f"The first {len(rows)} of {plural(total, 'row')}{what}"
    return f"{'The only row' if total == 1 else f'All {total} rows'}{what}"


def _row(selection: Selection, row: Cells, *, is_named: bool) -> Row:
    card = selection.library.indicators[row["indicator"]]
    measure = Measure.of(card)
    release = selection.state.release
    address = indicator_address(card["id"], State(release=release))
    missing = status_word(row["status"])
    return (
        row["area_name"],
        *([link(card["short_title"], address)] if is_named else []),
        sentence_case(row["period_label"]),
        *(row[f"{name}_label"] for name in selection.columns),
        measure.amount(row["value"]) if row["status"] == Status.OK else missing,
        span(row["ci_lower"], row["ci_upper"], card["unit"], card["decimals"]),
        number(row["numerator"]),
        number(row["denominator"]),
        flag_words(row["flags"]),
        figure_source_link(
            row["source"],
            card["id"],
            row["area_code"],
            row["period"],
            release,
            ["source", hidden(f" of {card['short_title']}, {row['area_name']}")],
        ),
    )


def wide_preview(selection: Selection, text: str) -> Node:
    """Return the first lines of a wide CSV, without the columns that say nothing here."""
    heading, *lines = list(csv.reader(text.splitlines()))
    across = [name for name in heading if f"{name}{_STATUS}" in heading]
    shown = [name for name in heading if name not in across and _says(name, selection)]
    kept = across[:MOST_ACROSS]
    columns = [
        *(Column(sentence_case(name.replace("_", " "))) for name in shown),
        *(Column(name, is_number=True) for name in kept),
    ]
    rows = [dict(zip(heading, line, strict=True)) for line in lines[:MOST_SHOWN]]
    more = len(across) - len(kept)
    what = f": {_only(selection)}" if _only(selection) else ""
    return [
        table(
            f"The first {len(rows)} of {plural(len(lines), 'line')} of the wide CSV{what}",
            columns,
            [(*(row[n] for n in shown), *(_across(row, n) for n in kept)) for row in rows],
            look="preview",
        ),
        node("P", f"It has {plural(more, 'more column')} of values.", className="note")
        if more
        else None,
    ]


def _says(name: str, selection: Selection) -> bool:
    """Say whether a column before the values is shown: no status, no flags, no bare total."""
    plain = name.removesuffix("_label")
    if plain in BREAKDOWN_COLUMNS:
        return plain in selection.columns
    if plain in {"indicator", "unit"} and _only(selection):
        return False
    return not name.endswith((_STATUS, "_flags")) and name not in _NOT_SHOWN


def _only(selection: Selection) -> str:
    """Return the title of the only indicator that is chosen, blank where there are more."""
    cards = selection.cards
    return cards[0]["title"] if len(cards) == 1 else ""


def _across(row: Mapping[str, str], name: str) -> str:
    return row[name] or status_word(row[f"{name}{_STATUS}"] or None)


def warnings_list(warnings: Sequence[str], selection: Selection) -> Node:
    """Return what the API warns of, in words, with what to do about it."""
    said = [sentence_case(_named(text, selection)) for text in warnings]
    said += [
        f"None of the chosen indicators is broken down by {name.replace('_', ' ')}, so that "
        "nothing of it is asked for. Choose another breakdown or another indicator."
        for name in selection.not_held
    ]
    if not said:
        return None
    return node(
        "Div",
        node("H3", "What to know of this selection"),
        bullets([text if text.endswith(".") else f"{text}." for text in said]),
        className="inset",
    )


def _named(text: str, selection: Selection) -> str:
    """Return a warning with the title of the indicator in place of its id."""
    first, space, rest = text.partition(" ")
    card = selection.library.indicators.get(first.rstrip(":"))
    return (
        f"{card['short_title']}{':' if first.endswith(':') else ''}{space}{rest}" if card else text
    )

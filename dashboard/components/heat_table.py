"""The heat table: authorities by indicators, shaded and marked where figures differ."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from itertools import groupby

from api.contract import AreaCard, ComparisonRow, IndicatorCard, Status
from dashboard.components.table import sort_choice
from dashboard.components.text import hidden, kind_words, stage_words
from dashboard.page import Node, link, node
from dashboard.prerender import MARKUP
from dashboard.state import State, address, authority_address, indicator_address
from dashboard.views.heat_choice import COUNTRY
from dashboard.views.heat_view import DIFFER, NAME, HeatView
from dashboard.words import periods
from dashboard.words.heat import good_words, heard, letter_meaning, letter_of, look_of, mark_of
from dashboard.words.numbers import plural, quantity, unit_heading

PATH = "/heat"
_CODE = "CODE-OF-AN-AREA"
_TALL = 30
"""From so many authorities on the table scrolls in its box, so that its heads stay in sight."""
_WIDE = 14
"""From so many indicators on the table takes the whole width of the window."""
_FIXED = 2
"""Columns before those of indicators: the authority, and how many of its figures differ."""


def heat_table(view: HeatView) -> Node:
    """Return the table in a box that scrolls by itself, its first column staying in sight."""
    caption = caption_of(view)
    ways = {card["id"]: _way(view, card["id"]) for card in view.shown_columns}
    body = "".join(_row(view, area, ways) for area in view.shown_areas)
    made = node(
        "Table",
        node("Caption", caption, className="visually-hidden"),
        node("Thead", _kinds(view), _stages(view), _heads(view)),
        node("Tbody", _country(view)) if view.against == COUNTRY else None,
        node("Tbody", **{MARKUP: body}),
        node("Tbody", _foot(view)),
        className="heat-table",
    )
    tall = "heat-tall " if len(view.shown_areas) > _TALL else ""
    wide = "heat-wide" if len(view.shown_columns) > _WIDE else ""
    return node(
        "Div",
        made,
        className=f"table-scroll heat-scroll {tall}{wide}".strip(),
        tabIndex="0",
        role="region",
        aria_label=caption,
    )


def caption_of(view: HeatView) -> str:
    """Return what the table is of."""
    rows, columns = len(view.shown_areas), len(view.shown_columns)
    return (
        f"{plural(rows, 'authority', 'authorities')} by {plural(columns, 'indicator')}, latest "
        "figures held of each"
    )


def _kinds(view: HeatView) -> Node:
    return _spanned([card["kind"] for card in view.shown_columns], kind_words, "heat-kinds")


def _stages(view: HeatView) -> Node:
    keys = [f"{card['kind']} {card['stage']}" for card in view.shown_columns]
    return _spanned(keys, lambda key: stage_words(key.partition(" ")[2]), "heat-stages")


def _spanned(keys: Sequence[str], words: Callable[[str], str], look: str) -> Node:
    """Return a row of heads over all columns that are of one kind or stage."""
    cells = [
        node("Th", words(key), colSpan=len(list(held)), scope="colgroup")
        for key, held in groupby(keys)
    ]
    return node("Tr", node("Td", colSpan=_FIXED, className="heat-corner"), *cells, className=look)


def _heads(view: HeatView) -> Node:
    return node(
        "Tr",
        _head(view, NAME, "Authority", "heat-name"),
        _head(view, DIFFER, "Figures that differ", "heat-differ"),
        *[_indicator_head(view, card) for card in view.shown_columns],
        className="heat-heads",
    )


def _sort(view: HeatView, column: str) -> tuple[str, str]:
    following, current = sort_choice(view.state.sort or NAME, column)
    usual = "" if following == NAME else following
    return f"{address(PATH, view.state.changed(sort=usual))}#table", current


def _head(view: HeatView, column: str, title: str, look: str) -> Node:
    way, current = _sort(view, column)
    return node(
        "Th",
        link([title, _arrow(current), hidden(", sort")], way),
        scope="col",
        className=look,
        aria_sort=current or None,
    )


def _arrow(current: str) -> Node:
    mark = {"ascending": " ↑", "descending": " ↓"}.get(current)
    return node("Span", mark, aria_hidden="true") if mark else None


def _indicator_head(view: HeatView, card: IndicatorCard) -> Node:
    way, current = _sort(view, card["id"])
    facts = [
        periods.short(view.period(card["id"])),
        "" if card["unit"] in {"%", "£"} else unit_heading(card["unit"]),
        good_words(card["direction"]),
        "not tested" if card["id"] in view.untested else "",
    ]
    return node(
        "Th",
        node(
            "Span",
            link([card["short_title"], _arrow(current), hidden(", sort")], way),
            node("Span", ", ".join(filter(None, facts)), className="heat-facts"),
            className="heat-turned",
        ),
        scope="col",
        aria_sort=current or None,
    )


def _country(view: HeatView) -> Node:
    values = [
        node("Td", quantity(view.country_value(c["id"]), c["unit"], c["decimals"]))
        for c in view.shown_columns
    ]
    name = view.library.country["name"]
    return node("Tr", node("Th", name, scope="row"), node("Td"), *values, className="heat-country")


def _foot(view: HeatView) -> Node:
    counts = [node("Td", str(view.differing_in.get(c["id"], 0))) for c in view.shown_columns]
    total = node("Td", str(len(view.different)))
    head = node("Th", "Authorities that differ", scope="row")
    return node("Tr", head, total, *counts, className="heat-foot")


# Thousands of cells: written as text, as every one as a node would cost ten times as much.


def _row(view: HeatView, area: AreaCard, ways: Mapping[str, str]) -> str:
    code = area["code"]
    is_chosen = code == view.state.area
    kept = State(release=view.state.release)
    way = escape(authority_address(code, kept))
    mark = '<span aria-hidden="true"> ◆</span><span class="visually-hidden"> (chosen)</span>'
    name = f'<a href="{way}">{escape(area["name"])}</a>{mark if is_chosen else ""}'
    cells = "".join(
        _cell(view, view.cells.get((code, card["id"])), card, ways[card["id"]].replace(_CODE, code))
        for card in view.shown_columns
    )
    look = ' class="heat-chosen"' if is_chosen else ""
    return f'<tr{look}><th scope="row">{name}</th><td>{view.differing(code)}</td>{cells}</tr>'


def _cell(view: HeatView, row: ComparisonRow | None, card: IndicatorCard, way: str) -> str:
    if row is None or row["value"] is None:
        status = row["status"] if row else Status.NOT_AVAILABLE
        meaning = escape(letter_meaning(status))
        return f'<td class="heat-missing"><abbr title="{meaning}">{letter_of(status)}</abbr></td>'
    look = look_of(row)
    if view.is_only_beyond_chance and look in {"plain", "untested"}:
        said = heard(row)
        return (
            f'<td><span aria-hidden="true">·</span><span class="visually-hidden">{said}</span></td>'
        )
    mark = mark_of(row, card["direction"])
    shown = f'<span aria-hidden="true">{mark}</span> ' if mark else ""
    said = "" if look == "plain" else f'<span class="visually-hidden"> {heard(row)}</span>'
    figure = quantity(row["value"], card["unit"], card["decimals"])
    return f'<td class="heat-{look}"><a href="{way}">{shown}{figure}{said}</a></td>'


def _way(view: HeatView, indicator: str) -> str:
    """Return the address of an indicator with any authority, written as an attribute."""
    return escape(indicator_address(indicator, State(area=_CODE, release=view.state.release)))

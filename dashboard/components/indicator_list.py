"""Indicators by place of the framework: figure, period, which way it goes, how many differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.contract import FrameworkDomain, FrameworkPlace, IndicatorCard, Status
from dashboard.components.framework_picture import kind_mark, place_id
from dashboard.components.sources import figure_source_link
from dashboard.components.table import Column, Row, table
from dashboard.components.text import hidden, stage_words
from dashboard.page import Node, link, node
from dashboard.state import State, indicator_address
from dashboard.views.catalogue_view import CatalogueView
from dashboard.words import periods
from dashboard.words.gaps import gap_words
from dashboard.words.numbers import plural, quantity, unit_word
from dashboard.words.standing import arrow, differ_words, of_words, way_words
from dashboard.words.statuses import status_word

NO_ROWS: Final = "No indicator meets all of it. Take a word or a filter away, or try:"
FEW: Final = 30
"""Up to so many indicators, all parts are open."""
_KIND_WORDS: Final = {"outcome": "outcome", "performance": "performance", "context": "context"}

Cards = Mapping[str, IndicatorCard]


@dataclass(frozen=True)
class PlaceSection:
    """What stands under the heading of a place."""

    id: str
    title: str
    count: int
    content: Sequence[Node]


def folded(sections: Sequence[PlaceSection], count: int) -> list[Node]:
    """Return the sections as parts that unfold; open where few indicators are shown."""
    return [
        node(
            "Details",
            node(
                "Summary",
                node("H2", one.title, className="fold-title"),
                node("Span", f" – {_counted(one.count)}", className="note"),
            ),
            *one.content,
            id=one.id,
            open=place == 0 or count <= FEW,
            className="fold place-fold",
        )
        for place, one in enumerate(sections)
    ]


def _counted(count: int) -> str:
    return plural(count, "indicator") if count else "empty"


def place_sections(view: CatalogueView, kept: Cards, state: State) -> list[PlaceSection]:
    """Return a section for each place with indicators that are shown.

    Where nothing is filtered, empty places have a section too, and say why they are empty.
    """
    is_whole = len(kept) == len(view.library.indicators)
    found = []
    for place in view.places:
        rows = _rows(place, kept, view, state)
        if not rows and not is_whole:
            continue
        told = [
            node("P", place["description"]) if place["description"] and is_whole else None,
            _table(place, rows, view) if rows else None,
            _gaps(place) if is_whole else None,
        ]
        found.append(PlaceSection(place_id(place), place["area"], len(rows), told))
    return found


def _rows(place: FrameworkPlace, kept: Cards, view: CatalogueView, state: State) -> list[Row]:
    return [
        _row(kept[id], domain, view, state)
        for domain in place["domains"]
        for id in domain["indicators"]
        if id in kept
    ]


def _table(place: FrameworkPlace, rows: Sequence[Row], view: CatalogueView) -> Node:
    country = view.library.country["name"]
    columns = [
        Column("Indicator"),
        Column(country, is_number=True),
        Column("Period and source"),
        Column(f"{country}’s trend"),
        Column("Authorities that differ"),
    ]
    caption = f"{place['area']}: latest figures of {country}"
    return table(caption, columns, rows, look="indicator-list", is_headed=True)


def _row(card: IndicatorCard, domain: FrameworkDomain, view: CatalogueView, state: State) -> Row:
    trend, standing = view.trends.get(card["id"]), view.standings.get(card["id"])
    core = ["core set"] if card["is_core"] else []
    said = [_KIND_WORDS.get(card["kind"], card["kind"]), stage_words(card["stage"]).lower(), *core]
    note = node("Span", kind_mark(card["kind"]), f" {', '.join(said)}", className="note")
    shown = indicator_address(card["id"], State(release=state.release))
    return (
        [link(card["title"], shown), note],
        _figure(card, view),
        _held(card, view, state),
        [node("Span", arrow(trend), className="arrow", aria_hidden="true"), way_words(trend)],
        f"{differ_words(standing)}{of_words(standing)}",
    )


def _figure(card: IndicatorCard, view: CatalogueView) -> Node:
    row = view.figures.get(card["id"])
    if row is None:
        return "no figure"
    if row["status"] != Status.OK:
        return status_word(row["status"])
    unit = unit_word(card["unit"])
    shown = quantity(row["value"], card["unit"], card["decimals"])
    return [shown, node("Span", f" {unit}", className="note") if unit else None]


def _held(card: IndicatorCard, view: CatalogueView, state: State) -> Node:
    row = view.figures.get(card["id"])
    if row is None:
        return "none"
    way = figure_source_link(
        row["source"], card["id"], row["area_code"], row["period"], state.release
    )
    of = hidden(f" of {card['short_title']}")
    return [periods.label(row["period"], card["measured"]), " ", way, of if way else None]


def _gaps(place: FrameworkPlace) -> Node:
    empty = [domain for domain in place["domains"] if domain["gap"]]
    if place["gap"]:
        said = node("Strong", f"{gap_words(place['gap'])}. ")
        return node("P", said, place["why_empty"], className="empty")
    if not empty:
        return None
    items = [
        node("Li", node("Strong", f"{d['domain']}: {gap_words(d['gap'])}. "), d["why_empty"])
        for d in empty
    ]
    return [
        node("P", "Empty places, and why:", className="gaps-lead"),
        node("Ul", *items, className="gaps"),
    ]

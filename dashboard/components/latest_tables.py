"""The country's latest figures: the core set side by side, then all by place of the framework."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.contract import (
    FrameworkDomain,
    FrameworkPlace,
    IndicatorCard,
    ObservationRow,
    SourceCard,
    SourceKind,
    Status,
)
from dashboard.answers import Library
from dashboard.components.framework_picture import domain_id, place_id
from dashboard.components.sources import figure_source_link
from dashboard.components.table import Column, Row, table
from dashboard.components.text import kind_tag, section, stage_words
from dashboard.page import Node, bootstrap, link, node
from dashboard.state import State, indicator_address
from dashboard.words import periods
from dashboard.words.gaps import gap_words
from dashboard.words.numbers import plural, quantity, unit_word
from dashboard.words.statuses import status_word

_SIDES: Final = (("outcome", "Outcomes"), ("performance", "Performance"))


@dataclass(frozen=True)
class Latest:
    """The country's latest figures with the publications that they come from."""

    library: Library
    figures: Mapping[str, ObservationRow]
    sources: Sequence[SourceCard]
    release: str

    def source_of(self, id: str) -> SourceCard | None:
        """Return the publication of a figure; of a computed one, the newest that it rests on."""
        row = self.figures.get(id)
        if row is None:
            return None
        named = [source for source in self.sources if source["id"] == row["source"]]
        if named and named[0]["kind"] != SourceKind.COMPUTED:
            return named[0]
        behind = [
            source
            for source in self.sources
            if id in source["indicators"] and source["kind"] == SourceKind.PUBLICATION
        ]
        return max(behind, key=lambda source: source["published_on"], default=None)


def core_section(latest: Latest) -> Node:
    """Return the core set: outcomes beside performance, then context."""
    core = [card for card in latest.library.indicators.values() if card["is_core"]]
    if not core:
        return None
    sides = [_side(kind, title, core, latest) for kind, title in _SIDES]
    context = [card for card in core if card["kind"] == "context"]
    return section(
        "core",
        "Core set",
        node(
            "P",
            f"{plural(len(core), 'indicator')} to look at first. Read outcomes and performance "
            "together: a service may be quick and change nothing, and a good outcome may come from "
            "elsewhere.",
        ),
        bootstrap("Row", *sides, class_name="g-4"),
        [node("H3", "Context", id="core-context"), _table("Core set, context", context, latest)]
        if context
        else None,
    )


def _side(kind: str, title: str, core: Sequence[IndicatorCard], latest: Latest) -> Node:
    cards = [card for card in core if card["kind"] == kind]
    empty = node("P", "No indicator of this kind is in the core set.", className="empty")
    return bootstrap(
        "Col",
        node("H3", title, id=f"core-{kind}"),
        _table(f"Core set, {title.lower()}", cards, latest) if cards else empty,
        xs=12,
        lg=6,
    )


def place_sections(places: Sequence[FrameworkPlace], latest: Latest) -> list[Node]:
    """Return a section for each place, its domains folded up."""
    return [_place(number, place, latest) for number, place in enumerate(places)]


def _place(number: int, place: FrameworkPlace, latest: Latest) -> Node:
    known = latest.library.indicators
    held: list[tuple[int, FrameworkDomain, list[IndicatorCard]]] = [
        (n, domain, [known[one] for one in domain["indicators"] if one in known])
        for n, domain in enumerate(place["domains"])
    ]
    return section(
        place_id(number),
        place["area"],
        node("P", place["description"]) if place["description"] else None,
        [
            _domain(domain_id(number, n), place["area"], domain, cards, latest)
            for n, domain, cards in held
            if cards
        ],
        _empty(place, [domain for _, domain, cards in held if not cards]),
        level=3,
    )


def _empty(place: FrameworkPlace, domains: Sequence[FrameworkDomain]) -> Node:
    """Return what is empty; the reasons stand in the picture of the framework."""
    if place["gap"]:
        return node("P", f"{gap_words(place['gap'])}. {place['why_empty']}", className="empty")
    if not domains:
        return None
    named = "; ".join(f"{domain['domain']} ({_lowered(domain['gap'])})" for domain in domains)
    return node("P", f"Empty: {named}.", className="note fold-empty")


def _lowered(gap: str) -> str:
    words = gap_words(gap)
    return words[:1].lower() + words[1:]


def _domain(
    id: str,
    area: str,
    domain: FrameworkDomain,
    cards: Sequence[IndicatorCard],
    latest: Latest,
) -> Node:
    name = domain["domain"] or "All its indicators"
    count = node("Span", f" – {plural(len(cards), 'indicator')}", className="note")
    caption = f"{area}, {name}: latest figures of {latest.library.country['name']}"
    return node(
        "Details",
        node("Summary", node("Span", name, className="fold-title"), count),
        node("P", domain["description"]) if domain["description"] else None,
        _table(caption, cards, latest),
        id=id,
        className="fold",
    )


def _table(caption: str, cards: Sequence[IndicatorCard], latest: Latest) -> Node:
    columns = [
        Column("Indicator"),
        Column(latest.library.country["name"], is_number=True),
        Column("Latest figures held"),
    ]
    rows = [_row(card, latest) for card in cards]
    return table(caption, columns, rows, look="even latest", is_headed=True)


def _row(card: IndicatorCard, latest: Latest) -> Row:
    address = indicator_address(card["id"], State(release=latest.release))
    name = node(
        "Span",
        link(card["title"], address),
        node("Span", kind_tag(card["kind"]), f" {stage_words(card['stage'])}", className="note"),
    )
    return (name, _figure(card, latest.figures.get(card["id"])), _held(card, latest))


def _figure(card: IndicatorCard, row: ObservationRow | None) -> Node:
    if row is None:
        return "no figure"
    if row["status"] != Status.OK:
        return status_word(row["status"])
    shown = quantity(row["value"], card["unit"], card["decimals"])
    unit = unit_word(card["unit"])
    return [shown, node("Span", f" {unit}", className="note") if unit else None]


def _held(card: IndicatorCard, latest: Latest) -> Node:
    row, source = latest.figures.get(card["id"]), latest.source_of(card["id"])
    if row is None:
        return "none"
    published = f"published {periods.day(source['published_on'])}" if source else ""
    designation = source["designation"] if source else card["designation"]
    said = [published, designation[:1].lower() + designation[1:]]
    note = node("Span", ", ".join(filter(None, said)), className="note")
    way = figure_source_link(
        row["source"], card["id"], row["area_code"], row["period"], latest.release
    )
    return [periods.label(row["period"], card["measured"]), " ", way, note]

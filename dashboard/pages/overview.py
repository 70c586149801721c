"""The overview: the framework with the country's latest figures, and the way to an authority."""

import asyncio
from collections.abc import Mapping, Sequence

from api.contract import FrameworkPlace, IndicatorCard, ObservationRow, Status
from dashboard.client import ApiClient, Library
from dashboard.components import controls
from dashboard.components.figures import same_numbers
from dashboard.components.sources import release_section
from dashboard.components.table import Column, Row, table
from dashboard.components.text import (
    heading,
    inset,
    kind_tag,
    lead,
    section,
    stage_words,
)
from dashboard.page import Node, Page, link, node
from dashboard.shell import SITE
from dashboard.state import State, indicator_address
from dashboard.words import periods
from dashboard.words.numbers import plural, quantity, unit_word
from dashboard.words.statuses import status_word

Figures = Mapping[str, ObservationRow]


async def page(client: ApiClient, state: State) -> Page:
    """Return the overview: release, framework and the country's latest figures, three calls."""
    release = await client.release(state.release)
    library = await client.library(release.meta)
    pinned = release.meta["release"]
    framework, rows = await asyncio.gather(
        client.framework(pinned),
        client.observations(list(library.indicators), ["england"], ["latest"], pinned),
    )
    figures = {row["indicator"]: row for row in rows.data}
    sentence = opening_sentence(library, figures)
    return Page(
        title=SITE,
        description=sentence,
        content=[
            heading("How are children and families doing, and how are services?"),
            lead(sentence),
            inset(
                "Start with a question, not with a rank: is a difference more than chance, what is "
                "the area like, and what would the authority itself say about it? Ask it: figures "
                "do not say why."
            ),
            _find(library, state),
            _framework(framework.data, library, figures, state),
            same_numbers(rows.address, "these figures"),
            _gaps(),
            release_section(release.meta),
        ],
    )


def opening_sentence(library: Library, figures: Figures) -> str:
    """Return what is held, and for which times."""
    known = [row for row in figures.values() if row["status"] == Status.OK]
    ends = sorted({row["period_end"] for row in known})
    held = plural(len(library.indicators), "indicator")
    authorities = plural(len(library.authorities), "authority", "authorities")
    if not ends:
        return f"{held} of children’s social care are defined for {authorities}; no figures yet."
    times = f"from {periods.day(ends[0])} to {periods.day(ends[-1])}"
    return (
        f"{held} of children’s social care in {library.country['name']} for {authorities}; "
        f"the latest figures held are for periods that ended {times}."
        if ends[0] != ends[-1]
        else f"{held} of children’s social care for {authorities}; the latest figures held are "
        f"for the period that ended on {periods.day(ends[0])}."
    )


def _find(library: Library, state: State) -> Node:
    return section(
        "find",
        "Find an authority",
        find_form(library, state),
        node("P", link("All authorities by region", "/areas")),
    )


def find_form(library: Library, state: State) -> Node:
    """Return the form that leads to an authority's page."""
    options = [(area["code"], area["name"]) for area in library.authorities]
    return controls.form(
        "/areas",
        controls.select("code", "Authority", [("", "Choose an authority"), *options], ""),
        controls.kept("release", state.release),
        button="Go",
        label="Find an authority",
        is_enhanced=False,
    )


def _framework(
    places: Sequence[FrameworkPlace], library: Library, figures: Figures, state: State
) -> Node:
    named = {id for place in places for domain in place["domains"] for id in domain["indicators"]}
    outside = [id for id in library.indicators if id not in named]
    ordered = sorted(places, key=lambda place: _first_of(place, list(library.indicators)))
    sections = [_place(n, place, library, figures, state) for n, place in enumerate(ordered)]
    if outside:
        beside = FrameworkPlace(
            area="Beside the framework",
            domains=[{"domain": "", "indicators": outside}],
        )
        sections.append(_place(len(places), beside, library, figures, state))
    return section(
        "indicators",
        "Indicators by place in the national framework",
        node(
            "P",
            "Outcomes are what matters to children and families; enablers are what services need. "
            f"Each figure is the latest one held for {library.country['name']}.",
        ),
        *sections,
    )


def _first_of(place: FrameworkPlace, order: Sequence[str]) -> int:
    """Return the place in the catalogue of the first indicator: outcomes stand before enablers."""
    ids = [id for domain in place["domains"] for id in domain["indicators"] if id in order]
    return min((order.index(id) for id in ids), default=len(order))


def _place(
    number: int, place: FrameworkPlace, library: Library, figures: Figures, state: State
) -> Node:
    rows = [
        _row(library.indicators[id], domain["domain"], figures.get(id), state)
        for domain in place["domains"]
        for id in domain["indicators"]
        if id in library.indicators
    ]
    country = library.country["name"]
    columns = [
        Column("Indicator"),
        Column(country, is_number=True),
        Column("Latest figures held"),
    ]
    return section(
        f"place-{number}",
        place["area"],
        table(
            f"{place['area']}: latest figures of {country}",
            columns,
            rows,
            look="even",
            is_headed=True,
        )
        if rows
        else node("P", "Nobody publishes a figure for this place of the framework yet."),
        level=3,
    )


def _row(card: IndicatorCard, domain: str, row: ObservationRow | None, state: State) -> Row:
    address = indicator_address(card["id"], State(release=state.release))
    name = node(
        "Span",
        link(card["title"], address),
        node(
            "Span",
            kind_tag(card["kind"]),
            " ",
            " · ".join(filter(None, [domain, stage_words(card["stage"])])),
            className="note",
        ),
    )
    return (name, *_figure(card, row))


def _figure(card: IndicatorCard, row: ObservationRow | None) -> tuple[Node, Node]:
    if row is None:
        return "no figure", "none"
    held = periods.label(row["period"], card["measured"])
    if row["status"] != Status.OK:
        return status_word(row["status"]), held
    shown = quantity(row["value"], card["unit"], card["decimals"])
    unit = unit_word(card["unit"])
    return [shown, node("Span", f" {unit}", className="note") if unit else None], held


def _gaps() -> Node:
    return section(
        "gaps",
        "What nobody measures",
        node(
            "P",
            "No published figure says how well agencies work together, what children themselves "
            "say about their lives, or whether a family felt helped. These places stay empty here "
            "until someone measures them; an empty place is not a good result.",
        ),
    )

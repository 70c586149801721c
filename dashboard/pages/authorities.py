"""Find an authority: all of them by region, and the way to one that was chosen in a form."""

from itertools import groupby

from api.contract import AreaCard
from dashboard.answers import Library
from dashboard.client import ApiClient
from dashboard.components.find_forms import find_form
from dashboard.components.sources import release_section
from dashboard.components.table import Column, Row, table
from dashboard.components.text import breadcrumbs, heading, lead, section
from dashboard.page import Page, link, node
from dashboard.state import State, authority_address
from dashboard.words.numbers import plural
from dashboard.words.periods import day


async def page(client: ApiClient, state: State) -> Page:
    """Return the list of authorities, or send the reader on to the one that was chosen."""
    if state.code:
        address = authority_address(state.code, State(release=state.release))
        return Page("Find an authority", "", None, redirect=address)
    release = await client.release(state.release)
    library = await client.library(release.meta)
    by_region = sorted(
        library.authorities, key=lambda area: (area["region_name"] or "", area["name"])
    )
    count = plural(len(by_region), "authority", "authorities")
    sentence = f"{count} of {library.country['name']} are responsible for children’s social care."
    return Page(
        title="Find an authority",
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/")),
            heading("Find an authority"),
            lead(sentence),
            find_form(library, state),
            *[
                _region(place, region, list(areas), state)
                for place, (region, areas) in enumerate(
                    groupby(by_region, key=lambda area: area["region_name"] or "")
                )
            ],
            _ended(library, state),
            release_section(release.meta),
        ],
    )


def _region(place: int, region: str, areas: list[AreaCard], state: State) -> object:
    columns = [Column("Authority"), Column("Type"), Column("DfE number"), Column("Code")]
    return section(
        f"region-{place}",
        region or "Without a region",
        table(
            f"Authorities: {region}",
            columns,
            [_row(area, state) for area in areas],
            look="even",
            is_headed=True,
        ),
    )


def _row(area: AreaCard, state: State) -> Row:
    address = authority_address(area["code"], State(release=state.release))
    code = node("Code", area["code"])
    return link(area["name"], address), area["type_label"] or "", area["number"] or "", code


def _ended(library: Library, state: State) -> object:
    """Return those that ended, folded, with the day and what took their place."""
    held = [a for a in library.areas.values() if a["kind"] == "authority" and a["last_day"]]
    if not held:
        return None
    columns = [Column("Authority"), Column("Last day"), Column("Became")]
    ended = sorted(held, key=lambda area: area["name"])
    summary = f"{plural(len(held), 'authority', 'authorities')} that ended"
    return node(
        "Details",
        node("Summary", node("Span", summary, className="fold-title")),
        table(
            "Authorities that ended",
            columns,
            [_former(area, library, state) for area in ended],
            look="even",
            is_headed=True,
        ),
        id="ended",
        className="fold",
    )


def _former(area: AreaCard, library: Library, state: State) -> Row:
    kept = State(release=state.release)
    links = [
        node("Div", link(library.areas[code]["name"], authority_address(code, kept)))
        for code in area["successors"]
        if code in library.areas
    ]
    name = link(area["name"], authority_address(area["code"], kept))
    return name, day(area["last_day"]), links

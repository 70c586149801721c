"""What happened to what an authority sent: each return in the release, and what it feeds."""

import asyncio

from api.contract import ReturnRow
from dashboard.answers import Library, Reply
from dashboard.client import ApiClient
from dashboard.components.figures import same_numbers
from dashboard.components.sources import release_section
from dashboard.components.text import breadcrumbs as way_here
from dashboard.components.text import bullets, heading, lead, section, summary_list
from dashboard.page import Node, Page, link, node
from dashboard.state import State, authority_address, indicator_address, source_address
from dashboard.words.names import opening
from dashboard.words.numbers import number, plural
from dashboard.words.periods import day, label

_ROLES = {"approver": "an approver of the authority", "steward": "a steward of the service"}


async def page(client: ApiClient, state: State) -> Page:
    """Return the page of the returns of one authority that the release holds."""
    area = await client.area(state.subject, state.release)
    name, release = area.data["name"], area.meta["release"]
    library, rows = await asyncio.gather(
        client.library(area.meta), client.returns(area.data["code"], release)
    )
    sentence = f"{_opening(name, rows.data)} All that is told here is of release {release}."
    here = authority_address(area.data["code"], State(release=state.release))
    return Page(
        title=f"{name}: what happened to what you sent",
        description=sentence,
        content=[
            way_here(("Overview", "/"), ("Authorities", "/areas"), (name, here)),
            heading("What happened to what you sent", caption=name),
            lead(sentence),
            node("P", _ABOUT),
            *(_return(row, library, state) for row in rows.data),
            _same(rows),
            release_section(area.meta),
        ],
    )


_ABOUT = (
    "Figures from a return are provisional: the publisher’s own take their place once they are out."
    " A return that was sent or accepted after the release was made is in the next one."
)


def _opening(name: str, rows: list[ReturnRow]) -> str:
    if not rows:
        return f"No return of {name} is in this release."
    shown = sum(row["figures_shown"] for row in rows)
    hidden = sum(row["figures_hidden"] for row in rows)
    return (
        f"{opening(name)} has {plural(len(rows), 'return')} in this release: "
        f"{plural(shown, 'figure')} shown and {number(hidden) if hidden else 'none'} hidden."
    )


def _return(row: ReturnRow, library: Library, state: State) -> Node:
    plain = f"{row['collection']}, {label(row['period'], 'during')}"
    return section(
        f"return-{row['collection']}-{row['period']}".lower(),
        row["title"] or plain,
        summary_list(
            [
                ("Version in the release", str(row["version"])),
                ("Received", f"{day(row['received_on'])}{_rows(row)}"),
                ("Signed off", _by(row["signed_off_on"], row["signed_off_by_role"])),
                ("Accepted", _by(row["accepted_on"], row["accepted_by_role"])),
                ("Figures shown", number(row["figures_shown"])),
                ("Figures hidden", number(row["figures_hidden"])),
                ("Figures missing otherwise", number(row["figures_other"])),
            ]
        ),
        _feeds(row, library, state),
    )


def _rows(row: ReturnRow) -> str:
    return f", with {plural(row['rows_received'], 'row')}" if row["rows_received"] else ""


def _by(on: str, role: str) -> str:
    if not on:
        return "The day is not recorded"
    return f"{day(on)}, by {_ROLES.get(role, role)}" if role else day(on)


def _feeds(row: ReturnRow, library: Library, state: State) -> Node:
    """Return the pages that show figures from a return."""
    if not row["indicators"]:
        return node(
            "P", "No figure of the release comes from it: published figures have taken its place."
        )
    chosen = State(area=row["area_code"], period=row["period"], release=state.release)
    ways: list[Node] = [
        link(library.indicators[id]["short_title"], indicator_address(id, chosen))
        for id in row["indicators"]
        if id in library.indicators
    ]
    source = source_address(row["source"], State(release=state.release))
    return [
        node("P", f"It feeds {plural(len(ways), 'indicator')} (", link("how", source), "):"),
        bullets(ways),
    ]


def _same(rows: Reply[list[ReturnRow]]) -> Node:
    return same_numbers(rows.address, "these returns") if rows.data else None

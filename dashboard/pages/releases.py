"""All releases, the days on which publications come out, and how to be told of the next."""

from collections.abc import Sequence
from typing import Final

from api.contract import Paths, ReleaseDetail, ReleaseRow
from dashboard.answers import Library, Reply
from dashboard.client import ApiClient
from dashboard.components import controls
from dashboard.components.feeds import feeds_section
from dashboard.components.publication_calendar import calendar_table
from dashboard.components.release_files import cite_release
from dashboard.components.sources import release_section
from dashboard.components.table import Column, Row, table
from dashboard.components.text import breadcrumbs, contents, heading, lead, section
from dashboard.page import Node, Page, link, node
from dashboard.pages.release import KINDS
from dashboard.state import State, release_address
from dashboard.words.changes import changes_sentence
from dashboard.words.numbers import plural
from dashboard.words.periods import day

_PARTS: Final = (
    ("All releases", "all"),
    ("When publications come out", "calendar"),
    ("Be told of changes", "feeds"),
    ("How to cite", "cite"),
)


async def page(client: ApiClient, state: State) -> Page:
    """Return the list of releases."""
    newest = await client.release(state.release)
    library = await client.library(newest.meta)
    found: Reply[list[ReleaseRow]] = await client.get(Paths.RELEASES)
    release = newest.data
    sentence = _sentence(found.data, release)
    return Page(
        title="Releases",
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/")),
            heading("Releases"),
            lead(sentence),
            node("P", changes_sentence(release["id"], release["changes"]), " ", _more(release)),
            contents(_PARTS),
            section("all", "All releases", _table(found.data)),
            section("calendar", "When publications come out", calendar_table(release["sources"])),
            section("follow", "Whose changes do you follow?", _follow(library, state)),
            feeds_section(client, state.indicator, state.area, _chosen(library, state)),
            section("cite", "How to cite a release", cite_release(client, newest.meta)),
            release_section(newest.meta),
        ],
    )


def _sentence(releases: Sequence[ReleaseRow], newest: ReleaseDetail) -> str:
    standing = [one for one in releases if not one["withdrawn"]]
    gone = len(releases) - len(standing)
    held = f"{plural(len(standing), 'release')} of figures {_are(len(standing))} held"
    withdrawn = f", {gone:,} {_were(gone)} withdrawn" if gone else ""
    return (
        f"{held}{withdrawn}; the one shown is {newest['id']}, published here on "
        f"{day(newest['published_on'])}."
    )


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _more(release: ReleaseDetail) -> Node:
    return link("What it changed, by indicator and figure", release_address(release["id"]))


def _table(releases: Sequence[ReleaseRow]) -> Node:
    columns = [Column("Release"), Column("Published here"), Column("What it is")]
    return table(
        "Releases, the newest first", columns, [_row(one) for one in releases], is_headed=True
    )


def _row(release: ReleaseRow) -> Row:
    return (
        link(release["id"], release_address(release["id"])),
        day(release["published_on"]),
        _what(release),
    )


def _what(release: ReleaseRow) -> Node:
    withdrawn = release["withdrawn"]
    if withdrawn:
        on = day(withdrawn.get("withdrawn_on"))
        return [node("Strong", "Withdrawn"), f" on {on}: {withdrawn.get('reason', '')}"]
    said = [
        KINDS.get(release["kind"], release["kind"]),
        f"corrects {release['amends']}" if release["amends"] else "",
        f"corrected by {release['amended_by']}" if release["amended_by"] else "",
        release["note"],
    ]
    return ". ".join(part[:1].upper() + part[1:] for part in said if part)


# ---- feeds


def _follow(library: Library, state: State) -> Node:
    cards = sorted((card["title"], id) for id, card in library.indicators.items())
    areas = [library.country, *library.authorities]
    return controls.form(
        "/releases",
        controls.select(
            "indicator",
            "Indicator",
            [("", "All indicators"), *((id, title) for title, id in cards)],
            state.indicator,
        ),
        controls.select(
            "area",
            "Area",
            [("", "All areas"), *((area["code"], area["name"]) for area in areas)],
            state.area,
        ),
        button="Show the feed",
        label="Choose whose changes to follow",
    )


def _chosen(library: Library, state: State) -> str:
    card, area = library.indicators.get(state.indicator), library.areas.get(state.area)
    parts = [card["short_title"] if card else "", area["name"] if area else ""]
    return ", ".join(filter(None, parts))

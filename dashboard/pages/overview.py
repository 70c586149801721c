"""The overview: the framework as picture and way in, the country's latest figures, what is new."""

import asyncio
from collections.abc import Sequence

from api.contract import FrameworkPlace, Status
from dashboard.answers import Library
from dashboard.client import ApiClient
from dashboard.components import controls
from dashboard.components.figures import same_numbers
from dashboard.components.framework_picture import framework_picture
from dashboard.components.latest_tables import Latest, core_section, place_sections
from dashboard.components.release_changes import changes_section
from dashboard.components.sources import release_section
from dashboard.components.text import contents, heading, inset, lead, section
from dashboard.page import Node, Page, link, node
from dashboard.shell import SITE
from dashboard.state import State
from dashboard.words import periods
from dashboard.words.numbers import plural

_CONTENTS = (
    ("Find an authority", "find"),
    ("The framework", "framework"),
    ("Core set", "core"),
    ("All indicators", "indicators"),
    ("What differs in this release", "changes"),
)


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
    latest = Latest(library, figures, release.data["sources"], state.release)
    sentence = opening_sentence(latest)
    core = core_section(latest)
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
            contents([part for part in _CONTENTS if core or part[1] != "core"]),
            _find(library, state),
            _framework(framework.data, library),
            core,
            _all(framework.data, latest),
            same_numbers(rows.address, "these figures"),
            changes_section(release.data, library, state, client.changes_address(pinned)),
            release_section(release.meta),
        ],
    )


def opening_sentence(latest: Latest) -> str:
    """Return what is held, and for which times."""
    library = latest.library
    known = [row for row in latest.figures.values() if row["status"] == Status.OK]
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


def _framework(places: Sequence[FrameworkPlace], library: Library) -> Node:
    return section(
        "framework",
        "The national framework",
        node(
            "P",
            "The framework says what help, protection and care are for. Choose a place to see its "
            "indicators. A place with a broken border is empty: an empty place is not a good "
            "result.",
        ),
        framework_picture(places, library.indicators),
    )


def _all(places: Sequence[FrameworkPlace], latest: Latest) -> Node:
    return section(
        "indicators",
        "All indicators, by place in the framework",
        node(
            "P",
            f"Each figure is the latest one held for {latest.library.country['name']}. Unfold a "
            "part to see its figures, the periods they are for and when they were published.",
        ),
        *place_sections(places, latest),
    )

"""One authority: what is unlike others, then all by stage, outcome beside performance."""

import asyncio
from collections.abc import Sequence
from typing import Final

from api.contract import (
    ALL_MODELS,
    COUNTRY_WORD,
    AreaDetail,
    ComparisonRow,
    ProfileRow,
    Status,
)
from dashboard.answers import Library, Reply
from dashboard.client import ApiClient
from dashboard.components.authority_changes import (
    CHANGED,
    changes_section,
    has_changes,
    past_of,
)
from dashboard.components.authority_differences import (
    UNLIKE,
    differences_section,
    has_differences,
)
from dashboard.components.authority_facts import about, children, inspections
from dashboard.components.authority_figures import OWN_PAST, Profile
from dashboard.components.authority_neighbours import neighbours_section
from dashboard.components.authority_stages import stage_section, stages_held
from dashboard.components.authority_table import TABLE, profile_table, reasons
from dashboard.components.authority_words import own_words
from dashboard.components.comments import comments_of
from dashboard.components.figures import same_numbers
from dashboard.components.indicator_pairs import READ_TOGETHER, pairs_of_area
from dashboard.components.sources import release_section
from dashboard.components.text import (
    breadcrumbs,
    contents,
    heading,
    lead,
    section,
    stage_words,
    tag,
)
from dashboard.indicator_view import is_without_members
from dashboard.page import Node, Page, node
from dashboard.pages.former_authority import former_page
from dashboard.state import State
from dashboard.words.names import opening, with_article
from dashboard.words.numbers import plural
from dashboard.words.outcomes import join_words, outcome_of

_SHOWN: Final = 3
"""Comparators that cards, lines and table show: country, region, neighbours."""
_SPOKEN: Final = (
    ("better", "better"),
    ("worse", "worse"),
    ("higher", "higher"),
    ("lower", "lower"),
    ("similar", "similar"),
    ("cannot_compare", "without a comparison"),
)


async def page(client: ApiClient, state: State) -> Page:
    """Return the page of an authority from two calls; a region or country has none here."""
    area = await client.area(state.subject, state.release)
    if area.data["last_day"]:
        return await former_page(client, state, area)
    library = await client.library(area.meta)
    code, release = area.data["code"], area.meta["release"]
    state = state.changed(subject=code)
    comparators = comparators_of(area.data, state.model)
    profile, neighbours, comments = await asyncio.gather(
        client.profile(code, comparators, release),
        client.neighbours(code, ALL_MODELS, area.meta),
        client.commentary(area.meta),
    )
    rows = _sensible(area.data, profile.data, comparators)
    said = comments_of(comments.data, code)
    held = Profile(area.data, rows, library, state, past_of(profile.data), said)
    sentence = opening_sentence(area.data, held.rows, library)
    return Page(
        title=area.data["name"],
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/"), ("Authorities", "/areas")),
            heading(area.data["name"], *_tags(area.data)),
            lead(sentence),
            node("P", f"Children aged 0 to 17: {children(area.data)}."),
            own_words(held),
            contents(_parts(held)),
            differences_section(held),
            changes_section(held),
            _spine_key(library),
            *[stage_section(stage, held) for stage in stages_held(held)],
            pairs_of_area(area.data, state),
            section(
                "profile",
                "The same figures as a table",
                profile_table(held),
                reasons(held),
                _links(client, profile, area),
            ),
            inspections(area.data),
            neighbours_section(area.data, neighbours, state),
            about(area.data, library),
            release_section(area.meta),
        ],
    )


def _parts(profile: Profile) -> list[tuple[str, str]]:
    unlike = [("Unlike others", UNLIKE)] if has_differences(profile) else []
    changed = [("Changed", CHANGED)] if has_changes(profile) else []
    return [
        *unlike,
        *changed,
        *((stage_words(stage), f"stage-{stage}") for stage in stages_held(profile)),
        *([("Read together", READ_TOGETHER)] if profile.is_authority else []),
        ("Table", TABLE),
        ("Inspections", "inspections"),
        ("Neighbours", "neighbours"),
        ("Facts", "facts"),
    ]


def comparators_of(area: AreaDetail, model: str) -> list[str]:
    """Return what the figures of an area are compared with; the first three are shown.

    The others say on how many comparators a conclusion rests: the neighbours of every other model
    and the authorities of its type.
    """
    if area["kind"] != "authority":
        return [COUNTRY_WORD]
    chosen = f"neighbours:{model}" if model else "neighbours"
    shown = model or next(iter(area["neighbour_models"]), "")
    others = [f"neighbours:{other}" for other in area["neighbour_models"] if other != shown]
    return [COUNTRY_WORD, "region", chosen, *others, "type", OWN_PAST]


def _sensible(
    area: AreaDetail, rows: Sequence[ProfileRow], comparators: Sequence[str]
) -> list[ProfileRow]:
    """Keep the comparisons that are shown; no neighbours where there are none."""
    shown = comparators[:_SHOWN]
    return [
        {
            **row,
            "comparisons": [
                c for c in row["comparisons"] if c["with"] in shown and _is_sensible(area, c)
            ],
        }
        for row in rows
    ]


def _is_sensible(area: AreaDetail, row: ComparisonRow) -> bool:
    if area["kind"] == "authority":
        return not is_without_members(row)
    return area["kind"] == "region" and row["with"] == COUNTRY_WORD


def opening_sentence(area: AreaDetail, rows: Sequence[ProfileRow], library: Library) -> str:
    """Return how many figures are held, and how many differ from the country beyond chance."""
    held = [row for row in rows if row["status"] == Status.OK]
    if not held:
        return f"No figures of {with_article(area['name'])} are held."
    country = library.country["name"]
    outcomes = [outcome_of(c) for row in held for c in row["comparisons"] if c["with"] == "england"]
    said = [f"{outcomes.count(word)} {words}" for word, words in _SPOKEN if word in outcomes]
    sentence = (
        f"{opening(area['name'])} has a figure for {len(held)} of {plural(len(rows), 'indicator')}."
    )
    return f"{sentence} Against {country}: {join_words(said)}." if said else sentence


def _tags(area: AreaDetail) -> list[Node]:
    words = [area["type_label"], area["region_name"]]
    return [tag(word) for word in words if word]


def _spine_key(library: Library) -> Node:
    return node(
        "P",
        "In the drawings, the line runs from the lowest to the highest of the authorities that are "
        "large enough to rank, the box holds the middle half of them, the bar in it is their "
        f"median, the triangles mark {library.country['name']}, and the diamond is this authority.",
        className="note",
    )


def _links(client: ApiClient, profile: Reply[list[ProfileRow]], area: Reply[AreaDetail]) -> Node:
    comparators = list(dict.fromkeys(c["with"] for row in profile.data for c in row["comparisons"]))
    tabular = client.comparisons_address(area.data["code"], comparators, area.meta["release"])
    return same_numbers(profile.address, "this profile", tabular=tabular, has_csv=bool(comparators))

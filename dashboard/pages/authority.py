"""One authority: what stands out, then all by stage, outcomes beside performance."""

import asyncio
from collections.abc import Sequence

from api.contract import ALL_MODELS, NeighbourRow
from dashboard.answers import Reply
from dashboard.client import ApiClient
from dashboard.components.authority_choices import choices, reading
from dashboard.components.authority_facts import about, children
from dashboard.components.authority_inspections import inspections_section
from dashboard.components.authority_neighbours import neighbours_section
from dashboard.components.authority_picture import pictures
from dashboard.components.authority_reports import report_ways
from dashboard.components.authority_stages import balance
from dashboard.components.authority_standing import standing_section
from dashboard.components.authority_table import numbers, profile_table, sources_line
from dashboard.components.authority_words import own_words
from dashboard.components.indicator_pairs import pairs_of_area
from dashboard.components.sources import release_section
from dashboard.components.text import breadcrumbs, heading, lead, tag
from dashboard.page import Node, Page
from dashboard.pages.former_authority import former_page
from dashboard.report.lines import OWN_PAST
from dashboard.report.profile import TABLE, Profile, opening_sentence, profile_of
from dashboard.state import State


async def page(client: ApiClient, state: State) -> Page:
    """Return the page of an authority from four calls; a region or country has no neighbours."""
    area = await client.area(state.subject, state.release)
    if area.data["last_day"]:
        return await former_page(client, state, area)
    neighbours, profile = await asyncio.gather(
        client.neighbours(area.data["code"], ALL_MODELS, area.meta),
        profile_of(client, state, area),
    )
    return await asyncio.to_thread(_page, client, profile, neighbours)


def _page(client: ApiClient, profile: Profile, neighbours: Reply[list[NeighbourRow]]) -> Page:
    area = profile.area
    sentence = opening_sentence(profile)
    is_table = profile.state.view == TABLE
    return Page(
        title=area["name"],
        description=sentence,
        area=(area["code"], area["name"]) if area["kind"] == "authority" else None,
        content=[
            breadcrumbs(("Overview", "/"), ("Authorities", "/areas")),
            heading(area["name"], *_tags(profile)),
            lead(sentence),
            own_words(profile),
            standing_section(profile),
            choices(profile),
            profile_table(profile) if is_table and profile.shown else balance(profile),
            reading(profile),
            numbers(profile, _tabular(client, profile)),
            None if is_table else pictures(profile),
            sources_line(profile),
            inspections_section(area, profile.meta, profile.state),
            neighbours_section(area, neighbours, profile.state),
            pairs_of_area(area, profile.state),
            about(area, profile.library),
            release_section(profile.meta),
        ],
    )


def _tags(profile: Profile) -> Sequence[Node]:
    area = profile.area
    words = [area["type_label"], area["region_name"], f"Children aged 0 to 17: {children(area)}"]
    return [*(tag(word) for word in words if word), *report_ways(area["code"], profile.state)]


def _tabular(client: ApiClient, profile: Profile) -> str:
    """Return the address of the same figures as rows."""
    asked = [token for token in profile.comparators if token != OWN_PAST]
    return client.comparisons_address(profile.area["code"], asked, profile.meta["release"])

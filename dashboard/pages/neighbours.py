"""The neighbours of one authority: who they are, how alike, what hangs on them, who does well."""

import asyncio
from typing import Final

from api.contract import (
    COUNTRY_WORD,
    AreaCard,
    IndicatorCard,
    LikenessRow,
    NeighbourModelRow,
    Paths,
    ProfileRow,
)
from dashboard.answers import Reply
from dashboard.asking import filled
from dashboard.client import ApiClient
from dashboard.components.chart_card import chart_card
from dashboard.components.comparator_words import held_sentence
from dashboard.components.neighbour_across import across_section, across_sentence
from dashboard.components.neighbour_better import LikeUs, better_section, better_sentence
from dashboard.components.neighbour_choices import (
    BETTER,
    COMPARATORS,
    indicator_form,
    list_choice,
    own_list_line,
    page_views,
    shown_view,
    weights_form,
    why_not_compared,
)
from dashboard.components.neighbour_comparators import comparators_chart, comparators_table
from dashboard.components.neighbour_tables import (
    pair_section,
)
from dashboard.components.neighbour_who import who_charts, who_tables
from dashboard.components.neighbour_words import neighbours_sentence
from dashboard.components.sources import release_section
from dashboard.components.text import breadcrumbs, heading, lead, section
from dashboard.page import Node, Page, link, node
from dashboard.state import State, authority_address, indicator_address
from dashboard.views.comparator_view import ComparatorView, comparators_of, load_comparators
from dashboard.views.neighbour_view import NeighbourView, load_neighbours
from dashboard.words.names import with_article

_TITLE: Final = "Statistical neighbours"
_HOW_TESTED: Final = (
    "The difference is from the figure named under it; the outcome is that of the test against "
    "all of them taken together, adjusted for the many indicators looked at."
)


async def page(client: ApiClient, state: State) -> Page:
    """Return the page in the chosen view; a region or country has no neighbours."""
    view = await load_neighbours(client, state)
    if view.area["kind"] != "authority":
        return _no_authority(view)
    shown = shown_view(view)
    asked = view.library.indicators.get(view.state.indicator)
    if shown in {COMPARATORS, BETTER} and asked and why_not_compared(asked):
        return _not_compared(view, asked)
    if shown == COMPARATORS:
        return await _comparators(client, view)
    if shown == BETTER:
        return await _better(client, view)
    models, pair = await asyncio.gather(
        client.held_get(Paths.NEIGHBOUR_MODELS, view.reply.meta), _pair(client, view)
    )
    return await asyncio.to_thread(_who, view, models.data, pair)


def _page(view: NeighbourView, title: str, sentence: str, *content: Node) -> Page:
    here = authority_address(view.code, State(release=view.state.release))
    return Page(
        title=f"{view.name}: {title}",
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/"), ("Authorities", "/areas"), (view.name, here)),
            heading(_TITLE, caption=view.name),
            lead(sentence),
            *content,
            release_section(view.reply.meta),
        ],
        area=(view.code, view.name) if _is_of_today(view) else None,
    )


def _is_of_today(view: NeighbourView) -> bool:
    return view.area["kind"] == "authority" and not view.area["last_day"]


def _no_authority(view: NeighbourView) -> Page:
    sentence = (
        f"Only authorities have statistical neighbours, and {with_article(view.name)} "
        f"is a {view.area['kind']}."
    )
    ways = node(
        "P",
        "Choose one of the ",
        link("authorities", "/areas"),
        ", or see them ",
        link("by region", "/compare?compare=region"),
        ".",
    )
    return _page(view, "statistical neighbours", sentence, ways)


def _not_compared(view: NeighbourView, card: IndicatorCard) -> Page:
    sentence = f"Nobody can be compared by this: {card['title']}. {why_not_compared(card)}."
    there = indicator_address(card["id"], State(area=view.code, release=view.state.release))
    return _page(
        view,
        f"{card['short_title']} cannot be compared",
        sentence,
        page_views(view),
        indicator_form(view, shown_view(view), "All core indicators"),
        node("P", "Choose another indicator, or see ", link("all of this one", there), "."),
    )


# ---- who they are


async def _pair(client: ApiClient, view: NeighbourView) -> Reply[list[LikenessRow]] | None:
    """Return how alike the authority and the one chosen beside it are."""
    other = _beside(view)
    if other is None:
        return None
    path = filled(Paths.LIKENESS, code=view.code, other=other["code"])
    return await client.get(path, by=view.state.by, release=view.reply.meta["release"])


def _beside(view: NeighbourView) -> AreaCard | None:
    other = view.library.areas.get(view.state.code)
    return other if other and other["kind"] == "authority" and other["code"] != view.code else None


def _who(
    view: NeighbourView,
    models: list[NeighbourModelRow],
    pair: Reply[list[LikenessRow]] | None,
) -> Page:
    other = _beside(view)
    return _page(
        view,
        "statistical neighbours",
        neighbours_sentence(view),
        page_views(view),
        list_choice(view),
        who_charts(view, models) if view.shown else None,
        weights_form(view),
        pair_section(view, other, pair) if other and pair else None,
        *(who_tables(view) if view.shown else []),
        *(node("P", f"{warning}.") for warning in view.warnings),
    )


# ---- what changes with other ones


async def _comparators(client: ApiClient, view: NeighbourView) -> Page:
    if view.state.indicator:
        held = await load_comparators(client, view)
        return await asyncio.to_thread(_under_each, held)
    core = [card["id"] for card in view.library.indicators.values() if card["is_core"]]
    meta = view.reply.meta
    reply: Reply[list[ProfileRow]] = await client.get(
        filled(Paths.PROFILE, code=view.code),
        indicator=",".join(core),
        **{"with": ",".join(comparators_of(view))},
        release=meta["release"],
    )
    return await asyncio.to_thread(_across, view, reply)


def _across(view: NeighbourView, reply: Reply[list[ProfileRow]]) -> Page:
    return _page(
        view,
        "what changes with other neighbours",
        across_sentence(view, reply.data),
        page_views(view),
        indicator_form(view, COMPARATORS, "All core indicators"),
        own_list_line(view),
        across_section(view, reply),
    )


def _under_each(held: ComparatorView) -> Page:
    view, card = held.neighbours, held.indicator
    there = indicator_address(card["id"], State(area=view.code, release=view.state.release))
    has_chart = any(row["pooled"] is not None or row["median"] is not None for row in held.rows)
    return _page(
        view,
        f"{card['short_title']} under other comparators",
        held_sentence(held),
        page_views(view),
        indicator_form(view, COMPARATORS, "All core indicators"),
        chart_card(comparators_chart(held)) if has_chart else None,
        own_list_line(view),
        section(
            "under",
            f"{card['title']}, comparator by comparator",
            comparators_table(held) if held.rows else None,
            node("P", _HOW_TESTED, className="note"),
            node("P", link("All of this indicator", there), "."),
        ),
    )


# ---- who is like us and does well


async def _better(client: ApiClient, view: NeighbourView) -> Page:
    if not view.state.indicator:
        return _page(
            view,
            "who is like us and does well",
            f"Choose an indicator to see who is like {with_article(view.name)} and does well.",
            page_views(view),
            indicator_form(view, BETTER, "Choose an indicator"),
        )
    meta = view.reply.meta
    card = await client.held_indicator(view.state.indicator, meta)
    codes = [row["code"] for row in view.everyone]
    alike = [code for code in codes if not view.library.areas[code]["last_day"]]
    reply, comments = await asyncio.gather(
        client.comparisons(
            card.data["id"],
            ",".join([view.code, *alike]),
            view.state.period or card.data["latest"] or "",
            [COUNTRY_WORD],
            meta["release"],
        ),
        client.commentary(meta),
    )
    held = LikeUs(view, card.data, reply, comments.data)
    return await asyncio.to_thread(_done_well, held)


def _done_well(held: LikeUs) -> Page:
    return _page(
        held.view,
        f"who is like us, and {held.indicator['short_title']}",
        better_sentence(held),
        page_views(held.view),
        indicator_form(held.view, BETTER, "Choose an indicator"),
        better_section(held),
    )

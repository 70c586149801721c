"""The neighbours of one authority: who they are, how alike, what hangs on them, who does well."""

import asyncio
from typing import Final

from api.contract import (
    COUNTRY_WORD,
    OWN_MODEL,
    AreaCard,
    LikenessRow,
    NeighbourModelRow,
    Paths,
    ProfileRow,
)
from dashboard.answers import Reply
from dashboard.asking import filled
from dashboard.client import ApiClient
from dashboard.comparator_view import ComparatorView, comparators_of, load_comparators
from dashboard.components.chart_card import chart_card
from dashboard.components.comparator_words import held_sentence
from dashboard.components.figures import same_numbers
from dashboard.components.neighbour_across import across_section, across_sentence
from dashboard.components.neighbour_better import LikeUs, better_section, better_sentence
from dashboard.components.neighbour_charts import alike_chart, map_chart
from dashboard.components.neighbour_choices import (
    BETTER,
    COMPARATORS,
    indicator_form,
    list_choice,
    own_list_line,
    page_views,
    shown_view,
    weights_form,
)
from dashboard.components.neighbour_comparators import comparators_chart, comparators_table
from dashboard.components.neighbour_tables import (
    alike_table,
    grades_table,
    pair_section,
    who_differs,
    who_table,
)
from dashboard.components.neighbour_words import alike_sentence, neighbours_sentence
from dashboard.components.sources import release_section
from dashboard.components.text import breadcrumbs, heading, inset, lead, section
from dashboard.neighbour_view import NeighbourView, load_neighbours
from dashboard.page import Node, Page, bootstrap, link, node
from dashboard.state import State, address, authority_address, indicator_address
from dashboard.words.names import with_article

_TITLE: Final = "Statistical neighbours"
_WHOSE_WORDS: Final = (
    "Which authorities are neighbours, their order and the words of closeness are the publisher's; "
    "its distances are not published. Being a neighbour is not mutual: many that one authority "
    "names do not name it in turn."
)
_OURS: Final = (
    "The figures of each authority and how far two are apart are ours, worked out from what we "
    "hold. They do not explain the official model, and do not mean that it is wrong where the two "
    "disagree. “Nearer pairs” is the share of all pairs of authorities with a smaller distance: "
    "the fewer, the more alike."
)
_GRADES: Final = (
    "Official judgements in force at the end of the latest period held. A grade says what "
    "inspectors found on those days; it neither explains a figure nor follows from one."
)
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
        _charts(view, models) if view.shown else None,
        weights_form(view),
        pair_section(view, other, pair) if other and pair else None,
        *(_tables(view) if view.shown else []),
        *(node("P", f"{warning}.") for warning in view.warnings),
    )


def _charts(view: NeighbourView, models: list[NeighbourModelRow]) -> Node:
    of_model = {model["model"]: model for model in models if model["model"] != OWN_MODEL}
    if not view.has_likeness:
        none = "So there is no chart of how alike they are, and no list nearest by our distance."
        return [
            node("P", f"{alike_sentence(view)} {none}"),
            chart_card(map_chart(view, of_model.get(view.model))),
        ]
    return bootstrap(
        "Row",
        bootstrap("Col", chart_card(alike_chart(view)), xs=12, lg=6),
        bootstrap("Col", chart_card(map_chart(view, of_model.get(view.model))), xs=12, lg=6),
        class_name="g-4",
    )


def _tables(view: NeighbourView) -> list[Node]:
    start = State(own=",".join(row["code"] for row in view.shown), named=f"Like {view.name}")
    return [
        section(
            "who",
            "Who they are",
            who_table(view),
            who_differs(view),
            inset(_WHOSE_WORDS),
            node("P", link("Make a list of your own from these", address("/own", start))),
        ),
        section(
            "how-alike",
            "How alike they are",
            alike_table(view),
            same_numbers(view.reply.address, "these neighbours"),
            inset(_OURS, " ", link("How likeness is measured", "/methods/neighbours"), "."),
        ),
        section(
            "grades",
            "How inspectors graded their leaders",
            grades_table(view),
            node("P", _GRADES, className="note"),
        ),
    ]


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
            view.state.period,
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

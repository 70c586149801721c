"""The neighbours of one authority: who they are, how alike, what hangs on them, who does well."""

import asyncio
from typing import Final

from api.contract import OWN_MODEL, AreaCard, LikenessRow, NeighbourModelRow, Paths
from dashboard.answers import Reply
from dashboard.asking import filled
from dashboard.client import ApiClient
from dashboard.components.chart_card import chart_card
from dashboard.components.figures import same_numbers
from dashboard.components.neighbour_charts import alike_chart, map_chart
from dashboard.components.neighbour_choices import list_choice, weights_form
from dashboard.components.neighbour_tables import (
    alike_table,
    pair_section,
    who_differs,
    who_table,
)
from dashboard.components.neighbour_words import neighbours_sentence
from dashboard.components.sources import release_section
from dashboard.components.text import breadcrumbs, heading, inset, lead, section
from dashboard.neighbour_view import NeighbourView, load_neighbours
from dashboard.page import Node, Page, bootstrap, link, node
from dashboard.state import State, authority_address
from dashboard.words.names import with_article

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


async def page(client: ApiClient, state: State) -> Page:
    """Return the page; a region or country has no neighbours and is told so."""
    view = await load_neighbours(client, state)
    if view.area["kind"] != "authority":
        return _no_authority(view)
    models, pair = await asyncio.gather(
        client.held_get(Paths.NEIGHBOUR_MODELS, view.reply.meta), _pair(client, view)
    )
    return await asyncio.to_thread(_who, view, models.data, pair)


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


def _top(view: NeighbourView, title: str) -> list[Node]:
    here = authority_address(view.code, State(release=view.state.release))
    return [
        breadcrumbs(("Overview", "/"), ("Authorities", "/areas"), (view.name, here)),
        heading(title, caption=view.name),
    ]


def _who(
    view: NeighbourView,
    models: list[NeighbourModelRow],
    pair: Reply[list[LikenessRow]] | None,
) -> Page:
    sentence = neighbours_sentence(view)
    other = _beside(view)
    return Page(
        title=f"{view.name}: statistical neighbours",
        description=sentence,
        content=[
            *_top(view, "Statistical neighbours"),
            lead(sentence),
            list_choice(view),
            _charts(view, models) if view.shown else None,
            weights_form(view),
            pair_section(view, other, pair) if other and pair else None,
            *(_tables(view) if view.shown else []),
            *(node("P", f"{warning}.") for warning in view.warnings),
            release_section(view.reply.meta),
        ],
    )


def _charts(view: NeighbourView, models: list[NeighbourModelRow]) -> Node:
    of_model = {model["model"]: model for model in models if model["model"] != OWN_MODEL}
    return bootstrap(
        "Row",
        bootstrap("Col", chart_card(alike_chart(view)), xs=12, lg=6),
        bootstrap("Col", chart_card(map_chart(view, of_model.get(view.model))), xs=12, lg=6),
        class_name="g-4",
    )


def _tables(view: NeighbourView) -> list[Node]:
    return [
        section("who", "Who they are", who_table(view), who_differs(view), inset(_WHOSE_WORDS)),
        section(
            "how-alike",
            "How alike they are",
            alike_table(view),
            same_numbers(view.reply.address, "these neighbours"),
            inset(_OURS, " ", link("How likeness is measured", "/methods/neighbours"), "."),
        ),
    ]


def _no_authority(view: NeighbourView) -> Page:
    sentence = (
        f"Only authorities have statistical neighbours, and {with_article(view.name)} "
        f"is a {view.area['kind']}."
    )
    return Page(
        title=f"{view.name}: statistical neighbours",
        description=sentence,
        content=[
            *_top(view, "Statistical neighbours"),
            lead(sentence),
            node("P", "Choose one of the ", link("authorities", "/areas"), "."),
            release_section(view.reply.meta),
        ],
    )

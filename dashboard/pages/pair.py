"""Two indicators read together: a sentence, why, a chart, the words of quadrants, a table."""

import asyncio

from dashboard.client import ApiClient
from dashboard.components.pair_parts import (
    chart_section,
    choices,
    table_section,
    words_section,
)
from dashboard.components.sources import release_section
from dashboard.components.text import breadcrumbs, bullets, contents, heading, lead, section
from dashboard.page import Node, Page, link, node
from dashboard.state import State, address, indicator_address
from dashboard.views.pair_view import SCATTER, PairView, load_pair
from dashboard.words.pairs import CONTEXT, chosen_sentence, is_context

_CONTENTS = (
    ("Chart", "chart"),
    ("Quadrants", "quadrants-in-words"),
    ("Table", "authorities"),
    ("Read with care", "caution"),
    ("The two figures", "indicators"),
)


async def page(client: ApiClient, state: State) -> Page:
    """Return the page of a pair; raises ApiError for what the API refuses."""
    view = await load_pair(client, state)
    return await asyncio.to_thread(composed, view)


def composed(view: PairView) -> Page:
    """Return the page: sentence, choices and chart, then what it means, then every authority."""
    sentence = opening_sentence(view)
    card = view.card
    name = f"{view.chosen['name']}: " if view.chosen else ""
    has_rows = bool(view.rows.data)
    return Page(
        title=f"{name}{card['title']}",
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/"), ("Read together", _all_pairs(view))),
            heading(card["title"], caption="Two figures read together"),
            lead(sentence),
            node("P", card["reason"]) if not view.is_free else None,
            choices(view),
            node("Div", chart_section(view), words_section(view), className="pair-beside"),
            contents([item for item in _CONTENTS if has_rows or item[1] != "authorities"]),
            table_section(view) if has_rows else None,
            _caution(view),
            _indicators(view),
            release_section(view.meta),
        ],
    )


def _all_pairs(view: PairView) -> str:
    """Return the address of the list of pairs, with the chosen authority kept."""
    kept = State(area=view.state.area, model=view.state.model, release=view.state.release)
    return address("/pairs", kept)


def opening_sentence(view: PairView) -> str:
    """Return the sentence of the page: about the chosen authority, or about all of them."""
    country = view.library.country["name"]
    row = view.chosen_row
    if row is not None:
        return chosen_sentence(row, view.x, view.y, country)
    if view.chosen is not None and view.card["x_period"]:
        return f"{view.chosen['name']} has no place here: only authorities of this year have one."
    return view.card["sentence"]


def _caution(view: PairView) -> Node:
    source = view.card["source"]
    few = "few_members" in view.card["flags"]
    return section(
        "caution",
        "Read with care",
        node("P", view.card["caution"]),
        node(
            "P",
            "What goes together over authorities need not go together over children, and neither "
            "figure is said to bring about the other.",
        ),
        node("P", "There are few authorities here, so that any of them can decide.")
        if few
        else None,
        node("P", f"{source.rstrip('.')}.") if source else None,
    )


def _indicators(view: PairView) -> Node:
    kept = State(area=view.state.area, model=view.state.model, release=view.state.release)
    return section(
        "indicators",
        "The two figures",
        bullets(
            [
                link(side.title, indicator_address(id, kept))
                if not is_context(id)
                else _variable(view, id)
                for side, id in ((view.x, view.card["x"]), (view.y, view.card["y"]))
            ]
        ),
        node("P", _other_ways(view)),
    )


def _variable(view: PairView, id: str) -> str:
    held = next(one for one in view.variables if f"{CONTEXT}{one['id']}" == id)
    said = f"{held['title']}, {held['as_at']}: {held['source']}. {held['note']}".rstrip(". ")
    return f"{said}."


def _other_ways(view: PairView) -> Node:
    card, kept = view.card, view.state.changed(subject="", sort="", period="")
    turned = address(SCATTER, kept.changed(x=card["y"], y=card["x"]))
    other = address(SCATTER, kept.changed(x=card["x"], y=card["y"]))
    if view.is_free:
        return ["Turned round: ", link("across and upwards the other way", turned), "."]
    return ["Put another beside either: ", link("any two figures", other), "."]

"""All indicators by place in the framework, filtered by words, kind, stage and core set."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from api.contract import IndicatorCard, Paths
from dashboard.client import ApiClient
from dashboard.components import controls
from dashboard.components.figures import same_numbers
from dashboard.components.indicator_list import NO_ROWS, folded, place_sections
from dashboard.components.sources import release_line
from dashboard.components.text import (
    breadcrumbs,
    heading,
    kind_words,
    lead,
    stage_words,
)
from dashboard.page import Node, Page, link, node
from dashboard.state import State, address
from dashboard.views.catalogue_view import CatalogueView, load_catalogue
from dashboard.words.spelling import corrected
from dashboard.words.standing import ways_sentence

CORE: Final = "core"
_KINDS: Final = ("outcome", "performance", "context")
_STAGES: Final = ("help_and_protection", "in_care", "leaving_care", "system")


async def page(client: ApiClient, state: State) -> Page:
    """Return the list: the words are looked for by the API, so that it knows the same synonyms."""
    view = await load_catalogue(client, state.release)
    found, suggestions = await _found(client, view, state)
    kept = {card["id"]: card for card in found if _is_kept(card, state)}
    sentence = opening_sentence(view, kept, state)
    sections = place_sections(view, kept, state)
    return Page(
        title=_title(state),
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/")),
            heading(_title(state)),
            lead(sentence),
            _choices(state),
            _nothing(state, suggestions) if not kept else None,
            *folded(sections, len(kept)),
            same_numbers(view.addresses["figures"], "these figures") if kept else None,
            release_line(view.release.meta),
        ],
    )


async def _found(
    client: ApiClient, view: CatalogueView, state: State
) -> tuple[Sequence[IndicatorCard], Sequence[str]]:
    """Return the indicators that hold the words, and words that are close where none does."""
    if not state.q:
        return list(view.library.indicators.values()), ()
    release = view.release.meta["release"]
    answer = await client.get(Paths.INDICATORS, q=state.q, release=release)
    told: Mapping[str, Any] = answer.meta
    return answer.data, told.get("suggestions", ())


def _is_kept(card: IndicatorCard, state: State) -> bool:
    return (
        state.kind in {"", card["kind"]}
        and state.stage in {"", card["stage"]}
        and (state.only != CORE or card["is_core"])
    )


def _title(state: State) -> str:
    kind = f", {kind_words(state.kind).lower()}" if state.kind in _KINDS else ""
    stage = f", {stage_words(state.stage).lower()}" if state.stage in _STAGES else ""
    named = "Core set of indicators" if state.only == CORE else "Indicators"
    words = f" with “{state.q}”" if state.q else ""
    return f"{named}{words}{kind}{stage}"


def opening_sentence(view: CatalogueView, kept: Mapping[str, Any], state: State) -> str:
    """Return how many indicators are shown and which way they go."""
    if not kept:
        return f"No indicator of {len(view.library.indicators)} meets your choice."
    country = view.library.country["name"]
    return ways_sentence(country, [view.trends.get(id) for id in kept])


def _choices(state: State) -> Node:
    kinds = [("", "All kinds"), *((kind, kind_words(kind)) for kind in _KINDS)]
    stages = [("", "All stages"), *((stage, stage_words(stage)) for stage in _STAGES)]
    which = [("", "All indicators"), (CORE, "Core set")]
    return controls.form(
        "/indicators",
        controls.text_field("q", "Words", state.q),
        controls.select("only", "Which", which, state.only),
        controls.select("kind", "Kind", kinds, state.kind),
        controls.select("stage", "Stage", stages, state.stage),
        controls.kept("release", state.release),
        button="Show",
        label="Filter the indicators",
    )


def _nothing(state: State, suggestions: Sequence[str]) -> Node:
    tries = [
        node("Li", link(f"Look for “{words}”", address("/indicators", state.changed(q=words))))
        for words in corrected(state.q, suggestions)
    ]
    everything = address("/indicators", State(release=state.release))
    every = node("Li", link("Show all indicators", everything))
    search = node("Li", link("Search the whole service", address("/search", State(q=state.q))))
    return node(
        "Div",
        node("P", NO_ROWS),
        node("Ul", *tries, every, search if state.q else None, className="bullets"),
        className="empty",
    )

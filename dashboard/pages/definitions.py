"""Definitions: every word of the service, and what each indicator counts of what."""

import asyncio
from collections.abc import Sequence
from itertools import groupby

from api.contract import IndicatorDetail
from dashboard.client import ApiClient
from dashboard.components import controls
from dashboard.components.indicator_notes import definition_facts
from dashboard.components.sources import release_line
from dashboard.components.text import breadcrumbs, heading, lead, section, stage_words
from dashboard.components.views import views
from dashboard.documents import Term, glossary
from dashboard.page import Node, Page, link, node
from dashboard.prerender import MARKUP
from dashboard.state import State, address, indicator_address
from dashboard.words.numbers import plural
from dashboard.words.spelling import words_of

INDICATORS = "indicators"


async def page(client: ApiClient, state: State) -> Page:
    """Return the words of the glossary, or with `view=indicators` the definitions of indicators."""
    release = await client.release(state.release)
    library = await client.library(release.meta)
    terms = [term for term in glossary() if _holds(state.q, f"{term.words} {term.text}")]
    cards = [card for card in library.indicators.values() if _holds(state.q, card["title"])]
    is_words = state.view != INDICATORS
    words, count = plural(len(terms), "word"), plural(len(cards), "indicator")
    sentence = f"What {words} and {count} mean here: counted of what, and which way is good."
    if state.q:
        sentence = f"{words} and {count} have “{state.q}” in them."
    if not is_words:
        asked = (client.held_indicator(card["id"], release.meta) for card in cards)
        shown = _indicators([reply.data for reply in await asyncio.gather(*asked)], state)
    else:
        shown = _words(terms)
    title = "Definitions of words" if is_words else "Definitions of indicators"
    return Page(
        title=title,
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/"), ("Methods", "/methods")),
            heading(title),
            lead(sentence),
            _filter(state),
            _which(state, is_words=is_words, words=words, count=count),
            shown or _nothing(state),
            release_line(release.meta),
        ],
    )


def _holds(asked: str, text: str) -> bool:
    held = f" {' '.join(words_of(text))}"
    return all(f" {word}" in held for word in words_of(asked))


def _filter(state: State) -> Node:
    return controls.form(
        "/definitions",
        controls.text_field("q", "Only those with", state.q),
        controls.kept("view", state.view),
        controls.kept("release", state.release),
        button="Show",
        label="Filter definitions",
    )


def _which(state: State, *, is_words: bool, words: str, count: str) -> Node:
    items = [
        (view, said, address("/definitions", state.changed(view=view)))
        for view, said in (("", f"{words} of the service"), (INDICATORS, count))
    ]
    return views(items, "" if is_words else INDICATORS, "Definitions")


def _words(terms: Sequence[Term]) -> Node:
    return [
        section(
            f"part-{place}",
            part,
            node("Dl", *map(_term, held), className="summary-list glossary"),
        )
        for place, (part, held) in enumerate(groupby(terms, key=lambda term: term.part))
    ]


def _term(term: Term) -> Node:
    return node(
        "Div",
        node("Dt", term.words),
        node("Dd", **{MARKUP: term.html}),
        id=term.id,
        className="summary-row",
    )


def _indicators(cards: Sequence[IndicatorDetail], state: State) -> Node:
    held = sorted(cards, key=lambda card: _STAGES.index(card["stage"]))
    return [
        section(f"stage-{stage}", stage_words(stage), *[_indicator(card, state) for card in of])
        for stage, of in groupby(held, key=lambda card: card["stage"])
    ]


_STAGES = ("help_and_protection", "in_care", "leaving_care", "system")


def _indicator(card: IndicatorDetail, state: State) -> Node:
    shown = indicator_address(card["id"], State(release=state.release))
    return node(
        "Details",
        node("Summary", node("Span", card["title"], className="fold-title")),
        node("P", card["definition"]),
        definition_facts(card),
        node("P", link(f"Figures of {card['short_title']}", shown)),
        id=card["id"],
        className="fold",
    )


def _nothing(state: State) -> Node:
    search = address("/search", State(q=state.q))
    return node(
        "P",
        f"Nothing here has “{state.q}” in it. ",
        link("Search the whole service", search),
        " or ",
        link("show all definitions", address("/definitions", State(view=state.view))),
        ".",
        className="empty",
    )

"""Search: indicators, areas, groupings, pages and words, by what people call them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.contract import IndicatorCard, Paths
from dashboard.client import ApiClient
from dashboard.components.find_forms import search_form
from dashboard.components.sources import release_line
from dashboard.components.text import bullets, heading, lead, section, sentence_case
from dashboard.page import Node, Page, link, node
from dashboard.state import State, address
from dashboard.views.finding import (
    Found,
    areas_found,
    groupings_found,
    indicator_found,
    pages_found,
    terms_found,
)
from dashboard.words.numbers import plural
from dashboard.words.outcomes import join_words
from dashboard.words.spelling import corrected, words_of
from dashboard.words.uses import LONG_FORMS

_MOST = 12
"""Results of one kind that are shown before a link to all."""


@dataclass(frozen=True)
class Results:
    """What was found under each heading, and what may have been meant instead."""

    indicators: Sequence[IndicatorCard]
    areas: Sequence[Found]
    groupings: Sequence[Found]
    pages: Sequence[Found]
    terms: Sequence[Found]
    meant: str = ""
    """The words that indicators were looked for with, where those of the reader found none."""
    near: Sequence[Found] = ()
    """Areas with a name that is close, where none has it."""

    @property
    def count(self) -> int:
        """How many results there are."""
        return sum(map(len, (self.indicators, self.areas, self.groupings, self.pages, self.terms)))


async def page(client: ApiClient, state: State) -> Page:
    """Return what a text finds: one or two calls."""
    asked = " ".join(state.q.split())[:100]
    if not asked:
        answer = await client.get(Paths.INDICATORS, release=state.release)
        results = Results((), (), (), (), ())
    else:
        answer = await client.get(Paths.INDICATORS, q=asked, release=state.release)
        found = await _of_long_form(client, asked, answer.data, answer.meta["release"])
        results = await _results(client, answer.meta, found, state.changed(q=asked))
    sentence = opening_sentence(results, asked)
    return Page(
        title=f"Search: {asked}" if asked else "Search",
        description=sentence,
        content=[
            heading(f"Search: {asked}" if asked else "Search"),
            lead(sentence),
            search_form(state),
            *(_shown(results, state.changed(q=asked)) if asked else []),
            _tries(results, asked),
            release_line(answer.meta),
        ],
    )


async def _results(
    client: ApiClient, meta: Any, found: list[IndicatorCard], state: State
) -> Results:
    library = await client.library(meta)
    areas, near = areas_found(library, state)
    groupings, pages, terms = (
        groupings_found(library, state),
        pages_found(state.q),
        terms_found(state.q),
    )
    is_known = bool(areas or found or groupings or pages or terms)
    told: Mapping[str, Any] = meta
    meant = ""
    tries = [] if is_known or near else corrected(state.q, told.get("suggestions", ()))
    for words in tries[:2]:
        again = await client.get(Paths.INDICATORS, q=words, release=meta["release"])
        if again.data:
            found, meant = again.data, words
            break
    # A word that is found is no misspelt name: “rural” is not Wirral.
    return Results(found, areas, groupings, pages, terms, meant, () if is_known else near)


async def _of_long_form(
    client: ApiClient, asked: str, found: list[IndicatorCard], release: str
) -> list[IndicatorCard]:
    """Return indicators found by an abbreviation, then those found by what it stands for."""
    words = LONG_FORMS.get(asked.casefold())
    if not words:
        return found
    held = {card["id"] for card in found}
    more = await client.get(Paths.INDICATORS, q=words, release=release)
    return [*found, *(card for card in more.data if card["id"] not in held)]


def opening_sentence(results: Results, asked: str) -> str:
    """Return how much was found of what."""
    if not asked:
        return "Search indicators, authorities, groups, methods and words."
    if not results.count and not results.near:
        return f"Nothing was found for “{asked}”."
    parts = [
        plural(len(results.indicators), "indicator") if results.indicators else "",
        plural(len(results.areas), "area") if results.areas else "",
        plural(len(results.groupings), "grouping") if results.groupings else "",
        plural(len(results.pages), "page") if results.pages else "",
        plural(len(results.terms), "word") if results.terms else "",
    ]
    told = list(filter(None, parts))
    if results.meant:
        return f"Nothing has “{asked}” in it; for “{results.meant}” there are {join_words(told)}."
    if results.near:
        names = join_words([one.words for one in results.near])
        beside = f" Also found: {join_words(told)}." if told else ""
        return f"No area is called “{asked}”. Did you mean {names}?{beside}"
    return f"Found for “{asked}”: {join_words(told)}."


def _shown(results: Results, state: State) -> list[Node]:
    first = _exact(results, state)
    everything = address("/indicators", State(q=_in_full(results, state), release=state.release))
    indicators = [indicator_found(card, state) for card in results.indicators]
    return [
        _best(first) if first else None,
        _part("near", "Did you mean", results.near),
        _part("areas", "Authorities and regions", [one for one in results.areas if one != first]),
        _part("indicators", "Indicators", [one for one in indicators if one != first], everything),
        _part("groupings", "Groups of authorities", results.groupings),
        _part("pages", "Pages and methods", results.pages),
        _part("words", "Words", results.terms),
    ]


def _in_full(results: Results, state: State) -> str:
    """Return the words by which the list of indicators holds most of what was found."""
    return results.meant or LONG_FORMS.get(state.q.casefold(), state.q)


def _exact(results: Results, state: State) -> Found | None:
    """Return the one area or indicator that is called just so, or has that code."""
    said = words_of(state.q)
    areas = [one for one in results.areas if words_of(one.words) == said]
    if areas:
        return areas[0]
    if len(results.areas) == 1 and not results.indicators:
        return results.areas[0]
    for card in results.indicators:
        if said in (words_of(card["title"]), words_of(card["short_title"]), words_of(card["id"])):
            return indicator_found(card, state)
    return None


def _best(found: Found) -> Node:
    return section(
        "best",
        "Best match",
        node("P", link(found.words, found.address), className="best-match"),
        node("P", sentence_case(found.note), className="note") if found.note else None,
    )


def _part(id: str, title: str, found: Sequence[Found], everything: str = "") -> Node:
    if not found:
        return None
    shown = found if not everything else found[:_MOST]
    more = link(f"All {plural(len(found), 'indicator')} in a list", everything)
    return section(
        id,
        title,
        node("Ul", *map(_item, shown), className="found"),
        node("P", more) if everything and len(found) > _MOST else None,
    )


def _item(found: Found) -> Node:
    note = node("Span", found.note, className="note") if found.note else None
    return node("Li", link(found.words, found.address), note)


def _tries(results: Results, asked: str) -> Node:
    """Return what to try, where nothing was asked or found."""
    if asked and (results.count or results.near):
        return None
    begin = "Try fewer or shorter words, or one of these:" if asked else "For example:"
    examples = [
        node("Span", link(words, address("/search", State(q=words))), f": {what}")
        for words, what in (
            ("LAC", "an abbreviation finds what it stands for"),
            ("Kent", "an authority by its name, old name, code or DfE number"),
            ("tartan rug", "a page by what people call it"),
            ("suppressed", "a word, with what it means"),
        )
    ]
    lists = [
        node("Span", "All ", link("indicators", "/indicators"), ", ", link("authorities", "/areas"),
             ", ", link("words", "/definitions"))
    ]  # fmt: skip
    return node("Div", node("P", begin), bullets([*examples, *lists]), className="empty")

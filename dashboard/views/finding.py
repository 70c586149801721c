"""What a search finds beside indicators: areas, groupings, methods, pages and words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from api.contract import AreaCard, IndicatorCard
from dashboard.answers import Library
from dashboard.documents import glossary, methods
from dashboard.state import State, address, authority_address, indicator_address
from dashboard.words.periods import day
from dashboard.words.spelling import nearest, words_of
from dashboard.words.uses import LITTLE, PLACES, SAID_AS

_MOST_TERMS: Final = 8
_KINDS: Final = {"country": "Country", "region": "Region", "subregion": "Part of a region"}


@dataclass(frozen=True)
class Found:
    """One thing found: its words, where it is, and what it is in a few words."""

    words: str
    address: str
    note: str = ""


def holds(asked: Iterable[str], text: str) -> bool:
    """Say whether each word begins a word of a text."""
    held = f" {' '.join(words_of(text))}"
    return all(f" {word}" in held for word in asked)


def indicator_found(card: IndicatorCard, state: State) -> Found:
    """Return an indicator as something found."""
    shown = indicator_address(card["id"], State(release=state.release))
    return Found(card["title"], shown, "; ".join(filter(None, [card["kind"], card["short_title"]])))


def areas_found(library: Library, state: State) -> tuple[list[Found], list[Found]]:
    """Return the areas that a text names, and where there are none those with names close to it.

    A code or DfE number names its area, as does a code that it has today.
    """
    asked = words_of(state.q)
    areas = list(library.areas.values())
    found = [area for area in areas if asked and _is_named(area, asked)]
    if found or not asked:
        return [_area(area, library, state) for area in _ordered(found, state.q)], []
    by_name = {area["name"]: area for area in areas}
    return [], [_area(by_name[name], library, state) for name in nearest(state.q, list(by_name))]


def _is_named(area: AreaCard, asked: Sequence[str]) -> bool:
    codes = {area["code"].casefold(), (area["code_in_force"] or "").casefold(), area["number"]}
    if len(asked) == 1 and asked[0] in codes:
        return True
    return holds(asked, area["name"])


def _ordered(areas: Iterable[AreaCard], text: str) -> list[AreaCard]:
    """Return areas with the very name first, then those of today before those that ended."""
    said = words_of(text)
    return sorted(
        areas,
        key=lambda area: (words_of(area["name"]) != said, bool(area["last_day"]), area["name"]),
    )


def _area(area: AreaCard, library: Library, state: State) -> Found:
    kind = _KINDS.get(area["kind"]) or area["type_label"] or "Authority"
    ended = f"until {day(area['last_day'])}" if area["last_day"] else ""
    became = [library.areas[code]["name"] for code in area["successors"] if code in library.areas]
    after = f"now {' and '.join(became)}" if ended and became else ""
    said = [kind, area["region_name"] or "", ended, after]
    shown = authority_address(area["code"], State(release=state.release))
    return Found(area["name"], shown, ", ".join(filter(None, said)))


def groupings_found(library: Library, state: State) -> list[Found]:
    """Return the ways to put authorities in groups that a text names."""
    asked = words_of(state.q)
    return [
        Found(
            one["title"],
            address("/compare", State(compare=one["grouping"], release=state.release)),
            one["note"] or "Compare authorities by it",
        )
        for one in library.groupings
        if asked and holds(asked, f"{one['title']} {one['grouping']}")
    ]


def pages_found(text: str) -> list[Found]:
    """Return pages and methods that a text names, also by words that people use for them."""
    asked = [word for word in words_of(text) if word not in LITTLE]
    if not asked:
        return []
    pages = [
        Found(place.title, place.address, place.note)
        for place in PLACES
        if holds(asked, f"{place.title} {place.words}")
    ]
    told = [
        Found(one.title, f"/methods/{one.name}", "Method")
        for one in methods().values()
        if holds(asked, f"{one.title} {' '.join(words for words, _ in one.parts)}")
    ]
    return pages + told


def terms_found(text: str) -> list[Found]:
    """Return the words of the glossary that a text names, then those that are told with it."""
    asked = words_of(SAID_AS.get(" ".join(words_of(text)), text))
    if not asked:
        return []
    terms = glossary()
    named = [term for term in terms if holds(asked, term.words)]
    told = [term for term in terms if term not in named and holds(asked, term.text)]
    return [
        Found(term.words, f"/definitions#{quote(term.id)}", term.text)
        for term in [*named, *told][:_MOST_TERMS]
    ]

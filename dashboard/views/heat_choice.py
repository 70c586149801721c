"""Which authorities and indicators the heat table is of, and what it compares with."""

from collections.abc import Sequence
from typing import Final

from api.contract import IndicatorCard
from dashboard.answers import Library
from dashboard.state import State
from dashboard.views.narrowing import narrowed
from dashboard.words.counts import counts_authorities

COUNTRY: Final = "england"
NEIGHBOURS, REGION, ALL, OWN = "neighbours", "region", "all", "own"
"""Authorities as chosen beside the selectors of the API: of the chosen authority, or by a list."""
MOST_COLUMNS: Final = 30
"""More indicators beside each other nobody reads, and the page gets heavy."""
KINDS: Final = ("outcome", "performance", "context")
STAGES: Final = ("help_and_protection", "in_care", "leaving_care", "system")
_AGAINST: Final[dict[str, str]] = {
    "region": "its region",
    NEIGHBOURS: "its statistical neighbours",
    "type": "the others of its type",
    "rural_urban": "the others of its rural–urban class",
    "deprivation": "the others of its fifth of deprivation",
    "population_band": "the others of its size",
    "own_past": "its own figure a period before",
}
_EVERY: Final = "authority"


def columns_of(state: State, library: Library) -> tuple[Sequence[IndicatorCard], int]:
    """Return the indicators in their order on the page, and how many more were chosen.

    Outcomes stand apart from performance and context, each in the order of stages. Indicators
    without figures of authorities are no columns, nor are those that count authorities.
    """
    named = [id for id in state.indicators.split(",") if id]
    chosen = [
        card
        for card in library.indicators.values()
        if card["latest"]
        and "authority" in card["levels"]
        and not counts_authorities(card["unit"])
        and _is_chosen(card, state, named)
    ]
    chosen.sort(key=lambda card: (_place(KINDS, card["kind"]), _place(STAGES, card["stage"])))
    return chosen[:MOST_COLUMNS], max(len(chosen) - MOST_COLUMNS, 0)


def _is_chosen(card: IndicatorCard, state: State, named: Sequence[str]) -> bool:
    if named:
        return card["id"] in named
    if not state.kind and not state.stage:
        return card["is_core"]
    return state.kind in {"", card["kind"]} and state.stage in {"", card["stage"]}


def _place(order: Sequence[str], word: str) -> int:
    return order.index(word) if word in order else len(order)


def rows_chosen(state: State) -> str:
    """Return which authorities are shown, in one word or as selectors of the API."""
    if state.areas:
        return state.areas
    if state.own:
        return OWN
    if narrowed(state):
        return ALL
    return NEIGHBOURS if state.area else ""


def rows_asked(state: State, library: Library) -> str:
    """Return the authorities as the API is asked for them."""
    chosen = rows_chosen(state)
    home = library.areas.get(state.area)
    if chosen == NEIGHBOURS:
        model = f":{state.model}" if state.model else ""
        return f"{state.area},neighbours:{state.area}{model}" if home else first_region(library)
    if chosen == REGION:
        region = home["region"] if home else None
        return f"within:{region}" if region else first_region(library)
    if chosen == ALL:
        return _EVERY
    if chosen == OWN:
        return state.own or first_region(library)
    return chosen or first_region(library)


def first_region(library: Library) -> str:
    """Return the authorities of the first region: what is shown where nothing is chosen."""
    held = (area["code"] for area in library.areas.values() if area["kind"] == "region")
    code = next(held, "")
    return f"within:{code}" if code else _EVERY


def rows_options(state: State, library: Library) -> list[tuple[str, str]]:
    """Return the choices of authorities, with words."""
    home = library.areas.get(state.area)
    options: list[tuple[str, str]] = []
    if home:
        options.append((NEIGHBOURS, f"{home['name']} and its statistical neighbours"))
        options.append((REGION, f"The region of {home['name']}"))
    if state.own:
        options.append((OWN, state.named or "Your own list"))
    options.append((ALL, "All authorities"))
    regions = [area for area in library.areas.values() if area["kind"] == "region"]
    options += [(f"within:{area['code']}", area["name"]) for area in regions]
    shown = rows_chosen(state) or first_region(library)
    if shown not in dict(options):
        options.append((shown, "The authorities in the address"))
    return options


def against_options(library: Library) -> dict[str, str]:
    """Return what each figure may be compared with, in words as of one authority."""
    judged = [card for card in library.groupings if card["is_default"]]
    held = {card["grouping"] for card in library.groupings}
    classes = {"rural_urban", "deprivation", "population_band"}
    return {
        COUNTRY: library.country["name"],
        **{word: said for word, said in _AGAINST.items() if word not in classes - held},
        **{card["grouping"]: f"the others of its grade, {card['title']}" for card in judged},
    }

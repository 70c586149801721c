"""The indicators in the form of the page of data: sought, listed and ticked."""

from collections.abc import Sequence
from typing import Final

from api.contract import IndicatorCard
from dashboard.answers import Library
from dashboard.components import controls
from dashboard.components.controls import Option
from dashboard.components.text import kind_words, stage_words
from dashboard.page import Node, link, node
from dashboard.state import State, address
from dashboard.views.selection import EVERY, PATH, Selection
from dashboard.words.numbers import plural

CORE: Final = "core"


def step(title: str, *content: Node) -> Node:
    """Return one step of the form, with its title."""
    return node(
        "Fieldset", node("Legend", title, className="step-title"), *content, className="step"
    )


def indicators_step(selection: Selection) -> Node:
    """Return the step in which indicators are chosen."""
    state, library = selection.state, selection.library
    found = found_indicators(state, library)
    listed = {card["id"] for card in found}
    elsewhere = [card for card in selection.cards if card["id"] not in listed]
    chosen = () if selection.is_every else selection.ids
    return step(
        "1. Indicators",
        controls.text_field("find", "Find an indicator", state.find),
        node(
            "Div",
            controls.select("stage", "Stage", _stages(library), state.stage),
            controls.select("kind", "Kind", _kinds(library), state.kind),
            className="two-fields",
        ),
        controls.boxes("only", [(CORE, "Core indicators only")], [state.only]),
        node("P", _found_words(selection, len(found)), className="form-hint"),
        controls.boxes(
            "indicators", [(EVERY, f"All indicators ({len(library.indicators)})")], selection.ids
        ),
        node(
            "Div",
            controls.boxes("indicators", [_indicator(card) for card in found], chosen),
            _elsewhere(elsewhere, chosen),
            className="box-list",
        ),
        _shortcuts(selection, found),
    )


def found_indicators(state: State, library: Library) -> list[IndicatorCard]:
    """Return the indicators of the list: of a stage, of a kind, core, with all words sought."""
    words = state.find.casefold().split()
    return [
        card
        for card in library.indicators.values()
        if card["latest"]
        and state.stage in {"", card["stage"]}
        and state.kind in {"", card["kind"]}
        and (state.only != CORE or card["is_core"])
        and all(word in _sought(card) for word in words)
    ]


def _sought(card: IndicatorCard) -> str:
    return f"{card['id']} {card['title']} {card['short_title']}".casefold()


def _indicator(card: IndicatorCard) -> Option:
    return card["id"], card["title"]


def _found_words(selection: Selection, found: int) -> str:
    of_all = f"{found} of {len(selection.library.indicators)} indicators listed"
    chosen = "all chosen" if selection.is_every else f"{len(selection.ids)} chosen"
    if not found:
        return f"No indicator is found so: try fewer letters, or another stage or kind; {chosen}."
    return f"{of_all}, {chosen}."


def _elsewhere(cards: Sequence[IndicatorCard], chosen: Sequence[str]) -> Node:
    if not cards or not chosen:
        return None
    return [
        node("P", "Also chosen", className="form-hint"),
        controls.boxes("indicators", [_indicator(card) for card in cards], chosen),
    ]


def _shortcuts(selection: Selection, found: Sequence[IndicatorCard]) -> Node:
    state = selection.state
    every = list(dict.fromkeys([*selection.ids, *(card["id"] for card in found)]))
    links = []
    if found and not selection.is_every and len(every) > len(selection.ids):
        words = f"Choose {plural(len(found), 'listed indicator')}"
        links.append(link(words, address(PATH, state.changed(indicators=",".join(every)))))
    if selection.ids:
        links.append(link("Choose none", address(PATH, state.changed(indicators=""))))
    return (
        node("Ul", *[node("Li", one) for one in links], className="plain in-line")
        if links
        else None
    )


def _stages(library: Library) -> list[Option]:
    held = dict.fromkeys(card["stage"] for card in library.indicators.values())
    return [("", "Any stage"), *((stage, stage_words(stage)) for stage in held)]


def _kinds(library: Library) -> list[Option]:
    held = dict.fromkeys(card["kind"] for card in library.indicators.values())
    return [("", "Any kind"), *((kind, kind_words(kind)) for kind in held)]

"""The form of the page of data: areas, periods, breakdowns and the shape of files."""

from collections.abc import Mapping, Sequence
from typing import Final

from api.contract import BREAKDOWN_COLUMNS, AreaCard
from dashboard.components import controls
from dashboard.components.controls import Option
from dashboard.components.data_indicators import indicators_step, step
from dashboard.components.filters import filter_fold
from dashboard.page import Node, node
from dashboard.state import State
from dashboard.views.narrowing import Classes
from dashboard.views.selection import (
    EVERY,
    LAST,
    LATEST,
    LEVELS,
    NEIGHBOURS,
    OWN,
    PATH,
    WITHIN,
    Selection,
    selector_words,
    years_of,
)
from dashboard.words.numbers import plural
from dashboard.words.parts import column_words

_LAST_COUNTS: Final = (3, 5, 10)
_LABELS: Final[Sequence[Option]] = (
    ("", "Codes"),
    ("both", "Codes and words"),
    ("label", "Words in place of codes"),
)
_WIDE: Final[Sequence[Option]] = (
    ("", "One row for each figure"),
    ("period", "A column for each period"),
    ("area", "A column for each area"),
    ("indicator", "A column for each indicator"),
)


def data_form(selection: Selection, classes: Classes, release: str) -> Node:
    """Return the form; `release` is the id of the release that is shown."""
    state = selection.state
    return controls.form(
        PATH,
        indicators_step(selection),
        _areas(selection, classes),
        _periods(selection),
        _breakdowns(selection),
        _shape(state.changed(release=release if state.release else ""), release),
        controls.kept("own", state.own),
        controls.kept("named", state.named),
        button="Show these figures",
        label="Choose figures",
    )


# ---- areas


def _areas(selection: Selection, classes: Classes) -> Node:
    state, library = selection.state, selection.library
    chosen = selection.areas
    sets = [word for word in chosen if word.startswith((WITHIN, NEIGHBOURS))]
    singles = {area["code"] for area in library.authorities}
    others = [word for word in chosen if word not in {*LEVELS, *sets, *singles, OWN}]
    options: list[Option] = [
        *((word, _capital(selector_words(word, library))) for word in (*LEVELS, *sets, *others)),
        *([(OWN, _own_words(state))] if state.own else []),
    ]
    regions = [area for area in library.areas.values() if area["kind"] in {"region", "subregion"}]
    return step(
        "2. Areas",
        node("P", "Without a tick: all areas of every level.", className="form-hint"),
        controls.boxes("areas", options, chosen),
        _more("within", "Add the authorities of a region", WITHIN, regions, chosen),
        _more("neighbours", "Add the neighbours of", NEIGHBOURS, library.authorities, chosen),
        _singles(selection),
        filter_fold(state, classes),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _own_words(state: State) -> str:
    count = plural(len(state.own.split(",")), "authority", "authorities")
    return f"My list: {state.named} ({count})" if state.named else f"My list ({count})"


def _more(id: str, words: str, before: str, areas: Sequence[AreaCard], held: Sequence[str]) -> Node:
    """Return a list that adds one more set of areas; once chosen, it is a box to tick."""
    options = [(f"{before}{area['code']}", area["name"]) for area in areas]
    return controls.adder(f"add-{id}", words, "areas", options, held)


def _singles(selection: Selection) -> Node:
    by_region: dict[str, list[AreaCard]] = {}
    for area in selection.library.authorities:
        by_region.setdefault(area["region_name"] or "Without a region", []).append(area)
    chosen = [area for area in selection.library.authorities if area["code"] in selection.areas]
    codes = [area["code"] for area in chosen]
    names = ", ".join(area["name"] for area in chosen) or "none ticked"
    return node(
        "Details",
        node(
            "Summary",
            node("Span", "Single authorities", className="fold-title"),
            node("Span", f" – {names}", className="ticked"),
        ),
        node(
            "Div",
            *[
                [
                    node("P", region, className="form-hint"),
                    controls.boxes("areas", [(a["code"], a["name"]) for a in areas], codes),
                ]
                for region, areas in sorted(by_region.items())
            ],
            className="box-list",
        ),
        id="single-authorities",
        className="fold",
    )


# ---- periods, breakdowns, shape


def _periods(selection: Selection) -> Node:
    state = selection.state
    options: list[Option] = [
        ("", "Latest of each indicator"),
        *((f"{LAST}{count}", f"The last {count}") for count in _LAST_COUNTS),
        (EVERY, "All"),
    ]
    how = "" if state.periods == LATEST else state.periods
    if how not in dict(options):
        options.append((how, how.replace(LAST, "The last ")))
    years = [str(year) for year in years_of(selection.cards)]
    return step(
        "3. Periods",
        controls.select("periods", "How many", options, how),
        node(
            "Div",
            controls.select(
                "from_year", "Ending from", _years(years, state.from_year), state.from_year
            ),
            controls.select("to_year", "to", _years(years, state.to_year), state.to_year),
            className="two-fields",
        )
        if years
        else None,
    )


def _years(years: Sequence[str], chosen: str) -> list[Option]:
    return [("", "Any year"), *((year, year) for year in _with(years, chosen))]


def _with(values: Sequence[str], chosen: str) -> list[str]:
    return sorted({*values, *([chosen] if chosen else [])})


def _breakdowns(selection: Selection) -> Node:
    counts = {
        column: sum(column in card["breakdowns"] for card in selection.cards)
        for column in BREAKDOWN_COLUMNS
    }
    held = {column: count for column, count in counts.items() if count}
    wanted = [*selection.columns, *selection.not_held]
    options = [(column, _column(column, held, len(selection.cards))) for column in held]
    options += [(column, _column(column, held, 0)) for column in selection.not_held]
    if not options:
        none = "None of the chosen indicators is broken down." if selection.cards else _FIRST
        return step("4. Breakdowns", node("P", none, className="form-hint"))
    return step("4. Breakdowns", controls.boxes("by", options, wanted))


_FIRST: Final = "Choose indicators first: they differ in what they are broken down by."


def _column(column: str, held: Mapping[str, int], of: int) -> str:
    words = _capital(column_words(column))
    if column not in held:
        return f"{words} (no chosen indicator has it)"
    return words if held[column] == of else f"{words} ({held[column]} of {of} indicators)"


def _shape(state: State, release: str) -> Node:
    releases: list[Option] = [("", "Always the latest"), (release, f"{release}, for ever")]
    return step(
        "5. Files and code",
        controls.select("labels", "Codes or words", _LABELS, state.labels),
        controls.select("wide", "Layout of CSV and Excel", _WIDE, state.wide),
        controls.select(
            "release",
            "Release",
            releases,
            state.release,
            "A named release goes on giving the same figures.",
        ),
    )

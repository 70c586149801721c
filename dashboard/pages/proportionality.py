"""Proportionality: how much is done beside how much need there is, and how one authority lies."""

import asyncio
from typing import Final

from dashboard.client import ApiClient
from dashboard.components import controls
from dashboard.components.chart_card import chart_card
from dashboard.components.figures import same_numbers
from dashboard.components.need_chart import need_chart
from dashboard.components.sources import release_section
from dashboard.components.table import Column, Row, table
from dashboard.components.text import breadcrumbs, bullets, heading, lead, outcome_tag, section
from dashboard.page import Node, Page, link, node
from dashboard.state import State, address, indicator_address
from dashboard.views.need_view import PROPORTIONALITY, Level, NeedView, load_need
from dashboard.views.pair_view import DEFAULT_X, SCATTER
from dashboard.words.need import level_sentence, need_sentence, together_sentence
from dashboard.words.numbers import NO_VALUE, span
from dashboard.words.outcomes import outcome_word
from dashboard.words.pairs import correlation_words

_TITLE: Final = "Intervention beside need"
_NONE: Final = "This release holds none of the rates that are read beside deprivation."


async def page(client: ApiClient, state: State) -> Page:
    """Return the page; raises ApiError for an area that is not there."""
    view = await load_need(client, state.changed(subject=""))
    return await asyncio.to_thread(_composed, view)


def _composed(view: NeedView) -> Page:
    sentence = _sentence(view)
    name = f"{view.chosen['name']}: " if view.chosen else ""
    return Page(
        title=f"{name}{_TITLE}",
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/"), ("Read together", _kept(view, "/pairs"))),
            heading(_TITLE, caption="Proportionality"),
            lead(sentence),
            _choices(view),
            _chart(view) if view.levels else None,
            _levels(view) if view.levels else None,
            _caution(),
            release_section(view.meta),
        ],
    )


def _sentence(view: NeedView) -> str:
    if not view.levels:
        return _NONE
    name = view.chosen["name"] if view.chosen else ""
    compared = [(li.indicator["short_title"], li.compared) for li in view.levels]
    said = need_sentence(name, view.fifth_name, [(t, row) for t, row in compared if row])
    if said:
        return said
    if view.chosen:
        return f"{name} cannot be set beside authorities about as deprived. {_why(view)}"
    pairs = [(level.indicator["short_title"], level.pair) for level in view.levels]
    return together_sentence(pairs)


def _why(view: NeedView) -> str:
    area = view.chosen
    if area and area["last_day"]:
        return "It is no authority of today, and deprivation is of today’s authorities."
    if area and area["kind"] != "authority":
        return "Only authorities have a fifth of deprivation."
    return "It has no figure of these that can be compared."


def _kept(view: NeedView, path: str, **more: str) -> str:
    state = view.state
    kept = State(area=state.area, model=state.model, release=state.release)
    return address(path, kept.changed(**more))


def _choices(view: NeedView) -> Node:
    authorities = {area["code"]: area["name"] for area in view.library.authorities}
    if view.chosen:
        authorities[view.chosen["code"]] = view.chosen["name"]
    return controls.form(
        PROPORTIONALITY,
        controls.select(
            "area", "Authority", [("", "None chosen"), *authorities.items()], view.state.area
        ),
        controls.kept("release", view.state.release),
        controls.kept("model", view.state.model),
        button="Show",
        label="Choose an authority",
    )


def _chart(view: NeedView) -> Node:
    title = node("H2", "Rates beside deprivation", id="chart", className="visually-hidden")
    return node("Section", title, chart_card(need_chart(view)), aria_labelledby="chart")


def _levels(view: NeedView) -> Node:
    name = view.chosen["name"] if view.chosen else "No authority chosen"
    columns = [
        Column("Rate"),
        Column(name, is_number=True),
        Column("Middle one of those about as deprived", is_number=True),
        Column("Middle half of them", is_number=True),
        Column("Against them together"),
        Column("All authorities"),
    ]
    said = [
        f"{level.indicator['short_title']}: {level_sentence(name, level.compared, level.measure)}"
        for level in view.levels
        if level.compared and view.chosen
    ]
    return section(
        "levels",
        "Each rate in figures",
        bullets(said) if said else None,
        table(
            "Each rate, and how it goes with deprivation",
            columns,
            [_row(view, level) for level in view.levels],
            look="wide-end",
            is_headed=True,
        ),
        same_numbers(view.compared_address, "the comparison") if view.compared_address else None,
    )


def _row(view: NeedView, level: Level) -> Row:
    measure, row = level.measure, level.compared
    indicator = level.indicator
    state = State(area=view.state.area, release=view.state.release)
    every = _kept(view, SCATTER, x=DEFAULT_X, y=indicator["id"])
    own = level.row_of(view.state.area) if view.chosen else None
    return (
        link(indicator["title"], indicator_address(indicator["id"], state)),
        measure.quantity(own["y_value"]) if own else NO_VALUE,
        f"{measure.quantity(row['median'])} of {row['members_with_data']}" if row else NO_VALUE,
        span(row["q25"], row["q75"], measure.unit, measure.decimals) if row else NO_VALUE,
        outcome_tag(outcome_word(row)) if row else NO_VALUE,
        [
            f"{correlation_words(level.pair)} ",
            link("Table and chart of all", every),
        ],
    )


def _caution() -> Node:
    return section(
        "caution",
        "Read with care",
        node(
            "P",
            "Deprivation is one measure of need, and not the only one: ages of children, "
            "disability, and children who arrive alone matter too. A rate above or below that of "
            "authorities about as deprived is a question and no verdict. It does not say that "
            "too much or too little is done, and what goes together over authorities need not "
            "bring each other about.",
        ),
        node(
            "P",
            "Shown are the rates of all children in which neither way is good, from first contact "
            "to care. The rate of children on a child protection plan is not held here.",
        ),
    )

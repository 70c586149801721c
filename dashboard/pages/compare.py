"""Groups of authorities in one indicator: whether they differ, and how far they overlap."""

import asyncio

from dashboard.client import ApiClient
from dashboard.components import controls
from dashboard.components.chart_card import chart_card
from dashboard.components.filters import filter_fold, filters_in_force
from dashboard.components.group_crossed import cross_section
from dashboard.components.group_sentence import opening_sentence
from dashboard.components.group_strips import strips_chart
from dashboard.components.group_tables import members_table, spread_table
from dashboard.components.sources import release_section
from dashboard.components.text import breadcrumbs, heading, inset, lead, section
from dashboard.page import Node, Page, link, node
from dashboard.state import State, address, indicator_address
from dashboard.views.group_choice import NEIGHBOURS, OWN, grouping_options
from dashboard.views.group_view import GroupView, load_groups
from dashboard.views.narrowing import narrowed, unnarrowed
from dashboard.words import periods
from dashboard.words.groups import own_sentence
from dashboard.words.names import opening

PATH = "/compare"
ZERO = "zero"


async def page(client: ApiClient, state: State) -> Page:
    """Return the page of groups; raises ApiError for what the API refuses."""
    view = await load_groups(client, state)
    return await asyncio.to_thread(_composed, view)


def _composed(view: GroupView) -> Page:
    sentence = opening_sentence(view)
    title = view.heading
    return Page(
        title=title,
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/")),
            heading(title, caption="Compare groups of authorities"),
            lead(sentence),
            filters_in_force(PATH, view.state, view.classes),
            node("Div", _choices(view), className="many-choices"),
            _body(view),
            release_section(view.meta),
        ],
    )


def _body(view: GroupView) -> list[Node]:
    if not view.shown:
        return [_empty(view)]
    parts: list[Node] = [_own(view)]
    if view.is_count:
        parts.append(spread_table(view))
    else:
        parts += [
            link("Skip the chart", "#groups", className="skip-part"),
            chart_card(strips_chart(view)),
            _axis(view),
        ]
    caution = next((group["caution"] for group in view.rows if group["caution"]), None)
    return [*parts, _cautions(view, caution), cross_section(view), _members(view), _ways_on(view)]


def _own(view: GroupView) -> Node:
    group, chosen = view.chosen_group, view.chosen
    if chosen is None or view.is_count:
        return None
    if group is None:
        if view.state.compare == NEIGHBOURS:
            return node("P", f"{opening(chosen['name'])} itself is in neither group.")
        why = ": the filters leave it out" if narrowed(view.state) else ""
        return node("P", f"{opening(chosen['name'])} is in none of these groups{why}.")
    member = next(m for m in group["areas"] if m["code"] == chosen["code"])
    said = own_sentence(
        chosen["name"], member["value"], member["status"], group, view.label(group), view.measure
    )
    return node("P", said)


def _axis(view: GroupView) -> Node:
    """Return the link that lets the axis begin at nought, or fit the figures again."""
    is_zero = view.state.axis == ZERO
    words = "Let the axis fit the figures" if is_zero else "Let the axis begin at nought"
    way = address(PATH, view.state.changed(axis="" if is_zero else ZERO))
    return node("P", link(words, way), className="note")


def _cautions(view: GroupView, caution: str | None) -> Node:
    """Return what must be known to read the groups: the caution of judgements, who is left out."""
    named = f"“{view.title}”"
    warnings = [f"{said.rstrip('.')}." for said in view.groups.meta["warnings"]]
    # That an authority is not among its own neighbours stands above the chart.
    told = [said for said in warnings if "in neither group" not in said]
    lines = [said.replace(view.rows[0]["grouping"], named) for said in told]
    about = "How groups are tested, and what the test does not say"
    return [
        inset(node("P", caution)) if caution else None,
        *[node("P", line, className="note") for line in lines],
        node("P", link(about, "/methods/groups"), className="note"),
    ]


def _members(view: GroupView) -> Node:
    return node(
        "Details",
        node("Summary", node("Span", "Every authority with its group", className="fold-title")),
        members_table(view),
        className="fold",
    )


def _ways_on(view: GroupView) -> Node:
    state, id = view.state, view.indicator["id"]
    kept = State(area=state.area, release=state.release, period=state.period)
    heat = State(area=state.area, release=state.release, own=state.own, named=state.named)
    heat = heat.changed(**narrowed(state))
    ways = [
        link(f"More about {view.indicator['title']}", indicator_address(id, kept)),
        link("The same authorities in many indicators: the heat table", address("/heat", heat)),
        link("Make a list of your own to compare with", address("/own", State(area=state.area))),
    ]
    return section(
        "further", "Further", node("Ul", *[node("Li", way) for way in ways], className="bullets")
    )


def _empty(view: GroupView) -> Node:
    """Return what to do where there is nothing to show."""
    if view.needs_choice and view.state.compare == OWN:
        way = link("Make a list of your own", "/own")
    elif narrowed(view.state):
        way = link("Take all filters out", address(PATH, unnarrowed(view.state)))
    elif view.state.period:
        way = link("Show the latest period", address(PATH, view.state.changed(period="")))
    else:
        way = link("Choose another indicator", "/indicators")
    return node("Div", node("P", way), className="empty")


def _choices(view: GroupView) -> Node:
    state = view.state
    indicators = [
        (id, card["short_title"]) for id, card in view.library.indicators.items() if card["latest"]
    ]
    held = [
        ("" if period == view.indicator["latest"] else period,
         periods.label(period, view.measure.measured))
        for period in reversed(view.indicator["periods"])
    ]  # fmt: skip
    authorities = [(area["code"], area["name"]) for area in view.library.authorities]
    groupings = grouping_options(state, view.library, state.compare)
    across = [(c["grouping"], c["title"]) for c in view.library.groupings]
    across = [option for option in across if option[0] != state.compare]
    return controls.form(
        PATH,
        controls.select("indicator", "Indicator", indicators, state.indicator),
        controls.select("compare", "Group by", groupings, state.compare),
        controls.select("across", "And across", [("", "Nothing"), *across], state.across),
        controls.select("period", "Period", held, state.period),
        controls.select("area", "Mark an authority", [("", "None"), *authorities], state.area),
        node("Div", filter_fold(state, view.classes), className="field whole-row"),
        *[controls.kept(name, getattr(state, name)) for name in ("release", "own", "named")],
        *[controls.kept(name, getattr(state, name)) for name in ("model", "axis", "view")],
        button="Show",
        label="Choose what is compared",
    )

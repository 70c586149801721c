"""Gaps: each part of a figure against its own total, with intervals, now and the year before."""

import asyncio

from dashboard.charts.chart import Chart
from dashboard.client import ApiClient
from dashboard.components.chart_card import chart_card
from dashboard.components.figures import same_numbers
from dashboard.components.gaps_chart import gaps_chart, panels_of, summary_of, title_of
from dashboard.components.gaps_parts import OTHERS, area_sections, choices, opening_sentence
from dashboard.components.indicator_gaps import gap_notes
from dashboard.components.multiples_chart import multiples_chart
from dashboard.components.sources import release_section
from dashboard.components.text import breadcrumbs, heading, lead, section, sentence_case
from dashboard.page import Node, Page, link, node
from dashboard.state import State, address, indicator_address
from dashboard.views.gaps_view import GapsView, load_gaps
from dashboard.views.multiples_load import load_multiples
from dashboard.views.multiples_view import PARTS, TRENDS, MultiplesView
from dashboard.words.names import with_article
from dashboard.words.parts import column_words, silent_sentence


async def page(client: ApiClient, state: State) -> Page:
    """Return the page; raises ApiError for an indicator or area that is not there."""
    view = await load_gaps(client, state.changed(subject=""))
    over_time = await _over_time(client, view)
    return await asyncio.to_thread(_composed, view, over_time)


async def _over_time(client: ApiClient, view: GapsView) -> MultiplesView | None:
    """Return the parts of the first area over time, where there is more than one year of them."""
    if view.before is None or view.now is None:
        return None
    area = view.now.shown[0].area
    country = view.library.country["code"]
    code = "" if area["code"] == country else area["code"]
    state = State(
        view=PARTS, indicator=view.indicator["id"], by=view.by, area=code,
        release=view.state.release,
    )  # fmt: skip
    return await load_multiples(client, state)


def _composed(view: GapsView, over_time: MultiplesView | None) -> Page:
    sentence = _sentence(view)
    has_panels = bool(panels_of(view))
    return Page(
        title=f"Gaps: {title_of(view)}",
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/"), (view.indicator["title"], _indicator(view))),
            heading(_title(view), caption="Gaps between parts"),
            lead(sentence),
            _other_parts(view),
            choices(view),
            _chart(gaps_chart(view)) if has_panels else None,
            _left_out(view),
            area_sections(view) if has_panels else None,
            _years(over_time) if over_time and over_time.series else None,
            _care(view),
            same_numbers(view.rows_address, "the parts") if view.rows_address else None,
            release_section(view.meta),
        ],
    )


def _indicator(view: GapsView) -> str:
    kept = State(area=view.state.area, release=view.state.release)
    return indicator_address(view.indicator["id"], kept)


def _title(view: GapsView) -> str:
    title = view.indicator["short_title"]
    if view.is_family:
        return f"{title}: the {OTHERS[:1].lower()}{OTHERS[1:]}"
    return f"{title} {column_words(view.by)}" if view.by else title


def _sentence(view: GapsView) -> str:
    """Return the gaps of the chosen area; why it has none, then those of another."""
    if not view.by:
        return (
            "This figure is not broken down by its publisher, and nothing else is in its family. "
            "Choose another indicator."
        )
    if view.is_family:
        return summary_of(view)
    if view.now is None:
        return "No parts of this figure are held for this area. Choose another area or breakdown."
    silent = [
        silent_sentence(side.area["name"], side.common_status)
        for side in view.now.sides
        if side.common_status and side.area["code"] == view.state.area
    ]
    if view.chosen and view.state.area not in {side.area["code"] for side in view.now.sides}:
        silent = [f"No parts of this figure are held for {with_article(view.chosen['name'])}."]
    return " ".join([*silent, opening_sentence(view, view.now.shown[0])])


def _chart(chart: Chart) -> Node:
    title = node("H2", "Chart of all parts", id="chart", className="visually-hidden")
    return node("Section", title, chart_card(chart), aria_labelledby="chart")


def _other_parts(view: GapsView) -> Node:
    """Return that the figure has no such parts as the address asks for, where it has none."""
    if view.state.by in ("", view.by) or not view.by:
        return None
    asked, shown = column_words(view.state.by), column_words(view.by)
    return node("P", f"No parts {asked} are held of this figure. It is shown {shown}.")


def _left_out(view: GapsView) -> Node:
    if not view.left_out:
        return None
    return node("P", f"{view.left_out} more areas are left out. Choose fewer.", className="note")


def _years(over_time: MultiplesView) -> Node:
    way = link("The same with a table of all years", over_time.place())
    return section("years", "Each part over time", node("P", way, "."), chart_card(
        multiples_chart(over_time)
    ))  # fmt: skip


def _care(view: GapsView) -> Node:
    """Return what must be borne in mind, and the other ways to look at the same."""
    ways = [(name, column_words(name)) for name in view.indicator["breakdowns"]]
    others = [
        link(sentence_case(words), view.place(by=name)) for name, words in ways if name != view.by
    ]
    if view.siblings and not view.is_family:
        others.append(link(OTHERS, view.place(by="family")))
    notes = gap_notes(view.now) if view.now else []
    trends = address(TRENDS, State(indicator=view.indicator["id"], area=view.state.area))
    return section(
        "care",
        "Read with care",
        node(
            "P",
            "A gap does not say why. Groups differ in age, need and history, and in how they are "
            "recorded. All parts of a breakdown are looked at together, so that one may be "
            "“similar” although its interval just leaves out 0.",
        ),
        [node("P", words) for words in notes],
        node("Ul", *[node("Li", way) for way in others], className="bullets") if others else None,
        node("P", link("This indicator over time in many areas", trends)),
        node("P", link("How gaps are worked out", "/methods/inequalities")),
    )

"""One indicator: a sentence, then map, change, groups, ranked dots, table, definition."""

import asyncio

from api.contract import AreaCard, IndicatorDetail, Status
from dashboard.client import ApiClient, Reply
from dashboard.components.figures import same_numbers, skippable
from dashboard.components.indicator_beside import beside_others
from dashboard.components.indicator_change import change_figure, change_sources, change_words
from dashboard.components.indicator_charts import (
    chart_links,
    dots_figure,
    map_figure,
)
from dashboard.components.indicator_choices import choices
from dashboard.components.indicator_notes import notes
from dashboard.components.indicator_tables import (
    comparator_words,
    group_table,
    in_no_group,
    values_table,
    view_source_link,
)
from dashboard.components.sources import release_section, source_line
from dashboard.components.text import (
    breadcrumbs,
    contents,
    heading,
    kind_words,
    lead,
    section,
    sentence_case,
    stage_words,
    tag,
)
from dashboard.indicator_view import IndicatorView, load_view
from dashboard.interactive import SERIES_BUTTON, SERIES_PLACE
from dashboard.page import Node, Page, bootstrap, link, node
from dashboard.state import State
from dashboard.words import periods
from dashboard.words.counts import counted_sentence, figure_words
from dashboard.words.endings import ended_sentence
from dashboard.words.outcomes import (
    compared_sentence,
    missing_sentence,
    spread_sentence,
)

_CONTENTS = (
    ("Map", "map-section"),
    ("Change", "change"),
    ("Groups", "groups"),
    ("Authorities", "authorities"),
    ("Table", "values"),
    ("Definition", "definition"),
    ("Sources", "sources"),
)
_ORDERED = (("Authorities", "authorities"),)
"""Sections that put authorities in order, which whether one is counted cannot."""


async def page(client: ApiClient, state: State) -> Page:
    """Return the page of an indicator; raises ApiError for what the API refuses."""
    view = await load_view(client, state)
    if not isinstance(view, IndicatorView):
        return _empty(view, state)
    # Some 20 ms of work: in a thread, other requests are answered meanwhile.
    return await asyncio.to_thread(_composed, view)


def _composed(view: IndicatorView) -> Page:
    sentence = opening_sentence(view)
    return Page(
        title=_title(view),
        description=sentence,
        content=[
            *_top(view.indicator),
            lead(sentence),
            source_line(
                view.indicator,
                periods.label(view.indicator["latest"] or "", view.measure.measured),
                _own_source(view),
            ),
            choices(view),
            beside_others(view),
            contents([item for item in _CONTENTS if not (view.is_count and item in _ORDERED)]),
            _map_and_change(view),
            _groups(view),
            None if view.is_count else _authorities(view),
            _values(view),
            notes(view.indicator, view.state),
            release_section(view.meta),
        ],
    )


def _own_source(view: IndicatorView) -> Node:
    """Return the way to where the figure of the opening sentence comes from."""
    row = view.row_of((view.chosen or view.library.country)["code"])
    return view_source_link(view, row, "Where this figure comes from") if row else None


def opening_sentence(view: IndicatorView) -> str:
    """Return the sentence of the page: the chosen authority, or the country and its spread."""
    country, chosen, measure = view.library.country, view.chosen, view.measure
    row = view.row_of(country["code"])
    if chosen is None:
        if view.is_count and row and row["status"] == Status.OK:
            counted = figure_words(row, measure, is_authority=False)
            return f"{country['name']}: {counted} {periods.when(view.period, measure.measured)}."
        rows = view.of_level("authority")
        held = [row for row in rows if row["status"] == Status.OK]
        ranked = [r["value"] for r in held if view.library.areas[r["area_code"]]["is_rankable"]]
        return spread_sentence(
            country["name"],
            row["value"] if row else None,
            row["status"] if row else Status.NOT_AVAILABLE,
            view.period,
            measure,
            [value for value in ranked if value is not None],
            len(held),
            len(rows),
        )
    own = view.row_of(chosen["code"])
    if view.ended_on:
        return _ended(view, chosen)
    if own is None or own["status"] != Status.OK:
        status = own["status"] if own else Status.NOT_AVAILABLE
        return missing_sentence(chosen["name"], status, view.period, measure)
    sentence = counted_sentence if view.is_count else compared_sentence
    compared = [(comparator_words(view, row), row) for row in view.compared]
    return sentence(chosen["name"], own["value"], view.period, measure, compared)


def _ended(view: IndicatorView, chosen: AreaCard) -> str:
    last = view.last_held
    held = (last["value"], last["period"]) if last else None
    return ended_sentence(chosen["name"], view.ended_on, view.period, view.measure, held)


def _title(view: IndicatorView) -> str:
    name = f"{view.chosen['name']}: " if view.chosen else ""
    return f"{name}{view.indicator['title']}"


def _top(indicator: IndicatorDetail) -> list[Node]:
    return [
        breadcrumbs(("Overview", "/"), (stage_words(indicator["stage"]), "/#indicators")),
        heading(
            indicator["title"],
            tag(kind_words(indicator["kind"]), indicator["kind"]),
            tag(stage_words(indicator["stage"])),
            tag(sentence_case(indicator["designation"])),
        ),
    ]


def _empty(card: Reply[IndicatorDetail], state: State) -> Page:
    indicator = card.data
    sentence = f"No figures of this indicator are held yet: {indicator['title']}."
    return Page(
        indicator["title"],
        sentence,
        [
            *_top(indicator),
            lead(sentence),
            notes(indicator, state),
            release_section(card.meta),
        ],
    )


def _map_and_change(view: IndicatorView) -> Node:
    return bootstrap(
        "Row",
        bootstrap(
            "Col",
            skippable(
                "map-section", "Map", "change", map_figure(view), chart_links(view, "the map")
            ),
            xs=12,
            lg=6,
        ),
        bootstrap("Col", _change(view), xs=12, lg=6),
        class_name="g-4",
    )


def _change(view: IndicatorView) -> Node:
    subject = view.library.country if view.ended_on else view.chosen or view.library.country
    two = "Two values do not make a trend, and small numbers vary from year to year."
    return section(
        "change",
        "Change since the period before",
        node("P", f"{subject['name']}: {change_words(view, subject)}"),
        None if view.is_count else change_figure(view),
        node("P", two, className="note"),
        change_sources(view),
        chart_links(view, "both periods"),
        node(
            "Button",
            "Interactive chart of all periods",
            id=SERIES_BUTTON,
            type="button",
            className="btn btn-outline-primary needs-script",
            data_live="true",
        ),
        node("Div", id=SERIES_PLACE, className="series", data_live="true"),
    )


def _groups(view: IndicatorView) -> Node:
    as_at = next((group["as_at"] for group in view.groups.data if group["as_at"]), None)
    note = view.grouping["note"].rstrip(".")
    stated = f"{note}: {periods.day(as_at)}." if note and as_at else f"{note}." if note else ""
    return section(
        "groups",
        f"Groups: {view.grouping['title']}",
        node("P", f"{_COUNTED if view.is_count else _AS_A_WHOLE} {stated}"),
        group_table(view),
        in_no_group(view),
        node("P", "Worked out from the ", link("figures in the table", "#values"), "."),
        same_numbers(view.groups.address, "the groups"),
    )


_AS_A_WHOLE = (
    "The group as a whole counts every child of its authorities alike; the median is the authority "
    "in the middle. Only authorities with data count."
)
_COUNTED = "How many authorities of each group are counted, of those with data."


def _authorities(view: IndicatorView) -> Node:
    return skippable(
        "authorities",
        "Authorities with their intervals" if view.has_intervals else "Authorities in order",
        "values",
        node(
            "P",
            f"Highest first, which is not best first. {_about_intervals(view)} The solid line is "
            f"{view.library.country['name']}, the dashed line the median of the group.",
        ),
        dots_figure(view),
        chart_links(view, "the chart"),
    )


def _about_intervals(view: IndicatorView) -> str:
    if view.has_intervals:
        return (
            "The line through a dot is its 95% interval: where lines overlap, the order of two "
            "authorities means little."
        )
    reason = sentence_case(view.indicator["interval_reason"].rstrip("."))
    why = f" {reason}." if reason else ""
    return (
        "The dots have no intervals, because no interval is valid for this indicator, so that "
        f"nothing says how much of their order is chance.{why}"
    )


def _values(view: IndicatorView) -> Node:
    return section(
        "values",
        "Table of all areas",
        values_table(view),
        same_numbers(view.rows.address, "the table"),
    )

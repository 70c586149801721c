"""One indicator: a sentence, then map, change, parts, groups, ranked dots, table, definition."""

import asyncio
from typing import Final

from api.contract import IndicatorDetail
from dashboard.answers import Reply
from dashboard.client import ApiClient
from dashboard.components.area_history import history_links
from dashboard.components.comments import said_section
from dashboard.components.figures import same_numbers, skippable
from dashboard.components.group_verdict import group_verdict
from dashboard.components.indicator_beside import beside_others
from dashboard.components.indicator_breakdowns import SECTION as PARTS
from dashboard.components.indicator_breakdowns import broken_down
from dashboard.components.indicator_change import (
    chance_words,
    change_figure,
    change_sources,
    change_words,
    trend_line,
)
from dashboard.components.indicator_charts import (
    chart_links,
    dots_figure,
    map_figure,
)
from dashboard.components.indicator_choices import choices
from dashboard.components.indicator_family import family_line
from dashboard.components.indicator_notes import notes
from dashboard.components.indicator_sentence import opening_sentence
from dashboard.components.indicator_tables import (
    group_table,
    in_no_group,
    values_table,
    view_source_link,
)
from dashboard.components.indicator_unusual import unusual
from dashboard.components.sources import designation_words, release_section, source_line
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
from dashboard.indicator_load import load_view
from dashboard.indicator_view import IndicatorView
from dashboard.interactive import SERIES_BUTTON, SERIES_PLACE
from dashboard.page import Node, Page, bootstrap, link, node
from dashboard.state import State
from dashboard.words import periods

_CONTENTS = (
    ("Map", "map-section"),
    ("Change", "change"),
    (PARTS[1], PARTS[0]),
    ("Groups", "groups"),
    ("Authorities", "authorities"),
    ("Table", "values"),
    ("Definition", "definition"),
    ("Sources", "sources"),
)


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
            family_line(view),
            choices(view),
            None if view.is_country_only else beside_others(view),
            said_section(view),
            contents(_contents(view)),
            *(_country_alone(view) if view.is_country_only else _every_area(view)),
            notes(view.indicator, view.state),
            release_section(view.meta),
        ],
    )


def _contents(view: IndicatorView) -> list[tuple[str, str]]:
    """Return the sections that the page has; whether one is counted puts no authority in order."""
    left_out = {
        "map-section": view.is_country_only,
        PARTS[0]: not view.indicator["breakdowns"],
        "groups": view.is_country_only,
        "authorities": view.is_count and not view.is_country_only,
        "values": view.is_country_only,
    }
    return [item for item in _CONTENTS if not left_out.get(item[1])]


def _every_area(view: IndicatorView) -> list[Node]:
    return [
        _map_and_change(view),
        broken_down(view),
        _groups(view),
        None if view.is_count else _authorities(view),
        _values(view),
    ]


def _country_alone(view: IndicatorView) -> list[Node]:
    """Return what there is of a figure of the country alone, and why there is no more."""
    name = view.library.country["name"]
    why = (
        f"This figure is published for {name} alone. So there is no map, no group, no comparison "
        "and no table of areas."
    )
    return [_change(view), broken_down(view), section("authorities", "Authorities", node("P", why))]


def _own_source(view: IndicatorView) -> Node:
    """Return the way to where the figure of the opening sentence comes from."""
    row = view.row_of((view.chosen or view.library.country)["code"])
    return view_source_link(view, row, "Where this figure comes from") if row else None


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
            tag(sentence_case(designation_words(indicator))),
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
    subject = view.shown_area
    rows = "" if view.is_country_only else "#values"
    is_series = len(view.indicator["periods"]) > 1
    return section(
        "change",
        "Change since the period before",
        node(
            "P", f"{subject['name']}: {change_words(view, subject)} {chance_words(view, subject)}"
        ),
        trend_line(view),
        None if view.is_count else change_figure(view),
        node("P", _TWO_VALUES, className="note") if view.previous and not view.break_note else None,
        history_links(view),
        change_sources(view) if view.previous else None,
        same_numbers(view.rows.address, "both periods", with_sources=rows)
        if view.previous
        else None,
        _series_button() if is_series else None,
        node("Div", id=SERIES_PLACE, className="series", data_live="true"),
    )


_TWO_VALUES = "Two values do not make a trend, and small numbers vary from year to year."


def _series_button() -> Node:
    return node(
        "Button",
        "Interactive chart of all periods",
        id=SERIES_BUTTON,
        type="button",
        className="btn btn-outline-primary needs-script",
        data_live="true",
    )


def _groups(view: IndicatorView) -> Node:
    as_at = next((group["as_at"] for group in view.groups.data if group["as_at"]), None)
    note = view.grouping["note"].rstrip(".")
    stated = f"{note}: {periods.day(as_at)}." if note and as_at else f"{note}." if note else ""
    return section(
        "groups",
        f"Groups: {view.grouping['title']}",
        node("P", f"{_COUNTED if view.is_count else _AS_A_WHOLE} {stated}"),
        group_verdict(view),
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
            f"{_order(view)} {_about_intervals(view)} The solid line is "
            f"{view.library.country['name']}, the dashed line the median of the group.",
        ),
        unusual(view),
        dots_figure(view),
        chart_links(view, "the chart"),
    )


_ORDERS: Final = {
    "higher_is_better": "Highest first: here higher is better.",
    "lower_is_better": "Highest first, which here is worst first: lower is better.",
}


def _order(view: IndicatorView) -> str:
    """Return what the order says by the direction of the indicator."""
    no_way = "Highest first, which is neither best nor worst first: no way is said to be good."
    return _ORDERS.get(view.indicator["direction"], no_way)


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

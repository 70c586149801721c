"""The figure that a source's page traces, with its status, and the ways on from it."""

from api.contract import IndicatorDetail, ObservationRow
from dashboard.components.figures import same_numbers
from dashboard.components.sources import figure_source_link
from dashboard.components.text import bullets, inset, section, sentence_case, summary_list
from dashboard.page import Node, link
from dashboard.state import (
    State,
    authority_address,
    indicator_address,
    release_address,
    source_address,
)
from dashboard.views.source_view import SourceView, has_figure
from dashboard.words import periods
from dashboard.words.counts import counts_authorities, figure_words
from dashboard.words.numbers import span
from dashboard.words.readings import part, quoted
from dashboard.words.statuses import flag_words, status_reason

_INTERVALS = {
    "wilson": "worked out from the parts by Wilson’s method",
    "poisson": "worked out from the count",
    "published": "as published",
}


def figure_section(view: SourceView) -> Node:
    """Return the figure itself with its status; nothing where none is traced."""
    row, indicator, measure = view.row, view.indicator, view.measure
    if row is None or indicator is None or measure is None or view.figures is None:
        return None
    is_authority = view.area is not None and view.area["kind"] == "authority"
    counted = figure_words(row, measure, is_authority=is_authority)
    amount = counted if counts_authorities(row["unit"]) else measure.amount(row["value"])
    value = amount if has_figure(row) else sentence_case(status_reason(row["status"]))
    facts = summary_list(
        [
            ("Indicator", _indicator_link(view, indicator)),
            ("Area", _area_link(view, row)),
            ("Period", periods.label(row["period"], measure.measured)),
            ("Value" if has_figure(row) else "Why there is none", value),
            ("Written in the source", _symbol(row)),
            ("Numerator", _part(row["numerator"])),
            ("Denominator", _part(row["denominator"])),
            ("95% interval", _interval(row, indicator)),
            ("Notes", sentence_case(flag_words(row["flags"]))),
            ("Here since release", row["updated_release"]),
        ]
    )
    return section("figure", "The figure", facts, same_numbers(view.figures.address, "the figure"))


def _symbol(row: ObservationRow) -> str:
    return quoted([row["source_symbol"]]) if row["source_symbol"] else ""


def _part(value: float | int | None) -> str:
    return "" if value is None else part(value)


def _interval(row: ObservationRow, indicator: IndicatorDetail) -> str:
    if row["ci_lower"] is None or row["ci_upper"] is None:
        return ""
    limits = span(row["ci_lower"], row["ci_upper"], indicator["unit"], indicator["decimals"])
    return f"{limits}, {_INTERVALS.get(indicator['interval'], indicator['interval'])}"


def _indicator_link(view: SourceView, indicator: IndicatorDetail) -> Node:
    state = State(area=_chosen(view), period=view.state.period, release=view.state.release)
    return link(indicator["title"], indicator_address(indicator["id"], state))


def _chosen(view: SourceView) -> str:
    area = view.area
    return area["code"] if area and area["kind"] == "authority" else ""


def _area_link(view: SourceView, row: ObservationRow) -> Node:
    if not _chosen(view):
        return row["area_name"]
    address = authority_address(row["area_code"], State(release=view.state.release))
    return link(row["area_name"], address)


def elsewhere(view: SourceView) -> Node:
    """Return the way to the source that the figure really comes from."""
    row = view.row
    if row is None or not view.is_from_elsewhere:
        return None
    words = "Where this figure comes from"
    way = figure_source_link(
        row["source"],
        row["indicator"],
        row["area_code"],
        row["period"],
        view.state.release,
        words,
    )
    return inset(way)


def other_ways(view: SourceView) -> Node:
    """Return the links from one indicator to the whole source, and to what became of a figure."""
    address = source_address(view.source["id"], State(release=view.state.release))
    ways = [link("All that is read from this source", address)]
    if view.row is not None and view.indicator is not None:
        of_figure = State(
            indicator=view.indicator["id"],
            area=view.row["area_code"],
            period=view.row["period"],
        )
        changes = release_address(view.meta["release"], of_figure)
        ways.append(link("Did this figure change since the release before?", changes))
    return bullets(ways)

"""What the charts of an indicator's page share: who is drawn, what is said of them, the source."""

from collections.abc import Sequence
from typing import Final

from api.contract import ObservationRow, Status
from dashboard.charts.chart import Chart, KeyItem
from dashboard.components.chart_card import chart_card
from dashboard.page import Node, link, node
from dashboard.svg.dots import Dot
from dashboard.svg.symbols import key_symbol
from dashboard.views.indicator_view import IndicatorView
from dashboard.views.indicator_views import TABLE
from dashboard.words import periods
from dashboard.words.numbers import span

_WIDTH: Final = 760
"""Pixels up to which a chart grows."""


def chart_of(
    view: IndicatorView,
    kind: str,
    title: str,
    summary: str,
    svg: str,
    *,
    key: Sequence[KeyItem] = (),
    key_title: str = "",
    note: str = "",
    rows_address: str = "",
    table_address: str = "",
    width: int = _WIDTH,
) -> Chart:
    """Return a chart of the shown figures, with their source and the way to their table."""
    return Chart(
        kind=kind,
        subject=view.indicator["id"],
        state=view.state.changed(view="", subject=""),
        title=title,
        summary=summary,
        svg=svg,
        meta=view.meta,
        source=source_words(view),
        rows_address=rows_address or view.rows.address,
        table_address=table_address or to_table(view),
        page_address=view.to_view(view.name),
        key=key,
        key_title=key_title,
        note=note,
        width=width,
    )


def to_table(view: IndicatorView) -> str:
    """Return the address of the table twin of all charts of one period."""
    return "" if view.is_country_only else f"{view.to_view(TABLE)}#values"


def source_words(view: IndicatorView) -> str:
    """Return publisher and publication of the shown figures, with its date."""
    sources = {source["id"]: source for source in view.indicator["sources"]}
    source = sources.get(view.usual_source)
    if source is None:
        return view.indicator["publisher"]
    said = [source["publisher"], source["title"], periods.day(source["published_on"])]
    return ", ".join(filter(None, said))


def linked_card(chart: Chart, past: str) -> Node:
    """Return a chart with many links, and before it a link that leads past them."""
    skip = link(f"Skip the links of this chart: {chart.title}", f"#{past}", className="skip-part")
    return node("Div", skip, chart_card(chart), node("Div", id=past, tabIndex="-1"))


def period_words(view: IndicatorView) -> str:
    """Return the shown period as it stands in titles."""
    return periods.label(view.period, view.measure.measured)


def ranked_rows(view: IndicatorView) -> list[ObservationRow]:
    """Return the rows of authorities large enough to be put in order, with a figure."""
    areas = view.library.areas
    return [
        row
        for row in view.of_level("authority")
        if row["status"] == Status.OK and areas[row["area_code"]]["is_rankable"]
    ]


def dot_of(view: IndicatorView, row: ObservationRow) -> Dot:
    """Return the mark of one authority."""
    measure, code = view.measure, row["area_code"]
    interval = span(row["ci_lower"], row["ci_upper"], measure.unit, measure.decimals)
    has_interval = row["ci_lower"] is not None and row["ci_upper"] is not None
    said = f"{row['area_name']}: {measure.amount(row['value'])}"
    return Dot(
        name=row["area_name"],
        label=f"{said} (95% interval {interval})" if has_interval else said,
        value=float(row["value"] or 0),
        lower=row["ci_lower"],
        upper=row["ci_upper"],
        figure=measure.quantity(row["value"]),
        address=view.address_of(code),
        is_chosen=code == view.state.area,
        is_neighbour=code in view.neighbours,
        is_pointed=code in {area["code"] for area in view.highlighted},
    )


def country_line(view: IndicatorView) -> list[tuple[str, float, str]]:
    """Return name, value and kind of the line of the country, where it has a figure."""
    country = view.library.country
    value = view.value_of(country["code"])
    if value is None:
        return []
    return [(f"{country['name']} {view.measure.quantity(value)}", value, "country")]


def median_line(view: IndicatorView) -> list[tuple[str, float, str]]:
    """Return the same of the median of all authorities."""
    row = view.over.spread_of.get(view.period)
    median = row["median"] if row else None
    return [] if median is None else [(f"median {view.measure.quantity(median)}", median, "median")]


def who_key(view: IndicatorView) -> list[KeyItem]:
    """Return what symbols stand for, as far as any is on the chart."""
    items = [KeyItem(key_symbol("other"), "an authority")]
    if view.chosen and view.is_there:
        items.append(KeyItem(key_symbol("chosen"), view.chosen["name"]))
    if view.neighbours:
        items.append(KeyItem(key_symbol("neighbour"), "its statistical neighbours"))
    if any(area["kind"] == "authority" for area in view.highlighted):
        items.append(KeyItem(key_symbol("pointed"), "pointed out"))
    return items if len(items) > 1 else []

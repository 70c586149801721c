"""The chart of small multiples, with all that must stay with it."""

from dashboard.charts.chart import Chart, KeyItem, NoChart
from dashboard.charts.chart_source import source_words
from dashboard.client import ApiClient
from dashboard.state import State
from dashboard.svg.grid import grid_of
from dashboard.svg.multiples import (
    HEIGHT,
    WIDTH,
    Moment,
    Panel,
    axis_of,
    key_line,
    panel_drawing,
)
from dashboard.views.multiples_load import load_multiples
from dashboard.views.multiples_view import INDICATORS, PARTS, MultiplesView, Series, times_of
from dashboard.words import periods
from dashboard.words.multiples import way_words, ways_sentence
from dashboard.words.numbers import plural
from dashboard.words.parts import column_words
from dashboard.words.statuses import status_word

KIND = "multiples"
_ACROSS = 4
_NOTHING = "There is nothing to draw: no figures are held of what was chosen."


async def load_multiples_chart(client: ApiClient, state: State) -> Chart:
    """Return the chart; raises NoChart where nothing is held."""
    view = await load_multiples(client, state.changed(subject=""))
    if not view.series:
        raise NoChart(_NOTHING)
    return multiples_chart(view)


def multiples_chart(view: MultiplesView) -> Chart:
    """Return the chart."""
    drawn = drawings(view)
    title = title_of(view)
    summary = summary_of(view)
    return Chart(
        kind=KIND,
        subject="",
        state=view.state,
        title=title,
        summary=summary,
        svg=grid_of("multiples", title, summary, drawn, (WIDTH + 24, HEIGHT + 12), _ACROSS),
        panels=drawn,
        meta=view.meta,
        source=source_words(view.details),
        rows_address=view.rows_address,
        table_address=f"{view.place()}#table",
        key=_key(view),
        note=_note(view),
    )


def drawings(view: MultiplesView) -> list[str]:
    """Return a drawing of each series; of one indicator all are on one axis."""
    panels = [_panel(view, one) for one in view.series]
    if view.mode == INDICATORS:
        units = [one.measure.unit for one in view.series]
        each = [
            axis_of([panel], unit, from_zero=view.from_zero)
            for panel, unit in zip(panels, units, strict=True)
        ]
    else:
        unit = view.series[0].measure.unit if view.series else ""
        each = [axis_of(panels, unit, from_zero=view.from_zero)] * len(panels)
    return [panel_drawing(panel, axis) for panel, axis in zip(panels, each, strict=True)]


def _panel(view: MultiplesView, series: Series) -> Panel:
    times = times_of(series.periods)
    words = ", ".join(filter(None, [last_words(series), way_words(series.trend)]))
    first, last = (series.periods[0], series.periods[-1]) if series.periods else ("", "")
    beside = _beside_name(view)
    return Panel(
        id=f"panel-{series.key.lower().replace('_', '-')}",
        name=series.name,
        words=words,
        description=f"{series.name}: {words}. {beside} is the thin line." if series.beside
        else f"{series.name}: {words}.",
        own=_moments(series, times, is_own=True),
        beside=_moments(series, times, is_own=False),
        ends=(periods.short(first), periods.short(last)),
        is_chosen=series.key == view.state.area,
    )  # fmt: skip


def _moments(series: Series, times: dict[str, float], *, is_own: bool) -> list[Moment]:
    rows = series.rows if is_own else series.beside
    found = []
    for period, at in times.items():
        row = rows.get(period)
        value = row["value"] if row and row["status"] == "ok" else None
        found.append(Moment(at, None if value is None else float(value), period in series.breaks))
    return found if rows else []


def last_words(series: Series) -> str:
    """Return the last figure, with its period where that is not the last one; or why none."""
    row = series.last
    if row is None:
        statuses = {one["status"] for one in series.rows.values()}
        return status_word(statuses.pop()) if len(statuses) == 1 else "no figure"
    said = series.measure.quantity(row["value"])
    if series.periods and row["period"] != series.periods[-1]:
        return f"{said} in {periods.short(row['period'])}"
    return said


def _beside_name(view: MultiplesView) -> str:
    return "All together" if view.mode == PARTS else view.library.country["name"]


def title_of(view: MultiplesView) -> str:
    """Return what is shown, of whom, from when to when."""
    indicator = view.indicator
    if indicator is None:
        return f"{view.area['name']}: {plural(len(view.series), 'indicator')} over time"
    ends = indicator["periods"]
    label = periods.label
    span = (
        f", {label(ends[0], indicator['measured'])} to {label(ends[-1], indicator['measured'])}"
        if ends
        else ""
    )
    if view.mode == PARTS:
        by = column_words(view.state.by)
        return f"{view.area['name']}: {indicator['title']}, {by}{span}"
    return f"{indicator['title']}{span}"


def summary_of(view: MultiplesView) -> str:
    """Return how many go which way; of parts, that nobody has worked that out."""
    trends = [one.trend for one in view.series if one.trend is not None]
    if view.mode != PARTS and not trends:
        return "Each panel has the last figure; none is of the latest period, so no trend is told."
    if view.mode == PARTS:
        return "Each panel has the last figure; which way parts go beyond chance is not worked out."
    one, many = ("indicator", "indicators") if view.mode == INDICATORS else ("area", "areas")
    return ways_sentence([dict(trend) for trend in trends], one, many)


def _key(view: MultiplesView) -> list[KeyItem]:
    own = {INDICATORS: view.area["name"], PARTS: "the part"}.get(view.mode, "the area")
    key = [KeyItem(key_line("own"), own)]
    if view.has_country:
        key.append(KeyItem(key_line("beside"), _beside_name(view)))
    if any(one.breaks & set(one.rows) for one in view.series):
        key.append(KeyItem(key_line("break"), "a break: not to be compared across"))
    return key


def _note(view: MultiplesView) -> str:
    axis = "Axes begin at nought" if view.from_zero else "Axes span the figures, not from nought"
    shared = "each panel has its own" if view.mode == INDICATORS else "all panels have the same"
    ways = "" if view.mode == PARTS else " Increasing and decreasing are more than chance explains."
    return f"{axis}; {shared}. A gap is a figure that is missing: the table says why.{ways}"

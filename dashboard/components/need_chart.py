"""The chart of proportionality: a square for each rate, deprivation across, on all authorities."""

from dataclasses import replace

from dashboard.charts.chart import Chart, NoChart
from dashboard.charts.chart_source import source_words
from dashboard.client import ApiClient
from dashboard.components.pair_chart import key_of, points_of
from dashboard.state import State
from dashboard.svg.grid import grid_of
from dashboard.svg.quadrant import SIDE, Band, Way, banded_chart
from dashboard.views.need_view import Level, NeedView, load_need
from dashboard.words.need import together_sentence
from dashboard.words.outcomes import Measure
from dashboard.words.pairs import Side
from dashboard.words.periods import label

KIND = "proportionality"
_ACROSS = 2
_WIDTH = 920


async def load_need_chart(client: ApiClient, state: State) -> Chart:
    """Return the chart; raises NoChart where no rate is held."""
    view = await load_need(client, state.changed(subject=""))
    if not view.levels:
        raise NoChart("This release holds none of the rates that are read beside deprivation.")
    return need_chart(view)


def need_chart(view: NeedView) -> Chart:
    """Return the chart."""
    panels = [_panel(view, level) for level in view.levels]
    pairs = [(level.indicator["short_title"], level.pair) for level in view.levels]
    periods = dict.fromkeys(_time(level) for level in view.levels)
    title = f"Rates beside deprivation: each authority, {' and '.join(periods)}"
    summary = together_sentence(pairs)
    name = view.chosen["name"] if view.chosen else ""
    source = source_words(level.indicator for level in view.levels)
    return Chart(
        kind=KIND,
        subject="",
        state=view.state,
        title=title,
        summary=summary,
        svg=grid_of("need", title, summary, panels, (SIDE, SIDE), _ACROSS),
        panels=panels,
        meta=view.meta,
        source="; ".join(filter(None, [source, view.context_source])),
        rows_address=view.levels[-1].rows.address,
        table_address=f"{view.place()}#levels",
        width=_WIDTH,
        key=key_of(name if view.fifth else ""),
        note=_note(view),
    )


def _note(view: NeedView) -> str:
    axes = "Across: the deprivation score, higher is more deprived; nothing is fitted."
    if not view.fifth:
        return axes
    return (
        f"{axes} The shaded band holds the authorities about as deprived as "
        f"{view.chosen['name'] if view.chosen else ''}, the {view.fifth_name}; the line in it is "
        "their median."
    )


def _time(level: Level) -> str:
    period = level.pair["y_period"]
    return label(period, level.measure.measured) if period else ""


def _panel(view: NeedView, level: Level) -> str:
    pair = level.pair
    x = Side(pair["x_short_title"], pair["x_title"], _score(level), pair["x_period"], None, "")
    y = Side(pair["y_short_title"], pair["y_title"], level.measure, pair["y_period"], None, "")
    points = [
        # A small square has no room for ten names.
        replace(point, name=point.name if point.is_chosen else "")
        for point in points_of(level.rows.data, (x, y), view.state.area, view.neighbours)
    ]
    return banded_chart(
        f"need-{level.indicator['id'].replace('_', '-')}",
        f"{pair['y_title']}, beside deprivation",
        f"{pair['sentence']} The table below holds how the chosen authority lies.",
        points,
        Way(x.short_title, "score", None, ""),
        Way(f"{y.short_title}, {level.measure.unit}", "", None, ""),
        _band(view, level),
    )


def _score(level: Level) -> Measure:
    return Measure(level.pair["x_unit"], level.pair["x_decimals"], level.pair["x_measured"])


def _band(view: NeedView, level: Level) -> Band | None:
    rows = view.in_fifth(level)
    across = [float(row["x_value"]) for row in rows if row["x_value"] is not None]
    middle = level.compared["median"] if level.compared else None
    if not across or middle is None:
        return None
    return Band(min(across), max(across), middle, f"median {level.measure.quantity(middle)}")

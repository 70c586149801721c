"""The chart of a pair: each authority by both figures, with all that must stay with it."""

from collections.abc import Collection, Sequence

from api.contract import PairRow
from dashboard.asking import csv_address
from dashboard.charts.chart import Chart, KeyItem, NoChart
from dashboard.client import ApiClient
from dashboard.state import State
from dashboard.svg.quadrant import Point, Way, key_symbol, quadrant_chart
from dashboard.views.pair_view import PairView, load_pair
from dashboard.words.numbers import plural
from dashboard.words.pairs import Side, figure_words

_WIDTH = 600


async def load_pair_chart(client: ApiClient, state: State) -> Chart:
    """Return the chart of a declared pair, or of `x` and `y` of the state.

    Raises NoChart where no year has both figures.
    """
    view = await load_pair(client, state)
    if view.card["x_period"] is None:
        raise NoChart(view.card["sentence"])
    return pair_chart(view)


def pair_chart(view: PairView) -> Chart:
    """Return the chart."""
    card, state = view.card, view.state
    if view.is_free:
        state = state.changed(x=card["x"], y=card["y"], subject="")
    summary, stop, about = card["sentence"].partition("). ")
    summary += stop.strip()
    points = points_of(view.rows.data, (view.x, view.y), state.area, view.neighbours)
    description = (
        f"Each of {plural(len(points), 'authority', 'authorities')} by both figures. "
        f"{card['sentence']} The table holds the same."
    )
    return Chart(
        kind="scatter" if view.is_free else "pair",
        subject="" if view.is_free else card["id"],
        state=state,
        title=_title(view),
        summary=summary,
        svg=quadrant_chart(
            "quadrants", card["title"], description, points, _way(view.x), _way(view.y)
        ),
        meta=view.meta,
        source=view.source,
        rows_address=view.rows.address,
        csv_address=csv_address(view.rows.address),
        table_address=f"{view.place()}#authorities",
        key=key_of(view.chosen["name"] if view.chosen_row and view.chosen else ""),
        note=f"{about.strip()} {_how_to_read(view)}".strip(),
        width=_WIDTH,
    )


def _title(view: PairView) -> str:
    x, y = view.x, view.y
    if x.time == y.time:
        return f"{x.short_title}, and {y.short_title}: each authority, {x.time}"
    return f"{x.short_title} ({x.time}), and {y.short_title} ({y.time}): each authority"


def _how_to_read(view: PairView) -> str:
    x, y = view.x, view.y
    return (
        f"Across: {x.title}, {x.time}. Upwards: {y.title}, {y.time}. The lines are "
        f"{_both_lines(view)}. Axes span the figures, so they need not begin at nought. A darker "
        "dot is several authorities."
    )


def _both_lines(view: PairView) -> str:
    x, y = view.x, view.y
    if x.line is None or y.line is None:
        return "left out, as neither the country nor the authorities have enough figures"
    whose = x.whose if x.whose == y.whose else f"{x.whose} across and {y.whose} upwards"
    return f"the figures of {whose}"


def _way(side: Side) -> Way:
    return Way(side.short_title, side.measure.unit, side.line, side.line_name)


def points_of(
    rows: Sequence[PairRow], sides: tuple[Side, Side], chosen: str, neighbours: Collection[str]
) -> list[Point]:
    """Return the authorities that have both figures and can be ranked."""
    return [
        _point(row, sides, row["area_code"] == chosen, row["area_code"] in neighbours)
        for row in rows
        if row["x_value"] is not None
        and row["y_value"] is not None
        and row["reason_code"] != "not_rankable"
    ]


def _point(row: PairRow, sides: tuple[Side, Side], is_chosen: bool, is_neighbour: bool) -> Point:
    figures = (
        figure_words(row["x_value"], row["x_status"], sides[0]),
        figure_words(row["y_value"], row["y_status"], sides[1]),
    )
    return Point(
        label=f"{row['area_name']}: {figures[0]}, {figures[1]}",
        x=float(row["x_value"] or 0),
        y=float(row["y_value"] or 0),
        name=row["area_name"] if is_chosen or is_neighbour else "",
        is_chosen=is_chosen,
        is_neighbour=is_neighbour,
    )


def key_of(chosen: str) -> list[KeyItem]:
    """Return the key; `chosen` is the name of the chosen authority, blank for none."""
    kinds = [("other", "an authority")]
    if chosen:
        kinds = [
            ("chosen", chosen),
            ("neighbour", "its statistical neighbours"),
            ("other", "another authority"),
        ]
    return [KeyItem(key_symbol(kind), words) for kind, words in kinds]

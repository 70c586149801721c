"""One panel of ranked dots for each group, all on one axis."""

from api.contract import GroupRow, ObservationRow
from dashboard.components.figures import drawing
from dashboard.components.indicator_chart import dot_of, ranked_rows
from dashboard.page import Node, node
from dashboard.svg.dots import Axis, Reference, axis_between, ranked_dots
from dashboard.svg.scale import decimals_of, scale_over
from dashboard.views.indicator_view import IndicatorView
from dashboard.words.numbers import plural


def group_panels(view: IndicatorView) -> Node:
    """Return one panel of ranked dots for each group, all on one axis."""
    rows = ranked_rows(view)
    axis = _axis(view, rows)
    panels = [
        _panel(view, place, group, [r for r in rows if _group(view, r) == group["group"]], axis)
        for place, group in enumerate(view.groups.data)
    ]
    return node("Div", *[panel for panel in panels if panel], className="panels")


def _group(view: IndicatorView, row: ObservationRow) -> str | None:
    group = view.group_of.get(row["area_code"])
    return group["group"] if group else None


def _axis(view: IndicatorView, rows: list[ObservationRow]) -> Axis:
    country = view.value_of(view.library.country["code"])
    values = [value for row in rows for value in (row["value"], row["ci_lower"], row["ci_upper"])]
    scale, marks = scale_over([*values, country], 0, 1, ticks=3)
    return axis_between(scale, marks, view.measure.unit, decimals_of(marks))


def _panel(
    view: IndicatorView, place: int, group: GroupRow, rows: list[ObservationRow], axis: Axis
) -> Node:
    if not rows:
        return None
    country = view.library.country
    references = [
        Reference("", group["median"], "median"),
        Reference(country["name"], view.value_of(country["code"]), "country"),
    ]
    title = f"{group['label']}: {plural(len(rows), 'authority', 'authorities')} ranked"
    intervals = "each with its 95% interval" if view.has_intervals else "without intervals"
    description = (
        f"Authorities of the group {group['label']} by value, highest first, {intervals}. "
        f"The solid line is {country['name']}, the dashed line the median of the group."
    )
    dots = [dot_of(view, row) for row in rows]
    return node(
        "Div",
        node("H3", group["label"]),
        drawing(ranked_dots(f"dots-{place}", title, description, dots, references, axis)),
        className="panel",
    )

"""The charts of an indicator's page: tile map and ranked dots."""

from api.contract import AreaCard, GroupRow, ObservationRow, Status
from dashboard.components.figures import drawing, same_numbers
from dashboard.indicator_view import IndicatorView
from dashboard.page import Node, node
from dashboard.svg.dots import Axis, Dot, Reference, axis_between, ranked_dots
from dashboard.svg.scale import decimals_of, scale_over
from dashboard.svg.tilemap import Tile, key_tile, map_classes, tile_map
from dashboard.words import periods
from dashboard.words.counts import own_amount, yes_or_no
from dashboard.words.numbers import plural, span
from dashboard.words.statuses import status_reason


def map_figure(view: IndicatorView) -> Node:
    """Return the tile map with its key."""
    values = {row["area_code"]: row for row in view.of_level("authority")}
    tiles = [
        _tile(view, area, values.get(area["code"]))
        for area in view.library.areas.values()
        if area["hexagon"]
    ]
    title = f"Tile map: {view.indicator['short_title']}, {_period(view)}"
    description = (
        "One hexagon for each authority, near its place on the map. Darker hexagons with larger "
        "dots have higher values; a cross is a missing value. Each is a link."
    )
    return node(
        "Figure",
        drawing(tile_map("map", title, description, tiles)),
        _map_key(view, tiles),
        className="map-figure",
    )


def _tile(view: IndicatorView, area: AreaCard, row: ObservationRow | None) -> Tile:
    place = area["hexagon"] or {"column": 0, "row": 0}
    value = row["value"] if row and row["status"] == Status.OK else None
    said = _said(view, value) if value is not None else _missing(row)
    return Tile(
        code=area["code"],
        column=place["column"],
        row=place["row"],
        label=f"{area['name']}: {said}",
        value=value,
        address=view.address_of(area["code"]),
        is_chosen=area["code"] == view.state.area,
        is_neighbour=area["code"] in view.neighbours,
        is_ranked=area["is_rankable"],
    )


def _said(view: IndicatorView, value: float) -> str:
    return own_amount(value, view.measure.unit, view.measure.decimals)


def _missing(row: ObservationRow | None) -> str:
    return status_reason(row["status"]) if row else "no figure"


def _map_key(view: IndicatorView, tiles: list[Tile]) -> Node:
    quantity = view.measure.quantity
    items = [
        node(
            "Li",
            drawing(key_tile(group.place), "key-drawing"),
            node(
                "Span",
                yes_or_no(group.high)
                if view.is_count
                else f"{quantity(group.low)} to {quantity(group.high)}",
            ),
        )
        for group in map_classes([tile.value for tile in tiles if tile.is_ranked])
    ]
    if any(tile.value is None for tile in tiles):
        words = node("Span", "no figure")
        items.append(node("Li", drawing(key_tile(None), "key-drawing"), words))
    if view.state.area:
        items.append(node("Li", node("Span", "", className="key-chosen"), "chosen authority"))
        items.append(node("Li", node("Span", "", className="key-neighbour"), "its neighbours"))
    return node(
        "Figcaption",
        node("P", _key_title(view), className="key-title"),
        node("Ul", *items, className="key"),
    )


def _key_title(view: IndicatorView) -> str:
    if view.is_count:
        return "Whether an authority is counted:"
    return f"Fifths of the authorities large enough to rank, in {_unit(view)}:"


def _unit(view: IndicatorView) -> str:
    return {"%": "per cent", "£": "pounds"}.get(view.measure.unit, view.measure.unit)


def _period(view: IndicatorView) -> str:
    return periods.label(view.period, view.measure.measured)


def dots_figure(view: IndicatorView) -> Node:
    """Return one panel of ranked dots for each group, all on one axis."""
    rows = [row for row in view.of_level("authority") if _is_ranked(view, row)]
    axis = _axis(view, rows)
    panels = [
        _panel(view, place, group, [r for r in rows if _group(view, r) == group["group"]], axis)
        for place, group in enumerate(view.groups.data)
    ]
    return node("Div", *[panel for panel in panels if panel], className="panels")


def _is_ranked(view: IndicatorView, row: ObservationRow) -> bool:
    return row["status"] == Status.OK and view.library.areas[row["area_code"]]["is_rankable"]


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
    dots = [_dot(view, row) for row in rows]
    return node(
        "Div",
        node("H3", group["label"]),
        drawing(ranked_dots(f"dots-{place}", title, description, dots, references, axis)),
        className="panel",
    )


def _dot(view: IndicatorView, row: ObservationRow) -> Dot:
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
    )


def chart_links(view: IndicatorView, what: str) -> Node:
    """Return the links to the rows behind map and dots, and to the table with their sources."""
    return same_numbers(view.rows.address, what, with_sources="#values")

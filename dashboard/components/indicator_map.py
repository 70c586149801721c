"""The map of an indicator: tiles of equal size, or boundaries where they are loaded."""

from typing import Final

from api.contract import AreaCard, ObservationRow, Status
from dashboard.charts.chart import Chart, KeyItem
from dashboard.components.indicator_chart import chart_of, linked_card, period_words
from dashboard.components.text import section
from dashboard.page import Node, link, node
from dashboard.state import indicator_address
from dashboard.svg.boundary_map import boundary_map
from dashboard.svg.tilemap import MapClass, Tile, key_outline, key_tile, map_classes, tile_map
from dashboard.views.boundaries import WIDTH, Outlines
from dashboard.views.indicator_view import BOUNDARIES, IndicatorView
from dashboard.words import periods
from dashboard.words.counts import own_amount, yes_or_no
from dashboard.words.numbers import plural, unit_heading
from dashboard.words.statuses import status_reason


def map_view(view: IndicatorView) -> Node:
    """Return the view of the map alone, with the choice of shapes where there is one."""
    return section(
        "map-section",
        "Map",
        _switch(view),
        linked_card(map_chart(view), "after-map"),
    )


def _switch(view: IndicatorView) -> Node:
    """Return the choice between tiles and boundaries; nothing where no boundaries are loaded."""
    if not view.has_boundaries:
        why = "No boundaries are loaded here, so that the map has tiles."
        return node("P", why, className="note") if view.is_on_ground else None
    ways = (("", "tiles of equal size"), (BOUNDARIES, "boundaries on the ground"))
    links = [
        link(
            words,
            indicator_address(view.indicator["id"], view.state, map=shapes, subject=""),
            aria_current="true" if (shapes == BOUNDARIES) is view.is_on_ground else None,
        )
        for shapes, words in ways
    ]
    items = node("Ul", *[node("Li", one) for one in links])
    return node("Nav", items, className="switch", aria_label="Shapes of the map")


def map_chart(view: IndicatorView) -> Chart:
    """Return the map with its key: of boundaries where they are asked for and loaded."""
    values = {row["area_code"]: row for row in view.of_level("authority")}
    tiles = [
        _tile(view, area, values.get(area["code"]))
        for area in view.library.areas.values()
        if area["hexagon"]
    ]
    title = f"{view.indicator['short_title']}, {period_words(view)}"
    classes = map_classes([tile.value for tile in tiles if tile.is_ranked])
    outlines = view.outlines if view.is_on_ground else None
    note = ""
    if outlines:
        note = (
            f"Boundaries as at {periods.day(outlines.as_at)}. {outlines.attribution} "
            "Large areas catch the eye, whatever few children live there."
        )
    return chart_of(
        view,
        "map",
        f"{title}: map",
        map_sentence(view, tiles, classes),
        _on_ground(outlines, title, tiles) if outlines else _of_tiles(title, tiles),
        key=_key(view, tiles, classes),
        key_title=_key_title(view),
        note=note,
        width=_GROUND_WIDTH if outlines else _TILES_WIDTH,
    )


_TILES_WIDTH: Final = 460
_GROUND_WIDTH: Final = 640


def _of_tiles(title: str, tiles: list[Tile]) -> str:
    description = (
        "One hexagon for each authority, near its place on the map. Darker hexagons with larger "
        "dots have higher values; a cross is a missing value. Each is a link."
    )
    return tile_map("map", f"Tile map: {title}", description, tiles)


def _on_ground(outlines: Outlines, title: str, tiles: list[Tile]) -> str:
    description = (
        "The boundaries of authorities on the ground. Darker areas have higher values; white with "
        "a dashed border is a missing value. Each is a link."
    )
    size = (float(WIDTH), float(outlines.height))
    return boundary_map("map", f"Map: {title}", description, tiles, outlines.paths, size)


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
        is_pointed=area in view.highlighted,
        is_ranked=area["is_rankable"],
    )


def _said(view: IndicatorView, value: float) -> str:
    return own_amount(value, view.measure.unit, view.measure.decimals)


def _missing(row: ObservationRow | None) -> str:
    return status_reason(row["status"]) if row else "no figure"


def map_sentence(view: IndicatorView, tiles: list[Tile], classes: tuple[MapClass, ...]) -> str:
    """Return what the map says in a sentence."""
    known = [tile for tile in tiles if tile.value is not None]
    missing = len(tiles) - len(known)
    none = f" {plural(missing, 'authority', 'authorities')} without a figure." if missing else ""
    if view.is_count:
        counted = sum(1 for tile in known if tile.value)
        return f"{counted} of {plural(len(known), 'authority', 'authorities')} are counted.{none}"
    if len(classes) < len("ab"):
        return f"All figures shown are alike.{none}"
    quantity = view.measure.quantity
    low, high = quantity(classes[0].high), quantity(classes[-1].low)
    unit = f" {unit_heading(view.measure.unit)}" if view.measure.unit not in {"%", "£"} else ""
    return (
        f"About a fifth of the authorities have {low}{unit} or less, and a fifth have {high}{unit} "
        f"or more.{none}"
    )


def _class_words(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"


def _key(view: IndicatorView, tiles: list[Tile], classes: tuple[MapClass, ...]) -> list[KeyItem]:
    quantity = view.measure.quantity
    items = [
        KeyItem(
            key_tile(group.place),
            yes_or_no(group.high)
            if view.is_count
            else _class_words(quantity(group.low), quantity(group.high)),
        )
        for group in classes
    ]
    if any(tile.value is None for tile in tiles):
        items.append(KeyItem(key_tile(None), "no figure"))
    if view.chosen and view.chosen["hexagon"]:
        items.append(KeyItem(key_outline("chosen"), view.chosen["name"]))
    if view.neighbours:
        items.append(KeyItem(key_outline("neighbour"), "its neighbours"))
    if any(tile.is_pointed for tile in tiles):
        items.append(KeyItem(key_outline("pointed"), "pointed out"))
    return items


def _key_title(view: IndicatorView) -> str:
    if view.is_count:
        return "Whether an authority is counted:"
    unit = unit_heading(view.measure.unit)
    return f"Fifths of the authorities large enough to rank, in {unit}:"

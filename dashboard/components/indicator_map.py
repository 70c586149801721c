"""The map of an indicator: tiles of equal size, or boundaries where they are loaded."""

from api.contract import AreaCard, ObservationRow, Status
from dashboard.chart import Chart, KeyItem
from dashboard.components.indicator_chart import chart_of, linked_card, period_words
from dashboard.components.text import section
from dashboard.indicator_view import IndicatorView
from dashboard.page import Node, link, node
from dashboard.svg.tilemap import MapClass, Tile, key_outline, key_tile, map_classes, tile_map
from dashboard.words.counts import own_amount, yes_or_no
from dashboard.words.numbers import plural, unit_heading
from dashboard.words.statuses import status_reason

BOUNDARIES = "boundaries"
"""The word of `map=` for real boundaries."""


def map_view(view: IndicatorView) -> Node:
    """Return the view of the map alone."""
    return section("map-section", "Map", linked_card(map_chart(view), "after-map"))


def map_chart(view: IndicatorView) -> Chart:
    """Return the tile map with its key."""
    values = {row["area_code"]: row for row in view.of_level("authority")}
    tiles = [
        _tile(view, area, values.get(area["code"]))
        for area in view.library.areas.values()
        if area["hexagon"]
    ]
    title = f"{view.indicator['short_title']}, {period_words(view)}"
    description = (
        "One hexagon for each authority, near its place on the map. Darker hexagons with larger "
        "dots have higher values; a cross is a missing value. Each is a link."
    )
    classes = map_classes([tile.value for tile in tiles if tile.is_ranked])
    return chart_of(
        view,
        "map",
        f"{title}: map",
        map_sentence(view, tiles, classes),
        tile_map("map", f"Tile map: {title}", description, tiles),
        key=_key(view, tiles, classes),
        key_title=_key_title(view),
        width=460,
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


def _key(view: IndicatorView, tiles: list[Tile], classes: tuple[MapClass, ...]) -> list[KeyItem]:
    quantity = view.measure.quantity
    items = [
        KeyItem(
            key_tile(group.place),
            yes_or_no(group.high)
            if view.is_count
            else f"{quantity(group.low)} to {quantity(group.high)}",
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


def missing_link(view: IndicatorView) -> Node:
    """Return where the reader finds why figures are missing."""
    return node("P", link("Why a figure can be missing", "/missing"), className="note")

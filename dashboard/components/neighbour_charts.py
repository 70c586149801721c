"""The charts of an authority's neighbours: how alike they are, and where they lie."""

from typing import Final

from api.contract import OWN_MODEL, AreaCard, ContextCard, NeighbourModelRow, NeighbourRow
from dashboard.charts.chart import Chart, KeyItem
from dashboard.components.neighbour_words import alike_sentence, context_figure, list_words
from dashboard.state import neighbours_address
from dashboard.svg.alike import Other, Strip, alike_strips, number_key
from dashboard.svg.rankmap import MarkedTile, rank_key, rank_map
from dashboard.views.neighbour_view import NeighbourView, apart, value_of
from dashboard.words.names import opening, with_article
from dashboard.words.numbers import number, plural

PAIR: Final = "pair"
"""The id of the part that sets two authorities side by side."""
OURS_NOT_THEIRS: Final = (
    "These are figures that we hold, and how far two are apart is our own measure. They are not "
    "what the official model was made from, which is not published."
)


def alike_chart(view: NeighbourView) -> Chart:
    """Return the strips: in each variable, how far the neighbours are from the authority."""
    who = "those" if view.model == OWN_MODEL else "its neighbours"
    title = f"{opening(view.name)} and {who} {list_words(view.model)}: how alike"
    strips = [_strip(view, card) for card in view.variables if card["value"] is not None]
    name = with_article(view.name)
    description = (
        f"One strip for each figure. {opening(view.name)} is the diamond at nought; each circle "
        "is another, numbered by its rank, as many standard deviations below or above."
    )
    return Chart(
        kind="alike",
        subject=view.code,
        state=view.state,
        title=title,
        summary=alike_sentence(view),
        svg=alike_strips(
            "alike",
            title,
            description,
            view.name,
            [strip for strip in strips if strip.others],
            f"lower than {name}",
            f"higher than {name}",
        ),
        meta=view.reply.meta,
        source=_sources(view),
        rows_address=view.reply.address,
        table_address=f"{neighbours_address(view.code, view.state, subject='')}#how-alike",
        key=[_key_item(row) for row in view.shown],
        note=f"Numbers are ranks, as in the table; the scale is in standard deviations of all "
        f"authorities. {OURS_NOT_THEIRS}",
        width=560,
    )


def _key_item(row: NeighbourRow) -> KeyItem:
    return KeyItem(number_key(str(row["rank"] or "")), row["name"])


def _strip(view: NeighbourView, card: ContextCard) -> Strip:
    others = [
        Other(
            number=str(row["rank"] or ""),
            label=f"{row['name']}: {context_figure(value_of(row, card), card)}",
            apart=far,
            is_picked=row["code"] == view.state.code,
        )
        for row in view.shown
        if (far := apart(row, card)) is not None
    ]
    counts = "" if card["weight"] else " (not counted)"
    own = context_figure(card["value"], card)
    return Strip(f"{card['title']}: {own}{counts}", tuple(others))


def _sources(view: NeighbourView) -> str:
    said = [
        f"{card['title'].lower()}, {card['as_at']}: {card['source']}" for card in view.variables
    ]
    return "; ".join(said)


def map_chart(view: NeighbourView, model: NeighbourModelRow | None) -> Chart:
    """Return the tile map with the neighbours marked by their rank."""
    name = with_article(view.name)
    who = f"Those like {name}, {list_words(view.model)}, with their ranks"
    named = f"Neighbours of {name} {list_words(view.model)}, with their ranks"
    title = who if view.model == OWN_MODEL else named
    ranks = {row["code"]: row for row in view.shown}
    areas = [area for area in view.library.areas.values() if area["hexagon"]]
    tiles = [_tile(view, area, ranks.get(area["code"])) for area in areas]
    description = (
        "One hexagon for each authority, near its place on the map. Dark ones are in the list and "
        "say their rank. The list beside it holds each by name."
    )
    return Chart(
        kind="neighbour_map",
        subject=view.code,
        state=view.state,
        title=title,
        summary=_where(view),
        svg=rank_map("neighbour-map", title, description, tiles),
        meta=view.reply.meta,
        source=_model_source(model),
        rows_address=view.reply.address,
        table_address=f"{neighbours_address(view.code, view.state, subject='')}#who",
        key=(
            KeyItem(rank_key("chosen"), view.name),
            KeyItem(rank_key("marked", "1"), "in the list, with its rank"),
            KeyItem(rank_key("plain"), "any other: choose one to see how alike it is"),
        ),
        width=560,
    )


def _tile(view: NeighbourView, area: AreaCard, row: NeighbourRow | None) -> MarkedTile:
    place = area["hexagon"] or {"column": 0, "row": 0}
    is_own = area["code"] == view.code
    rank = f": rank {row['rank']}" if row else ": not in the list"
    pair = neighbours_address(view.code, view.state, code=area["code"], view="", subject="")
    return MarkedTile(
        column=place["column"],
        row=place["row"],
        label=area["name"] if is_own else f"{area['name']}{rank}",
        address="#who" if is_own else f"{pair}#{PAIR}",
        mark=str(row["rank"]) if row else "",
        is_chosen=is_own,
    )


def _where(view: NeighbourView) -> str:
    areas = [area for row in view.shown if (area := view.library.areas.get(row["code"]))]
    if not areas:
        return f"No list names any of {with_article(view.name)}."
    same = sum(area["region"] == view.area["region"] for area in areas)
    regions = len({area["region"] for area in areas})
    home = with_article(view.area["region_name"] or "no region")
    return (
        f"{number(same) if same else 'None'} of the {len(areas)} "
        f"{'lies' if same == 1 else 'lie'} in {home}; all lie in {plural(regions, 'region')}."
    )


def _model_source(model: NeighbourModelRow | None) -> str:
    if model is None:
        return "our own distance, worked out from the figures of each authority"
    return f"{model['publisher']}, {model['title']}, published {model['published_on']}"

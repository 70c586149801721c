"""The tables of an authority's neighbours: in which lists they are, and how alike each is."""

from collections.abc import Sequence

from api.contract import OWN_MODEL, AreaCard, LikenessRow, NeighbourRow
from dashboard.answers import Reply
from dashboard.components.figures import same_numbers
from dashboard.components.neighbour_charts import PAIR
from dashboard.components.neighbour_words import context_figure, grade_of, list_words, nearer_pairs
from dashboard.components.table import Column, Row, table
from dashboard.components.text import bullets, section
from dashboard.page import Node, link, node
from dashboard.state import State, authority_address, neighbours_address
from dashboard.views.neighbour_view import NeighbourView, value_of
from dashboard.words.names import opening, with_article
from dashboard.words.numbers import NO_VALUE, number, quantity, signed


def who_table(view: NeighbourView) -> Node:
    """Return everyone in any official list, with rank, closeness and whether it names back."""
    models = list(view.by_model)
    listed = [row for row in view.everyone if any((m, row["code"]) in view.ranks for m in models)]
    heads = [
        column
        for model in models
        for column in (
            Column(f"Rank {model}", is_number=True),
            Column(f"Closeness {model}", is_short=True),
            Column(f"Names it too {model}", is_short=True),
        )
    ]
    return table(
        f"Neighbours of {with_article(view.name)} by the models of the publisher",
        [Column("Authority"), *heads, Column("Nearest by ours", is_number=True)],
        [_who_row(view, row, models) for row in listed],
        look="wrapped-heads",
    )


def _who_row(view: NeighbourView, row: NeighbourRow, models: Sequence[str]) -> Row:
    cells: list[Node] = []
    for model in models:
        held = view.ranks.get((model, row["code"]))
        if held is None:
            cells += [NO_VALUE, NO_VALUE, NO_VALUE]
        else:
            named = "yes" if held["is_mutual"] else "no"
            cells += [number(held["rank"]), held["closeness"] or NO_VALUE, named]
    ours = view.ranks.get((OWN_MODEL, row["code"]))
    beyond = f"after {len(view.nearest)}" if view.nearest else NO_VALUE
    return (_name(view, row), *cells, number(ours["rank"]) if ours else beyond)


def grades_table(view: NeighbourView) -> Node:
    """Return the grade for leaders of everyone in the shown list, with its day."""
    held = [row for row in view.shown if row["code"] in view.library.areas]
    return table(
        f"{opening(view.name)} and those {list_words(view.model)}: the judgement of leaders",
        [Column("Authority"), Column("Impact of leaders"), Column("Published on")],
        [_grade_row(view, code) for code in (view.code, *(row["code"] for row in held))],
    )


def _grade_row(view: NeighbourView, code: str) -> Row:
    area = view.library.areas[code]
    grade, day = grade_of(area)
    name = node("Strong", area["name"]) if code == view.code else area["name"]
    there = authority_address(code, State(release=view.state.release))
    return (link(name, f"{there}#inspections"), grade, day or NO_VALUE)


def _name(view: NeighbourView, row: NeighbourRow) -> Node:
    area = view.library.areas.get(row["code"])
    ended = " (abolished)" if area and area["last_day"] else ""
    to = neighbours_address(row["code"], State(release=view.state.release))
    return [link(row["name"], to), ended]


def alike_table(view: NeighbourView) -> Node:
    """Return the figures of the authority and of those in the shown list, and how far apart."""
    columns = [
        Column("Rank"),
        Column("Authority"),
        *(Column(card["title"], is_number=True) for card in view.variables),
        Column("Distance (ours)", is_number=True),
        Column("Nearer pairs", is_number=True),
    ]
    own: Row = (
        NO_VALUE,
        node("Strong", view.name),
        *(context_figure(card["value"], card) for card in view.variables),
        NO_VALUE,
        NO_VALUE,
    )
    return table(
        f"{opening(view.name)} and those {list_words(view.model)}: how alike they are",
        columns,
        [own, *(_alike_row(view, row) for row in view.shown)],
        look="wrapped-heads alike-table",
    )


def _alike_row(view: NeighbourView, row: NeighbourRow) -> Row:
    pair = neighbours_address(view.code, view.state, code=row["code"], view="", subject="")
    return (
        number(row["rank"]),
        link(row["name"], f"{pair}#{PAIR}"),
        *(context_figure(value_of(row, card), card) for card in view.variables),
        quantity(row["distance"], "", 2),
        nearer_pairs(row["distance_percentile"]),
    )


def who_differs(view: NeighbourView) -> Node:
    """Say who is a neighbour in one model alone."""
    models = list(view.by_model)
    said = [_only(view, one, other) for one in models for other in models if one != other]
    return bullets([words for words in said if words]) if any(said) else None


def _only(view: NeighbourView, one: str, other: str) -> str:
    names = [row["name"] for row in view.by_model[one] if other not in row["also_in"]]
    if not names:
        return ""
    return f"In the model of {one} and not in that of {other}: {', '.join(names)}."


def pair_section(view: NeighbourView, other: AreaCard, reply: Reply[list[LikenessRow]]) -> Node:
    """Return two authorities side by side: each variable, and what it adds to their distance."""
    return section(
        PAIR,
        f"{opening(view.name)} beside {with_article(other['name'])}",
        node("P", _pair_sentence(view, other, reply)),
        table(
            f"{opening(view.name)} and {with_article(other['name'])}, figure by figure",
            [
                Column("Figure"),
                Column(view.name, is_number=True),
                Column(other["name"], is_number=True),
                Column("Standard deviations apart", is_number=True),
                Column("Pairs that differ less", is_number=True),
                Column("Share of the distance", is_number=True),
            ],
            [_pair_row(view, row) for row in reply.data],
            look="wrapped-heads",
        ),
        same_numbers(reply.address, "these two"),
    )


def _pair_sentence(view: NeighbourView, other: AreaCard, reply: Reply[list[LikenessRow]]) -> str:
    meta, name, theirs = reply.meta, with_article(view.name), with_article(other["name"])
    names, back = meta.get("names", []), meta.get("named_by", [])
    said = [
        _named(opening(view.name), theirs, names),
        _named(opening(other["name"]), name, back),
    ]
    percentile = meta.get("distance_percentile")
    if percentile is None:
        said.append(f"Their distance is not known: {meta.get('reason') or 'figures are missing'}.")
    else:
        said.append(
            f"By our distance, {nearer_pairs(percentile)} of all pairs of authorities are nearer "
            "to each other than these two."
        )
    return " ".join(said)


def _named(one: str, other: str, models: Sequence[str]) -> str:
    if not models:
        return f"{one} does not name {other} as a neighbour."
    return f"{one} names {other} as a neighbour in the model of {' and '.join(models)}."


def _pair_row(view: NeighbourView, row: LikenessRow) -> Row:
    card = next(card for card in view.cards if card["id"] == row["variable"])
    share = row.get("contribution")
    counted = quantity(share, "%", 0) if card["weight"] else "not counted"
    return (
        f"{row['title']}, {row['unit']}" if row["unit"] != "score" else row["title"],
        context_figure(row["value"], card),
        context_figure(row["other_value"], card),
        signed(row["standardised"], 2),
        nearer_pairs(row["percentile"]),
        counted,
    )

"""Statistical neighbours of an authority: how alike they are, and what another model says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from api.contract import AreaDetail, ContextCard, NeighbourRow
from dashboard.answers import Reply
from dashboard.components.figures import same_numbers
from dashboard.components.table import Column, Row, table
from dashboard.components.text import between, inset, section
from dashboard.page import Node, link, node
from dashboard.state import State, authority_address
from dashboard.words.names import opening, with_article
from dashboard.words.numbers import NO_VALUE, number
from dashboard.words.outcomes import join_words

SECTION: Final = "neighbours"
_TITLE: Final = "Statistical neighbours"
_HOW_TESTED: Final = (
    "Against neighbours, the median is the value of the one in the middle and the mean their "
    "average; the test compares the authority with all of them taken together."
)
_WHOSE_WORDS: Final = (
    "Which authorities are neighbours, their order and the words of closeness are the publisher's; "
    "its distances are not published. The figures beside them are what we hold of each authority, "
    "and how far two are apart is our own measure of those that count, which may disagree."
)


@dataclass(frozen=True)
class Neighbours:
    """The neighbours of an authority in all models, the one to show among them."""

    area: AreaDetail
    rows: Sequence[NeighbourRow]
    state: State

    @cached_property
    def by_model(self) -> Mapping[str, list[NeighbourRow]]:
        """Model to its neighbours, nearest first; the newest model first."""
        found: dict[str, list[NeighbourRow]] = {}
        for row in self.rows:
            found.setdefault(row["model"], []).append(row)
        return found

    @property
    def model(self) -> str:
        """The model to show: the chosen one, else the newest."""
        return self.state.model or next(iter(self.by_model), "")

    @property
    def shown(self) -> list[NeighbourRow]:
        """The neighbours in the model to show."""
        return self.by_model.get(self.model, [])

    @property
    def others(self) -> list[str]:
        """The other models that name neighbours of this authority."""
        return [model for model in self.by_model if model != self.model]

    @property
    def variables(self) -> list[ContextCard]:
        """What a short table shows of each authority."""
        return [card for card in self.area["context"] if card["is_main"]]


def neighbours_section(area: AreaDetail, reply: Reply[list[NeighbourRow]], state: State) -> Node:
    """Return the neighbours as a table with a sentence, and what differs between the models."""
    held = Neighbours(area, reply.data, state)
    if not held.shown:
        model = f"model of {held.model} names" if held.model else "models name"
        none = f"The {model} no statistical neighbours of {with_article(area['name'])}."
        return section(SECTION, _TITLE, node("P", none), *_differences(held))
    return section(
        SECTION,
        _TITLE,
        node("P", neighbours_sentence(held)),
        table(
            f"Neighbours of {with_article(area['name'])} by the model of {held.model}, nearest "
            "first, and how alike they are",
            _columns(held),
            [_own_row(held), *(_row(held, row) for row in held.shown)],
            look="wrapped-heads",
        ),
        *_differences(held),
        *(node("P", f"{warning}.") for warning in reply.meta["warnings"]),
        inset(node("P", _WHOSE_WORDS), node("P", _HOW_TESTED)),
        _sources(held),
        same_numbers(reply.address, "these neighbours", has_csv=True),
    )


def neighbours_sentence(held: Neighbours) -> str:
    """Return what there is to say of the neighbours: who stayed, who names back, who is larger."""
    name, count = opening(held.area["name"]), len(held.shown)
    said = [f"{name} has {count} neighbours by the model of {held.model}."]
    for model in held.others:
        both = sum(model in row["also_in"] for row in held.shown)
        said.append(f"{_of_them(both)} its neighbours by the model of {model} as well.")
    mutual = sum(row["is_mutual"] for row in held.shown)
    back = "names" if mutual == 1 else "name"
    said.append(
        f"{number(mutual) if mutual else 'None'} of the {count} {back} it as a neighbour in turn."
    )
    above = [_above(held, card) for card in held.variables if card["value"] is not None]
    if above:
        said.append(f"Its own figure is above that of {join_words(above)}.")
    return " ".join(said)


def _of_them(count: int) -> str:
    return {0: "None of them is among", 1: "1 of them is among"}.get(
        count, f"{count} of them are among"
    )


def _above(held: Neighbours, card: ContextCard) -> str:
    values = [value for row in held.shown if (value := _value(row, card)) is not None]
    own = card["value"] or 0
    lower = sum(value < own for value in values)
    many = {0: "none", len(held.shown): f"all {lower}"}.get(lower, number(lower))
    title = f"{card['title'][:1].lower()}{card['title'][1:]}"
    known = "" if len(values) == len(held.shown) else f" (of {len(values)} whose figure is held)"
    return f"{many} in {title}{known}"


def _value(row: NeighbourRow, card: ContextCard) -> float | None:
    """Return a neighbour's value of a variable, which has a column of its own name."""
    columns: Mapping[str, Any] = {**row}
    value: float | None = columns.get(card["id"])
    return value


def _shown(value: float | None, card: ContextCard) -> str:
    sign = "%" if card["unit"] == "per cent" and value is not None else ""
    return f"{number(value, card['decimals'])}{sign}"


def _columns(held: Neighbours) -> list[Column]:
    return [
        Column("Authority"),
        Column("Closeness", is_short=True),
        *(Column(card["title"], is_number=True) for card in held.variables),
        *([Column("Nearer pairs", is_number=True)] if held.variables else []),
        Column("Names it too", is_short=True),
        *([Column("Also in", is_short=True)] if held.others else []),
    ]


def _own_row(held: Neighbours) -> Row:
    values = [_shown(card["value"], card) for card in held.variables]
    far = [NO_VALUE] if held.variables else []
    return (
        node("Strong", held.area["name"]),
        NO_VALUE,
        *values,
        *far,
        NO_VALUE,
        *([NO_VALUE] if held.others else []),
    )


def _row(held: Neighbours, row: NeighbourRow) -> Row:
    values = [_shown(_value(row, card), card) for card in held.variables]
    percentile = row["distance_percentile"]
    far = NO_VALUE if percentile is None else f"{number(percentile, 1)}%"
    return (
        _link(held, row),
        row["closeness"] or NO_VALUE,
        *values,
        *([far] if held.variables else []),
        "Yes" if row["is_mutual"] else "No",
        *([", ".join(row["also_in"]) or NO_VALUE] if held.others else []),
    )


def _link(held: Neighbours, row: NeighbourRow) -> Node:
    return link(row["name"], authority_address(row["code"], State(release=held.state.release)))


def _differences(held: Neighbours) -> list[Node]:
    """Say who is a neighbour in one model alone, for each other model."""
    said: list[Node] = []
    for model in held.others:
        for one, other in ((held.model, model), (model, held.model)):
            only = [row for row in held.by_model.get(one, []) if other not in row["also_in"]]
            if only:
                names = between([_link(held, row) for row in only], ", ")
                words = f"In the model of {one} and not in that of {other}: "
                said.append(node("P", words, *names, "."))
    return said


def _sources(held: Neighbours) -> Node:
    if not held.variables:
        return None
    said = [
        f"{card['title']}: {card['unit']}, {card['as_at']} ({card['source']})."
        for card in held.variables
    ]
    return node(
        "P",
        " ".join(said),
        " “Nearer pairs” is the share of all pairs of authorities with a smaller "
        "distance than this one: the fewer, the more alike.",
        className="note",
    )

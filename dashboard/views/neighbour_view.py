"""The neighbours of an authority: by official models, and the nearest by our own distance."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from api.contract import ALL_MODELS, OWN_MODEL, AreaDetail, ContextCard, Meta, NeighbourRow, Paths
from dashboard.answers import Library, Reply
from dashboard.asking import filled
from dashboard.client import ApiClient
from dashboard.state import State

NEAREST: Final = 10
"""How many make a set of one's own, as many as a model names."""
MOST_ALIKE: Final = 20
"""How many of the nearest are looked at for who does well."""


@dataclass(frozen=True)
class NeighbourView:
    """An authority with its neighbours in every model, and those nearest by our distance."""

    area: AreaDetail
    reply: Reply[list[NeighbourRow]]
    library: Library
    state: State

    @property
    def code(self) -> str:
        """The code of the authority."""
        return self.area["code"]

    @property
    def name(self) -> str:
        """The name of the authority."""
        return self.area["name"]

    @cached_property
    def by_model(self) -> Mapping[str, list[NeighbourRow]]:
        """Official model to its neighbours, nearest first; the newest model first."""
        found: dict[str, list[NeighbourRow]] = {}
        for row in self.reply.data:
            if row["model"] != OWN_MODEL:
                found.setdefault(row["model"], []).append(row)
        return found

    @cached_property
    def nearest(self) -> list[NeighbourRow]:
        """The authorities nearest by our distance."""
        return [row for row in self.reply.data if row["model"] == OWN_MODEL]

    @property
    def model(self) -> str:
        """The model to show: the chosen one where it names any, else the newest."""
        chosen = self.state.model
        if chosen in self.by_model or (chosen == OWN_MODEL and self.nearest):
            return chosen
        return next(iter(self.by_model), OWN_MODEL if self.nearest else "")

    @property
    def shown(self) -> list[NeighbourRow]:
        """The neighbours in the model to show."""
        if self.model == OWN_MODEL:
            return self.nearest[:NEAREST]
        return self.by_model.get(self.model, [])

    @cached_property
    def everyone(self) -> list[NeighbourRow]:
        """Whoever is in a list, once each: by the newest model, then the others, then ours."""
        found: dict[str, NeighbourRow] = {}
        for row in (*(row for of in self.by_model.values() for row in of), *self.nearest):
            found.setdefault(row["code"], row)
        return list(found.values())

    @cached_property
    def ranks(self) -> Mapping[tuple[str, str], NeighbourRow]:
        """Model and code to the row of a neighbour."""
        return {(row["model"], row["code"]): row for row in self.reply.data}

    @property
    def has_likeness(self) -> bool:
        """Whether anything is held that says how alike the shown ones are."""
        return any(row["distance"] is not None for row in self.shown)

    @property
    def variables(self) -> list[ContextCard]:
        """What is shown of each authority: what says most of it, and what counts."""
        return [card for card in self.cards if card["is_main"] or card["weight"]]

    @property
    def cards(self) -> list[ContextCard]:
        """All that authorities are measured by, with what each counts for here."""
        return self.reply.meta.get("variables") or self.area["context"]

    @property
    def warnings(self) -> list[str]:
        """What the answer warns of, but that ours is no official model: the page says so."""
        return [said for said in self.reply.meta["warnings"] if not said.startswith("model own")]


def value_of(row: NeighbourRow, card: ContextCard) -> float | None:
    """Return a neighbour's value of a variable, which has a column of its own name."""
    columns: Mapping[str, Any] = {**row}
    value: float | None = columns.get(card["id"])
    return value


def apart(row: NeighbourRow, card: ContextCard) -> float | None:
    """Return how far a neighbour lies from the authority, in standard deviations."""
    columns: Mapping[str, Any] = {**row}
    value: float | None = columns.get(f"{card['id']}_standardised")
    return value


def usual_weights(area: AreaDetail) -> str:
    """Return what counts in our distance, and how much, unless a reader says otherwise."""
    return ",".join(
        f"{card['id']}:{card['weight']:g}" for card in area["context"] if card["weight"]
    )


async def load_neighbours(client: ApiClient, state: State) -> NeighbourView:
    """Return an authority's neighbours from two calls, of which the second is held."""
    area = await client.area(state.subject, state.release)
    library = await client.library(area.meta)
    state = state.changed(subject=area.data["code"])
    reply = await _neighbours(client, area.data, state, area.meta)
    return NeighbourView(area.data, reply, library, state)


async def _neighbours(
    client: ApiClient, area: AreaDetail, state: State, meta: Meta
) -> Reply[list[NeighbourRow]]:
    weights = state.by or usual_weights(area)
    count = str(MOST_ALIKE) if weights else ""
    path = filled(Paths.NEIGHBOURS, code=area["code"])
    return await client.held_get(path, meta, model=ALL_MODELS, by=weights, count=count)

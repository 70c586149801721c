"""A reader's own list of authorities: it stands in the address, and nowhere else with us."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from api.contract import ALL_MODELS, AreaCard, Meta, NeighbourRow, Paths
from dashboard.answers import ApiError, Library, Reply
from dashboard.client import ApiClient
from dashboard.state import State, address
from dashboard.views.narrowing import Classes, load_classes, narrowed

PATH: Final = "/own"
READABLE: Final = 30
"""So many codes make an address that can still be read."""
MOST: Final = 60
"""Beyond so many, some programs cut an address off."""
TICK, RULES, NEIGHBOURS = "tick", "rules", "neighbours"
VIEWS: Final = ((TICK, "By ticking"), (RULES, "By rules"), (NEIGHBOURS, "From neighbours"))


@dataclass(frozen=True)
class OwnList:
    """The list as it stands in the address, and what the reader looks for to put on it."""

    state: State
    meta: Meta
    library: Library
    classes: Classes
    found: Reply[list[AreaCard]] | None
    """The authorities that meet the rules, where there are any rules."""
    trouble: str
    """Why the rules cannot be read; blank where they can."""
    neighbours: Reply[list[NeighbourRow]] | None
    """Those of the authority to start from."""

    @cached_property
    def given(self) -> list[str]:
        """What stands in the address, each once."""
        return list(dict.fromkeys(code for code in self.state.own.split(",") if code.strip()))

    @cached_property
    def areas(self) -> list[AreaCard]:
        """The authorities on the list, by name."""
        known = (self.library.areas.get(code) for code in self.given)
        held = [area for area in known if area and area["kind"] == "authority"]
        return sorted(held, key=lambda area: area["name"])

    @property
    def codes(self) -> list[str]:
        """Their codes."""
        return [area["code"] for area in self.areas]

    @property
    def unknown(self) -> list[str]:
        """What stands in the address and is no code of an authority."""
        return [code for code in self.given if code not in self.codes]

    @property
    def name(self) -> str:
        """What the reader calls the list; blank where it has no name."""
        return self.state.named

    @property
    def view(self) -> str:
        """By which way authorities are put on the list."""
        return self.state.view if self.state.view in dict(VIEWS) else TICK

    @property
    def found_codes(self) -> list[str]:
        """The authorities of today that meet the rules."""
        today = {area["code"] for area in self.library.authorities}
        rows = self.found.data if self.found else []
        return [area["code"] for area in rows if area["code"] in today]

    @cached_property
    def by_model(self) -> Mapping[str, list[str]]:
        """Model to the neighbours of the authority to start from."""
        made: dict[str, list[str]] = {}
        for row in self.neighbours.data if self.neighbours else []:
            made.setdefault(row["model"], []).append(row["code"])
        return made

    @property
    def is_being_built(self) -> bool:
        """Whether the reader is filling the list, rather than looking at one that was shared."""
        return not self.areas or self.state.view in dict(VIEWS)

    def with_codes(self, codes: Iterable[str]) -> str:
        """Return the address of this page with these on the list, the rest as it is."""
        return address(PATH, self.state.changed(own=",".join(dict.fromkeys(codes))))

    def added(self, codes: Sequence[str]) -> str:
        """Return the address of this page with some more on the list."""
        return self.with_codes([*self.codes, *codes])

    def without(self, code: str) -> str:
        """Return the address of this page with one fewer on the list."""
        return self.with_codes(one for one in self.given if one != code)

    @property
    def plain(self) -> State:
        """The list alone, with its name: what other pages are asked with."""
        return State(own=",".join(self.codes), named=self.name, release=self.state.release)


def has_rules(state: State) -> bool:
    """Return whether any rule is in force."""
    return bool(_rules(state))


def _rules(state: State) -> dict[str, str]:
    children = {"population_min": state.children_min, "population_max": state.children_max}
    return {**narrowed(state), **{name: value for name, value in children.items() if value}}


async def load_own(client: ApiClient, state: State) -> OwnList:
    """Return the list, with those that meet the rules or are neighbours; at most two calls."""
    meta = (await client.release(state.release)).meta
    library = await client.library(meta)
    classes = await load_classes(client, meta, library)
    found, trouble, neighbours = None, "", None
    if state.view == RULES and has_rules(state):
        asked = {"kind": "authority", **_rules(state), "release": meta["release"]}
        try:
            found = await client.get(Paths.AREAS, **asked)
        except ApiError as error:  # the reader's list stays, whatever is wrong with a rule
            trouble = error.detail
    area = library.areas.get(state.area)
    if state.view == NEIGHBOURS and area and area["kind"] == "authority":
        neighbours = await client.neighbours(area["code"], ALL_MODELS, meta)
    return OwnList(state, meta, library, classes, found, trouble, neighbours)

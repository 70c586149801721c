"""Filters of authorities: what a reader may narrow by, and the words for what is in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.contract import GroupRow, Meta, Paths
from dashboard.answers import Library
from dashboard.client import ApiClient
from dashboard.state import State

OFSTED: Final = "ofsted"
FILTERS: Final[Mapping[str, str]] = {
    "region": "Region",
    "area_type": "Type of authority",
    OFSTED: "Ofsted judgement",
    "rural_urban": "Rural or urban",
    "deprivation": "Deprivation",
    "population_band": "Number of children",
}
"""What each filter is called; its name is that of the API and of the address."""


@dataclass(frozen=True)
class Classes:
    """The values that authorities can be narrowed by, each with its words, by filter."""

    labels: Mapping[str, Mapping[str, str]]

    def words(self, name: str, value: str) -> str:
        """Return the words for a value; the value itself where it is not known."""
        return self.labels.get(name, {}).get(value, value)


@dataclass(frozen=True)
class InForce:
    """One filter in force: its words, and the state without it."""

    words: str
    without: State


async def load_classes(client: ApiClient, meta: Meta, library: Library) -> Classes:
    """Return the values of all filters in a release; asked for once and then held."""
    groupings = [card["grouping"] for card in library.groupings]
    held = await client.held_get(Paths.GROUPS, meta, grouping=",".join(groupings))
    judgements = {card["grouping"]: card["title"] for card in library.groupings}
    labels: dict[str, dict[str, str]] = {name: {} for name in FILTERS}
    for group in held.data:
        name, value, words = _named(group, judgements)
        if name in labels:
            labels[name][value] = words
    return Classes(labels)


def _named(group: GroupRow, titles: Mapping[str, str]) -> tuple[str, str, str]:
    """Return filter, value and words of a group; grades are named with their judgement."""
    name, _, judgement = group["grouping"].partition(":")
    if not judgement:
        return name, group["group"], group["label"]
    title = titles[group["grouping"]].partition(": ")[2] or judgement
    return name, f"{judgement}:{group['group']}", f"{title}: {group['label'].lower()}"


def narrowed(state: State) -> dict[str, str]:
    """Return the filters in force as parameters of the API."""
    return {name: getattr(state, name) for name in FILTERS if getattr(state, name)}


def in_force(state: State, classes: Classes) -> list[InForce]:
    """Return every value that authorities are narrowed to, with the way to take it out."""
    found = []
    for name, value in narrowed(state).items():
        values = value.split(",")
        for one in values:
            rest = ",".join(other for other in values if other != one)
            words = f"{FILTERS[name]}: {classes.words(name, one)}"
            found.append(InForce(words, state.changed(**{name: rest})))
    return found


def unnarrowed(state: State) -> State:
    """Return the state without any filter."""
    return state.changed(**dict.fromkeys(FILTERS, ""))


def narrowing_words(state: State, classes: Classes) -> str:
    """Return the filters in force in few words for a title; nothing where there is none."""
    said = []
    for name, value in narrowed(state).items():
        words = [classes.words(name, one) for one in value.split(",")]
        said.append(_either(words))
    return "; ".join(said)


def _either(words: Sequence[str]) -> str:
    return " or ".join(words)

"""How alike the authorities of one release are: what counts, with which weight, and how near."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import Any, Final

import numpy as np

from api.opened import OpenRelease
from api.problems import bad_value, unknown_value
from indicators.arithmetic import Numbers, plain_number, round_half_up
from indicators.likeness import Likeness, on_scale, standardised
from reference.areas import Area
from reference.places import ContextVariable, PlaceSet

DISTANCE_DECIMALS: Final = 3
STANDARDISED_DECIMALS: Final = 2
PERCENTILE_DECIMALS: Final = 1

Weights = Mapping[str, float]


@dataclass(frozen=True)
class Alike:
    """The authorities of a release with their likeness, under weights by variable."""

    places: PlaceSet
    authorities: tuple[Area, ...]
    likeness: Likeness

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Code of an authority to its row in the likeness."""
        return {area.code: row for row, area in enumerate(self.authorities)}

    @property
    def variables(self) -> tuple[ContextVariable, ...]:
        """The variables of the release, in the order of the columns of the likeness."""
        return self.places.context_variables

    @property
    def weights(self) -> list[float]:
        """By variable, 0 for one that does not count."""
        return [float(weight) for weight in self.likeness.weights]

    def distance(self, one: Area, other: Area) -> float | None:
        """Return how far apart two authorities are, unrounded; None where that is not known."""
        here, there = self.position.get(one.code), self.position.get(other.code)
        if here is None or there is None:
            return None
        found = float(self.likeness.distances_from(here)[there])
        return found if isfinite(found) else None

    def reason(self, *areas: Area) -> str:
        """Say which values that count are missing, so that there is no distance."""
        counted = [v for v, weight in zip(self.variables, self.weights, strict=True) if weight > 0]
        if not counted:
            return "This release holds nothing to measure a distance by"
        said = []
        for area in areas:
            lacking = [v.id for v in counted if self.places.context_of(v.id, area.code) is None]
            if lacking:
                said.append(f"{area.name} has no value of {', '.join(lacking)}")
        return "; ".join(said)

    def standardised(self, variable: int, one: Area, other: Area) -> float | None:
        """Return the difference of two authorities in standard deviations, unrounded."""
        here, there = self.position.get(one.code), self.position.get(other.code)
        if here is None or there is None:
            return None
        places = self.likeness.places
        found = float(places[there, variable] - places[here, variable])
        return found if isfinite(found) else None


def alike_of(release: OpenRelease, weights: Weights | None = None) -> Alike:
    """Return the likeness under weights; kept with the release where nobody chose any."""
    places = release.snapshot.places
    if weights is not None:
        return _alike(release, places, weights)
    found: Alike | None = release.kept.get("alike")
    if found is None:
        by_default = {v.id: v.weight for v in places.context_variables}
        found = release.kept["alike"] = _alike(release, places, by_default)
    return found


def read_weights(places: PlaceSet, tokens: Sequence[str]) -> Weights | None:
    """Read `by=`; None where it was not given; raises ProblemError for what cannot be read."""
    known = [variable.id for variable in places.context_variables]
    weights: dict[str, float] = {}
    for token in tokens:
        name, colon, text = token.partition(":")
        if name not in known:
            advice = f"use {', '.join(known)}" if known else "this release holds none"
            raise unknown_value("by", name, known, "a context variable", advice)
        if name in weights:
            raise bad_value("by", f"{name} is there twice; give each variable one weight")
        weights[name] = _weight(name, text) if colon else 1.0
    return weights or None


def shown_value(variable: ContextVariable, value: float | None) -> Any:
    """Return a value as shown: rounded once to the decimals of its variable."""
    if value is None:
        return None
    return plain_number(round_half_up(value, variable.decimals), variable.decimals)


def shown_difference(variable: ContextVariable, value: Any, own: Any) -> Any:
    """Return by how much a value as shown is above another, None where one is missing."""
    return None if value is None or own is None else shown_value(variable, value - own)


def shown_number(value: float | None, decimals: int) -> float | None:
    """Round a number for showing; what is not known stays None."""
    return None if value is None or not isfinite(value) else round_half_up(value, decimals)


def who_counts(alike: Alike) -> str:
    """Say by what distances are measured and over whom, in a sentence for the answer."""
    counted = [
        f"{variable.id} ({weight:g})"
        for variable, weight in zip(alike.variables, alike.weights, strict=True)
        if weight > 0
    ]
    if not counted:
        return alike.reason()
    left_out = [a.name for a in alike.authorities if a.last_day is None and not a.is_rankable]
    aside = f"; not among them, and never nearest: {', '.join(left_out)}" if left_out else ""
    return (
        f"Distances are this service's own, not those of an official model: by "
        f"{', '.join(counted)}, standardised over {int(alike.likeness.counts.sum())} "
        f"authorities{aside}"
    )


def _weight(name: str, text: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        weight = 0.0
    if not 0 < weight < _MOST_WEIGHT:
        detail = f"the weight of {name} is '{text[:20]}'; give a number above 0, such as {name}:2"
        raise bad_value("by", detail, [f"{name}:1"])
    return weight


_MOST_WEIGHT: Final = 1e6


def _alike(release: OpenRelease, places: PlaceSet, weights: Weights) -> Alike:
    authorities, table, counts = _standardised(release, places)
    chosen = [weights.get(variable.id, 0.0) for variable in places.context_variables]
    return Alike(places, authorities, Likeness(table, np.asarray(chosen, dtype=float), counts))


def _standardised(release: OpenRelease, places: PlaceSet) -> tuple[tuple[Area, ...], Numbers, Any]:
    """Return the authorities, their standardised values and who counts; made once a release."""
    found: tuple[tuple[Area, ...], Numbers, Any] | None = release.kept.get("standardised context")
    if found is None:
        authorities = places.authorities()
        counts = np.asarray([a.is_rankable and a.last_day is None for a in authorities])
        table = np.empty((len(authorities), len(places.context_variables)))
        for column, variable in enumerate(places.context_variables):
            held = (places.context_of(variable.id, area.code) for area in authorities)
            values = [np.nan if value is None else value for value in held]
            table[:, column] = standardised(on_scale(values, variable.scale), counts)
        found = release.kept["standardised context"] = (authorities, table, counts)
    return found

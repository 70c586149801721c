"""Rows of neighbours: official models and own sets, each neighbour with how alike it is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from api.alike import (
    DISTANCE_DECIMALS,
    PERCENTILE_DECIMALS,
    STANDARDISED_DECIMALS,
    Alike,
    shown_difference,
    shown_number,
    shown_value,
)
from api.contract import OWN_MODEL, NeighbourRow
from reference.areas import Area
from reference.places import ContextVariable

NAMED: Final = tuple(NeighbourRow.__annotations__)


def columns_of(variables: Sequence[ContextVariable]) -> tuple[str, ...]:
    """Return the columns of neighbours: those with fixed names, then three of each variable."""
    return (*NAMED, *(name for variable in variables for name in _names(variable)))


def official_rows(alike: Alike, area: Area, model: str) -> list[dict[str, Any]]:
    """Return the neighbours of an authority in an official model, nearest first."""
    places = alike.places
    return [
        {
            "model": model,
            "rank": row.rank,
            "code": row.neighbour,
            "name": places.area(row.neighbour).name,
            "closeness": row.closeness,
            **_ties(alike, area, row.neighbour, model, _names_back(alike, area, row.neighbour)),
            **_likeness(alike, area, places.area(row.neighbour)),
        }
        for row in places.neighbours_of(area.code, model)
    ]


def own_rows(alike: Alike, area: Area, count: int, to: Area | None) -> list[dict[str, Any]]:
    """Return the authorities nearest by our distance, or that one alone, however far it is."""
    here = alike.position[area.code]
    ordered = alike.likeness.nearest(here)
    ranks = {alike.authorities[place].code: rank for rank, place in enumerate(ordered, 1)}
    nearest = [alike.authorities[place] for place in ordered[:count]]
    return [
        {
            "model": OWN_MODEL,
            "rank": ranks.get(other.code),
            "code": other.code,
            "name": other.name,
            "closeness": None,
            **_ties(alike, area, other.code, OWN_MODEL, _is_nearest(alike, other, here, count)),
            **_likeness(alike, area, other),
        }
        for other in ([to] if to else nearest)
    ]


def pair_rows(alike: Alike, area: Area, other: Area) -> list[dict[str, Any]]:
    """Return one row for each variable: both values and how they differ."""
    likeness = alike.likeness
    shares = likeness.contributions(alike.position[area.code], alike.position[other.code])
    return [
        {
            **_both_values(alike, variable, area, other),
            **_difference(alike, column, area, other),
            "weight": alike.weights[column],
            "contribution": shown_number(float(shares[column]), PERCENTILE_DECIMALS),
            "as_at": variable.as_at,
            "source": variable.source,
        }
        for column, variable in enumerate(alike.variables)
    ]


def distance_of(alike: Alike, area: Area, other: Area) -> dict[str, Any]:
    """Return the distance of two authorities and its percentile among all pairs, or why none."""
    distance = alike.distance(area, other)
    percentile = None if distance is None else alike.likeness.percentile(distance)
    return {
        "distance": shown_number(distance, DISTANCE_DECIMALS),
        "distance_percentile": shown_number(percentile, PERCENTILE_DECIMALS),
        "reason": alike.reason(area, other) if distance is None else None,
    }


def models_naming(alike: Alike, area: Area, other: str) -> list[str]:
    """Return the official models in which an authority has another as its neighbour."""
    places = alike.places
    return [
        model
        for model in places.neighbour_models
        if any(row.neighbour == other for row in places.neighbours_of(area.code, model))
    ]


def _ties(
    alike: Alike, area: Area, other: str, model: str, names_back: Mapping[str, bool]
) -> dict[str, Any]:
    named = models_naming(alike, area, other)
    return {
        "is_mutual": names_back[model],
        "also_in": [one for one in named if one != model],
    }


def _names_back(alike: Alike, area: Area, other: str) -> dict[str, bool]:
    """Say by model whether a neighbour has this area among its own neighbours."""
    back = set(models_naming(alike, alike.places.area(other), area.code))
    return {model: model in back for model in alike.places.neighbour_models}


def _is_nearest(alike: Alike, other: Area, here: int, count: int) -> dict[str, bool]:
    there = alike.position[other.code]
    return {OWN_MODEL: here in alike.likeness.nearest(there)[:count]}


def _likeness(alike: Alike, area: Area, other: Area) -> dict[str, Any]:
    return {
        **distance_of(alike, area, other),
        **{
            name: value
            for column, variable in enumerate(alike.variables)
            for name, value in _flat(alike, column, variable, area, other)
        },
    }


def _flat(
    alike: Alike, column: int, variable: ContextVariable, area: Area, other: Area
) -> Iterator[tuple[str, Any]]:
    own, theirs = (_shown(alike, variable, one) for one in (area, other))
    difference = shown_difference(variable, theirs, own)
    places = alike.standardised(column, area, other)
    values = (theirs, difference, shown_number(places, STANDARDISED_DECIMALS))
    yield from zip(_names(variable), values, strict=True)


def _names(variable: ContextVariable) -> tuple[str, str, str]:
    return variable.id, f"{variable.id}_difference", f"{variable.id}_standardised"


def _shown(alike: Alike, variable: ContextVariable, area: Area) -> Any:
    return shown_value(variable, alike.places.context_of(variable.id, area.code))


def _both_values(
    alike: Alike, variable: ContextVariable, area: Area, other: Area
) -> dict[str, Any]:
    own, theirs = (_shown(alike, variable, one) for one in (area, other))
    return {
        "variable": variable.id,
        "title": variable.title,
        "unit": variable.unit,
        "area_code": area.code,
        "area_name": area.name,
        "value": own,
        "other_code": other.code,
        "other_name": other.name,
        "other_value": theirs,
        "difference": shown_difference(variable, theirs, own),
    }


def _difference(alike: Alike, column: int, area: Area, other: Area) -> dict[str, Any]:
    found = alike.standardised(column, area, other)
    names = [o.name for o in (area, other)
             if alike.places.context_of(alike.variables[column].id, o.code) is None]  # fmt: skip
    percentile = None if found is None else alike.likeness.difference_percentile(column, found)
    return {
        "standardised": shown_number(found, STANDARDISED_DECIMALS),
        "percentile": shown_number(percentile, PERCENTILE_DECIMALS),
        "reason": f"No value is held of {' or '.join(names)}" if names else None,
    }

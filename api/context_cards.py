"""Context variables as the API tells of them: what each is, and the value of an area."""

from collections.abc import Iterator, Sequence
from typing import Any

from api.alike import shown_value
from reference.areas import Area
from reference.context import SCORE
from reference.places import ContextVariable, PlaceSet


def variable_cards(
    places: PlaceSet, area: Area, weights: Sequence[float] | None = None
) -> list[dict[str, Any]]:
    """Return the variables with the values of an area; default weights unless others are given."""
    variables = places.context_variables
    chosen = weights or [variable.weight for variable in variables]
    return [
        {
            "id": variable.id,
            "title": variable.title,
            "unit": variable.unit,
            "decimals": variable.decimals,
            "value": shown_value(variable, places.context_of(variable.id, area.code)),
            "basis": next(_basis(places, variable, area), ""),
            "as_at": variable.as_at,
            "source": variable.source,
            "note": variable.note,
            "scale": variable.scale,
            "scale_reason": variable.scale_reason,
            "weight": weight,
            "is_main": variable.is_main,
        }
        for variable, weight in zip(variables, chosen, strict=True)
    ]


def _basis(places: PlaceSet, variable: ContextVariable, area: Area) -> Iterator[str]:
    kind, _, classification = variable.origin.partition(":")
    if kind == SCORE:
        scored = (row for row in places.classes if row.classification == classification)
        yield from (row.basis for row in scored if row.area == area.code)
    own = (row for row in places.context if row.variable == variable.id)
    yield from (row.basis for row in own if row.area == area.code)

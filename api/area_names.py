"""One name of an area, or of a model of neighbours, read: any code, number or name."""

from collections.abc import Callable, Sequence
from typing import Final

from api.contract import COUNTRY_WORD
from api.opened import OpenRelease
from api.problems import ProblemError, unknown_value
from reference.areas import Area, AreaKind, UnknownAreaError
from reference.places import PlaceSet

NUMBER_WORD: Final = "la:"
"""May stand before the number of an authority, so that no program takes it for a count."""


def resolve_area(release: OpenRelease, text: str, parameter: str = "area") -> Area:
    """Return the area of any code, number or name; raises ProblemError with suggestions."""
    places = release.snapshot.places
    if text.casefold() in {COUNTRY_WORD, AreaKind.COUNTRY.value}:
        return places.country
    is_numbered = text.casefold().startswith(NUMBER_WORD)
    try:
        return places.resolve(text[len(NUMBER_WORD) :] if is_numbered else text)
    except UnknownAreaError as error:
        raise ProblemError(
            400,
            "unknown-value",
            f"{parameter}: {error}",
            parameter=parameter,
            suggestions=error.suggestions,
        ) from None


def neighbour_model(places: PlaceSet, text: str | None, parameter: str) -> str:
    """Return a model of neighbours, the default where none is given."""
    model = text or places.default_neighbour_model
    if model not in places.neighbour_models:
        raise unknown_value(parameter, model, places.neighbour_models, "a model of neighbours")
    return model


def lies_in(area: Area, whole: Area) -> bool:
    """Say whether an area is an authority inside a country, region or subregion."""
    if area.kind is not AreaKind.AUTHORITY:
        return False
    return whole.kind is AreaKind.COUNTRY or whole.code in {area.region, area.subregion}


def with_commas(parts: Sequence[str], is_known: Callable[[str], bool]) -> tuple[str, ...]:
    """Put together what a comma parted: two in a row, one unknown alone, known as one name."""
    found: list[str] = []
    for part in parts:
        whole = f"{found[-1]}, {part}" if found else part
        if found and is_known(whole) and not (is_known(found[-1]) and is_known(part)):
            found[-1] = whole
        else:
            found.append(part)
    return tuple(found)

"""The framework as the API tells of it: every place in order, or why it is empty."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from api.opened import OpenRelease
from reference.notes import NOT_HERE
from reference.places import FrameworkArea, FrameworkDomain

BESIDE: Final = FrameworkArea(
    "Beside the framework",
    "beside",
    "Indicators that have no place in the framework and help to read those that have one.",
)
_NOT_A_LETTER: Final = re.compile(r"[^a-z0-9]+")
_NONE_YET: Final = "This release holds no indicator of this place."

Held = Mapping[str, Mapping[str, list[str]]]


def framework(release: OpenRelease) -> list[dict[str, Any]]:
    """Return all places: those of the framework, others that indicators name, and those beside."""
    held = _held(release)
    return [
        {**_place(place, held.get("" if place is BESIDE else place.area, {})), "id": id}
        for id, place in place_ids(release).items()
    ]


def place_ids(release: OpenRelease) -> Mapping[str, FrameworkArea]:
    """Return the places of a framework by id: `outcome_1`, `enabler_2`, `across`, `beside`."""
    found: dict[str, FrameworkArea] = {}
    for place in _places(release):
        alike = sum(held.kind == place.kind for held in found.values())
        is_numbered = place.kind in {"outcome", "enabler"}
        kind = place.kind or _NOT_A_LETTER.sub("_", place.area.casefold()).strip("_")
        found[f"{kind}_{alike + 1}" if is_numbered or kind in found else kind] = place
    return found


def place_id(release: OpenRelease, area: str) -> str:
    """Return the id of the place that an indicator names; `beside` for none."""
    ids: Mapping[str, str] = release.recall(
        "framework ids", lambda: {place.area: id for id, place in place_ids(release).items()}
    )
    return ids[area or BESIDE.area]


def one_place(release: OpenRelease, id: str) -> dict[str, Any] | None:
    """Return one place by its id, None where the framework has none of that id."""
    return next((place for place in framework(release) if place["id"] == id), None)


def _places(release: OpenRelease) -> tuple[FrameworkArea, ...]:
    held = _held(release)
    places = release.snapshot.places.framework
    known = {place.area for place in places}
    unknown = [FrameworkArea(area, "") for area in sorted(held) if area not in {"", *known}]
    beside = [BESIDE] if "" in held else []
    return (*places, *unknown, *beside)


def _held(release: OpenRelease) -> Held:
    """Return the ids of indicators by place and domain, in catalogue order."""
    areas: dict[str, dict[str, list[str]]] = {}
    for indicator in release.snapshot.indicators:
        place = indicator.framework
        areas.setdefault(place.area, {}).setdefault(place.domain, []).append(indicator.id)
    return areas


def _place(place: FrameworkArea, held: Mapping[str, list[str]]) -> dict[str, Any]:
    known = {domain.domain for domain in place.domains}
    more = (FrameworkDomain(name) for name in held if name not in known)
    return {
        "area": place.area,
        "kind": place.kind,
        "description": place.description,
        **_gap(place, held.values()),
        "domains": [_domain(domain, held) for domain in (*place.domains, *more)],
    }


def _domain(domain: FrameworkDomain, held: Mapping[str, list[str]]) -> dict[str, Any]:
    ids = held.get(domain.domain, [])
    return {
        "domain": domain.domain,
        "description": domain.description,
        **_gap(domain, ids),
        "indicators": list(ids),
    }


def _gap(place: FrameworkArea | FrameworkDomain, held: Iterable[Any]) -> dict[str, str]:
    """Return why there is nothing; a place that has got an indicator is no gap any more."""
    if list(held):
        return {"gap": "", "why_empty": ""}
    if isinstance(place, FrameworkArea) and place.domains:
        return {"gap": "", "why_empty": ""}  # its domains say it
    return {"gap": place.gap or NOT_HERE, "why_empty": place.why_empty or _NONE_YET}

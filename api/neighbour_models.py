"""The models of statistical neighbours that a release holds, and our own beside them."""

from collections.abc import Iterator
from typing import Any, Final

from api.contract import OWN_MODEL, Paths
from api.opened import OpenRelease
from reference.places import PlaceSet, ReferenceSource

TABLE: Final = "neighbours"
PCT_DECIMALS: Final = 1
MOST: Final = 30
"""Authorities of an own set."""

OWN_NOTE: Final = (
    "The nearest by this service's distance over context variables, chosen with by= and count=; "
    "it is no official model."
)


def neighbour_model_rows(release: OpenRelease) -> list[dict[str, Any]]:
    """Return one row for each model, the default first, our own last."""
    places = release.snapshot.places
    official = [_official(places, model) for model in places.neighbour_models]
    return [*official, _own(places)]


def _official(places: PlaceSet, model: str) -> dict[str, Any]:
    pairs = {(row.area, row.neighbour) for row in places.neighbours if row.model == model}
    counts: dict[str, int] = {}
    for area, _ in pairs:
        counts[area] = counts.get(area, 0) + 1
    mutual = sum((neighbour, area) in pairs for area, neighbour in pairs)
    source = next(_sources(places, model), ReferenceSource(TABLE, "", model, "", ""))
    return {
        "model": model,
        "title": source.title,
        "publisher": source.publisher,
        "published_on": source.published_on,
        "licence": source.licence,
        "url": source.url,
        "note": source.note,
        "is_default": model == places.default_neighbour_model,
        "is_official": True,
        "is_symmetric": mutual == len(pairs),
        "mutual_pct": round(100 * mutual / len(pairs), PCT_DECIMALS) if pairs else None,
        "authorities": len(counts),
        "fewest": min(counts.values(), default=0),
        "most": max(counts.values(), default=0),
        "neighbours": f"{Paths.NEIGHBOURS}?model={model}",
    }


def _own(places: PlaceSet) -> dict[str, Any]:
    return {
        "model": OWN_MODEL,
        "title": "Nearest by context",
        "publisher": "This service",
        "published_on": "",
        "licence": "",
        "url": "",
        "note": OWN_NOTE,
        "is_default": False,
        "is_official": False,
        "is_symmetric": False,
        "mutual_pct": None,
        "authorities": sum(area.is_rankable for area in places.authorities()),
        "fewest": 1,
        "most": MOST,
        "neighbours": f"{Paths.NEIGHBOURS}?by=",
    }


def _sources(places: PlaceSet, model: str) -> Iterator[ReferenceSource]:
    """Give where a model is from: the sources that name it, else any of the table."""
    held = [source for source in places.sources if source.table == TABLE]
    yield from (source for source in held if model in source.title)
    yield from held

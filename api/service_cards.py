"""What the service tells of itself: its parts, how to begin, its versions and its state."""

from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from api.answers import standing_of
from api.comparators import NAMING_NO_GROUP, WITH
from api.contract import API_PREFIX, COUNTRY_WORD, GROUPINGS, PRACTICE
from api.formats import FORMATS
from api.opened import OpenRelease
from api.registry import State
from api.resource import Resource
from api.twins import twin_path

API_VERSION: Final = "1"
DISTRIBUTION: Final = "csc-outcomes"
PUBLISHED: Final = "published"
_UNKNOWN: Final = "unknown"
_MOUNT: Final = API_PREFIX.removesuffix("/v1")


def service_card(
    state: State, release: OpenRelease | None, resources: Iterable[Resource]
) -> dict[str, Any]:
    """Return what there is and where to begin, with examples that the release really holds."""
    comparators = (
        COUNTRY_WORD, "region", "neighbours", "type", *_GROUPING_TOKENS, *NAMING_NO_GROUP,
    )  # fmt: skip
    return {
        "title": "Children's social care outcomes",
        "about": "Outcome and performance indicators of children's social care by authority: "
        "definitions, figures, comparisons, releases.",
        "not_official": standing_of(is_practice=state.is_practice),
        "formats": list(FORMATS),
        "groupings": list(GROUPINGS),
        "comparators": list(comparators),
        "comparators_note": WITH.text,
        "stability": "Names and columns stay; new ones may be added. Ignore what you do not know.",
        "api_version": API_VERSION,
        "service_version": service_version(),
        "begin": how_to_begin(release),
        "parts": parts_of(resources),
    }


def status_card(state: State) -> dict[str, Any]:
    """Return what the service holds at this moment."""
    latest = state.by_id.get(state.latest or "")
    withdrawn = sum(release.withdrawn is not None for release in state.releases)
    return {
        "api_version": API_VERSION,
        "service_version": service_version(),
        "data_kind": PRACTICE if state.is_practice else PUBLISHED,
        "latest_release": latest.id if latest else None,
        "latest_published_at": latest.published_at if latest else None,
        "releases_held": len(state.releases) - withdrawn,
        "releases_withdrawn": withdrawn,
        "comments_held": len(state.comments),
    }


def service_version() -> str:
    """Return the version of this software, `unknown` where it runs without being installed."""
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return _UNKNOWN


def how_to_begin(release: OpenRelease | None) -> list[dict[str, str]]:
    """Return the first steps, each with an address that works; none before the first release."""
    if release is None:
        return []
    snapshot = release.snapshot
    indicator = next((i.id for i in snapshot.indicators if i.id in snapshot.index.latest), "")
    authority = snapshot.places.authorities()[0].code
    steps = (
        ("find an indicator by words", f"indicators?q={indicator.split('_')[0]}"),
        ("read what it counts", f"indicators/{indicator}"),
        ("see which figures there are", f"indicators/{indicator}/availability"),
        ("take every authority's latest figure as CSV",
         f"observations.csv?indicator={indicator}&area=authority"),
        ("hold one authority against England and its neighbours",
         f"comparisons?indicator={indicator}&area={authority}&with=england,neighbours"),
        ("take all of it at once", f"releases/{release.id}/files"),
        ("ask again in a year and get the same",
         f"observations.csv?indicator={indicator}&release={release.id}"),
    )  # fmt: skip
    return [{"to": to, "get": f"{API_PREFIX}/{address}"} for to, address in steps]


def parts_of(resources: Iterable[Resource]) -> list[dict[str, Any]]:
    """Return all resources by part, in the order of the documents."""
    parts: dict[str, list[dict[str, Any]]] = {}
    for resource in resources:
        parts.setdefault(resource.part, []).append(resource_card(resource))
    return [{"part": part, "resources": held} for part, held in parts.items()]


def resource_card(resource: Resource) -> dict[str, Any]:
    """Return one resource as readers find it."""
    twin = twin_path(resource)
    retired = resource.deprecated
    return {
        "method": resource.method,
        "path": f"{_MOUNT}{resource.path}",
        "summary": resource.summary,
        "path_under_a_release": f"{_MOUNT}{twin}" if twin else None,
        "takes_formats": list(resource.formats),
        "parameters": list(resource.parameters),
        "deprecated_on": retired.on.isoformat() if retired else "",
        "sunset_on": retired.sunset.isoformat() if retired and retired.sunset else "",
    }


_GROUPING_TOKENS: Final = tuple(
    "ofsted:JUDGEMENT" if name == "ofsted" else name
    for name in GROUPINGS
    if name not in {"region", "area_type"}
)

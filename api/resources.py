"""Every resource in one list: its path, handler, parameters, answer and an example."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from api import contract, documents
from api.asking import EVERY_FORMAT, JSON_ONLY
from api.parameters import Parameter
from api.routes import (
    areas,
    comparisons,
    groups,
    health,
    indicators,
    observations,
    profiles,
    releases,
)

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Resource:
    """One resource; `answer` is the type of an item of `data`, None outside the contract."""

    path: str
    handler: Handler
    summary: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    answer: Any = None
    is_list: bool = True
    formats: tuple[str, ...] = JSON_ONLY
    in_path: Mapping[str, str] = field(default_factory=dict)
    example: str = ""
    """A query that the documents show and a test asks."""


_CODE: Final = "Any code of an area, its number, or its name."
_RELEASE: Final = "A release id, or `latest`."

RESOURCES: Final = (
    Resource(
        "/v1/observations",
        observations.observations,
        "Figures by indicator, period, area and breakdown.",
        observations.KNOWN,
        contract.ObservationRow,
        formats=EVERY_FORMAT,
        example="area=authority&period=latest",
    ),
    Resource(
        "/v1/comparisons",
        comparisons.comparisons,
        "Is a difference more than chance? One row for each figure and comparator.",
        comparisons.KNOWN,
        contract.ComparisonRow,
        formats=EVERY_FORMAT,
        example="period=latest&with=england,neighbours",
    ),
    Resource(
        "/v1/profiles/{code}",
        profiles.profile,
        "All indicators of one area beside its comparators.",
        profiles.KNOWN,
        contract.ProfileRow,
        in_path={"code": _CODE},
    ),
    Resource(
        "/v1/groups",
        groups.groups,
        "Groupings of authorities; with `grouping`, the groups; with `indicator`, their "
        "statistics.",
        groups.KNOWN,
        contract.GroupRow | contract.GroupingCard,
        formats=EVERY_FORMAT,
        example="grouping=region",
    ),
    Resource(
        "/v1/indicators",
        indicators.list_indicators,
        "The indicators of the release.",
        indicators.LIST,
        contract.IndicatorCard,
        formats=EVERY_FORMAT,
        example="kind=outcome",
    ),
    Resource(
        "/v1/indicators/{id}",
        indicators.one_indicator,
        "The full card of an indicator: definition, sources, caveats.",
        indicators.ONE,
        contract.IndicatorDetail,
        is_list=False,
        in_path={"id": "The id of an indicator."},
    ),
    Resource(
        "/v1/framework",
        indicators.framework_places,
        "Outcomes and enablers of the framework with their indicators.",
        indicators.ONE,
        contract.FrameworkPlace,
    ),
    Resource(
        "/v1/areas",
        areas.list_areas,
        "The areas of the release, with region, type and classes.",
        areas.LIST,
        contract.AreaCard,
        formats=EVERY_FORMAT,
        example="kind=authority",
    ),
    Resource(
        "/v1/areas/{code}",
        areas.one_area,
        "The full card of an area: codes over time, judgements, inspections.",
        areas.ONE,
        contract.AreaDetail,
        is_list=False,
        in_path={"code": _CODE},
    ),
    Resource(
        "/v1/areas/{code}/neighbours",
        areas.neighbours,
        "Statistical neighbours, nearest first; the relation is not symmetric.",
        areas.NEIGHBOURS,
        contract.NeighbourRow,
        formats=EVERY_FORMAT,
        in_path={"code": _CODE},
    ),
    Resource(
        "/v1/releases",
        releases.list_releases,
        "All releases, the newest first.",
        releases.LIST,
        contract.ReleaseRow,
    ),
    Resource(
        "/v1/releases/{release}",
        releases.one_release,
        "What a release was made from.",
        releases.ONE,
        contract.ReleaseDetail,
        is_list=False,
        in_path={"release": _RELEASE},
    ),
    Resource(
        "/v1/releases/{release}/files",
        releases.release_files,
        "The files of a release.",
        releases.ONE,
        contract.FileRow,
        in_path={"release": _RELEASE},
    ),
    Resource("/v1/", releases.service, "What there is and where to begin.", releases.LIST),
    Resource("/health/live", health.live, "Whether the process runs."),
    Resource("/health/ready", health.ready, "Whether the latest release can be read."),
)

UNLISTED: Final[tuple[tuple[str, Handler], ...]] = (
    ("/v1/releases/{release}/files/{name:path}", releases.release_file),
    ("/v1/files/{digest}/{name:path}", releases.file_by_digest),
    ("/docs", documents.docs),
    ("/docs/init.js", documents.init_script),
    ("/vendor/{name}", documents.vendor_file),
)
"""What the description of the API leaves out: bytes of files, and the page of documents."""

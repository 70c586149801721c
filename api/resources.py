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
    changes,
    comparisons,
    exceptions,
    groups,
    health,
    indicators,
    inequalities,
    observations,
    pairs,
    profiles,
    rankings,
    releases,
    trends,
)

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Resource:
    """One resource; `answer` is the type of an item of `data`, None outside the contract."""

    path: str
    handler: Handler
    part: str
    summary: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    answer: Any = None
    is_list: bool = True
    formats: tuple[str, ...] = JSON_ONLY
    in_path: Mapping[str, str] = field(default_factory=dict)
    example: str = ""
    """A query that the documents show and a test asks."""


FIGURES, DEFINITIONS, PLACES = "Figures", "Definitions", "Places"
RELEASES, SERVICE = "Releases", "Service"
"""The parts under which the documents list the resources."""

_CODE: Final = "Any code of an area, its number, or its name."
_RELEASE: Final = "A release id, or `latest`."

RESOURCES: Final = (
    Resource(
        "/v1/observations",
        observations.observations,
        FIGURES,
        "Figures by indicator, period, area and breakdown.",
        observations.KNOWN,
        contract.ObservationRow,
        formats=EVERY_FORMAT,
        example="area=authority&period=latest",
    ),
    Resource(
        "/v1/comparisons",
        comparisons.comparisons,
        FIGURES,
        "Is a difference more than chance? One row for each figure and comparator.",
        comparisons.KNOWN,
        contract.ComparisonRow,
        formats=EVERY_FORMAT,
        example="period=latest&with=england,neighbours",
    ),
    Resource(
        "/v1/profiles/{code}",
        profiles.profile,
        FIGURES,
        "All indicators of one area beside its comparators.",
        profiles.KNOWN,
        contract.ProfileRow,
        in_path={"code": _CODE},
    ),
    Resource(
        "/v1/trends",
        trends.trends,
        FIGURES,
        "Is a figure going up or down, beyond chance? One row for each indicator and area.",
        trends.KNOWN,
        contract.TrendRow,
        formats=EVERY_FORMAT,
        example="area=england&period=latest",
    ),
    Resource(
        "/v1/rankings",
        rankings.rankings,
        FIGURES,
        "Where authorities stand among all, and the ranks that chance leaves open.",
        rankings.KNOWN,
        contract.RankingRow,
        formats=EVERY_FORMAT,
        example="period=latest&as=lait",
    ),
    Resource(
        "/v1/exceptions",
        exceptions.exceptions,
        FIGURES,
        "What stands out of an authority, by certainty and size: against neighbours, own past.",
        exceptions.KNOWN,
        contract.ExceptionRow,
        formats=EVERY_FORMAT,
        example="area=authority&certainty=alone",
    ),
    Resource(
        "/v1/inequalities",
        inequalities.inequalities,
        FIGURES,
        "Is a part of a figure different from its own total, beyond chance?",
        inequalities.KNOWN,
        contract.InequalityRow,
        formats=EVERY_FORMAT,
        example="by=sex",
    ),
    Resource(
        "/v1/pairs",
        pairs.pairs,
        FIGURES,
        "Indicators that mislead when either is read alone, and how far the two go together.",
        pairs.LIST,
        contract.PairCard,
        formats=EVERY_FORMAT,
        example="period=latest",
    ),
    Resource(
        "/v1/pairs/{pair}",
        pairs.one_pair,
        FIGURES,
        "Where authorities lie in both indicators of a pair, each beside the country.",
        pairs.KNOWN,
        contract.PairRow,
        formats=EVERY_FORMAT,
        in_path={"pair": "The id of a pair."},
        example="area=authority&period=latest",
    ),
    Resource(
        "/v1/groups",
        groups.groups,
        FIGURES,
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
        DEFINITIONS,
        "The indicators of the release.",
        indicators.LIST,
        contract.IndicatorCard,
        formats=EVERY_FORMAT,
        example="kind=outcome",
    ),
    Resource(
        "/v1/indicators/{id}",
        indicators.one_indicator,
        DEFINITIONS,
        "The full card of an indicator: definition, sources, caveats.",
        indicators.ONE,
        contract.IndicatorDetail,
        is_list=False,
        in_path={"id": "The id of an indicator."},
    ),
    Resource(
        "/v1/framework",
        indicators.framework_places,
        DEFINITIONS,
        "Outcomes and enablers of the framework with their indicators.",
        indicators.ONE,
        contract.FrameworkPlace,
    ),
    Resource(
        "/v1/areas",
        areas.list_areas,
        PLACES,
        "The areas of the release, with region, type and classes.",
        areas.LIST,
        contract.AreaCard,
        formats=EVERY_FORMAT,
        example="kind=authority",
    ),
    Resource(
        "/v1/areas/{code}",
        areas.one_area,
        PLACES,
        "The full card of an area: codes over time, judgements, inspections.",
        areas.ONE,
        contract.AreaDetail,
        is_list=False,
        in_path={"code": _CODE},
    ),
    Resource(
        "/v1/areas/{code}/neighbours",
        areas.neighbours,
        PLACES,
        "Statistical neighbours, nearest first; the relation is not symmetric.",
        areas.NEIGHBOURS,
        contract.NeighbourRow,
        formats=EVERY_FORMAT,
        in_path={"code": _CODE},
    ),
    Resource(
        "/v1/releases",
        releases.list_releases,
        RELEASES,
        "All releases, the newest first.",
        releases.LIST,
        contract.ReleaseRow,
    ),
    Resource(
        "/v1/releases/{release}",
        releases.one_release,
        RELEASES,
        "What a release was made from.",
        releases.ONE,
        contract.ReleaseDetail,
        is_list=False,
        in_path={"release": _RELEASE},
    ),
    Resource(
        "/v1/releases/{release}/changes",
        changes.release_changes,
        RELEASES,
        "What differs from the release before, cell by cell.",
        changes.KNOWN,
        contract.ChangeRow,
        formats=EVERY_FORMAT,
        in_path={"release": _RELEASE},
        example="kind=revised",
    ),
    Resource(
        "/v1/releases/{release}/files",
        releases.release_files,
        RELEASES,
        "The files of a release.",
        releases.ONE,
        contract.FileRow,
        in_path={"release": _RELEASE},
    ),
    Resource("/v1/", releases.service, SERVICE, "What there is and where to begin.", releases.LIST),
    Resource("/health/live", health.live, SERVICE, "Whether the process runs."),
    Resource("/health/ready", health.ready, SERVICE, "Whether the latest release can be read."),
)

UNLISTED: Final[tuple[tuple[str, Handler], ...]] = (
    ("/", releases.begin),
    ("/v1/releases/{release}/files/{name:path}", releases.release_file),
    ("/v1/files/{digest}/{name:path}", releases.file_by_digest),
    ("/docs", documents.docs),
    ("/docs/init.js", documents.init_script),
    ("/docs/page.css", documents.page_styles),
    ("/vendor/{name}", documents.vendor_file),
)
"""What the description of the API leaves out: bytes of files, and the page of documents."""

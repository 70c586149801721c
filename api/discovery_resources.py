"""The resources that tell what there is: definitions, places, and what belongs to them."""

from typing import Final

from api import contract
from api.asking import EVERY_FORMAT
from api.resource import DEFINITIONS, PLACES, Resource
from api.routes import areas, dimensions, indicator_parts, indicators, neighbours, returns

CODE: Final = "Any code of an area, its number, or its name."
_ID: Final = "The id of an indicator."

DISCOVERY: Final = (
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
        in_path={"id": _ID},
    ),
    Resource(
        "/v1/indicators/{id}/availability",
        indicator_parts.indicator_availability,
        DEFINITIONS,
        "Which figures of an indicator there are, by period, breakdown, level and status.",
        indicator_parts.AVAILABILITY,
        contract.AvailabilityRow,
        formats=EVERY_FORMAT,
        in_path={"id": _ID},
        example="area=authority&period=latest",
    ),
    Resource(
        "/v1/indicators/{id}/versions",
        indicator_parts.indicator_versions,
        DEFINITIONS,
        "How the definition of an indicator changed, and where its series breaks.",
        indicator_parts.VERSIONS,
        contract.VersionRow,
        formats=EVERY_FORMAT,
        in_path={"id": _ID},
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
        "/v1/framework/{place}",
        indicators.framework_place,
        DEFINITIONS,
        "One outcome or enabler of the framework.",
        indicators.ONE,
        contract.FrameworkPlace,
        is_list=False,
        in_path={"place": "The id of a place, such as `outcome_1`."},
    ),
    Resource(
        "/v1/dimensions",
        dimensions.list_dimensions,
        DEFINITIONS,
        "Which columns of a row hold codes, and how a query narrows them.",
        dimensions.KNOWN,
        contract.DimensionCard,
        formats=EVERY_FORMAT,
    ),
    Resource(
        "/v1/dimensions/{dimension}",
        dimensions.one_dimension,
        DEFINITIONS,
        "The codes of a dimension with labels, order, total, and how many cells have each.",
        dimensions.KNOWN,
        contract.DimensionCodeRow,
        formats=EVERY_FORMAT,
        in_path={"dimension": "The id of a dimension, such as `age` or `status`."},
    ),
    Resource(
        "/v1/neighbour-models",
        dimensions.neighbour_models,
        PLACES,
        "The models of statistical neighbours: who made each, when, and that none is symmetric.",
        dimensions.KNOWN,
        contract.NeighbourModelRow,
        formats=EVERY_FORMAT,
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
        in_path={"code": CODE},
    ),
    Resource(
        "/v1/areas/{code}/neighbours",
        neighbours.neighbours,
        PLACES,
        "Statistical neighbours, nearest first, and how alike they are; with `by`, an own set. The "
        "relation is not symmetric.",
        neighbours.KNOWN,
        contract.NeighbourRow,
        formats=EVERY_FORMAT,
        in_path={"code": CODE},
        example="by=population:1,deprivation:2,density:1&count=10",
    ),
    Resource(
        "/v1/areas/{code}/neighbours/{other}",
        neighbours.pair,
        PLACES,
        "How alike are two authorities, neighbours or not? One row for each context variable.",
        neighbours.PAIR,
        contract.LikenessRow,
        formats=EVERY_FORMAT,
        in_path={"code": CODE, "other": CODE},
    ),
    Resource(
        "/v1/areas/{code}/returns",
        returns.returns,
        PLACES,
        "What became of what an authority sent: the returns that the release holds.",
        returns.KNOWN,
        contract.ReturnRow,
        formats=EVERY_FORMAT,
        in_path={"code": CODE},
    ),
)
"""Definitions and places; the rest stands in api/resources.py, which lists all."""

"""The resources of SDMX as the description of the API lists them."""

from collections.abc import Mapping
from typing import Final

from api.resource import SDMX, Resource
from api.sdmx.addresses import CSV, GENERIC, JSON, MEDIA_TYPES, SDMX_PATH, SPECIFIC, STRUCTURE
from api.sdmx.data_queries import PARAMETERS
from api.sdmx.errors import XML_TYPE
from api.sdmx.keys import ALL
from api.sdmx.names import AGENCIES, AGENCIES_OWNER, AGENCY, CONCEPTS, DIMENSIONS, FLOW, TIME
from api.sdmx.routes import AVAILABLE_PARAMETERS, STRUCTURE_PARAMETERS, sdmx

_KEY: Final = (
    f"`{'.'.join(one.id for one in DIMENSIONS)}`: codes, several joined by `+`, none where all are "
    f"meant; or `{ALL}`."
)
_FLOW: Final = f"`{FLOW}`, which is the one dataflow and its structure"
_FLOWS: Final = f"{_FLOW}; or `{ALL}`."
_AGENCY: Final = f"`{AGENCY}`, or `{ALL}`."
_STRUCTURES: Final[Mapping[str, tuple[str, str, str]]] = {
    "dataflow": ("flow", _FLOWS, "The dataflow: what data there are."),
    "datastructure": ("flow", _FLOWS, "The data structure: dimensions, measure and attributes."),
    "codelist": ("codelist", f"The id of a code list, or `{ALL}`.", "What the codes mean."),
    "conceptscheme": ("scheme", f"`{CONCEPTS}`, or `{ALL}`.", "What the columns mean."),
    "agencyscheme": ("agencies", f"`{AGENCIES}`, or `{ALL}`.", "Who maintains all this."),
    "contentconstraint": ("flow", _FLOWS, "Which codes have figures at all."),
}
"""By kind of structure: the part of the path that names one, in words, and what it is."""
_EXAMPLES: Final = {
    "agency": AGENCY,
    "owner": AGENCIES_OWNER,
    "flow": FLOW,
    "codelist": "CL_INDICATOR",
    "scheme": CONCEPTS,
    "agencies": AGENCIES,
    "version": "latest",
    "provider": AGENCY,
    "component": TIME,
}
SHORTER_PATHS: Final = (SDMX_PATH, f"{SDMX_PATH}/{{rest:path}}")
"""Parts at the end of a path may be left out: what is not listed comes in here."""


def _structure(kind: str) -> Resource:
    part, text, summary = _STRUCTURES[kind]
    owner = "owner" if kind == "agencyscheme" else "agency"
    owners = f"`{AGENCIES_OWNER}`, or `{ALL}`." if owner == "owner" else _AGENCY
    return Resource(
        f"{SDMX_PATH}/{kind}/{{{owner}}}/{{{part}}}/{{version}}",
        sdmx,
        SDMX,
        summary,
        STRUCTURE_PARAMETERS,
        in_path={owner: owners, part: text, "version": "`1.0`, `latest` or `all`."},
        media_types=(MEDIA_TYPES[STRUCTURE],),
        error_type=XML_TYPE,
        path_examples=_EXAMPLES,
    )


SDMX_RESOURCES: Final = (
    Resource(
        f"{SDMX_PATH}/data/{{flow}}/{{key}}",
        sdmx,
        SDMX,
        "Figures in series, as SDMX-ML 2.1, SDMX-CSV 1.0 or SDMX-JSON 1.0: what `Accept` asks for.",
        PARAMETERS,
        in_path={"flow": f"{_FLOW}.", "key": _KEY},
        example="startPeriod=2020&lastNObservations=1",
        media_types=tuple(MEDIA_TYPES[form] for form in (GENERIC, SPECIFIC, CSV, JSON)),
        error_type=XML_TYPE,
        path_examples=_EXAMPLES,
    ),
    Resource(
        f"{SDMX_PATH}/availableconstraint/{{flow}}/{{key}}/{{provider}}/{{component}}",
        sdmx,
        SDMX,
        "Which codes have figures under a key.",
        AVAILABLE_PARAMETERS,
        in_path={
            "flow": f"{_FLOW}.",
            "key": _KEY,
            "provider": _AGENCY,
            "component": f"The id of a dimension, or `{ALL}`.",
        },
        media_types=(MEDIA_TYPES[STRUCTURE],),
        error_type=XML_TYPE,
        path_examples=_EXAMPLES,
    ),
    *map(_structure, _STRUCTURES),
)

"""Paths, tokens and columns that other programs rely on."""

from enum import StrEnum
from typing import Final

API_PREFIX: Final = "/api/v1"


class Paths:
    """Paths of the API; braces are filled with `.format`."""

    SERVICE = f"{API_PREFIX}/"
    LIMITS = f"{API_PREFIX}/limits"
    STATUS = f"{API_PREFIX}/status"
    FRAMEWORK = f"{API_PREFIX}/framework"
    FRAMEWORK_PLACE = f"{API_PREFIX}/framework/{{place}}"
    INDICATORS = f"{API_PREFIX}/indicators"
    INDICATOR = f"{API_PREFIX}/indicators/{{id}}"
    AVAILABILITY = f"{API_PREFIX}/indicators/{{id}}/availability"
    VERSIONS = f"{API_PREFIX}/indicators/{{id}}/versions"
    DIMENSIONS = f"{API_PREFIX}/dimensions"
    DIMENSION = f"{API_PREFIX}/dimensions/{{dimension}}"
    NEIGHBOUR_MODELS = f"{API_PREFIX}/neighbour-models"
    AREAS = f"{API_PREFIX}/areas"
    AREA = f"{API_PREFIX}/areas/{{code}}"
    NEIGHBOURS = f"{API_PREFIX}/areas/{{code}}/neighbours"
    LIKENESS = f"{API_PREFIX}/areas/{{code}}/neighbours/{{other}}"
    OBSERVATIONS = f"{API_PREFIX}/observations"
    OBSERVATIONS_QUERY = f"{API_PREFIX}/observations/query"
    COMPARISONS = f"{API_PREFIX}/comparisons"
    STANDINGS = f"{API_PREFIX}/standings"
    PROFILE = f"{API_PREFIX}/profiles/{{code}}"
    TRENDS = f"{API_PREFIX}/trends"
    RANKINGS = f"{API_PREFIX}/rankings"
    EXCEPTIONS = f"{API_PREFIX}/exceptions"
    COMMENTARY = f"{API_PREFIX}/commentary"
    RETURNS = f"{API_PREFIX}/areas/{{code}}/returns"
    INEQUALITIES = f"{API_PREFIX}/inequalities"
    PAIRS = f"{API_PREFIX}/pairs"
    PAIR = f"{API_PREFIX}/pairs/{{pair}}"
    GROUPS = f"{API_PREFIX}/groups"
    RELEASES = f"{API_PREFIX}/releases"
    RELEASE = f"{API_PREFIX}/releases/{{release}}"
    RELEASE_CHANGES = f"{API_PREFIX}/releases/{{release}}/changes"
    RELEASE_REVISIONS = f"{API_PREFIX}/releases/{{release}}/revisions"
    RELEASE_FILES = f"{API_PREFIX}/releases/{{release}}/files"
    CITATION = f"{API_PREFIX}/releases/{{release}}/citation"
    CATALOGUE = f"{API_PREFIX}/catalogue"
    RELEASES_FEED = f"{API_PREFIX}/feeds/releases.atom"
    REVISIONS_FEED = f"{API_PREFIX}/feeds/revisions.atom"
    BOUNDARIES = f"{API_PREFIX}/boundaries.geojson"
    DATAPACKAGE = f"{API_PREFIX}/datapackage.json"
    SDMX = "/api/sdmx/2.1"
    SDMX_DATAFLOW = f"{SDMX}/dataflow/{{agency}}/{{flow}}/{{version}}"
    SDMX_DATASTRUCTURE = f"{SDMX}/datastructure/{{agency}}/{{flow}}/{{version}}"
    SDMX_CODELIST = f"{SDMX}/codelist/{{agency}}/{{codelist}}/{{version}}"
    SDMX_CONCEPTSCHEME = f"{SDMX}/conceptscheme/{{agency}}/{{scheme}}/{{version}}"
    SDMX_AGENCYSCHEME = f"{SDMX}/agencyscheme/{{owner}}/{{agencies}}/{{version}}"
    SDMX_CONTENTCONSTRAINT = f"{SDMX}/contentconstraint/{{agency}}/{{flow}}/{{version}}"
    SDMX_DATA = f"{SDMX}/data/{{flow}}/{{key}}"
    SDMX_AVAILABLE = f"{SDMX}/availableconstraint/{{flow}}/{{key}}/{{provider}}/{{component}}"
    LIVE = "/api/health/live"
    READY = "/api/health/ready"
    DOCS = "/api/docs"
    OPENAPI = "/api/openapi.json"


DATA_KIND_HEADER: Final = "X-Data-Kind"
"""Only on answers about made-up figures; absent otherwise."""
PRACTICE: Final = "practice"


class Outcome(StrEnum):
    """The words of a comparison (design, section 6)."""

    BETTER = "better"
    SIMILAR = "similar"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    CANNOT_COMPARE = "cannot_compare"


class SourceKind(StrEnum):
    """What a source is: a publication, one authority's return, or our own arithmetic."""

    PUBLICATION = "publication"
    SUBMISSION = "submission"
    COMPUTED = "computed"


COMPARISON_COLUMNS: Final = (
    "release", "indicator", "area_code", "period", "value", "status", "ci_lower", "ci_upper",
    "with", "model", "statistic_shown", "members", "members_with_data", "units_counted",
    "coverage", "mean", "median", "q25", "q75", "pooled", "pooled_ci_lower", "pooled_ci_upper",
    "difference", "outcome", "outcome_adjusted_for_many", "method", "phi", "z", "reason", "flags",
    "group", "comparator_value", "without_data", "plain_95", "plain_998", "p", "p_adjusted",
    "funnel_lower_95", "funnel_upper_95", "funnel_lower_998", "funnel_upper_998",
    "wide_funnel_lower_95", "wide_funnel_upper_95", "wide_funnel_lower_998",
    "wide_funnel_upper_998",
)  # fmt: skip


COUNTRY_WORD: Final = "england"
"""The word for the whole country, of whichever place set, in `area=` and `with=`."""


GROUPINGS: Final = (
    "region",
    "area_type",
    "ofsted",
    "rural_urban",
    "deprivation",
    "population_band",
)
"""Ways to group authorities; `ofsted` is written `ofsted:JUDGEMENT`."""


MOST_JSON_ROWS: Final = 100_000
"""Answers of more rows are given as files alone."""


OWN_MODEL: Final = "own"
"""The word of `model` for the nearest by our own distance; no official model has it."""
ALL_MODELS: Final = "all"
"""The word of `model` for all official models, the newest first."""

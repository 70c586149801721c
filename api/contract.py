"""What other programs may rely on: paths, tokens, columns and the shape of every answer.

The dashboard imports this module and nothing else of ours. Types are documentation that mypy
checks; answers are built as plain dicts for speed and held to these shapes by a test.
"""

from enum import StrEnum
from typing import Any, Final, NotRequired

from typing_extensions import TypedDict  # pydantic reads the standard one only from 3.12 on

from indicators.cells import BREAKDOWN_COLUMNS, ROW_COLUMNS, TOTAL, Flag, Status
from indicators.source_rows import POPULATION

__all__ = [
    "API_PREFIX",
    "BREAKDOWN_COLUMNS",
    "COMPARISON_COLUMNS",
    "COUNTRY_WORD",
    "GROUPINGS",
    "MOST_JSON_ROWS",
    "POPULATION",
    "ROW_COLUMNS",
    "TOTAL",
    "Answer",
    "AreaCard",
    "AreaDetail",
    "ChangeRow",
    "ChangesSummary",
    "ComparisonRow",
    "FileRow",
    "Flag",
    "FrameworkDomain",
    "FrameworkPlace",
    "GroupMember",
    "GroupRow",
    "GroupingCard",
    "IndicatorCard",
    "IndicatorDetail",
    "KnownProblemRow",
    "Meta",
    "NeighbourRow",
    "ObservationRow",
    "Outcome",
    "Paths",
    "Problem",
    "ProfileRow",
    "RankingRow",
    "ReadFrom",
    "ReleaseDetail",
    "ReleaseRow",
    "SourceCard",
    "SourceFileRow",
    "SourceKind",
    "Status",
    "TotalsMismatch",
    "TotalsRow",
    "TrendRow",
]

API_PREFIX: Final = "/api/v1"


class Paths:
    """Paths of the API; braces are filled with `.format`."""

    SERVICE = f"{API_PREFIX}/"
    FRAMEWORK = f"{API_PREFIX}/framework"
    INDICATORS = f"{API_PREFIX}/indicators"
    INDICATOR = f"{API_PREFIX}/indicators/{{id}}"
    AREAS = f"{API_PREFIX}/areas"
    AREA = f"{API_PREFIX}/areas/{{code}}"
    NEIGHBOURS = f"{API_PREFIX}/areas/{{code}}/neighbours"
    OBSERVATIONS = f"{API_PREFIX}/observations"
    COMPARISONS = f"{API_PREFIX}/comparisons"
    PROFILE = f"{API_PREFIX}/profiles/{{code}}"
    TRENDS = f"{API_PREFIX}/trends"
    RANKINGS = f"{API_PREFIX}/rankings"
    GROUPS = f"{API_PREFIX}/groups"
    RELEASES = f"{API_PREFIX}/releases"
    RELEASE = f"{API_PREFIX}/releases/{{release}}"
    RELEASE_CHANGES = f"{API_PREFIX}/releases/{{release}}/changes"
    RELEASE_FILES = f"{API_PREFIX}/releases/{{release}}/files"
    LIVE = "/api/health/live"
    READY = "/api/health/ready"
    DOCS = "/api/docs"
    OPENAPI = "/api/openapi.json"


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
    "group", "comparator_value", "without_data",
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


class Meta(TypedDict):
    """Every answer says which release it is from and what a reader must know."""

    release: str
    published_at: str
    digest: str
    count: int
    warnings: list[str]
    licence: str
    attribution: str
    not_official: str
    judged_on: NotRequired[str]  # the day on which inspection judgements were read


class Answer(TypedDict):
    """The envelope of every JSON answer."""

    meta: Meta
    data: Any
    links: dict[str, str]


class Problem(TypedDict):
    """RFC 9457 problem details (application/problem+json)."""

    type: str
    title: str
    status: int
    detail: str
    parameter: str | None
    suggestions: list[str]


class ObservationRow(TypedDict):
    """One row of /observations, the columns of ROW_COLUMNS."""

    release: str
    indicator: str
    definition_version: int
    area_code: str
    area_name: str
    area_type: str
    period: str
    period_start: str
    period_end: str
    sex: str
    age: str
    ethnicity: str
    need: str
    placement: str
    reason: str
    role: str
    school_phase: str
    value: float | int | None
    numerator: float | int | None
    denominator: float | int | None
    ci_lower: float | None
    ci_upper: float | None
    ci_level: float | None
    status: str
    flags: list[str]
    source_symbol: str
    unit: str
    source: str
    updated_release: str


ComparisonRow = TypedDict(
    "ComparisonRow",
    {
        "release": str, "indicator": str, "area_code": str, "period": str,
        "value": float | int | None, "status": str,
        "ci_lower": float | None, "ci_upper": float | None,
        "with": str, "model": str | None, "statistic_shown": str,
        "members": int, "members_with_data": int, "units_counted": int,
        "coverage": float | None, "mean": float | None, "median": float | None,
        "q25": float | None, "q75": float | None, "pooled": float | None,
        "pooled_ci_lower": float | None, "pooled_ci_upper": float | None,
        "difference": float | None, "outcome": str, "outcome_adjusted_for_many": str | None,
        "method": str, "phi": float | None, "z": float | None, "reason": str | None,
        "flags": list[str],
        "group": str | None, "comparator_value": float | int | None, "without_data": list[str],
    },
)  # fmt: skip
"""One row of /comparisons: `difference` is value minus the statistic shown;
`statistic_shown` is `value` (England, region), `median` (neighbours) or `pooled` (groups).
`comparator_value` is the figure that it names; for England and a region that is the published one,
which also stands in `pooled`. `group` names what is compared with (a grade, class, type or area).
Mean, median and quartiles are of all members with data; `pooled` leaves the area itself out.
For an indicator that counts authorities, `pooled` is their number, also for neighbours; mean,
median, quartiles and difference are null: one authority is not larger or smaller than a count.
Members are those that existed on the period's last day or have a figure in it; neighbours are as
their model names them. `without_data` lists the other members, each as `CODE status`, and as
`CODE joint_return` a neighbour in the area's own return, which no statistic counts."""


class FrameworkDomain(TypedDict):
    """One domain of a place of the framework with its indicators, or why it has none.

    `gap` is `nobody` (nobody measures it), `not_by_authority` (measured, and not published by
    authority) or `not_here` (published by authority, and not held); blank where it has indicators.
    """

    domain: str
    description: str
    gap: str
    why_empty: str
    indicators: list[str]


class FrameworkPlace(TypedDict):
    """One place of the national framework: its domains in order, or why it is empty.

    `kind` is `outcome`, `enabler`, `across` (what concerns all places) or `beside` (indicators that
    have no place in the framework); blank where the release does not say. `gap` as for a domain.
    """

    area: str
    kind: str
    description: str
    gap: str
    why_empty: str
    domains: list[FrameworkDomain]


class IndicatorCard(TypedDict):
    """One indicator in the list of /indicators."""

    id: str
    title: str
    short_title: str
    kind: str
    stage: str
    unit: str
    decimals: int
    direction: str
    period_kind: str
    measured: str
    interval: str
    is_core: bool
    family: str
    framework_area: str
    framework_domain: str
    designation: str
    publisher: str
    version: int
    latest: str | None
    periods: list[str]
    breakdowns: dict[str, list[str]]


class SourceFileRow(TypedDict):
    """One file of a publication, in its own words; `sha256` is of the unpacked file.

    `columns` maps a canonical column to the header that it has in this file. `spellings` maps, by
    canonical column, the spelling of today to that of this file, where they differ.
    """

    name: str
    sha256: str
    rows: int
    columns: dict[str, str]
    spellings: dict[str, dict[str, str]]


class TotalsMismatch(TypedDict):
    """Totals of one indicator and period to which the authorities do not add up.

    `areas` are the codes of the totals, `missing` those of the authorities without a count.
    """

    indicator: str
    period: str
    areas: list[str]
    missing: list[str]


class TotalsRow(TypedDict):
    """How many published totals were compared with the authorities in them, and how many agreed."""

    compared: int
    agreed: int
    mismatches: list[TotalsMismatch]


class SourceCard(TypedDict):
    """One source that figures come from; `indicators` are those that have a figure of it.

    `published_on_basis` is `confirmed` or `not confirmed`, of the day; blank where nobody has said.
    """

    id: str
    kind: str
    table: str
    vintage: str
    publisher: str
    title: str
    published_on: str
    published_on_basis: str
    designation: str
    licence: str
    url: str
    files: list[SourceFileRow]
    totals: TotalsRow
    indicators: list[str]


class ReadFrom(TypedDict):
    """The rows and columns of one published table that an indicator is read from.

    Columns are canonical; `files` of a source give them the names that they have there. A mapping
    says of a column which spellings pick rows. Where `value` is blank, or a file lacks its column,
    the value is worked out from the parts by the `arithmetic` of the indicator. `numerator_rows`
    and `denominator_rows` say in what the row of a part differs from that of the value.
    """

    table: str
    rows: dict[str, list[str]]
    value: str
    numerator: str
    denominator: str  # a column, several joined by ` + `, or POPULATION
    denominator_rows: dict[str, list[str]]
    numerator_rows: dict[str, list[str]]
    counted_where: dict[str, list[str]]
    is_complement: bool
    ci_lower: str
    ci_upper: str
    breakdowns: dict[str, dict[str, Any]]  # {column: str, codes: {published spelling: code}}
    levels: list[str]
    compute_country: bool
    absent_from: list[str]  # vintages of the table without these rows
    first_period: str
    last_period: str
    flags: list[str]
    note: str


class IndicatorDetail(IndicatorCard):
    """The full card of /indicators/{id}.

    `breakdown_titles` has the words for the codes of `breakdowns`, in the order of reading.
    """

    definition: str
    why_it_matters: str
    numerator: str
    denominator: str
    arithmetic: str
    direction_reason: str
    direction_source: str
    interval_reason: str
    caveats: list[str]
    breaks: list[dict[str, str]]  # {period, note}
    read_with: list[dict[str, str]]  # {indicator, title, reason}
    reviewed_on: str
    due_on: str
    sources: list[SourceCard]
    latest_label: str | None
    published_on: str | None
    read_from: list[ReadFrom]
    submission: dict[str, Any] | None  # {collection, numerator, denominator}
    breakdown_titles: dict[str, dict[str, str]]  # {breakdown: {code: title}}


class AreaCard(TypedDict):
    """One area in the list of /areas."""

    code: str
    name: str
    kind: str
    type: str | None
    type_label: str | None
    number: str | None
    region: str | None
    region_name: str | None
    subregion: str | None
    first_day: str | None
    last_day: str | None
    is_rankable: bool
    hexagon: dict[str, int] | None  # {column, row}
    classes: dict[str, str]  # rural_urban, deprivation, population_band


class AreaDetail(AreaCard):
    """The full card of /areas/{code}: history, classes with labels, inspections."""

    codes: list[dict[str, str | None]]  # {code, first_day, last_day}
    predecessors: list[str]
    successors: list[str]
    population_0_17: dict[str, Any] | None  # {mid_year, vintage, count}
    class_labels: dict[str, str]
    judgements: list[dict[str, Any]]
    # {judgement, label, grade, inspected_on, published_on, basis, framework, as_at}
    inspections: list[dict[str, Any]]


class NeighbourRow(TypedDict):
    """One neighbour of /areas/{code}/neighbours."""

    model: str
    rank: int
    code: str
    name: str
    closeness: str


class ProfileRow(TypedDict):
    """One indicator of one area in /profiles/{code}: the value beside its comparators."""

    indicator: str
    title: str
    short_title: str
    kind: str
    stage: str
    unit: str
    decimals: int
    direction: str
    period: str
    period_label: str
    value: float | int | None
    status: str
    flags: list[str]
    ci_lower: float | None
    ci_upper: float | None
    previous_period: str | None
    previous_value: float | int | None
    change: float | None
    comparisons: list[ComparisonRow]
    spine: dict[str, float | None]  # min, q25, median, q75, max over authorities with data
    source: str


class TrendRow(TypedDict):
    """Which way one series goes: a row of /trends, up to `period`, not broken down.

    `marker` is `increasing`, `decreasing` or `no_change`, null where nobody can say. `reason_code`
    (and `reason` in words) says why there is none: `too_few_points`, `no_interval`,
    `overlapping_periods`, `not_yearly`, `break_inside`, `zero_width_interval`; or why it is
    `no_change`: `within_chance`, `rests_on_one_point`, `too_small_to_show`. `slope` is per year, on
    the scale of the indicator. `periods` and `values` (as shown) are those of the points used.
    `is_robust`: the direction stands as each point is left out in turn.
    `breaks` are those of the seven years up to `period`, each as `PERIOD KIND` with the kinds
    `definition`, `boundary` and `small_change`; the last breaks nothing. `predecessors` are the
    areas that this one was made from: their figures are never part of its series.
    """

    release: str
    indicator: str
    area_code: str
    area_name: str
    area_type: str
    period: str
    value: float | int | None
    status: str
    unit: str
    marker: str | None
    better_or_worse: str | None
    reason_code: str | None
    reason: str | None
    chi_square: float | None
    slope: float | None
    is_robust: bool | None
    points_used: int
    first_period: str | None
    last_period: str | None
    periods: list[str]
    values: list[float | int | None]
    breaks: list[str]
    predecessors: list[str]
    flags: list[str]


class RankingRow(TypedDict):
    """Where one authority stands among all: a row of /rankings, in the order of ranks.

    `rules` is `own` or `lait` (`as=lait`). `rank_one` says what rank 1 is: `best` or `highest`.
    `ranked` is of how many, `tied` how many share the rank. `percentile` is of the value, 0 the
    lowest. `quarter` 1 holds rank 1; `letter` (A to D) only where a way is good. `rank_from` and
    `rank_to` are the ranks that chance leaves open, null without an interval. `reason_code` (and
    `reason` in words) says why there is no position: `not_rankable`, `no_value`, `is_a_count`,
    `small_denominator`, `small_expected_count`, `too_few_authorities`; as LAIT, `no_direction`.
    `change`, `neighbour_mean` and `neighbours_with_value` are given as LAIT only, where `letter` is
    its band, and quarter, percentile and open ranks are null.
    """

    release: str
    indicator: str
    area_code: str
    area_name: str
    area_type: str
    period: str
    value: float | int | None
    status: str
    unit: str
    rules: str
    rank_one: str | None
    rank: int | None
    ranked: int | None
    tied: int | None
    percentile: float | None
    quarter: int | None
    letter: str | None
    rank_from: int | None
    rank_to: int | None
    reason_code: str | None
    reason: str | None
    change: float | int | None
    neighbour_mean: float | None
    neighbours_with_value: int | None
    flags: list[str]


class GroupMember(TypedDict):
    """One authority of a group, with its value when an indicator was named."""

    code: str
    name: str
    value: float | int | None
    status: str | None


class GroupRow(TypedDict):
    """One group of a grouping in /groups, with statistics when an indicator was named."""

    grouping: str
    group: str
    label: str
    as_at: str | None
    members: int
    members_with_data: int | None
    units_counted: int | None
    coverage: float | None
    pooled: float | None
    pooled_ci_lower: float | None
    pooled_ci_upper: float | None
    mean: float | None
    median: float | None
    q25: float | None
    q75: float | None
    published_value: float | int | None
    flags: list[str]
    areas: list[GroupMember]


class GroupingCard(TypedDict):
    """One way to group authorities: an item of /groups when no grouping is named.

    `grouping` is a token for `grouping=` (`ofsted:JUDGEMENT` once for each judgement held).
    `is_default` marks the default judgement among those.
    """

    grouping: str
    title: str
    note: str
    is_default: bool


class ReleaseRow(TypedDict):
    """One release of /releases."""

    id: str
    kind: str
    published_at: str
    published_on: str
    digest: str
    policy: str
    note: str
    withdrawn: dict[str, str] | None


class ChangesSummary(TypedDict):
    """How many cells differ from the release `since`, the one before; None for a first release.

    `kinds` counts them by kind; `indicators` has a row for each indicator with its id in
    `indicator` and one count for every kind. `new_sources` are publications that came in.
    """

    since: str | None
    kinds: dict[str, int]
    indicators: list[dict[str, Any]]
    new_indicators: list[str]
    new_sources: list[str]


class KnownProblemRow(TypedDict):
    """Figures that are missing or not what they seem; no `areas` means all of them."""

    areas: list[dict[str, str]]  # {code, name}
    first_period: str
    last_period: str
    publication: str
    what_happened: str
    what_totals_hold: str
    source: str


class ReleaseDetail(ReleaseRow):
    """The full card of /releases/{release}: what the release was made from, and what changed.

    `changes` is None for a release that was written before changes were counted.
    """

    sources: list[SourceCard]
    changes: ChangesSummary | None
    known_problems: list[KnownProblemRow]


class ChangeRow(TypedDict):
    """One cell that differs from the release before; no old number of a newly suppressed one.

    `kind` is `new, revised, newly_suppressed, no_longer_suppressed, withdrawn`. A status is blank
    where there was no such cell.
    """

    release: str
    since: str
    indicator: str
    area_code: str
    area_name: str
    period: str
    sex: str
    age: str
    ethnicity: str
    need: str
    placement: str
    reason: str
    role: str
    school_phase: str
    kind: str
    old_value: float | None
    new_value: float | None
    old_status: str
    new_status: str


class FileRow(TypedDict):
    """One file of /releases/{release}/files; `lasting_url` names it by digest."""

    name: str
    bytes: int
    media_type: str
    url: str
    lasting_url: str

"""Cards of indicators and their sources, and the framework that they belong to."""

from typing import Any

from typing_extensions import TypedDict  # pydantic reads the standard one only from 3.12 on


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
    id: str


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
    framework_id: str
    indicator_status: str
    first_period: str | None
    levels: list[str]
    last_updated: str | None
    superseded_by: str


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


class UnitCard(TypedDict):
    """The unit of an indicator, for programs."""

    code: str
    label: str
    decimals: int
    multiplier: float | None


class SuppressionRule(TypedDict):
    """Why a figure of an indicator may be hidden: who hides, by which policy, and the words."""

    policy: str
    says: str


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
    pairs: list[dict[str, str]]  # {id, title, with, with_title, reason}
    reviewed_on: str
    due_on: str
    sources: list[SourceCard]
    latest_label: str | None
    published_on: str | None
    read_from: list[ReadFrom]
    submission: dict[str, Any] | None  # {collection, numerator, denominator}
    breakdown_titles: dict[str, dict[str, str]]  # {breakdown: {code: title}}
    formula: str
    rounding: str
    unit_card: UnitCard
    interval_level: int | None
    frequency: str
    suppression: SuppressionRule
    licence: str
    supersedes: list[str]
    deprecated_on: str
    sunset_on: str
    deprecation_reason: str
    synonyms: list[str]

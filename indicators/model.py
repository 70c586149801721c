"""The shape of an indicator's definition: strict, frozen, and apart from its sources."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]


class Part(BaseModel):
    """A part of a definition: no unknown fields, no changes after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Kind(StrEnum):
    """Whether an indicator tells of outcomes for children, of performance, or of context."""

    OUTCOME = "outcome"
    PERFORMANCE = "performance"
    CONTEXT = "context"


class Stage(StrEnum):
    """Where in a child's way through the system an indicator applies."""

    HELP_AND_PROTECTION = "help_and_protection"
    IN_CARE = "in_care"
    LEAVING_CARE = "leaving_care"
    SYSTEM = "system"


class DirectionWord(StrEnum):
    """Which way is good; `none` is a real answer."""

    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"
    NONE = "none"


class IntervalMethod(StrEnum):
    """How the interval of a value is had; `none` needs a reason."""

    WILSON = "wilson"
    POISSON = "poisson"
    PUBLISHED = "published"
    NONE = "none"


class Arithmetic(StrEnum):
    """How a value follows from numerator and denominator."""

    PERCENTAGE = "percentage"
    RATE_PER_10000 = "rate_per_10000"
    RATIO = "ratio"
    THOUSANDS_PER_HEAD = "thousands_per_head"
    PUBLISHED_ONLY = "published_only"

    @property
    def multiplier(self) -> float | None:
        """What numerator over denominator is multiplied by; None when parts do not make it."""
        return {
            Arithmetic.PERCENTAGE: 100.0,
            Arithmetic.RATE_PER_10000: 10_000.0,
            Arithmetic.RATIO: 1.0,
            Arithmetic.THOUSANDS_PER_HEAD: 1_000.0,
        }.get(self)


class Direction(Part):
    """Which way is good, why, and who says so."""

    good: DirectionWord
    reason: Text
    source: Text


class Interval(Part):
    """The method of the interval; where there is none, why."""

    method: IntervalMethod
    reason: str = ""

    @model_validator(mode="after")
    def _none_needs_a_reason(self) -> Self:
        if self.method is IntervalMethod.NONE and not self.reason:
            msg = "an indicator without an interval must give the reason"
            raise ValueError(msg)
        return self


class Framework(Part):
    """Place in the national framework: area (outcome or enabler) and domain; empty if outside."""

    area: str = ""
    domain: str = ""


class Review(Part):
    """When a definition was last checked against its sources and when it is due again."""

    reviewed_on: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    due_on: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Break(Part):
    """From this period on, values are not comparable with earlier ones."""

    period: Text
    note: Text


class ReadWith(Part):
    """Another indicator that should be read beside this one, and why."""

    indicator: Id
    reason: Text


class SourceRows(Part):
    """One published table an indicator is read from.

    `rows` picks rows: canonical column of the table to the spellings accepted over the years.
    `value`, `numerator`, `denominator`, `ci_lower`, `ci_upper` name canonical columns.
    A denominator of `population_0_17` means the mid-year estimate of the previous year.
    `denominator_rows` picks another row of the same table (numerator column) as denominator.
    `breakdowns` maps a breakdown column to {column, codes: published spelling -> code};
    rows whose spelling is not listed are left out.
    `levels` are the area levels that this table publishes for the indicator.
    """

    table: Id
    rows: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    value: str = ""
    numerator: str = ""
    denominator: str = ""
    denominator_rows: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    ci_lower: str = ""
    ci_upper: str = ""
    breakdowns: Mapping[str, "SourceBreakdown"] = Field(default_factory=dict)
    levels: tuple[Literal["country", "region", "subregion", "authority"], ...] = (
        "country",
        "region",
        "subregion",
        "authority",
    )
    compute_country: bool = False
    """True where the publisher's country row covers other bodies: computed over responders."""
    first_period: str = ""
    last_period: str = ""
    flags: tuple[str, ...] = ()
    note: str = ""


class SourceBreakdown(Part):
    """Which published column a breakdown is read from and what its spellings mean."""

    column: Text
    codes: Mapping[str, str]


class Counted(Part):
    """A submitted base count: measure code, and the one breakdown it is read from."""

    measure: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9_]+$")]
    breakdown_type: str = "TOTAL"
    breakdown: str = "ALL"


class Submission(Part):
    """How an authority's return feeds the indicator, by the same arithmetic."""

    collection: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9_]+$")]
    numerator: Counted
    denominator: Counted | Literal["population_0_17"]


class Indicator(Part):
    """One indicator: what it is, how it is worked out, and what feeds it."""

    id: Id
    order: int = Field(ge=1)
    version: int = Field(ge=1)
    title: Text
    short_title: Text
    definition: Text
    why_it_matters: Text
    numerator: Text
    denominator: Text
    arithmetic: Arithmetic
    unit: Text
    decimals: int = Field(ge=0, le=3)
    direction: Direction
    kind: Kind
    stage: Stage
    is_core: bool
    framework: Framework = Framework()
    family: str = ""
    period_kind: Literal["RY", "AY", "FY", "CY", "RYQ", "SEP"]
    measured: Literal["snapshot", "during"]
    interval: Interval
    designation: Text
    publisher: Text
    caveats: tuple[Text, ...] = ()
    breaks: tuple[Break, ...] = ()
    read_with: tuple[ReadWith, ...] = ()
    synonyms: tuple[Text, ...] = ()
    review: Review
    sources: tuple[SourceRows, ...] = ()
    submission: Submission | None = None

    @model_validator(mode="after")
    def _something_feeds_it(self) -> Self:
        if not self.sources and self.submission is None:
            msg = "an indicator needs at least one source or a submission"
            raise ValueError(msg)
        return self

    @property
    def id_words(self) -> tuple[str, ...]:
        """The words of the id, for searching."""
        return tuple(re.split("_", self.id))


SourceRows.model_rebuild()

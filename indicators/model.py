"""The shape of an indicator's definition: strict, frozen, and apart from its sources."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, StringConstraints, Tag, model_validator
from pydantic.json_schema import SkipJsonSchema

from indicators.parts import DateText, Id, Part, Text
from indicators.source_rows import SourceRows


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

    @property
    def words(self) -> str:
        """What a reader sees."""
        return "neither" if self is DirectionWord.NONE else self.replace("_", " ")


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
    COUNT = "count"
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

    @property
    def adds_up(self) -> bool:
        """Whether the value of a whole follows from the parts of its members."""
        return self is Arithmetic.COUNT or self.multiplier is not None


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

    reviewed_on: DateText
    due_on: DateText


class Break(Part):
    """From this period on, values are not comparable with earlier ones."""

    period: Text
    note: Text


class ReadWith(Part):
    """Another indicator that should be read beside this one, and why."""

    indicator: Id
    reason: Text


class Retirement(Part):
    """From when on an indicator is no longer recommended, why, and what takes its place.

    `sunset_on` is the day after which releases stop holding it, at least twelve months later;
    blank while none is set.
    """

    deprecated_on: DateText
    reason: Text
    sunset_on: DateText | Literal[""] = ""
    superseded_by: Id | Literal[""] = ""

    @property
    def words(self) -> str:
        """What a reader sees."""
        goes = f" It goes after {self.sunset_on}." if self.sunset_on else ""
        instead = f" Use {self.superseded_by}." if self.superseded_by else ""
        return f"Since {self.deprecated_on}: {self.reason.rstrip('.')}.{instead}{goes}"


class Quadrants(Part):
    """What can be said of authorities in each quadrant: first how x lies, then how y does."""

    higher_higher: Text
    higher_lower: Text
    lower_higher: Text
    lower_lower: Text


class Pair(Part):
    """Two indicators that mislead when either is read alone, and how to read them together."""

    id: Id
    x: Id
    y: Id
    title: Text
    reason: Text = Field(description="What goes wrong if either is read alone.")
    caution: Text = Field(description="What a reader could take wrongly from the two together.")
    quadrants: Quadrants
    source: str = Field(default="", description="Who reads the two together, if anybody does.")


class Counted(Part):
    """A submitted base count: measure code, and the one breakdown it is read from."""

    measure: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9_]+$")]
    breakdown_type: str = "TOTAL"
    breakdown: str = "ALL"


def _counted_or_population(value: Any) -> str:
    return "population" if isinstance(value, str) else "counted"


class Submission(Part):
    """How an authority's return feeds the indicator, by the same arithmetic."""

    collection: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9_]+$")]
    numerator: Counted
    denominator: Annotated[
        Annotated[Counted, Tag("counted")]
        | Annotated[Literal["population_0_17"], Tag("population")],
        Discriminator(_counted_or_population),
    ]


class Indicator(Part):
    """One indicator: what it is, how it is worked out, and what feeds it."""

    id: Id = Field(description="The name of the file.")
    order: int = Field(ge=1, description="Place in the catalogue; no two are the same.")
    version: int = Field(ge=1, description="Rises when what is counted changes.")
    title: Text
    short_title: Text = Field(description="Fits a column header.")
    definition: Text = Field(description="What is counted over what, in two or three sentences.")
    why_it_matters: Text
    numerator: Text = Field(description="In words; the columns stand under sources.")
    denominator: Text = Field(description="In words; the columns stand under sources.")
    arithmetic: Arithmetic
    unit: Text
    decimals: int = Field(ge=0, le=3, description="As published, or as computed and rounded.")
    direction: Direction
    kind: Kind
    stage: Stage
    is_core: bool = Field(description="Whether pages show it first.")
    framework: Framework = Framework()
    family: str = Field(default="", description="Shared by siblings of one measure.")
    period_kind: Literal["RY", "AY", "FY", "CY", "RYQ", "SEP"]
    measured: Literal["snapshot", "during"] = Field(
        description="On the last day of the period, or over the whole of it."
    )
    interval: Interval
    designation: Text = Field(description="What the publisher calls these statistics.")
    publisher: Text
    caveats: tuple[Text, ...] = Field(default=(), description="What a reader could take wrongly.")
    breaks: tuple[Break, ...] = ()
    read_with: tuple[ReadWith, ...] = ()
    synonyms: tuple[Text, ...] = Field(default=(), description="Other words people search for.")
    supersedes: tuple[Id, ...] = Field(
        default=(),
        exclude_if=lambda ids: not ids,
        description="Ids of indicators whose place this one takes.",
    )
    retired: Retirement | None = Field(
        default=None,
        exclude_if=lambda retired: retired is None,
        description="Set when it is no longer recommended; ids are never used again.",
    )
    review: Review
    sources: tuple[SourceRows, ...] = Field(
        default=(), description="The published tables it is read from."
    )
    submission: Submission | None = None
    breakdown_titles: SkipJsonSchema[Mapping[str, Mapping[str, str]]] = Field(
        default_factory=dict,
        description="Breakdown to code to title: filled from breakdowns.yaml, so that a release "
        "keeps the titles it was published with. Not written in a definition.",
    )
    pairs: SkipJsonSchema[tuple[Pair, ...]] = Field(
        default=(),
        description="The pairs whose x this is: filled from pairs.yaml, so that a release keeps "
        "the pairs it was published with. Not written in a definition.",
    )

    @model_validator(mode="after")
    def _something_feeds_it(self) -> Self:
        if not self.sources and self.submission is None:
            msg = "an indicator needs at least one source or a submission"
            raise ValueError(msg)
        return self

"""Checks that are data: what is compared with what, and how much it may differ.

Terms name counts: `CLA_OPEN`, `CLA_PL.placement.FOSTER`; `-` in front takes the count away,
`before:` is the count of a year earlier.
"""

from typing import Annotated, Literal

from pydantic import Field

from indicators.parts import Part, Text

Terms = Annotated[tuple[Text, ...], Field(min_length=1)]


class Margin(Part):
    """How far apart counts may be: so many, or so many per cent, whichever is more."""

    count: float = Field(default=0, ge=0)
    percent: float = Field(default=0, ge=0)

    def of(self, whole: float) -> float:
        """Return how many that is for a whole."""
        return max(self.count, self.percent * abs(whole) / 100)


class Near(Part):
    """A sum of counts that must be near another; `of` is what the per cent is of."""

    kind: Literal["near"]
    value: Terms
    expected: Terms
    of: tuple[Text, ...] = ()
    within: Margin
    error_beyond: Margin | None = None
    never_above: bool = False

    @property
    def terms(self) -> tuple[str, ...]:
        """Every count that is looked at."""
        return (*self.value, *self.expected, *self.of)


class Ratio(Part):
    """Counts as per cent of others, within limits; `each` is a breakdown of which every code is.

    A whole smaller than `least_whole` says nothing.
    """

    kind: Literal["ratio"]
    part: tuple[Text, ...] = ()
    each: str = ""
    whole: Terms
    at_least: float = 0
    at_most: float | None = None
    least_whole: float = 1

    @property
    def terms(self) -> tuple[str, ...]:
        """Every count that is looked at."""
        return (*self.part, *((f"{self.each}.*",) if self.each else ()), *self.whole)


class Nothing(Part):
    """A count that is 0 although another is larger than so many."""

    kind: Literal["nothing"]
    count: Terms
    beside: Terms
    above: int

    @property
    def terms(self) -> tuple[str, ...]:
        """Every count that is looked at."""
        return (*self.count, *self.beside)


class Change(Part):
    """A count, a share or an average score against that of a year earlier.

    `query` and `warning` are per cent of last year's count, percentage points, or points of the
    score, of which `deviation` is the standard deviation among children.
    """

    kind: Literal["change"]
    title: Text
    part: Terms
    whole: tuple[Text, ...] = ()
    unit: Literal["percent", "points", "score"]
    query: float
    warning: float
    deviation: float = 0
    except_periods: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """Every count that is looked at."""
        return (*self.part, *self.whole)


Check = Annotated[Near | Ratio | Nothing | Change, Field(discriminator="kind")]

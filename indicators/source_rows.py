"""Where in the published tables an indicator stands: rows, columns, and how parts are counted."""

import re
from collections.abc import Mapping
from typing import Final, Literal

from pydantic import Field

from indicators.parts import Id, Part, Text

POPULATION: Final = "population_0_17"
"""The denominator that the reference tables give: children aged 0 to 17, mid-year estimate."""


class SourceBreakdown(Part):
    """Which published column a breakdown is read from and what its spellings mean."""

    column: Text = Field(description="Canonical column of the table.")
    codes: Mapping[str, str] = Field(
        description="Published spelling to code; rows with any other spelling are left out. "
        "The whole is _T."
    )


class SourceRows(Part):
    """The rows and columns of one published table that an indicator is read from."""

    table: Id = Field(description="Id of the table, as in etl/tables.")
    rows: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description="Canonical column to the spellings that pick rows; a table's older spellings "
        "need not be repeated here.",
    )
    value: str = Field(
        default="",
        description="Column of the published value; empty where it is computed. A column that "
        "only some releases have is used where it is there.",
    )
    numerator: str = Field(default="", description="Column of the numerator.")
    denominator: str = Field(
        default="",
        description="Column of the denominator, several joined by ' + ', or population_0_17: "
        "the mid-year estimate of the year before the reporting year.",
    )
    denominator_rows: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description="Where the denominator stands on another row: the columns in which that row "
        "differs from the picked one, with its spellings; where several rows fit, they are added "
        "up.",
    )
    numerator_rows: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description="As denominator_rows, for the numerator. Where several rows of the same area, "
        "period and breakdown fit, they are added up; the value is then computed.",
    )
    counted_where: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description="Where the table holds words and no numbers: the column and the words for "
        "which the numerator is 1; it is 0 for other words and missing for a blank. The "
        "denominator is 1.",
    )
    is_complement: bool = Field(
        default=False,
        description="True where the rows hold the rest: the value is 100 less the published one, "
        "the numerator is the denominator less the published one.",
    )
    ci_lower: str = Field(default="", description="Column of the published lower limit.")
    ci_upper: str = Field(default="", description="Column of the published upper limit.")
    breakdowns: Mapping[str, SourceBreakdown] = Field(
        default_factory=dict, description="Breakdown to the published column it is read from."
    )
    levels: tuple[Literal["country", "region", "subregion", "authority"], ...] = Field(
        default=("country", "region", "subregion", "authority"),
        description="Area levels that the table publishes for this indicator.",
    )
    compute_country: bool = Field(
        default=False,
        description="True where the publisher's country row covers other bodies, so that it is "
        "computed over the authorities that responded.",
    )
    absent_from: tuple[Id, ...] = Field(
        default=(), description="Vintages of the table that do not have these rows."
    )
    first_period: str = Field(default="", description="Nothing earlier is read.")
    last_period: str = Field(default="", description="Nothing later is read.")
    flags: tuple[str, ...] = Field(default=(), description="Flags that every cell gets.")
    note: str = ""

    @property
    def denominator_columns(self) -> tuple[str, ...]:
        """The columns that add up to the denominator; none for a population or no denominator."""
        if self.denominator == POPULATION:
            return ()
        return tuple(part for part in re.split(r"\s*\+\s*", self.denominator) if part)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every canonical column that is named anywhere in this entry."""
        named = (self.value, self.numerator, self.ci_lower, self.ci_upper)
        broken_down = tuple(breakdown.column for breakdown in self.breakdowns.values())
        picking = (*self.rows, *self.numerator_rows, *self.denominator_rows, *self.counted_where)
        every = (*picking, *named, *self.denominator_columns)
        return tuple(dict.fromkeys(column for column in (*every, *broken_down) if column))

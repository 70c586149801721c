"""The shape of a published table's declaration: names over the years, areas, periods, vintages."""

from collections.abc import Mapping
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from indicators.cells import Flag, Status
from indicators.parts import DateText, Id, Part, Text
from reference.periods import parse_period

Level = Literal["country", "region", "subregion", "authority"]


class AreaColumns(Part):
    """How a row says which area it is about; names are canonical columns.

    A level without a code column is found by name; the country by its level alone. So is a
    level of a vintage that lacks the code column, if the table has `names_may_do`.
    """

    level: Id = Field(description="Column that tells the level of the row.")
    levels: Mapping[str, Level] = Field(
        description="Published spelling of a level (* stands for any text) to ours; "
        "rows of other levels are left out. A region row may turn out to be a subregion: "
        "its code decides."
    )
    code: Mapping[Level, Id] = Field(description="Column that holds the area code, by level.")
    name: Mapping[Level, Id] = Field(description="Column that holds the area name, by level.")
    names_may_do: bool = Field(
        default=False, description="Whether names decide in a vintage without the code column."
    )
    number: str = Field(default="", description="Column of the three-digit authority number.")
    joined_by: str = Field(
        default="", description="What stands between the codes of authorities that return jointly."
    )


EES_AREAS: Final = AreaColumns(
    level="geographic_level",
    levels={"National": "country", "Regional": "region", "Local authority": "authority"},
    code={"country": "country_code", "region": "region_code", "authority": "new_la_code"},
    name={"country": "country_name", "region": "region_name", "authority": "la_name"},
    number="old_la_code",
)
"""The area columns of every table in the Explore Education Statistics standard."""

EES_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    name: (name,)
    for name in (
        "time_period",
        "time_identifier",
        "geographic_level",
        "country_code",
        "country_name",
        "region_code",
        "region_name",
        "old_la_code",
        "new_la_code",
        "la_name",
    )
}


class PeriodRule(Part):
    """How a row (or the whole file) says which period it is about."""

    kind: Literal["RY", "AY", "FY", "CY", "SEP"] = Field(
        description="What kind of year the publisher's text stands for."
    )
    column: str = Field(default="", description="Canonical column with the period of each row.")
    sheet: str = Field(
        default="",
        description="For a workbook of one period: pattern whose first group is the period "
        "in the name of the sheet.",
    )
    title: str = Field(
        default="",
        description="For a workbook of one period: pattern looked for in the lines above the "
        "header, whose first group is the period.",
    )

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if sum(map(bool, (self.column, self.sheet, self.title))) != 1:
            msg = "give exactly one of 'column', 'sheet' and 'title'"
            raise ValueError(msg)
        return self


class SheetRule(Part):
    """Where in a workbook the table stands."""

    name: Text = Field(description="Name of the sheet; * stands for any text.")
    header_within: int = Field(
        default=20, ge=1, description="The header is among this many first rows of the sheet."
    )


class ValueNotes(Part):
    """What the publisher's note beside a value says of it; words are looked for in the note."""

    column: Id = Field(description="Column of the note.")
    statuses: Mapping[Text, Status] = Field(
        description="Words in the note of a blank value to the status; the first that fits."
    )
    flags: Mapping[Text, Flag] = Field(
        default_factory=dict, description="Words in the note of a value to a flag it gets."
    )


class Vintage(Part):
    """One publication of the table: which files belong to it and when it came out."""

    vintage: Id = Field(description="Ends the source id: table id + _ + vintage.")
    published_on: DateText
    published_on_basis: Literal["confirmed", "not confirmed"] = "confirmed"
    designation: str = Field(default="", description="Where it differs from the table's.")
    note: str = ""


class Table(Part):
    """One published table: where it comes from, how to know it, what its columns are called."""

    id: Id
    title: Text
    publisher: Text
    publication: Text = Field(description="The release that the table is part of.")
    designation: Text
    licence: Text
    url: Text
    layout: Literal["ees", "fingertips", "outturn", "judgements", "reconstructed"]
    files: tuple[Text, ...] = Field(
        min_length=1, description="File names without .gz; * stands for any text, case ignored."
    )
    not_files: tuple[Text, ...] = Field(
        default=(), description="File names that look alike and hold something else."
    )
    columns: Mapping[Id, tuple[Text, ...]] = Field(
        description="Canonical column to its names over the years (case and runs of blanks "
        "ignored): the first name that the header has is the column, so put a name that came to "
        "mean another column last."
    )
    required: tuple[Id, ...] = Field(min_length=1, description="Columns no file may lack.")
    dimensions: tuple[Id, ...] = Field(
        default=(),
        description="Columns that, with period and area, make a row one row: a definition must "
        "pick each of them.",
    )
    spellings: Mapping[Id, Mapping[str, str]] = Field(
        default_factory=dict,
        description="Column to older spelling to the one of the newest vintage.",
    )
    leave_out: Mapping[Id, tuple[str, ...]] = Field(
        default_factory=dict, description="Column to values whose rows are not figures of areas."
    )
    percent_columns: tuple[Id, ...] = Field(
        default=(), description="Percentages from 0 to 100; anything else is a fault."
    )
    year_month_columns: tuple[Id, ...] = Field(
        default=(), description="Columns of durations written years:months; read as months."
    )
    value_notes: ValueNotes | None = None
    no_limit: tuple[Text, ...] = Field(
        default=(), description="Texts that stand for no confidence limit."
    )
    areas: AreaColumns = EES_AREAS
    period: PeriodRule
    sheet: SheetRule | None = None
    vintages: Mapping[str, Vintage] = Field(
        min_length=1, description="Latest period in a file to the publication it belongs to."
    )
    note: str = ""

    @property
    def all_columns(self) -> Mapping[str, tuple[str, ...]]:
        """Every canonical column with its spellings, the layout's own ones included."""
        return {**(EES_COLUMNS if self.layout == "ees" else {}), **self.columns}

    @model_validator(mode="after")
    def _names_its_own_columns(self) -> Self:
        named = {
            "required": self.required,
            "dimensions": self.dimensions,
            "spellings": tuple(self.spellings),
            "leave_out": tuple(self.leave_out),
            "percent_columns": self.percent_columns,
            "year_month_columns": self.year_month_columns,
            "value_notes": (self.value_notes.column,) if self.value_notes else (),
            "areas": (self.areas.level, *self.areas.code.values(), *self.areas.name.values()),
            "period.column": (self.period.column,) if self.period.column else (),
        }
        for field, columns in named.items():
            for column in columns:
                if column not in self.all_columns:
                    msg = f"{field} names the column '{column}', which 'columns' does not have"
                    raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _vintages_are_periods(self) -> Self:
        for period in self.vintages:
            if not period.startswith(self.period.kind):
                msg = f"vintages: '{period}' is not a period of kind {self.period.kind}"
                raise ValueError(msg)
            parse_period(period)  # PeriodError is a ValueError that says what is wrong
        return self

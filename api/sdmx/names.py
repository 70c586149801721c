"""What the service is called in SDMX: its agency, its one dataflow, its components, its URNs."""

from dataclasses import dataclass
from typing import Final

from api.contract import Paths
from api.contract.columns import column_text
from indicators.cells import BREAKDOWN_COLUMNS

AGENCY: Final = "CSCO"
"""Who maintains everything here; a constant, whichever places a store is of."""
AGENCY_NAME: Final = "Children's social care outcomes"
FLOW: Final = "CSC_INDICATORS"
"""The id of the dataflow and of its structure: rsdmx looks for the one under the other's name."""
FLOW_NAME: Final = "Indicators of children's social care"
FLOW_TEXT: Final = (
    "Every figure of a release: indicator by area, period and breakdown. TIME_PERIOD is the year "
    "in which a period ends, or its quarter; PERIOD_ID, PERIOD_START and PERIOD_END say which."
)
VERSION: Final = "1.0"
CONCEPTS: Final = "CS_CSC"
AGENCIES: Final = "AGENCIES"
AGENCIES_OWNER: Final = "SDMX"
INDICATOR: Final = "INDICATOR"
AREA: Final = "REF_AREA"
TIME: Final = "TIME_PERIOD"
VALUE: Final = "OBS_VALUE"
ROOT: Final = Paths.SDMX

WHOLE: Final = "dataset"
CELL: Final = "observation"


@dataclass(frozen=True)
class Component:
    """One column of the data: a dimension, the measure or an attribute."""

    id: str
    name: str
    text: str
    codes: str = ""
    """The id of its code list; blank for one without."""
    kind: str = "String"
    """Its type, where it has no code list."""
    level: str = CELL
    """What an attribute is attached to."""
    is_mandatory: bool = False


def _of_row(id: str, name: str, column: str, kind: str = "String", level: str = CELL) -> Component:
    """Return an attribute that is a column of a row, and means the same."""
    return Component(id, name, column_text("ObservationRow", column) or name, "", kind, level)


def _breakdown(column: str) -> Component:
    name = column.replace("_", " ").capitalize()
    text = f"{name}; _T where the figure is not broken down by it."
    return Component(column.upper(), name, text, f"CL_{column.upper()}")


DIMENSIONS: Final = (
    Component(
        "FREQ", "Frequency", "How often the figure is made: A yearly, Q quarterly.", "CL_FREQ"
    ),
    Component(INDICATOR, "Indicator", "What is measured.", "CL_INDICATOR"),
    Component(AREA, "Area", "The area that the figure is of.", "CL_AREA"),
    *map(_breakdown, BREAKDOWN_COLUMNS),
    Component(
        "PERIOD_KIND",
        "Kind of period",
        "Which sort of year or quarter the period is: several kinds end in the same year.",
        "CL_PERIOD_KIND",
    ),
)
"""The dimensions of a key, in order; time comes after them."""
BREAKDOWNS: Final = tuple(column.upper() for column in BREAKDOWN_COLUMNS)

TIME_DIMENSION: Final = Component(
    TIME,
    "Year in which the period ends",
    "The calendar year of the last day of the period, or the calendar quarter of a quarter.",
    kind="ObservationalTimePeriod",
)
MEASURE: Final = Component(
    VALUE, "Value", column_text("ObservationRow", "value") or "Value", kind="Double"
)
ENDS: Final = (
    Component(
        "OBS_STATUS",
        "Status of the observation",
        "The one SDMX code that says most; STATUS and FLAGS say all.",
        "CL_OBS_STATUS",
        is_mandatory=True,
    ),
    Component("CONF_STATUS", "Confidentiality", "Free, or kept back.", "CL_CONF_STATUS"),
    Component(
        "STATUS",
        "Status of this service",
        column_text("ObservationRow", "status") or "",
        "CL_STATUS",
        is_mandatory=True,
    ),
    _of_row("FLAGS", "Flags, joined by semicolons", "flags"),
    Component(
        "REVISED",
        "Revised",
        "true where the figure replaces one given before; absent otherwise.",
        kind="Boolean",
    ),
    _of_row("SOURCE_SYMBOL", "Symbol of the source", "source_symbol"),
    _of_row("SOURCE", "Source", "source"),
    _of_row("DEFINITION_VERSION", "Version of the definition", "definition_version", "Integer"),
    _of_row("UPDATED_RELEASE", "Release of the last change", "updated_release"),
    _of_row("CI_LEVEL", "Level of the interval, per cent", "ci_level", "Double"),
)
"""Attributes that few combinations of values are of."""
NUMBERS: Final = (
    _of_row("NUMERATOR", "Numerator", "numerator", "Double"),
    _of_row("DENOMINATOR", "Denominator", "denominator", "Double"),
    _of_row("CI_LOWER", "Lower end of the interval", "ci_lower", "Double"),
    _of_row("CI_UPPER", "Upper end of the interval", "ci_upper", "Double"),
)
PERIODS: Final = (
    _of_row("PERIOD_ID", "Period", "period"),
    _of_row("PERIOD_START", "First day of the period", "period_start", "GregorianDay"),
    _of_row("PERIOD_END", "Last day of the period", "period_end", "GregorianDay"),
)
UNITS: Final = (
    _of_row("UNIT_MEASURE", "Unit", "unit"),
    Component("UNIT_MULT", "Unit multiplier", "A power of ten; always 0.", "CL_UNIT_MULT"),
    Component("DECIMALS", "Decimals", "How many decimals the value has.", kind="Integer"),
)
"""These too are of each observation: without the data structure at hand, sdmx1 takes what is said
of a series for dimensions."""
RELEASE: Final = _of_row("RELEASE", "Release", "release", level=WHOLE)
ATTRIBUTES: Final = (*ENDS, *NUMBERS, *PERIODS, *UNITS, RELEASE)
COMPONENTS: Final = (*DIMENSIONS, TIME_DIMENSION, MEASURE, *ATTRIBUTES)

_CLASSES: Final = {
    "agencyscheme": "base.AgencyScheme",
    "codelist": "codelist.Codelist",
    "conceptscheme": "conceptscheme.ConceptScheme",
    "contentconstraint": "registry.ContentConstraint",
    "dataflow": "datastructure.Dataflow",
    "datastructure": "datastructure.DataStructure",
}


def class_of(kind: str) -> tuple[str, str]:
    """Return the package and the class of a kind of structure."""
    package, _, name = _CLASSES[kind].partition(".")
    return package, name


def urn(kind: str, id: str, agency: str = AGENCY) -> str:
    """Return the URN of a structure that is maintained."""
    return f"urn:sdmx:org.sdmx.infomodel.{_CLASSES[kind]}={agency}:{id}({VERSION})"


def item_urn(package: str, scheme: str, item: str, agency: str = AGENCY) -> str:
    """Return the URN of an item of a scheme; `package` is such as `codelist.Code`."""
    return f"urn:sdmx:org.sdmx.infomodel.{package}={agency}:{scheme}({VERSION}).{item}"

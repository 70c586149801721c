"""The questions that are measured: how we are asked, and how Datasette is asked for the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from api.contract import Paths
from indicators.cells import BREAKDOWN_COLUMNS, TOTAL
from tests.bench.api.store import LAST_YEAR

INDICATOR: Final = "modelled_001_pct"
AUTHORITY: Final = "X06000001"
BEYOND_AUTHORITIES: Final = "X12"
"""Authorities' codes sort before this; those of regions, subregions and the country after."""

PERIOD: Final = f"RY{LAST_YEAR}"
MOST_ROWS: Final = 60_000
"""More than any answer here has: Datasette is told so, lest it cut an answer short."""

_TOTALS: Final = {f"{column}__exact": TOTAL for column in BREAKDOWN_COLUMNS}
_WHERE_TOTALS: Final = " and ".join(f"{column} = :{column}" for column in BREAKDOWN_COLUMNS)
"""What is not broken down: our questions mean it, to Datasette it must be said."""

Query = Mapping[str, str | int]


@dataclass(frozen=True)
class Question:
    """One question: ours, and Datasette's filters and SQL that give the same rows."""

    name: str
    ours: Query
    filters: Query
    where: str
    """The same condition in SQL; its named parameters are the values of `filters`."""


ALL_AUTHORITIES: Final = Question(
    name="one indicator, all authorities, latest",
    ours={"indicator": INDICATOR, "area": "authority", "period": "latest"},
    filters={
        "indicator__exact": INDICATOR,
        "period__exact": PERIOD,
        **_TOTALS,
        "area_code__lt": BEYOND_AUTHORITIES,
    },
    where=f"indicator = :indicator and period = :period and {_WHERE_TOTALS} "
    "and area_code < :area_code",
)
EVERY_INDICATOR: Final = Question(
    name="one authority, every indicator, latest",
    ours={"area": AUTHORITY, "period": "latest"},
    filters={
        "area_code__exact": AUTHORITY,
        "period__exact": PERIOD,
        **_TOTALS,
    },
    where=f"area_code = :area_code and period = :period and {_WHERE_TOTALS}",
)
WHOLE_HISTORY: Final = Question(
    name="one indicator, whole history and breakdowns",
    ours={"indicator": INDICATOR, "period": "all", "sex": "all", "age": "all"},
    filters={"indicator__exact": INDICATOR},
    where="indicator = :indicator",
)


def our_path(question: Question, format: str = "") -> str:
    """Return the path and query of a question to us; `format` is a suffix such as `.csv`."""
    return f"{Paths.OBSERVATIONS}{format}?{urlencode(question.ours)}"


def table_path(question: Question) -> str:
    """Return the path and query of Datasette's JSON of the table, without counts and facets."""
    plain = {"_size": 1000, "_shape": "objects", "_nocount": 1, "_nofacet": 1, "_nosuggest": 1}
    return f"/peer/observations.json?{urlencode({**question.filters, **plain})}"


def sql_path(question: Question) -> str:
    """Return the path and query of Datasette's JSON of an SQL statement."""
    values = {name.partition("__")[0]: value for name, value in question.filters.items()}
    asked = {"sql": f"select * from observations where {question.where}", "_shape": "objects"}
    return f"/peer.json?{urlencode({**asked, **values})}"


def csv_path(question: Question) -> str:
    """Return the path and query of Datasette's streamed CSV of the table."""
    plain = {"_stream": "on", "_nocount": 1, "_nofacet": 1, "_nosuggest": 1}
    return f"/peer/observations.csv?{urlencode({**question.filters, **plain})}"

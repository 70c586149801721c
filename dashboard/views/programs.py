"""Code that fetches one answer of the API, for the programs in which people work.

Each text is written with the quoting of its language: an address is text to it, and no more.
"""

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class Program:
    """Code in one language, with what to know before it is run."""

    id: str
    title: str
    says: str
    text: str


def programs(address: str, *, is_wide: bool) -> list[Program]:
    """Return the code that fetches a CSV, whose address has its host."""
    return [
        Program("python", "Python", "With pandas.", python_text(address)),
        Program("r", "R", "Needs no package.", r_text(address)),
        Program("readr", "R with readr", "For the tidyverse.", readr_text(address)),
        Program(
            "excel",
            "Excel and Power BI",
            "Data → Get data → From other sources → Blank query → Advanced editor, then paste. "
            "Numbers arrive as numbers, codes as text, and Refresh asks again.",
            power_query_text(address, is_wide=is_wide),
        ),
        Program("curl", "curl", "In a terminal; saves figures.csv.", curl_text(address)),
    ]


def python_text(address: str) -> str:
    """Return code for pandas."""
    return f"""import pandas as pd

address = {json.dumps(address)}
figures = pd.read_csv(address)

# A blank value always has a reason, in the column status; it is never 0.
print(len(figures), "rows")
print(figures.head())
"""


def r_text(address: str) -> str:
    """Return code for R as it comes."""
    return f"""address <- {json.dumps(address)}
figures <- read.csv(address, na.strings = "", check.names = FALSE)

# A blank value always has a reason, in the column status; it is never 0.
cat(nrow(figures), "rows\\n")
print(utils::head(figures))
"""


def readr_text(address: str) -> str:
    """Return code for R with the tidyverse."""
    return f"""library(readr)

address <- {json.dumps(address)}
figures <- read_csv(address, na = "", show_col_types = FALSE)
print(figures)
"""


def curl_text(address: str) -> str:
    """Return a command for a shell."""
    return f"""curl --fail --silent --show-error --compressed --output figures.csv \\
  {shlex.quote(address)}
head -n 3 figures.csv
"""


def power_query_text(address: str, *, is_wide: bool) -> str:
    """Return a query for Power Query, which Excel and Power BI share."""
    place, _, query = address.partition("?")
    given = dict(parse_qsl(query, keep_blank_values=True))
    asked = ",\n".join(f"                {name} = {_m_text(said)}" for name, said in given.items())
    return f"""let
    Source = Csv.Document(
        Web.Contents(
            {_m_text(place)},
            [Query = [
{asked}
            ]]
        ),
        [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]
    ),
    Rows = Table.PromoteHeaders(Source, [PromoteAllScalars = true]),
    Typed = {_M_WIDE if is_wide else _M_LONG}
in
    Typed
"""


_NUMBERS: Mapping[str, str] = dict.fromkeys(
    ("value", "numerator", "denominator", "ci_lower", "ci_upper"), "type number"
)
_M_LONG = f"""Table.TransformColumnTypes(
        Rows,
        {{{", ".join(f'{{"{name}", {kind}}}' for name, kind in _NUMBERS.items())}}},
        "en-GB"
    )"""
_M_WIDE = """Table.TransformColumns(
        Rows,
        {},
        each try Number.FromText(_, "en-GB") otherwise _
    )"""


def _m_text(text: str) -> str:
    """Return a text of M: a quotation mark is doubled, and `#(` would begin an escape."""
    doubled = text.replace('"', '""').replace("#(", "#(#)(")
    return f'"{doubled}"'

"""Figures of the Local Authority Interactive Tool, with areas and periods of ours."""

import csv
import gzip
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow.compute
import pyarrow.parquet

from etl.crosscheck.declared import CrossCheck, CrossCheckError
from indicators.model import Indicator
from reference.areas import UnknownAreaError
from reference.periods import PeriodKind
from reference.places import PlaceSet

MEASURE: Final = "Short Desc"
LABEL: Final = "Years"
NAME: Final = "LA and Regions"
NUMBER: Final = "LA Number"
FIGURE: Final = "Values"
MISSING: Final = "-"
"""What stands for every reason why there is no figure."""

_YEAR: Final = re.compile(r"([0-9]{4})(?:[-/]([0-9]{2}))?(?: \([A-Za-z]+\))?")
_BY_END: Final = {PeriodKind.REPORTING_YEAR, PeriodKind.SEPTEMBER, PeriodKind.CALENDAR_YEAR}


def read_rows(path: Path, measures: Iterable[str]) -> pd.DataFrame:
    """Read the rows of some measures from the long file."""
    columns = [MEASURE, LABEL, NAME, NUMBER, FIGURE]
    chosen = pyarrow.compute.field(MEASURE).isin(sorted(measures))
    rows: pd.DataFrame = pyarrow.parquet.read_table(
        path, columns=columns, filters=chosen
    ).to_pandas()
    return rows


def measures_in(path: Path) -> frozenset[str]:
    """Return the names of all measures in the long file."""
    column = pyarrow.parquet.read_table(path, columns=[MEASURE]).column(MEASURE)
    return frozenset(map(str, column.unique().to_pylist()))


def read_topics(path: Path) -> Mapping[str, frozenset[str]]:
    """Return the topics that each measure stands under in the dictionary (`.csv` or `.csv.gz`)."""
    opened = gzip.open if path.suffix == ".gz" else open
    topics: dict[str, set[str]] = {}
    with opened(path, "rt", encoding="utf-8-sig", newline="") as text:
        for row in csv.DictReader(text):
            topics.setdefault(row["Measure_short"].strip(), set()).add(row["Topic"].strip())
    return {name: frozenset(found) for name, found in topics.items()}


def their_figures(
    rows: pd.DataFrame, check: CrossCheck, indicators: Iterable[Indicator], places: PlaceSet
) -> pd.DataFrame:
    """Return measure, period, area, `theirs` (NaN where `-`) and the digits they show.

    Raises CrossCheckError for an area, label or text that is not understood.
    """
    kinds = {one.id: PeriodKind(one.period_kind) for one in indicators}
    kind_of = {one.measure: kinds[one.indicator] for one in check.measures}
    pairs = rows[[MEASURE, LABEL]].drop_duplicates().itertuples(index=False, name=None)
    period_of = {pair: period_labelled(pair[1], kind_of[pair[0]]) for pair in pairs}
    code_of = _codes(rows, places)
    texts = {text: _number(text) for text in rows[FIGURE].unique()}
    frame = pd.DataFrame(
        {
            "measure": rows[MEASURE].to_numpy(dtype=object),
            "period": [period_of[pair] for pair in zip(rows[MEASURE], rows[LABEL], strict=True)],
            "area": [code_of[number] for number in rows[NUMBER]],
            "theirs": rows[FIGURE].map(texts).to_numpy(dtype=np.float64),
        }
    )
    again = frame.duplicated(["measure", "period", "area"])
    if again.any():
        row = frame[again].iloc[0]
        msg = f"{row['measure']}: two figures for {row['area']} in {row['period']}"
        raise CrossCheckError(msg)
    digits = {number: digits_of(number) for number in texts.values() if not np.isnan(number)}
    shown = frame["theirs"].map(digits).fillna(0).astype(int)
    frame["digits"] = shown.groupby([frame["measure"], frame["period"]]).transform("max")
    return frame


def period_labelled(label: str, kind: PeriodKind) -> str:
    """Return the id of the period that a label such as `2025` or `2024-25 (OT)` names.

    A single year is that in which the period ends. Raises CrossCheckError.
    """
    found = _YEAR.fullmatch(label)
    if not found or (found[2] and kind in _BY_END):
        msg = f"'{label}' is not a label of a period of kind {kind}"
        raise CrossCheckError(msg)
    first = int(found[1])
    if kind in _BY_END:
        return f"{kind}{first}"
    start = first if found[2] else first - 1
    return f"{kind}{start}-{(start + 1) % 100:02d}"


def digits_of(number: float) -> int:
    """Return the decimals of a number as printed; 9.3699999999999992 is 9.37, so 2."""
    decimals = repr(number).partition(".")[2]
    return 0 if decimals == "0" else len(decimals)


def _number(text: str) -> float:
    if text == MISSING:
        return np.nan
    try:
        return float(text)
    except ValueError:
        msg = f"'{text}' is neither a number nor '{MISSING}'"
        raise CrossCheckError(msg) from None


def _codes(rows: pd.DataFrame, places: PlaceSet) -> Mapping[float, str]:
    """Return their number of an area to our code; its name must name the same area."""
    found: dict[float, str] = {}
    named = rows[[NUMBER, NAME]].drop_duplicates().itertuples(index=False, name=None)
    for number, name in named:
        try:
            by_number, by_name = places.resolve(str(int(number))), places.resolve(name)
        except UnknownAreaError as error:
            raise CrossCheckError(str(error)) from None
        if by_number != by_name:
            msg = f"number {number:.0f} is {by_number.name}, the name beside it is '{name}'"
            raise CrossCheckError(msg)
        found[number] = by_number.code
    return found

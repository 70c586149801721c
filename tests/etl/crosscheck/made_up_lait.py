"""A made-up long file, and a made-up country's figures beside it."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from etl.crosscheck.declared import CrossCheck, Explanation, Measure
from etl.crosscheck.explained import evidence_of, with_explanations
from etl.crosscheck.our_figures import our_figures
from etl.crosscheck.pairs import paired
from etl.crosscheck.their_figures import FIGURE, LABEL, MEASURE, NAME, NUMBER, their_figures
from indicators.catalogue import load_catalogue
from indicators.cells import CELL_COLUMNS, KEY_COLUMNS, TOTAL
from reference.places import PlaceSet
from tests.etl.made_up_files import AUTHORITIES, places

FIRST, SECOND = AUTHORITIES[:2]
RATE = Measure(measure="CIN", indicator="cin_rate_10k")
COUNT = Measure(measure="CINnum", indicator="cin_rate_10k", part="numerator")


def check_of(
    *measures: Measure, explanations: Iterable[Explanation] = (), **more: object
) -> CrossCheck:
    """Return a declaration of some measures."""
    tree = {
        "title": "Made-up tool",
        "measures": measures or (RATE,),
        "explanations": tuple(explanations),
        "not_compared": (),
    }
    return CrossCheck.model_validate({**tree, **more})


def long_row(
    figure: str, area: str = FIRST, label: str = "2025", measure: str = "CIN", name: str = ""
) -> dict[str, object]:
    """Return a row of the long file as the tool writes it."""
    place = places().area(area)
    return {
        MEASURE: measure,
        LABEL: label,
        NAME: name or place.name,
        NUMBER: float(place.number or 0),
        FIGURE: figure,
    }


def long_file(folder: Path, *rows: dict[str, object]) -> Path:
    """Write a long file."""
    file = folder / "long.parquet"
    pd.DataFrame(rows).to_parquet(file)
    return file


def theirs(*rows: dict[str, object], check: CrossCheck | None = None) -> pd.DataFrame:
    """Return the figures of rows of a long file."""
    return their_figures(pd.DataFrame(rows), check or check_of(), load_catalogue(), places())


def our_cell(
    value: float | None = None, area: str = FIRST, period: str = "RY2025", **more: object
) -> dict[str, object]:
    """Return a cell of a release; without a value it is suppressed."""
    key = {**dict.fromkeys(KEY_COLUMNS, TOTAL), "indicator": "cin_rate_10k"}
    status = "suppressed" if value is None else "ok"
    cell = {"value": value, "status": status, "period": period, "area": area, "source": "made_up"}
    blank = dict.fromkeys(CELL_COLUMNS, None) | {"source_symbol": "", "flags": ""}
    return {**blank, **key, **cell, **more}


def ours(*cells: dict[str, object], check: CrossCheck | None = None) -> pd.DataFrame:
    """Return the figures of cells of a release."""
    return our_figures(pd.DataFrame(cells), check or check_of())


def pairs_of(
    check: CrossCheck, their_rows: Iterable[dict[str, object]], cells: Iterable[dict[str, object]]
) -> pd.DataFrame:
    """Lay rows and cells side by side and explain what differs."""
    left, right = theirs(*their_rows, check=check), ours(*cells, check=check)
    country: PlaceSet = places()
    evidence = evidence_of(left, right, check, country, load_catalogue())
    return with_explanations(paired(left, right), check.explanations, evidence)

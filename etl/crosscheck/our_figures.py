"""Our figures as a release would hold them, laid out by the measures of another tool."""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from etl.crosscheck.declared import CrossCheck, CrossCheckError, Measure
from etl.published.reading import read_published
from etl.tables import Table
from indicators.assembly import Base, assemble
from indicators.cells import BREAKDOWN_COLUMNS, TOTAL
from indicators.model import Indicator
from indicators.snapshot import ReleaseCard
from indicators.totals import COMPUTED_SOURCE
from reference.places import PlaceSet


def released_cells(
    folders: Sequence[Path],
    check: CrossCheck,
    places: PlaceSet,
    indicators: Sequence[Indicator],
    tables: Sequence[Table],
) -> pd.DataFrame:
    """Read what is compared from published files and merge it: the newest publication wins.

    Raises CrossCheckError when the files are refused.
    """
    wanted = {one.indicator for one in check.measures}
    chosen = tuple(one for one in indicators if one.id in wanted)
    reading = read_published(folders, places, chosen, tables)
    if reading.is_refused:
        refusals = [str(finding) for finding in reading.findings if finding.stops]
        raise CrossCheckError("\n".join(refusals))
    fitting = [_rows_of(reading.cells, measure) for measure in check.measures]
    kept = reading.cells[reduce(np.logical_or, fitting)]
    card = ReleaseCard(id="cross-check", place_set=places.id)
    load = replace(reading, cells=kept.reset_index(drop=True))
    return assemble(Base(), [load], card=card, places=places, indicators=chosen).cells


def our_figures(cells: pd.DataFrame, check: CrossCheck) -> pd.DataFrame:
    """Return, for each measure, the figure of ours by period and area as `ours`."""
    frames = []
    for measure in check.measures:
        held = cells[_rows_of(cells, measure)]
        frames.append(
            pd.DataFrame(
                {
                    "measure": measure.measure,
                    "period": held["period"].to_numpy(dtype=object),
                    "area": held["area"].to_numpy(dtype=object),
                    "ours": held[measure.part].to_numpy(dtype=np.float64),
                    "status": held["status"].to_numpy(dtype=object),
                    "symbol": held["source_symbol"].to_numpy(dtype=object),
                    "count": held["numerator"].to_numpy(dtype=np.float64),
                    "source": held["source"].to_numpy(dtype=object),
                    "is_computed": (held["source"] == COMPUTED_SOURCE).to_numpy(dtype=bool),
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def _rows_of(cells: pd.DataFrame, measure: Measure) -> Any:
    """Tell which cells are those of a measure, not broken down unless it says so."""
    fits = (cells["indicator"] == measure.indicator).to_numpy(dtype=bool)
    for column in BREAKDOWN_COLUMNS:
        code = measure.breakdown.get(column, TOTAL)
        fits = fits & (cells[column] == code).to_numpy(dtype=bool)
    return fits

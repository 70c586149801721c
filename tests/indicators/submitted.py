"""Terse builders of drafts with submitted counts, for the made-up places."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from indicators.catalogue import load_catalogue
from indicators.cell_frames import as_cells, no_cells
from indicators.cells import BREAKDOWN_COLUMNS, CELL_COLUMNS
from indicators.draft import SUBMITTED_COLUMNS, DraftRelease
from indicators.measures import Key, load_measures
from indicators.snapshot import ReleaseCard, Source
from reference.places import PlaceSet
from reference.placesets import load_place_set

PERIOD = "RY2025"
ONE = "X06000001"

Sent = Mapping[Key, int | tuple[int | None, str]]


def places() -> PlaceSet:
    """The made-up place set."""
    return load_place_set("made_up")


def count(measure: str, breakdown_type: str = "TOTAL", breakdown: str = "ALL") -> Key:
    """The key of a count."""
    return (measure, breakdown_type, breakdown)


def leavers(measure: str, age: str = "19_21") -> Key:
    """The key of a count of care leavers."""
    return (measure, "clage", age)


def submitted(returns: Mapping[str, Sent], period: str = PERIOD) -> pd.DataFrame:
    """Submitted counts by authority: a number, or a number (or None) and a status."""
    rows = []
    for authority, counts in returns.items():
        for key, told in counts.items():
            value, status = told if isinstance(told, tuple) else (told, "A")
            collection = load_measures().collection_of(key[0]) or ""
            source = f"submission_{collection}_{authority}_{period}_v1".lower()
            number = np.nan if value is None else float(value)
            rows.append((source, authority, collection, period, *key, number, status))
    return pd.DataFrame(rows, columns=list(SUBMITTED_COLUMNS))


def cells_of(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Published cells, each from a few named parts."""
    plain: dict[str, Any] = {
        "period": PERIOD,
        **dict.fromkeys(BREAKDOWN_COLUMNS, "_T"),
        **dict.fromkeys(("value", "numerator", "denominator", "ci_lower", "ci_upper"), np.nan),
        "ci_level": np.nan,
        "status": "ok",
        "flags": "",
        "source_symbol": "",
        "source": "a_publication",
        "definition_version": 1,
    }
    full = [{**plain, **row} for row in rows]
    return as_cells(pd.DataFrame(full, columns=list(CELL_COLUMNS))) if full else no_cells()


def a_draft(
    returns: Mapping[str, Sent] | pd.DataFrame, published: Sequence[Mapping[str, Any]] = ()
) -> DraftRelease:
    """A draft of the shipped catalogue with submitted counts and published cells."""
    frame = returns if isinstance(returns, pd.DataFrame) else submitted(returns)
    return DraftRelease(
        card=ReleaseCard(id="test", place_set="made_up", has_submissions=bool(len(frame))),
        places=places(),
        indicators=load_catalogue(),
        sources=(Source("a_publication", "a", "1", "A publisher", "A table", "2025-01-01"),),
        cells=cells_of(*published),
        submitted=frame,
    )


def the_cell(draft: DraftRelease, indicator: str, area: str = ONE) -> dict[str, Any]:
    """The one cell of an indicator and area."""
    cells = draft.cells
    found = cells[(cells["indicator"] == indicator) & (cells["area"] == area)]
    assert len(found) == 1
    return {str(name): value for name, value in found.iloc[0].items()}


def shown(draft: DraftRelease, indicator: str, area: str = ONE) -> tuple[str, float, float, float]:
    """Status, value, numerator and denominator of a cell; -1 where there is no number."""
    cell = the_cell(draft, indicator, area)
    numbers = (float(cell[name]) for name in ("value", "numerator", "denominator"))
    value, top, bottom = (-1.0 if np.isnan(number) else number for number in numbers)
    return str(cell["status"]), value, top, bottom

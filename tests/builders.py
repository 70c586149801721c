"""Terse builders of cells, publications and loads for tests."""

from collections.abc import Mapping, Sequence
from math import nan
from typing import Any

import pandas as pd

from indicators.assembly import PublishedLoad
from indicators.cells import BREAKDOWN_COLUMNS, CELL_COLUMNS, TOTAL
from indicators.snapshot import Source

Row = Mapping[str, Any]


def a_cell(
    area: str,
    period: str = "RY2025",
    value: float | None = None,
    *,
    indicator: str = "an_indicator_pct",
    source: str = "a_table_2025",
    **more: Any,
) -> dict[str, Any]:
    """Return a cell: with a value it is `ok`, without one `suppressed` by the symbol c."""
    known: dict[str, Any] = dict.fromkeys(BREAKDOWN_COLUMNS, TOTAL)
    known.update(
        indicator=indicator,
        period=period,
        area=area,
        value=nan if value is None else float(value),
        numerator=nan,
        denominator=nan,
        ci_lower=nan,
        ci_upper=nan,
        ci_level=nan,
        status="suppressed" if value is None else "ok",
        flags="",
        source_symbol="c" if value is None else "",
        source=source,
        definition_version=1,
    )
    unknown = set(more) - {*known, "is_computed", "held_in"}
    assert not unknown, f"a cell has no {unknown}"
    return {**known, **more}


def cells_of(*rows: Row) -> pd.DataFrame:
    """Return rows as a frame of cells."""
    extra = sorted({name for row in rows for name in row} - set(CELL_COLUMNS))
    return pd.DataFrame(list(rows), columns=[*CELL_COLUMNS, *extra])


def a_source(vintage: str = "2025", table: str = "a_table", **more: str) -> Source:
    """Return the publication of a table that came out in November of its year."""
    known: dict[str, Any] = {
        "id": f"{table}_{vintage}",
        "table": table,
        "vintage": vintage,
        "publisher": "A publisher",
        "title": f"A table, {vintage}",
        "published_on": f"{vintage[:4]}-11-20",
        "designation": "official statistics",
        "licence": "a licence",
    }
    return Source(**{**known, **more})


def a_load(*rows: Row, sources: Sequence[Source] = (), **ranges: tuple[str, str]) -> PublishedLoad:
    """Return rows as if read from files; sources named `TABLE_YEAR` need no description."""
    described = {source.id: source for source in sources}
    for name in sorted({row["source"] for row in rows}):
        table, _, year = str(name).rpartition("_")
        described.setdefault(name, a_source(year, table))
    return PublishedLoad(cells_of(*rows), tuple(described.values()), ranges)


def vintage(year: int, *rows: Row, table: str = "a_table", **ranges: Any) -> PublishedLoad:
    """Return one year's publication of a table; every row is said to come from it."""
    source = a_source(str(year), table)
    return PublishedLoad(
        cells_of(*({**row, "source": source.id} for row in rows)),
        (source,),
        {source.id: ranges["covers"]} if "covers" in ranges else {},
    )

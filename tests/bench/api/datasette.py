"""Datasette over the same rows: its database, written from a release, and how it is started."""

import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from indicators.cells import BREAKDOWN_COLUMNS, ROW_COLUMNS
from tests.bench.api.questions import MOST_ROWS
from tests.tree import ROOT

_ENVIRONMENTS: Final = (Path(sys.prefix + "-bench"), ROOT / ".venv-bench")
"""Where `make` puts the peer: beside the environment that we run in, or in this tree."""

INDEXES: Final = {
    "by_indicator": ("indicator", "period", *BREAKDOWN_COLUMNS, "area_code"),
    "by_area": ("area_code", "period", *BREAKDOWN_COLUMNS, "indicator"),
}
"""One for each way in which the questions filter."""

_ROWS: Final = 50_000


def write_database(path: Path, parquet: Path) -> None:
    """Write the rows of a release's Parquet file as a table of the same columns, with indexes."""
    columns = ", ".join(f'"{column}"' for column in ROW_COLUMNS)
    marks = ", ".join("?" * len(ROW_COLUMNS))
    with closing(sqlite3.connect(path)) as database:
        database.executescript("pragma journal_mode = off; pragma synchronous = off;")
        database.execute(f"create table observations ({columns})")
        for rows in _batches(parquet):
            database.executemany(f"insert into observations values ({marks})", rows)
        for name, filtered in INDEXES.items():
            database.execute(f"create index {name} on observations ({', '.join(filtered)})")
        database.execute("analyze")
        database.commit()


def command(database: Path) -> list[str]:
    """Return the command line but for the port: immutable, with leave for long answers."""
    settings = {
        "num_sql_threads": "3",
        "suggest_facets": "off",
        "max_returned_rows": str(MOST_ROWS),
        "sql_time_limit_ms": "60000",
    }
    flags = [part for name, value in settings.items() for part in ("--setting", name, value)]
    return [str(_program()), "serve", "-i", str(database), *flags, "-p"]


def _program() -> Path:
    programs = [folder / "bin" / "datasette" for folder in _ENVIRONMENTS]
    return next((path for path in programs if path.exists()), programs[0])


def _batches(parquet: Path) -> Iterator[Iterable[Sequence[Any]]]:
    for batch in pq.ParquetFile(parquet).iter_batches(_ROWS, columns=list(ROW_COLUMNS)):
        columns: dict[str, list[Any]] = batch.to_pydict()
        columns["flags"] = [";".join(flags) for flags in columns["flags"]]
        yield zip(*(columns[name] for name in ROW_COLUMNS), strict=True)

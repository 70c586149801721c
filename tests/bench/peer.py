"""How many answers a second: one indicator, all authorities, against Datasette's table JSON.

The same rows and columns, one worker each, neither with a cache; Datasette immutable, without
counts and facets, and with an index on the columns it filters by. Datasette is a general tool
and does more per request; read the ratio with that in mind.
"""

import sqlite3
import statistics
import sys
import tempfile
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import orjson

from api.contract import ROW_COLUMNS, Paths
from tests.bench.load import run_round
from tests.bench.servers import free_port, serving, wait_for

INDICATOR = "cla_31mar_rate_10k"
ROUNDS = 5
PROMISED_RATIO = 20
_DATASETTE = Path(sys.prefix).with_name(Path(sys.prefix).name + "-bench") / "bin" / "datasette"


def measure(home: Path) -> dict[str, float]:
    """Return answers per second of ours and of Datasette, and the median of the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = free_port(), free_port()
        log = Path(folder) / "servers.log"
        environment = {
            "OUTCOMES_HOME": str(home),
            "OUTCOMES_CACHE_BYTES": "0",
            "OUTCOMES_RATE_LIMIT": "off",
        }
        command = [sys.executable, "-m", "outcomes", "up", "--port", str(ours), "--workers", "1"]
        with serving(command, log, environment) as process:
            query = {"indicator": INDICATOR, "area": "authority", "period": "latest"}
            our_url = f"http://127.0.0.1:{ours}{Paths.OBSERVATIONS}?{urlencode(query)}"
            wait_for(our_url, process)
            rows = _rows(our_url)
            database = Path(folder) / "peer.db"
            _write_peer(database, _rows(our_url.replace("period=latest", "period=all")))
            with serving(_datasette(database, theirs), log) as peer:
                their_url = _peer_url(theirs, rows[0]["period"])
                wait_for(their_url, peer)
                _same_rows(rows, their_url)
                return _interleaved(our_url, their_url)


def _interleaved(our_url: str, their_url: str) -> dict[str, float]:
    pairs = [(run_round(our_url), run_round(their_url)) for _ in range(ROUNDS)]
    return {
        "ours_per_second": statistics.median(a.per_second for a, _ in pairs),
        "datasette_per_second": statistics.median(b.per_second for _, b in pairs),
        "ratio": statistics.median(a.per_second / b.per_second for a, b in pairs),
        "our_bytes": pairs[0][0].body_bytes,
        "datasette_bytes": pairs[0][1].body_bytes,
    }


def _rows(url: str) -> list[dict[str, object]]:
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - loopback
        rows: list[dict[str, object]] = orjson.loads(answer.read())["data"]
    return rows


def _write_peer(path: Path, rows: list[dict[str, object]]) -> None:
    """Write rows as a table of the same columns, with an index on what is filtered."""
    columns = ", ".join(f'"{column}"' for column in ROW_COLUMNS)
    marks = ", ".join("?" * len(ROW_COLUMNS))
    with sqlite3.connect(path) as connection:
        connection.execute(f"create table observations ({columns})")
        connection.executemany(
            f"insert into observations values ({marks})",
            [tuple(_plain(row[column]) for column in ROW_COLUMNS) for row in rows],
        )
        connection.execute("create index by_cell on observations (indicator, period, area_code)")


def _plain(value: object) -> object:
    return ";".join(value) if isinstance(value, list) else value


def _datasette(database: Path, port: int) -> list[str]:
    settings = {"num_sql_threads": "3", "suggest_facets": "off", "max_returned_rows": "1000"}
    flags = [part for name, value in settings.items() for part in ("--setting", name, value)]
    return [str(_DATASETTE), "serve", "-i", str(database), "-p", str(port), *flags]


def _peer_url(port: int, period: object) -> str:
    query = {
        "indicator__exact": INDICATOR, "period__exact": period,
        "_size": 1000, "_shape": "objects", "_nocount": 1, "_nofacet": 1, "_nosuggest": 1,
    }  # fmt: skip
    return f"http://127.0.0.1:{port}/peer/observations.json?{urlencode(query)}"


def _same_rows(ours: list[dict[str, object]], their_url: str) -> None:
    with urllib.request.urlopen(their_url, timeout=30) as answer:  # noqa: S310 - loopback
        theirs = orjson.loads(answer.read())["rows"]
    if {row["area_code"] for row in ours} != {row["area_code"] for row in theirs}:
        msg = f"the two answer with other rows: {len(ours)} and {len(theirs)}"
        raise RuntimeError(msg)

"""The resource /releases/{release}/changes: what differs from the release before."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import orjson
import pyarrow as pa
from numpy.typing import NDArray
from starlette.requests import Request
from starlette.responses import Response

from api.answers import send_bytes, send_json, send_stream
from api.area_choice import AREA, choose_areas
from api.aside import aside
from api.asking import EVERY_FORMAT, FORMAT, Asked, ask
from api.changes import (
    COLUMNS,
    SCHEMA,
    change_tables,
    changed_rows,
    indicators_changed,
    summary_of,
)
from api.contract import MOST_JSON_ROWS
from api.formats import JSON, arrow_stream, parquet_bytes
from api.opened import OpenRelease
from api.parameters import Parameter, Query, described
from api.problems import ProblemError, bad_value, unknown_value
from api.row_text import csv_line
from api.rows import INDICATOR
from indicators.change_table import KINDS

SINCE: Final = Parameter(
    "since",
    "The release before, with which a release is compared. No other is answered yet.",
    is_list=False,
)
KIND: Final = Parameter("kind", f"Kinds of changes: {', '.join(KINDS)}. Default: all.", "revised")
KNOWN: Final = described((INDICATOR, AREA, KIND, SINCE, FORMAT))


async def release_changes(request: Request) -> Response:
    """Answer with the cells that differ from the release before."""
    asked = await ask(request, KNOWN, EVERY_FORMAT, request.path_params["release"])
    return await aside(request, _answer, asked)


def _answer(asked: Asked) -> Response:
    release = asked.release
    _check_since(release, asked.query)
    rows = changed_rows(release, _wanted(release, asked.query))
    if asked.format == JSON:
        return _json(asked, rows)
    if asked.format == "parquet":
        tables = list(change_tables(release, rows))
        return send_bytes(
            asked, parquet_bytes(pa.concat_tables(tables) if tables else SCHEMA.empty_table())
        )
    if asked.format == "arrow":
        return send_stream(asked, arrow_stream(SCHEMA, change_tables(release, rows)))
    return send_stream(asked, _lines(asked, rows))


def _json(asked: Asked, rows: NDArray[np.int64]) -> Response:
    if len(rows) > MOST_JSON_ROWS:
        files = [asked.url("csv"), asked.url("parquet")]
        raise ProblemError(
            400,
            "too-large",
            f"the answer has {len(rows)} rows; JSON is given for at most {MOST_JSON_ROWS}. "
            f"Take a file ({files[0]}), or ask for less with indicator=, area= or kind=",
            parameter="format",
            suggestions=files,
            more={"rows": len(rows), "most_rows": MOST_JSON_ROWS},
        )
    found = [row for table in change_tables(asked.release, rows) for row in table.to_pylist()]
    return send_json(asked, found, _warnings(asked, len(found)), EVERY_FORMAT)


def _lines(asked: Asked, rows: NDArray[np.int64]) -> Iterator[bytes]:
    is_csv = asked.format == "csv"
    if is_csv:
        yield f"{csv_line(COLUMNS)}\r\n".encode()
    for table in change_tables(asked.release, rows):
        found = table.to_pylist()
        if is_csv:
            yield "".join(f"{csv_line(row.values())}\r\n" for row in found).encode()
        else:
            yield b"".join(orjson.dumps(row) + b"\n" for row in found)


def _wanted(release: OpenRelease, query: Query) -> dict[str, set[str]]:
    """Return the texts that columns may have; raises ProblemError for anything unknown."""
    wanted: dict[str, set[str]] = {}
    if "indicator" in query:
        known = {*release.snapshot.indicator_codes, *indicators_changed(release)}
        for name in query.all("indicator"):
            if name not in known:
                what = "an indicator of this release or the one before"
                raise unknown_value("indicator", name, known, what)
        wanted["indicator"] = set(query.all("indicator"))
    if "kind" in query:
        for name in query.all("kind"):
            if name not in KINDS:
                raise unknown_value("kind", name, KINDS, "a kind", f"use {', '.join(KINDS)}")
        wanted["kind"] = set(query.all("kind"))
    if "area" in query:
        codes = choose_areas(release, query).codes.tolist()
        wanted["area"] = {release.areas[code].code for code in codes}
    return wanted


def _check_since(release: OpenRelease, query: Query) -> None:
    given = query.one("since")
    summary = summary_of(release)
    if given is None or (summary is not None and summary.since == given):
        return
    if summary is None or not summary.since:
        raise bad_value("since", f"release {release.id} has no release before it; leave it out")
    raise ProblemError(
        400,
        "not-yet",
        f"since: a release is compared with the one before, {summary.since}; {given[:60]} is "
        f"another. Ask each release between the two for its own changes",
        parameter="since",
        suggestions=[summary.since],
    )


def _warnings(asked: Asked, count: int) -> tuple[str, ...]:
    """Say why there is nothing: an empty answer is never left unexplained."""
    if count:
        return ()
    summary = summary_of(asked.release)
    if summary is not None and not summary.since:
        return (f"{asked.release.id} is the first release; there is none to compare it with",)
    return ("No figure differs from the release before in what was asked for",)

"""The resources /releases/{release}/changes and /revisions: what differs from an earlier one."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import orjson
import pyarrow as pa
from numpy.typing import NDArray
from starlette.requests import Request
from starlette.responses import Response

from api.answers import meta_of, send_bytes, send_json, send_rows, send_stream
from api.area_cards import last_day_shown
from api.area_choice import PARAMETERS as AREA_PARAMETERS
from api.area_choice import choose_areas, narrow
from api.aside import aside, aside_by_size
from api.asking import EVERY_FORMAT, FORMAT, Asked, ask
from api.changes import (
    COLUMNS,
    SCHEMA,
    ChangeList,
    by_size,
    change_tables,
    changed_rows,
    indicators_changed,
)
from api.citing import cited
from api.contract import MOST_JSON_ROWS, RevisionRow
from api.formats import JSON, arrow_stream, parquet_bytes
from api.parameters import Parameter, Query, described, one_of
from api.problems import ProblemError, unknown_value
from api.revisions import revision_rows
from api.row_text import csv_line
from api.rows import INDICATOR
from api.since import SINCE, change_list
from indicators.change_table import KINDS

SIZE: Final = "size"
KIND: Final = Parameter(
    "kind",
    f"Kinds of changes: {', '.join(KINDS)}. Default: all.",
    "revised",
    form=one_of(*KINDS),
)
ORDER: Final = Parameter(
    "order",
    f"`{SIZE}`: of each indicator the largest change first, in its own unit; those without a size "
    "last. Default: the order of rows. Indicators stay in the order of the catalogue.",
    SIZE,
    is_list=False,
    form=one_of(SIZE),
)
KNOWN: Final = described((INDICATOR, *AREA_PARAMETERS.values(), KIND, SINCE, ORDER, FORMAT))
REVISIONS_KNOWN: Final = described((INDICATOR, SINCE, FORMAT))
REVISION_COLUMNS: Final = tuple(RevisionRow.__annotations__)


async def release_changes(request: Request) -> Response:
    """Answer with the cells that differ from the release before, or from an earlier one."""
    asked = await ask(request, KNOWN, EVERY_FORMAT, request.path_params["release"])
    changes = await change_list(request, asked)
    return await aside_by_size(request, changes.table.num_rows, _answer, asked, changes)


async def release_revisions(request: Request) -> Response:
    """Answer with how many figures of each indicator differ, and by how much."""
    asked = await ask(request, REVISIONS_KNOWN, EVERY_FORMAT, request.path_params["release"])
    changes = await change_list(request, asked)
    wanted = _wanted(changes, asked.query).get("indicator")
    rows = await aside(request, revision_rows, changes)
    found = [row for row in rows if wanted is None or row["indicator"] in wanted]
    warnings = _warnings(changes, len(found))
    return await send_rows(asked, found, REVISION_COLUMNS, EVERY_FORMAT, warnings)


def _answer(asked: Asked, changes: ChangeList) -> Response:
    rows = changed_rows(changes, _wanted(changes, asked.query))
    if _is_by_size(asked.query):
        rows = by_size(changes, rows)
    if asked.format == JSON:
        return _json(asked, changes, rows)
    schema = cited(SCHEMA, asked.release)
    if asked.format == "parquet":
        tables = [table.cast(schema) for table in change_tables(changes, rows)]
        return send_bytes(
            asked, parquet_bytes(pa.concat_tables(tables) if tables else schema.empty_table())
        )
    if asked.format == "arrow":
        return send_stream(asked, arrow_stream(schema, change_tables(changes, rows)))
    if asked.format == "xlsx":
        return send_bytes(asked, _workbook(asked, changes, rows))
    return send_stream(asked, _lines(asked, changes, rows))


def _json(asked: Asked, changes: ChangeList, rows: NDArray[np.int64]) -> Response:
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
    found = [row for table in change_tables(changes, rows) for row in table.to_pylist()]
    return send_json(asked, found, _warnings(changes, len(found)), EVERY_FORMAT)


def _workbook(asked: Asked, changes: ChangeList, rows: NDArray[np.int64]) -> bytes:
    from api.workbooks import workbook  # it looks resources up, whose routes come here

    warnings = (*asked.warnings, *_warnings(changes, len(rows)))
    told = meta_of(asked.release, len(rows), warnings)
    return workbook(asked, told, SCHEMA, lambda: change_tables(changes, rows))


def _lines(asked: Asked, changes: ChangeList, rows: NDArray[np.int64]) -> Iterator[bytes]:
    is_csv = asked.format == "csv"
    if is_csv:
        yield f"{csv_line(COLUMNS)}\r\n".encode()
    for table in change_tables(changes, rows):
        found = table.to_pylist()
        if is_csv:
            yield "".join(f"{csv_line(row.values())}\r\n" for row in found).encode()
        else:
            yield b"".join(orjson.dumps(row) + b"\n" for row in found)


def _is_by_size(query: Query) -> bool:
    given = query.one("order")
    if given not in {None, SIZE}:
        advice = f"write order={SIZE} or leave it out"
        raise unknown_value("order", given or "", (SIZE,), "an order", advice)
    return given == SIZE


def _wanted(changes: ChangeList, query: Query) -> dict[str, set[str]]:
    """Return the texts that columns may have; raises ProblemError for anything unknown."""
    release = changes.release
    wanted: dict[str, set[str]] = {}
    if "indicator" in query:
        known = {*release.snapshot.indicator_codes, *indicators_changed(changes)}
        for name in query.all("indicator"):
            if name not in known:
                what = "an indicator of this release or of the one it is compared with"
                raise unknown_value("indicator", name, known, what)
        wanted["indicator"] = set(query.all("indicator"))
    if "kind" in query:
        for name in query.all("kind"):
            if name not in KINDS:
                raise unknown_value("kind", name, KINDS, "a kind", f"use {', '.join(KINDS)}")
        wanted["kind"] = set(query.all("kind"))
    if any(name in query for name in AREA_PARAMETERS):
        chosen = narrow(release, query, choose_areas(release, query), last_day_shown(release))
        codes = chosen.codes.tolist()
        wanted["area"] = {release.areas[code].code for code in codes}
    return wanted


def _warnings(changes: ChangeList, count: int) -> tuple[str, ...]:
    """Say why there is nothing: an empty answer is never left unexplained."""
    if count:
        return ()
    if not changes.since:
        return (f"{changes.release.id} is the first release; there is none to compare it with",)
    return (f"No figure differs from release {changes.since} in what was asked for",)

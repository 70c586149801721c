"""The resource /observations: figures by indicator, period, area and breakdown."""

from collections.abc import Iterator, Sequence
from typing import Final

import orjson
import pyarrow as pa
from starlette.requests import Request
from starlette.responses import Response

from api.answers import links_of, meta_of, send_bytes, send_stream
from api.aside import aside
from api.asking import EVERY_FORMAT, Asked, ask, parameters
from api.blocks import Block, blocks
from api.contract import MOST_JSON_ROWS
from api.cursors import CURSOR, LIMIT, Page, read_page
from api.formats import FORMATS, JSON, arrow_stream, parquet_bytes
from api.opened import OpenRelease
from api.problems import ProblemError
from api.row_table import SCHEMA, row_table, row_tables
from api.row_text import CSV, JSON_LINES, csv_line, joined, row_pieces
from api.row_text import JSON as JSON_TEXT
from api.rows import PARAMETERS, Selection, selection_of
from indicators.cells import ROW_COLUMNS

INLINE_ROWS: Final = 5_000
"""Up to so many rows an answer is made at once; longer ones aside or part by part."""
STREAM_ROWS: Final = 2_000

KNOWN: Final = parameters(PARAMETERS, limit=LIMIT, cursor=CURSOR)


async def observations(request: Request) -> Response:
    """Answer with the rows that the query means."""
    page, asked = await read_page(request, await ask(request, KNOWN))
    selection = selection_of(asked.release, asked.query, asked.asked_as)
    is_light = FORMATS[asked.format].is_text and selection.most_rows <= INLINE_ROWS
    if is_light:
        return _answer(asked, selection, page)
    if asked.format in _STREAMED and page is None and selection.most_rows > INLINE_ROWS:
        return send_stream(asked, _STREAMED[asked.format](asked.release, selection))
    return await aside(request, _answer, asked, selection, page)


def _answer(asked: Asked, selection: Selection, page: Page | None) -> Response:
    found = list(blocks(asked.release, selection))
    count = sum(map(len, found))
    next_url = None
    if page is not None:
        found = _part(found, page.offset, page.offset + page.limit)
        next_url = page.next_url(asked, count)
    elif asked.format == JSON and count > MOST_JSON_ROWS:
        raise _too_large(asked, count)
    if asked.format != JSON:
        return send_bytes(asked, _tabular(asked, found), next_url)
    body = _envelope(asked, selection, found, next_url)
    return send_bytes(asked, body, next_url)


def _envelope(
    asked: Asked, selection: Selection, found: Sequence[Block], next_url: str | None
) -> bytes:
    """Return the whole answer, its long body joined once: copies cost more than the writing."""
    count = sum(map(len, found))
    judged = {"judged_on": selection.judged_on.isoformat()} if selection.judged_on else {}
    meta = meta_of(asked.release, count, selection.warnings_of(count), **judged)
    links = links_of(asked, EVERY_FORMAT, **({"next": next_url} if next_url else {}))
    begin = b'{"meta":%b,"data":[' % orjson.dumps(meta)
    end = b'],"links":%b}' % orjson.dumps(links)
    if not found:
        return begin + end
    lists = [pieces for block in found for pieces in row_pieces(asked.release, block, JSON_TEXT)]
    lists[0][0] = begin + lists[0][0]
    lists[-1][-1] = lists[-1][-1].removesuffix(b",") + end
    return joined(lists)


def _tabular(asked: Asked, found: Sequence[Block]) -> bytes:
    release = asked.release
    if asked.format == "csv":
        return b"".join(_csv_parts(release, found))
    if asked.format == "jsonl":
        return b"".join(_jsonl_parts(release, found))
    tables = [row_table(release, block) for block in found]
    if asked.format == "arrow":
        return b"".join(arrow_stream(SCHEMA, tables))
    return parquet_bytes(pa.concat_tables(tables) if tables else SCHEMA.empty_table())


def _csv_parts(release: OpenRelease, found: Sequence[Block] | Iterator[Block]) -> Iterator[bytes]:
    yield f"{csv_line(ROW_COLUMNS)}\r\n".encode()
    for block in found:
        yield joined(row_pieces(release, block, CSV))


def _jsonl_parts(release: OpenRelease, found: Sequence[Block] | Iterator[Block]) -> Iterator[bytes]:
    for block in found:
        yield joined(row_pieces(release, block, JSON_LINES))


def _cut(found: Iterator[Block]) -> Iterator[Block]:
    for block in found:
        for first in range(0, len(block), STREAM_ROWS):
            yield block.part(first, first + STREAM_ROWS)


_STREAMED: Final = {
    "csv": lambda release, selection: _csv_parts(release, _cut(blocks(release, selection))),
    "jsonl": lambda release, selection: _jsonl_parts(release, _cut(blocks(release, selection))),
    "arrow": lambda release, selection: arrow_stream(
        SCHEMA, row_tables(release, _cut(blocks(release, selection)))
    ),
}


def _part(found: Sequence[Block], first: int, last: int) -> list[Block]:
    """Return the rows from `first` up to `last` of blocks that follow on."""
    kept: list[Block] = []
    for block in found:
        if first < len(block) and last > 0:
            kept.append(block.part(max(first, 0), last))
        first, last = first - len(block), last - len(block)
    return kept


def _too_large(asked: Asked, count: int) -> ProblemError:
    files = [asked.url("csv"), asked.url("parquet")]
    return ProblemError(
        400,
        "too-large",
        f"the answer has {count} rows; JSON is given for at most {MOST_JSON_ROWS}. "
        f"Take a file ({files[0]}), ask for less, or page with limit=",
        parameter="format",
        suggestions=files,
        more={"rows": count, "most_rows": MOST_JSON_ROWS},
    )

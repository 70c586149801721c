"""The resource /observations: figures by indicator, period, area and breakdown."""

from collections.abc import Sequence
from typing import Final

import orjson
from starlette.requests import Request
from starlette.responses import Response

from api.answers import links_of, meta_of, send_bytes, send_stream
from api.aside import aside
from api.asking import FIGURE_FORMATS, Asked, ask, parameters
from api.blocks import Block, blocks
from api.contract import MOST_JSON_ROWS
from api.cursors import CURSOR, LIMIT, Page, read_page
from api.formats import FORMATS, JSON
from api.problems import ProblemError
from api.row_formats import STREAMED, WRITTEN, Told, stream_of
from api.row_text import JSON as JSON_TEXT
from api.row_text import row_pieces
from api.rows import PARAMETERS, Selection, selection_of
from api.weaving import joined

INLINE_ROWS: Final = 5_000
"""Up to so many rows an answer is made at once; longer ones aside or part by part."""

KNOWN: Final = parameters(PARAMETERS, limit=LIMIT, cursor=CURSOR)


async def observations(request: Request) -> Response:
    """Answer with the rows that the query means."""
    page, asked = await read_page(request, await ask(request, KNOWN, FIGURE_FORMATS))
    selection = selection_of(asked.release, asked.query, asked.asked_as)
    is_light = FORMATS[asked.format].is_text and selection.most_rows <= INLINE_ROWS
    if is_light:
        return _answer(asked, selection, page)
    if asked.format in STREAMED and page is None and selection.most_rows > INLINE_ROWS:
        found = blocks(asked.release, selection)
        return send_stream(asked, stream_of(asked.format, asked.release, found))
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
    told = _told(asked, selection, sum(map(len, found)))
    if asked.format != JSON:
        return send_bytes(asked, WRITTEN[asked.format](asked, told, found), next_url)
    return send_bytes(asked, _envelope(asked, told, found, next_url), next_url)


def _told(asked: Asked, selection: Selection, count: int) -> Told:
    judged = {"judged_on": selection.judged_on.isoformat()} if selection.judged_on else {}
    return meta_of(asked.release, count, selection.warnings_of(count), **judged)


def _envelope(asked: Asked, told: Told, found: Sequence[Block], next_url: str | None) -> bytes:
    """Return the whole answer, its long body joined once: copies cost more than the writing."""
    links = links_of(asked, FIGURE_FORMATS, **({"next": next_url} if next_url else {}))
    begin = b'{"meta":%b,"data":[' % orjson.dumps(told)
    end = b'],"links":%b}' % orjson.dumps(links)
    if not found:
        return begin + end
    lists = [pieces for block in found for pieces in row_pieces(asked.release, block, JSON_TEXT)]
    lists[0][0] = begin + lists[0][0]
    lists[-1][-1] = lists[-1][-1].removesuffix(b",") + end
    return joined(lists)


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

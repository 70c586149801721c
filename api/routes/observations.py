"""The resources /observations, asked by a query, and /observations/query, asked by a body."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, Final

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api import cursors, rows, shaping
from api.answers import links_of, meta_of, send_bytes, send_stream
from api.aside import aside_by_size
from api.asking import FIGURE_FORMATS, Asked, ask, parameters
from api.blocks import Block
from api.cost import MOST_ROWS, refuse_beyond
from api.cursors import Page, read_page, wants_total
from api.formats import FORMATS, JSON
from api.parameters import Parameter
from api.posted_question import ask_posted
from api.question import Question, known_warnings, question_of, rows_of, warnings_of
from api.row_formats import QUICK, STREAM_ROWS, STREAMED, WRITTEN, Told, cut, stream_of
from api.row_text import JSON as JSON_TEXT
from api.row_text import row_pieces
from api.shaped_formats import shaped_bytes, shaped_stream
from api.shaped_rows import shaped_lines
from api.weaving import joined

INLINE_ROWS: Final = 5_000
"""Up to so many rows an answer is made at once; longer ones aside or part by part."""
WHOLE_ROWS: Final = 25_000
"""Up to so many rows an answer in JSON is made whole; more are too long for the byte cache."""

NEXT_CURSOR: Final = "X-Next-Cursor"
"""Where the next page begins of a question with a body: no address alone would give it."""

KNOWN: Final = parameters(rows.PARAMETERS, shaping.PARAMETERS, cursors.PARAMETERS)
BODY: Final[Mapping[str, Parameter]] = KNOWN
"""The members of a body; those of rows may stand in `any` too."""
IN_ADDRESS: Final = parameters(cursors.PARAMETERS)
"""What may stand in the address of a question that has a body."""


async def observations(request: Request) -> Response:
    """Answer with the rows that the query means."""
    page, asked = await read_page(request, await ask(request, KNOWN, FIGURE_FORMATS))
    return await _respond(request, asked, question_of(asked), page)


async def observations_query(request: Request) -> Response:
    """Answer with the rows that the body means: any of its alternatives, each row once."""
    asked, question, page = await ask_posted(request, BODY, rows.PARAMETERS, IN_ADDRESS)
    response = await _respond(request, asked, question, page)
    # Caches know an answer by its address, which does not hold this question.
    for name in ("content-location", "etag"):
        if name in response.headers:
            del response.headers[name]
    response.headers["Cache-Control"] = "no-store"
    return response


async def _respond(
    request: Request, asked: Asked, question: Question, page: Page | None
) -> Response:
    is_long = question.most_rows > INLINE_ROWS
    if FORMATS[asked.format].is_text and not is_long:
        return _answer(asked, question, page)
    if page is None and asked.format in STREAMED and is_long and not question.shape.wide:
        return await _send_stream(request, asked, question)
    is_too_long = question.most_rows > WHOLE_ROWS and question.is_usual
    if page is None and asked.format == JSON and is_too_long:
        most = question.most_rows
        blocks = await aside_by_size(request, most, lambda: list(_within(asked, question)))
        return send_stream(asked, _json_parts(asked, question, blocks), is_quick=True)
    return await aside_by_size(request, _work(question, page), _answer, asked, question, page)


def _work(question: Question, page: Page | None) -> int:
    """Return how many rows are looked at for an answer, at most."""
    if page is None or not question.is_in_parts:
        return question.most_rows
    return min(question.most_rows, page.offset + page.limit)


async def _send_stream(request: Request, asked: Asked, question: Question) -> Response:
    rest = rows_of(asked, question)
    is_quick = question.is_usual and asked.format in QUICK
    if not question.is_in_parts:
        begin = await aside_by_size(request, question.most_rows, list, rest)
    elif is_quick:
        begin = list(islice(rest, 1))
    else:
        begin = await run_in_threadpool(lambda: list(islice(rest, 1)))
    # Headers go before the rows, so only the first tells whether there are any.
    warnings = known_warnings(question, has_rows=bool(begin))
    found = chain(begin, rest)
    if not question.is_usual:
        parts = shaped_stream(asked.format, asked.release, question.shape, found)
        return send_stream(asked, parts, warnings)
    parts = stream_of(asked.format, asked.release, found)
    return send_stream(asked, parts, warnings, is_quick=is_quick)


def _answer(asked: Asked, question: Question, page: Page | None) -> Response:
    cursor = None
    if page is None:
        found = list(_within(asked, question))
    else:
        found, has_more = page.rows_of(rows_of(asked, question))
        cursor = page.next_cursor(asked) if has_more else None
    told = _told(asked, question, found, is_page=page is not None)
    if question.as_sent is not None and cursor is not None:
        response = _in_format(asked, question, {**told, "next_cursor": cursor}, found, None)
        response.headers[NEXT_CURSOR] = cursor
        return response
    next_url = None if cursor is None else asked.url(cursor=cursor)
    return _in_format(asked, question, told, found, next_url)


def _in_format(
    asked: Asked, question: Question, told: Told, found: Sequence[Block], next_url: str | None
) -> Response:
    if asked.format == JSON:
        return send_bytes(asked, _envelope(asked, question, told, found, next_url), next_url)
    if question.is_usual:
        body = WRITTEN[asked.format](asked, told, found)
    else:
        body = shaped_bytes(asked, told, question.shape, found)
    return send_bytes(asked, body, next_url, told["warnings"])


def _within(asked: Asked, question: Question) -> Iterator[Block]:
    """Give the rows; raises ProblemError where they are more than the format is given for."""
    most, count = MOST_ROWS.get(asked.format), 0
    for block in rows_of(asked, question):
        count += len(block)
        if most is not None and count > most:
            refuse_beyond(asked, question.most_rows, most, held_by=asked.format.upper())
        yield block


def _told(asked: Asked, question: Question, found: Sequence[Block], *, is_page: bool) -> Told:
    more: dict[str, Any] = {"judged_on": question.judged_on} if question.judged_on else {}
    if question.as_sent is not None:
        more["question"] = question.as_sent
    if wants_total(asked.query):
        more["total"] = sum(map(len, rows_of(asked, question)))
    count = sum(map(len, found))
    warnings = warnings_of(asked.release, question, found, is_page=is_page)
    return meta_of(asked.release, count, (*asked.warnings, *warnings), **more)


def _envelope(
    asked: Asked, question: Question, told: Told, found: Sequence[Block], next_url: str | None
) -> bytes:
    """Return the whole answer, its long body joined once: copies cost more than the writing."""
    begin, end = _around(asked, told, next_url)
    lists = _lists(asked, question, found)
    if lists:
        lists[-1][-1] = lists[-1][-1][:-1]  # no comma after the last row
    return joined([[begin], *lists, [end]])


def _json_parts(asked: Asked, question: Question, found: Sequence[Block]) -> Iterator[bytes]:
    """Give the same answer part by part."""
    begin, end = _around(asked, _told(asked, question, found, is_page=False), None)
    yield begin
    rows = b""
    for block in cut(found, STREAM_ROWS):
        if rows:
            yield rows
        rows = joined(_lists(asked, question, [block]))
    yield rows[:-1] + end


def _around(asked: Asked, told: Told, next_url: str | None) -> tuple[bytes, bytes]:
    """Return what stands before the rows of an answer in JSON, and after them."""
    begin = b'{"meta":%b,"data":[' % orjson.dumps(told)
    return begin, b'],"links":%b}' % _links(asked, next_url)


def _links(asked: Asked, next_url: str | None) -> bytes:
    if next_url is None:
        return asked.recall("links", lambda: orjson.dumps(links_of(asked, FIGURE_FORMATS)))
    return orjson.dumps(links_of(asked, FIGURE_FORMATS, next=next_url))


def _lists(asked: Asked, question: Question, found: Sequence[Block]) -> list[list[bytes]]:
    """Return the rows as JSON in lists of pieces, each row with a comma after it."""
    if question.is_usual:
        return [pieces for block in found for pieces in row_pieces(asked.release, block, JSON_TEXT)]
    columns = question.shape.columns
    return [shaped_lines(asked.release, block, columns, JSON_TEXT) for block in found]

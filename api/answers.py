"""Answers: the envelope, what each says of its release, and the headers that caches read."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.asking import Asked
from api.citing import citation_block, citation_of
from api.contract import API_PREFIX
from api.cost import MOST_ROWS, refuse_beyond
from api.deprecation import headers_of_indicators
from api.formats import FORMATS, JSON
from api.link_headers import link_header
from api.opened import OpenRelease
from api.plain_formats import PLAIN
from api.related import related_links
from api.streams import Stream
from api.warning_headers import warning_headers
from indicators.practice import NOTICE, is_practice_release

NOT_OFFICIAL: Final = (
    "This service is not an official statistics publication; each indicator names its publisher."
)
SHORT_LIVED: Final = "public, max-age=60, must-revalidate"
PINNED: Final = "public, max-age=86400, must-revalidate"
INLINE_ROWS: Final = 1_000
"""Up to so many plain rows are written at once, longer answers aside."""
FOR_EVER: Final = "public, max-age=31536000, immutable"
"""Only for what is named by its digest: a redaction changes the digest, never the bytes."""


def standing_of(*, is_practice: bool) -> str:
    """Return what a reader must know of the figures' standing."""
    return NOTICE if is_practice else NOT_OFFICIAL


def meta_of(
    release: OpenRelease, count: int, warnings: Iterable[str] = (), **more: Any
) -> dict[str, Any]:
    """Return what every answer says of its release."""
    fixed = release.kept.get("meta")
    if fixed is None:
        is_practice = is_practice_release(release.id)
        fixed = release.kept["meta"] = {
            "licence": citation_of(release).licence,
            "attribution": release.snapshot.places.attribution,
            "not_official": standing_of(is_practice=is_practice),
            "is_practice": is_practice,
            "citation": citation_block(release),
        }
    return {
        "release": release.id,
        "published_at": release.published_at,
        "digest": release.digest,
        "count": count,
        "warnings": list(warnings),
        **fixed,
        **more,
    }


def links_of(asked: Asked, formats: Sequence[str] = (), **more: str) -> dict[str, str]:
    """Return the links of an answer: itself, the same for good, other formats, its release."""
    links = {"self": asked.url(), "pinned": asked.pinned_url}
    links |= {form: asked.url(form) for form in formats if form != JSON}
    links["release"] = f"{API_PREFIX}/releases/{asked.release.id}"
    links |= related_links(asked) | more
    return links


def headers_of(asked: Asked, next_url: str | None = None) -> Mapping[str, str]:
    """Return the headers of an answer that is of one release."""
    if next_url is None:
        return asked.recall("headers", lambda: _headers(asked, None))
    return _headers(asked, next_url)


def _headers(asked: Asked, next_url: str | None) -> dict[str, str]:
    headers = {
        "Cache-Control": PINNED if asked.is_pinned else SHORT_LIVED,
        "Link": link_header(asked, next_url),
        "X-Release": asked.release.id,
    }
    if asked.etag:
        headers["ETag"] = f'"{asked.etag}"'
    if not asked.is_pinned:
        headers["Content-Location"] = asked.pinned_url
    if asked.format != JSON:
        name = asked.path.rsplit("/", 1)[-1]
        extension = FORMATS[asked.format].extension or asked.format
        headers["Content-Disposition"] = f'inline; filename="{name}-{asked.release.id}.{extension}"'
    for name, value in headers_of_indicators(asked).items():
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _with_warnings(
    asked: Asked, headers: Mapping[str, str], warnings: Sequence[str]
) -> Mapping[str, str]:
    """Return headers that say what the body has no room for; most answers have no warnings."""
    return {**headers, **warning_headers(asked.format, warnings)} if warnings else headers


def send_bytes(
    asked: Asked, body: bytes, next_url: str | None = None, warnings: Sequence[str] = ()
) -> Response:
    """Answer with a finished body, which may lack the warnings."""
    return Response(
        body,
        headers=_with_warnings(asked, headers_of(asked, next_url), warnings),
        media_type=FORMATS[asked.format].media_type,
    )


def send_stream(
    asked: Asked,
    parts: Iterator[bytes],
    warnings: Sequence[str] = (),
    *,
    is_quick: bool = False,
) -> Response:
    """Answer part by part, so that memory stays flat however long the answer is.

    Each part is made in a thread, or where they are made quickly, between other requests.
    """
    return Stream(
        _by_turns(parts) if is_quick else parts,
        headers=_with_warnings(asked, headers_of(asked), warnings),
        media_type=FORMATS[asked.format].media_type,
    )


async def _by_turns(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
        await asyncio.sleep(0)  # whoever else waits has a turn


def send_json(
    asked: Asked,
    data: Any,
    warnings: Iterable[str] = (),
    formats: Sequence[str] = (),
    links: Mapping[str, str] | None = None,
    **meta: Any,
) -> Response:
    """Answer with the envelope around plain data."""
    count = len(data) if isinstance(data, list) else 1
    content = {
        "meta": meta_of(asked.release, count, (*asked.warnings, *warnings), **meta),
        "data": data,
        "links": links_of(asked, formats, **(links or {})),
    }
    return send_bytes(asked, orjson.dumps(content))


async def send_rows(
    asked: Asked,
    rows: list[dict[str, Any]],
    columns: Sequence[str],
    formats: Sequence[str],
    warnings: Iterable[str] = (),
    **meta: Any,
) -> Response:
    """Answer with plain rows in a format; raises ProblemError for more than it is given for."""
    if (most := MOST_ROWS.get(asked.format)) is not None:
        refuse_beyond(asked, len(rows), most, held_by=asked.format.upper())
    if asked.format == JSON:
        return send_json(asked, rows, warnings, formats, **meta)
    told = meta_of(asked.release, len(rows), (*asked.warnings, *warnings), **meta)
    write = PLAIN[asked.format]
    if FORMATS[asked.format].is_text and len(rows) <= INLINE_ROWS:
        body = write(asked, told, rows, columns)
    else:
        body = await run_in_threadpool(write, asked, told, rows, columns)
    return send_bytes(asked, body, warnings=told["warnings"])

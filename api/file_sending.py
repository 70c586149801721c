"""Sending files: whole or a part, at the speed of the disk, memory flat, with their digest."""

import base64
import zlib
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from pathlib import Path
from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import HEAD_KEY
from api.conditions import http_date, is_match, read_date
from api.encodings import choose_encoding
from api.problems import ProblemError
from api.ranges import OutsideError, Range, asked_range
from api.release_files import ReleaseFile
from api.streams import Stream

CHUNK: Final = 1 << 20
"""Bytes read at a time: enough that handing over to a thread and back costs nothing beside it."""
PACKED_CHUNK: Final = CHUNK // 16
"""Packed bytes that are unpacked at a time: a release unpacks to some fourteen times as many."""
GZIP: Final = "gzip"
_GZIP_WINDOW: Final = 31


def send_file(
    request: Request, file: ReleaseFile, etag: str, headers: Mapping[str, str]
) -> Response:
    """Answer with a file, a part of it, or that it has not changed; raises ProblemError.

    `headers` say how long it may be kept and which release it is of.
    """
    modified = http_date(file.path.stat().st_mtime)
    told = {
        **headers,
        "ETag": f'"{etag}"',
        "Last-Modified": modified,
        "Content-Disposition": f"attachment; filename*=utf-8''{quote(Path(file.name).name)}",
    }
    if _is_held(request, file, etag):
        return Response(status_code=304, headers=told)
    if file.is_unpacked:
        return _unpacked(request, file, told)
    told |= {"Accept-Ranges": "bytes", **digest_header(file.sha256)}
    if request.scope.get(HEAD_KEY):
        return _bytes(file, told, (0, file.bytes))  # a range is a matter of GET alone
    try:
        part = asked_range(request.headers, file.bytes, etag, modified)
    except OutsideError:
        return _outside(file)
    if part is None:
        return _bytes(file, told, (0, file.bytes))
    told["Content-Range"] = f"bytes {part[0]}-{part[1] - 1}/{file.bytes}"
    return _bytes(file, told, part, status=206)


def _is_held(request: Request, file: ReleaseFile, etag: str) -> bool:
    """Say whether the reader has the file already; its tag counts before its time."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return is_match(tags, etag)
    since = read_date(request.headers.get("if-modified-since", ""))
    return since is not None and int(file.path.stat().st_mtime) <= since


def digest_header(sha256: str | None) -> dict[str, str]:
    """Return the header that tells the digest of the whole file (RFC 9530), whatever is sent."""
    if sha256 is None:
        return {}
    return {"Repr-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(sha256)).decode()}:"}


def _outside(file: ReleaseFile) -> Response:
    detail = f"{file.name} has {file.bytes} bytes; the range asked for begins behind its end"
    answer = ProblemError(416, "range-not-satisfiable", detail).response()
    answer.headers["Content-Range"] = f"bytes */{file.bytes}"
    return answer


def _bytes(
    file: ReleaseFile, headers: Mapping[str, str], part: Range, status: int = 200
) -> Response:
    told = {**headers, "Content-Length": str(part[1] - part[0])}
    return Stream(
        _read(file.path, *part), status_code=status, headers=told, media_type=file.media_type
    )


async def _read(path: Path, start: int, end: int) -> AsyncGenerator[bytes, None]:
    file = await run_in_threadpool(path.open, "rb")
    try:
        file.seek(start)
        while start < end:
            chunk = await run_in_threadpool(file.read, min(CHUNK, end - start))
            if not chunk:
                msg = f"{path.name} is shorter than it was"
                raise OSError(msg)
            start += len(chunk)
            yield chunk
    finally:
        file.close()


def _unpacked(request: Request, file: ReleaseFile, headers: Mapping[str, str]) -> Response:
    """Answer with a packed file under its unpacked name.

    Who reads gzip, as nearly all do, gets the bytes as they lie on disk; others get it unpacked.
    """
    told = {**headers, "Vary": "Accept-Encoding"}
    if GZIP in choose_encoding(request.headers.get("accept-encoding", "")).accepts:
        size = file.path.stat().st_size
        told |= {"Content-Encoding": GZIP, "ETag": f'{headers["ETag"][:-1]}-{GZIP}"'}
        told["Content-Length"] = str(size)
        chunks = _read(file.path, 0, size)
    else:
        chunks = _inflated(file.path)
    return Stream(chunks, headers=told, media_type=file.media_type)


async def _inflated(path: Path) -> AsyncGenerator[bytes, None]:
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    async with aclosing(_read(path, 0, path.stat().st_size)) as read:
        async for packed in read:
            for start in range(0, len(packed), PACKED_CHUNK):
                part = packed[start : start + PACKED_CHUNK]
                yield await run_in_threadpool(unpacker.decompress, part)
    yield unpacker.flush()

"""Sending an answer on: in the encoding its reader prefers, or that it has not changed."""

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.types import Message, Send

from api.conditions import (
    NO_CONDITIONS,
    Conditions,
    EnoughError,
    Headers,
    tag_in,
    value_of,
)
from api.encodings import ENCODINGS, IDENTITY, Choice, Compressor, compressed, next_part
from api.shelf import Stored

LEAST_COMPRESSED: Final = 1_000
"""Bytes below which compressing is not worth a reader's time."""
NO_BODY: Final[Message] = {"type": "http.response.body", "body": b""}
_COMPRESSIBLE: Final = (
    b"text/",
    b"application/json",
    b"application/x-ndjson",
    b"application/vnd.sdmx.",
    b"application/geo+json",
    b"application/ld+json",
    b"application/atom+xml",
)
_OF_PLAIN_BYTES: Final = {b"accept-ranges", b"repr-digest"}
_MANY: Final = LEAST_COMPRESSED
_KEPT_UNCHANGED: Final = {b"cache-control", b"content-location", b"last-modified"}


class Sending:
    """Sends an answer in the encoding that its reader prefers, or that it has not changed."""

    def __init__(self, send: Send, choice: Choice, conditions: Conditions, modified: str) -> None:
        self._send = send
        self._choice = choice
        self._conditions = conditions
        self._modified = modified
        self._compressor: Compressor | None = None
        self.encoding = IDENTITY
        """The encoding of the finished answer that was sent."""

    def dated(self, start: Message) -> Message:
        """Return the start of an answer with the time since when it is as it is."""
        headers: Headers = list(start.get("headers", ()))
        if start["status"] != 200 or not self._modified or value_of(headers, b"last-modified"):
            return start
        return {**start, "headers": [*headers, (b"last-modified", self._modified.encode())]}

    async def finished(self, answer: Stored) -> bool:
        """Send a whole answer; say whether a compressed form was added to it."""
        encoding = self.encoding = self._encoding(answer.headers, len(answer.bodies[IDENTITY]))
        if self._conditions is not NO_CONDITIONS and self._conditions.hold(answer.headers):
            await self._send(_unchanged_from(answer.headers, encoding))
            await self._send(NO_BODY)
            return False
        is_new = encoding not in answer.bodies
        if is_new:
            answer.bodies[encoding] = await compressed(answer.bodies[IDENTITY], encoding)
        body = answer.bodies[encoding]
        start = answer.starts.get(encoding)
        if start is None:
            headers = _encoded(answer.headers, encoding, len(body))
            start = {"type": "http.response.start", "status": 200, "headers": headers}
            answer.starts[encoding] = start
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})
        return is_new

    async def part(self, start: Message, body: bytes, *, has_more: bool) -> None:
        """Send on a part of an answer; raises EnoughError when no reader waits for the rest."""
        if start:
            await self._begin(start, has_more=has_more)
        if self._compressor is not None:
            body = await run_in_threadpool(next_part, self._compressor, body, has_more)
        await self._send({"type": "http.response.body", "body": body, "more_body": has_more})

    async def _begin(self, start: Message, *, has_more: bool) -> None:
        headers: Headers = list(start.get("headers", ()))
        if start["status"] == 200:
            encoding = self._encoding(headers, _MANY) if has_more else IDENTITY
            if self._conditions is not NO_CONDITIONS and self._conditions.hold(headers):
                await self._send(_unchanged_from(headers, encoding))
                await self._send(NO_BODY)
                raise EnoughError
            if encoding:
                self._compressor = ENCODINGS[encoding]()
            headers = _encoded(headers, encoding, None if encoding else _length(headers))
        await self._send({**start, "headers": headers})

    def _encoding(self, headers: Headers, size: int) -> str:
        """Return the encoding for a body: plain where compressing gains nothing, if it may be."""
        if self._choice.must_encode:
            return IDENTITY if value_of(headers, b"content-encoding") else self._choice.encoding
        is_worth_it = size >= LEAST_COMPRESSED and _is_compressible(headers)
        return self._choice.encoding if is_worth_it else IDENTITY


def _length(headers: Headers) -> int | None:
    text = value_of(headers, b"content-length")
    return int(text) if text else None


def _is_compressible(headers: Headers) -> bool:
    """Say whether to compress; what is given in ranges goes as it is, with its own digest."""
    is_plain = not any(value_of(headers, name) for name in (b"content-encoding", b"accept-ranges"))
    return is_plain and value_of(headers, b"content-type").startswith(_COMPRESSIBLE)


def _encoded(headers: Headers, encoding: str, length: int | None) -> Headers:
    """Return the headers for a body in an encoding: each encoding has a tag of its own."""
    changed: Headers = []
    vary = b"Accept-Encoding"
    for name, value in headers:
        if name == b"etag" and encoding:
            changed.append((name, tag_in(value.decode().strip('"'), encoding)))
        elif name == b"vary":
            vary = value if vary.lower() in value.lower() else value + b", " + vary
        elif name != b"content-length" and not (encoding and name in _OF_PLAIN_BYTES):
            changed.append((name, value))
    if encoding:
        changed.append((b"content-encoding", encoding.encode()))
    changed.append((b"vary", vary))
    if length is not None:
        changed.append((b"content-length", str(length).encode()))
    return changed


def _unchanged_from(headers: Headers, encoding: str) -> Message:
    """Return that an answer has not changed, from what it would have said of itself."""
    told = _encoded(headers, encoding, None)
    kept = [(n, v) for n, v in told if n in _KEPT_UNCHANGED or n in {b"etag", b"vary"}]
    return {"type": "http.response.start", "status": 304, "headers": kept}

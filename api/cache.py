"""Finished answers as bytes, before the routes: not modified, kept, made once, compressed."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.answers import PINNED, SHORT_LIVED
from api.asking import ETAG_KEY, IN_PROCESS_KEY, PINNED_KEY, STATE_KEY, content_location
from api.encodings import ENCODINGS, IDENTITY, Compressor, choose_encoding, compressed, next_part
from api.registry import State

LEAST_COMPRESSED: Final = 1_000
"""Bytes below which compressing is not worth a reader's time."""

Headers = list[tuple[bytes, bytes]]
Key = tuple[str, str]


def is_match(if_none_match: str, etag: str) -> bool:
    """Compare weakly, whatever the encoding; `*` is for the caller, who knows whether it exists."""
    tags = (tag.strip().removeprefix("W/").strip('"') for tag in if_none_match.split(","))
    return any(_plain(tag) == etag for tag in tags)


@dataclass
class Stored:
    """One finished answer, as it is and compressed."""

    headers: Headers
    bodies: dict[str, bytes]

    @property
    def size(self) -> int:
        """The bytes it takes."""
        return sum(map(len, self.bodies.values()))


@dataclass
class Shelf:
    """Finished answers, the longest unused going first when there is no more room."""

    most_bytes: int
    token: str = ""
    used_bytes: int = 0
    held: OrderedDict[Key, tuple[Stored, int]] = field(default_factory=OrderedDict)
    """By key, each with its size when it was put."""

    def get(self, key: Key) -> Stored | None:
        """Return an answer."""
        found = self.held.get(key)
        if found is None:
            return None
        self.held.move_to_end(key)
        return found[0]

    def put(self, key: Key, answer: Stored) -> None:
        """Keep an answer (again, when a compressed form was added to it)."""
        if answer.size > self.most_bytes // 8:
            return
        _, old_size = self.held.pop(key, (answer, 0))
        self.held[key] = (answer, answer.size)
        self.used_bytes += answer.size - old_size
        while self.used_bytes > self.most_bytes:
            _, (_, size) = self.held.popitem(last=False)
            self.used_bytes -= size

    def follow(self, token: str) -> None:
        """Empty the shelf when the releases have changed: nothing withheld may be served on."""
        if token != self.token:
            self.token = token
            self.held.clear()
            self.used_bytes = 0


class ByteCache:
    """Answers from memory what it can; makes each other answer once, however many wait for it."""

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        self.app = app
        self.shelf = Shelf(most_bytes)
        self.making: dict[Key, asyncio.Future[Stored | None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        etag: str | None = scope.get(ETAG_KEY)
        state: State | None = scope.get(STATE_KEY)
        headers: Headers = scope.get("headers", [])
        encoding = choose_encoding(_value(headers, b"accept-encoding").decode("latin-1"))
        tags = _value(headers, b"if-none-match").decode("latin-1")
        if etag is not None and tags and is_match(tags, etag):
            location = content_location(scope, state) if state else None
            is_pinned = bool(scope.get(PINNED_KEY))
            await _not_modified(send, etag, encoding, location, is_pinned=is_pinned)
            return
        sending = _Sending(send, encoding, matches_any=tags == "*")
        if etag is None or state is None or scope.get(IN_PROCESS_KEY) or not self.shelf.most_bytes:
            await self.app(scope, receive, _Collecting(sending))
            return
        self.shelf.follow(state.token)
        await self._answer((state.token, etag), scope, receive, sending)

    async def _answer(self, key: Key, scope: Scope, receive: Receive, sending: "_Sending") -> None:
        stored = self.shelf.get(key)
        while stored is None and key in self.making:
            stored = await asyncio.shield(self.making[key])
            if stored is None:  # it cannot be kept (an error, a stream): each makes its own
                await self.app(scope, receive, _Collecting(sending))
                return
        if stored is None:
            await self._make(key, scope, receive, sending)
            return
        if await sending.finished(stored):
            self._keep(key, stored)

    async def _make(self, key: Key, scope: Scope, receive: Receive, sending: "_Sending") -> None:
        waiting: asyncio.Future[Stored | None] = asyncio.get_running_loop().create_future()
        self.making[key] = waiting
        stored: Stored | None = None
        try:
            collecting = _Collecting(sending)
            await self.app(scope, receive, collecting)
            stored = collecting.stored
            if stored is not None:
                self._keep(key, stored)
        finally:
            del self.making[key]
            waiting.set_result(stored)

    def _keep(self, key: Key, stored: Stored) -> None:
        if key[0] == self.shelf.token:  # else the releases changed while it was made
            self.shelf.put(key, stored)


class _Collecting:
    """Collects an answer that comes in one piece; passes on at once one that comes in parts."""

    def __init__(self, sending: "_Sending") -> None:
        self._sending = sending
        self._start: Message = {}
        self.stored: Stored | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        if message["type"] != "http.response.body":
            return
        body, has_more = message.get("body", b""), message.get("more_body", False)
        if self._start and not has_more and self._start["status"] == 200:
            answer = Stored(list(self._start["headers"]), {IDENTITY: body})
            await self._sending.finished(answer)
            self.stored = answer
            return
        await self._sending.part(self._start, body, has_more=has_more)
        self._start = {}


class _Sending:
    """Sends an answer in the encoding that its reader prefers."""

    def __init__(self, send: Send, encoding: str, *, matches_any: bool) -> None:
        self._send = send
        self._encoding = encoding
        self._matches_any = matches_any
        self._compressor: Compressor | None = None

    async def finished(self, answer: Stored) -> bool:
        """Send a whole answer; say whether a compressed form was added to it."""
        if self._matches_any and (etag := _value(answer.headers, b"etag")):
            tag, location = etag.decode().strip('"'), _value(answer.headers, b"content-location")
            await _not_modified(self._send, tag, self._encoding, location.decode())
            return False
        encoding = self._encoding
        is_short = len(answer.bodies[IDENTITY]) < LEAST_COMPRESSED
        if encoding and (is_short or not _is_compressible(answer.headers)):
            encoding = IDENTITY
        is_new = encoding not in answer.bodies
        if is_new:
            answer.bodies[encoding] = await compressed(answer.bodies[IDENTITY], encoding)
        body = answer.bodies[encoding]
        headers = _encoded(answer.headers, encoding, len(body))
        await self._send({"type": "http.response.start", "status": 200, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})
        return is_new

    async def part(self, start: Message, body: bytes, *, has_more: bool) -> None:
        """Send on a part of an answer."""
        if start:
            await self._begin(start, has_more=has_more)
        if self._compressor is not None:
            body = await run_in_threadpool(next_part, self._compressor, body, has_more)
        await self._send({"type": "http.response.body", "body": body, "more_body": has_more})

    async def _begin(self, start: Message, *, has_more: bool) -> None:
        headers: Headers = list(start.get("headers", ()))
        if has_more and self._encoding and start["status"] == 200 and _is_compressible(headers):
            self._compressor = ENCODINGS[self._encoding]()
            headers = _encoded(headers, self._encoding, None)
        elif start["status"] == 200 and _is_compressible(headers):
            headers = _encoded(headers, IDENTITY, _length(headers))
        await self._send({**start, "headers": headers})


_COMPRESSIBLE: Final = (
    b"application/json", b"text/", b"application/x-ndjson", b"application/vnd.sdmx."
)  # fmt: skip


def _plain(tag: str) -> str:
    stem, _, encoding = tag.rpartition("-")
    return stem if encoding in ENCODINGS else tag


def _tag(etag: str, encoding: str) -> bytes:
    return f'"{etag}-{encoding}"'.encode() if encoding else f'"{etag}"'.encode()


def _value(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> bytes:
    for key, value in headers:
        if key == name:
            return value
    return b""


def _length(headers: Headers) -> int | None:
    text = _value(headers, b"content-length")
    return int(text) if text else None


def _is_compressible(headers: Headers) -> bool:
    is_plain = not _value(headers, b"content-encoding")
    return is_plain and _value(headers, b"content-type").startswith(_COMPRESSIBLE)


def _encoded(headers: Headers, encoding: str, length: int | None) -> Headers:
    """Return the headers for a body in an encoding: each encoding has a tag of its own."""
    changed: Headers = []
    for name, value in headers:
        if name == b"etag" and encoding:
            changed.append((name, _tag(value.decode().strip('"'), encoding)))
        elif name != b"content-length":
            changed.append((name, value))
    if encoding:
        changed.append((b"content-encoding", encoding.encode()))
    changed.append((b"vary", b"Accept-Encoding"))
    if length is not None:
        changed.append((b"content-length", str(length).encode()))
    return changed


async def _not_modified(
    send: Send, etag: str, encoding: str, location: str | None, *, is_pinned: bool = False
) -> None:
    headers = [
        (b"etag", _tag(etag, encoding)),
        (b"vary", b"Accept-Encoding"),
        (b"cache-control", (PINNED if is_pinned else SHORT_LIVED).encode()),
    ]
    if location:
        headers.append((b"content-location", location.encode()))
    await send({"type": "http.response.start", "status": 304, "headers": headers})
    await send({"type": "http.response.body", "body": b""})

"""Answers that are ready: the same request again, before anything about it is looked at.

A request is the same if its address is, and whatever headers an answer may depend on. The bytes
stay where they are, on the shelf of the byte cache, which decides how long they are held.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.asking import IN_PROCESS_KEY, NOTE_KEY
from api.conditions import Headers
from api.limiting import TOLD, RateLimit, counted_address
from api.parameters import MOST_REMEMBERED
from api.registry import Registry
from api.shelf import Key, Shelf
from indicators.releases import ReleasesError

MOST_READY: Final = 5_000
DEPENDED_ON: Final = frozenset(
    {b"accept", b"accept-encoding", b"if-none-match", b"if-modified-since"}
)
"""All headers of a request that make another answer of it, but for parts of files."""

Same = tuple[str, str, bytes, tuple[tuple[bytes, bytes], ...]]


@dataclass
class Note:
    """What the byte cache notes of a request: where its answer is held, and in which encoding."""

    key: Key | None = None
    encoding: str = ""


class Answer(NamedTuple):
    """How a request was answered."""

    start: Message
    note: Note
    is_counted: bool


class Ready:
    """Sends what is ready, counted as ever; hands on everything else and notes how it ended."""

    def __init__(
        self, app: ASGIApp, registry: Registry, shelf: Shelf, limit: RateLimit | None
    ) -> None:
        self.app = app
        self.registry = registry
        self.shelf = shelf
        self.limit = limit
        self.token = ""
        self.held: dict[Same, Answer] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "GET" or IN_PROCESS_KEY in scope:
            await self.app(scope, receive, send)
            return
        told = tuple([header for header in scope["headers"] if header[0] in DEPENDED_ON])
        same = (scope.get("root_path", ""), scope["path"], scope["query_string"], told)
        found = self.held.get(same) if self._is_current() else None
        if found is None or not await self._send(found, scope, send):
            await self._noting(same, scope, receive, send)

    def _is_current(self) -> bool:
        """Forget everything when the releases have changed: nothing withheld is served on."""
        try:
            token = self.registry.state().token
        except ReleasesError:
            return False
        if token != self.token:
            self.token = token
            self.held = {}
        return True

    async def _send(self, found: Answer, scope: Scope, send: Send) -> bool:
        """Send an answer; False, and nothing is sent, where it is held no more or refused."""
        start, body = found.start, b""
        if start["status"] == 200:
            stored = self.shelf.get(found.note.key) if found.note.key else None
            held = stored.bodies.get(found.note.encoding) if stored else None
            if held is None:
                return False
            body = held
        if found.is_counted and self.limit is not None:
            said = self.limit.admit(counted_address((scope.get("client") or ("unknown", 0))[0]))
            if said is None:
                return False
            start = {**start, "headers": start["headers"] + said}
        await send(start)
        await send({"type": "http.response.body", "body": body})
        return True

    async def _noting(self, same: Same, scope: Scope, receive: Receive, send: Send) -> None:
        note = Note()
        start: Message = {}

        async def noted(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
            await send(message)

        await self.app({**scope, NOTE_KEY: note}, receive, noted)
        if note.key is not None and note.key[0] == self.token and _size(same) <= MOST_REMEMBERED:
            if len(self.held) >= MOST_READY:
                self.held = {}
            self.held[same] = _answer(start, note)


def _answer(start: Message, note: Note) -> Answer:
    """Return an answer without what is said of the reader's own count."""
    headers: Headers = [header for header in start["headers"] if header[0] not in TOLD]
    is_counted = len(headers) < len(start["headers"]) and start["status"] != 304
    return Answer({**start, "headers": headers}, note, is_counted)


def _size(same: Same) -> int:
    _, path, query, told = same
    return len(path) + len(query) + sum(len(value) for _, value in told)

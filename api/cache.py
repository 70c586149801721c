"""Finished answers as bytes, before the routes: not modified, kept, made once, compressed."""

import asyncio
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.answers import PINNED, SHORT_LIVED
from api.asking import IN_PROCESS_KEY, NOTE_KEY, STATE_KEY, TAG_KEY, content_location
from api.conditions import ANY, NO_CONDITIONS, Conditions, held_encoding, read_date, tag_in
from api.encodings import ENCODINGS, IDENTITY, Choice, choose_encoding
from api.problems import ProblemError
from api.registry import State
from api.sending import NO_BODY, Sending
from api.shelf import Key, Shelf, Stored
from api.tags import UNTAGGED, Tag

MOST_CHOICES: Final = 50
"""Of encodings, that are remembered of one tag."""
_CONDITIONAL: Final = frozenset({b"if-none-match", b"if-modified-since"})


class ByteCache:
    """Answers from memory what it can; makes each other answer once, however many wait for it."""

    def __init__(self, app: ASGIApp, shelf: Shelf) -> None:
        self.app = app
        self.shelf = shelf
        self.making: dict[Key, asyncio.Future[Stored | None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; raises ProblemError for a reader who takes no encoding we have."""
        tag: Tag = scope.get(TAG_KEY, UNTAGGED)
        state: State | None = scope.get(STATE_KEY)
        choice, conditions = _read(scope)
        etag = tag.etag
        if etag is not None and conditions is not NO_CONDITIONS:
            encoding = _encoding_held(tag, choice, conditions)
            if encoding is not None:
                await send(_unchanged(scope, tag, encoding))
                await send(NO_BODY)
                _note(scope, (scope[STATE_KEY].token, etag))
                return
        sending = Sending(send, choice, conditions, tag.modified)
        if etag is None or state is None or scope.get(IN_PROCESS_KEY) or not self.shelf.most_bytes:
            await self.app(scope, receive, _Collecting(sending))
            return
        self.shelf.follow(state.token)
        key = (state.token, etag)
        await self._answer(key, scope, receive, sending)
        if key in self.shelf.held:
            if len(tag.sent) < MOST_CHOICES:
                tag.sent[choice] = sending.encoding
            _note(scope, key, sending.encoding)

    async def _answer(self, key: Key, scope: Scope, receive: Receive, sending: Sending) -> None:
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

    async def _make(self, key: Key, scope: Scope, receive: Receive, sending: Sending) -> None:
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

    def __init__(self, sending: Sending) -> None:
        self._sending = sending
        self._start: Message = {}
        self.stored: Stored | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = self._sending.dated(message)
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


def _read(scope: Scope) -> tuple[Choice, Conditions]:
    """Return what a reader takes and holds; raises ProblemError where we have nothing it takes."""
    accepted = tags = since = b""
    for name, value in scope.get("headers", ()):
        if name == b"accept-encoding":
            accepted = accepted + b"," + value if accepted else value
        elif name == b"if-none-match":
            tags = tags + b"," + value if tags else value
        elif name == b"if-modified-since":
            since = value
    choice = choose_encoding(accepted.decode("latin-1"))
    if not choice.accepts:
        detail = f"the encodings that we have are {', '.join(ENCODINGS)} and identity"
        raise ProblemError(406, "not-acceptable", f"Accept-Encoding: {detail}; take one of them")
    if (not tags and not since) or scope["method"] != "GET":
        return choice, NO_CONDITIONS
    moment = None if tags else read_date(since.decode("latin-1"))
    return choice, Conditions(tags.decode("latin-1").strip(), moment)


def _note(scope: Scope, key: Key, encoding: str = "") -> None:
    """Note where an answer is held, for a layer before us that asks."""
    note = scope.get(NOTE_KEY)
    if note is not None:
        note.key, note.encoding = key, encoding


def is_unchanged(scope: Scope) -> bool:
    """Say whether a reader holds the answer already, as far as is known without making it."""
    tag: Tag = scope.get(TAG_KEY, UNTAGGED)
    if tag.etag is None or not any(name in _CONDITIONAL for name, _ in scope["headers"]):
        return False
    return _encoding_held(tag, *_read(scope)) is not None


def _encoding_held(tag: Tag, choice: Choice, conditions: Conditions) -> str | None:
    """Return in which encoding a reader holds an answer; None where it does not or may not.

    A tag of ours tells by itself. A time, or `*`, tells only of an answer that was given before:
    else the question might be one that is refused.
    """
    if conditions.tags and conditions.tags != ANY:
        return held_encoding(conditions.tags, tag.etag or "", choice.accepts)
    encoding = tag.sent.get(choice)
    if encoding is None or conditions.tags:
        return encoding
    modified, since = read_date(tag.modified), conditions.since
    return encoding if modified and since and modified <= since else None


def _unchanged(scope: Scope, tag: Tag, encoding: str) -> Message:
    """Return that nothing has changed, known before an answer is made; kept with the tag."""
    found: Message | None = tag.unchanged.get(encoding)
    if found is None:
        headers = [
            (b"etag", tag_in(tag.etag or "", encoding)),
            (b"vary", b"Accept-Encoding"),
            (b"cache-control", (PINNED if tag.is_pinned else SHORT_LIVED).encode()),
            (b"last-modified", tag.modified.encode()),
        ]
        if location := content_location(scope, scope[STATE_KEY]):
            headers.append((b"content-location", location.encode()))
        found = {"type": "http.response.start", "status": 304, "headers": headers}
        tag.unchanged[encoding] = found
    return found

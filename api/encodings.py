"""Content encodings: which one a reader accepts, and compressing whole or part by part."""

import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple, Protocol

import brotli
import zstandard
from starlette.concurrency import run_in_threadpool

COMPRESSED_ASIDE: Final = 200_000
"""Bytes from which compressing happens beside the event loop."""
MOST_HEADER: Final = 1_000
"""Characters of a header beyond which it is not read: no reader has so much to say."""


class Compressor(Protocol):
    """Compresses part by part."""

    def compress(self, part: bytes) -> bytes:
        """Take a part; return what is ready."""
        ...

    def finish(self) -> bytes:
        """Return the rest."""
        ...


class _Zstandard:
    def __init__(self) -> None:
        # Level 1 writes our rows a fifth as long as level 3 takes, and no larger.
        self._inner = zstandard.ZstdCompressor(level=1).compressobj()

    def compress(self, part: bytes) -> bytes:
        return self._inner.compress(part)

    def finish(self) -> bytes:
        return self._inner.flush()


class _Gzip:
    def __init__(self) -> None:
        self._inner = zlib.compressobj(6, zlib.DEFLATED, 31)

    def compress(self, part: bytes) -> bytes:
        return self._inner.compress(part)

    def finish(self) -> bytes:
        return self._inner.flush()


class _Brotli:
    def __init__(self) -> None:
        self._inner = brotli.Compressor(quality=4)

    def compress(self, part: bytes) -> bytes:
        return bytes(self._inner.process(part))

    def finish(self) -> bytes:
        return bytes(self._inner.finish())


IDENTITY: Final = ""
ENCODINGS: Final[Mapping[str, Callable[[], Compressor]]] = {
    "zstd": _Zstandard,
    "br": _Brotli,
    "gzip": _Gzip,
}
"""In the order in which they are preferred where a reader likes several equally."""


class Choice(NamedTuple):
    """What a reader's Accept-Encoding comes to."""

    accepts: tuple[str, ...]
    """What it takes, the best first; IDENTITY stands for plain bytes. Empty: nothing we have."""

    @property
    def encoding(self) -> str:
        """The one to use."""
        return self.accepts[0]

    @property
    def must_encode(self) -> bool:
        """Whether plain bytes are refused."""
        return IDENTITY not in self.accepts


PLAIN: Final = Choice((IDENTITY,))


def choose_encoding(accepted: str) -> Choice:
    """Read an Accept-Encoding header (RFC 9110, 12.5.3); without one, plain bytes are sent."""
    if not accepted or len(accepted) > MOST_HEADER:
        return PLAIN
    return _chosen(accepted)


@lru_cache(maxsize=500)
def _chosen(accepted: str) -> Choice:
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, parameters = part.partition(";")
        weights[name.strip()] = _weight(parameters)
    others = weights.get("*", 0.0)
    given = {name: weights.get(name, others) for name in ENCODINGS}
    # Plain bytes are taken unless refused, and come first only where they were asked for by a
    # higher weight than any encoding.
    is_refused = weights.get("identity", 0.0 if weights.get("*") == 0 else 1.0) <= 0
    given[IDENTITY] = -1.0 if is_refused else weights.get("identity", 0.0)
    taken = [name for name in given if given[name] > 0 or (name == IDENTITY and not is_refused)]
    return Choice(tuple(sorted(taken, key=lambda name: -given[name])))


async def compressed(body: bytes, encoding: str) -> bytes:
    """Return a whole body in an encoding; a long one is compressed beside the event loop."""
    compressor = ENCODINGS[encoding]()
    if len(body) >= COMPRESSED_ASIDE:
        return await run_in_threadpool(next_part, compressor, body, False)
    return next_part(compressor, body, False)


def next_part(compressor: Compressor, body: bytes, has_more: bool) -> bytes:
    """Return what is ready of a body; all of it after its last part."""
    ready = compressor.compress(body)
    return ready if has_more else ready + compressor.finish()


def _weight(parameters: str) -> float:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0

"""Content encodings: which one a reader accepts, and compressing whole or part by part."""

import zlib
from collections.abc import Callable, Mapping
from typing import Final, Protocol

import brotli
from starlette.concurrency import run_in_threadpool

COMPRESSED_ASIDE: Final = 200_000
"""Bytes from which compressing happens beside the event loop."""


class Compressor(Protocol):
    """Compresses part by part."""

    def compress(self, part: bytes) -> bytes:
        """Take a part; return what is ready."""
        ...

    def finish(self) -> bytes:
        """Return the rest."""
        ...


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
    "br": _Brotli,
    "gzip": _Gzip,
}
"""In the order in which they are preferred."""


def choose_encoding(accepted: str) -> str:
    """Return the encoding to use for an Accept-Encoding header, `` for none."""
    if not accepted:
        return IDENTITY
    weights: dict[str, float] = {}
    for part in accepted.split(","):
        name, _, parameters = part.strip().lower().partition(";")
        weights[name.strip()] = _weight(parameters)
    return next((n for n in ENCODINGS if weights.get(n, weights.get("*", 0)) > 0), IDENTITY)


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
    name, _, value = parameters.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0

"""What came: unpacked within limits, its SHA-256, and how many rows it has."""

import csv
import hashlib
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from etl.fetch.faults import FetchError, TryAgainError, refused, unreadable
from etl.fetch.limits import FetchLimits
from etl.file_kinds import RefusedFileError, kind_of, megabytes
from etl.files import Limits

_CHUNK: Final = 1 << 16
_GZIP: Final = b"\x1f\x8b"
_WITHOUT_QUESTION: Final = 1_000_000
"""So many unpacked bytes are no danger, whatever they were packed into."""


@dataclass(frozen=True)
class Contents:
    """The file as it will lie in the folder: not packed."""

    sha256: str
    bytes: int
    rows: int


def unpack(part: Path, out: Path, place: str, limits: FetchLimits) -> Contents:
    """Write what a part file holds to another file, unpacked.

    Raises TryAgainError for gzip that breaks off, FetchError for what is too large or no table.
    """
    digest, size = hashlib.sha256(), 0
    packed = part.stat().st_size
    with part.open("rb") as raw, out.open("wb") as target:
        is_packed = raw.read(2) == _GZIP
        raw.seek(0)
        for piece in _gunzipped(raw) if is_packed else iter(lambda: raw.read(_CHUNK), b""):
            digest.update(piece)
            size += len(piece)
            _look_at_size(place, packed, size, limits)
            target.write(piece)
        target.flush()
        os.fsync(target.fileno())
    _look_at_kind(out, place)
    return Contents(digest.hexdigest(), size, _count_rows(out, place))


def _gunzipped(raw: BinaryIO) -> Iterator[bytes]:
    """Yield what gzip holds in pieces that stay small, one member after the other."""
    unpacker = zlib.decompressobj(wbits=31)
    rest = b""
    try:
        while rest or (rest := raw.read(_CHUNK)):
            if unpacker.eof:
                unpacker = zlib.decompressobj(wbits=31)
            yield unpacker.decompress(rest, _CHUNK)
            rest = unpacker.unused_data.lstrip(b"\0") if unpacker.eof else unpacker.unconsumed_tail
        while not unpacker.eof and (piece := unpacker.decompress(b"", _CHUNK)):
            yield piece
    except zlib.error:
        raise TryAgainError("gzip that is damaged") from None
    if not unpacker.eof:
        raise TryAgainError("gzip that ends too early")


def _look_at_size(place: str, packed: int, size: int, limits: FetchLimits) -> None:
    is_bomb = size > _WITHOUT_QUESTION and size > packed * limits.expansion
    if size <= limits.file_bytes and not is_bomb:
        return
    raise refused(
        "too_large_unpacked",
        place,
        f"more than {megabytes(size - 1)} inside {megabytes(packed)}",
        f"at most {megabytes(limits.file_bytes)}, and {limits.expansion} times what was sent",
        "look at the file on the publisher's page before you take it from there",
    )


def _look_at_kind(out: Path, place: str) -> None:
    """Refuse what is not text with commas, such as the page of a proxy."""
    with out.open("rb") as content:
        start = content.read(4096)
    try:
        kind = kind_of(place, start, Limits())
    except RefusedFileError as error:
        raise _not_csv(place, error.findings[0].found) from None
    if kind != "csv" or b"," not in start.partition(b"\n")[0]:
        raise _not_csv(place, "an empty file" if not start else "a file without columns")


def _count_rows(out: Path, place: str) -> int:
    """Return how many rows there are below the header; blank lines are none."""
    try:
        with out.open(encoding="utf-8-sig", errors="replace", newline="") as text:
            return max(0, sum(1 for row in csv.reader(text) if row) - 1)
    except csv.Error as error:
        raise _not_csv(place, f"text that is not CSV ({error})") from None


def _not_csv(place: str, found: str) -> FetchError:
    return unreadable(
        "not_csv",
        place,
        found,
        "the CSV file of the data set",
        "open the address in a browser: a proxy or a sign-in page may stand in the way",
    )

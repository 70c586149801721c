"""Conditional requests (RFC 9110, 13): whether what a reader already holds has changed."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from typing import Final

from api.encodings import ENCODINGS

Headers = list[tuple[bytes, bytes]]

ANY: Final = "*"


class EnoughError(Exception):
    """Raised through an answer that is made part by part once no reader waits for its rest."""


@dataclass(frozen=True)
class Conditions:
    """What a request says of what it already holds, as far as the answer must be known for it."""

    tags: str = ""
    since: float | None = None
    """The time of If-Modified-Since; None where tags are given, which win."""

    def hold(self, headers: Headers) -> bool:
        """Say whether an answer of 200 with these headers need not be sent again."""
        if self.tags:
            etag = value_of(headers, b"etag")
            return self.tags == ANY and bool(etag)
        modified = read_date(value_of(headers, b"last-modified").decode("latin-1"))
        return self.since is not None and modified is not None and modified <= self.since


NO_CONDITIONS: Final = Conditions()


def is_match(if_none_match: str, etag: str) -> bool:
    """Compare weakly, whatever the encoding; `*` is for the caller, who knows whether it exists."""
    return any(plain_tag(tag) == etag for tag in if_none_match.split(","))


def held_encoding(if_none_match: str, etag: str, accepts: Sequence[str]) -> str | None:
    """Return in which encoding a reader holds an answer already, None where it does not.

    Each encoding has a tag of its own, so a cache between is told of a form that the reader who
    asks now can read: the first of `accepts` that is among the tags.
    """
    held = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return next((form for form in accepts if tag_in(etag, form).decode() in held), None)


def plain_tag(tag: str) -> str:
    """Return a tag without its quotes, its mark of weakness and its encoding."""
    tag = tag.strip().removeprefix("W/").strip('"')
    stem, _, encoding = tag.rpartition("-")
    return stem if encoding in ENCODINGS else tag


def tag_in(etag: str, encoding: str) -> bytes:
    """Return the tag of an answer in an encoding: other bytes, another tag."""
    return f'"{etag}-{encoding}"'.encode() if encoding else f'"{etag}"'.encode()


def http_date(moment: float) -> str:
    """Write a time as headers have it, whole seconds, never before it."""
    return formatdate(math.floor(moment), usegmt=True)


def read_date(text: str) -> float | None:
    """Read a time of a header; None for what is no time, which is then as if not given."""
    try:
        return parsedate_to_datetime(text).timestamp() if text else None
    except (ValueError, TypeError, OverflowError):
        return None


def value_of(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> bytes:
    """Return the first value of a header, nothing where it is not given."""
    for key, value in headers:
        if key == name:
            return value
    return b""

"""Ranges of bytes (RFC 9110, 14): which part of a file a reader asks for."""

import re
from typing import Final

from starlette.datastructures import Headers

_ONE_RANGE: Final = re.compile(r"bytes=\s*(\d*)-(\d*)\s*", re.IGNORECASE)
_MOST_DIGITS: Final = 18
_BEYOND: Final = "9" * _MOST_DIGITS
"""Stands for a longer number: it lies behind the end of every file."""

Range = tuple[int, int]
"""First byte, and the one after the last."""


class OutsideError(Exception):
    """A range that begins behind the end of the file."""


def asked_range(headers: Headers, size: int, etag: str, modified: str) -> Range | None:
    """Return the range of a request, None where the whole is to be sent; raises OutsideError.

    What is not one range of bytes is as if it were not there: every reader must be ready for the
    whole. So must one whose part is of another version of the file (If-Range).
    """
    given, condition = headers.get("range"), headers.get("if-range")
    if given is None or (condition is not None and condition not in {f'"{etag}"', modified}):
        return None
    found = _ONE_RANGE.fullmatch(given)
    if found is None or found[1] == found[2] == "":
        return None
    first, last = (text.lstrip("0") or text[:1] for text in found.groups())
    if len(first) > _MOST_DIGITS:
        raise OutsideError
    return _read(first, last if len(last) <= _MOST_DIGITS else _BEYOND, size)


def _read(first: str, last: str, size: int) -> Range | None:
    if not first:
        if int(last) == 0 or size == 0:
            raise OutsideError
        return max(size - int(last), 0), size
    start = int(first)
    end = min(int(last) + 1, size) if last else size
    if last and int(last) < start:
        return None  # not a range at all
    if start >= size:
        raise OutsideError
    return start, end

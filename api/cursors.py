"""Paging on demand: a cursor is bound to one query and one release, so pages never mix releases."""

import base64
import binascii
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final

import orjson
from starlette.requests import Request

from api.asking import Asked, resolve
from api.parameters import Parameter, Query
from api.problems import ProblemError, bad_value
from api.registry import Registry

MOST_LIMIT: Final = 100_000

LIMIT: Final = Parameter(
    "limit", f"Rows of one page, 1 to {MOST_LIMIT}; default: no paging.", "1000", is_list=False
)
CURSOR: Final = Parameter(
    "cursor", "Where the next page begins, as the page before gave it.", "", is_list=False
)


@dataclass(frozen=True)
class Page:
    """One page of an answer."""

    limit: int
    offset: int
    asked_as: str
    """The digest of the query without its paging."""

    def next_url(self, asked: Asked, count: int) -> str | None:
        """Return the address of the next page, None after the last."""
        following = self.offset + self.limit
        if following >= count:
            return None
        content = [asked.release.id, asked.release.digest, following, self.asked_as]
        cursor = base64.urlsafe_b64encode(orjson.dumps(content)).decode().rstrip("=")
        return asked.url(cursor=cursor)


async def read_page(request: Request, asked: Asked) -> tuple[Page | None, Asked]:
    """Return the page asked for and the request as of the release of its first page."""
    cursor, limit = asked.query.one("cursor"), asked.query.one("limit")
    if cursor is None and limit is None:
        return None, asked
    if limit is None:
        raise bad_value("limit", "a cursor goes with the limit of the page before")
    asked_as = _digest(asked.query)
    if cursor is None:
        return Page(_limit(limit), 0, asked_as), asked
    release, digest, offset, made_for = _read_cursor(cursor)
    if made_for != asked_as:
        raise _mismatch("the cursor belongs to another query; keep all other parameters")
    registry: Registry = request.app.state.registry
    listed, opened = await resolve(request, registry, release, None)
    if opened.digest != digest:
        raise _mismatch(f"release {release} has changed since; begin again at the first page")
    bound = replace(asked, release=opened, listed=listed, is_pinned=True)
    return Page(_limit(limit), offset, asked_as), bound


def _digest(query: Query) -> str:
    text = query.without("cursor", "limit", "format").canonical()
    return blake2b(text.encode(), digest_size=8).hexdigest()


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= MOST_LIMIT:
        raise bad_value("limit", f"'{text[:20]}' is not a number from 1 to {MOST_LIMIT}")
    return int(text)


def _read_cursor(text: str) -> tuple[str, str, int, str]:
    try:
        padded = text + "=" * (-len(text) % 4)
        release, digest, offset, made_for = orjson.loads(base64.urlsafe_b64decode(padded))
        if not isinstance(offset, int) or offset < 0:
            raise ValueError(offset)
        return str(release), str(digest), offset, str(made_for)
    except (binascii.Error, ValueError, TypeError) as error:
        raise _mismatch("this is not a cursor that a page gave") from error


def _mismatch(detail: str) -> ProblemError:
    return ProblemError(400, "cursor-mismatch", f"cursor: {detail}", parameter="cursor")

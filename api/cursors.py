"""Paging on demand: a cursor is bound to one query and one release, so pages never mix releases."""

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final

import orjson
from starlette.requests import Request

from api.asking import Asked, resolve
from api.blocks import Block
from api.parameters import (
    SWITCH,
    Parameter,
    Query,
    described,
    one_of,
    read_switch,
    read_whole,
    whole,
)
from api.problems import ProblemError, bad_value
from api.registry import Registry
from api.signing import SIGNATURE_BYTES, is_signed, signature_of, signing_key

MOST_LIMIT: Final = 100_000

LIMIT: Final = Parameter(
    "limit",
    f"Rows of one page, 1 to {MOST_LIMIT}; default: no paging.",
    "1000",
    is_list=False,
    form=whole(1, MOST_LIMIT),
)
CURSOR: Final = Parameter(
    "cursor",
    "Where the next page begins, as the page before gave it in `links.next`; for a question "
    "that was sent as a body in `meta.next_cursor` or the header `X-Next-Cursor`: "
    "send the same body again with it. All pages are of the release of the first, and every other "
    "parameter stays the same; only `limit`, `format` and `count` may change from page to page.",
    "",
    is_list=False,
)
COUNT: Final = Parameter(
    "count",
    "`true` says in `meta.total` of JSON how many rows all pages have together.",
    is_list=False,
    form=one_of(*SWITCH),
)
PARAMETERS: Final[Mapping[str, Parameter]] = described((LIMIT, CURSOR, COUNT))
NOT_OF_THE_ROWS: Final = ("cursor", "limit", "format", "count")
"""What may differ from page to page."""


@dataclass(frozen=True)
class Page:
    """One page of an answer."""

    limit: int
    offset: int
    asked_as: str
    """The digest of the question without its paging."""
    key: bytes

    def next_cursor(self, asked: Asked) -> str:
        """Return where the next page begins."""
        following = self.offset + self.limit
        content = [asked.release.id, asked.release.digest, following, self.asked_as]
        told = orjson.dumps(content)
        return base64.urlsafe_b64encode(signature_of(told, self.key) + told).decode().rstrip("=")

    def rows_of(self, found: Iterable[Block]) -> tuple[list[Block], bool]:
        """Return the rows of this page, and whether there are more; looks no further than that."""
        first, last = self.offset, self.offset + self.limit
        kept: list[Block] = []
        for block in found:
            if last <= 0:
                return kept, True
            if first < len(block):
                kept.append(block.part(max(first, 0), last))
            if last < len(block):
                return kept, True
            first, last = first - len(block), last - len(block)
        return kept, False


async def read_page(
    request: Request, asked: Asked, content: bytes | None = None
) -> tuple[Page | None, Asked]:
    """Return the page asked for and the request as of the release of its first page.

    `content` is what the question says beside its address, for one that has a body.
    """
    wants_total(asked.query)  # refused when misspelt, whatever the format tells of it
    cursor, limit = asked.query.one("cursor"), asked.query.one("limit")
    if cursor is None and limit is None:
        return None, asked
    if limit is None:
        raise bad_value("limit", "a cursor goes with the limit of the page before")
    asked_as = _digest(asked.query, content or b"")
    registry: Registry = request.app.state.registry
    key = signing_key(registry.home)
    if cursor is None:
        return Page(_limit(limit), 0, asked_as, key), asked
    release, digest, offset, made_for = _read_cursor(cursor, key)
    if made_for != asked_as:
        raise _mismatch("the cursor belongs to another query; keep all other parameters")
    listed, opened = await resolve(request, registry, release, None)
    if opened.digest != digest:
        raise _mismatch(f"release {release} has changed since; begin again at the first page")
    bound = replace(asked, release=opened, listed=listed, is_pinned=True)
    return Page(_limit(limit), offset, asked_as, key), bound


def wants_total(query: Query) -> bool:
    """Say whether the rows of all pages are to be counted."""
    return read_switch(query, "count")


def _digest(query: Query, content: bytes) -> str:
    rows = repr(query.without(*NOT_OF_THE_ROWS).items())
    return blake2b(rows.encode("utf-8", "replace") + content, digest_size=8).hexdigest()


def _limit(text: str) -> int:
    return read_whole("limit", text, MOST_LIMIT)


def _read_cursor(text: str, key: bytes) -> tuple[str, str, int, str]:
    """Return release, digest, place and question of a cursor that we have signed."""
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        told = content[SIGNATURE_BYTES:]
        if not is_signed(told, content[:SIGNATURE_BYTES], key):
            raise _mismatch("this is not a cursor that a page gave, or it was altered since")
        release, digest, offset, made_for = orjson.loads(told)
    except (binascii.Error, ValueError, TypeError) as error:
        raise _mismatch("this is not a cursor that a page gave") from error
    return str(release), str(digest), int(offset), str(made_for)


def _mismatch(detail: str) -> ProblemError:
    return ProblemError(400, "cursor-mismatch", f"cursor: {detail}", parameter="cursor")

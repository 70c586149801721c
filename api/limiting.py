"""How many requests one address may make; said in every answer, and nothing hidden."""

from ipaddress import ip_address, ip_network
from typing import Final

from limits import RateLimitItem, parse
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.asking import IN_PROCESS_KEY
from api.cache import is_unchanged
from api.counting import Counts
from api.problems import ProblemError
from api.sdmx.addresses import SDMX_PATH
from api.sdmx.errors import error_response

OFF: Final = "off"
LIMITED: Final = ("/v1/", f"{SDMX_PATH}/")
"""Health, documents and what belongs to them are never limited."""
FREE: Final = ("/v1/limits", "/v1/files/")
"""Nor are the limits themselves, and files: whoever takes a whole file asks no more."""
RELEASES: Final = "/v1/releases/"
RELEASE_FILES: Final = "/files/"
NOT_COUNTED: Final = (
    "answers of 304 that need not be made for it: to a tag (If-None-Match), and to a time or * "
    "where the answer was given before and is kept",
    "files of releases",
    "the limits themselves",
    "health",
    "documents",
)
"""In words, for whoever publishes the limits."""
TOLD: Final = (b"ratelimit-policy", b"ratelimit")
"""The headers of every counted answer."""
NETWORK_BITS: Final = 64
"""Of IPv6 one household or firm has so many addresses that its network counts as one."""


def read_limit(text: str) -> RateLimitItem | None:
    """Read NUMBER/second, minute or hour; None for `off`. Raises ValueError for another form."""
    if text.strip().lower() in {OFF, ""}:
        return None
    try:
        return parse(text)
    except ValueError as error:
        msg = f"OUTCOMES_RATE_LIMIT: '{text}' cannot be read; write it like 60000/minute, or off"
        raise ValueError(msg) from error


def counted_address(address: str) -> str:
    """Return under what an address is counted: itself, or the network of one of IPv6."""
    if ":" not in address:
        return address
    try:
        read = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    mapped = getattr(read, "ipv4_mapped", None)
    if mapped is not None:
        return str(mapped)
    return str(ip_network(f"{read}/{NETWORK_BITS}", strict=False))


def is_counted(scope: Scope) -> bool:
    """Say whether a request counts at all, before its answer is known."""
    if scope["type"] != "http" or scope.get(IN_PROCESS_KEY):
        return False
    path: str = scope["path"].removeprefix(scope.get("root_path", ""))
    if not path.startswith(LIMITED) or path.startswith(FREE):
        return False
    return not (path.startswith(RELEASES) and RELEASE_FILES in path)


class RateLimit:
    """Counts requests by address in a fixed window; refuses with 429 when there are too many.

    A request is counted before any work for it. What is known to be unchanged (304) without work
    is free, even to an address that has used up its requests.
    """

    def __init__(self, app: ASGIApp, limit: RateLimitItem) -> None:
        self.app = app
        self.limit = limit
        self.seconds = limit.get_expiry()
        self.counts = Counts(self.seconds)
        self.policy = f'"default";q={limit.amount};w={self.seconds}'.encode()

    def admit(self, address: str) -> list[tuple[bytes, bytes]] | None:
        """Count one request of an address and return what it is told; None where it has no more."""
        if self.counts.used(address) >= self.limit.amount:
            return None
        return self._told(address, self.counts.add(address))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if not is_counted(scope) or is_unchanged(scope):
            await self.app(scope, receive, send)
            return
        address = counted_address((scope.get("client") or ("unknown", 0))[0])
        told = self.admit(address)
        if told is None:
            await self._refusal(scope, address)(scope, receive, send)
            return

        async def say(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *told]}
            await send(message)

        await self.app(scope, receive, say)

    def _told(self, address: str, used: int) -> list[tuple[bytes, bytes]]:
        """Return the headers of how much is left (draft-ietf-httpapi-ratelimit-headers)."""
        left, wait = max(0, self.limit.amount - used), self._wait(address)
        policy, state = TOLD
        return [(policy, self.policy), (state, b'"default";r=%d;t=%d' % (left, wait))]

    def _wait(self, address: str) -> int:
        return max(1, round(self.counts.left(address)))

    def _refusal(self, scope: Scope, address: str) -> Response:
        seconds = self._wait(address)
        problem = ProblemError(
            429,
            "too-many-requests",
            f"at most {self.limit} from one address; try again in {seconds} s, or take whole "
            "files: they are not counted, and neither is what has not changed (If-None-Match)",
            more={"retry_after": seconds},
        )
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        answer = error_response(path, problem)
        answer.raw_headers += self._told(address, self.limit.amount)
        return answer

"""How many requests one address may make; said in every answer, and nothing hidden."""

import time
from typing import Final

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.asking import IN_PROCESS_KEY
from api.problems import ProblemError
from api.sdmx.addresses import SDMX_PATH

OFF: Final = "off"
LIMITED: Final = ("/v1/", f"{SDMX_PATH}/")
"""Health, documents and what belongs to them are never limited."""


def read_limit(text: str) -> RateLimitItem | None:
    """Read NUMBER/second, minute or hour; None for `off`. Raises ValueError for another form."""
    if text.strip().lower() in {OFF, ""}:
        return None
    try:
        return parse(text)
    except ValueError as error:
        msg = f"OUTCOMES_RATE_LIMIT: '{text}' cannot be read; write it like 60000/minute, or off"
        raise ValueError(msg) from error


class RateLimit:
    """Counts requests by address in a fixed window; refuses with 429 when there are too many."""

    def __init__(self, app: ASGIApp, limit: RateLimitItem) -> None:
        self.app = app
        self.limit = limit
        self.limiter = FixedWindowRateLimiter(MemoryStorage())
        self.policy = f'"default";q={limit.amount};w={limit.get_expiry()}'.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        path = scope.get("path", "").removeprefix(scope.get("root_path", ""))
        if scope["type"] != "http" or scope.get(IN_PROCESS_KEY) or not path.startswith(LIMITED):
            await self.app(scope, receive, send)
            return
        client = scope.get("client") or ("unknown", 0)
        is_allowed = self.limiter.hit(self.limit, client[0])
        window = self.limiter.get_window_stats(self.limit, client[0])
        seconds = max(1, round(window.reset_time - time.time()))
        state = f'"default";r={max(0, window.remaining)};t={seconds}'.encode()

        async def say(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = [(b"ratelimit-policy", self.policy), (b"ratelimit", state)]
                message = {**message, "headers": [*message.get("headers", ()), *told]}
            await send(message)

        if is_allowed:
            await self.app(scope, receive, say)
            return
        problem = ProblemError(
            429,
            "too-many-requests",
            f"at most {self.limit} from one address; try again in {seconds} s, or take whole files",
            more={"retry_after": seconds},
        )
        await problem.response()(scope, receive, say)

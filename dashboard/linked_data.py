"""What search engines read beside a page: the data set in the words of schema.org, from the API."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import httpx

from api.contract import Paths

PAGES: Final = ("/", "/about")
"""The pages that stand for all figures."""
_HELD_SECONDS: Final = 60.0


class LinkedData:
    """Asks the API for the description, and holds it for a minute: it changes with releases."""

    def __init__(
        self, http: httpx.AsyncClient, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._http = http
        self._clock = clock
        self._held = ""
        self._until = float("-inf")

    async def beside(self, path: str) -> str:
        """Return the script for a page, nothing for most pages or while the API has no answer."""
        if path not in PAGES:
            return ""
        if self._clock() >= self._until:
            self._until = self._clock() + _HELD_SECONDS
            with suppress(httpx.HTTPError):
                answer = await self._http.get(f"{Paths.CATALOGUE}?profile=schema_org")
                is_there = answer.status_code == httpx.codes.OK
                self._held = as_script(answer.text) if is_there else ""
        return self._held


def as_script(content: str) -> str:
    """Return JSON as a script that no browser runs, and that no text in it can end."""
    safe = content.replace("<", "\\u003c")
    return f'<script type="application/ld+json">{safe}</script>\n'

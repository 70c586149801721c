"""Whether the figures that pages show are made up: every answer of the API bears it."""

from contextlib import suppress
from typing import Final

import httpx

from api.contract import DATA_KIND_HEADER, PRACTICE, Paths

_FAILED: Final = 500


class PracticeWatch:
    """Looks at every answer that a client gets, so that pages can be marked without asking."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self._kind: str | None = None
        http.event_hooks = {
            **http.event_hooks,
            "response": [*http.event_hooks["response"], self._note],
        }

    async def _note(self, response: httpx.Response) -> None:
        if response.status_code < _FAILED:  # what stands between may fail without the mark
            self._kind = response.headers.get(DATA_KIND_HEADER, "")

    async def is_practice(self) -> bool:
        """Say what the last answer said; asks if there was none yet."""
        if self._kind is None:
            with suppress(httpx.HTTPError):
                await self._http.get(Paths.LIVE)
        return self._kind == PRACTICE

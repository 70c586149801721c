"""Reports as files: `/areas/{code}/report.pdf` and `.xlsx`, of what the page shows."""

import asyncio
import hashlib
import re
import time
import unicodedata
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import Response

from dashboard.answers import ApiError
from dashboard.client import ApiClient
from dashboard.holding import hold
from dashboard.practice import PracticeWatch
from dashboard.report.paper import as_pdf
from dashboard.report.report import Report, report_of
from dashboard.report.workbook import as_xlsx
from dashboard.state import State, read_state, write_query

REPORTS: Final = "/areas/{code}/report.{format}"
FORMATS: Final = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_AT_ONCE: Final = 2
_HELD: Final = 40
_HELD_FOR: Final = 600.0
"""Seconds: comments can change without a release."""
Answer = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class _File:
    """A report as it is sent."""

    name: str
    content: bytes
    tag: str
    made_at: float


class Reports:
    """Makes reports, two at a time, and keeps those asked for last.

    `explain` answers with a page where there is no report.
    """

    def __init__(
        self,
        client: ApiClient,
        watch: PracticeWatch,
        explain: Answer,
        public_url: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._watch = watch
        self._explain = explain
        self._base = public_url
        self._clock = clock
        self._turn = asyncio.Semaphore(_AT_ONCE)
        self._held: OrderedDict[tuple[str, ...], _File] = OrderedDict()

    async def answer(self, request: Request) -> Response:
        """Answer with the report of an address, or with the page that says why there is none."""
        format = request.path_params["format"]
        state = read_state(request.url.query, unquote(request.path_params["code"]))
        if format not in FORMATS:
            return await self._explain(request)
        try:
            made = await self._file(kept_of(state), format, str(request.base_url))
        except ApiError:
            made = None
        if made is None:
            return await self._explain(request)
        headers = {
            "ETag": f'"{made.tag}"',
            "Cache-Control": "no-cache",
            "Content-Disposition": f'attachment; filename="{made.name}.{format}"',
        }
        if made.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(made.content, headers=headers, media_type=FORMATS[format])

    async def _file(self, state: State, format: str, host: str) -> _File | None:
        """Return the file; None for an authority that has ended."""
        area = await self._client.area(state.subject, state.release)
        if area.data["last_day"]:
            return None
        base = self._base or host
        key = (area.meta["digest"], area.data["code"], write_query(state), format, base)
        held = self._held.get(key)
        if held is None or self._clock() - held.made_at > _HELD_FOR:
            async with self._turn:
                is_practice = await self._watch.is_practice()
                report = await report_of(
                    self._client, state, area, is_practice=is_practice, base=base
                )
                content = await _written(report, format)
            tag = hashlib.sha256(content).hexdigest()[:32]
            held = _File(file_name(report), content, tag, self._clock())
            hold(self._held, key, held, _HELD)
        return held


async def _written(report: Report, format: str) -> bytes:
    return await (as_pdf(report) if format == "pdf" else asyncio.to_thread(as_xlsx, report))


def kept_of(state: State) -> State:
    """Return what of a state a report follows."""
    return State(
        subject=state.subject,
        release=state.release,
        model=state.model,
        against=state.against,
        view=state.view,
        stage=state.stage,
        kind=state.kind,
        only=state.only,
    )


def file_name(report: Report) -> str:
    """Return what a report is called as a file, without its suffix: `kent-profile-RELEASE`."""
    practice = "practice-" if report.is_practice else ""
    release = re.sub(r"[^A-Za-z0-9._-]+", "-", report.release)
    return f"{practice}{plain_name(report.name)}-profile-{release}"


def plain_name(name: str) -> str:
    """Return a name in letters that are safe in the name of any file."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters.replace("'", "")).strip("-") or "area"

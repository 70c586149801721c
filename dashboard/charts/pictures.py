"""Charts as files: `/charts/{kind}/{subject}.svg` and `.png`, with all that belongs to them."""

import asyncio
import hashlib
import math
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard.answers import ApiError
from dashboard.charts.chart import Chart
from dashboard.charts.one_chart import (
    Reason,
    is_kind,
    one_chart,
    place_of,
    refused,
    state_of,
    unknown,
)
from dashboard.client import ApiClient
from dashboard.holding import hold
from dashboard.practice import PracticeWatch
from dashboard.state import write_query
from dashboard.svg.picture import picture, size_of
from dashboard.typesetting import typeset

PictureFormat = Literal["svg", "png"]
_TYPES: Final[dict[PictureFormat, str]] = {"svg": "image/svg+xml", "png": "image/png"}
_HELD: Final = 60
_HELD_FOR: Final = 600.0
"""Seconds: comments and inspection judgements can change without a release."""
_TWICE: Final = 2.0
_MOST_PIXELS: Final = 10_000_000
"""Each costs time and memory: ten million take 0.3 s, and no screen shows more."""
_NAME_LETTERS: Final = 90
_WHICH: Final = "A picture of a chart ends with .png or .svg, as in /charts/map/….png."


@dataclass(frozen=True)
class Picture:
    """A picture as it is sent."""

    name: str
    format: PictureFormat
    content: bytes
    tag: str
    made_at: float


class Pictures:
    """Makes pictures, and keeps those asked for last."""

    def __init__(
        self,
        client: ApiClient,
        watch: PracticeWatch,
        public_url: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._watch = watch
        self._base = public_url.rstrip("/")
        self._clock = clock
        self._held: OrderedDict[tuple[str, ...], Picture] = OrderedDict()

    async def answer(self, request: Request) -> Response:
        """Answer with the picture of an address, or say why there is none."""
        path, _, suffix = request.path_params["place"].rpartition(".")
        if suffix not in _TYPES:
            return PlainTextResponse(f"{_WHICH}\n", status_code=404)
        made = await self._picture(path, request.url.query, "png" if suffix == "png" else "svg")
        if isinstance(made, Reason):
            return PlainTextResponse(f"{made.words}\n", status_code=made.status)
        headers = {
            "ETag": f'"{made.tag}"',
            "Cache-Control": "no-cache",
            "Content-Disposition": _disposition(made),
        }
        if made.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(made.content, headers=headers, media_type=_TYPES[made.format])

    async def _picture(self, path: str, query: str, format: PictureFormat) -> Picture | Reason:
        kind, subject = place_of(path)
        if not is_kind(kind):
            return unknown(kind)
        state = state_of(path, query)
        try:
            release = await self._client.release(state.release)
        except ApiError as error:
            return refused(error)
        key = (release.meta["digest"], kind, subject, write_query(state), format)
        held = self._held.get(key)
        if held is None or self._clock() - held.made_at > _HELD_FOR:
            chart = await one_chart(self._client, path, query)
            if isinstance(chart, Reason):
                return chart
            held = await self._made(chart, format)
            hold(self._held, key, held, _HELD)
        return held

    async def _made(self, chart: Chart, format: PictureFormat) -> Picture:
        is_practice = await self._watch.is_practice()
        svg = await asyncio.to_thread(picture, chart, base=self._base, is_practice=is_practice)
        content = svg.encode() if format == "svg" else await as_png(svg)
        tag = hashlib.sha256(content).hexdigest()[:32]
        return Picture(
            file_name(chart, is_practice=is_practice), format, content, tag, self._clock()
        )


async def as_png(svg: str) -> bytes:
    """Return a picture in two pixels for each of its own; a very large one in fewer."""
    wide, high = _pixels(svg)
    scale = min(_TWICE, math.sqrt(_MOST_PIXELS / (wide * high)))
    source = (
        f"#set page(width: {wide}pt, height: {high}pt, margin: 0pt)\n"
        f'#image("picture.svg", width: {wide}pt, height: {high}pt)'
    )
    return await typeset(source, {"picture.svg": svg.encode()}, "png", scale=scale)


def file_name(chart: Chart, *, is_practice: bool = False) -> str:
    """Return what a picture is called as a file, without its suffix: its title, and its kind."""
    plain = re.sub(r"[^a-z0-9]+", "-", chart.title.lower().replace("’", "")).strip("-")
    practice = "practice-" if is_practice else ""
    return f"{practice}{plain[:_NAME_LETTERS].rstrip('-')}-{chart.kind}"


def _pixels(svg: str) -> tuple[int, int]:
    found = re.search(r'<svg [^>]*?width="(\d+)" height="(\d+)"', svg)
    if found is None:
        raise ValueError(f"a picture must say how large it is, not only {size_of(svg)}")
    return int(found[1]), int(found[2])


def _disposition(made: Picture) -> str:
    return f'inline; filename="{quote(made.name)}.{made.format}"'

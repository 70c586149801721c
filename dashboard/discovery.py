"""What programs that follow links ask first: /robots.txt and /sitemap.xml."""

from html import escape
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard.client import ApiClient, ApiError
from dashboard.practice import PracticeWatch

_FIXED: Final = ("/", "/areas", "/pairs", "/about", "/api/docs")
_KEPT: Final = {"Cache-Control": "public, max-age=3600"}


class Discovery:
    """Answers both, from the lists that pages hold already."""

    def __init__(self, client: ApiClient, watch: PracticeWatch) -> None:
        self._client = client
        self._watch = watch

    async def robots(self, request: Request) -> Response:
        """Let programs follow all pages; none where every figure is made up."""
        is_practice = await self._watch.is_practice()
        rule = "Disallow: /" if is_practice else f"Allow: /\nSitemap: {_base(request)}/sitemap.xml"
        return PlainTextResponse(f"User-agent: *\n{rule}\n", headers=_KEPT)

    async def sitemap(self, request: Request) -> Response:
        """Name every page that stands for itself: indicators, authorities, pairs."""
        try:
            release = await self._client.release("")
            library = await self._client.library(release.meta)
            pairs = await self._client.pairs(release.meta["release"])
        except ApiError as error:
            return PlainTextResponse(f"{error.title}\n", status_code=503)
        paths = [
            *_FIXED,
            *(f"/indicators/{quote(id)}" for id in library.indicators),
            *(f"/areas/{quote(area['code'])}" for area in library.authorities),
            *(f"/pairs/{quote(pair['id'])}" for pair in pairs.data),
        ]
        text = _urls(_base(request), paths, release.meta["published_at"])
        return Response(text, headers=_KEPT, media_type="application/xml")


def _urls(base: str, paths: list[str], changed: str) -> str:
    pages = "\n".join(
        f"<url><loc>{escape(base + path)}</loc><lastmod>{escape(changed)}</lastmod></url>"
        for path in paths
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    head = '<?xml version="1.0" encoding="utf-8"?>'
    return f'{head}\n<urlset xmlns="{space}">\n{pages}\n</urlset>\n'


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")
